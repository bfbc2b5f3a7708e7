"""What the plans of the demonstration seasons are made to show."""

import pytest

from tourpool.data import demo_path
from tourpool.events.reading.read import read_season
from tourpool.events.season import Season
from tourpool.routing.plan import Plan, ReasonKind, RunPair
from tourpool.routing.season_plan import plan_season


@pytest.fixture(scope="module")
def season() -> Season:
    return read_season(demo_path())


@pytest.fixture(scope="module")
def plan(season: Season) -> Plan:
    return plan_season(season)


@pytest.fixture(scope="module")
def kentucky() -> Plan:
    return plan_season(read_season(demo_path("kentucky")))


def run_pairs(plan: Plan) -> list[RunPair]:
    return [pair for block in plan.blocks for pair in block.run_pairs]


def left_for(plan: Plan) -> list[ReasonKind]:
    return [r.reason.kind for r in plan.requests if r.reason is not None]


def test_the_fleet_is_a_little_too_small(plan: Plan, kentucky: Plan) -> None:
    assert plan.proof.status == kentucky.proof.status == "optimal"
    assert 0.75 < plan.students_served / plan.students_asked < 0.92
    assert 0.75 < kentucky.students_served / kentucky.students_asked < 0.92
    assert 12 <= len(plan.blocks) <= 25


def test_mississippi_leaves_a_request_for_every_reason(plan: Plan) -> None:
    of_own_tables = {ReasonKind.BUDGET, ReasonKind.FEW_RIDERS, ReasonKind.NO_ROAD}  # it has none
    of_own_tables.add(ReasonKind.OVER)  # of plans made in the middle of a season
    assert set(left_for(plan)) == set(ReasonKind) - of_own_tables


def test_kentucky_leaves_requests_for_four_reasons(kentucky: Plan) -> None:
    assert len(left_for(kentucky)) >= 4
    assert set(left_for(kentucky)) == {
        ReasonKind.RIDE_LIMIT,
        ReasonKind.SCHOOL_HOURS,
        ReasonKind.PEOPLE_LIMIT,
        ReasonKind.OUTWEIGHED,
    }


def test_buses_are_pooled_across_districts_and_ecosystems(season: Season, plan: Plan) -> None:
    districts = [{season.school[g.ncessch].leaid for g in p.groups} for p in run_pairs(plan)]
    ecosystems = [{season.district[leaid].ecosystem_id for leaid in d} for d in districts]
    assert max(len(p.groups) for p in run_pairs(plan)) >= 3
    assert sum(len(d) > 1 for d in districts) > len(districts) / 3
    assert sum(len(e) > 1 for e in ecosystems) >= 3


def test_pooling_saves_money_and_miles_and_serves_more(plan: Plan) -> None:
    alone = plan.alone_same_groups
    assert plan.cost < 0.85 * alone.cost
    assert sum(b.metres for b in plan.blocks) < 0.75 * alone.metres
    assert plan.students_served > 1.15 * plan.alone_same_fleet.students


def test_the_big_request_rides_in_parts_and_some_runs_lack_a_paper(plan: Plan) -> None:
    assert {g.parts for g in plan.group.values() if g.request_id == "ackerman-msu"} == {2}
    assert any(p.needs_agreement for p in run_pairs(plan))
    assert any(not p.needs_agreement and len(p.groups) > 1 for p in run_pairs(plan))


def test_somebody_takes_the_second_date_of_the_fair(plan: Plan) -> None:
    assert any(r.rank == 2 for r in plan.requests)
