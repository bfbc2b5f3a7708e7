"""The measured part of the page."""

from pathlib import Path

import pytest

from benchmarks import machine
from benchmarks.kinds import LIMITS
from benchmarks.solvers import Point
from benchmarks.summary import Run, filled, measured
from benchmarks.table import Row, row_of_none

PAGE = "words\n<!-- measured -->\nold\n<!-- end -->\nmore\n"


def row(instance: str, solver: str, gap_pct: float | None, status: str = "feasible") -> Row:
    return Row(instance, solver, status, 1, gap_pct=gap_pct, feasible=status != "infeasible")


def run() -> Run:
    rows = [
        row("a", "tourpool", 0.0, "optimal"),
        row("a", "rival", 3.0),
        row("b", "tourpool", 1.0),
        row("b", "rival", None, "infeasible"),
        row("s", "tourpool", 0.0, "optimal"),
        row_of_none("s", ["rival"]),
    ]
    kinds = dict.fromkeys("ab", "trips to 45 groups") | {"s": "seasons to 300 groups"}
    points = {"a": (Point(1.0, 2.0, 2.0),)}
    return Run(("--at-most", "1"), LIMITS, rows, kinds, points, (0.25, 1.5))


def test_what_is_between_the_marks_is_made_anew_and_nothing_else() -> None:
    assert filled(PAGE, "new\n") == "words\n<!-- measured -->\nnew\n<!-- end -->\nmore\n"
    with pytest.raises(ValueError, match="once, it has 0"):
        filled("no marks", "new\n")


def test_means_are_over_instances_of_a_kind_and_say_of_how_many_there_is_one() -> None:
    text = measured(run(), "picture.png")
    assert "| mean gap % | instances | proven | tourpool | rival |" in text
    assert "| trips to 45 groups | 2 | 1 | 0.50 | 3.00 (1 of 2) |" in text  # (0 + 1) / 2
    assert "| trips to 100 groups" not in text
    assert "| seasons to 300 groups | 1 | 1 | 0.00 | none can state it |" in text


def test_it_says_how_and_where_it_was_measured() -> None:
    text = measured(run(), "picture.png")
    assert "`python -m benchmarks.compare --at-most 1`" in text
    assert machine.machine() in text
    assert "Load average 0.2 before and 1.5 after" in text
    assert "seconds are noisy" in text
    assert "trips to 100 groups 30 s" in text


def test_the_picture_has_words_for_those_who_cannot_see_it_and_a_table() -> None:
    text = measured(run(), "picture.png")
    assert "![Value and bound of tourpool over time on a, with" in text
    assert "](picture.png)" in text
    assert "| a | 1 | 2.00 | 2.00 | 0.000 |" in text


def test_the_page_of_this_project_has_the_marks() -> None:
    page = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert "new" in filled(page, "new\n")
