"""Roads estimated from the great circle, for when no road file is at hand.

Road metres are the great circle times a circuity that falls with distance; road seconds follow a
speed that grows with distance. Circuity of 1.2-1.3 is what US rural networks show (Ballou,
Rahardja & Sakai 2002, https://doi.org/10.1016/S0965-8564(01)00044-1); the figures here were
fitted to state-road paths between Mississippi towns.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tourpool.events.fleet import BusType
from tourpool.events.places import Point
from tourpool.routing.roads import SCHOOL_BUS, Matrix, Path, Profile

EARTH_M = 6_371_008.8
MILE_M = 1609.344
NEAR_CIRCUITY, FAR_CIRCUITY = 1.22, 1.14
NEAR_MI, FAR_MI = 30.0, 135.0
TOWN_MPH, OPEN_MPH, TOWN_MI = 30.0, 53.0, 12.0


def great_circle_m(points: Sequence[Point]) -> NDArray[np.float64]:
    """Great-circle metres between all pairs of points, shape ``(n, n)`` (haversine)."""
    lat, lon = np.radians(np.array(points, dtype=float).reshape(-1, 2)).T
    h = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(np.clip(h, 0, 1))))


def road_miles(straight_mi: NDArray[np.float64]) -> NDArray[np.float64]:
    """Road miles for great-circle miles; circuity 1.22 to 30 miles, falling to 1.14 at 135."""
    fall = (straight_mi - NEAR_MI) / (FAR_MI - NEAR_MI) * (NEAR_CIRCUITY - FAR_CIRCUITY)
    return straight_mi * (NEAR_CIRCUITY - np.clip(fall, 0, NEAR_CIRCUITY - FAR_CIRCUITY))


def road_mph(road_mi: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean speed of a bus over so many road miles: 30 mph in town, near 53 mph on long legs."""
    return TOWN_MPH + (OPEN_MPH - TOWN_MPH) * (1 - np.exp(-road_mi / TOWN_MI))


@dataclass(frozen=True)
class EstimatedRoads:
    """Roads without a road file. Lines on the map are straight."""

    name: str = "estimated"
    digest: str = "estimated/1"
    estimated: bool = True
    notice: str = ""
    warnings: tuple[str, ...] = ()

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """All buses are alike: there are no roads to tell them apart."""
        return SCHOOL_BUS

    def matrix(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> Matrix:
        """Estimate seconds and metres between all pairs; the profile changes nothing."""
        miles = road_miles(great_circle_m(points) / MILE_M)
        return Matrix(
            seconds=np.rint(miles / road_mph(miles) * 3600).astype(np.int64),
            metres=np.rint(miles * MILE_M).astype(np.int64),
            metres_to_road=np.zeros(len(points), dtype=np.int64),
        )

    def path(self, a: Point, b: Point, profile: Profile = SCHOOL_BUS) -> Path:
        """Draw a straight line that is as long and takes as long as the matrix says."""
        m = self.matrix([a, b], profile)
        return Path((a, b), int(m.seconds[0, 1]), int(m.metres[0, 1]))
