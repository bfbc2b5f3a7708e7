"""The line that a bus draws on the map when it drives some pieces of a road network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tourpool.events.places import Point
from tourpool.routing.network.driven import Piece
from tourpool.routing.network.graph import DEGREES, EARTH_M, Graph

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEAR_M = 20.0
"""So far along a piece one looks to tell its direction: the first metres at a junction mislead."""


@dataclass(frozen=True)
class Course:
    """Shape of a way in driving order.

    Attributes
    ----------
    points
        ``(p, 2)``: latitude and longitude, degrees; both ends of every piece.
    first
        ``(k + 1,)``: the points of piece i are ``first[i]:first[i + 1]``.
    """

    points: Floats
    first: Ints

    def line(self) -> tuple[Point, ...]:
        """The points, none twice in a row, to 1e-7 degrees."""
        drawn: list[Point] = []
        for lat, lon in self.points.round(7).tolist():
            if not drawn or drawn[-1] != (lat, lon):
                drawn.append(Point(lat, lon))
        return tuple(drawn)

    def bearings(self) -> tuple[Floats, Floats]:
        """Where each piece leads at its start and at its end, degrees clockwise from north."""
        if not len(self.points):
            return np.empty(0), np.empty(0)
        along = _along_m(self.points)
        start, end = along[self.first[:-1]], along[self.first[1:] - 1]
        soon, lately = np.minimum(start + NEAR_M, end), np.maximum(end - NEAR_M, start)
        return self._bearing(along, start, soon), self._bearing(along, lately, end)

    def _bearing(self, along: Floats, a: Floats, b: Floats) -> Floats:
        lat, lon = self.points.T
        north = np.interp(b, along, lat) - np.interp(a, along, lat)
        east = np.interp(b, along, lon) - np.interp(a, along, lon)
        narrower = np.cos(np.radians(np.interp(a, along, lat)))
        return np.asarray(np.degrees(np.arctan2(east * narrower, north)) % 360)


def course(graph: Graph, pieces: Iterable[Piece]) -> Course:
    """Shape of a way over some pieces."""
    shapes = [_shape(graph, piece) for piece in pieces]
    first = np.cumsum([0, *map(len, shapes)], dtype=np.int64)
    return Course(np.concatenate(shapes) if shapes else np.empty((0, 2)), first)


def _shape(graph: Graph, piece: Piece) -> Floats:
    lon, lat = graph.shape(piece.edge)
    points = np.stack([lat, lon], axis=1).astype(float) * DEGREES
    if piece.begin == 0 and piece.end == 1:
        return points
    along = _along_m(points)
    a, b = piece.begin * along[-1], piece.end * along[-1]
    inside = points[(along > a) & (along < b)]
    return np.array([_at(points, along, a), *inside, _at(points, along, b)])


def _along_m(points: Floats) -> Floats:
    """Metres from the first point to each one, along the line."""
    if not len(points):
        return np.empty(0)
    lat, lon = np.radians(points).T
    east = np.diff(lon) * np.cos((lat[1:] + lat[:-1]) / 2)
    return np.concatenate([[0], np.hypot(east, np.diff(lat)).cumsum()]) * EARTH_M


def _at(points: Floats, along: Floats, metres: float) -> Sequence[float]:
    return [float(np.interp(metres, along, column)) for column in points.T]
