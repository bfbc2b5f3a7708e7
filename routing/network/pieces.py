"""The points of all ways laid out one after another, and the stretches between junctions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network.graph import DEGREES, haversine_m
from tourpool.routing.network.osm_file import MapFile

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Points:
    """Points of all ways, ``k`` of them.

    Attributes
    ----------
    node
        int64 ``(k,)``: equal where roads meet.
    lon, lat
        int32 ``(k,)``: in 1e-7 degrees.
    way
        int32 ``(k,)``: index of the way.
    piece
        int32 ``(k,)``: rises by 1 with each new way, and within a way where the file lacks a
        node or where a barrier stands.
    """

    node: Ints
    lon: NDArray[np.int32]
    lat: NDArray[np.int32]
    way: NDArray[np.int32]
    piece: NDArray[np.int32]


def laid_out(given: MapFile) -> Points:
    """Lay out the points; the point of a barrier becomes two that do not meet."""
    ways = given.ways
    way = np.repeat(np.arange(len(ways.count), dtype=np.int32), ways.count)
    here = np.flatnonzero(given.located)
    times = 1 + given.cut[here].astype(np.int64)
    at = np.repeat(here, times)
    second = np.zeros(len(at), np.bool_)
    second[np.cumsum(times)[times == 2] - 1] = True
    breaks = np.ones(len(at), np.bool_)
    breaks[1:] = (way[at][1:] != way[at][:-1]) | (np.diff(at) > 1) | second[1:]
    _, node = np.unique(ways.refs[at], return_inverse=True)
    barred = given.cut[at]
    node[barred] = len(node) + np.arange(barred.sum())
    return Points(
        node=node,
        lon=given.lon[at],
        lat=given.lat[at],
        way=way[at],
        piece=np.cumsum(breaks).astype(np.int32),
    )


def between_junctions(points: Points) -> tuple[Ints, Ints]:
    """First and last point of each stretch between two junctions or dead ends.

    A stretch that ends where it began becomes two, so that there are no loops.
    """
    joint = np.bincount(points.node)[points.node] > 1
    begins = np.ones(len(joint), np.bool_)
    begins[1:] = points.piece[1:] != points.piece[:-1]
    joint |= begins
    joint[:-1] |= begins[1:]
    joint[-1:] = True
    start, end = _stretches(points, joint)
    loop = (points.node[start] == points.node[end]) & (end - start > 1)
    joint[(start[loop] + end[loop]) // 2] = True
    start, end = _stretches(points, joint)
    real = points.node[start] != points.node[end]
    return start[real], end[real]


def _stretches(points: Points, joint: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    at = np.flatnonzero(joint)
    same = points.piece[at[:-1]] == points.piece[at[1:]]
    return at[:-1][same], at[1:][same]


def metres_along(points: Points) -> NDArray[np.float64]:
    """Metres from the first point of all; only differences within a piece mean anything."""
    lon, lat = points.lon * DEGREES, points.lat * DEGREES
    hop = np.zeros(len(lon))
    hop[1:] = haversine_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
    hop[1:][points.piece[1:] != points.piece[:-1]] = 0
    return np.cumsum(hop)
