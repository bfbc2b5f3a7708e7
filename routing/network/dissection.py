"""The order in which a hierarchy takes the nodes of a road network: nested dissection by position.

Cut the nodes into two halves by a straight line, take out the ends of the few roads that cross it,
and do the same with each half: what was taken out first comes last in the order. George, A. (1973),
https://doi.org/10.1137/0710032; for roads see https://doi.org/10.1145/2886843.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SMALLEST = 24
"""A cell of so few nodes is not cut again."""

LEAF = 1_000
"""Level of nodes in cells that are not cut: deeper than any cut."""


def order(x: Floats, y: Floats, tail: NDArray[np.int32], head: NDArray[np.int32]) -> Ints:
    """Rank the nodes: those of early cuts highest.

    Parameters
    ----------
    x, y
        Positions, shape ``(n,)``, in any unit that is the same in both directions.
    tail, head
        Ends of the roads, shape ``(m,)``; which way they are driven does not matter.

    Returns
    -------
    rank
        int64, shape ``(n,)``: a permutation.
    """
    n = len(x)
    axes = (x, y, x + y, x - y)
    level, last_cell = np.full(n, LEAF), np.zeros(n, np.int64)
    live, cell = np.arange(n), np.zeros(n, np.int64)  # nodes not yet ranked, and where they are
    a, b = tail.astype(np.int64), head.astype(np.int64)
    for depth in range(LEAF):
        large = np.bincount(cell, minlength=1)[cell] > SMALLEST
        last_cell[live[~large]] = cell[~large] if depth else 0
        live, cell = live[large], _numbered(cell[large])
        if not len(live):
            break
        at = np.full(n, -1)
        at[live] = np.arange(len(live))
        inside = (at[a] >= 0) & (at[b] >= 0)
        inside[inside] = cell[at[a[inside]]] == cell[at[b[inside]]]
        a, b = a[inside], b[inside]
        half = _halves(cell, [axis[live] for axis in axes], at[a], at[b])
        level[live[half.cut]], last_cell[live[half.cut]] = depth, cell[half.cut]
        rest = ~half.cut
        live, cell = live[rest], _numbered(2 * cell[rest] + half.far[rest])
    rank = np.empty(n, np.int64)
    rank[np.lexsort((x + y, last_cell, -level))] = np.arange(n)
    return rank


@dataclass(frozen=True)
class _Halves:
    """Of each node, whether it lies in the far half of its cell, and whether it is taken out."""

    far: Bools
    cut: Bools


def _halves(cell: Ints, axes: list[Floats], a: Ints, b: Ints) -> _Halves:
    """Halve each cell along the axis whose cut takes out the fewest nodes."""
    size = np.bincount(cell)
    first = np.cumsum(size) - size
    fewest = np.full(len(size), len(cell) + 1)
    best = _Halves(np.zeros(len(cell), np.bool_), np.zeros(len(cell), np.bool_))
    for axis in axes:
        place = np.empty(len(cell), np.int64)
        place[np.lexsort((axis, cell))] = np.arange(len(cell))
        far = place - first[cell] >= size[cell] // 2
        crossing = far[a] != far[b]
        for side in (False, True):  # the ends on this side of the line
            cut = np.zeros(len(cell), np.bool_)
            cut[np.where(far[a[crossing]] == side, a[crossing], b[crossing])] = True
            taken = np.bincount(cell[cut], minlength=len(size))
            better = taken < fewest
            fewest[better] = taken[better]
            here = better[cell]
            best.far[here], best.cut[here] = far[here], cut[here]
    return best


def _numbered(cell: Ints) -> Ints:
    """Number the cells that are left 0, 1, 2 ..."""
    if not len(cell):
        return cell
    used = np.bincount(cell) > 0
    return np.asarray((np.cumsum(used) - 1)[cell])
