"""Rows and columns of the choice say what the data say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import (
    all_picks,
    fleet,
    instance,
    keeps_rules,
    laws,
    same_way,
    selection,
    session,
    sets_of,
    small_instances,
)
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage, Totals


def rows_hold(sel: Selection, picks: Picks) -> bool:
    """Whether all rows hold, with the switches as these columns set them."""
    total = np.asarray(sel.matrix(picks).sum(axis=1)).ravel()
    total = total + sel.switches() @ sel.switched(picks).astype(float)
    return bool(((np.array(sel.lower) <= total) & (total <= np.array(sel.upper))).all())


@laws
@given(small_instances(most_groups=3, most_sessions=2), st.data())
def test_rows_hold_for_just_the_choices_that_keep_the_rules(
    m: Instance, data: st.DataObject
) -> None:
    sel = selection(m)
    every = all_picks(sel.columns)
    chosen = data.draw(st.sets(st.integers(0, max(0, len(every) - 1)), max_size=3))
    picks = every.where(np.isin(np.arange(len(every)), sorted(chosen)))
    assert rows_hold(sel, picks) == keeps_rules(m, sel.columns, picks)


@laws
@given(small_instances(most_groups=3, most_sessions=2))
def test_totals_are_sums_over_the_groups_that_ride(m: Instance) -> None:
    sel = selection(m)
    picks = all_picks(sel.columns)
    worth = dislike = cost = 0
    for s, a, k in picks.rows().tolist():
        for i in np.flatnonzero(sel.columns[s].inside[a]):
            worth += int(m.sessions[s].worth[i])
            dislike += int(m.sessions[s].dislike[i])
        cost += int(sel.columns[s].cost[a, k])
    assert sel.totals(picks) == Totals(worth, cost, dislike)


@laws
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3)), st.lists(st.tuples(*[st.integers(0, 3)] * 3)))
def test_a_union_of_columns_holds_each_once_in_a_fixed_order(
    a: list[tuple[int, int, int]], b: list[tuple[int, int, int]]
) -> None:
    p, q = (Picks(*np.array(v, dtype=np.int64).reshape(-1, 3).T) for v in (a, b))
    assert [tuple(row) for row in p.union(q).rows().tolist()] == sorted({*a, *b})


def pick(sel: Selection, *columns: tuple[int, tuple[int, ...], int]) -> Picks:
    """Columns by session, set of groups, and bus type."""
    rows = [(s, sets_of(sel.columns[s].inside).index(of), k) for s, of, k in columns]
    return Picks(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def test_a_request_is_not_served_twice_in_two_sessions() -> None:
    sel = selection(instance(same_way(3), session([2]), session([2]), buses=fleet(count=[9])))
    assert rows_hold(sel, pick(sel, (0, (0,), 0)))
    assert not rows_hold(sel, pick(sel, (0, (0,), 0), (1, (0,), 0)))


def test_no_more_buses_of_a_type_run_on_a_day_than_there_are() -> None:
    sel = selection(instance(same_way(4), session([2, 3]), buses=fleet(count=[1])))
    assert rows_hold(sel, pick(sel, (0, (0, 1), 0)))
    assert not rows_hold(sel, pick(sel, (0, (0,), 0), (0, (1,), 0)))


def test_a_bus_may_run_again_on_another_day() -> None:
    monday, tuesday = session([2]), session([3], request=[1], day=1)
    sel = selection(instance(same_way(4), monday, tuesday, buses=fleet(count=[1], days=2)))
    assert rows_hold(sel, pick(sel, (0, (0,), 0), (1, (0,), 0)))


def test_the_sessions_of_one_day_share_its_buses() -> None:
    sel = selection(instance(same_way(4), session([2]), session([3], request=[1])))
    assert not rows_hold(sel, pick(sel, (0, (0,), 0), (1, (0,), 0)))


def test_people_of_a_session_stay_within_its_limit() -> None:
    for most, holds in ((20, True), (19, False)):  # two groups of ten
        s = session([2, 3], max_people=most)
        sel = selection(instance(same_way(4), s, buses=fleet(count=[2])))
        assert rows_hold(sel, pick(sel, (0, (0,), 0), (0, (1,), 0))) is holds


def test_people_of_one_school_stay_within_its_limit_and_others_do_not_count() -> None:
    for most, holds in ((20, True), (19, False)):
        s = session([2, 2, 3], school=[7, 7, 8], max_people_per_school=most)
        sel = selection(instance(same_way(4), s))
        assert rows_hold(sel, pick(sel, (0, (0, 1, 2), 0))) is holds


def cut() -> Selection:
    """Request 0 in two parts in session 0, whole in session 1; plenty of buses."""
    parts = session([2, 2], request=[0, 0], part=[0, 1], large=[5, 5])
    return selection(instance(same_way(3), parts, session([2]), buses=fleet(count=[9])))


def test_parts_of_a_request_are_served_all_or_none() -> None:
    sel = cut()
    assert not rows_hold(sel, pick(sel, (0, (0,), 0)))
    assert rows_hold(sel, pick(sel, (0, (0,), 0), (0, (1,), 0)))
    assert rows_hold(sel, pick(sel, (0, (0, 1), 0)))


def test_parts_of_a_request_are_not_served_beside_the_whole_in_another_session() -> None:
    sel = cut()
    assert not rows_hold(sel, pick(sel, (0, (0, 1), 0), (1, (0,), 0)))


def test_the_switch_of_a_cut_request_says_whether_its_parts_ride() -> None:
    sel = cut()
    assert sel.switched(pick(sel, (0, (0, 1), 0))).tolist() == [True]
    assert sel.switched(pick(sel, (1, (0,), 0))).tolist() == [False]


def test_an_objective_weighs_worth_against_cost_and_dislike() -> None:
    s = session([2], worth=[500], dislike=[30])
    sel = selection(instance(same_way(3), s))  # 4 x 600 m
    stage = Stage("all", per_worth=2.0, per_cost_usd=10.0, per_dislike=3.0)
    value = sel.objective(stage, pick(sel, (0, (0,), 0)))
    np.testing.assert_allclose(value, [10 * 0.2400 + 3 * 30 - 2 * 500])


def test_columns_keep_the_order_in_which_they_are_asked_for() -> None:
    sel = selection(instance(same_way(4), session([2]), session([3], request=[1], large=[7])))
    back_and_forth = pick(sel, (1, (0,), 0), (0, (0,), 0))
    assert sel.gather("people", back_and_forth).tolist() == [7, 10]
    assert sel.matrix(back_and_forth).toarray()[:2].tolist() == [[0, 1], [1, 0]]


def test_no_columns_add_up_to_nothing() -> None:
    sel = selection(instance(same_way(3), session([2])))
    assert sel.totals(NO_PICKS) == Totals(0, 0, 0)
    assert rows_hold(sel, NO_PICKS)
