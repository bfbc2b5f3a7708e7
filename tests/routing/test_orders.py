"""The runs of chosen columns, and the shortest rides that the money at hand can buy."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations, product
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.routing.arrays import (
    ARRIVE_S,
    DEPART_S,
    HOUR,
    fleet,
    instance,
    laws,
    same_way,
    selection,
    session,
    small_instances,
)
from tests.routing.test_labels import walk
from tourpool.routing.solver import fronts, ways
from tourpool.routing.solver.chains import chains
from tourpool.routing.solver.columns import listed, session_columns
from tourpool.routing.solver.instance import Instance, ints
from tourpool.routing.solver.orders import BlockRuns, PairRuns, cheapest_runs
from tourpool.routing.solver.rides import shortest_rides
from tourpool.routing.solver.select import Picks, Selection
from tourpool.routing.solver.stop import NEVER, Stop


def student_s(m: Instance, pair: PairRuns) -> int:
    """Each group's ride by itself: walk no further than to it."""
    s, total = m.sessions[pair.session], 0
    for outwards, outbound in ((pair.outbound[::-1], True), (pair.back, False)):
        for n, i in enumerate(outwards):
            ride = walk(m, s, outwards[: n + 1], outbound=outbound)
            assert ride is not None
            total += int(s.counted[i]) * ride[2]
    return total


def cost(m: Instance, k: int, pairs: Sequence[PairRuns], *, by_garage: bool) -> int | None:
    """A block on the clock, in fractions; None where something forbids it."""
    f, data = m.fleet, [m.sessions[p.session] for p in pairs]
    garage, day = int(f.garage[k]), data[0].day
    place, clock, start, off_s, wait_s, drive_s, metres = garage, None, 0, 0, 0, 0, 0
    for n, (pair, s) in enumerate(zip(pairs, data, strict=True)):
        out = walk(m, s, pair.outbound[::-1], outbound=True)
        back = walk(m, s, pair.back, outbound=False)
        if out is None or back is None:
            return None
        begin = s.arrive_s - out[2]
        stops = [place, garage, out[0]] if n and by_garage else [place, out[0]]
        empty_s = sum(int(m.seconds[leg]) for leg in pairwise(stops))
        metres += sum(int(m.metres[leg]) for leg in pairwise(stops))
        if clock is None:
            start = begin - empty_s
        else:
            stay_s = begin - clock - empty_s
            if stay_s < 0:
                return None
            if by_garage and stay_s >= m.garage_break_s:
                off_s += stay_s
            else:
                wait_s += stay_s
        boarding_s = 2 * int(s.board_s[list(pair.back)].sum())
        drive_s += empty_s + out[2] + back[2] + s.between_s
        drive_s -= boarding_s + m.stop_s * (out[1] + back[1])
        metres += out[3] + back[3] + s.between_m
        wait_s += s.wait_s
        place, clock = back[0], s.depart_s + back[2]
    home_s = int(m.seconds[place, garage])
    drive_s, metres, end = drive_s + home_s, metres + int(m.metres[place, garage]), clock + home_s
    duty_s = end - start - off_s
    if start < f.free_from_s[k, day] or end > f.free_to_s[k, day]:
        return None
    if duty_s > f.max_duty_s[k] or drive_s > f.max_drive_s[k]:
        return None
    hours = int(f.per_s[k]) * (duty_s - wait_s) + int(f.per_wait_s[k]) * wait_s
    hours += int(f.per_overtime_s[k]) * max(0, duty_s - int(f.overtime_after_s[k]))
    exact = int(f.fixed[k]) + int(f.per_m[k]) * metres + max(hours, int(f.driver_minimum[k]))
    return floor(Fraction(max(exact, int(f.minimum[k])), m.money_q) + Fraction(1, 2))


def every_way(m: Instance, block: BlockRuns) -> set[tuple[int, int]]:
    """Cost and student-seconds of all orders out and back of a block, linked either way."""
    found = set()
    each = [[*product(permutations(p.back), permutations(p.back))] for p in block.pairs]
    for orders in product(*each):
        pairs = [
            PairRuns(p.session, out, back)
            for p, (out, back) in zip(block.pairs, orders, strict=True)
        ]
        for by_garage in (False, True)[: len(pairs)]:
            usd = cost(m, block.bus, pairs, by_garage=by_garage)
            if usd is not None:
                found.add((usd, sum(student_s(m, p) for p in pairs)))
    return found


def least_student_s(m: Instance, blocks: Sequence[BlockRuns], most_cost: int) -> int:
    """Try every way of every block with every way of the others."""
    tries = product(*[every_way(m, b) for b in blocks])
    return min(sum(r for _, r in t) for t in tries if sum(c for c, _ in t) <= most_cost)


def some_picks(draw: Any, sel: Selection, pool: int) -> Picks:
    """One or two of the larger columns of a pool, none where it has none."""
    rows = np.argwhere(sel.pools[pool].feasible)[-8:].tolist()
    drawn = draw(st.lists(st.sampled_from(rows), min_size=1, max_size=2)) if rows else []
    chosen = np.array([(pool, a, k) for a, k in drawn], dtype=np.int64).reshape(-1, 3)
    return Picks(*chosen.T)


def with_riders(m: Instance) -> Instance:
    """Groups count as many as they are."""
    return replace(m, sessions=tuple(replace(s, counted=s.people) for s in m.sessions))


@st.composite
def one_pair_cases(draw: Any) -> tuple[Instance, list[BlockRuns]]:
    """Blocks of one session."""
    m = with_riders(draw(small_instances()))
    sel = selection(m)
    return m, cheapest_runs(m, sel, some_picks(draw, sel, 0))


@st.composite
def two_pair_cases(draw: Any) -> tuple[Instance, list[BlockRuns]]:
    """Blocks of two sessions of a day, of other requests, with time enough or not."""
    m = with_riders(draw(small_instances(most_groups=3)))
    first, gap_s = m.sessions[0], draw(st.integers(HOUR // 2, 3 * HOUR))
    second = replace(
        first,
        request=first.request + m.n_requests,
        arrive_s=first.depart_s + gap_s,
        depart_s=first.depart_s + gap_s + HOUR,
        out_limit_s=first.back_limit_s,
        back_limit_s=first.out_limit_s,
        counted=first.counted[::-1],
    )
    no_dearer = np.minimum(m.fleet.per_wait_s, m.fleet.per_s)  # else dawdling would save money
    m = replace(
        m,
        fleet=replace(m.fleet, per_wait_s=no_dearer),
        sessions=(first, second),
        n_requests=2 * m.n_requests,
        run_pairs=2,
        garage_break_s=draw(st.sampled_from((0, HOUR // 2, HOUR))),
    )
    columns = [listed(m, s) for s in m.sessions]
    sel = Selection(m, columns, chains(m, columns, 1000, NEVER))
    return m, cheapest_runs(m, sel, some_picks(draw, sel, len(sel.pools) - 1))


CASES = st.one_of(one_pair_cases(), two_pair_cases())
laws = settings(laws, max_examples=100)


@laws
@given(CASES)
def test_chosen_columns_are_driven_for_what_they_cost(
    case: tuple[Instance, list[BlockRuns]],
) -> None:
    m, blocks = case
    for block in blocks:
        assert cost(m, block.bus, block.pairs, by_garage=block.by_garage) == block.cost
        assert sum(student_s(m, p) for p in block.pairs) == block.student_s


@laws
@given(CASES, st.integers(0, 30))
def test_no_orders_of_the_same_sets_have_shorter_rides_for_the_money(
    case: tuple[Instance, list[BlockRuns]], slack_pct: int
) -> None:
    m, blocks = case
    spent = sum(b.cost for b in blocks)
    most_cost = spent + spent * slack_pct // 100
    shorter, proven = shortest_rides(m, blocks, most_cost, NEVER)
    assert proven
    assert sum(b.cost for b in shorter) <= most_cost
    assert sum(b.student_s for b in shorter) == least_student_s(m, blocks, most_cost)
    for before, after in zip(blocks, shorter, strict=True):
        assert after.bus == before.bus
        assert [set(p.back) for p in after.pairs] == [set(p.back) for p in before.pairs]
        assert cost(m, after.bus, after.pairs, by_garage=after.by_garage) == after.cost
        assert sum(student_s(m, p) for p in after.pairs) == after.student_s
        if after.by_garage:  # only where driving on directly costs more, or cannot be
            direct = cost(m, after.bus, after.pairs, by_garage=False)
            assert direct is None or direct > after.cost


def many_and_few(**changes: Any) -> Instance:
    """Thirty riders at a, ten at b, all legs 600 s; to end the way home at a saves 900 m.

    Home by a and then b costs 900 more but spares 30 riders 600 s and gives 10 riders 600 s more.
    """
    metres = same_way(4)
    metres[3][1] += 900
    s = session([2, 3], large=[30, 10], counted=[30, 10], **changes)
    return instance(same_way(4), s, metres=metres)


def both(m: Instance) -> list[BlockRuns]:
    """One block with everybody of the first session."""
    columns = [session_columns(m, s) for s in m.sessions]
    a = int(np.flatnonzero(columns[0].inside.all(axis=1))[0])
    return cheapest_runs(m, Selection(m, columns), Picks(ints([0]), ints([a]), ints([0])))


def test_money_to_spare_buys_shorter_rides() -> None:
    m = many_and_few()
    shorter, proven = shortest_rides(m, both(m), 3600 + 900, NEVER)
    assert shorter == [
        BlockRuns(0, (PairRuns(0, (1, 0), (0, 1)),), False, 4500, 2 * (30 * 600 + 10 * 1200))
    ]
    assert proven


def test_rides_stay_long_where_a_cent_is_missing() -> None:
    m = many_and_few()
    shorter, _ = shortest_rides(m, both(m), 3600 + 899, NEVER)
    # out for nothing by b first: 30 x 600 + 10 x 1200; home by b first: 10 x 600 + 30 x 1200
    assert [(b.cost, b.student_s) for b in shorter] == [(3600, 30_000 + 42_000)]


@pytest.mark.parametrize(("usd", "student"), [(3000, 60_000), (2999, 72_000)])
def test_a_budget_that_would_be_passed_keeps_rides_long(usd: int, student: int) -> None:
    # it bears 20 of 30 rider-metres: 2400 of 3600, 3000 of 4500
    m = many_and_few(alone_m=[20, 10], payer=[[True, False]])
    m = replace(m, budgets=ints([usd]))
    shorter, _ = shortest_rides(m, both(m), 10_000, NEVER)
    assert sum(b.student_s for b in shorter) == student


def test_a_ride_limit_is_kept_however_short_the_rides_of_others_become() -> None:
    m = many_and_few(back_limit_s=[6000, 1199])  # the ten may not be the last ones home
    shorter, _ = shortest_rides(m, both(m), 10_000, NEVER)
    assert shorter[0].pairs[0].back == (1, 0)


DRIVEN_S = 6 * 600 + 2 * 900  # garage b a venue, venue a b garage: 900 s more at both ends
STANDING_S = 4 * 180 + 2 * (40 + 20)


@pytest.mark.parametrize(
    ("limit", "just", "worse"),
    [
        ("max_duty_s", DRIVEN_S + STANDING_S + DEPART_S - ARRIVE_S, -1),
        ("max_drive_s", DRIVEN_S, -1),
        ("free_to_s", DEPART_S + 3 * 600 + 900 + STANDING_S // 2, -1),
        ("free_from_s", ARRIVE_S - 3 * 600 - 900 - STANDING_S // 2, 1),
    ],
)
def test_hours_may_be_used_up_for_shorter_rides_but_not_passed(
    limit: str, just: int, worse: int
) -> None:
    slow = many_and_few(board_s=[40, 20])
    seconds = slow.seconds.copy()
    seconds[3, 1] += 900
    seconds[1, 3] += 900
    for value, fits in ((just, True), (just + worse, False)):
        m = replace(slow, seconds=seconds, stop_s=180, fleet=fleet(**{limit: [value]}))
        (block,), proven = shortest_rides(m, both(m), 10_000, NEVER)
        (pair,) = block.pairs
        assert ((pair.outbound, pair.back) == ((1, 0), (0, 1))) is fits
        assert proven


def test_work_that_is_stopped_gives_back_what_it_was_given() -> None:
    m = many_and_few()
    given_runs = both(m)
    assert shortest_rides(m, given_runs, 10_000, Stop(-1)) == (given_runs, False)


@pytest.mark.parametrize("part", [fronts, ways])
def test_a_set_with_too_many_orders_stays_as_it_is(
    part: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    m = many_and_few()
    given_runs = both(m)
    monkeypatch.setattr(part, "MOST", 1)
    assert shortest_rides(m, given_runs, 10_000, NEVER) == (given_runs, False)


def test_money_goes_to_the_bus_where_it_saves_most() -> None:
    # the same bus load once more, with forty riders at a: 40 x 600 - 10 x 600 saved, not 12 000
    m = many_and_few()
    busy = replace(m.sessions[0], counted=ints([40, 10]))
    m = replace(m, sessions=(m.sessions[0], busy))
    (first,) = both(m)
    (second,) = both(replace(m, sessions=(busy,)))
    second = replace(second, pairs=tuple(replace(p, session=1) for p in second.pairs))
    shorter, _ = shortest_rides(m, [first, second], 2 * 3600 + 900, NEVER)
    assert [b.cost for b in shorter] == [3600, 4500]


def test_nothing_to_order_is_proven_at_once() -> None:
    assert shortest_rides(many_and_few(), [], 0, NEVER) == ([], True)
