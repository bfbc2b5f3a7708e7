"""Put positions on the nearest road on which a bus may stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from tourpool.events.places import Point
from tourpool.routing.network.graph import DEGREES, EARTH_M, Graph
from tourpool.routing.network.speeds import CLASSES
from tourpool.routing.network.usable import Bools
from tourpool.routing.roads import FAR_M

NO_STOPS = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "ferry"})
REFUSE_M = 400
"""Farther from its road than this a stop is pointed out; farther than that it is refused."""
AT_END_M = 1.0
"""Nearer to the end of a road than this a stop lies at the end."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Snap:
    """Where a position was put on a road.

    Attributes
    ----------
    edge
        Index of the edge; of a road driven both ways, the lower one of its two.
    share
        Where on it, as a share of its length from its tail; 0 or 1 is at a junction or dead end.
    position
        That place.
    metres
        How far it lies from the point.
    road
        Name of the road, or its number; empty when it has neither.
    """

    point: Point
    edge: int
    share: float
    position: Point
    metres: float
    road: str

    @property
    def far(self) -> bool:
        """Whether people should look at it."""
        return self.metres > FAR_M

    @property
    def refused(self) -> bool:
        """Whether it is too far to be believed."""
        return self.metres > REFUSE_M


class Snapper:
    """Roads of a graph, ready to be searched by position.

    Distances are measured on Mercator's map, which stretches all directions alike: near a point
    it is true up to a factor that is known.
    """

    def __init__(self, graph: Graph, passes: Bools) -> None:
        self._graph = graph
        stops = np.array([name not in NO_STOPS for name in CLASSES])[graph.way_class][graph.way]
        has_twin = graph.twin >= 0
        either = passes | (has_twin & passes[graph.twin])
        lower = ~has_twin | (np.arange(graph.n_edges) < graph.twin)
        self._edges = np.flatnonzero(stops & either & lower)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(lines_of(self._graph, self._edges))

    def snap(self, points: Sequence[Point]) -> list[Snap]:
        """Put each point on the nearest road; of equally near ones on the lowest edge.

        Raises
        ------
        ValueError
            When there is no road at all on which a bus of this size may stop.
        """
        if not len(self._edges):
            raise ValueError("the road network has no road on which this bus may stop")
        positions = np.array(points, float).reshape(-1, 2)
        on_map = shapely.points(positions[:, 1], mercator(positions[:, 0]))
        i, line = self._tree.query_nearest(on_map, all_matches=True)
        first = np.full(len(positions), len(self._edges))
        np.minimum.at(first, i, line)
        lines = self._tree.geometries[first]
        share = shapely.line_locate_point(lines, on_map, normalized=True)
        there = shapely.line_interpolate_point(lines, share, normalized=True)
        stretched = shapely.distance(on_map, there) * np.cos(np.radians(positions[:, 0]))
        lat, lon = _latitude(shapely.get_y(there)), shapely.get_x(there)
        edge = self._edges[first]
        share = np.where(self._graph.backward[edge], 1 - share, share)
        length = self._graph.metres[edge]
        share = np.where(share * length < AT_END_M, 0, share)
        share = np.where((1 - share) * length < AT_END_M, 1, share)
        return [
            Snap(Point(*point), e, s, Point(y, x), m, self._road(e))
            for point, e, s, y, x, m in zip(
                positions.tolist(),
                edge.tolist(),
                share.tolist(),
                lat.tolist(),
                lon.tolist(),
                (np.radians(stretched) * EARTH_M).tolist(),
                strict=True,
            )
        ]

    def _road(self, edge: int) -> str:
        names, way = self._graph.names, self._graph.way[edge]
        name, ref = self._graph.way_name[way], self._graph.way_ref[way]
        return names[int(name)] or names[int(ref)]


def lines_of(graph: Graph, edges: NDArray[np.intp]) -> NDArray[np.object_]:
    """Shapes of edges on the map, in the direction they are kept in."""
    start, count = graph.shape_start[edges], (graph.shape_end - graph.shape_start)[edges]
    line = np.repeat(np.arange(len(edges)), count)
    within = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    at = np.repeat(start, count) + within
    x, y = graph.shape_lon[at] * DEGREES, mercator(graph.shape_lat[at] * DEGREES)
    return np.asarray(shapely.linestrings(np.column_stack([x, y]), indices=line))


def mercator(lat: Floats) -> Floats:
    """Degrees north on Mercator's map, as long as a degree of longitude."""
    return np.asarray(np.degrees(np.arctanh(np.sin(np.radians(np.clip(lat, -89, 89))))))


def _latitude(y: Floats) -> Floats:
    return np.asarray(np.degrees(np.arcsin(np.tanh(np.radians(y)))))
