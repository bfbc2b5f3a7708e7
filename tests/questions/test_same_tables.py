"""What is said of a plan that was made for other tables."""

import pytest

from tests.seasons import bus, two_schools, two_schools_roads
from tourpool.events.problems import InputError
from tourpool.events.season import Season
from tourpool.events.try_policy import with_settings
from tourpool.routing.plan import Plan
from tourpool.routing.questions.same_tables import (
    forgotten_settings,
    other_tables,
    same_tables,
)
from tourpool.routing.season_plan import plan_season

RIDE, RATE = "policy.max_ride_min=70", "buses.usd_per_hour=31"


def planned(season: Season) -> Plan:
    return plan_season(season, roads=two_schools_roads())


def test_of_the_same_tables_nothing_is_said() -> None:
    season = with_settings(two_schools(), [RIDE])
    assert other_tables(season, planned(season)) == ""
    same_tables(season, planned(season))


def test_what_was_set_and_is_forgotten_is_named() -> None:
    season = two_schools()
    plan = planned(with_settings(season, [RIDE, RATE]))
    assert forgotten_settings(season, plan) == (RIDE, RATE)
    assert forgotten_settings(with_settings(season, [RATE]), plan) == (RIDE,)
    with pytest.raises(InputError) as raised:
        same_tables(with_settings(season, [RATE]), plan)
    assert str(raised.value) == f"the plan was made with --set {RIDE}; add --set {RIDE} here too"


def test_tables_that_differ_in_more_than_what_was_set_need_a_new_plan() -> None:
    season = two_schools()
    plan = planned(with_settings(season, [RIDE]))
    changed = two_schools(buses=(bus(count=2),))
    assert forgotten_settings(changed, plan) == ()
    assert other_tables(changed, plan) == (
        f"the plan was made for other tables than {season.name} has now; plan it again with "
        "`tourpool plan`"
    )


@pytest.mark.parametrize("made_with", [["policy.max_ride_min=75"], []])
def test_what_is_set_here_and_was_not_there_is_told(made_with: list[str]) -> None:
    season = two_schools()
    plan = planned(with_settings(season, made_with))
    said = other_tables(with_settings(season, [RIDE]), plan)
    with_what = f"--set {made_with[0]}" if made_with else "nothing set"
    assert f"has with --set {RIDE}: it was made with {with_what}; give the same here" in said


def test_buses_that_are_gone_are_no_error_of_what_was_set() -> None:
    plan = planned(with_settings(two_schools(), ["buses.lot/full.usd_fixed=9"]))
    gone = two_schools(buses=(bus(bus_type="other"),))
    assert forgotten_settings(gone, plan) == ()
