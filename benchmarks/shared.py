"""The folder of instances and judges that the benchmarks use when it is there.

It holds ``instances/*.json``, ``seasons/*.json``, ``evaluate.py`` and ``evaluate_season.py``.
"""

import importlib.util
from pathlib import Path

from benchmarks.judge import Json, Verdict, judge

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "bench"
_JUDGES = {"pooled-trip/1": "evaluate.py", "pooled-season/1": "evaluate_season.py"}


class JudgesDisagreeError(Exception):
    """The two judges see one solution differently, so one of them is wrong."""


def instances(folder: Path) -> list[Path]:
    """All instances of the folder, small ones first; none when it is not there."""
    found = [*(folder / "instances").glob("*.json"), *(folder / "seasons").glob("*.json")]
    return sorted(found, key=lambda path: (path.parent.name, path.stat().st_size))


def judged(inst: Json, solution: Json, folder: Path) -> Verdict:
    """The verdict of the judge here, confirmed by the one of the folder when that is there.

    Raises
    ------
    JudgesDisagreeError
        When feasibility, cost, penalised cost or weighted students differ.
    """
    verdict = judge(inst, solution)
    path = folder / _JUDGES[inst["schema"]]
    if path.exists():
        other = _evaluate(path, inst, solution)
        ours = (
            verdict.feasible,
            *((verdict.cost, verdict.penalised) if verdict.feasible else ()),
            verdict.weighted_served,
        )
        theirs = (
            other["feasible"],
            *((other["cost"], other["penalised"]) if other["feasible"] else ()),
            other["weighted_served"],
        )
        if ours != theirs:
            raise JudgesDisagreeError(
                f"{inst['name']}: {path.name} says {theirs} {other['errors'][:3]}, "
                f"benchmarks/judge.py says {ours} {verdict.errors[:3]}"
            )
    return verdict


def _evaluate(path: Path, inst: Json, solution: Json) -> Json:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    verdict: Json = module.evaluate(inst, solution)
    return verdict
