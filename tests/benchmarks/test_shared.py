"""Judges and instances of the folder, when it is there."""

from pathlib import Path

import pytest

from benchmarks.shared import JudgesDisagreeError, instances, judged
from tests.benchmarks.tiny import POOLED, one_bus, trip

SAYS = """def evaluate(inst, sol):
    verdict = {{"feasible": True, "errors": [], "weighted_served": 25}}
    return verdict | {{"cost": {cost}, "penalised": {cost}}}
"""


def test_the_judge_here_is_enough_without_the_folder(tmp_path: Path) -> None:
    assert judged(trip(), one_bus("abel", "beth"), tmp_path).cost == POOLED


def test_both_judges_may_agree(tmp_path: Path) -> None:
    (tmp_path / "evaluate.py").write_text(SAYS.format(cost=POOLED))
    assert judged(trip(), one_bus("abel", "beth"), tmp_path).cost == POOLED


def test_a_judge_who_disagrees_is_an_error_with_both_verdicts(tmp_path: Path) -> None:
    (tmp_path / "evaluate.py").write_text(SAYS.format(cost=POOLED + 1))
    with pytest.raises(JudgesDisagreeError, match=f"tiny: evaluate.py .*{POOLED + 1}.*{POOLED}"):
        judged(trip(), one_bus("abel", "beth"), tmp_path)


def test_trips_come_before_seasons_and_small_before_large(tmp_path: Path) -> None:
    for name, size in (("instances/b", 1), ("instances/a", 2), ("seasons/c", 0)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.json").write_text(" " * size)
    assert [p.stem for p in instances(tmp_path)] == ["b", "a", "c"]
    assert instances(tmp_path / "nowhere") == []
