"""Where a group adds least to a plan, and which bus drives a block for least; compiled by numba.

Arrays are passed one by one: compiled code counts references to each array of a tuple of tables, at
each call.
"""

import numba
import numpy as np

from tourpool.routing.solver.compiled import GARAGE, MINIMUM, NO_BLOCK, PER_M, PER_S, STOP, Bits
from tourpool.routing.solver.compiled_reckon import NO_CHANGE, driven, holds, moves_on, share
from tourpool.routing.solver.instance import Bools, Ints
from tourpool.routing.solver.plan_tables import (
    ALONE_M,
    AT,
    BOARD,
    BUS,
    COST,
    LARGE,
    LIMIT,
    LOC,
    MIN_RIDERS,
    OWN_M,
    PER_SECOND,
    RIDERS,
    RIDERS_LARGE,
    RIDERS_SMALL,
    RIDERS_WHEELS,
    SEATS_LARGE,
    SESSION,
    SMALL,
    WHEELS,
    ZERO,
    N,
)


@numba.njit(cache=True, nogil=True)
def cheapest_spot(
    road_s: Ints,
    road_m: Ints,
    way: int,
    group: Ints,
    stop_s: int,
    bus: Ints,
    venue: int,
    block: Ints,
    order: Ints,
    ride: Ints,
    slack: Ints,
    b: int,
    d: int,
    g: int,
    skip: float,
    rng: Bits,
) -> tuple[int, int, int, int, float]:
    """Where in direction d group g adds least to block b, and what.

    Arrays are passed one by one: compiled code counts references to each of a tuple, at each call.

    Returns
    -------
    place, seconds, metres, stops, value
        -1 for nowhere; what it adds, and the price of that.
    """
    n, garage = block[b, N], bus[GARAGE]
    here, board, limit = group[g, LOC], group[g, BOARD], group[g, LIMIT + d]
    best, place, best_s, best_m, best_stops = np.inf, -1, 0, 0, 0
    near, so_far = venue, 0
    for at in range(n + 1):
        seconds, metres, stops = board, 0, 0
        if moves_on(near, here, at == 0):
            seconds += road_s[way, near, here] + stop_s
            metres += road_m[way, near, here]
            stops += 1
        in_time = so_far + seconds <= limit
        if at < n:
            far = group[order[d, b, at], LOC]
            if far != here:
                seconds += road_s[way, here, far] + stop_s
                metres += road_m[way, here, far]
                stops += 1
            if moves_on(near, far, at == 0):
                seconds -= road_s[way, near, far] + stop_s
                metres -= road_m[way, near, far]
                stops -= 1
            in_time &= seconds <= slack[d, b, at]
            near, so_far = far, ride[d, b, at]
        else:
            seconds += road_s[way, here, garage] - road_s[way, near, garage]
            metres += road_m[way, here, garage] - road_m[way, near, garage]
        value = bus[PER_M] * metres + (bus[PER_S] + PER_SECOND) * seconds
        if in_time and value < best and (skip == 0.0 or chance(rng) >= skip):
            best, place, best_s, best_m, best_stops = value, at, seconds, metres, stops
    return place, best_s, best_m, best_stops, best


@numba.njit(cache=True, nogil=True)
def cheapest_block(
    road_s: Ints,
    road_m: Ints,
    profile: Ints,
    group: Ints,
    carry: Bools,
    hold: Ints,
    buses: Ints,
    venues: Ints,
    fixed: Ints,
    avoid: Ints,
    budget: Ints,
    payer_m: Ints,
    block: Ints,
    order: Ints,
    ride: Ints,
    slack: Ints,
    where: Ints,
    paid_m: Ints,
    spent: Ints,
    g: int,
    skip: float,
    rng: Bits,
) -> tuple[int, int, int, int]:
    """What group g adds at the least to a block, which (-1: none), and its places out and back.

    ``avoid`` are the groups that must not share its bus; ``profile`` and ``buses`` those of its
    day, ``fixed`` that of its session for each profile, ``venues`` the first and the last one;
    ``paid_m`` what budgets pay of blocks.
    """
    s = group[g, SESSION]
    least, chosen, chosen_out, chosen_back = int(NO_BLOCK), -1, -1, -1
    for b in range(len(block)):
        if not block[b, N] or block[b, AT] != s:
            continue
        k = block[b, BUS]
        small = block[b, RIDERS_SMALL] + group[g, SMALL]
        large = block[b, RIDERS_LARGE] + group[g, LARGE]
        wheels = block[b, RIDERS_WHEELS] + group[g, WHEELS]
        if not (carry[k, g] and holds(hold[k], small, large, wheels)):
            continue
        together = False
        for other in avoid:
            together |= where[other] == b
        if together:
            continue
        bus, fix, way = buses[k], fixed[profile[k]], 2 * profile[k]
        out, out_s, out_m, out_stops, value = cheapest_spot(
            road_s,
            road_m,
            way,
            group,
            fix[STOP],
            bus,
            venues[0],
            block,
            order,
            ride,
            slack,
            b,
            0,
            g,
            skip,
            rng,
        )
        # on the way out alone it adds more than all of it elsewhere
        if out < 0 or (value >= least and block[b, COST] > bus[MINIMUM]):
            continue
        back, back_s, back_m, back_stops, _ = cheapest_spot(
            road_s,
            road_m,
            way + 1,
            group,
            fix[STOP],
            bus,
            venues[1],
            block,
            order,
            ride,
            slack,
            b,
            1,
            g,
            skip,
            rng,
        )
        if back < 0:
            continue
        cost = driven(
            road_s,
            road_m,
            way,
            bus,
            fix,
            block,
            b,
            group[g, BOARD],
            ((out_s, out_m, out_stops), (back_s, back_m, back_stops)),
        )
        if cost == NO_BLOCK or cost - block[b, COST] >= least:
            continue
        borne = True
        for f in range(len(budget)):
            was = share(block[b, COST], paid_m[b, f], block[b, OWN_M])
            now = share(cost, paid_m[b, f] + payer_m[g, f], block[b, OWN_M] + group[g, ALONE_M])
            borne &= spent[f] - was + now <= budget[f]
        if borne:
            least, chosen, chosen_out, chosen_back = int(cost - block[b, COST]), b, out, back
    return least, chosen, chosen_out, chosen_back


@numba.njit(cache=True, nogil=True)
def cheapest_type(
    road_s: Ints,
    road_m: Ints,
    profile: Ints,
    carry: Bools,
    hold: Ints,
    buses: Ints,
    fixed: Ints,
    at_hand: Ints,
    budget: Ints,
    block: Ints,
    order: Ints,
    paid_m: Ints,
    spent: Ints,
    seats: int,
    b: int,
) -> int:
    """The bus type that drives a block for least, of those of which some are at hand, or its own.

    One with fewer seats, or that does not go for so few, is kept only if there is no other. Only
    types that use the same roads are looked at: the runs stay as they are.
    """
    mine = block[b, BUS]
    fix, way = fixed[profile[mine]], 2 * profile[mine]
    poor = hold[mine, SEATS_LARGE] < seats or block[b, RIDERS] < hold[mine, MIN_RIDERS]
    best, least = mine, block[b, COST]
    for k in range(len(hold)):
        if k == mine or at_hand[k] <= 0 or hold[k, SEATS_LARGE] < seats:
            continue
        if profile[k] != profile[mine]:
            continue
        small, large = block[b, RIDERS_SMALL], block[b, RIDERS_LARGE]
        if not holds(hold[k], small, large, block[b, RIDERS_WHEELS]):
            continue
        may = block[b, RIDERS] >= hold[k, MIN_RIDERS]
        for at in range(block[b, N]):
            may &= carry[k, order[0, b, at]]
        cost = driven(road_s, road_m, way, buses[k], fix, block, b, ZERO, NO_CHANGE)
        if not may or cost == NO_BLOCK or not (poor or cost < least):
            continue
        for f in range(len(budget)):
            was = share(block[b, COST], paid_m[b, f], block[b, OWN_M])
            more = share(cost, paid_m[b, f], block[b, OWN_M]) - was
            may &= more <= 0 or spent[f] + more <= budget[f]
        if may:
            best, poor, least = k, False, cost
    return int(best)


@numba.njit(cache=True, nogil=True)
def chance(rng: Bits) -> float:
    """The next of a series of numbers between 0 and 1 (xorshift, Marsaglia 2003)."""
    v = rng[0]
    v ^= v << np.uint64(13)
    v ^= v >> np.uint64(7)
    v ^= v << np.uint64(17)
    rng[0] = v
    return float((v >> np.uint64(11)) * (1.0 / 9007199254740992.0))
