"""Most students' worth, then least cost, then liked sessions within the slack; all of it proven."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import (
    DAY_S,
    best,
    choices,
    fleet,
    instance,
    keeps_rules,
    same_way,
    selection,
    session,
    sets_of,
    slow_laws,
    small_instances,
)
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.solve import Solution, solve_lexicographic, solve_penalised
from tourpool.routing.solver.stage import solve_stage
from tourpool.routing.solver.stop import Stop

few = st.one_of(small_instances(most_groups=4), small_instances(most_groups=3, most_sessions=2))


def solved(m: Instance, slack_pct: float = 0.0) -> tuple[Selection, Solution]:
    sel = selection(m)
    return sel, solve_lexicographic(sel, slack_pct, Stop())


def over() -> Stop:
    """Asked to stop before it began."""
    stop = Stop()
    stop.ask()
    return stop


@slow_laws
@given(few)
def test_no_choice_serves_more_or_costs_less(m: Instance) -> None:
    sel, solution = solved(m)
    top = best(sel)
    assert keeps_rules(m, sel.columns, solution.picks)
    assert solution.optimal
    assert (solution.totals.worth, solution.totals.cost) == (top.worth, top.cost)
    assert (solution.worth_bound, solution.cost_bound) == (top.worth, top.cost)


@slow_laws
@given(few, st.sampled_from((0.0, 1.0, 10.0, 100.0)))
def test_the_best_liked_choice_within_the_slack_is_found(m: Instance, slack_pct: float) -> None:
    sel, solution = solved(m, slack_pct)
    top = best(sel)
    most = top.cost + int(top.cost * slack_pct / 100)
    totals = [sel.totals(p) for p in choices(sel)]
    liked = min((t.dislike, t.cost) for t in totals if t.worth == top.worth and t.cost <= most)
    assert (solution.totals.dislike, solution.totals.cost) == liked
    assert solution.totals.worth == top.worth
    assert solution.least_cost == top.cost


@slow_laws
@given(few, st.sampled_from((0.001, 0.5, 100.0)))
def test_one_penalised_objective_is_solved_to_the_least(m: Instance, usd: float) -> None:
    sel = selection(m)
    _, result = solve_penalised(sel, usd, Stop())
    totals = [sel.totals(p) for p in choices(sel)]
    assert result.optimal
    least = min(t.cost * 1e-4 - usd * t.worth for t in totals)
    assert result.value == pytest.approx(least, rel=1e-9, abs=1e-9)
    assert result.bound == pytest.approx(least, rel=1e-9, abs=1e-9)


@slow_laws
@given(few)
def test_a_plan_made_in_no_time_keeps_the_rules_and_its_bounds_are_true(m: Instance) -> None:
    sel = selection(m)
    solution = solve_lexicographic(sel, 1.0, over())
    assert keeps_rules(m, sel.columns, solution.picks)
    top = best(sel)
    assert solution.totals.worth <= top.worth <= solution.worth_bound
    as_good = [t for t in map(sel.totals, choices(sel)) if t.worth >= solution.totals.worth]
    assert solution.cost_bound <= min(t.cost for t in as_good) <= solution.totals.cost


@slow_laws
@given(few)
def test_the_same_choice_is_made_twice(m: Instance) -> None:
    first, second = (solved(m, 5.0)[1].picks.rows().tolist() for _ in range(2))
    assert first == second


@slow_laws
@given(small_instances(most_groups=4))
def test_one_bus_more_never_lowers_worth_nor_raises_the_cost_of_as_much(m: Instance) -> None:
    more = instance(
        m.seconds.tolist(),
        *m.sessions,
        metres=m.metres.tolist(),
        buses=_one_more(m),
        stop_s=m.stop_s,
        money_q=m.money_q,
    )
    before, after = solved(m)[1].totals, solved(more)[1].totals
    assert after.worth >= before.worth
    assert after.worth > before.worth or after.cost <= before.cost


def _one_more(m: Instance) -> Any:
    columns = {name: value.tolist() for name, value in vars(m.fleet).items()}
    for name in ("count", "free_from_s", "free_to_s"):
        columns[name] = m.fleet.__dict__[name][:, 0].tolist()
    columns["count"][0] += 1
    return fleet(days=m.fleet.count.shape[1], **columns)


def sets(sel: Selection, picks: Picks) -> set[tuple[int, tuple[int, ...]]]:
    """Chosen sets of groups, by session."""
    return {(s, sets_of(sel.columns[s].inside)[a]) for s, a, _ in picks.rows().tolist()}


def test_more_worth_is_chosen_whatever_it_costs() -> None:
    #          venue garage near far: the far group costs ten times as much and is worth 1 more
    roads = [[0, 0, 60, 900], [0, 0, 0, 0], [60, 0, 0, 9999], [900, 0, 9999, 0]]
    s = session([2, 3], worth=[100, 101], apart=[(0, 1)])
    sel, solution = solved(instance(roads, s))
    assert sets(sel, solution.picks) == {(0, (1,))}


def test_at_equal_worth_the_cheaper_way_is_chosen() -> None:
    s = session([2, 3])
    sel, solution = solved(instance(same_way(4), s, buses=fleet(count=[2])))
    assert sets(sel, solution.picks) == {(0, (0, 1))}
    assert solution.totals.cost == 6 * 600  # apart it would be 2 x 4 x 600


def two_dates(*, dearer_m: int) -> Instance:
    """One group, liked best on the second date, when the bus drives so many metres more."""
    first, second = session([2], dislike=[20]), session([2], dislike=[10], day=1, first=3, last=3)
    metres = same_way(4)
    metres[2][3] += dearer_m
    return instance(same_way(4), first, second, metres=metres, buses=fleet(days=2))


def test_a_liked_session_is_chosen_within_the_slack() -> None:
    sel, solution = solved(two_dates(dearer_m=24), slack_pct=1)  # 24 is 1 % of 4 x 600
    assert sets(sel, solution.picks) == {(1, (0,))}
    assert (solution.least_cost, solution.totals.cost) == (2400, 2424)
    assert solution.cost_bound == 2400


def test_a_liked_session_beyond_the_slack_is_not_chosen() -> None:
    sel, solution = solved(two_dates(dearer_m=25), slack_pct=1)
    assert sets(sel, solution.picks) == {(0, (0,))}


def test_a_liked_session_that_costs_no_more_needs_no_slack() -> None:
    sel, solution = solved(two_dates(dearer_m=0), slack_pct=0)
    assert sets(sel, solution.picks) == {(1, (0,))}


def test_nobody_is_left_behind_for_a_liked_session() -> None:
    # both groups would rather ride alone on another day, and only one bus of one seat runs then
    today, other = session([2, 3], dislike=[20, 20]), session([2, 3], dislike=[10, 10], day=1)
    buses = fleet(days=2, seats_large=[10])
    _, solution = solved(instance(same_way(4), today, other, buses=buses), slack_pct=100)
    assert solution.totals.worth == 2000
    assert solution.totals.dislike == 30


def test_groups_that_can_only_ride_together_are_found() -> None:
    # the garage has a way to b only, the venue one from a only: alone neither can be driven
    far = DAY_S
    #        venue garage a    b
    roads = [[0, far, 600, far], [far, 0, far, 600], [600, 60, 0, 600], [far, 60, 600, 0]]
    s = session([2, 3])
    sel, solution = solved(instance(roads, s))
    assert sets(sel, solution.picks) == {(0, (0, 1))}


def test_parts_of_a_request_that_do_not_all_fit_stay_at_home() -> None:
    parts: dict[str, Any] = {"request": [0, 0], "part": [0, 1], "large": [30, 30]}
    one, two = (
        solved(instance(same_way(3), session([2, 2], **parts), buses=fleet(count=[n])))[1].totals
        for n in (1, 2)
    )
    assert (one.worth, two.worth) == (0, 2000)


def test_a_stage_starts_from_the_plan_it_is_given() -> None:
    sel = selection(instance(same_way(4), session([2, 3], worth=[100, 101], apart=[(0, 1)])))
    known = solve_stage(sel, Stage("worth", per_worth=1.0), NO_PICKS, Stop()).picks
    stage = Stage("cost", per_cost_usd=1.0, least_worth=101)
    result = solve_stage(sel, stage, known, over())
    assert result.picks.rows().tolist() == known.rows().tolist()
    assert result.value == pytest.approx(0.24)  # 4 x 600 x 1e-4 US$


@slow_laws
@given(small_instances())
def test_where_worth_has_no_time_at_first_it_comes_back_to_it(m: Instance) -> None:
    sel = selection(m)
    usual, late = (
        solve_lexicographic(sel, 0.0, Stop(600), worth_share=share) for share in (0.4, 0.0)
    )
    assert late.optimal
    assert (late.totals.worth, late.totals.cost) == (usual.totals.worth, usual.totals.cost)


def test_progress_is_told_of_each_stage_and_bounds_never_pass_values() -> None:
    told: list[tuple[str, float, float]] = []

    def tell(name: str, value: float, bound: float) -> None:
        told.append((name, value, bound))

    sel = selection(two_dates(dearer_m=24))
    solve_lexicographic(sel, 1.0, Stop(), tell)
    assert {name for name, _, _ in told} == {"worth", "cost", "liked sessions"}
    assert all(bound <= value + 1e-9 for _, value, bound in told)


def test_nothing_to_choose_from_is_a_proven_empty_plan() -> None:
    for m in (
        instance(same_way(2), session([])),
        instance(same_way(3), session([2], out_limit_s=[1])),
        instance(same_way(2)),
    ):
        solution = solved(m, 1.0)[1]
        assert (len(solution.picks), solution.optimal) == (0, True)
        assert (solution.worth_bound, solution.cost_bound) == (0, 0)
