"""A process that is killed leaves what was written before it whole."""

import subprocess
import sys
from pathlib import Path

import pytest

PLAN = "import sys; sys.argv[0] = 'tourpool'; from tourpool.cli import cli; cli()"
SLOW = """
import sys, time
from tourpool.routing import season_plan
import tourpool.cli as cli

def never_ends(*args, **kwargs):
    print("planning", flush=True)
    time.sleep(600)

season_plan.plan_season = never_ends
sys.argv[0] = "tourpool"
cli.cli()
"""
HALF = """
import os, sys
from tourpool.reports import workbook
import tourpool.cli as cli

def killed(*args, **kwargs):
    os.kill(os.getpid(), 9)

workbook.write_workbook = killed
sys.argv[0] = "tourpool"
cli.cli()
"""
if sys.platform == "win32":
    pytest.skip("kills with a signal", allow_module_level=True)


def start(script: str, tiny: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, "plan", str(tiny), "--out", str(out)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if not p.name.startswith(".")}


@pytest.fixture
def written(tiny: Path, tmp_path: Path) -> Path:
    """A folder with a plan of yesterday."""
    out = tmp_path / "out"
    process = start(PLAN, tiny, out)
    process.communicate(timeout=60)
    assert process.returncode == 0
    return out


def test_killed_while_it_plans_it_leaves_the_last_written_plan_whole(
    tiny: Path, written: Path
) -> None:
    before = contents(written)
    process = start(SLOW, tiny, written)
    assert process.stdout is not None
    assert process.stdout.readline() == "planning\n"
    process.kill()
    process.communicate()
    assert contents(written) == before
    assert sorted(before) == ["map.html", "plan.json", "schedule.csv", "schedule.xlsx"]


def test_killed_while_it_writes_it_leaves_the_last_written_plan_whole(
    tiny: Path, written: Path
) -> None:
    before = contents(written)
    process = start(HALF, tiny, written)
    process.communicate(timeout=60)
    assert process.returncode == -9
    after = contents(written)
    assert {name: after[name] for name in before} == before
