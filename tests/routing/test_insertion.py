"""A plan put together at once keeps all limits, and its columns are those of the full list."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.random_seasons import full_seasons
from tests.routing.arrays import (
    fleet,
    instance,
    keeps_rules,
    laws,
    same_way,
    selection,
    session,
    sets_of,
    slow_laws,
    small_instances,
)
from tests.seasons import ToyRoads
from tourpool.events.season import Season
from tourpool.routing.build import build
from tourpool.routing.solver.columns import Columns, session_columns
from tourpool.routing.solver.insertion import SHORT, Insertion
from tourpool.routing.solver.instance import Instance, ints
from tourpool.routing.solver.quick import cheapest_first, each_alone
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.set_columns import columns_of
from tourpool.routing.solver.stop import NEVER, Stop

BOTH = Stage("both", per_worth=0.01, per_cost_usd=1.0)
WORTH, COST = Stage("worth", per_worth=1.0), Stage("cost", per_cost_usd=1.0)
stages = st.sampled_from([BOTH, WORTH, COST])


def few_columns(m: Instance) -> Selection:
    """Single groups, as where nothing is listed."""
    every = [session_columns(m, s) for s in m.sessions]
    singles = [c.keep(c.inside.sum(axis=1) == 1) for c in every]
    return Selection(m, [replace(c, complete=False) for c in singles])


def inserted(sel: Selection, stage: Stage, start: Picks = NO_PICKS) -> tuple[Selection, Picks]:
    """A plan put together, and made better for a moment."""
    work = Insertion(sel, stage, start)
    work.look(SHORT, NEVER)
    return work.into(sel)


def costs(c: Columns) -> dict[tuple[int, ...], tuple[int, ...]]:
    """What each set costs with each bus type."""
    return dict(zip(sets_of(c.inside), map(tuple, c.cost.tolist()), strict=True))


@laws
@given(small_instances(most_groups=4, most_sessions=2), stages)
def test_every_column_is_one_of_the_full_list_at_the_same_cost(m: Instance, stage: Stage) -> None:
    sel, _ = inserted(few_columns(m), stage)
    for s, c in zip(m.sessions, sel.columns, strict=True):
        every = costs(session_columns(m, s))
        assert costs(c).items() <= every.items()


@laws
@given(small_instances(most_groups=4, most_sessions=2), stages)
def test_the_plan_keeps_all_rules(m: Instance, stage: Stage) -> None:
    sel, picks = inserted(few_columns(m), stage)
    assert sel.fits(picks)
    assert keeps_rules(m, sel.columns, picks)


@laws
@given(small_instances(most_groups=4, most_sessions=2), st.sampled_from([BOTH, WORTH]))
def test_it_is_no_worse_than_everybody_alone(m: Instance, stage: Stage) -> None:
    few = few_columns(m)
    alone = cheapest_first(few, stage, each_alone(few))
    sel, picks = inserted(few, stage, alone)
    assert sel.objective(stage, picks).sum() <= few.objective(stage, alone).sum()


@slow_laws
@given(full_seasons())
def test_a_season_with_all_there_is_gets_a_plan_that_fits(given: tuple[Season, ToyRoads]) -> None:
    m = build(*given).instance
    sel, picks = inserted(few_columns(m), WORTH)
    assert sel.fits(picks)
    for s, c in zip(m.sessions, sel.columns, strict=True):
        assert costs(c).items() <= costs(session_columns(m, s)).items()


def test_a_large_set_costs_what_the_runs_given_cost() -> None:
    """Ten groups: not all orders are looked at. The way back meets them in the wrong order."""
    seconds = [[100 * abs(i - j) for j in range(12)] for i in range(12)]
    s = session(range(2, 12), large=[1] * 10)
    m = instance(seconds, s)
    straight, crooked = tuple(range(10)), (1, 0, *range(2, 10))
    c = columns_of(m, s, [(straight, crooked)])
    # out 10 legs back to the garage at 1; home from 0 by 3, 2 and 4 on to 11 and to the garage
    out, back = 100 * (10 + 11), 100 * (3 + 1 + 2 + 7 + 10)
    assert c.cost.tolist() == [[out + back]]
    assert c.out.order(c.out_at[0, 0]) == list(reversed(straight))
    assert c.back.order(c.back_at[0, 0]) == list(reversed(crooked))


def test_a_small_set_costs_the_least_whatever_runs_are_given() -> None:
    seconds = [[100 * abs(i - j) for j in range(6)] for i in range(6)]
    s = session([2, 3, 4, 5])
    m = instance(seconds, s)
    every = costs(session_columns(m, s))
    c = columns_of(m, s, [((2, 0, 3, 1), (3, 1, 0, 2)), ((1, 0), (1, 0))])
    assert costs(c) == {of: every[of] for of in ((0, 1, 2, 3), (0, 1))}


def test_groups_that_stand_in_line_share_a_bus() -> None:
    m = instance(same_way(5), session([2, 3, 4]), buses=fleet(count=[3], fixed=[9000]))
    sel, picks = inserted(few_columns(m), BOTH)
    assert [sets_of(sel.columns[0].inside)[a] for a in picks.set] == [(0, 1, 2)]
    # out: garage, three stops, venue, 4 legs of 600 m; as much back
    assert sel.totals(picks).cost == 9000 + 2 * 4 * 600


def test_out_and_back_are_in_the_orders_that_suit_each() -> None:
    """2 is far on the way out and 3 on the way back: no one order is short both ways."""
    seconds = np.full((4, 4), 3000)
    for a, b in ((1, 2), (2, 3), (3, 0), (0, 2), (2, 3), (3, 1)):
        seconds[a, b] = 100
    m = instance(seconds.tolist(), session([2, 3]), buses=fleet(count=[1]))
    sel, picks = inserted(few_columns(m), BOTH)
    assert sel.totals(picks).cost == 6 * 100
    assert picks.set.size == 1


def test_parts_of_a_request_ride_all_or_none() -> None:
    parts = session([2, 3], request=[0, 0], part=[0, 1], large=[40, 40])
    one = instance(same_way(4), parts, buses=fleet(count=[1]))
    two = instance(same_way(4), parts, buses=fleet(count=[2]))
    assert len(inserted(few_columns(one), WORTH)[1]) == 0
    assert len(inserted(few_columns(two), WORTH)[1]) == 2


def test_a_bus_does_not_go_for_fewer_than_it_must() -> None:
    s = session([2, 3, 4], people=[10, 10, 10])
    m = instance(same_way(5), s, buses=fleet(count=[2], min_riders=[30]))
    few = Selection(m, [replace(session_columns(m, s), complete=False)])
    sel, picks = inserted(few, WORTH)
    assert [sets_of(sel.columns[0].inside)[a] for a in picks.set] == [(0, 1, 2)]


def test_people_limits_and_those_kept_apart_are_minded() -> None:
    s = session([2, 3, 4], max_people=20, apart=[(0, 1)], worth=[3000, 2000, 1000])
    m = instance(same_way(5), s, buses=fleet(count=[1]))
    sel, picks = inserted(few_columns(m), WORTH)
    assert [sets_of(sel.columns[0].inside)[a] for a in picks.set] == [(0, 2)]


def test_a_budget_that_bears_one_school_lets_one_ride() -> None:
    s = session([2, 3], payer=[[True, True]], alone_m=[1000, 1000])
    m = replace(instance(same_way(4), s, buses=fleet(count=[2])), budgets=ints([2400]))
    sel, picks = inserted(few_columns(m), WORTH)  # one alone costs 4 * 600, both 6 * 600
    assert sel.totals(picks).cost == 2400
    assert sel.totals(picks).worth == 1000


def test_the_same_search_finds_the_same_plan() -> None:
    m = instance(same_way(9), session(range(2, 9)), buses=fleet(count=[4], seats_large=[30]))
    first, second = (inserted(few_columns(m), BOTH) for _ in range(2))
    assert first[1].rows().tolist() == second[1].rows().tolist()
    assert costs(first[0].columns[0]) == costs(second[0].columns[0])


def test_stopped_at_once_it_still_has_its_first_plan() -> None:
    m = instance(same_way(5), session([2, 3, 4]))
    few = few_columns(m)
    work = Insertion(few, WORTH, NO_PICKS)
    work.look(SHORT, Stop(0))
    sel, picks = work.into(few)
    assert sel.totals(picks).worth == 3000


def test_lists_that_are_complete_stay_as_they_are() -> None:
    m = instance(same_way(5), session([2, 3, 4]), buses=fleet(count=[3]))
    sel = selection(m)
    after, picks = inserted(sel, BOTH)
    assert after.columns == sel.columns
    assert after.fits(picks)
