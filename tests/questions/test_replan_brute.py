"""Plans that follow a published one, on random small seasons: trying everything finds none better.

TOURPOOL_EXAMPLES sets how many seasons are tried (60), at random then.
"""

import datetime as dt
import os
from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.brute_replan import BruteReplan, NoPlanError
from tests.random_seasons import DAYS, full_seasons, seasons
from tests.seasons import ToyRoads
from tourpool.events.equity import weights
from tourpool.events.pins import Pin
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.routing.check import check_plan
from tourpool.routing.pinned import PinsError
from tourpool.routing.plan import Block, Group, MoveKind, Plan
from tourpool.routing.published import OverError
from tourpool.routing.questions.replan import replan
from tourpool.routing.season_plan import plan_season

EXAMPLES = int(os.environ.get("TOURPOOL_EXAMPLES", "60"))
small = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="TOURPOOL_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def changed_seasons(draw: Any, kind: Any = seasons) -> tuple[Season, Season, ToyRoads]:
    """A season as it was planned, and as it is now: requests come and go, grow; buses go.

    A session moves to another day, a bus has other hours on one.
    """
    season, roads = draw(kind(most_requests=4))
    ids = [r.request_id for r in season.requests]
    new = draw(st.sets(st.sampled_from(ids), max_size=1))
    gone = draw(st.sets(st.sampled_from(ids), max_size=1)) - new
    before = with_requests(season, [i for i in ids if i not in new])
    now = with_requests(season, [i for i in ids if i not in gone])
    if draw(st.booleans()):
        now = now.model_copy(
            update={
                "requests": tuple(
                    r.model_copy(update={"students": r.students + draw(st.integers(0, 3))})
                    for r in now.requests
                )
            }
        )
    if draw(st.integers(1, 3)) == 3 and len(now.buses) > 1:
        now = now.model_copy(update={"buses": now.buses[1:]})
    if draw(st.integers(1, 3)) == 3:
        now = now.model_copy(update={"calendar": (*now.calendar, draw(of_a_bus(now)))})
    if draw(st.integers(1, 4)) == 4:
        s = draw(st.sampled_from(now.sessions))
        moved = s.model_copy(update={"date": next(day for day in DAYS if day != s.date)})
        now = now.model_copy(
            update={"sessions": tuple(moved if x == s else x for x in now.sessions)}
        )
    policy = now.policy.model_copy(
        update={"cost_slack_pct": draw(st.sampled_from((0, 5, 30))), "change_time": 0}
    )
    return before, now.model_copy(update={"policy": policy}), roads


@st.composite
def of_a_bus(draw: Any, season: Season) -> CalendarEntry:
    """A bus by its number, or all of a row, stands on one of the days, or is free all day."""
    row = draw(st.sampled_from(season.buses))
    name = draw(
        st.sampled_from([row.bus_type_id, *(f"{row.bus_type_id}/{n}" for n in row.numbers)])
    )
    day = draw(st.sampled_from(DAYS))
    hours = draw(
        st.sampled_from(({"closed": True}, {"free_from": dt.time(6), "free_to": dt.time(18)}))
    )
    return CalendarEntry(scope=Scope.BUS, id=name, date_from=day, date_to=day, **hours)


def with_requests(season: Season, ids: list[str]) -> Season:
    """The season of some requests."""
    return season.model_copy(
        update={
            "requests": tuple(r for r in season.requests if r.request_id in ids),
            "apart": tuple(a for a in season.apart if {a.request_a, a.request_b} <= set(ids)),
        }
    )


def kept_worth(season: Season, plan: Plan, had: Collection[str]) -> int:
    """Weighted students of some requests who have a seat."""
    weight = {r: w.hundredths for r, w in weights(season).items()}
    return sum(
        r.counted * weight[r.request_id]
        for r in plan.requests
        if r.request_id in had and r.session_id is not None
    )


def follows_well(before: Season, now: Season, roads: ToyRoads) -> None:
    """Hold the plan that follows against everything that could be done."""
    published = plan_season(before, roads=roads)
    force = BruteReplan(now, roads, published)
    assume(force.is_small())
    plan = replan(now, published, roads=roads)
    assert check_plan(now, roads, plan, published) == []
    assert (plan.version, plan.follows) == (2, published.plan_id)
    best = force.after()
    assert plan.proof.status == "optimal"
    assert kept_worth(now, plan, force.still) == best.still
    assert kept_worth(now, plan, set(force.had)) == best.kept
    assert (plan.proof.weighted_served, plan.proof.cost_bound) == (best.weighted, best.cost)
    assert plan.proof.change_least
    assert plan.proof.change == sum(m.change for m in plan.moves) == best.change


@small
@given(changed_seasons())
def test_seats_are_kept_then_most_are_served_at_least_cost_and_least_changes(
    made: tuple[Season, Season, ToyRoads],
) -> None:
    follows_well(*made)


@small
@given(changed_seasons(kind=full_seasons))
def test_the_same_where_buses_serve_two_sessions_a_day_and_budgets_bind(
    made: tuple[Season, Season, ToyRoads],
) -> None:
    follows_well(*made)


@small
@given(full_seasons(most_requests=4), st.sampled_from((0, 1, 10)))
def test_nothing_moves_in_a_season_that_has_not_changed(
    made: tuple[Season, ToyRoads], minutes: int
) -> None:
    season, roads = made
    policy = season.policy.model_copy(update={"change_time_min": minutes})
    season = season.model_copy(update={"policy": policy})
    published = plan_season(season, roads=roads)
    plan = replan(season, published, roads=roads)
    assert plan.moves == ()
    assert plan.proof.change == 0
    assert plan.blocks == published.blocks


@small
@given(changed_seasons(kind=full_seasons), st.sampled_from((0, 2, 10)))
def test_what_moved_is_counted_alike_by_the_solver_and_from_the_plans(
    made: tuple[Season, Season, ToyRoads], minutes: int
) -> None:
    before, now, roads = made
    policy = now.policy.model_copy(update={"change_time": 1, "change_time_min": minutes})
    now = now.model_copy(update={"policy": policy})
    published = plan_season(before, roads=roads)
    plan = replan(now, published, roads=roads)
    assert check_plan(now, roads, plan, published) == []
    assert plan.proof.change == sum(m.change for m in plan.moves)


@st.composite
def pinned_seasons(draw: Any) -> tuple[Season, ToyRoads]:
    """A season with one or two requests fixed by hand."""
    season, roads = draw(seasons(most_requests=4))
    buses = ["", *(b.bus_type_id for b in season.buses)]
    buses += [f"{b.bus_type_id}/{n}" for b in season.buses for n in b.numbers]
    pins = []
    for r in draw(st.permutations(season.requests))[:2]:
        named = [c.session_id for c in r.choices]
        sessions = named or [s.session_id for s in season.sessions if s.event_id == r.event_id]
        pins.append(
            Pin(
                request_id=r.request_id,
                session_id=draw(st.sampled_from(sessions)),
                bus=draw(st.sampled_from(buses)),
            )
        )
    return season.model_copy(update={"pins": tuple(pins)}), roads


@small
@given(pinned_seasons())
def test_pins_are_kept_at_the_least_cost_or_it_is_said_that_they_cannot_be(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    force = BruteReplan(season, roads, None)
    assume(force.is_small())
    try:
        plan = plan_season(season, roads=roads)
    except PinsError:
        with pytest.raises(NoPlanError):
            force.after()
        return
    assert check_plan(season, roads, plan) == []
    best = force.after()
    assert plan.proof.status == "optimal"
    assert (plan.proof.weighted_served, plan.proof.cost_bound) == (best.weighted, best.cost)


@small
@given(changed_seasons(kind=full_seasons), st.booleans())
def test_days_that_are_over_stay_as_they_were_whatever_changes(
    made: tuple[Season, Season, ToyRoads], noon: bool
) -> None:
    before, now, roads = made
    today = DAYS[1] if noon else DAYS[1] - dt.timedelta(days=1)
    published = plan_season(before, roads=roads)
    rode = [b for b in published.blocks if b.date < today]
    ids = {g.request_id for b in rode for pair in b.run_pairs for g in pair.groups}
    as_were = [before.request[r.request_id] if r.request_id in ids else r for r in now.requests]
    now = now.model_copy(update={"requests": tuple(as_were), "sessions": before.sessions})
    try:
        plan = replan(now, published, today=today, roads=roads)
    except OverError:
        assume(False)
    assert check_plan(now, roads, plan, published) == []
    rides = {b.block_id: b for b in plan.blocks if b.date < today}
    for block in rode:
        groups = [g for pair in block.run_pairs for g in pair.groups]
        if all(g in plan_groups(plan, block) for g in groups):
            assert rides[block.block_id] == block
    still = {g.request_id for b in rides.values() for pair in b.run_pairs for g in pair.groups}
    assert still == ids & set(now.request)
    on_those = [m for m in plan.moves if m.before is not None and m.before.date < today]
    assert {m.kind for m in on_those} <= {MoveKind.TIMES}  # where one who rode asks no more


def plan_groups(plan: Plan, block: Block) -> list[Group]:
    """Groups on the same bus on the same day."""
    of = [b for b in plan.blocks if b.block_id == block.block_id]
    return [g for b in of for pair in b.run_pairs for g in pair.groups]
