"""A bound that somebody beats is noticed."""

import pytest

from benchmarks import best_known
from benchmarks.bounds import BoundBeatenError, assert_none_beaten
from benchmarks.judge import Verdict
from benchmarks.solvers import Outcome
from benchmarks.table import Row, row_of_none, rows_of


def row(solver: str, value: int, **changes: object) -> Row:
    fields = {
        "instance": "hills",
        "status": "feasible",
        "weighted_served": 25,
        "weighted_asked": 30,
        "feasible": True,
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


def test_who_cannot_state_an_instance_beats_nothing() -> None:
    assert_none_beaten([STATED, row_of_none("hills", ["rival", "other"])])


def rows_with_the_best_known(value: int, bound: int) -> list[Row]:
    outcome = Outcome("tourpool", {"buses": []}, 1.0, bound=bound)
    return rows_of("hills", [(outcome, Verdict((), value, value, 0, 0, 0, 0))])


@pytest.fixture
def hills(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(best_known.BEST, "hills", best_known.Best(100.00, 90.00))


@pytest.mark.usefixtures("hills")
def test_the_best_known_is_held_against_our_bound_and_our_value_against_the_bound_known() -> None:
    assert_none_beaten(rows_with_the_best_known(1_000_000, 950_000))
    with pytest.raises(BoundBeatenError, match=r"hills: best known has 100\.0000 .* 100\.0100"):
        assert_none_beaten(rows_with_the_best_known(1_010_000, 1_000_100))
    with pytest.raises(BoundBeatenError, match=r"hills: tourpool has 89\.9900 .* best known"):
        assert_none_beaten(rows_with_the_best_known(899_900, 899_900))


@pytest.mark.usefixtures("hills")
def test_a_best_known_told_to_the_cent_may_be_half_a_cent_less() -> None:
    assert_none_beaten(rows_with_the_best_known(1_000_050, 1_000_050))
    with pytest.raises(BoundBeatenError, match="best known"):
        assert_none_beaten(rows_with_the_best_known(1_000_051, 1_000_051))
