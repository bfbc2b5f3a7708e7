"""Buses that may not use the same roads: each drives its own, and the plan is the best for that."""

import os
from dataclasses import replace
from fractions import Fraction
from math import floor

from hypothesis import HealthCheck, assume, given, settings

from tests.brute import BruteForce
from tests.random_seasons import seasons_on_several_roads
from tests.seasons import DAY, ToyRoads, bus, two_schools, two_schools_roads
from tourpool.events.season import Season
from tourpool.routing.check import check_plan
from tourpool.routing.season_plan import plan_season

EXAMPLES = int(os.environ.get("TOURPOOL_EXAMPLES", "40"))
small = settings(
    max_examples=EXAMPLES,
    deadline=None,  # the first plan loads the engines
    derandomize="TOURPOOL_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@small
@given(seasons_on_several_roads())
def test_a_plan_on_several_roads_passes_the_check_and_no_other_is_better(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    force = BruteForce(season, roads)
    assume(force.is_small())
    plan = plan_season(season, roads=roads)
    assert check_plan(season, roads, plan) == []
    assert plan.proof.status == "optimal"
    assert (plan.proof.weighted_served, plan.proof.cost_bound) == force.best()
    allowed = plan.proof.cost_bound * (100 + Fraction(str(season.policy.cost_slack_pct))) / 100
    assert plan.proof.student_s == force.least_on_board(plan, floor(allowed))


def test_the_bus_that_may_use_the_bridge_is_taken() -> None:
    season = two_schools(buses=(bus(bus_type="full"), bus(bus_type="van")))
    for barred, taken in (("lot/full", "van"), ("lot/van", "full")):
        detours = tuple((barred, begin) for begin in range(3))  # each leg takes twice as long
        roads = replace(two_schools_roads(), detours=detours)
        plan = plan_season(season, roads=roads)
        assert {b.bus_type for b in plan.blocks} == {taken}
        assert check_plan(season, roads, plan) == []


def test_a_bus_on_a_day_with_roads_closed_takes_the_detour_with_its_miles() -> None:
    open_ = plan_season(two_schools(), roads=two_schools_roads())
    closed = replace(two_schools_roads(), detours=tuple((DAY.isoformat(), n) for n in range(3)))
    round_ = plan_season(two_schools(), roads=closed)
    served = {r.request_id for r in round_.requests if r.session_id}
    assert open_.students_served == 40
    assert served == {"near"}  # the far school would ride 100 min and more
    (stops,) = [b.run_pairs[0].outbound.stops for b in round_.blocks]
    assert [s.drive_s for s in stops] == [0, 2 * 13 * 60, 2 * 30 * 60]
