"""Whole seconds and metres between the places of a season, as its roads say."""

from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.roads import Roads


class RoadTable:
    """Whole seconds and metres between the places of a season."""

    def __init__(self, season: Season, roads: Roads) -> None:
        stops = [s.stop for s in season.schools]
        stops += [v.stop for v in season.venues]
        stops += [g.stop for g in season.garages]
        self._index = {p: n for n, p in enumerate(dict.fromkeys(stops))}
        matrix = roads.matrix(list(self._index))
        self._seconds, self._metres = matrix.seconds, matrix.metres
        self._to_road = matrix.metres_to_road

    def seconds(self, a: Point, b: Point) -> int:
        """Driving seconds from a to b."""
        return int(self._seconds[self._index[a], self._index[b]])

    def metres(self, a: Point, b: Point) -> int:
        """Metres from a to b."""
        return int(self._metres[self._index[a], self._index[b]])

    def metres_to_road(self, a: Point) -> int:
        """How far a lies from its road."""
        return int(self._to_road[self._index[a]])
