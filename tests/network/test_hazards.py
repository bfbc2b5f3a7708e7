"""Hazards on roads: which road each one is on, and which buses go round it on which days."""

import datetime as dt

import pytest

from tests.network.road_maps import Street, miles, road_map
from tourpool.events.hazards import Bridge, Hazard
from tourpool.events.places import Point
from tourpool.routing.network.engine import UNREACHABLE_S, OsmRoads
from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.hazards import place, stops
from tourpool.routing.network.vehicle import FULL_SIZE, Vehicle
from tourpool.routing.roads import SCHOOL_BUS, Profile

DAY = dt.date(2027, 3, 9)
# W - P = Q - E crosses over N - S at the middle; the ring W N E S joins them
PLACES = {
    "W": miles(-1, 0),
    "P": miles(-0.02, 0),
    "Q": miles(0.02, 0),
    "E": miles(1, 0),
    "N": miles(0, 1),
    "S": miles(0, -1),
}
STREETS = [
    Street("WNESW", "Ring"),
    Street("WP", "Mill Road"),
    Street("PQ", "Mill Road", flags=WayFlag.BRIDGE),
    Street("QE", "Mill Road"),
    Street("NS", "Low Street"),
]
RING, WEST, BRIDGE, EAST, LOW = range(5)
MIDDLE = miles(0, 0)
WEST_STOP, EAST_STOP = miles(-0.5, 0), miles(0.5, 0)
NORTH_STOP, SOUTH_STOP = miles(0, 0.5), miles(0, -0.5)


def crossing() -> Graph:
    return road_map(PLACES, STREETS)


def hazard(**fields: object) -> Hazard:
    at = {} if "osm_way" in fields or "lat" in fields else {"lat": MIDDLE.lat, "lon": MIDDLE.lon}
    return Hazard.model_validate({"hazard_id": "h", "closed": True, **at, **fields})


def barred(graph: Graph, *hazards: Hazard) -> list[int]:
    """Ways with a barrier, each once for each of its edges that has one."""
    placed = place(graph, hazards)
    edges = {b.edge for bars in placed.barriers.values() for b in bars}
    return sorted(graph.way[list(edges)].tolist())


def test_a_bridge_bars_the_road_on_it_or_beneath_it_in_both_directions() -> None:
    assert barred(crossing(), hazard(bridge=Bridge.ON)) == [BRIDGE, BRIDGE]
    assert barred(crossing(), hazard(bridge=Bridge.UNDER)) == [LOW, LOW]


def test_without_saying_which_the_nearest_road_is_barred() -> None:
    near = miles(0.005, 0.001)  # 8 m from Low Street, 1.6 m from the bridge
    assert barred(crossing(), hazard(lat=near.lat, lon=near.lon)) == [BRIDGE, BRIDGE]
    near = miles(0.001, 0.005)
    assert barred(crossing(), hazard(lat=near.lat, lon=near.lon)) == [LOW, LOW]


def test_a_way_that_is_named_is_barred_from_end_to_end() -> None:
    graph = crossing()
    placed = place(graph, [hazard(osm_way=LOW)])
    assert barred(graph, hazard(osm_way=LOW)) == [LOW, LOW]
    assert {b.share for b in placed.barriers["h"]} == {None}


def test_a_position_bars_where_it_is_so_that_both_sides_stay_reachable() -> None:
    graph = crossing()
    quarter = miles(0, 0.5)  # of Low Street, from N
    placed = place(graph, [hazard(lat=quarter.lat, lon=quarter.lon)])
    lat = [graph.lat[graph.tail[b.edge]] for b in placed.barriers["h"]]
    by_tail = dict(zip(lat, [b.share for b in placed.barriers["h"]], strict=True))
    # edges leave N, the northern end, and S
    assert by_tail[max(lat)] == pytest.approx(0.25, abs=1e-3)
    assert by_tail[min(lat)] == pytest.approx(0.75, abs=1e-3)


def test_a_road_too_far_away_is_not_taken_for_it() -> None:
    # 0.03 miles are 48 m, 0.035 are 56 m, 0.06 are 97 m, 0.065 are 105 m
    def at(north: float, bridge: Bridge | None) -> list[int]:
        p = miles(0.5, north)
        graph = road_map(PLACES, [*STREETS[:3], Street("QE", flags=WayFlag.BRIDGE), STREETS[4]])
        return barred(graph, hazard(lat=p.lat, lon=p.lon, bridge=bridge))

    assert at(0.03, None) == [EAST, EAST]
    assert at(0.035, None) == []
    assert at(0.06, Bridge.ON) == [EAST, EAST]
    assert at(0.065, Bridge.ON) == []


def test_a_bridge_that_the_map_does_not_know_is_its_nearest_road() -> None:
    graph = road_map(PLACES, [*STREETS[:2], Street("PQ", "Mill Road"), *STREETS[3:4]])
    assert barred(graph, hazard(bridge=Bridge.ON)) == [BRIDGE, BRIDGE]
    assert barred(graph, hazard(bridge=Bridge.UNDER)) == [BRIDGE, BRIDGE]


def test_hazards_on_no_road_are_told() -> None:
    away = miles(0.5, 0.2)
    lost = [hazard(lat=away.lat, lon=away.lon), hazard(hazard_id="w", osm_way=999)]
    placed = place(crossing(), lost)
    assert placed.nowhere == tuple(lost)
    assert placed.barriers == {}
    assert placed.hazards == ()
    assert placed.closures(FULL_SIZE, DAY) == frozenset()


def test_both_carriageways_of_a_divided_road_are_barred_and_not_the_road_ahead() -> None:
    places = {
        "A": miles(0, 0),
        "B": miles(0.98, 0),
        "C": miles(2, 0),
        "D": miles(2, 0.01),
        "E": miles(0.98, 0.01),
        "F": miles(0, 0.01),
    }
    streets = [
        Street("ABC", ref="US 82", both=False),
        Street("CD"),
        Street("DEF", ref="US 82", both=False),
        Street("FA"),
        Street("BE"),  # so that both carriageways have a junction at 0.98
    ]
    graph = road_map(places, streets)
    spot = miles(1, 0)
    placed = place(graph, [hazard(lat=spot.lat, lon=spot.lon)])
    ends = {(int(graph.tail[b.edge]), int(graph.head[b.edge])) for b in placed.barriers["h"]}
    _, b, c, d, e, _ = range(6)
    assert ends == {(b, c), (d, e)}  # not A - B and E - F, which are within 50 m too


def test_hazards_are_placed_the_same_with_others_around() -> None:
    graph = crossing()
    on, under = hazard(bridge=Bridge.ON), hazard(hazard_id="u", bridge=Bridge.UNDER)
    both = place(graph, [on, under, hazard(hazard_id="w", osm_way=EAST)])
    assert both.barriers["h"] == place(graph, [on]).barriers["h"]
    assert both.barriers["u"] == place(graph, [under]).barriers["u"]
    assert place(graph, []).barriers == {}


def driven(hazards: list[Hazard], a: Point, b: Point, vehicle: Vehicle = FULL_SIZE) -> float:
    """Miles from a to b for a vehicle on the day."""
    graph = crossing()
    placed = place(graph, hazards)
    roads = OsmRoads("x", graph, vehicles={"bus": vehicle}, closures=placed.barriers)
    profile = Profile("bus", placed.closures(vehicle, DAY))
    return roads.matrix([a, b], profile).metres[0, 1] / 1609.344


def test_a_bus_goes_round_a_closed_bridge() -> None:
    assert driven([], WEST_STOP, EAST_STOP) == pytest.approx(1, abs=0.001)
    # half a mile back to W, along two sides of the ring (1.414 miles each), half a mile to the stop
    detour = pytest.approx(0.5 + 2 * 2**0.5 + 0.5, abs=0.001)
    assert driven([hazard(bridge=Bridge.ON)], WEST_STOP, EAST_STOP) == detour
    assert driven([hazard(bridge=Bridge.ON)], NORTH_STOP, SOUTH_STOP) == pytest.approx(1, abs=0.001)


def test_a_low_underpass_is_for_those_on_the_road_beneath() -> None:
    low = hazard(bridge=Bridge.UNDER, closed=False, max_height_ft=10)
    assert driven([low], WEST_STOP, EAST_STOP) == pytest.approx(1, abs=0.001)
    assert driven([low], NORTH_STOP, SOUTH_STOP) == pytest.approx(3.828, abs=0.001)
    assert driven([low], NORTH_STOP, SOUTH_STOP, Vehicle(height_m=2.8)) == pytest.approx(
        1, abs=0.001
    )


def test_a_closure_counts_on_its_days_only() -> None:
    over = hazard(bridge=Bridge.ON, date_to=DAY - dt.timedelta(days=1))
    assert driven([over], WEST_STOP, EAST_STOP) == pytest.approx(1, abs=0.001)
    until = hazard(bridge=Bridge.ON, date_to=DAY)
    assert driven([until], WEST_STOP, EAST_STOP) > 3


def test_where_every_way_is_closed_none_leads() -> None:
    graph = road_map(PLACES, STREETS[WEST : EAST + 1])  # no ring: only the bridge joins them
    placed = place(graph, [hazard(bridge=Bridge.ON)])
    roads = OsmRoads("x", graph, closures=placed.barriers)
    profile = Profile(SCHOOL_BUS.vehicle, placed.closures(FULL_SIZE, DAY))
    assert roads.matrix([WEST_STOP, EAST_STOP], profile).seconds[0, 1] == UNREACHABLE_S


@pytest.mark.parametrize(
    ("fields", "kept_out"),
    [
        ({"closed": True}, True),
        ({"max_tons": 14}, True),  # 13.381 t and a tenth are 14.719 t, 16.225 short tons
        ({"max_tons": 16.2}, True),
        ({"max_tons": 16.3}, False),
        ({"max_height_ft": 10.9}, True),  # 10.5 ft and 15 cm are 10.99 ft
        ({"max_height_ft": 11}, False),
        ({"max_tons": 16.3, "max_height_ft": 10.9}, True),
        ({"max_tons": 16.3, "max_height_ft": 11}, False),
    ],
)
def test_a_sign_must_allow_a_bus_with_its_margins(
    fields: dict[str, object], kept_out: bool
) -> None:
    assert stops(Hazard.model_validate({"hazard_id": "h", "osm_way": 1, **fields}), FULL_SIZE) == (
        kept_out
    )
