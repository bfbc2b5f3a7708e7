"""The innermost loops, compiled by numba at first use and kept in its cache.

They see plain integer tables; `columns.py` says what the rows and columns of these mean.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from tourpool.routing.solver.instance import Bools, Ints

Bits = NDArray[np.uint64]
Floats = NDArray[np.float64]

NO_BLOCK = np.int64(2**62)
"""Cost where this bus type cannot bring this set."""

END, SECONDS, METRES, STOPS = range(4)
"""Columns of a table of runs."""

GARAGE, FREE_FROM, FREE_TO, MAX_DUTY, MAX_DRIVE = range(5)
FIXED, PER_M, PER_S, PER_WAIT_S, MINIMUM, OVERTIME_AFTER, PER_OVERTIME_S = range(5, 12)
DRIVER_MINIMUM, TIERS = range(12, 14)
"""Columns of a table of bus types on one day; from TIERS on two for each tier: from, change."""

Row = Ints | tuple[int, int, int, int]
"""Four whole numbers."""

ARRIVE, DEPART, BETWEEN_M, WAIT, STOP, MONEY_Q = range(6)
"""Entries of what a session fixes."""


@numba.njit(cache=True)
def price(bus: Ints, metres: int, duty_s: int, wait_s: int, money_q: int) -> np.int64:
    """Cost of a block in 1e-4 US$, exact and rounded half up once."""
    miles = bus[PER_M] * metres
    for tier in range(TIERS, len(bus), 2):
        miles += bus[tier + 1] * max(0, metres - bus[tier])
    hours = bus[PER_S] * (duty_s - wait_s) + bus[PER_WAIT_S] * wait_s
    hours += bus[PER_OVERTIME_S] * max(0, duty_s - bus[OVERTIME_AFTER])
    exact = bus[FIXED] + miles + max(hours, bus[DRIVER_MINIMUM])
    return np.int64((2 * max(exact, bus[MINIMUM]) + money_q) // (2 * money_q))


@numba.njit(cache=True)
def pair_cost(out: Row, back: Row, bus: Ints, fixed: Ints, board_s: int, road: Row) -> np.int64:
    """Cost of a block of one run-pair; NO_BLOCK when a limit forbids it.

    Parameters
    ----------
    out, back
        A run of each direction.
    bus, fixed
        The bus type on that day; what the session fixes.
    board_s
        Seconds in which all riders board.
    road
        Seconds and metres from the garage to the far end of ``out``, and from that of ``back``.
    """
    there_s, home_s = out[SECONDS] + road[0], back[SECONDS] + road[2]
    if fixed[ARRIVE] - there_s < bus[FREE_FROM] or fixed[DEPART] + home_s > bus[FREE_TO]:
        return NO_BLOCK
    duty_s = there_s + home_s + fixed[DEPART] - fixed[ARRIVE]
    standing_s = 2 * board_s + fixed[STOP] * (out[STOPS] + back[STOPS]) + fixed[WAIT]
    if duty_s > bus[MAX_DUTY] or duty_s - standing_s > bus[MAX_DRIVE]:
        return NO_BLOCK
    metres = out[METRES] + road[1] + back[METRES] + road[3] + fixed[BETWEEN_M]
    return price(bus, metres, duty_s, fixed[WAIT], fixed[MONEY_Q])


@numba.njit(cache=True)
def cheapest_pair(
    out: Ints, back: Ints, bus: Ints, fixed: Ints, board_s: int, seconds: Ints, metres: Ints
) -> tuple[np.int64, int, int]:
    """Least cost over all pairs of an outbound and a return run, and which pair; the first best."""
    best, best_out, best_back = NO_BLOCK, -1, -1
    garage = bus[GARAGE]
    road = np.empty(4, np.int64)
    for a in range(len(out)):
        road[0], road[1] = seconds[garage, out[a, END]], metres[garage, out[a, END]]
        for b in range(len(back)):
            road[2], road[3] = seconds[back[b, END], garage], metres[back[b, END], garage]
            cost = pair_cost(out[a], back[b], bus, fixed, board_s, road)
            if cost < best:
                best, best_out, best_back = cost, a, b
    return best, best_out, best_back


@numba.njit(cache=True)
def least_costs(
    out: Ints,
    back: Ints,
    out_at: Ints,
    back_at: Ints,
    buses: Ints,
    fixed: Ints,
    board_s: Ints,
    seconds: Ints,
    metres: Ints,
    cost: Ints,
) -> None:
    """Fill ``cost[a, k]``, which says where bus type k may bring set a: NO_BLOCK where not."""
    for a in range(len(out_at)):
        mine, yours = out[out_at[a, 0] : out_at[a, 1]], back[back_at[a, 0] : back_at[a, 1]]
        for k in range(len(buses)):
            if cost[a, k] != NO_BLOCK:
                best, _, _ = cheapest_pair(
                    mine, yours, buses[k], fixed, board_s[a], seconds, metres
                )
                cost[a, k] = best


@numba.njit(cache=True)
def grown(
    bits: Bits,
    end: Ints,
    seconds: Ints,
    load: Ints,
    step_s: Ints,
    stop_s: int,
    loc: Ints,
    board_s: Ints,
    limit_s: Ints,
    riders: Ints,
    clash: Bits,
    kinds: Ints,
) -> tuple[Ints, Ints, Ints]:
    """All feasible ways to add one group at the far end of one run: (run, group, seconds).

    Parameters
    ----------
    bits, end, seconds, load
        The runs: sets, far ends, seconds, and small, large, wheelchairs.
    step_s, stop_s
        Driving seconds [near end, far end]; seconds of a stop.
    loc, board_s, limit_s, riders, clash
        The groups: location, boarding, ride limit, small, large, wheelchairs, whom they avoid.
    kinds
        seats_small, seats_large, places, lost seats of the buses at hand.
    """
    n, count = len(loc), 0
    label = group = total = np.empty(0, np.int64)
    for writing in (False, True):  # count, then write
        if writing:
            label, group = np.empty(count, np.int64), np.empty(count, np.int64)
            total = np.empty(count, np.int64)
        count = 0
        for a in range(len(end)):
            for i in range(n):
                new_s = seconds[a] + board_s[i]
                if loc[i] != end[a]:
                    new_s += step_s[end[a], loc[i]] + stop_s
                if new_s <= limit_s[i] and may_add(bits[a], load[a], i, riders[i], clash[i], kinds):
                    if writing:
                        label[count], group[count], total[count] = a, i, new_s
                    count += 1
    return label, group, total


@numba.njit(cache=True)
def may_add(bits: Bits, load: Ints, i: int, rider: Ints, clash: Bits, kinds: Ints) -> bool:
    """Whether group i is not yet on, avoids nobody on board, and some bus holds all of them."""
    if (bits[i // 64] >> np.uint64(i % 64)) & np.uint64(1):
        return False
    for word in range(len(bits)):
        if bits[word] & clash[word]:
            return False
    small, large, wheels = load[0] + rider[0], load[1] + rider[1], load[2] + rider[2]
    for q in range(len(kinds)):
        taken = small * kinds[q, 1] + (large + kinds[q, 3] * wheels) * kinds[q, 0]
        if taken <= kinds[q, 0] * kinds[q, 1] and wheels <= kinds[q, 2]:
            return True
    return False


@numba.njit(cache=True)
def reduced_cost(
    cost: int, base: float, mu: float, per_cost: float, whole: int, parts: Ints, per_share: Floats
) -> float:
    """Reduced cost of one column: ``per_cost * cost + base - mu`` and what its budgets ask.

    ``per_share`` is the price of 1e-4 US$ of each budget; ``parts`` of ``whole`` is its share.
    """
    reduced = per_cost * cost + base - mu
    for b in range(len(per_share)):
        reduced -= per_share[b] * ((2 * cost * parts[b] + whole) // (2 * whole))
    return reduced


@numba.njit(cache=True)
def best_reduced(
    cost: Ints,
    base: Floats,
    mu: Floats,
    per_cost: float,
    whole: Ints,
    parts: Ints,
    per_share: Floats,
    seen: Bools,
) -> tuple[Floats, Ints]:
    """Least reduced cost of each set over the bus types not yet written out, and which."""
    value, bus = np.full(len(cost), np.inf), np.zeros(len(cost), np.int64)
    for a in range(len(cost)):
        for k in range(cost.shape[1]):
            if cost[a, k] != NO_BLOCK and not seen[a, k]:
                reduced = reduced_cost(
                    cost[a, k], base[a], mu[k], per_cost, whole[a], parts[a], per_share
                )
                if reduced < value[a]:
                    value[a], bus[a] = reduced, k
    return value, bus


@numba.njit(cache=True)
def reduced_below(
    cost: Ints,
    base: Floats,
    mu: Floats,
    per_cost: float,
    whole: Ints,
    parts: Ints,
    per_share: Floats,
    threshold: float,
) -> tuple[Ints, Ints]:
    """All (set, bus type) whose reduced cost is under a threshold."""
    found_set = found_bus = np.empty(0, np.int64)
    count = 0
    for writing in (False, True):  # count, then write
        if writing:
            found_set, found_bus = np.empty(count, np.int64), np.empty(count, np.int64)
        count = 0
        for a in range(len(cost)):
            for k in range(cost.shape[1]):
                if cost[a, k] == NO_BLOCK:
                    continue
                reduced = reduced_cost(
                    cost[a, k], base[a], mu[k], per_cost, whole[a], parts[a], per_share
                )
                if reduced < threshold:
                    if writing:
                        found_set[count], found_bus[count] = a, k
                    count += 1
    return found_set, found_bus


@numba.njit(cache=True, nogil=True)
def fullest(
    value: Floats, people: Ints, session: Ints, item: Ints, order: Ints, rooms: Ints
) -> tuple[float, Bools]:
    """The most that whole groups are worth together in some sessions, and which choices.

    Parameters
    ----------
    value, people, session, item
        Of each choice: its worth, people, session from 0, and the group that makes it; a group
        makes one choice at the most.
    order
        Choices, those of one group next to each other.
    rooms
        People that each session takes.
    """
    stride = np.ones(len(rooms), np.int64)
    for s in range(1, len(rooms)):
        stride[s] = stride[s - 1] * (rooms[s - 1] + 1)
    states = stride[-1] * (rooms[-1] + 1)
    items = item[order[-1]] + 1 if len(order) else 0
    best = np.zeros(states)
    made = np.full((items, states), -1, np.int16)
    begin = 0
    while begin < len(order):
        i = item[order[begin]]
        end = begin
        while end < len(order) and item[order[end]] == i:
            end += 1
        for state in range(states - 1, -1, -1):
            for at in range(begin, end):
                c = order[at]
                s = session[c]
                if value[c] > 0 and (state // stride[s]) % (rooms[s] + 1) >= people[c]:
                    with_it = best[state - people[c] * stride[s]] + value[c]
                    if with_it > best[state]:
                        best[state], made[i, state] = with_it, c
        begin = end
    taken = np.zeros(len(value), np.bool_)
    state = states - 1
    for i in range(items - 1, -1, -1):
        c = made[i, state]
        if c >= 0:
            taken[c] = True
            state -= people[c] * stride[session[c]]
    return best[states - 1], taken


@numba.njit(cache=True, nogil=True)
def some_filling(
    value: Floats, people: Ints, session: Ints, item: Ints, order: Ints, rooms: Ints
) -> tuple[float, Bools]:
    """A good filling by two greedy rules: the most worth a person, or a group, first."""
    best, best_taken = -1.0, np.zeros(len(value), np.bool_)
    for rule in range(2):
        key = value / people if rule == 0 else value
        left = rooms.copy()
        taken = np.zeros(len(value), np.bool_)
        here = np.zeros(len(order), np.bool_)
        worth = 0.0
        for c in np.argsort(-key):
            if value[c] > 0 and not here[item[c]] and people[c] <= left[session[c]]:
                taken[c] = here[item[c]] = True
                left[session[c]] -= people[c]
                worth += value[c]
        if worth > best:
            best, best_taken = worth, taken
    return best, best_taken
