"""From ways to a graph: junctions and dead ends become nodes, all other points shape."""

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_matrix

from tourpool.routing.network.graph import DEGREES, EARTH_M, Graph
from tourpool.routing.network.osm_file import MapFile
from tourpool.routing.network.pieces import Ints, between_junctions, laid_out, metres_along
from tourpool.routing.network.speeds import SpeedTable
from tourpool.routing.network.ways import Ways

CELL_M = 1000.0
BUILT_UP_JUNCTIONS = 20
"""A road is in a built-up place when a square kilometre there has so many junctions.

A square kilometre of farm land has about two, one of a town laid out with ten blocks to the mile
about forty.
"""


class NoRoadsError(ValueError):
    """No two places of the map are joined by roads both ways."""


class _WayColumns(TypedDict):
    way_osm: NDArray[np.int64]
    way_class: NDArray[np.int8]
    way_mph: NDArray[np.float32]
    way_flags: NDArray[np.uint16]
    way_limits: NDArray[np.float32]
    way_name: NDArray[np.int32]
    way_ref: NDArray[np.int32]
    way_destination: NDArray[np.int32]
    way_exit: NDArray[np.int32]
    names: tuple[str, ...]


def graph_of(given: MapFile, table: SpeedTable) -> tuple[Graph, int]:
    """Make the graph of a map.

    Returns
    -------
    graph
        Of the largest strongly connected component.
    left_out
        How many junctions and dead ends were no part of it.

    Raises
    ------
    NoRoadsError
        When there is no such component.
    """
    points = laid_out(given)
    start, end = between_junctions(points)
    node, ends_at = np.unique(points.node[np.r_[start, end]], return_inverse=True)
    a_point = np.zeros(len(node), np.int64)
    a_point[ends_at] = np.r_[start, end]
    u, v, road, reverse = _directed(
        given.ways, points.way[start], ends_at[: len(start)], ends_at[len(start) :]
    )
    kept = _largest_component(u, v, len(node))
    inside = np.flatnonzero(kept[u] & kept[v])
    if not inside.size:
        raise NoRoadsError("no two places are joined by roads both ways")
    order = inside[np.lexsort((road[inside], v[inside], u[inside]))]
    number = np.cumsum(kept) - 1
    u, v, road, reverse = number[u[order]], number[v[order]], road[order], reverse[order]
    start, end = start[road], end[road]
    lon, lat = points.lon[a_point[kept]], points.lat[a_point[kept]]
    along = metres_along(points)
    used_point = _covered(start, end, len(points.node))
    used_way = np.zeros(len(given.ways.osm), np.bool_)
    used_way[points.way[start]] = True
    point_number, way_number = np.cumsum(used_point) - 1, np.cumsum(used_way) - 1
    graph = Graph(
        lon=lon,
        lat=lat,
        ptr=np.searchsorted(u, np.arange(len(lon) + 1)).astype(np.int32),
        head=v.astype(np.int32),
        metres=along[end] - along[start],
        seconds=np.zeros(len(road)),
        twin=_twins(road, reverse),
        way=way_number[points.way[start]].astype(np.int32),
        backward=reverse,
        built_up=_built_up(lon, lat, u, v),
        shape_start=point_number[start].astype(np.int32),
        shape_end=(point_number[end] + 1).astype(np.int32),
        shape_lon=points.lon[used_point],
        shape_lat=points.lat[used_point],
        **_way_columns(given.ways, used_way),
    )
    return graph.with_speeds(table), int((~kept).sum())


def _directed(
    ways: Ways, way: NDArray[np.int32], tail: Ints, head: Ints
) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
    """Tails, heads, stretches and directions of edges, given way, tail and head by stretch."""
    forward = np.flatnonzero(ways.forward[way])
    backward = np.flatnonzero(ways.backward[way])
    return (
        np.r_[tail[forward], head[backward]],
        np.r_[head[forward], tail[backward]],
        np.r_[forward, backward],
        np.r_[np.zeros(len(forward), np.bool_), np.ones(len(backward), np.bool_)],
    )


def _largest_component(u: Ints, v: Ints, n: int) -> NDArray[np.bool_]:
    """Which nodes belong to the largest strongly connected component."""
    # Given so, roads side by side are added up: on two equal entries SciPy would never end.
    matrix = csr_matrix((np.ones(len(u), np.float32), (u, v)), shape=(n, n))
    _, component = csgraph.connected_components(matrix, connection="strong")
    return np.asarray(component == np.bincount(component, minlength=1).argmax())


def _covered(start: Ints, end: Ints, n: int) -> NDArray[np.bool_]:
    """Which of n points lie on a stretch."""
    depth = np.bincount(start, minlength=n + 1) - np.bincount(end + 1, minlength=n + 1)
    return np.asarray(np.cumsum(depth)[:-1] > 0)


def _twins(road: Ints, reverse: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The edge of the same stretch the other way, -1 where there is none."""
    side = reverse.astype(np.int64)
    there = np.full((2, road.max() + 1), -1, np.int32)
    there[side, road] = np.arange(len(road))
    return np.asarray(there[1 - side, road])


def _built_up(
    lon: NDArray[np.int32], lat: NDArray[np.int32], u: Ints, v: Ints
) -> NDArray[np.bool_]:
    """Whether an end of each edge lies in a square kilometre with many junctions."""
    north = np.radians(lat * DEGREES) * EARTH_M
    east = np.radians(lon * DEGREES) * EARTH_M * np.cos(np.radians(lat.mean() * DEGREES))
    column, row = (np.floor(d / CELL_M).astype(np.int64) for d in (east, north))
    _, cell = np.unique(column << 32 | row & 0xFFFFFFFF, return_inverse=True)
    junction = np.bincount(u, minlength=len(lon)) > 2
    dense = np.bincount(cell[junction], minlength=len(lon))[cell] >= BUILT_UP_JUNCTIONS
    return np.asarray(dense[u] | dense[v])


def _way_columns(ways: Ways, used: NDArray[np.bool_]) -> _WayColumns:
    """Columns of the ways that are used, and the names that those have."""
    texts = [column[used] for column in (ways.name, ways.ref, ways.destination, ways.exit)]
    said = np.unique(np.concatenate([[0], *texts]))
    name, ref, destination, leaves = (np.searchsorted(said, t).astype(np.int32) for t in texts)
    return _WayColumns(
        way_osm=ways.osm[used],
        way_class=ways.road_class[used],
        way_mph=ways.mph[used],
        way_flags=ways.flags[used],
        way_limits=ways.limits[used],
        way_name=name,
        way_ref=ref,
        way_destination=destination,
        way_exit=leaves,
        names=tuple(ways.names[i] for i in said.tolist()),
    )
