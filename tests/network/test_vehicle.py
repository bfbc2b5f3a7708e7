"""What a bus needs, with its margins."""

import numpy as np
import pytest

from tests.seasons import bus
from tourpool.routing.network.vehicle import FULL_SIZE, HEIGHT, LENGTH, WEIGHT, WIDTH, Vehicle


def limits(column: int, value: float) -> np.ndarray:
    row = np.full((1, 4), np.inf, np.float32)
    row[0, column] = value
    return row


@pytest.mark.parametrize(
    ("column", "needed"),
    [
        (HEIGHT, 3.0 + 0.15),
        (WIDTH, 2.5),
        (LENGTH, 10.0),
        (WEIGHT, 10.0 * 1.1),
    ],
)
def test_a_limit_binds_below_what_the_bus_needs(column: int, needed: float) -> None:
    bus = Vehicle(height_m=3.0, width_m=2.5, length_m=10.0, weight_t=10.0)
    assert bus.passes(limits(column, needed)).tolist() == [True]
    assert bus.passes(limits(column, needed - 0.01)).tolist() == [False]


def test_where_nothing_is_posted_every_bus_passes() -> None:
    assert FULL_SIZE.passes(np.full((2, 4), np.inf, np.float32)).all()


def test_measures_that_no_bus_has_are_refused() -> None:
    with pytest.raises(ValueError, match="weight_t is -1"):
        Vehicle(weight_t=-1)


def test_the_measures_of_a_row_of_buses_are_in_feet_and_short_tons() -> None:
    of = Vehicle.of(bus(height_ft=10, length_ft=35, weight_tons=15))
    assert (of.height_m, of.length_m) == pytest.approx((3.048, 10.668))
    assert of.weight_t == pytest.approx(15 * 0.90718474)
    assert of.width_m == FULL_SIZE.width_m
