"""Each tag that a school bus minds, on the toy map: once so that it may drive, once so that not."""

from pathlib import Path

import pytest

from tests.network.read_toys import both_ways, direct_edges, direct_flags, toy_graph
from tests.network.toys import Tags
from tourpool.routing.network.graph import WayFlag
from tourpool.routing.network.vehicle import Vehicle

# A full-size bus: 13.38 t x 1.1 = 14.72 t; 3.20 + 0.15 = 3.35 m; 2.59 m; 12.19 m.
KEPT: list[Tags] = [
    {},
    {"maxweight": "15"},
    {"maxweight": "17 st"},  # 15.4 t
    {"maxweight": "none"},
    {"maxweight": "3", "maxweight:bus": "20"},
    {"maxweight:hgv": "3"},
    {"maxweightrating:hgv": "5 st"},
    {"maxaxleload": "10"},  # 10 t x 1.5 = 15 t
    {"maxheight": "3.4"},
    {"maxheight": "11'0\""},  # 3.353 m
    {"maxheight": "default"},
    {"maxwidth": "2.6"},
    {"maxlength": "12.5"},
    {"hgv": "no"},
    {"goods": "no"},
    {"motorcar": "no"},
    {"access": "no", "bus": "yes"},
    {"access": "no", "psv": "yes"},
    {"motor_vehicle": "no", "psv": "designated"},
    {"access": "private", "school_bus": "yes"},
    {"bus": "no", "school_bus": "yes"},
    {"access": "permissive"},
    {"access": "private;destination"},
    {"surface": "gravel"},
    {"surface": "dirt"},
    {"ford": "intermittent"},
    {"highway": "service"},
    {"oneway": "no"},
    {"oneway": "yes", "oneway:bus": "no"},
    {"oneway": "yes", "oneway:psv": "no"},
    {"access:conditional": "no @ (Nov-Apr)"},
]
BROKEN: list[Tags] = [
    {"maxweight": "14.5"},
    {"maxweight": "16 st"},  # 14.5 t
    {"maxweight": "29000 lbs"},
    {"maxweight": "30", "maxweight:bus": "10"},
    {"maxweightrating": "10"},
    {"maxweight:forward": "3"},
    {"maxaxleload": "9.5"},  # 14.25 t
    {"maxheight": "3.3"},
    {"maxheight": "10'11\""},  # 3.327 m
    {"maxheight": "4.0", "maxheight:physical": "3.2"},
    {"maxwidth": "2.5"},
    {"maxwidth": "8'"},  # 2.44 m
    {"maxlength": "12"},
    {"access": "no"},
    {"access": "private"},
    {"access": "permit"},
    {"vehicle": "no"},
    {"motor_vehicle": "no"},
    {"motor_vehicle": "private"},
    {"motor_vehicle": "agricultural;forestry"},
    {"psv": "no"},
    {"bus": "no"},
    {"bus": "no", "psv": "yes"},
    {"school_bus": "no", "access": "yes"},
    {"ford": "yes"},
    {"smoothness": "impassable"},
    {"abandoned": "yes"},
    {"area": "yes"},
    {"oneway": "reversible"},
    {"highway": "track"},
    {"highway": "footway"},
    {"highway": "construction"},
    {"highway": "busway"},
    {"highway": "", "route": "ferry", "motor_vehicle": "yes"},
]


@pytest.mark.parametrize("tags", KEPT, ids=str)
def test_a_full_size_bus_drives_along(tmp_path: Path, tags: Tags) -> None:
    assert both_ways(tmp_path, tags)


@pytest.mark.parametrize("tags", BROKEN, ids=str)
def test_a_full_size_bus_must_not_drive_along(tmp_path: Path, tags: Tags) -> None:
    assert direct_edges(toy_graph(tmp_path, tags)) == []


@pytest.mark.parametrize(
    "tags", [{"maxweight": "5"}, {"maxheight": "3.0"}, {"maxlength": "8"}, {"maxwidth": "2.2"}]
)
def test_a_posted_limit_stays_in_the_graph_for_smaller_buses(tmp_path: Path, tags: Tags) -> None:
    van = Vehicle(height_m=2.7, width_m=2.1, length_m=7, weight_t=4.5)
    graph = toy_graph(tmp_path, tags)
    assert direct_edges(graph) == []
    assert len(direct_edges(graph, van)) == 2


@pytest.mark.parametrize(
    ("tags", "east", "west"),
    [
        ({"oneway": "yes"}, 1, 0),
        ({"oneway": "-1"}, 0, 1),
        ({"junction": "roundabout"}, 1, 0),
        ({"highway": "motorway"}, 1, 0),
        ({"highway": "motorway", "oneway": "no"}, 1, 1),
        ({"bus:backward": "no"}, 1, 0),
        ({"access": "no", "psv:forward": "yes"}, 1, 0),
        ({"oneway:bus": "yes"}, 1, 0),
    ],
    ids=str,
)
def test_one_way_roads_are_driven_one_way(tmp_path: Path, tags: Tags, east: int, west: int) -> None:
    graph = toy_graph(tmp_path, tags)
    eastward = [
        bool(graph.lon[graph.tail[e]] < graph.lon[graph.head[e]]) for e in direct_edges(graph)
    ]
    assert (eastward.count(True), eastward.count(False)) == (east, west)
    assert all(graph.twin[e] == -1 for e in direct_edges(graph)) == (east + west == 1)


@pytest.mark.parametrize("said", ["destination", "customers"])
def test_a_road_for_those_who_go_there_is_kept_and_flagged(tmp_path: Path, said: str) -> None:
    flags = direct_flags(toy_graph(tmp_path, {"access": said}))
    assert WayFlag.DESTINATION in flags
    assert WayFlag.PRIVATE not in flags


def test_private_roads_are_kept_when_asked_for_and_flagged(tmp_path: Path) -> None:
    graph = toy_graph(tmp_path, {"access": "private"}, private=True)
    assert WayFlag.DESTINATION | WayFlag.PRIVATE in direct_flags(graph)


def test_roads_for_nobody_stay_out_even_when_private_ones_are_asked_for(tmp_path: Path) -> None:
    assert direct_edges(toy_graph(tmp_path, {"access": "no"}, private=True)) == []


def test_a_ferry_for_vehicles_is_kept_when_asked_for(tmp_path: Path) -> None:
    ferry = {"highway": "", "route": "ferry", "motor_vehicle": "yes"}
    assert WayFlag.FERRY in direct_flags(toy_graph(tmp_path, ferry, ferries=True))


def test_a_ferry_for_people_on_foot_is_left_out(tmp_path: Path) -> None:
    for tags in ({"motor_vehicle": "no"}, {"foot": "yes"}):
        ferry = {"highway": "", "route": "ferry", **tags}
        assert direct_edges(toy_graph(tmp_path, ferry, ferries=True)) == []


@pytest.mark.parametrize(
    ("tags", "flag"),
    [
        ({"surface": "gravel"}, WayFlag.UNPAVED),
        ({"surface": "dirt;sand"}, WayFlag.UNPAVED),
        ({"junction": "roundabout"}, WayFlag.ROUNDABOUT),
        ({"bridge": "yes"}, WayFlag.BRIDGE),
        ({"maxweight:conditional": "5 st @ (axles>=3)"}, WayFlag.CONDITIONAL),
        ({"seasonal": "summer"}, WayFlag.CONDITIONAL),
    ],
    ids=str,
)
def test_what_else_is_known_of_a_road_is_flagged(tmp_path: Path, tags: Tags, flag: WayFlag) -> None:
    assert flag in direct_flags(toy_graph(tmp_path, tags))
    assert flag not in direct_flags(toy_graph(tmp_path))


@pytest.mark.parametrize(
    "middle",
    [
        {"barrier": "gate"},
        {"barrier": "bollard", "access": "no", "bus": "yes"},
        {"barrier": "lift_gate", "access": "destination"},
        {"barrier": "cattle_grid"},
        {"highway": "crossing"},
    ],
    ids=str,
)
def test_a_bus_passes_what_it_may_open(tmp_path: Path, middle: Tags) -> None:
    assert both_ways(tmp_path, {}, middle=middle)


@pytest.mark.parametrize(
    "middle",
    [
        {"barrier": "bollard"},
        {"barrier": "jersey_barrier"},
        {"barrier": "gate", "access": "private"},
        {"barrier": "gate", "locked": "yes"},
        {"barrier": "swing_gate", "motor_vehicle": "no"},
    ],
    ids=str,
)
def test_a_barrier_cuts_a_road_in_two_dead_ends(tmp_path: Path, middle: Tags) -> None:
    graph = toy_graph(tmp_path, {}, middle=middle)
    edges = direct_edges(graph)
    assert len(edges) == 4  # to the barrier and back, on each side
    assert {len(graph.shape(e)[0]) for e in edges} == {2}
    assert graph.n_nodes == 6  # 1 to 4, and the barrier twice


def test_a_private_gate_opens_when_private_roads_are_asked_for(tmp_path: Path) -> None:
    gate = {"barrier": "gate", "access": "private"}
    assert both_ways(tmp_path, {}, middle=gate, private=True)
