"""Seconds and metres between points that were asked for before; a new point costs its own part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from tourpool.events.places import Point
from tourpool.routing.network.compiled_hierarchy import Ints
from tourpool.routing.network.kept import read_arrays, write_arrays

MOST_POINTS = 2_000
"""A file that would hold more forgets the old ones: it has 16 bytes for each pair, 64 MB."""

Ask = Callable[[Sequence[Point], Sequence[Point]], tuple[Ints, Ints]]
"""Works out microseconds and micrometres from each of some points to each of others."""


@dataclass(frozen=True, eq=False)
class Known:
    """Microseconds and micrometres between ``n`` points, and metres from each to its road."""

    points: tuple[Point, ...]
    us: Ints
    um: Ints
    to_road: Ints

    @cached_property
    def index(self) -> dict[Point, int]:
        """Where each point stands."""
        return {point: n for n, point in enumerate(self.points)}

    @classmethod
    def nothing(cls) -> Self:
        """No points yet."""
        none = np.empty((0, 0), np.int64)
        return cls((), none, none, np.empty(0, np.int64))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file; nothing when it is not there or cannot be believed."""
        file = read_arrays(path)
        try:
            points, us, um = file["points"], file["us"], file["um"]
            known = cls(tuple(Point(*p) for p in points.tolist()), us, um, file["to_road"])
        except (KeyError, TypeError):
            return cls.nothing()
        n = len(known.points)
        sound = us.shape == um.shape == (n, n) and known.to_road.shape == (n,)
        whole = all(a.dtype == np.int64 for a in (us, um, known.to_road))
        return known if sound and whole else cls.nothing()

    def write(self, path: Path) -> None:
        """Write a file."""
        points = np.array(self.points, float).reshape(-1, 2)
        arrays = {"points": points, "us": self.us, "um": self.um, "to_road": self.to_road}
        write_arrays(path, arrays)

    def among(self, points: Sequence[Point]) -> Self:
        """Only these points, all of them known, in this order."""
        at = np.array([self.index[p] for p in points], np.intp)
        here = np.ix_(at, at)
        return type(self)(tuple(points), self.us[here], self.um[here], self.to_road[at])

    def with_new(self, new: Sequence[Point], to_road: Ints, ask: Ask) -> Self:
        """These points and some that are not known yet."""
        points = (*self.points, *new)
        from_new_us, from_new_um = ask(new, points)
        to_new_us, to_new_um = ask(self.points, new)
        return type(self)(
            points,
            np.vstack([np.hstack([self.us, to_new_us]), from_new_us]),
            np.vstack([np.hstack([self.um, to_new_um]), from_new_um]),
            np.concatenate([self.to_road, to_road]),
        )
