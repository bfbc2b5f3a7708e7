"""Roads on which a way round by other places of the season is taken where it is shorter.

What a request cannot do alone on these, it cannot do with others on the bus either.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import floyd_warshall

from tourpool.events.fleet import BusType
from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.roads import SCHOOL_BUS, Matrix, Path, Profile, Roads


@dataclass(frozen=True)
class ShortestRoads:
    """Other roads, but no place lies farther than by way of others; seconds and metres apart."""

    roads: Roads
    index: dict[Point, int]
    known: dict[Profile, Matrix] = field(default_factory=dict)

    @classmethod
    def of(cls, season: Season, roads: Roads) -> "ShortestRoads":
        """Between all schools, venues and garages of a season."""
        stops = [s.stop for s in season.schools]
        stops += [v.stop for v in season.venues]
        stops += [g.stop for g in season.garages]
        return cls(roads, {stop: n for n, stop in enumerate(dict.fromkeys(stops))})

    @property
    def name(self) -> str:
        """That of the roads."""
        return self.roads.name

    @property
    def digest(self) -> str:
        """That of the roads, and what was done to them."""
        return f"{self.roads.digest}/shortest"

    @property
    def notice(self) -> str:
        """That of the roads."""
        return self.roads.notice

    @property
    def warnings(self) -> tuple[str, ...]:
        """Those of the roads."""
        return self.roads.warnings

    @property
    def estimated(self) -> bool:
        """As the roads."""
        return self.roads.estimated

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """As the roads."""
        return self.roads.profile(bus, date)

    def matrix(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> Matrix:
        """Least seconds and least metres between places of the season."""
        if profile not in self.known:
            whole = self.roads.matrix(list(self.index), profile)
            self.known[profile] = Matrix(
                seconds=_closed(whole.seconds),
                metres=_closed(whole.metres),
                metres_to_road=whole.metres_to_road,
            )
        whole, at = self.known[profile], [self.index[p] for p in points]
        pairs = np.ix_(at, at)
        return Matrix(whole.seconds[pairs], whole.metres[pairs], whole.metres_to_road[at])

    def path(self, a: Point, b: Point, profile: Profile = SCHOOL_BUS) -> Path:
        """As the roads: nobody drives here."""
        return self.roads.path(a, b, profile)


def _closed(least: NDArray[np.int64]) -> NDArray[np.int64]:
    """All pairs by way of any others; a leg of 0 is a leg."""
    legs = np.where(least == 0, 0.25, least.astype(np.float64))
    np.fill_diagonal(legs, 0.0)
    return np.floor(floyd_warshall(legs)).astype(np.int64)
