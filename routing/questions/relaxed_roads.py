"""Roads for buses that a relaxation adds: each may use what the row may that it is like."""

import datetime as dt

from tourpool.events.fleet import BusType
from tourpool.events.season import Season
from tourpool.routing.questions.like_roads import LikeRoads
from tourpool.routing.questions.relax_buses import like
from tourpool.routing.roads import Profile, Roads


class RelaxedRoads(LikeRoads):
    """The roads of a season, which know the buses of its rows only."""

    def __init__(self, season: Season, roads: Roads) -> None:
        super().__init__(roads)
        self.season = season

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """Of the row that a bus is, or is like."""
        return self.roads.profile(like(self.season, bus), date)
