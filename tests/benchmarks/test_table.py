"""The table as CSV and as Markdown."""

import csv
from pathlib import Path

import pytest

from benchmarks import best_known
from benchmarks.judge import judge
from benchmarks.solvers import Outcome
from benchmarks.table import Row, markdown, row_of_none, rows_of, write_csv
from tests.benchmarks.tiny import POOLED, one_bus, trip

BOUND = POOLED - 10_000  # 198 of 199 US$
OURS = Outcome(
    "tourpool", one_bus("abel", "beth"), 1.25, bound=BOUND, weighted_bound=25, peak_mb=210
)


def rows() -> list[Row]:
    rival = Outcome("rival", one_bus("abel", "abel"), 2.0)
    lost = Outcome("lost", None, 3.0, status="no answer after 3 s")
    found = [(o, judge(trip(), o.solution)) for o in (OURS, rival)]
    return [*rows_of("tiny", [*found, (lost, None)]), row_of_none("tiny", ["A", "B"])]


def test_the_gap_is_how_far_a_value_is_over_the_bound() -> None:
    assert [r.gap_pct for r in rows()] == [100 * 10_000 / BOUND, None, None, None]


def test_the_csv_has_value_bound_gap_status_and_memory(tmp_path: Path) -> None:
    write_csv(rows(), tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(newline="") as f:
        tourpool, rival, lost, none = csv.DictReader(f)
    assert (tourpool["value_usd"], tourpool["bound_usd"]) == ("199.0000", "198.0000")
    assert (tourpool["gap_pct"], tourpool["status"]) == ("0.505", "feasible")  # 1 / 198
    assert (tourpool["seconds"], tourpool["peak_mb"]) == ("1.25", "210")
    assert (rival["bound_usd"], rival["gap_pct"]) == ("", "")
    assert rival["status"] == "infeasible: bus 0: 20 on 15 seats"
    assert (lost["value_usd"], lost["status"]) == ("", "no answer after 3 s")
    assert (none["solver"], none["status"]) == ("A, B", "none can state it")


def test_the_markdown_has_the_same_and_empty_cells_where_nothing_is_known() -> None:
    head, _, tourpool, rival, lost, none = markdown(rows()).splitlines()
    assert head.startswith("| instance | solver | value US$ |")
    cells = "| 199.00 | 198.00 | 0.51 | 25 of 25 | feasible | 1.2 | 210 |"
    assert tourpool == f"| tiny | tourpool {cells}"
    assert "| infeasible: bus 0: 20 on 15 seats |" in rival
    assert lost == "| tiny | lost |  |  |  |  | no answer after 3 s | 3.0 |  |"
    assert none == "| tiny | A, B |  |  |  |  | none can state it |  |  |"


def test_a_bound_of_nothing_is_called_none() -> None:
    ours = Outcome("tourpool", one_bus("abel", "beth"), 1.0, bound=0)
    text = markdown(rows_of("tiny", [(ours, judge(trip(), ours.solution))]))
    assert "| 199.00 | none yet |  |" in text


def test_the_best_known_has_a_row_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(best_known.BEST, "tiny", best_known.Best(199.00, 199.00))
    best = rows_of("tiny", [(OURS, judge(trip(), OURS.solution))])[-1]
    assert (best.solver, best.value, best.status) == ("best known", POOLED, "optimal")
    assert best.gap_pct == 100 * 10_000 / BOUND
