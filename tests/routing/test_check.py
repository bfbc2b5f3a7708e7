"""The check has teeth: a kept plan passes, a plan that breaks one rule is refused by its name."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests.broken_day
import tests.broken_pins  # noqa: F401
from tests.broken import BROKEN, Case, cut, tour, two_buses
from tests.broken_pins import kept_that_follows, pinned
from tests.garbled import garbled
from tests.kept import COST, kept_plan, sealed
from tests.seasons import FAR, NEAR, bus, event, request, two_schools, two_schools_roads
from tourpool.routing.check import Rule, check_plan
from tourpool.routing.checks.words import usd_text
from tourpool.routing.season_plan import plan_season


def test_a_plan_made_by_hand_keeps_every_rule() -> None:
    plan = kept_plan()
    assert check_plan(two_schools(), two_schools_roads(), plan) == []
    assert plan.cost == COST


def test_plans_of_two_buses_of_parts_and_of_a_tour_keep_every_rule() -> None:
    season, roads, plan = tour()
    assert plan.blocks[0].run_pairs[0].between is not None
    assert check_plan(season, roads, plan) == []
    for season, plan in (two_buses(), cut()):
        assert len(plan.blocks) == 2
        assert check_plan(season, two_schools_roads(), plan) == []


def test_a_plan_that_follows_another_and_keeps_a_pin_keeps_every_rule() -> None:
    season, plan = kept_that_follows()
    assert check_plan(season, two_schools_roads(), sealed(plan)) == []
    for on in ("", "lot/full", f"lot/full/{plan.blocks[0].bus_number}"):
        season = two_schools(pins=pinned(on=on))
        assert check_plan(season, two_schools_roads(), kept_plan(season)) == []


def test_the_same_season_in_another_folder_is_the_same_season() -> None:
    elsewhere = two_schools(name="copy of two schools")
    assert check_plan(elsewhere, two_schools_roads(), kept_plan()) == []


def test_adults_at_a_training_are_counted_and_students_with_them() -> None:
    training = event("tour", adults_only=True, kind="training")
    requests = (
        request("near", NEAR, students=0, chaperones=5),
        request("far", FAR, students=3, chaperones=1),
    )
    season = two_schools(events=(training,), requests=requests)
    plan = plan_season(season, roads=two_schools_roads())
    assert plan.students_served == 5 + 4
    assert check_plan(season, two_schools_roads(), plan) == []


def test_students_of_parts_go_where_their_chaperones_are() -> None:
    one = request("near", NEAR, students=24, chaperones=3, may_split=True)
    season = two_schools(requests=(one,), buses=(bus(count=2, seats_small=16, seats_large=16),))
    plan = plan_season(season, roads=two_schools_roads())
    sizes = {(g.students, g.chaperones) for g in plan.group.values()}
    assert sizes == {(14, 2), (10, 1)}  # ten to a chaperone
    assert check_plan(season, two_schools_roads(), plan) == []


def test_what_it_costs_alone_is_for_the_whole_request_where_a_bus_takes_it_whole() -> None:
    halves = request("near", NEAR, may_split=True)
    season = two_schools(requests=(halves,), buses=(bus(count=2),))
    plan = plan_season(season, roads=two_schools_roads())
    assert len(plan.group) == 2
    assert plan.alone_same_groups.groups == 1
    assert check_plan(season, two_schools_roads(), plan) == []


def test_money_is_written_in_dollars() -> None:
    assert usd_text(12_345_678) == "1,234.5678 US$"
    assert usd_text(-1) == "-0.0001 US$"


@pytest.mark.parametrize(
    ("rule", "make"), [pytest.param(r, m, id=f"{r}-{m.__name__}") for r, m in BROKEN]
)
def test_a_plan_is_refused_by_the_name_of_the_rule_it_breaks(
    rule: Rule, make: Callable[[], Case]
) -> None:
    case = make()
    found = check_plan(case.season, case.roads, case.sealed_plan)
    assert {v.rule for v in found} == {rule} | case.also, "\n".join(map(str, found))
    assert all(v.where and v.text for v in found)


def test_every_rule_has_a_plan_that_breaks_it() -> None:
    assert {rule for rule, _ in BROKEN} == set(Rule)


def test_a_violation_says_rule_place_and_figures() -> None:
    make = dict(BROKEN)[Rule.RIDE_OUT]
    case = make()
    (violation,) = check_plan(case.season, case.roads, case.sealed_plan)
    assert str(violation) == ("ride-out: block block, group far: 60:56 min out, at most 60:00 min")


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_a_garbled_plan_gives_violations_and_no_exception(data: st.DataObject) -> None:
    plan = garbled(kept_plan(), data)
    if plan is not None:
        check_plan(two_schools(), two_schools_roads(), plan)
