"""Every set that one bus can bring is listed, with its best runs, and no other set."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import (
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
from tourpool.routing.solver.instance import FOREVER_S, Instance, SessionData, ints
from tourpool.routing.solver.labels import Labels, holds, members, run_labels

Ride = tuple[int, int, int, int]
"""Far end, stops, seconds, metres."""


def walk(m: Instance, s: SessionData, order: Sequence[int], *, outbound: bool) -> Ride | None:
    """One run, its groups from the venue outwards; None when a ride or the hours are too long."""
    seconds = metres = stops = 0
    here = s.first if outbound else s.last
    fleet, day = m.fleet, s.day
    free = [k for k in range(len(fleet.garage)) if fleet.count[k, day] > 0]
    for n, i in enumerate(order):
        there = int(s.loc[i])
        if n == 0 or there != here:
            leg = (there, here) if outbound else (here, there)
            seconds += int(m.seconds[leg]) + m.stop_s
            metres += int(m.metres[leg])
            stops += 1
        here = there
        seconds += int(s.board_s[i])
        limit_s = int((s.out_limit_s if outbound else s.back_limit_s)[i])
        if seconds > limit_s:
            return None
        if outbound and not any(s.arrive_s - seconds >= fleet.free_from_s[k, day] for k in free):
            return None
        if not outbound and not any(s.depart_s + seconds <= fleet.free_to_s[k, day] for k in free):
            return None
    return here, stops, seconds, metres


def rides(m: Instance, s: SessionData, of: Sequence[int], *, outbound: bool) -> set[Ride]:
    """All runs of a set, in any order; empty where none may be driven."""
    if any(s.apart[i, j] for i in of for j in of):
        return set()
    small, large, wheels = (int(v[list(of)].sum()) for v in (s.small, s.large, s.wheels))
    f = m.fleet
    held = False
    for k in np.flatnonzero(f.count[:, s.day] > 0).tolist():
        seats_small, seats_large = int(f.seats_small[k]), int(f.seats_large[k])
        share = small / seats_small + (large + int(f.lost_seats[k]) * wheels) / seats_large
        held |= share <= 1 + 1e-12 and wheels <= f.places[k]
    ways = (walk(m, s, order, outbound=outbound) for order in permutations(of))
    return {w for w in ways if w is not None} if held else set()


def listed(labels: Labels, n: int) -> dict[tuple[int, ...], set[Ride]]:
    found: dict[tuple[int, ...], set[Ride]] = {}
    columns = (labels.end, labels.stops, labels.seconds, labels.metres)
    for of, ride in zip(sets_of(members(labels.bits, n)), zip(*columns, strict=True), strict=True):
        end, stops, seconds, metres = map(int, ride)
        found.setdefault(of, set()).add((end, stops, seconds, metres))
    return found


def best(rides: set[Ride]) -> set[Ride]:
    """Those that no other of the same end and stops beats in seconds and metres."""
    return {
        r
        for r in rides
        if not any(q[:2] == r[:2] and q != r and q[2] <= r[2] and q[3] <= r[3] for q in rides)
    }


@laws
@given(small_instances(), st.booleans())
def test_every_set_that_can_ride_is_listed_and_no_other(m: Instance, outbound: bool) -> None:
    s = m.sessions[0]
    n = len(s.loc)
    can = {of for of in subsets(n) if rides(m, s, of, outbound=outbound)}
    assert set(listed(run_labels(m, s, outbound=outbound), n)) == can


@laws
@given(small_instances(), st.booleans())
def test_of_each_set_end_and_stops_the_pareto_best_runs_are_kept(
    m: Instance, outbound: bool
) -> None:
    s = m.sessions[0]
    for of, kept in listed(run_labels(m, s, outbound=outbound), len(s.loc)).items():
        assert kept == best(rides(m, s, of, outbound=outbound))


@laws
@given(small_instances(), st.booleans())
def test_the_order_of_a_run_drives_to_its_seconds_and_metres(m: Instance, outbound: bool) -> None:
    s = m.sessions[0]
    labels = run_labels(m, s, outbound=outbound)
    for a, of in enumerate(sets_of(members(labels.bits, len(s.loc)))):
        order = labels.order(a)
        assert tuple(sorted(order)) == of
        ride = (labels.end[a], labels.stops[a], labels.seconds[a], labels.metres[a])
        assert walk(m, s, order[::-1], outbound=outbound) == ride


@laws
@given(small_instances())
def test_an_outbound_ride_never_grows_along_a_run(m: Instance) -> None:
    labels = run_labels(m, m.sessions[0], outbound=True)
    longer = labels.parent >= 0
    shorter_s = labels.seconds[labels.parent[longer]]  # of the same run from its next group on
    assert (shorter_s <= labels.seconds[longer]).all()


@laws
@given(small_instances(), st.booleans())
def test_runs_of_one_set_lie_next_to_each_other(m: Instance, outbound: bool) -> None:
    s = m.sessions[0]
    sets = sets_of(members(run_labels(m, s, outbound=outbound).bits, len(s.loc)))
    begins = [of for n, of in enumerate(sets) if n == 0 or sets[n - 1] != of]
    assert len(begins) == len(set(begins))


def only(m: Instance, s: SessionData, *, outbound: bool = True) -> set[tuple[int, ...]]:
    return set(listed(run_labels(m, s, outbound=outbound), len(s.loc)))


def test_out_and_back_go_their_own_way_where_roads_differ() -> None:
    roads = [[0, 0, 300], [0, 0, 0], [500, 0, 0]]  # 500 s to the venue, 300 s from it
    s = session([2])
    m = instance(roads, s)
    assert run_labels(m, s, outbound=True).seconds.tolist() == [500]
    assert run_labels(m, s, outbound=False).seconds.tolist() == [300]


def test_a_ride_exactly_at_its_limit_is_listed_and_a_second_more_is_not() -> None:
    ride_s = 600 + 180 + 10 * 4  # drive, stop, ten people board
    s = session([2], board_s=[40], out_limit_s=[ride_s])
    m = instance(same_way(3), s, stop_s=180)
    assert only(m, s) == {(0,)}
    assert only(m, replace(s, out_limit_s=ints([ride_s - 1]))) == set()


def test_the_way_home_has_a_limit_of_its_own() -> None:
    s = session([2], out_limit_s=[600], back_limit_s=[599])
    m = instance(same_way(3), s)
    assert only(m, s, outbound=True) == {(0,)}
    assert only(m, s, outbound=False) == set()


def test_only_the_group_that_boards_first_rides_the_longer_way() -> None:
    s = session([2, 3], out_limit_s=[600, 1200])  # group 0 cannot go by way of 1, 1 can by 0
    labels = run_labels(instance(same_way(4), s), s, outbound=True)
    pair = labels.stops == 2
    assert [labels.order(a) for a in np.flatnonzero(pair).tolist()] == [[1, 0]]


def test_two_groups_at_one_location_share_a_stop() -> None:
    s = session([2, 2], board_s=[40, 8])
    labels = run_labels(instance(same_way(3), s, stop_s=180), s, outbound=True)
    both = members(labels.bits, 2).all(axis=1)
    assert labels.stops[both].tolist() == [1]
    assert labels.seconds[both].tolist() == [600 + 180 + 40 + 8]  # stop_s once
    assert labels.metres[both].tolist() == [600]


def test_two_groups_at_one_location_stop_twice_when_another_is_between_them() -> None:
    s = session([2, 3, 2], out_limit_s=[600, 1200, 1800])  # 0 last, then 1, then 2 far out
    labels = run_labels(instance(same_way(4), s), s, outbound=True)
    full = np.flatnonzero(members(labels.bits, 3).all(axis=1)).tolist()
    found = {(tuple(labels.order(a)), int(labels.stops[a])) for a in full}
    assert found == {((2, 1, 0), 3), ((1, 2, 0), 2)}


def test_groups_that_must_ride_apart_are_in_no_set_together() -> None:
    s = session([2, 3, 4], apart=[(0, 2)])
    assert only(instance(same_way(5), s), s) == {(0,), (1,), (2,), (0, 1), (1, 2)}


@pytest.mark.parametrize(
    ("large", "held"),
    [(31, True), (32, False)],  # 30/77 + 31/52 = 0.986, with 32 it is 1.005
)
def test_small_and_large_riders_share_the_benches(large: int, held: bool) -> None:
    assert bool(holds(*ints([30, large, 0, 77, 52, 0, 4])[:, None])[0]) is held


def test_a_bus_that_is_exactly_full_is_full_and_not_over_full() -> None:
    # 26 of 78 small seats are a third, 34 of 51 large ones two thirds
    assert holds(*ints([26, 34, 0, 78, 51, 0, 4])[:, None]).all()


@pytest.mark.parametrize(
    ("large", "wheels", "held"),
    [(46, 1, True), (47, 1, False), (42, 2, True), (30, 3, False)],  # 4 seats each; 2 places
)
def test_a_wheelchair_takes_its_place_and_large_seats(large: int, wheels: int, held: bool) -> None:
    assert bool(holds(*ints([0, large, wheels, 75, 50, 2, 4])[:, None])[0]) is held


def test_small_large_and_wheelchairs_of_several_groups_add_up_on_one_bus() -> None:
    s = session([2, 3], small=[30, 0], large=[3, 24], wheels=[0, 1])
    bus: dict[str, Any] = {"seats_small": [77], "seats_large": [52], "places": [1]}
    # 30/77 + (3 + 24 + 4)/52 = 0.986; one seat more lost to the wheelchair is too many
    assert (0, 1) in only(instance(same_way(4), s, buses=fleet(**bus, lost_seats=[4])), s)
    assert (0, 1) not in only(instance(same_way(4), s, buses=fleet(**bus, lost_seats=[5])), s)


def test_seats_of_a_bus_that_is_not_free_that_day_do_not_count() -> None:
    s = session([2, 3], buses=2, large=[20, 20])
    buses = fleet(seats_large=[40, 20], count=[0, 1])
    assert only(instance(same_way(4), s, buses=buses), s) == {(0,), (1,)}


def test_no_run_where_no_bus_is_free() -> None:
    s = session([2])
    assert only(instance(same_way(3), s, buses=fleet(count=[0])), s) == set()


def test_no_run_without_groups() -> None:
    s = session([])
    assert len(run_labels(instance(same_way(2), s), s, outbound=True).end) == 0


def test_a_run_that_no_bus_is_free_long_enough_for_is_not_listed() -> None:
    s = session([2])  # 600 s: starts at 9:50
    m = instance(same_way(3), s, buses=fleet(free_from_s=[10 * HOUR - 599]))
    assert only(m, s) == set()


def test_twelve_small_groups_ride_on_one_bus() -> None:
    n = 12
    # in a row, a minute apart; each may ride just as long as its place in the row asks for
    roads = [[60 * abs(i - j) for j in range(n + 2)] for i in range(n + 2)]
    limit_s = [60 * (2 + i) for i in range(n)]
    s = session(range(2, n + 2), large=[4] * n, out_limit_s=limit_s)
    labels = run_labels(instance(roads, s), s, outbound=True)
    full = members(labels.bits, n).all(axis=1)  # 12 x 4 = 48 of 50 seats
    assert [labels.order(a) for a in np.flatnonzero(full).tolist()] == [list(range(n - 1, -1, -1))]
    assert labels.seconds[full].tolist() == [60 * 13]


def test_more_than_64_groups_in_a_session_are_told_apart() -> None:
    n = 70
    # groups 0 and 69 stand close together, all others are apart from everybody
    apart = [(i, j) for i in range(n) for j in range(i) if (i, j) != (69, 0)]
    s = session(range(2, n + 2), apart=apart)
    labels = run_labels(instance(same_way(n + 2), s), s, outbound=True)
    assert labels.bits.shape[1] == 2
    assert set(listed(labels, n)) == {(i,) for i in range(n)} | {(0, 69)}


@given(st.lists(st.sets(st.integers(0, 129)), max_size=5))
def test_members_unpacks_what_bits_hold(sets: list[set[int]]) -> None:
    words = [[sum(1 << (i % 64) for i in of if i // 64 == w) for w in range(3)] for of in sets]
    bits = np.array(words, dtype=np.uint64).reshape(-1, 3)
    assert [set(of) for of in sets_of(members(bits, 130))] == sets


def test_a_limit_below_zero_lists_nothing() -> None:
    s = session([2], out_limit_s=[-FOREVER_S])  # the school opens after the arrival
    assert only(instance(same_way(3), s), s) == set()
