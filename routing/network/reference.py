"""Many-to-many by SciPy: slow, short, and what the hierarchy is tested against."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from tourpool.routing.network.compiled_hierarchy import NEVER, Ints


def fastest(
    ptr: NDArray[np.integer], head: NDArray[np.integer], us: Ints, um: Ints, sources: Ints
) -> tuple[Ints, Ints]:
    """Microseconds from each source to all nodes, and micrometres of the shortest fastest way.

    Whole numbers in float64 are exact up to 2**53: 285 years, or nine million kilometres. From each
    source first the least times; then the least lengths over those edges only that lie on a fastest
    way.

    Returns
    -------
    us, um
        int64, shape ``(len(sources), n)``; `NEVER` and 0 where there is no way.
    """
    n = len(ptr) - 1
    tail, head, us, um = _without_parallel(ptr, head, us, um)
    all_us, all_um = np.full((len(sources), n), NEVER), np.zeros((len(sources), n), np.int64)
    for row, source in enumerate(sources):
        time = _from(source, tail, head, us, n)
        on_a_fastest = time[tail] + us == time[head]
        tight = tail[on_a_fastest], head[on_a_fastest], um[on_a_fastest]
        reached = np.isfinite(time)
        all_us[row, reached] = time[reached]
        all_um[row, reached] = _from(source, *tight, n)[reached]
    return all_us, all_um


def _from(source: int, tail: Ints, head: Ints, weight: Ints, n: int) -> NDArray[np.float64]:
    edges = csr_array((weight.astype(float), (tail, head)), shape=(n, n))
    return np.asarray(dijkstra(edges, indices=[source])[0])


def _without_parallel(
    ptr: NDArray[np.integer], head: NDArray[np.integer], us: Ints, um: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Open edges, the best one between two nodes: SciPy would add parallel ones up."""
    tail = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    o = np.lexsort((um, us, head, tail))
    o = o[us[o] < NEVER]
    first = np.ones(len(o), np.bool_)
    first[1:] = (tail[o][1:] != tail[o][:-1]) | (head[o][1:] != head[o][:-1])
    o = o[first]
    return tail[o], head[o].astype(np.int64), us[o], um[o]
