"""Small road networks written street by street."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tourpool.events.places import Point
from tourpool.routing.network.graph import DEGREES, Graph, haversine_m
from tourpool.routing.network.speeds import CLASSES


@dataclass(frozen=True)
class Street:
    """A way over some places; those that no other street has are shape only."""

    places: str
    name: str = ""
    ref: str = ""
    kind: str = "tertiary"
    mph: float = 30.0
    both: bool = True
    flags: int = 0
    weight_t: float = np.inf
    towards: str = ""
    exit: str = ""


def miles(east: float, north: float) -> Point:
    """A position so far from a corner in Mississippi, on a flat earth."""
    lat = 33 + north * 1609.344 / 111_195.08
    return Point(lat, -90 + east * 1609.344 / (111_195.08 * np.cos(np.radians(33))))


def road_map(places: Mapping[str, Point], streets: Sequence[Street]) -> Graph:
    """Make a graph; places are named by one letter, and are nodes where streets meet or end."""
    node = {c: n for n, c in enumerate(_nodes(places, streets))}
    roads = [(w, part) for w, street in enumerate(streets) for part in _parts(street.places, node)]
    edges = [(node[part[0]], node[part[-1]], r, False) for r, (_, part) in enumerate(roads)]
    edges += [(v, u, r, True) for u, v, r, _ in edges if streets[roads[r][0]].both]
    tail, head, road, backward = np.array(sorted(edges)).T
    way = np.array([w for w, _ in roads])[road]
    shapes = [np.array([places[c] for c in part]) for _, part in roads]
    end = np.cumsum([len(shape) for shape in shapes])
    points, at = np.concatenate(shapes), np.array([places[c] for c in node])
    metres = np.array([_length_m(shape) for shape in shapes])[road]
    signs = [(s.name, s.ref, s.towards, s.exit) for s in streets]
    names = ["", *dict.fromkeys(text for sign in signs for text in sign if text)]
    name, ref, towards, leaves = np.array([[names.index(t) for t in s] for s in signs], np.int32).T
    return Graph(
        lon=_whole(at[:, 1]),
        lat=_whole(at[:, 0]),
        ptr=np.searchsorted(tail, np.arange(len(node) + 1)).astype(np.int32),
        head=head.astype(np.int32),
        metres=metres,
        seconds=metres / (np.array([s.mph for s in streets])[way] * 0.44704),
        twin=np.array([_other(road, e) for e in range(len(road))], np.int32),
        way=way.astype(np.int32),
        backward=backward.astype(np.bool_),
        built_up=np.zeros(len(road), np.bool_),
        shape_start=(end - [len(shape) for shape in shapes])[road].astype(np.int32),
        shape_end=end[road].astype(np.int32),
        shape_lon=_whole(points[:, 1]),
        shape_lat=_whole(points[:, 0]),
        way_osm=np.arange(len(streets), dtype=np.int64),
        way_class=np.array([CLASSES.index(s.kind) for s in streets], np.int8),
        way_mph=np.full((len(streets), 2), np.nan, np.float32),
        way_flags=np.array([s.flags for s in streets], np.uint16),
        way_limits=np.array([[np.inf] * 3 + [s.weight_t] for s in streets], np.float32),
        way_name=name,
        way_ref=ref,
        way_destination=towards,
        way_exit=leaves,
        names=tuple(names),
    )


def _nodes(places: Mapping[str, Point], streets: Sequence[Street]) -> list[str]:
    ends = {c for street in streets for c in (street.places[0], street.places[-1])}
    used = "".join(street.places for street in streets)
    return [c for c in places if c in ends or used.count(c) > 1]


def _parts(places: str, nodes: Mapping[str, int]) -> list[str]:
    cuts = [k for k, c in enumerate(places) if c in nodes]
    return [places[a : b + 1] for a, b in pairwise(cuts)]


def _other(road: NDArray[np.int64], edge: int) -> int:
    """The edge of the same road the other way, -1 where there is none."""
    same = np.flatnonzero(road == road[edge])
    return int(same[same != edge][0]) if len(same) > 1 else -1


def _length_m(shape: NDArray[np.float64]) -> float:
    lat, lon = shape.T
    return float(haversine_m(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())


def _whole(degrees: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(degrees / DEGREES).astype(np.int32)
