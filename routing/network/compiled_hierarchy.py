"""The innermost loops of the hierarchy, compiled by numba at first use and kept in its cache.

Nodes are named by their rank. Times are whole microseconds and lengths whole micrometres, so that
sums are exact in whatever order they are made; of ways that take equally long the shortest counts.
"""

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Ranks = NDArray[np.int32]

NEVER = np.int64(2**60)
"""Microseconds of what cannot be reached; the sum of two still fits."""


@numba.njit(cache=True)
def chordal(ptr: Ints, neighbour: Ranks) -> tuple[Ints, Ranks, Ranks]:
    """Add an arc between any two nodes that a lower one joins, lowest nodes first.

    Parameters
    ----------
    ptr, neighbour
        Roads without direction: those of node v are ``neighbour[ptr[v]:ptr[v + 1]]``.

    Returns
    -------
    up_ptr, up_head
        The arcs from each node to higher ones, ascending.
    parent
        The lowest of these, or -1: the elimination tree. All arcs lead to ancestors in it.
    """
    n = len(ptr) - 1
    up_ptr, up_head, m = np.zeros(n + 1, np.int64), np.empty(2 * len(neighbour) + 1, np.int32), 0
    parent, child = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    sibling, seen = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    for v in range(n):
        if m + n - v > len(up_head):
            longer = np.empty(2 * len(up_head) + n, np.int32)
            longer[:m] = up_head[:m]
            up_head = longer
        start = m
        for k in range(ptr[v], ptr[v + 1]):
            w = neighbour[k]
            if w > v and seen[w] != v:
                seen[w], up_head[m] = v, w
                m += 1
        c = child[v]
        while c >= 0:
            for k in range(up_ptr[c], up_ptr[c + 1]):
                w = up_head[k]
                if w > v and seen[w] != v:
                    seen[w], up_head[m] = v, w
                    m += 1
            c = sibling[c]
        up_head[start:m] = np.sort(up_head[start:m])
        up_ptr[v + 1] = m
        if m > start:
            p = up_head[start]
            parent[v], sibling[v], child[p] = p, child[p], v
    return up_ptr, up_head[:m].copy(), parent


@numba.njit(cache=True)
def depths(parent: Ranks) -> Ranks:
    """How many ancestors each node has."""
    depth = np.zeros(len(parent), np.int32)
    for v in range(len(parent) - 1, -1, -1):
        if parent[v] >= 0:
            depth[v] = depth[parent[v]] + 1
    return depth


@numba.njit(cache=True)
def customised(
    up_ptr: Ints, up_head: Ranks, tail: Ranks, head: Ranks, us: Ints, um: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Time and length of the best way along each arc that uses lower nodes only.

    Parameters
    ----------
    up_ptr, up_head
        The arcs, as `chordal` gives them.
    tail, head, us, um
        The directed edges with their microseconds and micrometres; `NEVER` where closed.

    Returns
    -------
    up_us, up_um, down_us, down_um
        Along each arc, from its lower end to its higher one and back.
    """
    m = len(up_head)
    up_us, up_um = np.full(m, NEVER), np.zeros(m, np.int64)
    down_us, down_um = np.full(m, NEVER), np.zeros(m, np.int64)
    for e in range(len(tail)):
        low, high = min(tail[e], head[e]), max(tail[e], head[e])
        if low == high:
            continue
        k = up_ptr[low] + np.searchsorted(up_head[up_ptr[low] : up_ptr[low + 1]], high)
        if tail[e] == low:
            if us[e] < up_us[k] or (us[e] == up_us[k] and um[e] < up_um[k]):
                up_us[k], up_um[k] = us[e], um[e]
        elif us[e] < down_us[k] or (us[e] == down_us[k] and um[e] < down_um[k]):
            down_us[k], down_um[k] = us[e], um[e]
    for v in range(len(up_ptr) - 1):
        for i in range(up_ptr[v], up_ptr[v + 1]):
            k = up_ptr[up_head[i]]
            for j in range(i + 1, up_ptr[v + 1]):
                while up_head[k] < up_head[j]:
                    k += 1
                t, length = down_us[i] + up_us[j], down_um[i] + up_um[j]
                if t < up_us[k] or (t == up_us[k] and length < up_um[k]):
                    up_us[k], up_um[k] = t, length
                t, length = down_us[j] + up_us[i], down_um[j] + up_um[i]
                if t < down_us[k] or (t == down_us[k] and length < down_um[k]):
                    down_us[k], down_um[k] = t, length
    return up_us, up_um, down_us, down_um


@numba.njit(cache=True)
def climbed(
    up_ptr: Ints,
    up_head: Ranks,
    parent: Ranks,
    depth: Ranks,
    arc_us: Ints,
    arc_um: Ints,
    node: Ranks,
    us: Ints,
    um: Ints,
) -> tuple[Ints, Ints, Ranks]:
    """From each row's nodes up to all their ancestors.

    Parameters
    ----------
    arc_us, arc_um
        Up the arcs, or down them to learn the way back.
    node, us, um
        ``(k, 2)``: two nodes, one of them an ancestor of the other or the same, and what it takes
        to get to them.

    Returns
    -------
    us, um, ancestor
        ``(k, depth)``: the ancestor at each depth, -1 below the row's lower node.
    """
    shape = (len(node), depth.max() + 1)
    to_us, to_um = np.full(shape, NEVER), np.zeros(shape, np.int64)
    ancestor = np.full(shape, -1, np.int32)
    for i in range(len(node)):
        for side in range(2):
            d = depth[node[i, side]]
            if us[i, side] < to_us[i, d] or (
                us[i, side] == to_us[i, d] and um[i, side] < to_um[i, d]
            ):
                to_us[i, d], to_um[i, d] = us[i, side], um[i, side]
        v = min(node[i, 0], node[i, 1])
        while v >= 0:
            d = depth[v]
            ancestor[i, d] = v
            if to_us[i, d] < NEVER:
                for k in range(up_ptr[v], up_ptr[v + 1]):
                    a = depth[up_head[k]]
                    t, length = to_us[i, d] + arc_us[k], to_um[i, d] + arc_um[k]
                    if t < to_us[i, a] or (t == to_us[i, a] and length < to_um[i, a]):
                        to_us[i, a], to_um[i, a] = t, length
            v = parent[v]
    return to_us, to_um, ancestor


@numba.njit(cache=True)
def joined(
    up_us: Ints, up_um: Ints, up: Ranks, down_us: Ints, down_um: Ints, down: Ranks
) -> tuple[Ints, Ints]:
    """Microseconds and micrometres from each row of the first to each of the second.

    The best way between two nodes has its highest node among the ancestors they share.
    """
    us, um = np.full((len(up), len(down)), NEVER), np.zeros((len(up), len(down)), np.int64)
    for i in range(len(up)):
        for j in range(len(down)):
            low, high = 0, up.shape[1]  # how many ancestors they share
            while low < high:
                mid = (low + high) // 2
                if up[i, mid] >= 0 and up[i, mid] == down[j, mid]:
                    low = mid + 1
                else:
                    high = mid
            best, length = NEVER, np.int64(0)
            for d in range(low):
                best = min(best, up_us[i, d] + down_us[j, d])
            if best < NEVER:
                length = NEVER
                for d in range(low):
                    if up_us[i, d] + down_us[j, d] == best:
                        length = min(length, up_um[i, d] + down_um[j, d])
            us[i, j], um[i, j] = best, length
    return us, um
