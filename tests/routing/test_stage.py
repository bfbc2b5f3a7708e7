"""Cuts, dives, parts and neighbourhoods: what a stage does beside the plain proof loses no plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.routing.arrays import (
    all_picks,
    best,
    choices,
    fleet,
    instance,
    keeps_rules,
    same_way,
    selection,
    session,
    slow_laws,
    small_instances,
)
from tourpool.routing.solver import stage as stages
from tourpool.routing.solver.cuts import triple_cuts, violated
from tourpool.routing.solver.instance import Instance, ints
from tourpool.routing.solver.neighbourhood import Neighbourhoods
from tourpool.routing.solver.part import part_of
from tourpool.routing.solver.quick import cheapest_first, dived, rounded
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.solve import solve_lexicographic, solve_penalised
from tourpool.routing.solver.stage import Effort
from tourpool.routing.solver.stop import Stop

WORTH = Stage("worth", per_worth=1.0)
some = st.one_of(small_instances(most_groups=4), small_instances(most_groups=3, most_sessions=2))


def relaxed(sel: Selection, stage: Stage = WORTH) -> Relaxation:
    relaxation = Relaxation(sel, stage, NO_PICKS)
    relaxation.solve(Stop())
    return relaxation


def three_for_two() -> Selection:
    """Three groups, two of which fill a bus: half a bus for each pair would be cheapest."""
    s = session([2, 3, 4])
    return selection(
        instance(same_way(5), s, buses=fleet(seats_large=[20], count=[2], fixed=[9000]))
    )


LEAST = Stage("cost", per_cost_usd=1.0, least_worth=3000)


@slow_laws
@given(some)
def test_a_subset_row_cut_forbids_no_choice(m: Instance) -> None:
    sel = selection(m)
    triples = list(combinations(range(m.n_requests), 3))
    assume(triples)
    held = [c.toarray() for c in triple_cuts(sel, triples).tables]
    for picks in choices(sel):
        total = sum((held[s][a] for s, a, _ in picks.rows().tolist()), np.zeros(len(triples)))
        assert (total <= 1).all()


def test_a_fractional_solution_that_takes_half_of_three_pairs_is_cut_off() -> None:
    sel = three_for_two()
    relaxation = Relaxation(sel, LEAST, all_picks(sel.columns))
    relaxation.solve(Stop())
    pairs = 3 / 2 * (9000 + 6 * 600) * 1e-4
    assert relaxation.value == pytest.approx(pairs)
    triples = violated(sel, relaxation.picks, relaxation.x, most=9)
    assert triples == [(0, 1, 2)]
    relaxation.tighten(triple_cuts(sel, triples))
    relaxation.solve(Stop())
    whole = (9000 + 6 * 600 + 9000 + 4 * 600) * 1e-4  # a pair and a single
    assert relaxation.value == pytest.approx(whole)


@slow_laws
@given(some)
def test_a_relaxation_that_is_tightened_rises_and_still_bounds(m: Instance) -> None:
    sel = selection(m)
    stage = Stage("penalised", per_worth=0.01, per_cost_usd=1.0)
    relaxation = relaxed(sel, stage)
    before = relaxation.value
    triples = list(combinations(range(m.n_requests), 3))
    assume(triples)
    relaxation.tighten(triple_cuts(sel, triples))
    relaxation.solve(Stop())
    assert relaxation.complete
    least = min(float(sel.objective(stage, p).sum()) for p in choices(sel))
    assert before - 1e-6 <= relaxation.value <= least + 1e-6


@slow_laws
@given(some)
def test_plans_made_at_once_keep_the_rules(m: Instance) -> None:
    sel = selection(m)
    relaxation = relaxed(sel)
    dive = dived(relaxation, Stop())
    for picks in (
        cheapest_first(sel, WORTH, all_picks(sel.columns)),
        rounded(relaxation),
        NO_PICKS if dive is None else dive,
    ):
        assert keeps_rules(m, sel.columns, picks)


@slow_laws
@given(some)
def test_a_dive_leaves_the_relaxation_as_it_was(m: Instance) -> None:
    relaxation = relaxed(selection(m))
    before = relaxation.value
    dived(relaxation, Stop())
    relaxation.solve(Stop())
    assert relaxation.value == pytest.approx(before, abs=1e-6)


@slow_laws
@given(some, st.data())
def test_a_part_with_what_is_fixed_is_a_choice_of_the_whole(
    m: Instance, data: st.DataObject
) -> None:
    sel = selection(m)
    every = list(choices(sel))
    chosen = every[data.draw(st.integers(0, len(every) - 1))]
    fix = data.draw(st.lists(st.booleans(), min_size=len(chosen), max_size=len(chosen)))
    keep = [np.ones(len(c.inside), np.bool_) for c in sel.columns]
    part = part_of(sel, WORTH, keep, chosen.where(np.array(fix, dtype=np.bool_)))
    again = part.whole(part.inside(chosen))
    assert sorted(again.rows().tolist()) == sorted(chosen.rows().tolist())


def test_a_part_with_half_a_request_fixed_brings_its_other_half() -> None:
    parts_and_one = session(
        [2, 2, 3], request=[0, 0, 1], part=[0, 1, 0], large=[10, 10, 10], worth=[100, 100, 900]
    )
    sel = selection(instance(same_way(4), parts_and_one, buses=fleet(count=[2], seats_large=[10])))
    single = [int(np.flatnonzero(sel.columns[0].inside[:, i])[0]) for i in range(2)]
    both = Picks(np.zeros(2, np.int64), np.array(single), np.zeros(2, np.int64))
    keep = [np.ones(len(c.inside), np.bool_) for c in sel.columns]
    part = part_of(sel, WORTH, keep, both.first(1))
    found = stages.solve_part(part, both, Stop())  # the other group is worth more, and has no bus
    assert sel.fits(found)
    assert sorted(found.rows().tolist()) == sorted(both.rows().tolist())


def test_a_plan_that_an_engine_lets_exceed_a_budget_is_not_taken() -> None:
    """SCIP's tolerance is a share of the limit: at 180,000 US$ it is more than 1e-4 US$."""
    dear = fleet(count=[3], fixed=[600_000_000])
    ask = session([2, 3, 4], large=[50] * 3, payer=[[True] * 3])
    whole = instance(same_way(5, 2000), ask, buses=dear)
    price = int(selection(whole).columns[0].cost[0, 0])
    sel = selection(replace(whole, budgets=ints([3 * price - 1])))
    solution = solve_lexicographic(sel, 0.0, Stop())
    assert int(sel.shares(solution.picks).sum()) <= 3 * price - 1
    assert len(solution.picks) == 2


@slow_laws
@given(some, st.integers(1, 4))
def test_a_neighbourhood_still_holds_the_plan_it_belongs_to(m: Instance, times: int) -> None:
    sel = selection(m)
    plan = cheapest_first(sel, WORTH, all_picks(sel.columns))
    assume(len(plan))
    neighbourhoods = Neighbourhoods(sel)
    for _ in range(times):
        part = neighbourhoods.part(sel, WORTH, plan)
        again = part.whole(part.inside(plan))
        assert sorted(again.rows().tolist()) == sorted(plan.rows().tolist())


@contextmanager
def effort(proof: Effort) -> Iterator[None]:
    """So much for each try of the proof but the last one, which has no limit."""
    with patch.object(stages, "PROOFS", (proof, proof, stages.PROOFS[-1])):
        yield


@slow_laws
@given(some, st.sampled_from((Effort(columns=0, nodes=1), Effort(columns=400_000, nodes=1))))
def test_where_the_first_proof_fails_the_choice_is_as_good(m: Instance, proof: Effort) -> None:
    sel = selection(m)
    with effort(proof):
        solution = solve_lexicographic(sel, 0.0, Stop())
    top = best(sel)
    assert solution.optimal
    assert (solution.totals.worth, solution.totals.cost) == (top.worth, top.cost)


def a_dozen(n: int = 12) -> Selection:
    """Groups on a line, 30 seats for 10 each: many near-equal ways to share three buses a day."""
    roads = [[97 * abs(i - j) + 13 * ((i * j) % 7) for j in range(n + 2)] for i in range(n + 2)]
    s = session(range(2, n + 2), large=[8 + k % 5 for k in range(n)], worth=[100] * n)
    buses = fleet(seats_large=[30], count=[4], fixed=[700])
    return selection(instance(roads, s, buses=buses))


def test_neighbourhoods_end_where_the_plain_proof_ends() -> None:
    sel = a_dozen()
    _, plain = solve_penalised(sel, 10.0, Stop())
    with effort(Effort(columns=0, nodes=1)):
        _, other = solve_penalised(sel, 10.0, Stop())
    assert plain.optimal
    assert other.optimal
    assert other.value == pytest.approx(plain.value, abs=1e-9)
    assert keeps_rules(sel.m, sel.columns, other.picks)


def test_an_incumbent_that_is_best_already_stays() -> None:
    sel = three_for_two()
    found = solve_lexicographic(sel, 0.0, Stop()).picks
    again = stages.solve_stage(sel, LEAST, found, Stop())
    assert again.picks.rows().tolist() == found.rows().tolist()
    assert again.optimal


def test_a_plan_that_the_stage_forbids_is_not_taken() -> None:
    sel = three_for_two()
    cheap = Stage("liked", per_cost_usd=1.0, least_worth=0, most_cost=0)
    result = stages.solve_stage(sel, cheap, Picks(*np.zeros((3, 0), np.int64)), Stop())
    assert len(result.picks) == 0
