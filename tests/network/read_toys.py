"""Toy maps as graphs, and what a bus may do on their direct road."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tests.network.toys import DIRECT, Tags, write_toy
from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.osm_file import read_map
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import SpeedTable
from tourpool.routing.network.vehicle import FULL_SIZE, Vehicle


def toy_graph(folder: Path, tags: Tags | None = None, **options: Any) -> Graph:
    """The graph of a toy map; options of `write_toy`, or ``private`` and ``ferries``."""
    asked = {key: options.pop(key) for key in ("private", "ferries") if key in options}
    path = write_toy(folder / "toy.osm", tags, **options)
    return graph_of(read_map(path, **asked), SpeedTable())[0]


def direct_edges(graph: Graph, vehicle: Vehicle = FULL_SIZE) -> list[int]:
    """Edges of the direct road that the vehicle may drive on, east-bound ones first."""
    passes = vehicle.passes(graph.way_limits)
    usable = (graph.way_osm == DIRECT) & passes
    edges = np.flatnonzero(usable[graph.way])
    return sorted(edges.tolist(), key=lambda e: graph.lon[graph.tail[e]])


def direct_flags(graph: Graph) -> WayFlag:
    """Flags of the direct road."""
    return WayFlag(int(graph.way_flags[graph.way_osm == DIRECT][0]))


def both_ways(folder: Path, tags: Mapping[str, str], **options: Any) -> bool:
    """Whether a full-size bus may drive along the direct road, there and back."""
    graph = toy_graph(folder, tags, **options)
    return len(direct_edges(graph)) == 2
