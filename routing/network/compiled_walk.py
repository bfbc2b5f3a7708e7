"""One fastest way edge by edge: compiled by numba at first use and kept in its cache.

The hierarchy tells what is left to the end from any node, exactly; so whoever stands at a node
takes an edge after which as much less is left as the edge takes. Strasser, B., Zeitz, T. (2021),
https://doi.org/10.4230/LIPIcs.SEA.2021.6, call these potentials. Nodes are named by their rank.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network.compiled_hierarchy import NEVER, Ints, Ranks

Bools = NDArray[np.bool_]
Arcs = tuple[Ints, Ranks, Ranks, Ints, Ints, Ints, Ints]
"""Of a customised hierarchy: up_ptr, up_head, parent, up_us, up_um, down_us, down_um."""

UNKNOWN = np.int64(-1)


@numba.njit(cache=True)
def descended(arcs: Arcs, node: Ranks, us: Ints, um: Ints) -> tuple[Ints, Ints]:
    """What it takes from each node to the end where only arcs down are used, ``(n,)`` each.

    Parameters
    ----------
    node, us, um
        The nodes next to the end, and what it takes from them.
    """
    up_ptr, up_head, parent, _, _, down_us, down_um = arcs
    n = len(parent)
    to_us, to_um = np.full(n, NEVER), np.zeros(n, np.int64)
    for i in range(len(node)):
        v = node[i]
        if us[i] < to_us[v] or (us[i] == to_us[v] and um[i] < to_um[v]):
            to_us[v], to_um[v] = us[i], um[i]
        while v >= 0:
            if to_us[v] < NEVER:
                for k in range(up_ptr[v], up_ptr[v + 1]):
                    a = up_head[k]
                    t, length = to_us[v] + down_us[k], to_um[v] + down_um[k]
                    if t < to_us[a] or (t == to_us[a] and length < to_um[a]):
                        to_us[a], to_um[a] = t, length
            v = parent[v]
    return to_us, to_um


@numba.njit(cache=True)
def settle(arcs: Arcs, left_us: Ints, left_um: Ints, known: Bools, node: int) -> None:
    """Make final what is left from a node, and from its ancestors on which that depends."""
    up_ptr, up_head, parent, up_us, up_um, _, _ = arcs
    chain = np.empty(len(parent), np.int32)
    n, v = 0, node
    while v >= 0 and not known[v]:
        chain[n] = v
        n += 1
        v = parent[v]
    for i in range(n - 1, -1, -1):
        v = chain[i]
        for k in range(up_ptr[v], up_ptr[v + 1]):
            a = up_head[k]
            t, length = up_us[k] + left_us[a], up_um[k] + left_um[a]
            if t < left_us[v] or (t == left_us[v] and length < left_um[v]):
                left_us[v], left_um[v] = t, length
        known[v] = True


@numba.njit(cache=True)
def walked(
    arcs: Arcs,
    rank: Ranks,
    ptr: Ints,
    head: Ranks,
    us: Ints,
    um: Ints,
    start: tuple[Ints, Ints, Ints],
    end: tuple[Ints, Ints, Ints],
) -> tuple[int, int, Ints]:
    """The fastest way from any of some nodes to any of others; the shortest of equally fast ones.

    Parameters
    ----------
    ptr, head, us, um
        The edges, by node as the graph numbers them; each takes at least a microsecond.
    start, end
        Nodes, and the microseconds and micrometres that getting to them and on from them takes.

    Returns
    -------
    first, last
        Which of the starts and which of the ends; -1 where there is no way.
    edges
        In driving order.
    """
    left_us, left_um = descended(arcs, rank[end[0]], end[1], end[2])
    known = np.zeros(len(rank), np.bool_)
    first, least_us, least_um = -1, NEVER, NEVER
    for i in range(len(start[0])):
        v = rank[start[0][i]]
        settle(arcs, left_us, left_um, known, v)
        t, length = start[1][i] + left_us[v], start[2][i] + left_um[v]
        if t < least_us or (t == least_us and t < NEVER and length < least_um):
            first, least_us, least_um = i, t, length
    edges, n = np.empty(64, np.int64), 0
    if first < 0:
        return -1, -1, edges[:0]
    u = start[0][first]
    while True:
        v = rank[u]
        for i in range(len(end[0])):
            if end[0][i] == u and end[1][i] == left_us[v] and end[2][i] == left_um[v]:
                return first, i, edges[:n]
        for e in range(ptr[u], ptr[u + 1]):
            if us[e] > left_us[v]:
                continue
            w = rank[head[e]]
            settle(arcs, left_us, left_um, known, w)
            if us[e] + left_us[w] == left_us[v] and um[e] + left_um[w] == left_um[v]:
                if n == len(edges):
                    longer = np.empty(2 * n, np.int64)
                    longer[:n] = edges
                    edges = longer
                edges[n] = e
                n += 1
                u = head[e]
                break
