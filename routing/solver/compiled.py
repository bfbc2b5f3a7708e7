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
"""Columns of a table of bus types on one day."""

ARRIVE, DEPART, BETWEEN_M, WAIT, STOP, MONEY_Q = range(6)
"""Entries of what a session fixes."""


@numba.njit(cache=True)
def pair_cost(out: Ints, back: Ints, bus: Ints, fixed: Ints, board_s: int, road: Ints) -> np.int64:
    """Cost of one block, exact and rounded half up once; NO_BLOCK when a limit forbids it.

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
    exact = (
        bus[FIXED]
        + bus[PER_M] * metres
        + bus[PER_S] * (duty_s - fixed[WAIT])
        + bus[PER_WAIT_S] * fixed[WAIT]
        + bus[PER_OVERTIME_S] * max(0, duty_s - bus[OVERTIME_AFTER])
    )
    return np.int64((2 * max(exact, bus[MINIMUM]) + fixed[MONEY_Q]) // (2 * fixed[MONEY_Q]))


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
def best_reduced(
    cost: Ints, base: Floats, mu: Floats, per_cost: float, seen: Bools
) -> tuple[Floats, Ints]:
    """Least reduced cost of each set over the bus types not yet written out, and which.

    The reduced cost of set a with bus type k is ``per_cost * cost[a, k] + base[a] - mu[k]``.
    """
    value, bus = np.full(len(cost), np.inf), np.zeros(len(cost), np.int64)
    for a in range(len(cost)):
        for k in range(cost.shape[1]):
            if cost[a, k] != NO_BLOCK and not seen[a, k]:
                reduced = per_cost * cost[a, k] + base[a] - mu[k]
                if reduced < value[a]:
                    value[a], bus[a] = reduced, k
    return value, bus


@numba.njit(cache=True)
def reduced_below(
    cost: Ints, base: Floats, mu: Floats, per_cost: float, threshold: float
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
                reduced = per_cost * cost[a, k] + base[a] - mu[k]
                if cost[a, k] != NO_BLOCK and reduced < threshold:
                    if writing:
                        found_set[count], found_bus[count] = a, k
                    count += 1
    return found_set, found_bus
