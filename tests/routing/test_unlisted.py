"""Where not all sets are listed, prices find what is missing: the same optimum, and bounds hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.random_seasons import seasons
from tests.routing.arrays import (
    DEPART_S,
    HOUR,
    best,
    choices,
    fleet,
    instance,
    same_way,
    selection,
    session,
    slow_laws,
    small_instances,
)
from tests.seasons import ToyRoads
from tourpool.events.season import Season
from tourpool.routing.check import check_plan
from tourpool.routing.season_plan import TWO_A_DAY_NOT_LISTED, plan_season
from tourpool.routing.solver.choice import whole_choice
from tourpool.routing.solver.instance import Instance, ints
from tourpool.routing.solver.room import LEAST_SEARCH, Room
from tourpool.routing.solver.select import Stage
from tourpool.routing.solver.solve import solve_lexicographic, solve_penalised
from tourpool.routing.solver.stop import NEVER, Stop
from tourpool.routing.solver.unlisted import bound_of, can_be_priced

HARDLY_ANY = Room(runs=1, pairs=1, search=1000)
"""Single groups only: every larger set has to be priced in."""


@slow_laws
@given(small_instances(most_groups=4))
def test_most_worth_and_least_cost_are_those_of_the_full_list(m: Instance) -> None:
    few = whole_choice(m, NEVER, HARDLY_ANY)
    found = solve_lexicographic(few, 0.0, NEVER, room=HARDLY_ANY)
    top = best(selection(m))
    assert (found.totals.worth, found.totals.cost) == (top.worth, top.cost)
    assert found.optimal


@slow_laws
@given(small_instances(most_groups=4), st.sampled_from([0.001, 0.01, 1.0]))
def test_one_objective_of_both_is_that_of_the_full_list(m: Instance, per_worth: float) -> None:
    few = whole_choice(m, NEVER, HARDLY_ANY)
    _, found = solve_penalised(few, per_worth, NEVER, room=HARDLY_ANY)
    _, whole = solve_penalised(selection(m), per_worth, NEVER)
    assert found.optimal
    assert abs(found.value - whole.value) <= 1e-6


class After(Stop):
    """Asks for an end when it has been looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    @property
    def now(self) -> bool:
        """Whether that is over."""
        self.looks -= 1
        return self.looks < 0


@slow_laws
@given(small_instances(most_groups=4), st.integers(0, 60))
def test_wherever_it_is_stopped_its_bounds_hold(m: Instance, looks: int) -> None:
    few = whole_choice(m, NEVER, HARDLY_ANY)
    found = solve_lexicographic(few, 0.0, After(looks), room=HARDLY_ANY)
    whole = selection(m)
    served = [whole.totals(p) for p in choices(whole)]
    assert max(t.worth for t in served) <= found.worth_bound
    as_good = [t.cost for t in served if t.worth >= found.totals.worth]
    assert not as_good or found.cost_bound <= min(as_good)


def test_some_instance_is_not_listed_whole() -> None:
    """Else nothing here is tried."""
    m = instance(same_way(5), session(range(2, 5)), buses=fleet(count=[2]))
    assert not whole_choice(m, NEVER, HARDLY_ANY).complete
    assert whole_choice(m).complete


@slow_laws
@given(small_instances(most_groups=4))
def test_a_search_without_room_claims_no_more_than_holds(m: Instance) -> None:
    """It gives up, and what is left is what all groups are worth together."""
    no_room = Room(runs=1, pairs=1, search=0)
    few = whole_choice(m, NEVER, no_room)
    bound = bound_of(few, Stage("worth", per_worth=1.0), no_room, NEVER)
    assert -bound >= best(selection(m)).worth


def with_budget(m: Instance, usd: int) -> Instance:
    """One budget that pays for every other group, by its riders and 1000 m."""
    sessions = tuple(
        replace(s, payer=(np.arange(len(s.loc)) % 2 == 0)[None, :], alone_m=1000 * s.counted)
        for s in m.sessions
    )
    return replace(m, sessions=sessions, budgets=ints([usd]))


@slow_laws
@given(small_instances(most_groups=4), st.integers(0, 9000))
def test_a_budget_binds_what_is_priced_in(m: Instance, usd: int) -> None:
    m = with_budget(m, usd)
    few = whole_choice(m, NEVER, HARDLY_ANY)
    found = solve_lexicographic(few, 0.0, NEVER, room=HARDLY_ANY)
    full = solve_lexicographic(selection(m), 0.0, NEVER)
    assert (found.totals, found.optimal) == (full.totals, full.optimal)
    assert found.selection.shares(found.picks).sum() <= usd


def test_a_list_that_does_not_fit_two_sessions_a_day_claims_no_bound_of_the_cost() -> None:
    first = session(range(2, 5))
    second = session(
        range(2, 5),
        request=range(3, 6),
        arrive_s=DEPART_S + 2 * HOUR,
        depart_s=DEPART_S + 3 * HOUR,
    )
    m = replace(instance(same_way(5), first, second), run_pairs=2)
    few = whole_choice(m, NEVER, HARDLY_ANY)
    found = solve_lexicographic(few, 0.0, NEVER, room=HARDLY_ANY)
    assert not can_be_priced(found.selection)
    assert (found.cost_bound, found.optimal) == (0, False)
    assert found.worth_bound == 6000  # all six on one bus, though the one pair listed brings fewer
    assert found.totals.worth < 6000


@slow_laws
@given(seasons())
def test_a_season_in_little_memory_is_planned_as_well(given: tuple[Season, ToyRoads]) -> None:
    season, roads = given
    plan, full = plan_season(season, roads=roads, memory_gb=1e-9), plan_season(season, roads=roads)
    assert check_plan(season, roads, plan) == []
    assert plan.proof.weighted_bound >= full.proof.weighted_served
    if plan.proof.weighted_served == full.proof.weighted_served:
        assert plan.proof.cost_bound <= full.proof.cost
    if plan.proof.note != TWO_A_DAY_NOT_LISTED:
        assert plan.proof.status == "optimal"
        assert plan.proof.weighted_served == full.proof.weighted_served
        assert plan.proof.cost_bound == full.proof.cost_bound


@pytest.mark.parametrize("gb", [1.0, 4.0])
def test_the_room_fits_in_the_memory_by_what_was_measured(gb: float) -> None:
    room = Room.of_memory(instance(same_way(2), session([]), buses=fleet(fixed=[0] * 12)), gb)
    assert room.runs * 328 <= gb * 2**30 < room.runs * 328 * 2  # bytes a run at 12 bus types
    assert room.search * 970 <= gb * 2**30 < room.search * 970 * 3  # of both directions


def test_the_least_memory_leaves_room_for_a_search() -> None:
    assert Room.of_memory(instance(same_way(2), session([])), 1e-9).search == LEAST_SEARCH
