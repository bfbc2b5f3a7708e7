"""Where not all sets are listed, prices find what is missing: the same optimum, and bounds hold."""

from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import (
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
from tourpool.routing.solver.choice import whole_choice
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.solve import solve_lexicographic, solve_penalised
from tourpool.routing.solver.stop import NEVER, Stop

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


@slow_laws
@given(small_instances(most_groups=4))
def test_a_plan_made_in_no_time_has_a_bound_that_holds(m: Instance) -> None:
    few = whole_choice(m, Stop(0), HARDLY_ANY)
    found = solve_lexicographic(few, 0.0, Stop(0), room=HARDLY_ANY)
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
