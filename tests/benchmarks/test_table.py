"""The table as CSV and as Markdown."""

import csv
from pathlib import Path

from benchmarks.judge import judge
from benchmarks.solvers import Outcome
from benchmarks.table import markdown, rows_of, write_csv
from tests.benchmarks.tiny import POOLED, one_bus, trip

BOUND = POOLED - 10_000  # 198 of 199 US$


def rows() -> list:
    found = (
        Outcome("tourpool", one_bus("abel", "beth"), 1.25, bound=BOUND, weighted_bound=25),
        Outcome("rival", one_bus("abel", "abel"), 2.0),
    )
    return rows_of("tiny", [(o, judge(trip(), o.solution)) for o in found])


def test_the_gap_is_how_far_a_value_is_over_the_bound() -> None:
    assert [r.gap_pct for r in rows()] == [100 * 10_000 / BOUND, None]


def test_the_csv_has_value_bound_gap_and_feasibility(tmp_path: Path) -> None:
    write_csv(rows(), tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(newline="") as f:
        tourpool, rival = csv.DictReader(f)
    assert (tourpool["value_usd"], tourpool["bound_usd"]) == ("199.0000", "198.0000")
    assert (tourpool["gap_pct"], tourpool["feasible"]) == ("0.505", "yes")  # 1 / 198
    assert (rival["bound_usd"], rival["feasible"]) == ("", "no")
    assert "abel rides 2 times" in rival["error"] or "20 on 15 seats" in rival["error"]


def test_the_markdown_says_why_a_solution_is_not_feasible() -> None:
    head, _, tourpool, rival = markdown(rows()).splitlines()
    assert head.startswith("| instance | solver | value US$ |")
    assert tourpool == "| tiny | tourpool | 199.00 | 198.00 | 0.51 | 25 of 25 | 1.2 | yes |"
    assert "| no: bus 0: 20 on 15 seats |" in rival
