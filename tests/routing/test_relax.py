"""The relaxation bounds every choice, and says which columns a better one may still hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import (
    all_picks,
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
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.relax import Relaxation, stage_matrix, stage_rows
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.stop import Stop

stages = st.sampled_from(
    (
        Stage("worth", per_worth=1.0),
        Stage("penalised", per_worth=0.01, per_cost_usd=1.0),
        Stage("liked", per_cost_usd=1.0, per_dislike=0.5, per_worth=0.002),
    )
)


def relaxed(sel: Selection, stage: Stage, start: Picks = NO_PICKS) -> Relaxation:
    relaxation = Relaxation(sel, stage, start)
    relaxation.solve(Stop())
    return relaxation


def value(sel: Selection, stage: Stage, picks: Picks) -> float:
    return float(sel.objective(stage, picks).sum())


@slow_laws
@given(small_instances(most_groups=3, most_sessions=2), stages)
def test_no_choice_passes_the_relaxation(m: Instance, stage: Stage) -> None:
    sel = selection(m)
    relaxation = relaxed(sel, stage)
    assert relaxation.complete
    optimum = min(value(sel, stage, p) for p in choices(sel))
    assert relaxation.value <= optimum + 1e-6 * max(1, abs(optimum))


@slow_laws
@given(small_instances(most_groups=3, most_sessions=2))
def test_least_cost_at_the_worth_that_is_asked_for_is_bounded_too(m: Instance) -> None:
    sel = selection(m)
    top = best(sel)
    stage = Stage("cost", per_cost_usd=1.0, least_worth=top.worth)
    feasible = [p for p in choices(sel) if sel.totals(p).worth == top.worth]
    relaxation = relaxed(sel, stage, feasible[0])
    assert relaxation.complete
    assert relaxation.value <= top.cost * 1e-4 + 1e-6


@slow_laws
@given(small_instances(most_groups=3, most_sessions=2), stages)
def test_columns_below_the_gap_hold_every_choice_within_it(m: Instance, stage: Stage) -> None:
    sel = selection(m)
    relaxation = relaxed(sel, stage)
    found = [(value(sel, stage, p), p) for p in choices(sel)]
    optimum = min(v for v, _ in found)
    left = {tuple(row) for row in relaxation.below(optimum - relaxation.value + 1e-6).rows()}
    for v, p in found:
        if v <= optimum + 1e-9:
            assert {tuple(row) for row in p.rows()} <= left


@slow_laws
@given(small_instances(most_groups=3, most_sessions=2), stages)
def test_pricing_finds_what_solving_with_every_column_at_hand_finds(
    m: Instance, stage: Stage
) -> None:
    sel = selection(m)
    priced, whole = relaxed(sel, stage), relaxed(sel, stage, all_picks(sel.columns))
    assert priced.value == pytest.approx(whole.value, rel=1e-6, abs=1e-6)


def three_pairs() -> Selection:
    """Three groups of which two fill the one bus: half of each pair would be worth most."""
    s = session([2, 3, 4], worth=[100] * 3)
    return selection(instance(same_way(5), s, buses=fleet(seats_large=[20])))


def test_one_bus_for_two_of_three_groups_is_worth_two() -> None:
    relaxation = relaxed(three_pairs(), Stage("worth", per_worth=1.0))
    assert relaxation.value == pytest.approx(-200)


def test_a_price_for_dislike_is_part_of_the_value() -> None:
    s = session([2], worth=[100], dislike=[40])
    stage = Stage("liked", per_worth=1.0, per_dislike=2.0)  # 80 for a worth of 100
    assert relaxed(selection(instance(same_way(3), s)), stage).value == pytest.approx(-20)


def test_a_relaxation_that_was_stopped_claims_no_bound() -> None:
    stop = Stop()
    stop.ask()
    relaxation = Relaxation(three_pairs(), Stage("worth", per_worth=1.0), NO_PICKS)
    relaxation.solve(stop)
    assert not relaxation.complete
    assert relaxation.value == -np.inf


def test_a_column_is_written_out_once() -> None:
    sel = three_pairs()
    every = all_picks(sel.columns)
    relaxation = relaxed(sel, Stage("worth", per_worth=1.0), every)
    assert len(relaxation.picks) == len(every) == 6  # three groups, three pairs


def test_what_earlier_stages_fixed_are_the_last_rows() -> None:
    sel = three_pairs()
    stage = Stage("liked", least_worth=200, most_cost=30_000)
    lower, upper = stage_rows(sel, stage)
    assert (lower[-2], upper[-2]) == (200, np.inf)
    assert lower[-1] == -np.inf
    assert upper[-1] == pytest.approx(3)
    picks = all_picks(sel.columns)
    rows = stage_matrix(sel, stage, picks).toarray()
    np.testing.assert_allclose(rows[-2], sel.gather("worth", picks))
    np.testing.assert_allclose(rows[-1], 1e-4 * sel.gather("cost", picks))
