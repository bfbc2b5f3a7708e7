"""OSMnx as a road engine: shortest paths by its own travel times for cars."""

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import osmnx as ox
from scipy.spatial import KDTree

from tourpool.events.places import Point
from tourpool.routing.network.second_opinion import Driven
from tourpool.routing.network.speeds import CLASSES
from tourpool.routing.network.vehicle import Vehicle

KM_MI = 1 / 1.609344


class OsmnxWays:
    """Roads of a map file as OSMnx reads them, their largest strongly connected component."""

    name = "OSMnx"

    def __init__(self, extract: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            roads = Path(folder, "roads.osm")
            _write_roads(extract, roads)
            graph = ox.graph_from_xml(roads)
        graph = ox.truncate.largest_component(graph, strongly=True)
        self._graph = ox.routing.add_edge_travel_times(ox.routing.add_edge_speeds(graph))
        self._nodes = list(graph.nodes)
        places = [Point(graph.nodes[n]["y"], graph.nodes[n]["x"]) for n in self._nodes]
        self._tree = KDTree(places)
        self._at = dict(zip(map(_whole, places), self._nodes, strict=True))

    def knows(self, place: Point) -> bool:
        """Whether it has a junction at exactly this place."""
        return _whole(place) in self._at

    def unposted_mph(self) -> dict[str, float]:
        """Its speed for each class of road where none is posted: the mean of those posted."""
        found = defaultdict(list)
        for _, _, edge in self._graph.edges(data=True):
            if "maxspeed" not in edge and isinstance(edge["highway"], str):
                found[edge["highway"]].append(edge["speed_kph"] * KM_MI)
        return {road: float(np.median(mph)) for road, mph in found.items()}

    def drive(self, a: Point, b: Point, vehicle: Vehicle) -> Driven | None:
        """Drive a car from the junction nearest to a to the one nearest to b."""
        u, v = (self._nodes[int(self._tree.query(tuple(p))[1])] for p in (a, b))
        try:
            nodes = nx.shortest_path(self._graph, u, v, weight="travel_time")
        except nx.NetworkXNoPath:
            return None
        return self._driven(nodes)

    def along(self, line: Sequence[Point]) -> Driven | None:
        """Drive a line of ours, as far as its junctions are known; None where one is missing."""
        nodes = [self._at[p] for p in map(_whole, line) if p in self._at]
        known = all(self._graph.has_edge(u, v) for u, v in pairwise(nodes))
        return self._driven(nodes) if known and len(nodes) > 1 else None

    def _driven(self, nodes: list[int]) -> Driven:
        edges = ox.routing.route_to_gdf(self._graph, nodes, weight="travel_time")
        line = tuple(Point(lat, lon) for shape in edges.geometry for lon, lat in shape.coords)
        return Driven(float(edges["travel_time"].sum()), float(edges["length"].sum()), line)


def _whole(place: Point) -> tuple[int, int]:
    """Ten-millionths of a degree, as maps have them."""
    return round(place.lat * 1e7), round(place.lon * 1e7)


def _write_roads(extract: Path, target: Path) -> None:
    """OSMnx reads XML and takes all that is in it."""
    highways = osmium.filter.KeyFilter("highway")
    with osmium.BackReferenceWriter(str(target), ref_src=str(extract)) as out:
        for way in osmium.FileProcessor(str(extract), osmium.osm.WAY).with_filter(highways):
            closed = way.tags.get("access") in ("no", "private")
            if way.tags["highway"] in CLASSES and not closed:
                out.add(way)
