"""The cheapest block of every set and bus type, to the last 1e-4 US$."""

from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import (
    ARRIVE_S,
    DEPART_S,
    GARAGE,
    HOUR,
    fleet,
    instance,
    laws,
    same_way,
    session,
    sets_of,
    small_instances,
    subsets,
)
from tests.routing.test_labels import rides
from tourpool.routing.solver.columns import best_pair, pair_metres, session_columns
from tourpool.routing.solver.instance import FOREVER_S, Instance
from tourpool.routing.solver.stop import Stop

WAIT_S = DEPART_S - ARRIVE_S  # 2 h


def price(m: Instance, k: int, metres: int, duty_s: int, wait_s: int) -> int:
    """One block's cost, in fractions."""
    f = m.fleet
    cost = int(f.fixed[k]) + int(f.per_m[k]) * metres
    cost += int(f.per_s[k]) * (duty_s - wait_s) + int(f.per_wait_s[k]) * wait_s
    cost += int(f.per_overtime_s[k]) * max(0, duty_s - int(f.overtime_after_s[k]))
    cost = max(cost, int(f.minimum[k]))
    return floor(Fraction(cost, m.money_q) + Fraction(1, 2))


def least(m: Instance, of: tuple[int, ...], k: int) -> int | None:
    """Least cost to bring a set with bus type k, over every outbound with every return order."""
    s, f = m.sessions[0], m.fleet
    heads = list(of)
    if not f.count[k, 0] or not s.carry[k, heads].all() or s.people[heads].sum() > s.max_people:
        return None
    large = s.large[heads].sum() + f.lost_seats[k] * s.wheels[heads].sum()
    full = Fraction(int(s.small[heads].sum()), int(f.seats_small[k]))
    full += Fraction(int(large), int(f.seats_large[k]))
    if full > 1 or s.wheels[heads].sum() > f.places[k]:
        return None
    garage, boarding_s = f.garage[k], int(s.board_s[heads].sum())
    found = []
    for far, stops, seconds, metres in rides(m, s, of, outbound=True):
        for last, stops_back, seconds_back, metres_back in rides(m, s, of, outbound=False):
            there_s = seconds + int(m.seconds[garage, far])
            home_s = seconds_back + int(m.seconds[last, garage])
            duty_s = there_s + (s.depart_s - s.arrive_s) + home_s
            standing_s = (stops + stops_back) * m.stop_s + 2 * boarding_s
            driving_s = there_s + home_s - standing_s + s.between_s
            if s.arrive_s - there_s < f.free_from_s[k, 0] or duty_s > f.max_duty_s[k]:
                continue
            if s.depart_s + home_s > f.free_to_s[k, 0] or driving_s > f.max_drive_s[k]:
                continue
            all_m = metres + metres_back + int(m.metres[garage, far] + m.metres[last, garage])
            found.append(price(m, k, all_m + s.between_m, duty_s, s.wait_s))
    return min(found, default=None)


@laws
@given(small_instances())
def test_each_column_costs_the_least_over_all_orders_out_and_back(m: Instance) -> None:
    columns = session_columns(m, m.sessions[0])
    kinds = range(len(m.fleet.garage))
    costs = np.where(columns.feasible, columns.cost, -1)
    found = dict(zip(sets_of(columns.inside), costs.tolist(), strict=True))
    tried = {of: [least(m, of, k) for k in kinds] for of in subsets(len(m.sessions[0].loc))}
    none = [None for _ in kinds]
    assert found == {
        of: [-1 if c is None else c for c in each] for of, each in tried.items() if each != none
    }


@laws
@given(small_instances())
def test_the_best_pair_brings_its_set_and_costs_what_its_column_says(m: Instance) -> None:
    s = m.sessions[0]
    columns = session_columns(m, s)
    for a, k in np.argwhere(columns.feasible).tolist():
        i, j = best_pair(m, s, columns, a, k)
        out, back, garage = columns.out, columns.back, m.fleet.garage[k]
        assert sorted(out.order(i)) == sorted(back.order(j)) == list(sets_of(columns.inside)[a])
        there_s = out.seconds[i] + m.seconds[garage, out.end[i]]
        home_s = back.seconds[j] + m.seconds[back.end[j], garage]
        duty_s = int(there_s + home_s) + s.depart_s - s.arrive_s
        metres = pair_metres(m, s, columns, k, i, j)
        assert price(m, k, metres, duty_s, s.wait_s) == columns.cost[a, k]


@laws
@given(small_instances())
def test_a_column_adds_up_its_groups(m: Instance) -> None:
    s = m.sessions[0]
    columns = session_columns(m, s)
    for a, of in enumerate(sets_of(columns.inside)):
        sums = (columns.worth[a], columns.dislike[a], columns.people[a])
        assert sums == tuple(v[list(of)].sum() for v in (s.worth, s.dislike, s.people))


def one_cost(metres: int, duty_s: int, wait_s: int, *, money_q: int = 1, **rates: Any) -> int:
    """Cost of one group's block, all of whose driving lies between garage and school."""
    seconds, length = same_way(3, 0), same_way(3, 0)
    seconds[GARAGE][2], length[GARAGE][2] = duty_s - wait_s, metres
    rates = {"per_m": 0, "free_from_s": -FOREVER_S} | rates
    s = session([2], depart_s=ARRIVE_S + wait_s)
    buses = fleet(**{name: [value] for name, value in rates.items()})
    m = instance(seconds, s, metres=length, buses=buses, money_q=money_q)
    return int(session_columns(m, s).cost[0, 0])


rates = st.fixed_dictionaries(
    {
        name: st.integers(0, 10**6)
        for name in ("fixed", "per_m", "per_s", "per_wait_s", "minimum", "per_overtime_s")
    }
)


@laws
@given(
    rates,
    st.integers(0, 10**6),
    st.integers(0, 10**5),
    st.integers(0, 10**4),
    st.integers(0, 10**5),
    st.integers(1, 10**6),
)
def test_a_cost_never_falls_when_metres_or_duty_grow(
    rates: dict[str, int], metres: int, driving_s: int, wait_s: int, more: int, money_q: int
) -> None:
    def cost(metres: int, driving_s: int) -> int:
        duty_s = driving_s + wait_s
        return one_cost(metres, duty_s, wait_s, money_q=money_q, overtime_after_s=HOUR, **rates)

    now = cost(metres, driving_s)
    assert cost(metres + more, driving_s) >= now
    assert cost(metres, driving_s + more) >= now


def test_a_block_costs_its_day_its_metres_its_seconds_and_its_waiting() -> None:
    cost = one_cost(1000, 9000, 7200, fixed=500, per_m=3, per_s=5, per_wait_s=2)
    assert cost == 500 + 1000 * 3 + (9000 - 7200) * 5 + 7200 * 2


def test_a_block_below_the_minimum_costs_the_minimum() -> None:
    assert one_cost(1000, 0, 0, per_m=3, minimum=3001) == 3001
    assert one_cost(1000, 0, 0, per_m=3, minimum=2999) == 3000


def test_overtime_is_paid_on_top_beyond_its_hours_of_duty_waiting_included() -> None:
    rates = {"per_m": 0, "per_s": 5, "per_wait_s": 2, "per_overtime_s": 7}
    on_time = one_cost(0, 9000, 7200, overtime_after_s=9000, **rates)
    assert on_time == 1800 * 5 + 7200 * 2
    assert one_cost(0, 9000, 7200, overtime_after_s=8900, **rates) == on_time + 100 * 7


@pytest.mark.parametrize(("metres", "cost"), [(4, 0), (5, 1), (14, 1), (15, 2), (24, 2)])
def test_a_cost_is_rounded_half_up(metres: int, cost: int) -> None:
    assert one_cost(metres, 0, 0, per_m=1, money_q=10) == cost


def test_a_cost_is_rounded_once_and_not_term_by_term() -> None:
    cost = one_cost(4, 4, 0, fixed=4, per_m=1, per_s=1, money_q=10)
    assert cost == 1  # 0.4 + 0.4 + 0.4 = 1.2


def test_a_block_drives_from_its_garage_and_back_with_both_deadheads() -> None:
    #        venue garage school
    metres = [[0, 0, 100], [0, 0, 7], [1000, 20, 0]]
    s = session([2])
    m = instance(same_way(3, 60), s, metres=metres)
    columns = session_columns(m, s)
    assert columns.cost.tolist() == [[7 + 1000 + 100 + 20]]
    assert pair_metres(m, s, columns, 0, 0, 0) == 1127


def test_driving_between_the_venues_of_a_tour_is_paid_as_driving() -> None:
    s = session([2], between_s=900, between_m=5000)
    m = instance(same_way(3), s, buses=fleet(per_m=[1], per_s=[5], per_wait_s=[2]))
    driving_s = 4 * 600 + 900
    cost = 4 * 600 + 5000 + driving_s * 5 + (WAIT_S - 900) * 2
    assert session_columns(m, s).cost.tolist() == [[cost]]


DRIVEN_S = 4 * 600  # garage - school - venue - school - garage
STANDING_S = 2 * (180 + 40)


@pytest.mark.parametrize(
    ("limit", "just"),
    [
        ("max_duty_s", DRIVEN_S + STANDING_S + WAIT_S),
        ("max_drive_s", DRIVEN_S),  # neither stops nor boarding nor waiting are driving
        ("free_to_s", DEPART_S + 1200 + 220),
    ],
)
def test_a_limit_of_bus_or_driver_may_be_reached_but_not_passed(limit: str, just: int) -> None:
    s = session([2], board_s=[40])
    for value, can in ((just, True), (just - 1, False)):
        m = instance(same_way(3), s, buses=fleet(**{limit: [value]}), stop_s=180)
        assert bool(session_columns(m, s).feasible.any()) is can


def test_a_bus_leaves_no_earlier_than_it_is_free() -> None:
    s, leaves_s = session([2], board_s=[40]), ARRIVE_S - 1200 - 220
    for value, can in ((leaves_s, True), (leaves_s + 1, False)):
        m = instance(same_way(3), s, buses=fleet(free_from_s=[value]), stop_s=180)
        assert bool(session_columns(m, s).feasible.any()) is can


def test_driving_between_venues_counts_towards_the_hours_at_the_wheel() -> None:
    s = session([2], between_s=900)
    for value, can in ((DRIVEN_S + 900, True), (DRIVEN_S + 899, False)):
        m = instance(same_way(3), s, buses=fleet(max_drive_s=[value]))
        assert bool(session_columns(m, s).feasible.any()) is can


def two_ways() -> Instance:
    """Two groups: home by group 0 last is quick and dear, by group 1 last slow and cheap.

    Out, both orders are alike.
    """
    #          venue garage a    b
    seconds = [[0, 0, 600, 600], [0, 0, 600, 600], [600, 100, 0, 600], [600, 900, 600, 0]]
    metres = [[0, 0, 600, 600], [0, 0, 600, 600], [600, 5000, 0, 600], [600, 100, 600, 0]]
    s = session([2, 3], apart=())
    return instance(seconds, s, metres=metres)


def cost_of_both(m: Instance) -> int:
    columns = session_columns(m, m.sessions[0])
    both = sets_of(columns.inside).index((0, 1))
    return int(columns.cost[both, 0])


def test_the_cheaper_slower_way_is_taken_where_the_hours_allow_it() -> None:
    m = two_ways()
    assert cost_of_both(m) == 3 * 600 + 2 * 600 + 100  # garage a b venue, venue a b, garage


@pytest.mark.parametrize(
    "hours",
    [
        {"free_to_s": [DEPART_S + 1200 + 899]},
        {"max_duty_s": [1800 + WAIT_S + 1200 + 899]},
        {"max_drive_s": [1800 + 1200 + 899]},
    ],
)
def test_a_dearer_faster_way_is_taken_where_only_it_fits_the_hours(hours: dict[str, Any]) -> None:
    slow = two_ways()
    m = instance(
        slow.seconds.tolist(),
        slow.sessions[0],
        metres=slow.metres.tolist(),
        buses=fleet(**hours),
    )
    assert cost_of_both(m) == 3 * 600 + 2 * 600 + 5000


def test_fewer_stops_help_where_only_the_drive_limit_binds() -> None:
    # 0 and 2 share a place: 1, 0 + 2 together drives less, but stopping twice there is allowed too
    s = session([2, 3, 2])
    m = instance(same_way(4), s, buses=fleet(max_drive_s=[6 * 600]), stop_s=180)
    assert (0, 1, 2) in sets_of(session_columns(m, s).inside)
    m = instance(same_way(4), s, buses=fleet(max_drive_s=[6 * 600 - 1]), stop_s=180)
    assert (0, 1, 2) not in sets_of(session_columns(m, s).inside)


def test_a_bus_brings_only_whom_it_may_carry() -> None:
    s = session([2, 3], buses=2, carry=[[True, False], [True, True]])
    m = instance(same_way(4), s, buses=fleet(per_m=[1, 2]))
    columns = session_columns(m, s)
    by_set = dict(zip(sets_of(columns.inside), columns.feasible.tolist(), strict=True))
    assert by_set == {(0,): [True, True], (1,): [False, True], (0, 1): [False, True]}


def test_a_set_with_more_people_than_the_session_takes_is_no_column() -> None:
    s = session([2, 3], max_people=19)  # each group has 10
    assert sets_of(session_columns(instance(same_way(4), s), s).inside) == [(0,), (1,)]


def test_a_bus_starts_at_its_own_garage() -> None:
    seconds = [[0, 0, 60, 60], [0, 0, 60, 60], [60, 60, 0, 60], [60, 60, 60, 0]]
    metres = [[0, 0, 100, 0], [0, 0, 30, 0], [100, 30, 0, 0], [0, 0, 0, 0]]
    s = session([2], buses=2)
    m = instance(seconds, s, metres=metres, buses=fleet(garage=[GARAGE, 3]))
    assert session_columns(m, s).cost.tolist() == [[2 * 130, 2 * 100]]


def test_no_column_where_no_bus_is_free_that_day() -> None:
    s = session([2])
    m = instance(same_way(3), s, buses=fleet(count=[0]))
    assert session_columns(m, s).inside.shape == (0, 1)


def test_no_column_for_a_session_without_groups() -> None:
    s = session([])
    assert session_columns(instance(same_way(2), s), s).cost.shape == (0, 1)


def test_keep_leaves_the_sets_that_are_asked_for() -> None:
    s = session([2, 3])
    columns = session_columns(instance(same_way(4), s), s)
    pair = columns.keep(np.asarray(columns.inside.all(axis=1)))
    assert sets_of(pair.inside) == [(0, 1)]
    assert pair.cost.tolist() == [[6 * 600]]
    assert pair.people.tolist() == [20]


def test_listing_that_is_stopped_still_has_every_single_group() -> None:
    s = session([2, 3, 4])
    m = instance(same_way(5), s, buses=fleet(seats_large=[30]))
    over = session_columns(m, s, Stop(-1))
    assert over.inside.tolist() == np.eye(3, dtype=bool).tolist()
    everything = session_columns(m, s)
    assert len(everything.inside) == 7  # 3 singles, 3 pairs, all three
    np.testing.assert_array_equal(everything.cost[:3], over.cost)
