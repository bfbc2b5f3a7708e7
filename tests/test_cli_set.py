"""--set on the command line: a plan for other values, which says so."""

from pathlib import Path

from click.testing import CliRunner, Result
from openpyxl import load_workbook

from tourpool.cli import cli
from tourpool.routing.planfile import read_plan


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(w) for w in words], catch_exceptions=False)


def test_a_plan_for_other_values_says_so_and_is_checked_with_the_same(
    tiny: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    told = run("plan", tiny, "--out", out, "--set", "policy.max_ride_min=70")
    assert told.exit_code == 0
    said = "Tried, in place of what the tables say: policy.max_ride_min=70."
    assert said in " ".join(told.output.split())
    plan = read_plan(out / "plan.json")
    assert (plan.max_ride_min, plan.settings) == (70, ("policy.max_ride_min=70",))
    assert said in (out / "map.html").read_text(encoding="utf-8")
    summary = load_workbook(out / "schedule.xlsx")["Summary"]
    assert said in [cell.value for cell in summary["A"]]

    forgotten = "made with --set policy.max_ride_min=70; add --set policy.max_ride_min=70 here too"
    for command in ("check", "why"):
        refused = run(command, tiny, out / "plan.json")
        assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
        assert forgotten in refused.stderr
    other = run("check", tiny, out / "plan.json", "--set", "policy.max_ride_min=80")
    assert (other.exit_code, len(other.stderr.splitlines())) == (2, 1)
    assert "it was made with --set policy.max_ride_min=70; give the same here" in other.stderr
    warned = run("served", tiny, out / "plan.json")
    assert (warned.exit_code, len(warned.stderr.splitlines())) == (0, 1)
    assert forgotten in warned.stderr
    kept = run("check", tiny, out / "plan.json", "--set", "policy.max_ride_min=70")
    assert kept.exit_code == 0


def test_what_cannot_be_set_is_said_and_nothing_is_written(tiny: Path, tmp_path: Path) -> None:
    told = run("plan", tiny, "--out", tmp_path / "out", "--set", "policy.max_rde_min=70")
    assert told.exit_code == 2
    assert "--set policy.max_rde_min=70: 'max_rde_min' is no key of policy" in told.output
    assert not (tmp_path / "out").exists()
