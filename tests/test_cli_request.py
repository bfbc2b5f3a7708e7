"""A coach asks for seats."""

from pathlib import Path

from click.testing import CliRunner, Result

from tourpool.cli import cli
from tourpool.events.reading.read import read_season

SHARKEY = ("--school", "South Delta", "--event", "spring-tour")


def ask(season: Path, *options: object) -> Result:
    return CliRunner().invoke(cli, ["request", str(season), *map(str, options)])


def test_a_request_says_which_sessions_can_be_reached_with_which_buses(tiny: Path) -> None:
    said = ask(tiny, *SHARKEY, "--students", 12, "--chaperones", 2, "--dry-run").stdout
    for word in ("South Delta High School", "tour-tue", "tour-thu", "delta-coach"):
        assert word in said


def test_a_dry_run_adds_nothing(tiny: Path) -> None:
    before = (tiny / "requests.csv").read_bytes()
    done = ask(tiny, *SHARKEY, "--students", 12, "--chaperones", 2, "--dry-run")
    assert done.exit_code == 0
    assert (tiny / "requests.csv").read_bytes() == before


def test_a_request_is_added_with_all_that_was_said(tiny: Path) -> None:
    done = ask(
        tiny, *SHARKEY, "--students", 60, "--chaperones", 6, "--wheelchairs", 1, "--may-split",
        "--grade-low", 10, "--grade-high", 11, "--max-ride-min", 80,
        "--session", "tour-thu", "--session", "tour-tue",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    added = read_season(tiny).requests[-1]
    assert added.ncessch == "280396000753"
    assert (added.students, added.chaperones, added.wheelchairs) == (60, 6, 1)
    assert (added.grade_low, added.grade_high, added.max_ride_min) == (10, 11, 80)
    assert added.may_split
    assert [(c.session_id, c.rank) for c in added.choices] == [("tour-thu", 1), ("tour-tue", 2)]


def test_a_request_without_chaperones_is_refused_and_not_added(tiny: Path) -> None:
    before = (tiny / "requests.csv").read_bytes()
    done = ask(tiny, *SHARKEY, "--students", 12, "--chaperones", 0)
    assert done.exit_code == 2
    assert "chaperones: " in done.stderr
    assert (tiny / "requests.csv").read_bytes() == before


def test_a_request_for_an_unknown_session_is_refused(tiny: Path) -> None:
    done = ask(tiny, *SHARKEY, "--students", 12, "--chaperones", 2, "--session", "tour-wed")
    assert done.exit_code == 2
    assert "tour-wed" in done.stderr


def test_more_students_than_a_request_may_hold_are_refused(tiny: Path) -> None:
    done = ask(tiny, *SHARKEY, "--students", 2001, "--chaperones", 250)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: students: ")


def test_a_misspelt_school_is_answered_with_the_nearest(tiny: Path) -> None:
    options = ("--school", "Simons High", "--event", "spring-tour")
    done = ask(tiny, *options, "--students", 12, "--chaperones", 2)
    assert done.exit_code == 2
    assert "perhaps: 280189001037 Simmons High School" in done.stderr
