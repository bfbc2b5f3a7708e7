"""By which nodes a stop on a road leaves and reaches the rest of the network.

A bus may leave a stop in either direction of its road: whether there is room to turn is not known.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network.access import AccessRoads
from tourpool.routing.network.compiled_hierarchy import NEVER, Ints
from tourpool.routing.network.driven import Door, Piece, Way
from tourpool.routing.network.graph import Graph
from tourpool.routing.network.hierarchy import Gates
from tourpool.routing.network.snap import Snap
from tourpool.routing.network.usable import Bools, Usable

Rows = list[tuple[Door, ...]]
"""The doors of a stop; those in one row, at most two, are the ends of one road."""


class Doors:
    """Finds the doors of stops, and ways between two stops that need none."""

    def __init__(self, graph: Graph, usable: Usable, access_only: Bools) -> None:
        self._graph, self._usable, self._only = graph, usable, access_only
        self._joins = np.zeros(graph.n_nodes, np.bool_)  # nodes where other roads begin and end
        self._joins[graph.tail[~access_only]] = True
        self._access = AccessRoads(graph, access_only, usable)
        self._away: dict[Snap, dict[int, Door]] = {}

    def leaving(self, stop: Snap) -> Rows:
        """How the stop is left."""
        if self._only[stop.edge]:
            return self._behind(self._reached(stop))
        return [self._next_out(stop)]

    def arriving(self, stop: Snap) -> Rows:
        """How the stop is reached."""
        near = self._next_in(stop)
        return self._behind(self._access.towards(near)) if self._only[stop.edge] else [near]

    def direct(self, a: Snap, b: Snap) -> Way | None:
        """The fastest way along the road they share, or over roads for access only."""
        ways = list(self._along(a, b))
        if self._only[a.edge] and self._only[b.edge]:
            ways += self._over_access(a, b)
        return min(ways, key=lambda way: (way.us, way.um), default=None)

    def _reached(self, stop: Snap) -> dict[int, Door]:
        """Every node reached from it over roads for access only; looked up again and again."""
        if stop not in self._away:
            self._away[stop] = self._access.away(self._next_out(stop))
        return self._away[stop]

    def _behind(self, reached: dict[int, Door]) -> Rows:
        return [(door,) for node, door in sorted(reached.items()) if self._joins[node]]

    def _next_out(self, stop: Snap) -> tuple[Door, ...]:
        """The ends of its own road that it can leave by."""
        if at_node := self._at_node(stop):
            return at_node
        rest = [Piece(e, begin=share) for e, share in self._both(stop)]
        return self._doors(rest, self._graph.head)

    def _next_in(self, stop: Snap) -> tuple[Door, ...]:
        """The ends of its own road that it can be reached from."""
        if at_node := self._at_node(stop):
            return at_node
        first = [Piece(e, end=share) for e, share in self._both(stop)]
        return self._doors(first, self._graph.tail)

    def _at_node(self, stop: Snap) -> tuple[Door, ...]:
        """Where it lies at an end of its road, that end: all roads there are its own."""
        if 0 < stop.share < 1:
            return ()
        ends = self._graph.tail if stop.share == 0 else self._graph.head
        return (Door(int(ends[stop.edge]), 0, 0, ()),)

    def _both(self, stop: Snap) -> list[tuple[int, float]]:
        """The edges on which it lies, and where."""
        twin = int(self._graph.twin[stop.edge])
        here = (stop.edge, stop.share)
        return [here] if twin < 0 else [here, (twin, 1 - stop.share)]

    def _doors(self, pieces: Iterable[Piece], nodes: NDArray[np.int32]) -> tuple[Door, ...]:
        doors = [Door(int(nodes[p.edge]), *self._usable.part(*p), (p,)) for p in pieces]
        return tuple(d for d in doors if d.us < NEVER)

    def _along(self, a: Snap, b: Snap) -> Iterator[Way]:
        if (a.edge, a.share) == (b.edge, b.share):
            yield Way(0, 0, ())  # whatever is closed there
        elif a.edge == b.edge:
            for (edge, begin), (_, end) in zip(self._both(a), self._both(b), strict=True):
                if begin <= end:
                    us, um = self._usable.part(edge, begin, end)
                    if us < NEVER:
                        yield Way(us, um, (Piece(edge, begin, end),))

    def _over_access(self, a: Snap, b: Snap) -> Iterator[Way]:
        reached = self._reached(a)
        for last in self._next_in(b):
            if last.node in reached:
                d = reached[last.node]
                yield Way(d.us + last.us, d.um + last.um, d.pieces + last.pieces)


def gates(stops: Sequence[Rows]) -> tuple[Gates, Ints]:
    """Rows of doors as the hierarchy takes them, and to which stop each belongs."""
    rows = [row for stop in stops for row in stop if row]
    node = np.zeros((len(rows), 2), np.int32)
    us, um = np.full(node.shape, NEVER), np.zeros(node.shape, np.int64)
    for i, row in enumerate(rows):
        node[i] = row[0].node
        for side, door in enumerate(row):
            node[i, side], us[i, side], um[i, side] = door.node, door.us, door.um
    owner = np.repeat(np.arange(len(stops)), [sum(map(bool, stop)) for stop in stops])
    return Gates(node, us, um), owner
