"""A road network as flat arrays: where the reader of map files and the road engine meet."""

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network.sound import check
from tourpool.routing.network.speeds import SpeedTable

DEGREES = 1e-7
"""Positions are whole ten-millionths of a degree, as OpenStreetMap keeps them (1 cm)."""

EARTH_M = 6_371_008.8


class WayFlag(IntFlag):
    """What else is known of a way; bits of ``Graph.way_flags``."""

    UNPAVED = 1
    DESTINATION = 2  # may be used to reach a place on it, not to pass through
    PRIVATE = 4  # the same, and somebody else's; only there when the reader was asked for it
    ROUNDABOUT = 8
    BRIDGE = 16
    CONDITIONAL = 32  # carries a rule for some hours or days that nobody here understands
    FERRY = 64


@dataclass(frozen=True, eq=False)
class Graph:
    """Junctions and dead ends, and the directed edges between them.

    Only the largest strongly connected component is kept, for a bus without size on a day
    without closures: each node can reach every other one. Edges that a posted limit or a
    closure forbids are in it; whoever asks for a profile gives them an infinite weight.
    ``n`` nodes, ``m`` edges, ``w`` ways, ``p`` shape points.

    Attributes
    ----------
    lon, lat
        int32 ``(n,)``: position of a node in 1e-7 degrees.
    ptr
        int32 ``(n + 1,)``: the edges that leave node u are ``ptr[u]:ptr[u + 1]``.
    head
        int32 ``(m,)``: the node an edge leads to. Parallel edges happen, loops do not.
    metres, seconds
        float64 ``(m,)``: length, and driving time by the table of speeds.
    twin
        int32 ``(m,)``: the same road the other way, -1 where it is one-way.
    way
        int32 ``(m,)``: index into the ways.
    backward
        bool ``(m,)``: driven against the direction its shape is kept in.
    built_up
        bool ``(m,)``: among many junctions.
    shape_start, shape_end
        int32 ``(m,)``: shape points ``shape_start:shape_end``, both nodes included; an edge and
        its twin share them (``backward`` tells which one reads them in reverse).
    shape_lon, shape_lat
        int32 ``(p,)``: in 1e-7 degrees.
    way_osm
        int64 ``(w,)``: OpenStreetMap's number of the way.
    way_class
        int8 ``(w,)``: index into ``speeds.CLASSES``.
    way_mph
        float32 ``(w, 2)``: posted speed with and against the shape, NaN where none is posted.
    way_flags
        uint16 ``(w,)``: bits of `WayFlag`.
    way_limits
        float32 ``(w, 4)``: posted height, width, length (m) and weight (t); inf where none is.
    way_name, way_ref, way_destination, way_exit
        int32 ``(w,)``: index into ``names``; 0 is "". The destination is what signs on a ramp
        say, the exit its number.
    names
        All names, the first one empty.
    """

    lon: NDArray[np.int32]
    lat: NDArray[np.int32]
    ptr: NDArray[np.int32]
    head: NDArray[np.int32]
    metres: NDArray[np.float64]
    seconds: NDArray[np.float64]
    twin: NDArray[np.int32]
    way: NDArray[np.int32]
    backward: NDArray[np.bool_]
    built_up: NDArray[np.bool_]
    shape_start: NDArray[np.int32]
    shape_end: NDArray[np.int32]
    shape_lon: NDArray[np.int32]
    shape_lat: NDArray[np.int32]
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

    @property
    def n_nodes(self) -> int:
        """How many junctions and dead ends."""
        return len(self.lon)

    @property
    def n_edges(self) -> int:
        """How many directed edges."""
        return len(self.head)

    @cached_property
    def tail(self) -> NDArray[np.int32]:
        """int32 ``(m,)``: the node an edge leaves; edges are sorted by it."""
        return np.repeat(np.arange(self.n_nodes, dtype=np.int32), np.diff(self.ptr))

    def shape(self, edge: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Lon and lat (1e-7 degrees) of all points of an edge, in driving order."""
        points = slice(self.shape_start[edge], self.shape_end[edge])
        step = -1 if self.backward[edge] else 1
        return self.shape_lon[points][::step], self.shape_lat[points][::step]

    def has(self, flag: WayFlag) -> NDArray[np.bool_]:
        """Which edges lie on a way with this flag, bool ``(m,)``."""
        return np.asarray((self.way_flags & np.uint16(flag)) != 0)[self.way]

    def with_speeds(self, table: SpeedTable) -> Self:
        """Return the same roads at other speeds; nothing is read again."""
        seconds = table.seconds(
            self.metres,
            self.way_class[self.way],
            self.has(WayFlag.UNPAVED),
            self.way_mph[self.way, self.backward.astype(np.int8)],
            self.built_up,
        )
        return dataclasses.replace(self, seconds=seconds)

    @cached_property
    def digest(self) -> str:
        """Changes whenever anything in it changes."""
        content = hashlib.sha256()
        for name, array in self.to_arrays().items():
            content.update(f"{name} {array.dtype.str} {array.shape}".encode())
            content.update(np.ascontiguousarray(array).data)
        return content.hexdigest()

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """Arrays only, as ``np.savez`` takes them; the names become UTF-8 bytes and their ends."""
        arrays = {
            f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name != "names"
        }
        encoded = [name.encode() for name in self.names]
        arrays["names_utf8"] = np.frombuffer(b"".join(encoded), np.uint8)
        arrays["names_end"] = np.cumsum([len(e) for e in encoded], dtype=np.int64)
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Make a graph of what `to_arrays` gave.

        Raises
        ------
        ValueError
            When an array is missing or of another kind, or points where nothing is.
        """
        check(arrays)
        return cls(
            **{f.name: arrays[f.name] for f in dataclasses.fields(cls) if f.name != "names"},
            names=_names(arrays["names_utf8"], arrays["names_end"]),
        )


def _names(utf8: NDArray[np.uint8], ends: NDArray[np.int64]) -> tuple[str, ...]:
    content = utf8.tobytes()
    starts = [0, *ends[:-1].tolist()]
    return tuple(content[a:b].decode() for a, b in zip(starts, ends.tolist(), strict=True))


def haversine_m(
    lat_a: NDArray[np.floating[Any]],
    lon_a: NDArray[np.floating[Any]],
    lat_b: NDArray[np.floating[Any]],
    lon_b: NDArray[np.floating[Any]],
) -> NDArray[np.float64]:
    """Great-circle metres between positions in degrees."""
    a, b = np.radians(lat_a), np.radians(lat_b)
    half_lat, half_lon = (b - a) / 2, np.radians(lon_b - lon_a) / 2
    h = np.sin(half_lat) ** 2 + np.cos(a) * np.cos(b) * np.sin(half_lon) ** 2
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(np.clip(h, 0, 1))))
