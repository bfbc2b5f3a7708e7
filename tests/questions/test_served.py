"""Who has been served how often: three years of participation and a plan."""

import datetime as dt

import pytest

from tests.seasons import DAY, FAR, GUEST, NEAR, two_schools, two_schools_roads
from tourpool.events.occasions import EventKind
from tourpool.events.problems import InputError
from tourpool.events.rules import Participation
from tourpool.events.season import Season
from tourpool.events.try_policy import with_settings
from tourpool.routing.plan import Plan
from tourpool.routing.questions.served import Level, Served, school_year, served, window
from tourpool.routing.season_plan import plan_season


def rode(ncessch: str, date: dt.date, students: int) -> Participation:
    return Participation(
        ncessch=ncessch, date=date, event_kind=EventKind.COLLEGE_TOUR, students=students
    )


def years_ago(years: int, days: int = 0) -> dt.date:
    return DAY.replace(year=DAY.year - years) + dt.timedelta(days=days)


@pytest.fixture(scope="module")
def season() -> Season:
    """The near school rode twice within three years, the far one only before and on a day for none.

    At 40 minutes the plan has a seat for the 20 of the near school and none for the far one.
    """
    entries = (
        rode(NEAR, years_ago(3), 10),
        rode(NEAR, years_ago(1), 5),
        rode(NEAR, years_ago(0), 99),  # on the first day of the season: not before it
        rode(FAR, years_ago(3, -1), 30),
        rode(FAR, years_ago(1), 0),
    )
    return with_settings(two_schools(participation=entries), ["policy.max_ride_min=40"])


@pytest.fixture(scope="module")
def plan(season: Season) -> Plan:
    return plan_season(season, roads=two_schools_roads())


def rows(season: Season, plan: Plan, level: Level) -> list[Served]:
    return [r for r in served(season, plan) if r.level is level]


def test_schools_without_seats_come_first_and_each_has_its_times(
    season: Season, plan: Plan
) -> None:
    far, near = rows(season, plan, Level.SCHOOL)
    assert (far.times, far.students, far.last) == (0, 0, None)
    assert (near.times, near.students, near.last) == (2, 10 + 5, years_ago(1))
    assert (far.asked, far.seated, far.occasions) == (20, 0, 0)
    assert (near.asked, near.seated, near.occasions) == (20, 20, 1)
    assert (far.before, far.after, near.before, near.after) == (0, 0, 1, 1)


def test_three_years_are_cut_into_school_years_that_begin_in_july(
    season: Season, plan: Plan
) -> None:
    assert school_year(dt.date(2026, 6, 30)) == 2025
    assert school_year(dt.date(2026, 7, 1)) == 2026
    near = rows(season, plan, Level.SCHOOL)[1]
    assert sum(near.by_year.values()) == 15
    assert near.by_year[school_year(years_ago(3))] == 10
    assert list(near.by_year) == list(window(season).years)


def test_districts_and_ecosystems_add_up_their_schools(season: Season, plan: Plan) -> None:
    guest, lender = rows(season, plan, Level.DISTRICT)
    assert (guest.name, guest.within) == (season.district[GUEST].name, "Delta")
    assert (guest.times, lender.times) == (0, 2)
    (all_,) = rows(season, plan, Level.ECOSYSTEM)
    assert (all_.schools, all_.before, all_.after) == (2, 1, 1)
    assert (all_.times, all_.students, all_.seated, all_.asked) == (2, 15, 20, 40)


def test_a_plan_of_another_season_is_refused(season: Season, plan: Plan) -> None:
    other = season.model_copy(update={"schools": season.schools[:1]})
    with pytest.raises(InputError, match="give the season that the plan was made for"):
        served(other, plan)
