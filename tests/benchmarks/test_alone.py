"""A solver in a process of its own."""

import json
from pathlib import Path

import pytest

from benchmarks import alone
from benchmarks.judge import judge
from benchmarks.solvers import Outcome, Point
from tests.benchmarks.tiny import POOLED, one_bus, trip


def file_of(folder: Path, inst: dict) -> Path:
    path = folder / "tiny.json"
    path.write_text(json.dumps(inst))
    return path


def test_tourpool_alone_proves_tiny_and_says_how_much_memory_it_took(tmp_path: Path) -> None:
    path = file_of(tmp_path, trip())
    outcome = alone.solve_alone("tourpool", path, 5.0, tmp_path / "answer.json")
    assert judge(trip(), outcome.solution).penalised == POOLED
    assert (outcome.status, outcome.bound) == ("optimal", POOLED)
    assert 20 < outcome.peak_mb < 2000  # numpy alone is more than 20
    assert outcome.points[-1].value == outcome.points[-1].bound == 199.0


def test_a_solver_that_breaks_down_is_an_outcome_that_says_why(tmp_path: Path) -> None:
    path = file_of(tmp_path, trip())
    outcome = alone.solve_alone("Nobody", path, 5.0, tmp_path / "answer.json")
    assert outcome.solution is None
    assert outcome.status == "failed: KeyError: 'Nobody'"


def test_a_solver_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "GRACE_S", 0.0)
    path = file_of(tmp_path, trip())
    outcome = alone.solve_alone("tourpool", path, 0.01, tmp_path / "answer.json")
    assert outcome.solution is None
    assert outcome.status.startswith("no answer after")


def test_an_outcome_written_and_read_is_the_same(tmp_path: Path) -> None:
    outcome = Outcome(
        "tourpool", one_bus("abel"), 1.5, "feasible", 3, 4, 5, (Point(0.1, 2.0, 1.0),)
    )
    alone.write(outcome, tmp_path / "answer.json")
    assert alone.read(tmp_path / "answer.json") == outcome
