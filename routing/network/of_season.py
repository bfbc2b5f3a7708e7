"""Roads of a map file as the buses of one season may use them: their sizes, and what is closed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Self

import shapely

from tourpool.events.fleet import BusType
from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.network.archive import cache_dir, info, load
from tourpool.routing.network.engine import VEHICLES, OsmRoads
from tourpool.routing.network.graph import Graph
from tourpool.routing.network.hazards import Placed, place, stops
from tourpool.routing.network.vehicle import Vehicle
from tourpool.routing.roads import SCHOOL_BUS, Path, Profile

BEND_DEG = 5e-5
"""Some 5 m."""


class OfSeason(OsmRoads):
    """A road engine that knows the buses and the hazards of a season.

    Buses that may pass the same signs are one vehicle: they share matrices.
    """

    def __init__(self, name: str, graph: Graph, season: Season, notice: str = "") -> None:
        self._season = season
        self._names = _names(season)
        self._placed = place(graph, season.hazards)
        self._of_bus = _vehicles(graph, season, self._placed)
        super().__init__(
            name,
            graph,
            vehicles={**VEHICLES, **dict(self._of_bus.values())},
            closures=self._placed.barriers,
            cache=cache_dir() / "matrices",
        )
        self._notice = notice

    @classmethod
    def load(cls, season: Season) -> Self:
        """Load the roads that a season's policy names; raises as `archive.load`."""
        name = season.policy.roads
        return cls(name, _loaded(name, info(name).key), season, info(name).licence)

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """The vehicle that a bus is like, and the hazards that stop it on a day."""
        name, vehicle = self._of_bus[bus.bus_type_id]
        return Profile(name, self._placed.closures(vehicle, date))

    def path(self, a: Point, b: Point, profile: Profile = SCHOOL_BUS) -> Path:
        """The fastest way; its line leaves out bends of less than 5 m, which no map shows."""
        path = super().path(a, b, profile)
        if len(path.line) < 3:
            return path
        shape = shapely.LineString([(p.lon, p.lat) for p in path.line]).simplify(BEND_DEG)
        line = tuple(Point(round(y, 6), round(x, 6)) for x, y in shape.coords)
        return replace(path, line=line)

    def __reduce__(self) -> tuple[Callable[[Season], Self], tuple[Season]]:
        """To another process by name: there it is loaded from what is kept."""
        return type(self).load, (self._season,)

    def _who(self, point: Point) -> str:
        return self._names.get(point) or super()._who(point)

    @property
    def notice(self) -> str:
        """Whose data it is."""
        return self._notice

    @property
    def warnings(self) -> tuple[str, ...]:
        """Hazards that lie on no road of the map."""
        return tuple(
            f"hazard {h.hazard_id} lies on no road of {self.name}: look at its position"
            for h in self._placed.nowhere
        )


@cache
def _loaded(name: str, key: str) -> Graph:
    """Roads are read once in a process; ``key`` tells whether they were built anew."""
    return load(name)


def _names(season: Season) -> dict[Point, str]:
    """What stands at each stop."""
    named = (
        *((s.stop, f"school {s.ncessch} ({s.name})") for s in season.schools),
        *((v.stop, f"venue {v.venue_id} ({v.name})") for v in season.venues),
        *((g.stop, f"garage {g.garage_id} ({g.name})") for g in season.garages),
    )
    return {point: f"{name} at {point.lat:.5f}, {point.lon:.5f}" for point, name in named}


def _vehicles(graph: Graph, season: Season, placed: Placed) -> dict[str, tuple[str, Vehicle]]:
    """Of each bus type the first one that passes the same signs: its name and its measures."""
    first: dict[bytes, tuple[str, Vehicle]] = {}
    found = {}
    for bus in season.buses:
        vehicle = Vehicle.of(bus)
        stopped = [stops(h, vehicle) for h in placed.hazards]
        key = vehicle.passes(graph.way_limits).tobytes() + bytes(stopped)
        found[bus.bus_type_id] = first.setdefault(key, (bus.bus_type_id, vehicle))
    return found
