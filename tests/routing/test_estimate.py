"""Estimated roads: longer than the crow flies, faster over long legs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import laws
from tourpool.events.places import Point
from tourpool.routing.estimate import (
    MILE_M,
    EstimatedRoads,
    great_circle_m,
    road_miles,
    road_mph,
)
from tourpool.routing.roads import Profile

JACKSON, OXFORD = Point(32.2988, -90.1848), Point(34.3665, -89.5192)
points = st.builds(Point, st.floats(24, 49), st.floats(-125, -67))


def test_a_degree_of_latitude_is_111_km() -> None:
    metres = great_circle_m([Point(32, -90), Point(33, -90)])
    assert metres[0, 1] == pytest.approx(6_371_008.8 * np.pi / 180)  # 111,195 m


def test_a_degree_of_longitude_shrinks_with_the_cosine_of_latitude() -> None:
    metres = great_circle_m([Point(60, -90), Point(60, -89.9)])
    assert metres[0, 1] == pytest.approx(11_119.5 / 2, rel=1e-3)


@pytest.mark.parametrize(
    ("straight_mi", "road_mi"),
    [
        (0, 0),
        (10, 12.2),  # x 1.22
        (30, 36.6),
        (82.5, 82.5 * 1.18),  # half way between 30 and 135 miles
        (135, 135 * 1.14),
        (300, 342),  # x 1.14
    ],
)
def test_circuity_falls_from_22_to_14_per_cent(straight_mi: float, road_mi: float) -> None:
    assert road_miles(np.array([straight_mi]))[0] == pytest.approx(road_mi)


def test_speed_grows_from_30_to_53_mph() -> None:
    mph = road_mph(np.array([0, 12, 1000]))
    np.testing.assert_allclose(mph, [30, 30 + 23 * (1 - np.exp(-1)), 53])


def test_a_matrix_holds_whole_seconds_and_metres_of_the_estimate() -> None:
    matrix = EstimatedRoads().matrix([JACKSON, OXFORD])
    straight_mi = great_circle_m([JACKSON, OXFORD])[0, 1] / MILE_M
    assert 140 < straight_mi < 150
    miles = straight_mi * 1.14
    hours = miles / (30 + 23 * (1 - np.exp(-miles / 12)))
    assert matrix.metres[0, 1] == round(miles * 1609.344)
    assert matrix.seconds[0, 1] == round(hours * 3600)
    assert matrix.metres_to_road.tolist() == [0, 0]


@laws
@given(st.lists(points, max_size=5))
def test_estimates_are_the_same_both_ways_and_nothing_on_the_spot(places: list[Point]) -> None:
    matrix = EstimatedRoads().matrix(places)
    for table in (matrix.seconds, matrix.metres):
        assert table.shape == (len(places), len(places))
        assert (table == table.T).all()
        assert not table.diagonal().any()


@laws
@given(st.floats(0, 1000), st.floats(0, 100))
def test_farther_is_never_shorter_nor_quicker(straight_mi: float, more_mi: float) -> None:
    miles = road_miles(np.array([straight_mi, straight_mi + more_mi]))
    hours = miles / road_mph(miles)
    assert miles[0] <= miles[1] + 1e-9
    assert hours[0] <= hours[1] + 1e-9


@laws
@given(points, points)
def test_a_path_agrees_with_the_matrix(a: Point, b: Point) -> None:
    roads = EstimatedRoads()
    path, matrix = roads.path(a, b), roads.matrix([a, b])
    assert (path.seconds, path.metres) == (matrix.seconds[0, 1], matrix.metres[0, 1])
    assert path.line == (a, b)


def test_estimates_say_that_they_are_estimated() -> None:
    assert EstimatedRoads().estimated
    assert EstimatedRoads().name == "estimated"


def test_what_the_bus_is_changes_no_estimate() -> None:
    roads = EstimatedRoads()
    low = Profile(vehicle="van", closures=frozenset({"bridge"}))
    assert (
        roads.matrix([JACKSON, OXFORD], low).seconds == roads.matrix([JACKSON, OXFORD]).seconds
    ).all()
