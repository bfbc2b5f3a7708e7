"""A way as a driver sees it: runs of pieces of one road, and what else leads away where they begin.

A bend of a road where there is a choice begins a run too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tourpool.routing.network.driven import Piece
from tourpool.routing.network.graph import Graph
from tourpool.routing.network.paths import Course, course
from tourpool.routing.network.signs import Road, road

SHARP_BEND = 45.0
"""Degrees: a bend at a junction that a driver must be told of."""


@dataclass(frozen=True)
class Run:
    """Consecutive pieces of one road.

    Attributes
    ----------
    metres
        Length.
    begins, ends
        Bearings where it begins and where it ends, degrees clockwise from north.
    choice
        Whether other roads lead away where it begins.
    left
        Whether it begins left of those.
    exits
        How many other roads can be taken where its pieces end.
    """

    road: Road
    metres: float
    begins: float
    ends: float
    choice: bool
    left: bool
    exits: int


def runs(graph: Graph, pieces: Sequence[Piece], shape: Course) -> list[Run]:
    """Join pieces of one road; `shape` is their course."""
    found: list[Run] = []
    begins, ends = (b.tolist() for b in shape.bearings())
    roads: dict[int, Road] = {}
    for n, piece in enumerate(pieces):
        way = int(graph.way[piece.edge])
        here = roads.get(way) or roads.setdefault(way, road(graph, way))
        others = _others(graph, pieces[n - 1].edge, piece.edge) if n else []
        metres = float(graph.metres[piece.edge]) * (piece.end - piece.begin)
        exits = _exits(graph, piece.edge) if here.roundabout else 0
        last = found[-1] if found else None
        bend = abs(turned(last.ends, begins[n])) if last else 0.0
        if last and last.road == here and not (others and bend > SHARP_BEND):
            longer = last.metres + metres
            found[-1] = replace(last, metres=longer, ends=ends[n], exits=last.exits + exits)
        else:
            left = _is_left(graph, begins[n], others) if here.ramp else False
            found.append(Run(here, metres, begins[n], ends[n], bool(others), left, exits))
    return found


def turned(a: float, b: float) -> float:
    """Degrees to the right from bearing a to bearing b; negative to the left."""
    return (b - a + 180) % 360 - 180


def _others(graph: Graph, before: int, edge: int) -> list[int]:
    """Edges that could be taken instead, the way back left out."""
    node = graph.tail[edge]
    leaving = range(graph.ptr[node], graph.ptr[node + 1])
    return [e for e in leaving if e not in (edge, graph.twin[before])]


def _exits(graph: Graph, edge: int) -> int:
    """How many roads lead out of a roundabout where this part of it ends."""
    node = graph.head[edge]
    leaving = range(graph.ptr[node], graph.ptr[node + 1])
    return sum(not road(graph, int(graph.way[e])).roundabout for e in leaving)


def _is_left(graph: Graph, bearing: float, others: Sequence[int]) -> bool:
    """Whether it leads away left of the others."""
    starts, _ = course(graph, [Piece(e) for e in others]).bearings()
    return bool(others) and bool(np.all((starts - bearing) % 360 < 180))
