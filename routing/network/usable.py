"""What each edge takes one bus on one day; what it may not use takes for ever."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network.compiled_hierarchy import NEVER, Ints
from tourpool.routing.network.graph import Graph
from tourpool.routing.network.hierarchy import millionths
from tourpool.routing.network.vehicle import Vehicle

Bools = NDArray[np.bool_]


@dataclass(frozen=True, order=True)
class Barrier:
    """A spot on a road that may not be passed, such as a bridge that is closed.

    Attributes
    ----------
    edge
        Index of a directed edge; its twin, if it has one, needs a barrier of its own.
    share
        Where on it, as a share of its length from its tail. None closes all of it.
    """

    edge: int
    share: float | None = None


@dataclass(frozen=True)
class Usable:
    """The edges of a graph as one bus on one day finds them.

    Attributes
    ----------
    passes
        bool ``(m,)``: which edges the bus fits and is light enough for, on any day.
    us, um
        int64 ``(m,)``: microseconds and micrometres from one end to the other; `NEVER` where the
        bus does not pass or something bars the way.
    """

    passes: Bools
    us: Ints
    um: Ints
    _shares: dict[int, list[float | None]]
    _open_us: Ints

    @classmethod
    def by(cls, graph: Graph, vehicle: Vehicle, barriers: Iterable[Barrier] = ()) -> "Usable":
        """Weigh the edges of a graph for a vehicle."""
        passes = vehicle.passes(graph.way_limits)[graph.way]
        open_us = millionths(graph.seconds, least=1)
        shares: dict[int, list[float | None]] = defaultdict(list)
        for barrier in barriers:
            shares[barrier.edge].append(barrier.share)
        us = np.where(passes, open_us, NEVER)
        us[list(shares)] = NEVER
        return cls(passes, us, millionths(graph.metres), dict(shares), open_us)

    def part(self, edge: int, begin: float, end: float) -> tuple[int, int]:
        """Microseconds and micrometres along an edge from one share of its length to another."""
        barred = any(b is None or begin <= b <= end for b in self._shares.get(edge, ()))
        if barred or not self.passes[edge] or self._open_us[edge] == NEVER:
            return int(NEVER), 0
        share = end - begin
        return round(int(self._open_us[edge]) * share), round(int(self.um[edge]) * share)
