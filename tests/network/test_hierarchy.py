"""The hierarchy against SciPy, on random graphs."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.network.random_graphs import RandomGraph, random_graphs
from tests.routing.arrays import laws
from tourpool.routing.network.compiled_hierarchy import NEVER
from tourpool.routing.network.hierarchy import Gates, Hierarchy, Times, millionths
from tourpool.routing.network.reference import fastest


def times(g: RandomGraph) -> Times:
    return Hierarchy.of(g.ptr, g.head, g.lon, g.lat).times(g.us, g.um)


@laws
@given(random_graphs())
def test_seconds_and_metres_are_those_of_scipy(g: RandomGraph) -> None:
    everywhere = np.arange(g.n)
    us, um = times(g).matrix(Gates.at(everywhere), Gates.at(everywhere))
    expected_us, expected_um = fastest(g.ptr, g.head, g.us, g.um, everywhere)
    np.testing.assert_array_equal(us, expected_us)
    np.testing.assert_array_equal(um, expected_um)


@laws
@given(random_graphs(), st.randoms(use_true_random=False))
def test_a_walk_is_as_long_as_the_matrix_says(g: RandomGraph, rng: Random) -> None:
    a, b = np.array([rng.randrange(g.n)]), np.array([rng.randrange(g.n)])
    t = times(g)
    us, um = t.matrix(Gates.at(a), Gates.at(b))
    first, last, edges = t.walk(Gates.at(a), Gates.at(b))
    if us[0, 0] == NEVER:
        assert (first, last) == (-1, -1)
        return
    tail = np.repeat(np.arange(g.n), np.diff(g.ptr))
    nodes = [a[0], *g.head[edges]]
    assert nodes[-1] == b[0]
    assert tail[edges].tolist() == nodes[:-1]  # each edge begins where the one before ended
    assert (g.us[edges].sum(), g.um[edges].sum()) == (us[0, 0], um[0, 0])


@laws
@given(random_graphs(), st.randoms(use_true_random=False))
def test_other_times_need_no_other_order(g: RandomGraph, rng: Random) -> None:
    hierarchy = Hierarchy.of(g.ptr, g.head, g.lon, g.lat)
    hierarchy.times(g.us, g.um)
    us = np.where([rng.random() < 0.3 for _ in g.us], NEVER, g.us)  # close some roads
    everywhere = np.arange(g.n)
    found, _ = hierarchy.times(us, g.um).matrix(Gates.at(everywhere), Gates.at(everywhere))
    expected, _ = fastest(g.ptr, g.head, us, g.um, everywhere)
    np.testing.assert_array_equal(found, expected)


def ring() -> Times:
    """Four nodes around which one drives one way only: 10 s and 100 m from each to the next."""
    us, um = np.full(4, 10_000_000), np.full(4, 100_000_000)
    around = np.array([0.0, 1, 1, 0]), np.array([0.0, 0, 1, 1])
    return Hierarchy.of(np.arange(5), np.array([1, 2, 3, 0]), *around).times(us, um)


def test_one_way_roads_make_the_way_back_longer() -> None:
    us, um = ring().matrix(Gates.at(np.array([0, 1])), Gates.at(np.array([0, 1])))
    assert us.tolist() == [[0, 10_000_000], [30_000_000, 0]]
    assert um.tolist() == [[0, 100_000_000], [300_000_000, 0]]


def test_of_two_ends_of_a_road_the_better_one_counts() -> None:
    # from the middle of the road 0 -> 1, which is left at 1 only, and from one driven both ways
    ends = np.array([[0, 1], [0, 1]], np.int32)
    us = np.array([[NEVER, 5_000_000], [6_000_000, 4_000_000]])
    um = np.array([[0, 50_000_000], [60_000_000, 40_000_000]])
    found, _ = ring().matrix(Gates(ends, us, um), Gates.at(np.array([0, 2])))
    assert found.tolist() == [[35_000_000, 15_000_000], [6_000_000, 14_000_000]]


def test_a_closed_road_leaves_no_way() -> None:
    h = ring().hierarchy
    us = np.array([10_000_000, NEVER, 10_000_000, 10_000_000])  # 1 -> 2
    found, _ = h.times(us, np.zeros(4, np.int64)).matrix(
        Gates.at(np.array([0])), Gates.at(np.array([1, 2]))
    )
    assert found.tolist() == [[10_000_000, NEVER]]


def test_of_equally_fast_ways_the_shorter_counts() -> None:
    # 0 -> 1 -> 3 and 0 -> 2 -> 3 take 20 s; 500 m against 300 m
    us, um = np.full(4, 10_000_000), np.array([100, 100, 400, 200]) * 1_000_000
    square = np.array([0.0, 1, 0, 1]), np.array([0.0, 0, 1, 1])
    t = Hierarchy.of(np.array([0, 2, 3, 4, 4]), np.array([1, 2, 3, 3]), *square).times(us, um)
    a, b = Gates.at(np.array([0])), Gates.at(np.array([3]))
    assert t.matrix(a, b)[1].item() == 300_000_000
    assert t.walk(a, b)[2].tolist() == [1, 3]


def test_a_road_without_length_takes_a_microsecond() -> None:
    assert millionths(np.array([0.0, 1.5, np.inf]), least=1).tolist() == [1, 1_500_000, NEVER]
