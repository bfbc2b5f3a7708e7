"""Plans with two run-pairs a day, tariffs and budgets that break one rule each; see `tests.broken`.

They are the plans of `tests.kept_day` with one thing changed, in the plan or in the season.
"""

import datetime as dt
from typing import Any

from tests.broken import SPARE, TOMORROW, Case, breaks, change, misstates
from tests.kept import boarding, kept_plan, sealed
from tests.kept_day import (
    BY_GARAGE,
    DIRECT,
    by_garage,
    direct,
    direct_with_budgets,
    same_stop,
    two_sessions,
)
from tests.seasons import GUEST, bus, toy_roads, two_schools, with_tables
from tourpool.events.budgets import Budget
from tourpool.events.fleet import Tariff
from tourpool.events.rules import Policy
from tourpool.routing.checks.words import Rule
from tourpool.routing.plan import Plan

OUT_2 = "blocks.0.run_pairs.1.outbound"


def held_to(plan: Plan, **tables: Any) -> Case:
    """A plan held against `two_sessions` with other tables."""
    return Case(plan, two_sessions(**tables))


# How a block is made


@breaks(Rule.RUN_PAIRS)
def with_two_run_pairs_where_one_is_allowed() -> Case:
    return held_to(direct(), policy=Policy(cost_slack_pct=0, run_pairs_per_day=1))


@breaks(Rule.BLOCK_DATE)
def with_its_second_session_on_another_day() -> Case:
    morning, afternoon = two_sessions().sessions
    season = two_sessions(sessions=(morning, afternoon.model_copy(update={"date": TOMORROW})))
    return Case(change(direct(season), "sessions.1", date=TOMORROW), season)


@breaks(Rule.RUN_BUS)
def whose_second_session_is_by_another_bus() -> Case:
    return held_to(change(direct(), OUT_2, bus_number="2"))


@breaks(Rule.LINK_ENDS)
def that_is_at_the_next_school_without_driving_there() -> Case:
    plan = direct()
    stops = plan.blocks[0].run_pairs[1].outbound.stops
    return held_to(change(plan, OUT_2, stops=stops[1:]))


@breaks(Rule.LINK_ENDS)
def that_goes_on_from_where_it_is_not() -> Case:
    plan = direct()
    lot = by_garage().blocks[0].run_pairs[1].outbound.stops[0]
    stops = plan.blocks[0].run_pairs[1].outbound.stops
    return held_to(change(plan, OUT_2, stops=(lot, *stops[1:])))


@breaks(Rule.LINK_ENDS)
def that_drives_to_the_stop_where_it_stands() -> Case:
    season, plan = same_stop()
    pick_up, college = plan.blocks[0].run_pairs[1].outbound.stops
    stand = pick_up.model_copy(update={"on": ()})
    return Case(change(plan, OUT_2, stops=(stand, pick_up, college)), season)


@breaks(Rule.LINK_ENDS)
def that_comes_by_its_garage_to_no_other_session() -> Case:
    return Case(change(kept_plan(), "blocks.0", by_garage=True))


@breaks(Rule.RUN_ENDS)
def that_says_by_its_garage_and_begins_at_a_school() -> Case:
    season = two_sessions(buses=by_garage().buses)
    elsewhere = direct().blocks[0].run_pairs[1].outbound
    return Case(change(by_garage(), OUT_2, stops=elsewhere.stops), season)


# What a bus may do


@breaks(Rule.NEXT_PICK_UP)
def that_cannot_be_at_the_next_school_in_time() -> Case:
    """From school to school it drives 111 minutes, 56 s more than there are."""
    plan = direct()
    minutes = ((0, 13, 30, 40), (11, 0, 111, 30), (31, 22, 0, 50), (41, 31, 51, 0))
    block, stand = plan.blocks[0], plan.blocks[0].run_pairs[1].outbound.stops[0]
    leg = {"drive_s": 111 * 60, "metres": 111 * 1609}
    plan = change(plan, f"{OUT_2}.stops.0", depart_s=stand.depart_s - 91 * 60)
    plan = change(plan, f"{OUT_2}.stops.1", **leg)
    cost = DIRECT + 2_547_514  # 91 x 1609 m at 2.50: 227.4514; 91 min at 36 less 18 an hour: 27.30
    plan = change(
        plan,
        "blocks.0",
        drive_s=block.drive_s + 91 * 60,
        wait_s=block.wait_s - 91 * 60,
        metres=block.metres + 91 * 1609,
        deadhead_metres=block.deadhead_metres + 91 * 1609,
        cost=cost,
    )
    plan = change(plan, "proof", cost=cost, cost_bound=cost)
    plan = change(plan, "alone_same_fleet", cost=cost)
    return Case(plan, two_sessions(), toy_roads(minutes))


@breaks(Rule.CHEAPER_LINK)
def that_stands_between_schools_although_its_garage_is_cheaper() -> Case:
    season = two_sessions(buses=by_garage().buses)  # 0.50 a mile
    cost = 3_963_158  # 226 x 1609 m: 112.9758, and 50 + 146.32 + 87.02
    plan = direct(season)
    plan = change(plan, "blocks.0", cost=cost)
    plan = change(plan, "proof", cost=cost, cost_bound=cost)
    plan = change(plan, "alone_same_groups", cost=by_garage().alone_same_groups.cost)
    return Case(change(plan, "alone_same_fleet", cost=cost), season)


@breaks(Rule.CHEAPER_LINK)
def that_goes_by_its_garage_although_both_cost_the_same() -> Case:
    free = bus(usd_per_mile=0, usd_per_hour=0, usd_per_wait_hour=0)  # 50 a day
    season = two_sessions(buses=(free,))
    plan = change(by_garage(season), "blocks.0", cost=500_000)
    plan = change(plan, "proof", cost=500_000, cost_bound=500_000)
    plan = change(plan, "alone_same_groups", cost=1_000_000)
    return Case(change(plan, "alone_same_fleet", cost=500_000), season)


@breaks(Rule.BUS_HOURS)
def that_comes_back_from_its_second_session_too_late() -> Case:
    return held_to(direct(), buses=(bus(free_to=dt.time(17, 56)), SPARE))  # 17:56:28


@breaks(Rule.DUTY)
def that_stands_longer_between_schools_than_its_driver_may_work() -> Case:
    return held_to(direct(), buses=(bus(max_duty_h=8.89),))  # 32,004 s; it takes 32,036


@breaks(Rule.DRIVE)
def with_more_at_the_wheel_in_two_sessions_than_a_driver_may() -> Case:
    return held_to(direct(), buses=(bus(max_drive_h=3.76),))  # 225.6 min; it takes 226


@breaks(Rule.MIN_RIDERS)
def with_fewer_riders_than_the_bus_goes_for() -> Case:
    return held_to(direct(), buses=(bus(min_riders=23),))  # 22 in each session


# What districts pay


@breaks(Rule.BUDGET)
def that_takes_more_than_a_district_has() -> Case:
    season, plan = direct_with_budgets()
    one = season.budgets[1].model_copy(update={"usd": 528.8279})  # it bears 528.8280
    plan = change(plan, "budgets.1", usd=5_288_279)
    return Case(plan, with_tables(season, budgets=(season.budgets[0], one, *season.budgets[2:])))


@breaks(Rule.STATED_BUDGETS)
def that_forgets_a_budget() -> Case:
    season, plan = direct_with_budgets()
    return Case(change(plan, "", budgets=plan.budgets[:-1]), season)


@breaks(Rule.STATED_BUDGETS)
def that_says_less_is_taken_of_a_budget() -> Case:
    season, plan = direct_with_budgets()
    return Case(change(plan, "budgets.0", used=plan.budgets[0].used - 1), season)


@breaks(Rule.STATED_BUDGETS)
def that_says_a_budget_is_larger() -> Case:
    season, plan = direct_with_budgets()
    return Case(change(plan, "budgets.0", usd=plan.budgets[0].usd + 1), season)


@breaks(Rule.STATED_BUDGETS)
def of_a_season_without_budgets() -> Case:
    _, plan = direct_with_budgets()
    return held_to(plan)


@breaks(Rule.STATED_BUDGETS)
def of_a_season_with_a_budget_it_does_not_know() -> Case:
    return held_to(direct(), budgets=(Budget(payer=GUEST, scope="all", usd=9_000),))


# What the plan says of itself


@breaks(Rule.STATED_TARIFFS)
def with_another_tier_on_paper() -> Case:
    season = two_schools(tariffs=(Tariff(tariff_id="tiers", usd_per_mile=3),))
    plan = kept_plan(season)
    said = Tariff(tariff_id="tiers", usd_per_mile=2.9)
    fits = {"season_digest": season.digest, "tariffs": (said,)}
    return Case(sealed(plan.model_copy(update=fits)), season, as_is=True)


@breaks(Rule.STATED_TIMES)
def that_reaches_the_next_session_before_it_has_left_the_last() -> Case:
    plan = direct()
    stand = plan.blocks[0].run_pairs[1].outbound.stops[0]
    return held_to(change(plan, f"{OUT_2}.stops.0", arrive_s=stand.arrive_s - 1))


@breaks(Rule.STATED_TIMES)
def where_riders_board_before_they_come() -> Case:
    season, plan = same_stop()
    begin_s = plan.blocks[0].run_pairs[1].outbound.stops[0].on[0].begin_s
    on = boarding("late", begin_s - 1)
    return Case(change(plan, f"{OUT_2}.stops.0", on=on), season)


@breaks(Rule.STATED_TIMES)
def whose_stay_in_the_garage_is_longer_on_paper() -> Case:
    plan = by_garage()
    plan = change(plan, "blocks.0", off_s=plan.blocks[0].off_s + 60)
    return held_to(plan, buses=plan.buses)


@breaks(Rule.STATED_TIMES)
def whose_stay_in_the_garage_is_too_short_to_be_off_the_clock() -> Case:
    plan = by_garage()  # it stays 69 min 4 s
    paid = BY_GARAGE + 207_200  # 4,144 s of waiting at 18 an hour
    plan = change(plan, "blocks.0", cost=paid)
    plan = change(plan, "proof", cost=paid, cost_bound=paid)
    plan = change(plan, "alone_same_fleet", cost=paid)
    policy = Policy(cost_slack_pct=0, garage_break_min=70)
    also = frozenset({Rule.CHEAPER_LINK})  # 413.1136 by the garage, 396.3158 directly
    return Case(plan, two_sessions(buses=plan.buses, policy=policy), also=also)


@breaks(Rule.STATED_METRES)
def that_forgets_the_empty_metres_between_its_sessions() -> Case:
    plan = direct()
    empty = plan.blocks[0].deadhead_metres - 20 * 1609
    return held_to(change(plan, "blocks.0", deadhead_metres=empty))


@breaks(Rule.STATED_COST)
def that_pays_a_driver_less_than_he_is_paid_at_the_least() -> Case:
    plan = direct()
    season = two_sessions(buses=(bus(driver_min_h=10),))  # 360 instead of 146.32 + 87.02
    plan = change(plan, "alone_same_groups", cost=6_224_546 + 8_149_134)
    plan = change(plan, "proof", cost=9_748_792, cost_bound=9_748_792)
    return Case(change(plan, "alone_same_fleet", cost=9_748_792), season)


misstates(Rule.STATED_PROOF, "proof", student_s=kept_plan().proof.student_s - 1)
