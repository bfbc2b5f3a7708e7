"""The innermost loops of blocks with two run-pairs, compiled by numba at first use.

Tables are those of `compiled.py`; the four fronts are the outbound and return runs of the first
session and of the second, in this order.
"""

import numba
import numpy as np

from tourpool.routing.solver.compiled import (
    ARRIVE,
    BETWEEN_M,
    DEPART,
    END,
    FREE_FROM,
    FREE_TO,
    GARAGE,
    MAX_DRIVE,
    MAX_DUTY,
    METRES,
    MONEY_Q,
    NO_BLOCK,
    SECONDS,
    STOP,
    STOPS,
    WAIT,
    price,
)
from tourpool.routing.solver.instance import Bools, Ints

Fronts = tuple[Ints, Ints, Ints, Ints]


@numba.njit(cache=True)
def in_time(
    early: Ints, late: Ints, may_first: Bools, may_second: Bools, most: int
) -> tuple[Ints, bool]:
    """Pairs of sets whose first can end before the second must begin, and whether that is all.

    Parameters
    ----------
    early, late
        First possible end of each first set, last possible beginning of each second one.
    may_first, may_second
        Bus types that may bring them, ``(sets, K)``.
    most
        Pairs listed at the most.
    """
    count = 0
    pairs = np.empty((0, 2), np.int64)
    for writing in (False, True):  # count, then write
        if writing:
            pairs = np.empty((min(count, most), 2), np.int64)
        count = 0
        for a in range(len(early)):
            for b in range(len(late)):
                if early[a] <= late[b] and (may_first[a] & may_second[b]).any():
                    if writing:
                        if count == most:
                            return pairs, False
                        pairs[count, 0], pairs[count, 1] = a, b
                    count += 1
    return pairs, True


@numba.njit(cache=True)
def link(
    end: int,
    begin: int,
    gap_s: int,
    garage: int,
    seconds: Ints,
    metres: Ints,
    break_s: int,
    by_garage: bool,
) -> tuple[int, int, int, int]:
    """Driving seconds and metres between two run-pairs, waiting, and seconds off the clock.

    The driving is -1 when ``gap_s`` is too short for it.
    """
    if by_garage:
        drive_s = seconds[end, garage] + seconds[garage, begin]
        drive_m = metres[end, garage] + metres[garage, begin]
    else:
        drive_s, drive_m = seconds[end, begin], metres[end, begin]
    stay_s = gap_s - drive_s
    if stay_s < 0:
        return -1, 0, 0, 0
    if by_garage and stay_s >= break_s:
        return drive_s, drive_m, 0, stay_s
    return drive_s, drive_m, stay_s, 0


@numba.njit(cache=True)
def chain_cost(
    runs: Fronts,
    bus: Ints,
    fixed: Ints,
    board_s: int,
    break_s: int,
    seconds: Ints,
    metres: Ints,
    by_garage: bool,
) -> np.int64:
    """Cost of one block of two run-pairs; NO_BLOCK when a limit forbids it.

    Parameters
    ----------
    runs
        The four runs, one row each of their tables.
    bus
        The bus type on that day.
    fixed
        What the two sessions fix, a row each.
    board_s
        Seconds in which all riders of both sessions board.
    break_s
        A stay in the garage that is off the clock.
    """
    out, back, out_2, back_2 = runs
    garage = bus[GARAGE]
    start = fixed[0, ARRIVE] - out[SECONDS] - seconds[garage, out[END]]
    end = fixed[1, DEPART] + back_2[SECONDS] + seconds[back_2[END], garage]
    if start < bus[FREE_FROM] or end > bus[FREE_TO]:
        return NO_BLOCK
    gap_s = fixed[1, ARRIVE] - out_2[SECONDS] - fixed[0, DEPART] - back[SECONDS]
    drive_s, drive_m, stand_s, off_s = link(
        back[END], out_2[END], gap_s, garage, seconds, metres, break_s, by_garage
    )
    if drive_s < 0:
        return NO_BLOCK
    duty_s = end - start - off_s
    wait_s = fixed[0, WAIT] + fixed[1, WAIT] + stand_s
    stops = out[STOPS] + back[STOPS] + out_2[STOPS] + back_2[STOPS]
    standing_s = 2 * board_s + fixed[0, STOP] * stops + wait_s
    if duty_s > bus[MAX_DUTY] or duty_s - standing_s > bus[MAX_DRIVE]:
        return NO_BLOCK
    total = out[METRES] + back[METRES] + out_2[METRES] + back_2[METRES] + drive_m
    total += metres[garage, out[END]] + metres[back_2[END], garage]
    total += fixed[0, BETWEEN_M] + fixed[1, BETWEEN_M]
    return price(bus, total, duty_s, wait_s, fixed[0, MONEY_Q])


@numba.njit(cache=True)
def best_chain(
    fronts: Fronts,
    bus: Ints,
    fixed: Ints,
    board_s: int,
    break_s: int,
    seconds: Ints,
    metres: Ints,
) -> tuple[np.int64, int, int, int, int, bool]:
    """Least cost over all four fronts and both links, and which; the first best, direct first."""
    best = NO_BLOCK
    at = (-1, -1, -1, -1, False)
    for i in range(len(fronts[0])):
        for j in range(len(fronts[1])):
            for p in range(len(fronts[2])):
                for q in range(len(fronts[3])):
                    runs = (fronts[0][i], fronts[1][j], fronts[2][p], fronts[3][q])
                    for by_garage in (False, True):
                        cost = chain_cost(
                            runs, bus, fixed, board_s, break_s, seconds, metres, by_garage
                        )
                        if cost < best:
                            best, at = cost, (i, j, p, q, by_garage)
    return best, at[0], at[1], at[2], at[3], at[4]


@numba.njit(cache=True)
def chain_costs(
    fronts: Fronts,
    at: Fronts,
    which: Ints,
    buses: Ints,
    fixed: Ints,
    board_s: tuple[Ints, Ints],
    break_s: int,
    seconds: Ints,
    metres: Ints,
    cost: Ints,
) -> None:
    """Fill ``cost[p, k]``, which says where bus type k may bring both sets of pair p."""
    for p in range(len(which)):
        a, b = which[p, 0], which[p, 1]
        mine = (
            fronts[0][at[0][a, 0] : at[0][a, 1]],
            fronts[1][at[1][a, 0] : at[1][a, 1]],
            fronts[2][at[2][b, 0] : at[2][b, 1]],
            fronts[3][at[3][b, 0] : at[3][b, 1]],
        )
        boarding_s = board_s[0][a] + board_s[1][b]
        for k in range(len(buses)):
            if cost[p, k] != NO_BLOCK:
                cost[p, k] = best_chain(
                    mine, buses[k], fixed, boarding_s, break_s, seconds, metres
                )[0]
