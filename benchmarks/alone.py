"""One solver on one instance in a process of its own, so that its peak memory is its own.

python -m benchmarks.alone SOLVER INSTANCE SECONDS ANSWER
"""

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.solvers import Outcome, Point, solve

ROOT = Path(__file__).resolve().parents[1]
GRACE_S = 120.0
"""For loading, compiling and ending late; a process that takes longer is ended."""
STATUS = Path("/proc/self/status")


def solve_alone(solver: str, instance: Path, seconds: float, answer: Path) -> Outcome:
    """Solve a file by a new process; its failure is an outcome too."""
    words = [solver, str(instance.resolve()), str(seconds), str(answer.resolve())]
    answer.unlink(missing_ok=True)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.alone", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=seconds + GRACE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as e:
        return Outcome(solver, None, e.timeout, status=f"no answer after {e.timeout:.0f} s")
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        return Outcome(solver, None, seconds, status=f"failed: {said[0].replace('|', '/')}")
    return read(answer)


def write(outcome: Outcome, path: Path) -> None:
    """Write an outcome as JSON."""
    path.write_text(json.dumps(asdict(outcome)), encoding="utf-8")


def read(path: Path) -> Outcome:
    """Read what `write` wrote."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    points = tuple(Point(**p) for p in fields.pop("points"))
    return Outcome(**fields, points=points)


def peak_mb() -> int:
    """Most resident memory of this process so far, in MiB.

    The kernel's figure for a process begins with what its parent held when it made it, so the one
    of its own memory is read where there is one.
    """
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 2**10
    from tourpool.routing import memory

    return memory.peak_mb()


def main(solver: str, instance: str, seconds: str, answer: str) -> None:
    """Solve, and write the outcome to a file."""
    inst = json.loads(Path(instance).read_text(encoding="utf-8"))
    outcome = solve(solver, inst, float(seconds))
    write(replace(outcome, peak_mb=peak_mb()), Path(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
