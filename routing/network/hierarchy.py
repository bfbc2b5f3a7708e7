"""Many-to-many over a road network, exact: a customisable contraction hierarchy.

Three steps, each only as often as it must be: the order and the arcs belong to the network
(`Hierarchy`), the times along the arcs to one way of using it (`Times`), and a matrix to points.
Closing a road or another speed needs new times, no new order. Dibbelt, J., Strasser, B., Wagner, D.
(2016), https://doi.org/10.1145/2886843.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network.compiled_hierarchy import (
    NEVER,
    Ints,
    Ranks,
    chordal,
    climbed,
    customised,
    depths,
    joined,
)
from tourpool.routing.network.compiled_walk import walked
from tourpool.routing.network.dissection import order

MILLION = 1_000_000


def millionths(values: NDArray[np.float64], least: int = 0) -> Ints:
    """Seconds as whole microseconds, metres as whole micrometres; `NEVER` where not finite.

    Parameters
    ----------
    least
        What a value is at least. An edge takes a microsecond or more: then no way goes in circles.
    """
    finite = np.isfinite(values)
    whole = np.rint(np.where(finite, values, 0) * MILLION).astype(np.int64)
    return np.where(finite, np.maximum(whole, least), NEVER)


def is_order(rank: NDArray[Any], n: int) -> bool:
    """Whether it ranks n nodes: a file may be of another map, or damaged."""
    if rank.shape != (n,) or rank.dtype != np.int32:
        return False
    return bool(np.array_equal(np.sort(rank), np.arange(n)))


@dataclass(frozen=True)
class Gates:
    """Where some points meet the network: a row for each point, or several, of up to two nodes.

    Attributes
    ----------
    node
        int32, ``(k, 2)``: the ends of one road, or one node twice.
    us, um
        int64, ``(k, 2)``: microseconds and micrometres between the point and that node; `NEVER`
        where the road is not driven that way.
    """

    node: Ranks
    us: Ints
    um: Ints

    @classmethod
    def at(cls, nodes: NDArray[np.integer]) -> Self:
        """Points that are nodes of the network."""
        node = np.stack([nodes, nodes], axis=1).astype(np.int32)
        return cls(node, np.zeros(node.shape, np.int64), np.zeros(node.shape, np.int64))


@dataclass(frozen=True)
class Hierarchy:
    """The arcs from each node to higher ones; nodes are named by their rank.

    Attributes
    ----------
    ptr, head
        The directed edges as the graph has them.
    rank
        int32, ``(n,)``: rank of each node of the graph.
    up_ptr, up_head, parent
        See `chordal`.
    """

    ptr: Ints
    head: Ranks
    rank: Ranks
    up_ptr: Ints
    up_head: Ranks
    parent: Ranks

    @classmethod
    def of(
        cls,
        ptr: NDArray[np.integer],
        head: NDArray[np.integer],
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        rank: Ranks | None = None,
    ) -> Self:
        """Order the nodes by where they lie (degrees), unless a rank is given, and add the arcs."""
        n = len(lon)
        tail = np.repeat(np.arange(n, dtype=np.int32), np.diff(ptr))
        if rank is None:
            narrower = np.cos(np.radians(lat.mean())) if n else 1.0
            rank = order(lon * narrower, lat, tail, head.astype(np.int32)).astype(np.int32)
        a, b = np.concatenate([rank[tail], rank[head]]), np.concatenate([rank[head], rank[tail]])
        by_node = np.argsort(a, kind="stable")
        around = np.zeros(n + 1, np.int64)
        np.cumsum(np.bincount(a, minlength=n), out=around[1:])
        up_ptr, up_head, parent = chordal(around, b[by_node])
        return cls(ptr.astype(np.int64), head.astype(np.int32), rank, up_ptr, up_head, parent)

    @cached_property
    def depth(self) -> Ranks:
        """How many ancestors each node has in the elimination tree."""
        return depths(self.parent)

    def times(self, us: Ints, um: Ints) -> "Times":
        """Put microseconds and micrometres on the edges; `NEVER` closes one."""
        tail = np.repeat(np.arange(len(self.rank)), np.diff(self.ptr))
        ends = self.rank[tail], self.rank[self.head]
        return Times(self, us, um, *customised(self.up_ptr, self.up_head, *ends, us, um))


@dataclass(frozen=True)
class Times:
    """A hierarchy with what each edge and each arc takes."""

    hierarchy: Hierarchy
    us: Ints
    um: Ints
    up_us: Ints
    up_um: Ints
    down_us: Ints
    down_um: Ints

    def matrix(self, sources: Gates, targets: Gates) -> tuple[Ints, Ints]:
        """Microseconds from each source to each target, and micrometres of the way they take.

        Of ways that take equally long the shortest counts; `NEVER` where there is none.
        """
        h = self.hierarchy
        if not len(h.rank) or not len(sources.node) or not len(targets.node):
            none = np.full((len(sources.node), len(targets.node)), NEVER)
            return none, np.zeros_like(none)
        tree = h.up_ptr, h.up_head, h.parent, h.depth
        s, t = sources, targets
        up = climbed(*tree, self.up_us, self.up_um, h.rank[s.node], s.us, s.um)
        down = climbed(*tree, self.down_us, self.down_um, h.rank[t.node], t.us, t.um)
        return joined(*up, *down)

    def walk(self, source: Gates, target: Gates) -> tuple[int, int, Ints]:
        """The fastest way between two points, each given by all its gates.

        Returns
        -------
        first, last
            Which node, numbered row by row, it leaves and reaches the network by; -1 where there
            is no way.
        edges
            In driving order.
        """
        h = self.hierarchy
        arcs = h.up_ptr, h.up_head, h.parent, self.up_us, self.up_um, self.down_us, self.down_um
        start, end = _flat(source), _flat(target)
        return walked(arcs, h.rank, h.ptr, h.head, self.us, self.um, start, end)


def _flat(gates: Gates) -> tuple[Ints, Ints, Ints]:
    return gates.node.ravel().astype(np.int64), gates.us.ravel(), gates.um.ravel()
