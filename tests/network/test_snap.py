"""Where positions are put on roads."""

import numpy as np
import pytest

from tests.network.road_maps import Street, miles, road_map
from tourpool.events.places import Point
from tourpool.routing.network.engine import OsmRoads

METRE = 1 / 1609.344  # in miles
PLACES = {"A": miles(0, 0), "B": miles(2, 0), "C": miles(0, 0.1), "D": miles(2, 0.1)}


def roads(*streets: Street) -> OsmRoads:
    return OsmRoads("toy", road_map(PLACES, streets))


def test_a_point_goes_to_the_nearest_place_of_the_nearest_road() -> None:
    (stop,) = roads(Street("AB", "Main Street"), Street("CD")).snapped([miles(0.5, 30 * METRE)])
    assert stop.share == pytest.approx(0.25, abs=1e-6)
    assert stop.metres == pytest.approx(30, abs=0.01)
    assert stop.road == "Main Street"
    np.testing.assert_allclose(stop.position, miles(0.5, 0), atol=2e-7)


def test_distances_hold_in_the_north_too() -> None:
    # Mercator's map stretches Alaska by more than two; the bus lies 50 m east, or north, of a road
    a, b = Point(65.0, -150.0), Point(65.1, -150.0)
    east = Point(65.05, -150.0 + 50 / (111_195.08 * np.cos(np.radians(65.05))))
    north = Point(65.1 + 50 / 111_195.08, -150.0)
    stops = OsmRoads("toy", road_map({"A": a, "B": b}, [Street("AB")])).snapped([east, north])
    assert [stop.metres for stop in stops] == pytest.approx([50, 50], abs=0.05)


@pytest.mark.parametrize("kind", ["motorway", "motorway_link", "trunk", "trunk_link", "ferry"])
def test_no_bus_stops_on_freeways_and_ramps(kind: str) -> None:
    network = roads(Street("AB", "Freeway", kind=kind), Street("CD", "Frontage Road"))
    (stop,) = network.snapped([miles(0.5, 10 * METRE)])
    assert stop.road == "Frontage Road"


def test_no_bus_stops_on_a_road_it_may_not_use() -> None:
    network = roads(Street("AB", "Weak Road", weight_t=5), Street("CD", "Strong Road"))
    (stop,) = network.snapped([miles(0.5, 10 * METRE)])
    assert stop.road == "Strong Road"


def test_a_road_without_a_name_is_told_by_its_number() -> None:
    (stop,) = roads(Street("AB", ref="MS 1")).snapped([miles(0.5, 0)])
    assert stop.road == "MS 1"


@pytest.mark.parametrize(
    ("metres", "far", "refused"),
    [(149, False, False), (151, True, False), (399, True, False), (401, True, True)],
)
def test_far_stops_are_looked_at_and_farther_ones_refused(
    metres: float, far: bool, refused: bool
) -> None:
    (stop,) = roads(Street("AB")).snapped([miles(0.5, -metres * METRE)])
    assert (stop.far, stop.refused) == (far, refused)


def test_less_than_a_metre_from_its_end_a_stop_lies_at_the_end() -> None:
    near, beyond, off = miles(0.9 * METRE, 0), miles(2.1, 0), miles(1.1 * METRE, 0)
    stops = roads(Street("AB")).snapped([near, beyond, off])
    assert [stop.share in (0, 1) for stop in stops] == [True, True, False]


def test_of_equally_near_roads_it_is_the_same_one_each_time() -> None:
    both = roads(Street("AB", "One"), Street("AB", "Other"))
    points = [miles(0.1 * k, 5 * METRE) for k in range(1, 19)]
    assert {stop.road for stop in both.snapped(points)} == {"One"}


def test_a_network_without_any_street_says_so() -> None:
    with pytest.raises(ValueError, match="no road on which this bus may stop"):
        roads(Street("AB", kind="motorway")).snapped([miles(0.5, 0)])
