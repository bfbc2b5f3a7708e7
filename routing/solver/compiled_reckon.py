"""What a block of a plan under construction costs, compiled by numba."""

import numba
import numpy as np

from tourpool.routing.solver.compiled import GARAGE, NO_BLOCK, STOP, Floats, pair_cost
from tourpool.routing.solver.instance import Ints
from tourpool.routing.solver.plan_tables import (
    ALONE_M,
    AT,
    BOARD,
    BOARDING,
    BUS,
    COST,
    DAY,
    END,
    LARGE,
    LIMIT,
    LOC,
    LOST,
    METRES,
    OWN_M,
    PEOPLE,
    PLACES,
    RIDERS,
    RIDERS_LARGE,
    RIDERS_SMALL,
    RIDERS_WHEELS,
    SEATS_LARGE,
    SEATS_SMALL,
    SECS,
    SMALL,
    STOPS,
    WHEELS,
    ZERO,
    N,
    State,
    Task,
)

Change = tuple[int, int, int]
"""Seconds, metres and stops."""
NO_CHANGE = ((0, 0, 0), (0, 0, 0))


@numba.njit(cache=True, nogil=True)
def moves_on(near: int, far: int, at_venue: bool) -> bool:
    """Whether the far group has a stop of its own: those of one place share it."""
    return at_venue or near != far


@numba.njit(cache=True, nogil=True)
def share(cost: int, part: int, whole: int) -> int:
    """What a budget bears of a block."""
    return int((2 * cost * part + whole) // (2 * whole)) if whole else 0


@numba.njit(cache=True, nogil=True)
def refresh(p: Task, x: State, b: int) -> bool:
    """Reckon a block anew from its orders; False when a limit forbids it."""
    s = x.block[b, AT]
    day = p.session[s, DAY]
    q = p.profile[day, x.block[b, BUS]]
    return reckoned(
        p.road_s,
        p.road_m,
        2 * q,
        p.group,
        p.payer_m,
        p.buses[day],
        p.session[s],
        p.fixed[s, q],
        x.block,
        x.order,
        x.ride,
        x.slack,
        x.payer_m,
        x.spent,
        x.total,
        b,
    )


@numba.njit(cache=True, nogil=True)
def reckoned(
    road_s: Ints,
    road_m: Ints,
    way: int,
    group: Ints,
    payer_m: Ints,
    buses: Ints,
    venues: Ints,
    fixed: Ints,
    block: Ints,
    order: Ints,
    ride: Ints,
    slack: Ints,
    paid_m: Ints,
    spent: Ints,
    total: Floats,
    b: int,
) -> bool:
    """The same; arrays are passed one by one, see `cheapest_spot`."""
    n, k, old = block[b, N], block[b, BUS], block[b, COST]
    for f in range(len(spent)):
        spent[f] -= share(old, paid_m[b, f], block[b, OWN_M])
        paid_m[b, f] = 0
    for column in range(RIDERS_SMALL, OWN_M + 1):
        block[b, column] = 0
    for at in range(n):
        g = order[0, b, at]
        block[b, RIDERS_SMALL] += group[g, SMALL]
        block[b, RIDERS_LARGE] += group[g, LARGE]
        block[b, RIDERS_WHEELS] += group[g, WHEELS]
        block[b, RIDERS] += group[g, PEOPLE]
        block[b, BOARDING] += group[g, BOARD]
        block[b, OWN_M] += group[g, ALONE_M]
        for f in range(len(spent)):
            paid_m[b, f] += payer_m[g, f]
    cost, in_time = 0, True
    if n:
        for d in range(2):
            in_time &= _ridden(
                road_s,
                road_m,
                way + d,
                group,
                venues[d],
                fixed[STOP],
                block,
                order,
                ride,
                slack,
                b,
                d,
            )
        cost = driven(road_s, road_m, way, buses[k], fixed, block, b, ZERO, NO_CHANGE)
        in_time &= cost != NO_BLOCK
    if not in_time:
        cost = 0
    block[b, COST] = cost
    total[0] += cost - old
    for f in range(len(spent)):
        spent[f] += share(cost, paid_m[b, f], block[b, OWN_M])
    return bool(in_time)


@numba.njit(cache=True, nogil=True)
def driven(
    road_s: Ints,
    road_m: Ints,
    way: int,
    bus: Ints,
    fixed: Ints,
    block: Ints,
    b: int,
    board_s: int,
    more: tuple[Change, Change],
) -> int:
    """Cost of a block's runs with a bus type; NO_BLOCK when a limit forbids it.

    Parameters
    ----------
    board_s, more
        What comes on top: seconds of boarding; of each run seconds, metres and stops.
    """
    garage, out, back = bus[GARAGE], block[b, END], block[b, END + 1]
    there, home = more
    return int(
        pair_cost(
            (
                out,
                block[b, SECS] + there[0],
                block[b, METRES] + there[1],
                block[b, STOPS] + there[2],
            ),
            (
                back,
                block[b, SECS + 1] + home[0],
                block[b, METRES + 1] + home[1],
                block[b, STOPS + 1] + home[2],
            ),
            bus,
            fixed,
            block[b, BOARDING] + board_s,
            (
                road_s[way, out, garage],
                road_m[way, out, garage],
                road_s[way + 1, back, garage],
                road_m[way + 1, back, garage],
            ),
        )
    )


@numba.njit(cache=True, nogil=True)
def _ridden(
    road_s: Ints,
    road_m: Ints,
    way: int,
    group: Ints,
    venue: int,
    stop_s: int,
    block: Ints,
    order: Ints,
    ride: Ints,
    slack: Ints,
    b: int,
    d: int,
) -> bool:
    """Reckon one run; False when some ride too long."""
    near, n = venue, block[b, N]
    seconds = metres = stops = 0
    for at in range(n):
        g = order[d, b, at]
        far = group[g, LOC]
        if moves_on(near, far, at == 0):
            seconds += road_s[way, near, far] + stop_s
            metres += road_m[way, near, far]
            stops += 1
        seconds += group[g, BOARD]
        ride[d, b, at] = seconds
        near = far
    least = np.int64(2**60)
    for at in range(n - 1, -1, -1):
        least = min(least, group[order[d, b, at], LIMIT + d] - ride[d, b, at])
        slack[d, b, at] = least
    block[b, SECS + d], block[b, METRES + d] = seconds, metres
    block[b, STOPS + d], block[b, END + d] = stops, near
    return bool(least >= 0)


@numba.njit(cache=True, nogil=True)
def holds(hold: Ints, small: int, large: int, wheels: int) -> bool:
    """Whether a bus type holds so many small and large riders, and wheelchairs."""
    taken = small * hold[SEATS_LARGE] + (large + hold[LOST] * wheels) * hold[SEATS_SMALL]
    return bool(taken <= hold[SEATS_SMALL] * hold[SEATS_LARGE] and wheels <= hold[PLACES])
