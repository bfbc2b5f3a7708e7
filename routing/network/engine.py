"""Roads from a map file: what `tourpool.routing.roads.Roads` asks for, exact and offline."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from tourpool.events.fleet import BusType
from tourpool.events.places import Point
from tourpool.events.problems import InputError
from tourpool.routing.network.access import access_only
from tourpool.routing.network.archive import LICENCE
from tourpool.routing.network.between import Between
from tourpool.routing.network.compiled_hierarchy import NEVER, Ints
from tourpool.routing.network.graph import DEGREES, Graph
from tourpool.routing.network.hierarchy import MILLION, Hierarchy, is_order
from tourpool.routing.network.kept import read_arrays, write_arrays
from tourpool.routing.network.matrix_cache import MOST_POINTS, Known
from tourpool.routing.network.paths import course
from tourpool.routing.network.runs import runs
from tourpool.routing.network.snap import REFUSE_M, Snap, Snapper
from tourpool.routing.network.turns import arrive, turns
from tourpool.routing.network.usable import Barrier, Bools, Usable
from tourpool.routing.network.vehicle import FULL_SIZE, Vehicle
from tourpool.routing.roads import SCHOOL_BUS, Matrix, Path, Profile

Whole = TypeVar("Whole", int, Ints)

VERSION = 1
"""Raised whenever other answers come from the same network."""

UNREACHABLE_S = UNREACHABLE_M = 10**7
"""Where no way leads: 115 days, more than any limit allows, and sums of it still fit."""

MOST_NETWORKS = 4
"""So many profiles are held ready: each takes a quarter of a gigabyte for a state, and a second."""

VEHICLES: Mapping[str, Vehicle] = MappingProxyType({SCHOOL_BUS.vehicle: FULL_SIZE})


class OsmRoads:
    """A road engine over the graph of a map file.

    Parameters
    ----------
    name
        What papers say: the name the file was built under.
    graph
        The roads.
    vehicles
        Measures of each vehicle that a profile may name.
    closures
        The barriers that each closure which a profile may name puts up.
    cache
        Folder where matrices, and what is slow to prepare, are kept; None keeps nothing.
    """

    estimated = False

    def __init__(
        self,
        name: str,
        graph: Graph,
        *,
        vehicles: Mapping[str, Vehicle] = VEHICLES,
        closures: Mapping[str, Iterable[Barrier]] = MappingProxyType({}),
        cache: FilePath | None = None,
    ) -> None:
        self.name = name
        self._graph = graph
        self._cache = cache
        self._vehicles = dict(vehicles)
        self._closures = {closure: tuple(barriers) for closure, barriers in closures.items()}
        self._snappers: dict[str, Snapper] = {}
        self._between: dict[Profile, Between] = {}

    @property
    def notice(self) -> str:
        """Whose data it is."""
        return LICENCE

    @property
    def warnings(self) -> tuple[str, ...]:
        """None: a season knows what to look at."""
        return ()

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """All buses are full-size, and nothing is closed: a season knows its own."""
        return SCHOOL_BUS

    @cached_property
    def digest(self) -> str:
        """Changes whenever an answer could change."""
        settings = sorted(self._vehicles.items()), sorted(self._closures.items())
        return hashlib.sha256(f"{VERSION} {self._graph.digest} {settings}".encode()).hexdigest()

    def snapped(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> list[Snap]:
        """Where each point is put on a road; who asks warns of `far` ones and refuses others.

        A closure changes nothing: a stop on a road that is closed stays on it.
        """
        if profile.vehicle not in self._snappers:
            vehicle = self._vehicle(profile)
            passes = Usable.by(self._graph, vehicle).passes
            self._snappers[profile.vehicle] = Snapper(self._graph, passes)
        return self._snappers[profile.vehicle].snap(points)

    def matrix(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> Matrix:
        """Seconds and metres from each point to each other.

        Where no way leads they are `UNREACHABLE_S` and `UNREACHABLE_M`.

        Raises
        ------
        InputError
            When a point lies too far from any road.
        """
        known = self._known(list(dict.fromkeys(points)), profile).among(points)
        reached = known.us < NEVER
        return Matrix(
            seconds=np.where(reached, rounded(known.us), UNREACHABLE_S),
            metres=np.where(reached, rounded(known.um), UNREACHABLE_M),
            metres_to_road=known.to_road,
        )

    def path(self, a: Point, b: Point, profile: Profile = SCHOOL_BUS) -> Path:
        """The fastest way from a to b, agreeing with the matrix, from road to road.

        Raises
        ------
        InputError
            When a point lies too far from any road, or no way leads from a to b.
        """
        start, end = self._believed([a, b], profile)
        way = self._network(profile).way(start, end)
        if way is None:
            raise InputError(
                f"no road that this bus may use leads from {self._who(a)} to {self._who(b)} with "
                f"{len(profile.closures)} closures in force; look at them, and at where it stops"
            )
        pieces = [piece for piece in way.pieces if piece.end > piece.begin]
        shape = course(self._graph, pieces)
        metres = rounded(way.um)
        return Path(
            line=shape.line() or (start.position,),  # both stops in one place
            seconds=rounded(way.us),
            metres=metres,
            turns=turns(runs(self._graph, pieces, shape), metres, arrive(shape, end)),
        )

    def _known(self, points: Sequence[Point], profile: Profile) -> Known:
        """What is kept in the cache, with these points worked out where they are new."""
        file = self._cache / f"matrix-{self._digest_of(profile)}.npz" if self._cache else None
        known = Known.read(file) if file else Known.nothing()
        new = [p for p in points if p not in known.index]
        if not new:
            return known
        if len(known.points) + len(new) > MOST_POINTS:
            known, new = Known.nothing(), list(points)
        stops = self._believed([*known.points, *new], profile)
        stop = {s.point: s for s in stops}
        to_road = np.array([round(stop[p].metres) for p in new], np.int64)

        def ask(a: Sequence[Point], b: Sequence[Point]) -> tuple[Ints, Ints]:
            return self._network(profile).matrix([stop[p] for p in a], [stop[p] for p in b])

        known = known.with_new(new, to_road, ask)
        if file:
            known.write(file)
        return known

    def _digest_of(self, profile: Profile) -> str:
        """Changes whenever an answer for a profile could change."""
        rules = self._vehicle(profile), sorted(self._barriers(profile), key=repr)
        return hashlib.sha256(f"{VERSION} {self._graph.digest} {rules}".encode()).hexdigest()

    def _believed(self, points: Sequence[Point], profile: Profile) -> list[Snap]:
        stops = self.snapped(points, profile)
        if refused := [stop for stop in stops if stop.refused]:
            raise InputError("\n".join(map(self._refusal, refused)))
        return stops

    def _who(self, point: Point) -> str:
        """How people know a place."""
        return _words(point)

    def _refusal(self, stop: Snap) -> str:
        return (
            f"{self._who(stop.point)} lies {stop.metres:,.0f} m from the nearest road that a bus "
            f"may stop on, more than {REFUSE_M} m; mend lat and lon, or say where the bus loads in "
            "stop_lat and stop_lon"
        )

    @cached_property
    def _hierarchy(self) -> Hierarchy:
        g = self._graph
        lon, lat = g.lon.astype(float) * DEGREES, g.lat.astype(float) * DEGREES
        file = self._cache / f"order-{VERSION}-{g.digest}.npz" if self._cache else None
        rank = read_arrays(file).get("rank") if file else None
        if rank is not None and is_order(rank, g.n_nodes):
            return Hierarchy.of(g.ptr, g.head, lon, lat, rank)
        hierarchy = Hierarchy.of(g.ptr, g.head, lon, lat)
        if file:
            write_arrays(file, {"rank": hierarchy.rank})
        return hierarchy

    @cached_property
    def _access_only(self) -> Bools:
        return access_only(self._graph)

    def _network(self, profile: Profile) -> Between:
        """The roads as a profile finds them; those asked for last are held ready."""
        between = self._between.pop(profile, None)
        if between is None:
            usable = Usable.by(self._graph, self._vehicle(profile), self._barriers(profile))
            through = np.where(self._access_only, NEVER, usable.us)
            times = self._hierarchy.times(through, usable.um)
            between = Between(self._graph, times, usable, self._access_only)
        self._between[profile] = between
        while len(self._between) > MOST_NETWORKS:
            del self._between[next(iter(self._between))]
        return between

    def _vehicle(self, profile: Profile) -> Vehicle:
        if profile.vehicle not in self._vehicles:
            known = ", ".join(sorted(self._vehicles))
            raise ValueError(f"no vehicle {profile.vehicle!r}; expected one of {known}")
        return self._vehicles[profile.vehicle]

    def _barriers(self, profile: Profile) -> list[Barrier]:
        if unknown := profile.closures - self._closures.keys():
            raise ValueError(f"no closure {min(unknown)!r} is known to these roads")
        return [b for closure in sorted(profile.closures) for b in self._closures[closure]]


def rounded(millionths: Whole) -> Whole:
    """Whole seconds or metres, half up."""
    return (millionths + MILLION // 2) // MILLION


def _words(point: Point) -> str:
    return f"{point.lat:.5f}, {point.lon:.5f}"
