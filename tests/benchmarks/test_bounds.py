"""A bound that somebody beats is noticed."""

import pytest

from benchmarks.bounds import BoundBeatenError, assert_none_beaten
from benchmarks.table import Row


def row(solver: str, value: int, **changes: object) -> Row:
    fields = {
        "instance": "hills",
        "bound": None,
        "weighted_bound": None,
        "gap_pct": None,
        "weighted_served": 25,
        "weighted_asked": 30,
        "n_buses": 1,
        "seconds": 1.0,
        "feasible": True,
        "error": "",
    }
    return Row(solver=solver, value=value, **(fields | changes))


STATED = row("tourpool", 1_000_000, bound=900_000, weighted_bound=26)


def test_a_value_at_the_bound_is_fine() -> None:
    assert_none_beaten([STATED, row("rival", 900_000)])


def test_a_value_under_the_bound_is_an_error_that_names_all_three() -> None:
    with pytest.raises(
        BoundBeatenError, match=r"hills: rival has 89\.9999 .* tourpool .* 90\.0000"
    ):
        assert_none_beaten([STATED, row("rival", 899_999)])


def test_more_students_than_anybody_can_serve_is_an_error() -> None:
    with pytest.raises(BoundBeatenError, match=r"hills: rival serves 27 .* more than 26"):
        assert_none_beaten([STATED, row("rival", 1_000_000, weighted_served=27)])


def test_its_own_value_is_held_against_a_bound_too() -> None:
    with pytest.raises(BoundBeatenError, match="hills: tourpool has"):
        assert_none_beaten([row("tourpool", 1_000_000, bound=1_000_001)])


def test_what_is_not_feasible_or_of_another_instance_beats_nothing() -> None:
    broken = row("rival", 1, feasible=False)
    elsewhere = row("rival", 1, instance="plains")
    assert_none_beaten([STATED, broken, elsewhere])
