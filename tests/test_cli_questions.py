"""`why`, `reach` and `replan` on the tiny season, as they are typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tourpool.cli import cli


def run(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in args], prog_name="tourpool")


@pytest.fixture
def left_out(tiny: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The tiny season in which one request asks for too short a ride, and its plan."""
    requests = tiny / "requests.csv"
    header, first, *others = requests.read_text(encoding="utf-8").splitlines()
    rows = [f"{header},max_ride_min", f"{first},5", *(f"{row}," for row in others)]
    requests.write_text("\n".join(rows), encoding="utf-8")
    done = run("plan", tiny, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    return tiny, tmp_path / "out" / "plan.json"


def test_why_tells_the_reason_and_what_it_takes_and_writes_a_sheet(
    left_out: tuple[Path, Path], tmp_path: Path
) -> None:
    done = run("why", *left_out, "--out", tmp_path / "why.csv")
    assert done.exit_code == 0, done.output
    assert "Beyond every ride limit." in done.stdout
    assert "min on board in place of 5" in done.stdout
    assert (tmp_path / "why.csv").exists()


def test_why_of_a_request_that_rides_says_where_to(left_out: tuple[Path, Path]) -> None:
    season, _ = left_out
    rides = (season / "requests.csv").read_text(encoding="utf-8").splitlines()[2].split(",")[0]
    done = run("why", *left_out, "--request", rides)
    assert done.exit_code == 2
    assert f"{rides} is served: it rides to session" in done.stderr


def test_why_of_other_tables_is_refused(left_out: tuple[Path, Path]) -> None:
    done = run("why", *left_out, "--set", "policy.max_ride_min=55")
    assert done.exit_code == 2
    assert "made for other tables" in done.stderr


def test_served_warns_in_a_line_of_a_plan_of_other_tables(left_out: tuple[Path, Path]) -> None:
    season, plan = left_out
    assert run("served", season, plan).stderr == ""
    policy = season / "policy.csv"
    policy.write_text(
        policy.read_text(encoding="utf-8") + "board_s_per_rider,5\n", encoding="utf-8"
    )
    done = run("served", season, plan)
    assert done.exit_code == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("Look at this: the plan was made for other tables than")


def test_why_writes_sheets_only(left_out: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("why", *left_out, "--out", tmp_path / "why.pdf")
    assert done.exit_code == 2
    assert "a sheet ends in .xlsx or .csv; name it why.xlsx" in done.stderr


def test_reach_writes_a_map_and_sheets(tiny: Path, tmp_path: Path) -> None:
    done = run("reach", tiny, "--out", tmp_path / "reached")
    assert done.exit_code == 0, done.output
    assert "a bus in its hours" in done.stdout
    names = {p.name for p in (tmp_path / "reached").iterdir()}
    assert names == {"reach.html", "reach.xlsx", "reach.csv"}


def test_replan_writes_beside_the_published_plan_and_never_over_it(
    left_out: tuple[Path, Path], tmp_path: Path
) -> None:
    season, published = left_out
    before = published.read_bytes()
    done = run("replan", season, published, "--out", published.parent)
    assert done.exit_code == 2
    assert "is the published plan, and --out would write over it" in done.stderr
    assert published.read_bytes() == before
    done = run("replan", season, published, "--out", tmp_path / "again")
    assert done.exit_code == 0, done.output
    assert "Nothing moves." in done.stdout
    assert run("check", season, tmp_path / "again" / "plan.json").exit_code == 0


def test_replan_leaves_days_before_today_alone(left_out: tuple[Path, Path], tmp_path: Path) -> None:
    season, published = left_out
    out = tmp_path / "again"
    done = run("replan", season, published, "--out", out, "--today", "2099-01-01")
    assert done.exit_code == 0, done.output
    assert "Days before 2099-01-01 are over, and stay as they were." in done.stdout
    asked = json.loads(published.read_text(encoding="utf-8"))
    (late,) = [r["request_id"] for r in asked["requests"] if r["session_id"] is None]
    done = run("why", season, out / "plan.json", "--request", late)
    assert done.exit_code == 0, done.output
    assert "every session it accepts was over" in " ".join(done.stdout.split()).lower()


def test_replan_reads_what_it_is_given(left_out: tuple[Path, Path], tmp_path: Path) -> None:
    season, published = left_out
    for more, said in (
        (("--today", "soon"), "'soon' is no day; write it as 2027-03-09"),
        (("--release", "nobody"), "--release nobody: is no request of the plan"),
    ):
        done = run("replan", season, published, "--out", tmp_path / "again", *more)
        assert done.exit_code == 2
        assert said in done.stderr
    assert not (tmp_path / "again").exists()
