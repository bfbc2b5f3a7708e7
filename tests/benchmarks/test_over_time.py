"""Value and bound over time as tables."""

import csv
from pathlib import Path

from benchmarks.over_time import markdown, write_csv
from benchmarks.solvers import Point

POINTS = {
    "hills": (
        Point(0.03, 500.0, 0.0),
        Point(0.04, 400.0, 100.0),
        Point(1.5, 300.0, 200.0),
        Point(7.25, 250.0, 250.0),
    )
}


def test_the_csv_has_every_point(tmp_path: Path) -> None:
    write_csv(POINTS, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(newline="") as f:
        read = [tuple(map(float, list(r.values())[1:])) for r in csv.DictReader(f)]
    assert read == [(p.seconds, p.value, p.bound) for p in POINTS["hills"]]


def test_the_markdown_has_what_was_known_at_round_times_when_that_was_new() -> None:
    assert markdown(POINTS).splitlines()[2:] == [
        "| hills | 0.1 | 400.00 | 100.00 | 300.000 |",  # 100 * 300 / 100
        "| hills | 2 | 300.00 | 200.00 | 50.000 |",  # 100 * 100 / 200
        "| hills | 7.2 | 250.00 | 250.00 | 0.000 |",
    ]


def test_before_there_is_a_bound_there_is_no_gap() -> None:
    points = {"hills": (Point(0.05, 500.0, 0.0), Point(0.7, 500.0, 400.0))}
    assert "| hills | 0.1 | 500.00 | 0.00 | no bound yet |" in markdown(points)
