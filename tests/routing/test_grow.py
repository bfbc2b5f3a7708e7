"""The relaxation by pricing columns in is that over all columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import instance, same_way, selection, session, sets_of, slow_laws
from tests.routing.arrays import small_instances as instances
from tourpool.routing.solver.columns import best_pair, session_columns
from tourpool.routing.solver.cuts import triple_cuts
from tourpool.routing.solver.grow import Grown, grown, improving, merged, some_columns, unknown
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import NO_PICKS, Stage
from tourpool.routing.solver.stop import NEVER, Stop

MANY = 100_000
BOTH = Stage("both", per_worth=0.01, per_cost_usd=1.0)


def priced_in(m: Instance, stage: Stage, triples: tuple[tuple[int, int, int], ...] = ()) -> Grown:
    """The relaxation of a stage, begun with a few columns."""
    first = [some_columns(m, s) for s in m.sessions]
    return grown(m, first, stage, MANY, NEVER, triples=triples)


@slow_laws
@given(instances(most_groups=4, most_sessions=2), st.booleans())
def test_pricing_in_reaches_the_value_over_all_columns(m: Instance, tight: bool) -> None:
    sel = selection(m)
    every = Relaxation(sel, BOTH, NO_PICKS)
    triples = ((0, 1, 2),) if tight and m.n_requests >= 3 else ()
    if triples:
        every.tighten(triple_cuts(sel, list(triples)))
    every.solve(NEVER)
    g = priced_in(m, BOTH, triples)
    assert g.complete
    assert g.value == pytest.approx(every.value, abs=1e-4)
    assert g.bound == pytest.approx(every.value, abs=1e-4)


@slow_laws
@given(instances(most_groups=4, most_sessions=2), st.integers(0, 5000))
def test_all_columns_under_the_gap_are_listed(m: Instance, cents: int) -> None:
    g = priced_in(m, BOTH)
    gap = cents / 100
    for s, p, c in zip(m.sessions, g.prices, improving(m, g, gap, MANY, NEVER), strict=True):
        every = session_columns(m, s)
        under = every.keep(p.reduced(every).min(axis=1, initial=np.inf) < gap)
        assert sets_of(c.inside) == sets_of(under.inside)


def test_merged_columns_keep_their_places_and_know_their_runs() -> None:
    s = session([2, 3, 4])
    m = instance(same_way(5), s)
    every = session_columns(m, s)
    pairs = every.inside.sum(axis=1) == 2
    some, rest = every.keep(pairs), every.keep(~pairs)
    both = merged(some, unknown(some, every))
    assert sets_of(both.inside) == [*sets_of(some.inside), *sets_of(rest.inside)]
    for a, of in enumerate(sets_of(both.inside)):
        out, back = best_pair(m, s, both, a, 0)
        assert sorted(both.out.order(out)) == sorted(both.back.order(back)) == list(of)


def test_what_is_known_at_these_costs_is_not_new() -> None:
    s = session([2, 3])
    every = session_columns(instance(same_way(4), s), s)
    assert len(unknown(every, every).cost) == 0
    dearer = every.keep(np.ones(len(every.cost), np.bool_))
    dearer.cost[0] += 1
    assert sets_of(unknown(dearer, every).inside) == sets_of(every.inside[:1])


def test_stopped_pricing_claims_no_bound() -> None:
    s = session([2, 3])
    m = instance(same_way(4), s)
    g = grown(m, [session_columns(m, s)], BOTH, MANY, Stop(0))
    assert not g.complete
    assert g.bound == -np.inf
