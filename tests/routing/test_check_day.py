"""Kept plans with two run-pairs a day; and money: tiers, a driver's minimum, budgets."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.broken import Case, change
from tests.garbled import garbled
from tests.kept_day import (
    BY_GARAGE,
    DIRECT,
    SAME_STOP,
    by_garage,
    direct,
    direct_with_budgets,
    same_stop,
    two_sessions,
)
from tests.seasons import bus, two_schools_roads
from tourpool.events.fleet import Tariff
from tourpool.events.season import Season
from tourpool.routing.check import check_plan
from tourpool.routing.plan import Plan


def broken_rules(season: Season, plan: Plan) -> set[str]:
    """Rules that the plan breaks once it is written for that season."""
    sealed = Case(plan, season).sealed_plan
    return {v.rule for v in check_plan(season, two_schools_roads(), sealed)}


def priced(plan: Plan, cost: int, alone: int) -> Plan:
    """The plan where its block, and what it is compared with, cost something else."""
    plan = change(plan, "blocks.0", cost=cost)
    plan = change(plan, "proof", cost=cost, cost_bound=cost)
    plan = change(plan, "alone_same_groups", cost=alone)
    return change(plan, "alone_same_fleet", cost=cost)


def test_a_bus_goes_straight_from_one_session_s_school_to_the_next() -> None:
    plan = direct()
    assert plan.cost == DIRECT
    assert broken_rules(two_sessions(), plan) == set()


def test_a_bus_that_goes_by_its_garage_is_off_the_clock_there() -> None:
    plan = by_garage()
    (block,) = plan.blocks
    assert (block.back_s - block.leave_s - block.off_s, block.cost) == (27_892, BY_GARAGE)
    season = two_sessions(buses=(bus(usd_per_mile=0.5, max_duty_h=7.75),))  # 27,900 s
    assert broken_rules(season, plan) == set()


def test_where_the_next_riders_wait_at_the_last_stop_there_is_no_leg() -> None:
    season, plan = same_stop()
    assert plan.cost == SAME_STOP
    assert broken_rules(season, plan) == set()


def test_miles_beyond_the_start_of_a_tier_cost_its_rate() -> None:
    """Of 363,634 m the first 160,934 cost 3 a mile, the others 1: 299.99925 + 125.95194."""
    tiers = (
        Tariff(tariff_id="tiers", from_mi=100, usd_per_mile=1),
        Tariff(tariff_id="tiers", usd_per_mile=3),
    )
    season = two_sessions(buses=(bus(tariff_id="tiers", usd_per_mile=0),), tariffs=tiers)
    plan = priced(direct(season), 7_092_912, 4_003_055 + 5_355_249)  # 425.9512 + 283.34
    assert broken_rules(season, plan) == set()
    assert broken_rules(season, priced(plan, 7_092_911, 4_003_055 + 5_355_249)) == {
        "stated-cost",
        "stated-proof",
    }


def test_a_driver_is_paid_his_hours_at_the_least() -> None:
    """Ten hours at 36 in place of 146.32 + 87.02; miles are 564.8792, a day 50."""
    season = two_sessions(buses=(bus(driver_min_h=10),))
    plan = priced(direct(season), 9_748_792, 6_224_546 + 8_149_134)
    assert broken_rules(season, plan) == set()


def test_a_budget_bears_its_share_of_a_block_by_riders_and_their_own_ways() -> None:
    season, plan = direct_with_budgets()
    assert [b.used for b in plan.budgets] == [3_193_912, 5_288_280, 8_482_192, 0]
    assert broken_rules(season, plan) == set()


@pytest.mark.parametrize("least", [0, 22])
def test_a_bus_goes_for_as_many_riders_as_it_asks_for(least: int) -> None:
    season = two_sessions(buses=(bus(min_riders=least),))
    assert broken_rules(season, direct(season)) == set()


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_a_garbled_day_gives_violations_and_no_exception(data: st.DataObject) -> None:
    budgets = direct_with_budgets()
    garage = by_garage()
    season, plan = data.draw(
        st.sampled_from((budgets, same_stop(), (two_sessions(buses=garage.buses), garage)))
    )
    changed = garbled(plan, data)
    if changed is not None:
        check_plan(season, two_schools_roads(), changed)
