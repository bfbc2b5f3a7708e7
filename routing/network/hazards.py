"""Hazards on the roads of a graph: which stretch each one is on, and whom it keeps out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from tourpool.events.hazards import Bridge, Hazard
from tourpool.routing.network.graph import EARTH_M, Graph, WayFlag
from tourpool.routing.network.snap import lines_of, mercator
from tourpool.routing.network.usable import Barrier
from tourpool.routing.network.vehicle import FOOT_M, TON_T, Vehicle

NEAR_M, BRIDGE_M = 50.0, 100.0
"""How far the road may be from a position that people typed, and from that of a bridge."""


@dataclass(frozen=True)
class Placed:
    """Hazards on a graph.

    Attributes
    ----------
    barriers
        By hazard_id, where it bars the way, in both directions of its road.
    hazards
        Those that lie on a road of the graph.
    nowhere
        Those that do not: people should look at their positions.
    """

    barriers: dict[str, tuple[Barrier, ...]]
    hazards: tuple[Hazard, ...]
    nowhere: tuple[Hazard, ...]

    def closures(self, vehicle: Vehicle, date: dt.date) -> frozenset[str]:
        """Return the hazard_ids of those that keep a bus out on a day, for its `Profile`."""
        return frozenset(
            h.hazard_id for h in self.hazards if h.holds_on(date) and stops(h, vehicle)
        )


def stops(hazard: Hazard, vehicle: Vehicle) -> bool:
    """Whether a bus may not pass; a sign must allow its margins too."""
    if hazard.closed:
        return True
    height_m = np.inf if hazard.max_height_ft is None else hazard.max_height_ft * FOOT_M
    weight_t = np.inf if hazard.max_tons is None else hazard.max_tons * TON_T
    limits = np.array([height_m, np.inf, np.inf, weight_t], np.float32)
    return not bool(vehicle.passes(limits))


def place(graph: Graph, hazards: Sequence[Hazard]) -> Placed:
    """Find the road of each hazard.

    A way that is named is barred from end to end. A position bars the nearest road within 50 m
    where it is nearest; of a bridge, the nearest road that is one (``on``) or is none (``under``)
    within 100 m. Where the map has no bridge, the nearest road within 50 m is taken for it. The
    other half of a divided road is barred too when it has the same name or number.
    """
    on_way = {h.hazard_id: _on_way(graph, h.osm_way) for h in hazards if h.osm_way is not None}
    barriers = on_way | _at(graph, [h for h in hazards if h.osm_way is None])
    return Placed(
        {hazard_id: bars for hazard_id, bars in barriers.items() if bars},
        tuple(h for h in hazards if barriers[h.hazard_id]),
        tuple(h for h in hazards if not barriers[h.hazard_id]),
    )


def _on_way(graph: Graph, way: int) -> tuple[Barrier, ...]:
    edges = np.flatnonzero(graph.way_osm[graph.way] == way)
    return tuple(Barrier(e) for e in edges.tolist())


def _at(graph: Graph, hazards: Sequence[Hazard]) -> dict[str, tuple[Barrier, ...]]:
    """Barriers of hazards at positions."""
    lower = (graph.twin < 0) | (np.arange(graph.n_edges) < graph.twin)
    edges = np.flatnonzero(lower)
    lines = lines_of(graph, edges)
    lat, lon = np.array([(h.lat, h.lon) for h in hazards], float).reshape(-1, 2).T
    points = np.asarray(shapely.points(lon, mercator(lat)))
    metre = np.degrees(1 / (EARTH_M * np.cos(np.radians(lat))))  # on the map, at each place
    at, line = shapely.STRtree(lines).query(points, "dwithin", BRIDGE_M * metre)
    metres = np.asarray(shapely.distance(points[at], lines[line])) / metre[at]
    share = np.asarray(shapely.line_locate_point(lines[line], points[at], normalized=True))
    found = {}
    for i, hazard in enumerate(hazards):
        here = np.flatnonzero(at == i)
        chosen = here[_chosen(graph, hazard.bridge, edges[line[here]], metres[here])]
        found[hazard.hazard_id] = tuple(
            barrier
            for edge, s in zip(edges[line[chosen]].tolist(), share[chosen].tolist(), strict=True)
            for barrier in _both_ways(graph, edge, s)
        )
    return found


def _chosen(
    graph: Graph, bridge: Bridge | None, edges: NDArray[np.intp], metres: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Which of the edges around a position are meant; indices into ``edges``."""
    is_bridge = graph.way_flags[graph.way[edges]] & np.uint16(WayFlag.BRIDGE) != 0
    fits = (metres <= NEAR_M) if bridge is None else is_bridge == (bridge == Bridge.ON)
    if not fits.any() and bridge == Bridge.ON:
        fits = metres <= NEAR_M
    if not fits.any():
        return np.flatnonzero(fits)
    nearest = int(np.argmin(np.where(fits, metres, np.inf)))
    beside = np.flatnonzero(fits & _other_carriageway(graph, edges, nearest))
    return np.array([nearest, *beside[np.argsort(metres[beside])][:1]])


def _other_carriageway(graph: Graph, edges: NDArray[np.intp], one: int) -> NDArray[np.bool_]:
    """Which edges may be the other half of a divided road: same name, and not its next stretch."""
    way, edge = graph.way[edges], edges[one]
    name, ref = graph.way_name[way], graph.way_ref[way]
    same = ((name == name[one]) & (name != 0)) | ((ref == ref[one]) & (ref != 0))
    one_way = (graph.twin[edges] < 0) & (graph.twin[edge] < 0)
    ends = graph.tail[edge], graph.head[edge]
    goes_on = np.isin(graph.tail[edges], ends) | np.isin(graph.head[edges], ends)
    return np.asarray(same & one_way & ~goes_on)


def _both_ways(graph: Graph, edge: int, share: float) -> tuple[Barrier, ...]:
    """The same spot on an edge and on its twin; ``share`` is along the shape as it is kept."""
    ahead = 1 - share if graph.backward[edge] else share
    twin = int(graph.twin[edge])
    return (Barrier(edge, ahead), *((Barrier(twin, 1 - ahead),) if twin >= 0 else ()))
