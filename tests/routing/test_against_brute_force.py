"""Plans of random small seasons: they pass the check, and trying everything finds nothing better.

TOURPOOL_EXAMPLES sets how many seasons are tried (60), at random then.
"""

import os

from hypothesis import HealthCheck, assume, given, settings

from tests.brute import BruteForce
from tests.kept import COST
from tests.random_seasons import crowded, seasons
from tests.seasons import ToyRoads, two_schools, two_schools_roads, with_tables
from tourpool.events.season import Season
from tourpool.routing.check import check_plan
from tourpool.routing.plan import Plan
from tourpool.routing.season_plan import plan_season

EXAMPLES = int(os.environ.get("TOURPOOL_EXAMPLES", "60"))
small = settings(
    max_examples=EXAMPLES,
    deadline=None,  # the first plan loads the engines
    derandomize="TOURPOOL_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
fewer = settings(small, max_examples=max(1, EXAMPLES // 3))


def test_brute_force_finds_the_plan_made_by_hand() -> None:
    best = BruteForce(two_schools(), two_schools_roads()).best()
    assert best == (20 * 300 + 20 * 300, COST)  # remote rural, never served: 1 + 1 + 1


@small
@given(seasons())
def test_a_plan_passes_the_check_and_no_other_serves_more_or_costs_less(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    force = BruteForce(season, roads)
    assume(force.is_small())
    plan = plan_season(season, roads=roads)
    assert check_plan(season, roads, plan) == []
    best = force.best()
    assert plan.proof.status == "optimal"
    assert (plan.proof.weighted_served, plan.proof.cost_bound) == best
    slack = 1 + season.policy.cost_slack_pct / 100
    assert plan.cost <= best.cost * slack + 1e-6
    if season.policy.cost_slack_pct == 0:
        assert plan.cost == best.cost


@fewer
@given(crowded())
def test_a_plan_of_crowds_serves_the_most_to_the_last_student(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    force = BruteForce(season, roads)
    assume(force.is_small())
    plan = plan_season(season, roads=roads)
    assert check_plan(season, roads, plan) == []
    assert plan.proof.status == "optimal"
    assert (plan.proof.weighted_served, plan.proof.cost_bound) == force.best()


@small
@given(seasons(most_requests=4))
def test_one_more_bus_never_lowers_who_is_served_nor_raises_the_cost_of_as_many(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    first, *others = season.buses
    one_more = first.model_copy(update={"count": first.count + 1})
    more = with_tables(season, buses=(one_more, *others))
    before, after = (plan_season(s, roads=roads).proof for s in (season, more))
    assert before.status == after.status == "optimal"
    assert after.weighted_served >= before.weighted_served
    if after.weighted_served == before.weighted_served:
        assert after.cost_bound <= before.cost_bound


@fewer
@given(seasons())
def test_rides_out_never_grow_along_a_run_and_rides_back_never_shrink(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    for block in plan_season(season, roads=roads).blocks:
        for pair in block.run_pairs:
            arrive_s = pair.outbound.stops[-1].arrive_s
            out = [arrive_s - b.begin_s for s in pair.outbound.stops for b in s.on]
            assert out == sorted(out, reverse=True)
            depart_s = pair.return_run.stops[0].depart_s
            back = [b.end_s - depart_s for s in pair.return_run.stops for b in s.off]
            assert back == sorted(back)


@fewer
@given(seasons())
def test_a_plan_written_as_json_reads_back_equal(made: tuple[Season, ToyRoads]) -> None:
    season, roads = made
    plan = plan_season(season, roads=roads)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
