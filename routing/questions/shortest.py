"""Roads on which a way round by other places of the season is taken where it is shorter.

What a request cannot do alone on these, it cannot do with others on the bus either.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import floyd_warshall

from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.questions.like_roads import LikeRoads
from tourpool.routing.roads import SCHOOL_BUS, Matrix, Profile, Roads


class ShortestRoads(LikeRoads):
    """Other roads, but no place lies farther than by way of others; seconds and metres apart."""

    def __init__(self, season: Season, roads: Roads) -> None:
        super().__init__(roads)
        stops = [s.stop for s in season.schools]
        stops += [v.stop for v in season.venues]
        stops += [g.stop for g in season.garages]
        self._index = {stop: n for n, stop in enumerate(dict.fromkeys(stops))}
        self._known: dict[Profile, Matrix] = {}

    def matrix(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> Matrix:
        """Least seconds and least metres between places of the season."""
        if profile not in self._known:
            whole = self.roads.matrix(list(self._index), profile)
            self._known[profile] = Matrix(
                seconds=_closed(whole.seconds),
                metres=_closed(whole.metres),
                metres_to_road=whole.metres_to_road,
            )
        whole, at = self._known[profile], [self._index[p] for p in points]
        pairs = np.ix_(at, at)
        return Matrix(whole.seconds[pairs], whole.metres[pairs], whole.metres_to_road[at])


def _closed(least: NDArray[np.int64]) -> NDArray[np.int64]:
    """All pairs by way of any others; a leg of 0 is a leg."""
    legs = np.where(least == 0, 0.25, least.astype(np.float64))
    np.fill_diagonal(legs, 0.0)
    return np.floor(floyd_warshall(legs)).astype(np.int64)
