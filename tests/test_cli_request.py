"""A coach asks for seats."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tourpool.cli import cli
from tourpool.events.reading.read import read_season
from tourpool.events.seats import SeatRequest

SHARKEY = ("--school", "South Delta", "--event", "open-day")
TWELVE = ("--students", 12, "--chaperones", 2)
AGAIN = ("--school", "South Delta", "--event", "spring-tour", *TWELVE)  # it asks already


@pytest.fixture
def season(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """On 15 January 2027, with an open day in March that nobody has asked for yet."""
    monkeypatch.setattr("tourpool.cli._today", lambda: dt.date(2027, 1, 15))
    (tiny / "events.csv").write_text(
        "event_id,name,kind,ecosystem_id,lead_days\n"
        "spring-tour,Spring campus tour,college_tour,delta,0\n"
        "open-day,Open day,college_tour,delta,21\n",
        encoding="utf-8",
    )
    with (tiny / "sessions.csv").open("a", encoding="utf-8") as sessions:
        sessions.write("open-tue,open-day,2027-03-09,dsu,10:30,12:30\n")
        sessions.write("open-thu,open-day,2027-03-25,dsu,10:30,12:30\n")
    return tiny


def ask(season: Path, *options: object) -> Result:
    return CliRunner().invoke(cli, ["request", str(season), *map(str, options)])


def last(season: Path) -> SeatRequest:
    return read_season(season).requests[-1]


def test_a_request_says_which_sessions_can_be_reached_with_which_buses(season: Path) -> None:
    said = ask(season, *SHARKEY, *TWELVE, "--dry-run").stdout
    for word in ("South Delta High School", "open-tue", "open-thu", "2 buses of Delta Coach yard"):
        assert word in said


def test_a_dry_run_adds_nothing(season: Path) -> None:
    before = (season / "requests.csv").read_bytes()
    assert ask(season, *SHARKEY, *TWELVE, "--dry-run").exit_code == 0
    assert (season / "requests.csv").read_bytes() == before


def test_a_request_is_added_with_all_that_was_said(season: Path) -> None:
    done = ask(
        season, *SHARKEY, "--students", 60, "--chaperones", 6, "--wheelchairs", 1, "--may-split",
        "--grade-low", 10, "--grade-high", 11, "--max-ride-min", 95,
        "--session", "open-thu", "--session", "open-tue",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    added = last(season)
    assert added.ncessch == "280396000753"
    assert (added.students, added.chaperones, added.wheelchairs) == (60, 6, 1)
    assert (added.grade_low, added.grade_high, added.max_ride_min) == (10, 11, 95)
    assert added.may_split
    assert [(c.session_id, c.rank) for c in added.choices] == [("open-thu", 1), ("open-tue", 2)]


def test_a_request_is_dated_today_unless_another_day_is_given(season: Path) -> None:
    ask(season, *SHARKEY, *TWELVE)
    assert last(season).requested_on == dt.date(2027, 1, 15)
    ask(season, *SHARKEY, *TWELVE, "--anyway", "--requested-on", "2027-01-11")
    assert last(season).requested_on == dt.date(2027, 1, 11)


def test_a_session_inside_the_notice_is_too_late_and_not_accepted(season: Path) -> None:
    done = ask(season, *SHARKEY, *TWELVE, "--requested-on", "2027-02-20")
    assert done.exit_code == 0, done.output
    assert "open-tue on 2027-03-09: too late - it is in 17 days, and the host wants 21 days'" in (
        " ".join(done.stdout.split())
    )
    assert [c.session_id for c in last(season).choices] == ["open-thu"]  # 33 days ahead


def test_nothing_is_added_when_every_session_is_over(season: Path) -> None:
    before = (season / "requests.csv").read_bytes()
    done = ask(season, *SHARKEY, *TWELVE, "--requested-on", "2027-04-01")
    assert done.exit_code == 1
    assert done.stdout.count("too late - it is over") == 2
    assert "not added: no session can be reached" in done.stderr
    assert (season / "requests.csv").read_bytes() == before


def test_nothing_is_added_when_no_session_can_be_reached_unless_it_is_said(season: Path) -> None:
    before = (season / "requests.csv").read_bytes()
    done = ask(season, *SHARKEY, *TWELVE, "--max-ride-min", 5)
    assert done.exit_code == 1
    assert "not added: no session can be reached" in done.stderr
    assert (season / "requests.csv").read_bytes() == before
    assert ask(season, *SHARKEY, *TWELVE, "--max-ride-min", 5, "--anyway").exit_code == 0
    assert last(season).max_ride_min == 5


def test_a_school_that_asks_already_is_told_so_and_not_added_unless_it_is_said(
    season: Path,
) -> None:
    before = (season / "requests.csv").read_bytes()
    done = ask(season, *AGAIN)
    assert done.exit_code == 1
    assert "asks for Spring campus tour already: south-delta-12, for 20 people" in done.stderr
    assert (season / "requests.csv").read_bytes() == before
    assert ask(season, *AGAIN, "--anyway").exit_code == 0
    assert last(season).request_id == "request-4"


def test_a_coach_hears_of_doubts_about_the_new_row_only(season: Path) -> None:
    districts = season / "districts.csv"
    districts.write_text(districts.read_text().replace("24.5", "0.245"))  # a doubt of others
    assert ask(season, *SHARKEY, *TWELVE).stderr == ""
    assert ask(season, *AGAIN, "--anyway").stderr == (
        "Look at requests.csv:6:request_id: south-delta-12 asks for the same school, event and "
        "grades; take one of them out, unless both groups go\n"
    )


def test_a_request_without_chaperones_is_refused_and_not_added(season: Path) -> None:
    before = (season / "requests.csv").read_bytes()
    done = ask(season, *SHARKEY, "--students", 12, "--chaperones", 0)
    assert done.exit_code == 2
    assert "chaperones: " in done.stderr
    assert (season / "requests.csv").read_bytes() == before


def test_a_request_for_an_unknown_session_is_refused(season: Path) -> None:
    done = ask(season, *SHARKEY, *TWELVE, "--session", "tour-wed")
    assert done.exit_code == 2
    assert "tour-wed" in done.stderr


def test_more_students_than_a_request_may_hold_are_refused(season: Path) -> None:
    done = ask(season, *SHARKEY, "--students", 2001, "--chaperones", 250)
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: students: ")


@pytest.mark.parametrize(
    ("option", "typed", "told"),
    [
        ("--students", "abc", "'abc' is no whole number; write digits, such as 18"),
        ("--students", "-1", "-1 is too few; write at least 0"),
        ("--grade-high", "14", "14 is too many; write at most 13"),
        ("--requested-on", "soon", "'soon' is no day; write it as 2027-03-09"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_plain_words(
    option: str, typed: str, told: str, season: Path
) -> None:
    done = ask(season, *SHARKEY, *TWELVE, option, typed)
    assert done.exit_code == 2
    assert done.stderr.endswith(f"Error: Invalid value for '{option}': {told}\n")


def test_a_misspelt_school_is_answered_with_the_nearest(season: Path) -> None:
    done = ask(season, "--school", "Simons High", "--event", "spring-tour", *TWELVE)
    assert done.exit_code == 2
    assert "perhaps: 280189001037 Simmons High School" in done.stderr
