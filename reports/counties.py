"""Outlines of the counties in view, so that the map has a base without internet."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tourpool.data.counties import County, Topology, topology

Line = list[tuple[float, float]]


class Box(NamedTuple):
    """A part of the map in degrees."""

    south: float
    west: float
    north: float
    east: float

    def squared(self) -> "Box":
        """A square of about equal miles around it with a margin: screens are wide or tall."""
        lat, lon = (self.south + self.north) / 2, (self.west + self.east) / 2
        shrink = math.cos(math.radians(lat))  # of a degree of longitude
        half = 0.65 * max(self.north - self.south, (self.east - self.west) * shrink, 0.5)
        return Box(lat - half, lon - half / shrink, lat + half, lon + half / shrink)

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return (
            self.south <= other.north
            and other.south <= self.north
            and self.west <= other.east
            and other.west <= self.east
        )


@dataclass(frozen=True)
class Outlines:
    """Borders as lines of (lat, lon), each once, and where to write each county's name."""

    counties: list[Line]
    states: list[Line]
    names: list[tuple[float, float, str]]


def outlines(view: Box) -> Outlines:
    """Outlines of all counties that meet ``view``; borders of states and coasts apart."""
    us = topology()
    seen = [c for c in us.counties if _box(c.arcs).meets(view)]
    inside = _inside_a_state(us)
    arcs = sorted({i for c in seen for i in c.arcs})
    return Outlines(
        counties=[_line(us.arcs[i]) for i in arcs if inside[i]],
        states=[_line(us.arcs[i]) for i in arcs if not inside[i]],
        names=[(*_middle(us, c), c.name) for c in seen],
    )


@cache
def _boxes() -> NDArray[np.float64]:
    """South, west, north, east of each arc."""
    return np.array([(*arc.min(axis=0)[::-1], *arc.max(axis=0)[::-1]) for arc in topology().arcs])


def _box(arcs: Iterable[int]) -> Box:
    boxes = _boxes()[list(arcs)]
    south, west = boxes[:, :2].min(axis=0)
    north, east = boxes[:, 2:].max(axis=0)
    return Box(south, west, north, east)


def _inside_a_state(us: Topology) -> list[bool]:
    """For each arc, whether both its counties are of one state; a coast has only one county."""
    users: list[list[str]] = [[] for _ in us.arcs]
    for county in us.counties:
        for i in county.arcs:
            users[i].append(county.fips[:2])
    return [len(states) == 2 and len(set(states)) == 1 for states in users]


def _line(arc: NDArray[np.float64]) -> Line:
    return [(round(float(lat), 4), round(float(lon), 4)) for lon, lat in arc]


def _middle(us: Topology, county: County) -> tuple[float, float]:
    """Centroid (lat, lon) of its largest ring."""
    _, lat, lon = max(_centroid(us.ring(p[0])) for p in county.polygons)
    return round(lat, 3), round(lon, 3)


def _centroid(ring: NDArray[np.float64]) -> tuple[float, float, float]:
    """Area, lat and lon of the centroid, by the shoelace formula in degrees."""
    origin = ring[0]
    x, y = (ring - origin).T
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    cross = x * y2 - x2 * y
    area = float(cross.sum()) / 2
    if area == 0:  # an islet that the grid of the file flattens
        return 0.0, float(origin[1]), float(origin[0])
    lat, lon = (y + y2) @ cross / (6 * area), (x + x2) @ cross / (6 * area)
    return abs(area), float(lat + origin[1]), float(lon + origin[0])
