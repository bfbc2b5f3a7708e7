"""Junctions become nodes, all other points shape; lengths, twins and places are right."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.network.read_toys import direct_edges, toy_graph
from tests.network.toys import PLAIN, Tags, write_map
from tourpool.routing.network.graph import EARTH_M, Graph
from tourpool.routing.network.osm_file import read_map
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import MPH_MS, SpeedTable

DEGREE_M = np.radians(1) * EARTH_M
"""Metres in a degree of latitude."""


def graph(
    path: Path,
    places: dict[int, tuple[float, float]],
    ways: dict[int, tuple[tuple[int, ...], Tags]],
) -> Graph:
    return graph_of(read_map(write_map(path, places, ways)), SpeedTable())[0]


def test_the_toy_map_has_four_nodes_and_a_detour_with_shape(tmp_path: Path) -> None:
    toy = toy_graph(tmp_path)
    assert (toy.n_nodes, toy.n_edges, len(toy.way_osm)) == (4, 8, 4)
    assert sorted(len(toy.shape(e)[0]) for e in range(8)) == [2, 2, 2, 2, 3, 3, 4, 4]


def test_an_edge_is_as_long_as_its_shape(tmp_path: Path) -> None:
    toy = toy_graph(tmp_path)
    east, west = direct_edges(toy)
    expected_m = 0.04 * DEGREE_M * np.cos(np.radians(38.5))
    assert toy.metres[east] == pytest.approx(expected_m, rel=1e-6)
    assert toy.metres[east] == toy.metres[west]
    assert toy.seconds[east] == pytest.approx(expected_m / (45 * MPH_MS), rel=1e-6)


def test_twins_are_the_same_road_the_other_way(tmp_path: Path) -> None:
    toy = toy_graph(tmp_path)
    for e in range(toy.n_edges):
        back = toy.twin[e]
        assert toy.twin[back] == e
        assert (toy.tail[back], toy.head[back]) == (toy.head[e], toy.tail[e])
        np.testing.assert_array_equal(toy.shape(back)[0], toy.shape(e)[0][::-1])


def test_shapes_begin_and_end_at_the_nodes(tmp_path: Path) -> None:
    toy = toy_graph(tmp_path, {"oneway": "-1"})
    for e in range(toy.n_edges):
        lon, lat = toy.shape(e)
        assert (lon[0], lat[0]) == (toy.lon[toy.tail[e]], toy.lat[toy.tail[e]])
        assert (lon[-1], lat[-1]) == (toy.lon[toy.head[e]], toy.lat[toy.head[e]])


def test_edges_stand_in_the_order_of_the_nodes_they_leave(tmp_path: Path) -> None:
    toy = toy_graph(tmp_path)
    assert toy.ptr.tolist() == [0, 1, 4, 7, 8]  # node 2 and 3 have three roads each
    assert toy.tail.tolist() == [0, 1, 1, 1, 2, 2, 2, 3]


def test_only_what_can_be_reached_both_ways_is_kept(tmp_path: Path) -> None:
    places = {n: (-98 - n / 100, 38.5) for n in range(1, 8)}
    ways = {
        1: ((1, 2, 3), PLAIN),
        2: ((2, 4), {**PLAIN, "oneway": "yes"}),  # leads into a dead end
        3: ((5, 3), {**PLAIN, "oneway": "yes"}),  # leads out of nowhere
        4: ((6, 7), PLAIN),  # joined to nothing
    }
    given, left_out = graph_of(read_map(write_map(tmp_path / "m.osm", places, ways)), SpeedTable())
    assert (given.n_nodes, left_out) == (3, 4)
    assert given.way_osm.tolist() == [1]
    assert len(given.shape_lon) == 3


def test_parallel_roads_are_both_kept(tmp_path: Path) -> None:
    places = {1: (-98.1, 38.5), 2: (-98.0, 38.5), 3: (-98.05, 38.51)}
    both = graph(tmp_path / "m.osm", places, {1: ((1, 2), PLAIN), 2: ((1, 3, 2), PLAIN)})
    assert (both.n_nodes, both.n_edges) == (2, 4)


def test_a_loop_becomes_two_edges_that_a_bus_may_stop_on(tmp_path: Path) -> None:
    places = {1: (-98.10, 38.5), 2: (-98.09, 38.5), 3: (-98.08, 38.51), 4: (-98.08, 38.49)}
    loop = graph(tmp_path / "m.osm", places, {1: ((1, 2), PLAIN), 2: ((2, 3, 4, 2), PLAIN)})
    assert not (loop.head == loop.tail).any()
    assert (loop.n_nodes, loop.n_edges) == (3, 6)
    around_m = sum(loop.metres[loop.way_osm[loop.way] == 2]) / 2
    side_m = np.hypot(0.01 * DEGREE_M * np.cos(np.radians(38.5)), 0.01 * DEGREE_M)
    assert around_m == pytest.approx(2 * side_m + 0.02 * DEGREE_M, rel=1e-3)


def test_a_point_that_stands_twice_in_a_row_is_no_edge(tmp_path: Path) -> None:
    places = {1: (-98.10, 38.5), 2: (-98.09, 38.5), 3: (-98.08, 38.5)}
    road = graph(tmp_path / "m.osm", places, {1: ((1, 2, 2, 3), PLAIN)})
    assert road.metres.min() > 0
    assert road.metres.sum() == pytest.approx(
        2 * 0.02 * DEGREE_M * np.cos(np.radians(38.5)), rel=1e-6
    )


def test_towns_are_built_up_and_farm_land_is_not(tmp_path: Path) -> None:
    """Blocks of 0.001 degree: 100 junctions to the square kilometre; then 0.01: one."""
    for step, expected in ((0.001, True), (0.02, False)):
        places = {10 * i + j: (-98 + j * step, 38.5 + i * step) for i in range(8) for j in range(8)}
        ways = {i: (tuple(10 * i + j for j in range(8)), PLAIN) for i in range(8)}
        ways |= {10 + j: (tuple(10 * i + j for i in range(8)), PLAIN) for j in range(8)}
        town = graph(tmp_path / "m.osm", places, ways)
        assert town.built_up.mean() == pytest.approx(float(expected), abs=0.35)


@given(st.data())
def test_whatever_is_drawn_lengths_add_up_and_everybody_reaches_everybody(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    n = data.draw(st.integers(2, 8))
    drawn = data.draw(
        st.lists(
            st.tuples(
                st.lists(st.integers(1, n), min_size=2, max_size=6),
                st.sampled_from(["yes", "no", "-1"]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    places = {k: (-98 + (k * 37 % 11) / 100, 38 + (k * 17 % 7) / 100) for k in range(1, n + 1)}
    ways = {0: (tuple(range(1, n + 1)), PLAIN)}
    ways |= {k: (tuple(refs), {**PLAIN, "oneway": way}) for k, (refs, way) in enumerate(drawn, 1)}
    made = graph(tmp_path_factory.mktemp("drawn") / "m.osm", places, ways)
    assert len(np.unique(made.tail)) == len(np.unique(made.head)) == made.n_nodes
    for e in range(made.n_edges):
        lon, lat = made.shape(e)
        assert (lon[0], lat[0]) == (made.lon[made.tail[e]], made.lat[made.tail[e]])
        assert (lon[-1], lat[-1]) == (made.lon[made.head[e]], made.lat[made.head[e]])
        x, y = np.radians(lon * 1e-7), np.radians(lat * 1e-7)
        straight = np.hypot(np.diff(x) * np.cos((y[1:] + y[:-1]) / 2), np.diff(y)).sum() * EARTH_M
        assert made.metres[e] == pytest.approx(straight, rel=1e-4, abs=0.01)
    undrawn = {e for e in range(made.n_edges) if made.way_osm[made.way[e]] == 0}
    assert all(made.twin[e] in undrawn for e in undrawn)
