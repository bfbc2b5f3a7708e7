"""What every road engine offers. Nothing outside this interface knows which one it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tourpool.events.fleet import BusType
from tourpool.events.places import Point


@dataclass(frozen=True)
class Profile:
    """Which roads may be used: a vehicle class, and the set of closures of a day."""

    vehicle: str = "school_bus"
    closures: frozenset[str] = frozenset()


SCHOOL_BUS = Profile()

FAR_M = 150
"""A place farther from its road than this is perhaps not where it is said to be."""


@dataclass(frozen=True)
class Matrix:
    """Roads between n points; not symmetric.

    Attributes
    ----------
    seconds, metres
        int64, shape ``(n, n)``; ``[i, j]`` goes from point i to point j along the fastest path.
    metres_to_road
        int64, shape ``(n,)``: how far each point lies from the road it was put on.
    """

    seconds: NDArray[np.int64]
    metres: NDArray[np.int64]
    metres_to_road: NDArray[np.int64]


@dataclass(frozen=True)
class Turn:
    """One line of a turn list: what to do, then miles to the next one."""

    text: str
    metres: int


@dataclass(frozen=True)
class Path:
    """The way from one point to another: a line of (lat, lon) and its turn list."""

    line: tuple[Point, ...]
    seconds: int
    metres: int
    turns: tuple[Turn, ...] = ()


class Roads(Protocol):
    """A road engine."""

    @property
    def name(self) -> str:
        """What papers say: ``estimated``, or the name of the road file."""

    @property
    def digest(self) -> str:
        """Changes whenever an answer could change."""

    @property
    def notice(self) -> str:
        """Whose data it is, for every map and paper; empty when nobody asks for that."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What people should look at before they believe it."""

    @property
    def estimated(self) -> bool:
        """Whether times and miles are estimates; every output says so."""

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """Which roads a bus may use on a day."""

    def matrix(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> Matrix:
        """Seconds and metres from each point to each other."""

    def path(self, a: Point, b: Point, profile: Profile = SCHOOL_BUS) -> Path:
        """The fastest way from a to b, agreeing with the matrix."""
