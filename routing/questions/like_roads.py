"""Roads that are like others but for one thing."""

import datetime as dt
from collections.abc import Sequence

from tourpool.events.fleet import BusType
from tourpool.events.places import Point
from tourpool.routing.roads import SCHOOL_BUS, Matrix, Path, Profile, Roads


class LikeRoads:
    """Hands everything on to other roads; what differs is overridden."""

    def __init__(self, roads: Roads) -> None:
        self.roads = roads

    @property
    def name(self) -> str:
        """As the roads."""
        return self.roads.name

    @property
    def digest(self) -> str:
        """As the roads."""
        return self.roads.digest

    @property
    def notice(self) -> str:
        """As the roads."""
        return self.roads.notice

    @property
    def warnings(self) -> tuple[str, ...]:
        """As the roads."""
        return self.roads.warnings

    @property
    def estimated(self) -> bool:
        """As the roads."""
        return self.roads.estimated

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """As the roads."""
        return self.roads.profile(bus, date)

    def matrix(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> Matrix:
        """As the roads."""
        return self.roads.matrix(points, profile)

    def path(self, a: Point, b: Point, profile: Profile = SCHOOL_BUS) -> Path:
        """As the roads."""
        return self.roads.path(a, b, profile)
