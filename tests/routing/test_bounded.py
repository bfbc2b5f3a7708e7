"""Columns under a threshold of reduced cost are all found, at their exact costs."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import instance, laws, same_way, session, sets_of, small_instances
from tourpool.routing.solver.bounded import columns_below
from tourpool.routing.solver.columns import Columns, best_pair, session_columns
from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.fines import Fines
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.stop import NEVER, Stop

MANY = 100_000


def costs(columns: Columns) -> dict[tuple[int, ...], list[int]]:
    """Costs of each set by bus type."""
    return dict(zip(sets_of(columns.inside), columns.cost.tolist(), strict=True))


def reduced(c: Columns, gain: Floats, mu: Floats, per_cost: float, fines: Fines) -> Floats:
    """Least reduced cost of each set, by its definition."""
    least = np.where(c.feasible, per_cost * c.cost - mu, np.inf).min(axis=1)
    return least - c.inside @ gain + fines.of_sets(c.inside)


def prices(draw: Any, m: Instance) -> tuple[Floats, Floats, float, Fines, float]:
    """Gains about as large as costs, prices of buses, of money, of triples, and a threshold."""
    n, k = len(m.sessions[0].loc), len(m.fleet.garage)
    gain = np.array(draw(st.lists(st.integers(-2000, 12000), min_size=n, max_size=n)), float)
    mu = -np.array(draw(st.lists(st.integers(0, 3000), min_size=k, max_size=k)), float)
    some = list(combinations(range(-1, n), 3))
    triples = draw(st.lists(st.sampled_from(some), max_size=3)) if some else []
    fines = Fines.of(n, [(t, float(draw(st.integers(0, 4000)))) for t in triples])
    return gain, mu, draw(st.sampled_from((1.0, 1e-4, 0.0))), fines, float(draw(THRESHOLDS))


THRESHOLDS = st.integers(-9000, 9000)


@laws
@given(small_instances(most_groups=5), st.data())
def test_all_sets_below_the_threshold_are_found_at_their_costs(
    m: Instance, data: st.DataObject
) -> None:
    s = m.sessions[0]
    gain, mu, per_cost, fines, threshold = prices(data.draw, m)
    every = session_columns(m, s)
    wanted = every.keep(reduced(every, gain, mu, per_cost, fines) < threshold)
    found = columns_below(m, s, gain, mu, per_cost, threshold, MANY, NEVER, fines)
    assert found.complete
    assert costs(found) == costs(wanted)


@laws
@given(small_instances(most_groups=5), st.data())
def test_a_beam_finds_sets_that_can_be_driven(m: Instance, data: st.DataObject) -> None:
    s = m.sessions[0]
    gain, mu, per_cost, fines, threshold = prices(data.draw, m)
    exact = costs(session_columns(m, s))
    found = columns_below(m, s, gain, mu, per_cost, threshold, 2, NEVER, fines)
    for of, cost in costs(found).items():
        assert all(a >= b for a, b in zip(cost, exact[of], strict=True))
    if found.complete:
        assert (reduced(found, gain, mu, per_cost, fines) < threshold).all()


def test_runs_that_cannot_come_below_the_threshold_are_not_grown() -> None:
    # the garage, every stop and the venue are 600 m from each other, and a metre costs 1
    s = session([2, 3, 4])
    m = instance(same_way(5), s)
    no_price = np.zeros(1)
    # one: 2 legs out and 2 back, 2400 - 2500 = -100; two: 3600 - 5000; three: 4800 - 7500 = -2700
    found = columns_below(m, s, np.full(3, 2500.0), no_price, 1.0, -2000.0, MANY, NEVER)
    assert sets_of(found.inside) == [(0, 1, 2)]
    # a group that gains nothing adds 1200 to any set, so no run with it is kept
    found = columns_below(m, s, np.array([2500.0, 2500, 0]), no_price, 1.0, -1000.0, MANY, NEVER)
    assert sets_of(found.inside) == [(0, 1)]
    assert 2 not in found.out.added


def test_a_triple_is_fined_once_from_two_groups_on() -> None:
    fines = Fines.of(4, [((0, 1, 2), 5.0), ((-1, 0, 3), 7.0)])
    inside = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 1, 1]], np.bool_)
    assert fines.of_sets(inside).tolist() == [0, 5, 5, 12]


def test_a_found_set_knows_its_runs() -> None:
    s = session([2, 3])
    m = instance(same_way(4), s)
    found = columns_below(m, s, np.full(2, 9999.0), np.zeros(1), 1.0, 0.0, MANY, NEVER)
    a = sets_of(found.inside).index((0, 1))
    out, back = best_pair(m, s, found, a, 0)
    assert sorted(found.out.order(out)) == sorted(found.back.order(back)) == [0, 1]


def test_stopped_search_is_not_complete() -> None:
    s = session([2, 3])
    m = instance(same_way(4), s)
    found = columns_below(m, s, np.full(2, 9999.0), np.zeros(1), 1.0, 0.0, MANY, Stop(0))
    assert not found.complete


@pytest.mark.parametrize("groups", [0, 2])
def test_without_groups_or_buses_there_are_no_columns(groups: int) -> None:
    s = session([2, 3][:groups])
    m = instance(same_way(4), s)
    if groups:
        m.fleet.count[:] = 0
    found = columns_below(m, s, np.zeros(groups), np.zeros(1), 1.0, 9e9, MANY, NEVER)
    assert found.complete
    assert len(found.cost) == 0
