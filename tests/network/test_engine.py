"""Roads from a map file, on maps small enough to reckon by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.network.road_maps import Street, miles, road_map
from tests.routing.arrays import laws
from tourpool.events.places import Point
from tourpool.events.problems import InputError
from tourpool.routing.network.compiled_hierarchy import NEVER
from tourpool.routing.network.engine import UNREACHABLE_M, UNREACHABLE_S, OsmRoads
from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.reference import fastest
from tourpool.routing.network.snap import Snap
from tourpool.routing.network.usable import Barrier
from tourpool.routing.network.vehicle import Vehicle
from tourpool.routing.roads import SCHOOL_BUS, Profile, Roads

# A to D in a square of a mile; B - C is one-way; E is a mile west of A
SQUARE = {"A": miles(0, 0), "B": miles(1, 0), "C": miles(1, 1), "D": miles(0, 1), "E": miles(-1, 0)}
STREETS = [
    Street("EA", "Low Road"),
    Street("AB", "Main Street"),
    Street("BC", "Hill Street", both=False),
    Street("CD", "High Street"),
    Street("DA", "Mill Street"),
]
MILE_S = 120  # at 30 mph


def square(**settings: object) -> OsmRoads:
    return OsmRoads("square", road_map(SQUARE, STREETS), **settings)  # type: ignore[arg-type]


def seconds(roads: Roads, *points: Point, profile: Profile = SCHOOL_BUS) -> list[list[int]]:
    return roads.matrix(points, profile).seconds.tolist()  # type: ignore[no-any-return]


def test_a_bus_drives_along_the_road_of_two_stops() -> None:
    # a quarter and three quarters along A - B: half a mile, both ways
    assert seconds(square(), miles(0.25, 0), miles(0.75, 0)) == [[0, 60], [60, 0]]


def test_one_way_roads_are_driven_one_way() -> None:
    # on B - C: from a quarter to three quarters half a mile; back 0.25 to C, three roads, 0.25
    assert seconds(square(), miles(1, 0.25), miles(1, 0.75)) == [[0, 60], [420, 0]]


def test_a_stop_is_left_by_the_better_end_of_its_road() -> None:
    # from 0.25 east of A to the middle of D - A: 0.25 + 0.5; from 0.75 the same way 0.75 + 0.5
    roads = square()
    middle = miles(0, 0.5)
    assert seconds(roads, miles(0.25, 0), middle)[0][1] == 0.75 * MILE_S
    assert seconds(roads, miles(0.75, 0), middle)[0][1] == 1.25 * MILE_S
    # from 0.9 east on B - C's side: 0.1 to B, then B - C - D - half of D - A is 2.6: back is 1.4
    assert seconds(roads, miles(0.9, 0), middle)[0][1] == 1.4 * MILE_S


def test_a_stop_at_a_corner_is_left_and_reached_by_all_its_streets() -> None:
    # B - C is one-way; from B back to A, and to C from D, though that is the nearest road
    one = road_map(SQUARE, [STREETS[2], *STREETS[:2], *STREETS[3:]])
    roads = OsmRoads("square", one)
    assert seconds(roads, SQUARE["B"], SQUARE["A"])[0][1] == MILE_S
    assert seconds(roads, SQUARE["D"], SQUARE["C"])[0][1] == MILE_S


def test_metres_are_those_of_the_fastest_way() -> None:
    fast = [Street("ADCB", mph=60, kind="primary"), Street("AB", mph=15)]
    roads = OsmRoads("fast", road_map(SQUARE, fast))
    a, b = miles(0, 0.5), miles(1, 0.5)  # half a mile up, one across, half down: 2 miles at 60 mph
    m = roads.matrix([a, b])
    assert (m.seconds[0, 1], m.metres[0, 1]) == (120, 3219)  # over A - B 60 + 240 s for 2 miles


def test_a_line_goes_from_stop_to_stop_along_the_roads() -> None:
    a, b = miles(0.25, 0), miles(0, 0.5)
    path = square().path(a, b)
    np.testing.assert_allclose(path.line, [a, SQUARE["A"], b], atol=2e-7)


def test_a_stop_asked_twice_stands_twice() -> None:
    a, b = miles(0.25, 0), miles(0.75, 0)
    assert seconds(square(), a, b, a) == [[0, 60, 0], [60, 0, 60], [0, 60, 0]]


def test_a_way_from_a_stop_to_itself_is_a_point() -> None:
    path = square().path(miles(0.25, 0), miles(0.25, 0))
    assert (path.seconds, path.metres, len(path.line)) == (0, 0, 1)


def test_weak_bridges_are_not_crossed() -> None:
    weak = [*STREETS[:4], Street("DA", weight_t=5)]
    roads = OsmRoads("weak", road_map(SQUARE, weak))
    d = miles(0.25, 1)  # on C - D: round by B and C
    assert seconds(roads, miles(0.25, 0), d)[0][1] == (0.75 + 1 + 0.75) * MILE_S
    light = {"school_bus": Vehicle(weight_t=4)}
    roads = OsmRoads("weak", road_map(SQUARE, weak), vehicles=light)
    assert seconds(roads, miles(0.25, 0), d)[0][1] == 1.5 * MILE_S


def edge(graph: Graph, a: str, b: str) -> int:
    """The edge from one corner of the square to another; corners are numbered A, B, C, D, E."""
    tail, head = "ABCDE".index(a), "ABCDE".index(b)
    (found,) = np.flatnonzero((graph.tail == tail) & (graph.head == head)).tolist()
    return int(found)


def both(graph: Graph, a: str, b: str, share: float | None = None) -> list[Barrier]:
    other = None if share is None else 1 - share
    return [Barrier(edge(graph, a, b), share), Barrier(edge(graph, b, a), other)]


def test_a_closure_counts_on_the_days_that_name_it() -> None:
    graph = road_map(SQUARE, STREETS)
    roads = OsmRoads("square", graph, closures={"mill": both(graph, "D", "A")})
    closed = Profile(closures=frozenset({"mill"}))
    a, d = miles(0.25, 0), miles(0.25, 1)
    assert seconds(roads, a, d)[0][1] == 1.5 * MILE_S
    assert seconds(roads, a, d, profile=closed)[0][1] == 2.5 * MILE_S
    assert roads.path(a, d, closed).seconds == 2.5 * MILE_S


def test_only_some_profiles_are_held_ready() -> None:
    graph = road_map(SQUARE, STREETS)
    bars = {f"day {n}": both(graph, "D", "A", share=n / 10) for n in range(8)}
    roads = OsmRoads("square", graph, closures=bars)
    a, d = miles(0.25, 0), miles(0.25, 1)
    for day in [*bars, *reversed(bars)]:
        assert roads.path(a, d, Profile(closures=frozenset({day}))).seconds == 2.5 * MILE_S
        assert len(roads._between) <= 4


def test_a_stop_on_this_side_of_a_closed_bridge_is_reached() -> None:
    graph = road_map(SQUARE, STREETS)
    roads = OsmRoads("square", graph, closures={"bridge": both(graph, "D", "A", share=0.5)})
    closed = Profile(closures=frozenset({"bridge"}))
    a, low, high = miles(0.25, 0), miles(0, 0.25), miles(0, 0.75)
    got = seconds(roads, a, low, high, profile=closed)
    assert got[0][1] == 0.5 * MILE_S
    assert got[0][2] == (0.75 + 1 + 1 + 0.25) * MILE_S  # round by B, C and D
    assert got[1][2] == (0.25 + 1 + 1 + 1 + 0.25) * MILE_S  # though both lie on one road


def test_where_no_way_leads_no_limit_is_kept() -> None:
    graph = road_map(SQUARE, STREETS)
    roads = OsmRoads("square", graph, closures={"low": both(graph, "E", "A")})
    closed = Profile(closures=frozenset({"low"}))
    west, a = miles(-0.5, 0), miles(0.25, 0)
    m = roads.matrix([west, a], closed)
    assert m.seconds.tolist() == [[0, UNREACHABLE_S], [UNREACHABLE_S, 0]]
    assert m.metres[0, 1] == UNREACHABLE_M
    with pytest.raises(InputError, match="no road that this bus may use leads from 33"):
        roads.path(west, a, closed)


def test_far_stops_are_refused_with_the_way_out() -> None:
    far = miles(0.5, 0.5)  # 805 m from all roads
    with pytest.raises(InputError, match=r"lies 805 m .* stop_lat and stop_lon"):
        square().matrix([far, miles(0.25, 0)])


def test_unknown_vehicles_and_closures_are_named() -> None:
    with pytest.raises(ValueError, match="no vehicle 'tank'; expected one of school_bus"):
        square().matrix([miles(0, 0)], Profile(vehicle="tank"))
    with pytest.raises(ValueError, match="no closure 'flood'"):
        square().matrix([miles(0, 0)], Profile(closures=frozenset({"flood"})))


def test_the_digest_changes_with_the_vehicle_and_with_closures() -> None:
    light = {"school_bus": Vehicle(weight_t=4)}
    variants = [square(), square(vehicles=light), square(closures={"a": [Barrier(0)]})]
    assert len({roads.digest for roads in variants}) == 3
    assert square().digest == square().digest


def test_roads_for_access_only_are_not_passed_through() -> None:
    # C - D is for access only: from B's side to D's the bus goes by A
    access = [*STREETS[:3], Street("CD", flags=WayFlag.DESTINATION), STREETS[4]]
    roads = OsmRoads("square", road_map(SQUARE, access))
    hill, mill, on_it = miles(1, 0.5), miles(0, 0.5), miles(0.5, 1)
    # the one-way B - C leads nowhere else: it counts with C - D
    assert seconds(roads, miles(0.25, 0), mill)[0][1] == 0.75 * MILE_S
    assert seconds(roads, hill, mill)[0][1] == 2 * MILE_S  # the stop itself is on such a road
    assert seconds(roads, miles(0.75, 0), on_it)[0][1] == 1.75 * MILE_S
    assert roads.path(miles(0.75, 0), on_it).seconds == 1.75 * MILE_S


@st.composite
def random_maps(draw: st.DrawFn) -> Graph:
    """A dozen nodes and streets, some one-way, for access only, weak, or of no length."""
    n = draw(st.integers(2, 12))
    names = "ABCDEFGHIJKL"[:n]
    grid = st.integers(0, 3)
    places = {c: miles(draw(grid), draw(grid)) for c in names}
    street = st.builds(
        lambda ends, mph, both, flags, weight: Street(
            "".join(ends), mph=mph, both=both, flags=flags, weight_t=weight
        ),
        st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True),
        st.sampled_from([15.0, 30.0, 60.0]),
        st.booleans() | st.just(True),
        st.sampled_from([0, 0, WayFlag.DESTINATION]),
        st.sampled_from([np.inf, np.inf, np.inf, 3.0]),
    )
    return road_map(places, draw(st.lists(street, min_size=1, max_size=24)))


def by_layers(roads: OsmRoads, a: Snap, b: Snap) -> tuple[int, int]:
    """SciPy's answer: first over roads for access, then over others, at last over roads for access.

    A stop on a road that is not for access only begins, or ends, in the middle layer.
    """
    g, n = roads._graph, roads._graph.n_nodes
    usable, only = roads._network(SCHOOL_BUS)._doors._usable, roads._access_only
    edges: list[tuple[int, int, int, int]] = []
    for e in range(g.n_edges):
        for layer in (0, 2) if only[e] else (1,):
            u, v = layer * n + int(g.tail[e]), layer * n + int(g.head[e])
            edges.append((u, v, int(usable.us[e]), int(usable.um[e])))
    edges += [(k, k + n, 0, 0) for k in range(2 * n)]
    start, end = 3 * n, 3 * n + 1
    for stop, layer in ((a, 0), (b, 2)):
        base = (layer if only[stop.edge] else 1) * n
        if stop.share in (0, 1):
            node = base + int((g.head if stop.share else g.tail)[stop.edge])
            edges.append((node, end, 0, 0) if layer else (start, node, 0, 0))
            continue
        for e, share in [(stop.edge, stop.share), (int(g.twin[stop.edge]), 1 - stop.share)]:
            if e >= 0 and layer == 0:
                edges.append((start, base + int(g.head[e]), *usable.part(e, share, 1)))
            elif e >= 0:
                edges.append((base + int(g.tail[e]), end, *usable.part(e, 0, share)))
    for e, x, y in [(a.edge, a.share, b.share), (int(g.twin[a.edge]), 1 - a.share, 1 - b.share)]:
        if a.edge == b.edge and e >= 0 and x <= y:
            edges.append((start, end, *usable.part(e, x, y)))
    table = np.array(sorted(edges), np.int64)
    ptr = np.searchsorted(table[:, 0], np.arange(3 * n + 3))
    us, um = fastest(ptr, table[:, 1], table[:, 2], table[:, 3], np.array([start]))
    return int(us[0, end]), int(um[0, end])


@laws
@given(random_maps(), st.integers(0, 2**32 - 1))
def test_any_two_stops_are_as_far_apart_as_scipy_says(graph: Graph, seed: int) -> None:
    roads, rng = OsmRoads("random", graph), np.random.default_rng(seed)
    try:
        stops = roads.snapped([miles(*rng.uniform(0, 3, 2)) for _ in range(6)])
    except ValueError:
        assert not roads._snappers["school_bus"]._edges.size
        return
    between = roads._network(SCHOOL_BUS)
    us, um = between.matrix(stops, stops)
    for i, a in enumerate(stops):
        for j, b in enumerate(stops):
            expected = by_layers(roads, a, b)
            assert (us[i, j], um[i, j]) == expected
            way = between.way(a, b)
            assert (way is None) == (expected[0] == NEVER)
            if way:
                assert (way.us, way.um) == expected
                assert pieces_join(graph, way.pieces)


def pieces_join(graph: Graph, pieces: tuple[tuple[int, float, float], ...]) -> bool:
    """Whether each piece begins where the one before ends."""
    return all(
        graph.head[p[0]] == graph.tail[q[0]] and p[2] == 1 and q[1] == 0
        for p, q in pairwise(pieces)
    )


def test_points_and_whole_numbers() -> None:
    m = square().matrix([miles(0.25, 0.05), miles(0.75, 0)])
    assert m.metres_to_road.tolist() == [80, 0]  # 0.05 miles are 80.5 m
    assert m.seconds.dtype == m.metres.dtype == m.metres_to_road.dtype == np.int64
