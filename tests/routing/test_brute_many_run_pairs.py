"""Plans of random small seasons in which a bus may go to two sessions a day, against brute force.

Tariffs, a driver's minimum, riders at the least and budgets are in them too.
TOURPOOL_EXAMPLES sets how many seasons are tried (60), at random then.
"""

import os
from fractions import Fraction
from math import floor

from hypothesis import HealthCheck, assume, given, settings

from tests.brute import BruteForce
from tests.kept_day import (
    BY_GARAGE,
    CHEAP_MILES,
    DIRECT,
    SAME_STOP,
    by_garage,
    direct,
    direct_with_budgets,
    same_stop,
    two_sessions,
)
from tests.random_seasons import full_seasons
from tests.seasons import ToyRoads, two_schools_roads, with_tables
from tourpool.events.season import Season
from tourpool.routing.check import check_plan
from tourpool.routing.season_plan import plan_season

EXAMPLES = int(os.environ.get("TOURPOOL_EXAMPLES", "60"))
small = settings(
    max_examples=EXAMPLES,
    deadline=None,  # the first plan loads the engines
    derandomize="TOURPOOL_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
BOTH = 20 * 300 + 20 * 300


def test_brute_force_finds_the_days_made_by_hand() -> None:
    roads = two_schools_roads()
    for season, cost in (
        (two_sessions(), DIRECT),
        (two_sessions(buses=(CHEAP_MILES,)), BY_GARAGE),
        (same_stop()[0], SAME_STOP),
        (direct_with_budgets()[0], DIRECT),
    ):
        assert BruteForce(season, roads).best() == (BOTH, cost)


def test_days_are_planned_as_they_are_made_by_hand() -> None:
    roads = two_schools_roads()
    for season, made in (
        (two_sessions(), direct()),
        (two_sessions(buses=(CHEAP_MILES,)), by_garage()),
        same_stop(),
        direct_with_budgets(),
    ):
        plan = plan_season(season, roads=roads)
        (block,), (by_hand,) = plan.blocks, made.blocks
        assert (block.cost, block.by_garage) == (by_hand.cost, by_hand.by_garage)
        for ours, theirs in zip(block.run_pairs, by_hand.run_pairs, strict=True):
            assert [r.stops for r in ours.runs] == [r.stops for r in theirs.runs]
        assert plan.budgets == made.budgets
        assert plan.proof.student_s == made.proof.student_s


def test_brute_force_keeps_to_a_budget_to_its_last_cent() -> None:
    season, plan = direct_with_budgets()
    exact = [b.model_copy(update={"usd": plan.budgets[1].used / 10_000}) for b in season.budgets]
    near = season.budgets[0].model_copy(update={"usd": 400})
    budgets = (near, exact[1])
    force = BruteForce(with_tables(season, budgets=budgets), two_schools_roads())
    assert force.best() == (BOTH, DIRECT)
    less = exact[1].model_copy(update={"usd": (plan.budgets[1].used - 1) / 10_000})
    force = BruteForce(with_tables(season, budgets=(near, less)), two_schools_roads())
    assert force.best().weighted == BOTH // 2  # the far school alone would cost its district more


@small
@given(full_seasons())
def test_a_plan_keeps_every_rule_and_no_other_serves_more_or_costs_less(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    force = BruteForce(season, roads)
    assume(force.is_small())
    plan = plan_season(season, roads=roads)
    assert check_plan(season, roads, plan) == []
    best, proof = force.best(), plan.proof
    assert proof.weighted_bound >= best.weighted >= proof.weighted_served
    if proof.weighted_served == best.weighted:
        assert proof.cost_bound <= best.cost <= proof.cost
    assert proof.status == "optimal"
    assert (proof.weighted_served, proof.cost_bound) == best
    slack = 1 + season.policy.cost_slack_pct / 100
    assert plan.cost <= best.cost * slack + 1e-6
    if season.policy.cost_slack_pct == 0:
        assert plan.cost == best.cost


@small
@given(full_seasons())
def test_no_other_order_of_stops_keeps_students_less_time_on_board_for_the_money_allowed(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    force = BruteForce(season, roads)
    assume(force.is_small())
    plan = plan_season(season, roads=roads)
    allowed = plan.proof.cost_bound * (100 + Fraction(str(season.policy.cost_slack_pct))) / 100
    least = force.least_on_board(plan, floor(allowed))
    assert plan.proof.student_s_least
    assert plan.proof.student_s == least


@small
@given(full_seasons(most_requests=4))
def test_two_sessions_a_day_never_serve_fewer_than_one_nor_cost_more_for_as_many(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    proofs = []
    for most in (1, 2):
        policy = season.policy.model_copy(update={"run_pairs_per_day": most})
        proofs.append(plan_season(with_tables(season, policy=policy), roads=roads).proof)
    one, two = proofs
    assert one.status == two.status == "optimal"
    assert two.weighted_served >= one.weighted_served
    if two.weighted_served == one.weighted_served:
        assert two.cost_bound <= one.cost_bound
