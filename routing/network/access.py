"""Roads that may be driven to get to a place on them, and not to pass through.

A way starts on them only when it starts at a stop on one, until it has left them; and so at its
end. In between it uses none. Roads that can be reached only over such roads count with them.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tourpool.routing.network.compiled_hierarchy import NEVER
from tourpool.routing.network.driven import Door, Piece
from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.usable import Bools, Usable


def access_only(graph: Graph) -> Bools:
    """Mark edges for access only, and edges that cannot be reached without them; ``(m,)``."""
    through = ~(graph.has(WayFlag.DESTINATION) | graph.has(WayFlag.PRIVATE))
    if through.all():
        return ~through
    n = graph.n_nodes
    tail, head = graph.tail[through], graph.head[through]
    roads = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(n, n))
    _, part = connected_components(roads, connection="strong")
    main = part == np.bincount(part).argmax()
    return np.asarray(~(through & main[graph.tail] & main[graph.head]))


class AccessRoads:
    """The edges for access only, and how a stop on them reaches the rest of the network."""

    def __init__(self, graph: Graph, only: Bools, usable: Usable) -> None:
        self._graph, self._usable = graph, usable
        self._leaving: dict[int, list[int]] = defaultdict(list)
        self._arriving: dict[int, list[int]] = defaultdict(list)
        for e in np.flatnonzero(only).tolist():
            self._leaving[int(graph.tail[e])].append(e)
            self._arriving[int(graph.head[e])].append(e)

    def away(self, doors: Iterable[Door]) -> dict[int, Door]:
        """Every node that a stop reaches over them, given the doors at its own road."""
        return self._spread(doors, self._leaving, self._graph.head, forward=True)

    def towards(self, doors: Iterable[Door]) -> dict[int, Door]:
        """Every node from which a stop is reached over them."""
        return self._spread(doors, self._arriving, self._graph.tail, forward=False)

    def _spread(
        self,
        doors: Iterable[Door],
        edges_at: dict[int, list[int]],
        beyond: NDArray[np.int32],
        *,
        forward: bool,
    ) -> dict[int, Door]:
        """Dijkstra's method, by (microseconds, micrometres)."""
        reached: dict[int, Door] = {}
        queue = [(d.us, d.um, d.node, d.pieces) for d in doors]
        heapq.heapify(queue)
        while queue:
            us, um, node, pieces = heapq.heappop(queue)
            if node in reached:
                continue
            reached[node] = Door(node, us, um, pieces)
            for e in edges_at.get(node, ()):
                more_us, more_um = self._usable.part(e, 0, 1)
                if more_us < NEVER:
                    way = (*pieces, Piece(e)) if forward else (Piece(e), *pieces)
                    heapq.heappush(queue, (us + more_us, um + more_um, int(beyond[e]), way))
        return reached
