"""Cuts hold for every whole plan, and the relaxation with them still bounds the best one."""

from dataclasses import replace

import numpy as np
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
from tourpool.routing.solver.compiled import fullest, some_filling
from tourpool.routing.solver.cuts import Cuts
from tourpool.routing.solver.instance import Instance, ints
from tourpool.routing.solver.people_cuts import Crowds, limits
from tourpool.routing.solver.rank_one import FAMILIES, RankOne, rank_one_cuts
from tourpool.routing.solver.rank_one import _table as rank_one_table
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import Picks, Selection, Stage
from tourpool.routing.solver.stop import NEVER

WORTH = Stage("worth", per_worth=1.0)


def sums(sel: Selection, cuts: Cuts, picks: Picks) -> np.ndarray:
    """Left-hand sides of cuts for some chosen columns."""
    return np.asarray(sel.stacked(cuts.tables, picks).sum(axis=1)).ravel()


@slow_laws
@given(small_instances(), st.integers(20, 90), st.data())
def test_no_whole_plan_breaks_a_cut_of_people_limits(
    m: Instance, room: int, data: st.DataObject
) -> None:
    m = replace(m, sessions=tuple(replace(s, max_people=room) for s in m.sessions))
    sel = selection(m)
    every = all_picks(sel.columns)
    x = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(every), max_size=len(every))))
    for apart in (True, False):
        cuts = Crowds(sel, apart=apart).cuts(every, x, NEVER)
        for plan in choices(sel):
            assert (sums(sel, cuts, plan) <= cuts.upper + 1e-7).all()


def test_two_limits_of_a_session_for_one_school_are_one_and_no_plan_breaks_its_cut() -> None:
    ten = session(
        [2, 2, 2], school=[2, 2, 2], large=[10, 10, 10], max_people=25, max_people_per_school=15
    )
    sel = selection(instance(same_way(3), ten, buses=fleet(count=[3])))
    (limit,) = limits(sel)
    assert (limit.of.tolist(), limit.room) == ([0, 1, 2], 15)
    every = all_picks(sel.columns)
    of_one = [sel.columns[0].inside[a].sum() == 1 for a in every.set]
    x = np.zeros(len(every))
    x[of_one] = [0.6, 0.5, 0.4]  # one of three can come: 1.5 of them are too many
    for apart in (True, False):
        cuts = Crowds(sel, apart=apart).cuts(every, x, NEVER)
        assert len(cuts.upper) == 1
        for plan in choices(sel):
            assert (sums(sel, cuts, plan) <= cuts.upper + 1e-7).all()


@slow_laws
@given(small_instances(), st.data())
def test_no_whole_plan_breaks_a_rank_one_cut(m: Instance, data: st.DataObject) -> None:
    sel = selection(m)
    every = all_picks(sel.columns)
    x = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(every), max_size=len(every))))
    cuts = rank_one_cuts(sel, every, x, most=20)
    for plan in choices(sel):
        assert (sums(sel, cuts, plan) <= cuts.upper).all()


def test_every_rank_one_family_is_broken_by_some_fraction_and_holds_for_whole_plans() -> None:
    """Five requests, a bus that holds any of them: all sets of two, three and four."""
    n = 5
    m = instance(same_way(n + 2), session(range(2, n + 2)), buses=fleet(count=[5]))
    sel = selection(m)
    for weights, divisor in FAMILIES:
        cut = RankOne(ints(range(len(weights))), ints(weights), divisor)
        (table,) = [rank_one_table(s.tocsc(), [cut]) for s in sel.sets]
        inside = sel.columns[0].inside[:, : len(weights)]
        assert table.toarray()[:, 0].tolist() == [
            sum(w for w, has in zip(weights, row, strict=True) if has) // divisor
            for row in inside.tolist()
        ]


def crowded() -> Selection:
    """Three requests of 60 people, each of which takes either of two sessions of 100."""
    buses = fleet(days=2, seats_large=[60], count=[3])
    two = [
        session(range(2, 5), large=[60] * 3, max_people=100, day=d, worth=[6000] * 3)
        for d in (0, 1)
    ]
    return selection(instance(same_way(5), *two, buses=buses))


def test_a_session_that_holds_one_of_three_groups_is_not_filled_by_fractions() -> None:
    sel = crowded()
    relaxation = Relaxation(sel, WORTH, all_picks(sel.columns))
    relaxation.solve(NEVER)
    assert round(relaxation.value) == -18_000  # 100 / 60 groups in each: all three come
    relaxation.tighten(Crowds(sel, apart=True).cuts(relaxation.picks, relaxation.x, NEVER))
    relaxation.solve(NEVER)
    assert round(relaxation.value) == -12_000  # one group in each
    assert best(sel).worth == 12_000


@slow_laws
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 2)), max_size=7),
    st.lists(st.integers(0, 15), min_size=1, max_size=2),
)
def test_the_fullest_filling_is_that_of_trying_all(
    asked: list[tuple[int, int, int]], rooms: list[int]
) -> None:
    """Each group of so many people and worth may come to the first session, the second, or both."""
    options = [
        (i, people, worth, s)
        for i, (people, worth, where) in enumerate(asked)
        for s in range(len(rooms))
        if where == 2 or where == s
    ]
    item, people, worth, where = (ints([o[c] for o in options]) for c in range(4))
    least = 0
    for mask in range(1 << len(options)):
        chosen = [o for b, o in enumerate(options) if mask >> b & 1]
        once = len({o[0] for o in chosen}) == len(chosen)
        if once and all(
            sum(o[1] for o in chosen if o[3] == s) <= room for s, room in enumerate(rooms)
        ):
            least = max(least, sum(o[2] for o in chosen))
    if not options:
        return
    _, item = np.unique(item, return_inverse=True)
    order = np.argsort(item, kind="stable")
    crowd = (people, where, item.astype(np.int64), order, ints(rooms))
    found, taken = fullest(worth.astype(float), *crowd)
    assert (found, worth[taken].sum()) == (least, least)
    assert some_filling(worth.astype(float), *crowd)[0] <= least


def test_only_people_limits_that_can_bind_are_looked_at() -> None:
    roomy = session(range(2, 5), max_people=30)  # three groups of ten
    tight = session(range(2, 5), max_people=29)
    assert limits(selection(instance(same_way(5), roomy))) == []
    (limit,) = limits(selection(instance(same_way(5), tight)))
    assert (limit.room, limit.people.tolist()) == (29, [10, 10, 10])
