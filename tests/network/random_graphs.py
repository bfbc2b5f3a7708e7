"""Random directed graphs with everything that happens on roads, and what does not."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tourpool.routing.network.compiled_hierarchy import NEVER


@dataclass(frozen=True)
class RandomGraph:
    """Edges sorted by tail, with microseconds and micrometres, and where the nodes lie."""

    ptr: NDArray[np.int32]
    head: NDArray[np.int32]
    us: NDArray[np.int64]
    um: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    @property
    def n(self) -> int:
        """How many nodes."""
        return len(self.lon)


@st.composite
def random_graphs(draw: st.DrawFn) -> RandomGraph:
    """One-way, parallel, closed, of no length, equally fast, in several parts."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(1, 90))
    m = draw(st.integers(0, 4)) * n
    two_way = draw(st.sampled_from([0.0, 0.5, 1.0]))
    longest = draw(st.sampled_from([3, 1_000_000_000]))  # 3: many ways are equally fast
    lon, lat = rng.uniform(-95, -94, n), rng.uniform(35, 36, n)
    if draw(st.booleans()):
        lat = np.full(n, 35.0)  # all in one line, some in one place
        lon = np.round(lon, 1)
    tail, head = rng.integers(0, n, m), rng.integers(0, n, m)
    if draw(st.booleans()):
        head = np.minimum(n - 1, tail + rng.integers(1, 4, m))  # like a road: neighbours only
    back = rng.random(m) < two_way
    tail, head = np.concatenate([tail, head[back]]), np.concatenate([head, tail[back]])
    by_tail = np.argsort(tail, kind="stable")
    us = rng.integers(1, longest + 1, len(tail))
    um = rng.integers(0, longest + 1, len(tail))
    us[rng.random(len(us)) < draw(st.sampled_from([0.0, 0.2]))] = NEVER
    ptr = np.zeros(n + 1, np.int32)
    np.cumsum(np.bincount(tail, minlength=n), out=ptr[1:])
    return RandomGraph(ptr, head[by_tail].astype(np.int32), us, um, lon, lat)
