"""Whole seconds and metres between the places of a season, as its roads say."""

import datetime as dt

from tourpool.events.fleet import BusType
from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.roads import SCHOOL_BUS, Profile, Roads


class RoadTable:
    """Whole seconds and metres between the places of a season.

    As the first bus of the season drives on its first day; `of` has other buses and days.
    """

    def __init__(self, season: Season, roads: Roads, profile: Profile | None = None) -> None:
        stops = [s.stop for s in season.schools]
        stops += [v.stop for v in season.venues]
        stops += [g.stop for g in season.garages]
        self._index = {p: n for n, p in enumerate(dict.fromkeys(stops))}
        self._season, self._roads = season, roads
        self.profile = profile or _first(season, roads)
        self._matrix = roads.matrix(list(self._index), self.profile)
        self._others: dict[Profile, RoadTable] = {}

    def of(self, bus: BusType, date: dt.date) -> "RoadTable":
        """The same for the roads that a bus may use on a day."""
        profile = self._roads.profile(bus, date)
        if profile == self.profile:
            return self
        if profile not in self._others:
            self._others[profile] = RoadTable(self._season, self._roads, profile)
        return self._others[profile]

    def seconds(self, a: Point, b: Point) -> int:
        """Driving seconds from a to b."""
        return int(self._matrix.seconds[self._index[a], self._index[b]])

    def metres(self, a: Point, b: Point) -> int:
        """Metres from a to b."""
        return int(self._matrix.metres[self._index[a], self._index[b]])

    def metres_to_road(self, a: Point) -> int:
        """How far a lies from its road."""
        return int(self._matrix.metres_to_road[self._index[a]])


def _first(season: Season, roads: Roads) -> Profile:
    """What the first bus of the season may use on its first day."""
    if not season.buses or not season.sessions:
        return SCHOOL_BUS
    return roads.profile(season.buses[0], min(s.date for s in season.sessions))
