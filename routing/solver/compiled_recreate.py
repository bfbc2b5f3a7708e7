"""Requests are put on buses one by one, each where it costs least; compiled by numba."""

import numba
import numpy as np

from tourpool.routing.solver.compiled import Bits, Floats
from tourpool.routing.solver.compiled_moves import affordable, begin, dissolve, put_on, take_off
from tourpool.routing.solver.compiled_places import chance, cheapest_block, cheapest_type
from tourpool.routing.solver.compiled_reckon import refresh
from tourpool.routing.solver.instance import Ints
from tourpool.routing.solver.plan_tables import (
    AT,
    BUS,
    DAY,
    FIRST,
    LOC,
    MAX_PEOPLE,
    MIN_RIDERS,
    NOT,
    PEOPLE,
    RIDERS,
    SCHOOL,
    SESSION,
    ZERO,
    N,
    State,
    Task,
)

SKIPPED = 0.01
"""Of the places, so many are passed over."""
GAINFUL = 0.5
"""Costs are whole numbers, and gains hardly err."""


@numba.njit(cache=True, nogil=True)
def recreate(p: Task, x: State, rng: Bits) -> None:
    """Put requests that do not ride where they cost least, one after the other."""
    lawful(p, x)
    absent = np.flatnonzero(x.unit < 0)
    key = np.empty(len(absent))
    rule = int(chance(rng) * 10)
    for i in range(len(absent)):
        key[i] = _key(p, absent[i], rule, rng)
    for i in ascending(key):
        r = absent[i]
        if p.unit_at[r + 1] > p.unit_at[r]:
            put_back(p, x, r, rng)


@numba.njit(cache=True, nogil=True)
def ascending(key: Floats) -> Ints:
    """Places of some values, least first; by insertion, as numba's own sorts compile for long."""
    by = np.arange(len(key))
    for n in range(1, len(key)):
        i, at = by[n], n
        while at and key[by[at - 1]] > key[i]:
            by[at] = by[at - 1]
            at -= 1
        by[at] = i
    return by


@numba.njit(cache=True, nogil=True)
def _key(p: Task, r: int, rule: int, rng: Bits) -> float:
    """By which requests are put back, least first."""
    first = p.unit_at[r]
    if rule < 4 or p.unit_at[r + 1] == first:
        return float(chance(rng))
    g = p.groups[p.unit[first]]
    if rule < 6:
        return -float(p.group[g, PEOPLE])
    if rule < 8:
        return float(-p.gain[first] / max(1, p.group[g, PEOPLE]))
    away = p.road_s[0, p.session[p.group[g, SESSION], FIRST], p.group[g, LOC]]
    return float(away) if rule == 8 else -float(away)


@numba.njit(cache=True, nogil=True)
def lawful(p: Task, x: State) -> None:
    """Dissolve blocks that became too long by losing groups: no road need be the shortest way."""
    again = True
    while again:
        again = False
        for b in range(len(x.block)):
            if x.touched[b] and x.block[b, N] and not refresh(p, x, b):
                dissolve(p, x, b)
                again = True


@numba.njit(cache=True, nogil=True)
def put_back(p: Task, x: State, r: int, rng: Bits) -> None:
    """Serve a request by the unit that pays most, if any does."""
    best, chosen = -GAINFUL, NOT
    spot = (NOT, NOT, NOT, NOT)
    for u in range(p.unit_at[r], p.unit_at[r + 1]):
        if not people_fit(p, x, u):
            continue
        if p.unit[u + 1] - p.unit[u] == 1:
            g = p.groups[p.unit[u]]
            more, b, k, out, back = cheapest_place(p, x, g, SKIPPED, rng)
            if b != -1 and more - p.gain[u] < best:
                best, chosen, spot = more - p.gain[u], u, (b, k, out, back)
        else:
            before = x.total[0]
            if put_parts_on(p, x, u, rng):
                more = x.total[0] - before
                take_parts_off(p, x, u)
                if more - p.gain[u] < best:
                    best, chosen = more - p.gain[u], u
    if chosen < 0:
        return
    if p.unit[chosen + 1] - p.unit[chosen] == 1:
        put_at(p, x, p.groups[p.unit[chosen]], spot[0], spot[1], spot[2], spot[3])
    else:
        put_parts_on(p, x, chosen, rng)
    x.unit[r] = chosen
    x.total[1] += p.gain[chosen]


@numba.njit(cache=True, nogil=True)
def people_fit(p: Task, x: State, u: int) -> bool:
    """Whether session and school have room for all of a unit."""
    people = 0
    for at in range(p.unit[u], p.unit[u + 1]):
        people += p.group[p.groups[at], PEOPLE]
    g = p.groups[p.unit[u]]
    s, school = p.group[g, SESSION], p.group[g, SCHOOL]
    in_session = x.people[s] + people <= p.session[s, MAX_PEOPLE]
    return bool(in_session and x.school[school] + people <= p.school_room[school])


@numba.njit(cache=True, nogil=True)
def put_parts_on(p: Task, x: State, u: int, rng: Bits) -> bool:
    """Put all groups of a unit on, or none."""
    for at in range(p.unit[u], p.unit[u + 1]):
        g = p.groups[at]
        _, b, k, out, back = cheapest_place(p, x, g, 0.0, rng)
        if b == -1:
            take_parts_off(p, x, u)
            return False
        put_at(p, x, g, b, k, out, back)
    return True


@numba.njit(cache=True, nogil=True)
def take_parts_off(p: Task, x: State, u: int) -> None:
    """Take those groups of a unit off that ride."""
    for at in range(p.unit[u], p.unit[u + 1]):
        g = p.groups[at]
        if x.where[g] >= 0:
            b = x.where[g]
            take_off(p, x, g)
            refresh(p, x, b)


@numba.njit(cache=True, nogil=True)
def put_at(p: Task, x: State, g: int, b: int, k: int, out: int, back: int) -> None:
    """Put a group on a block, or on a new one of bus type k."""
    if b >= 0:
        put_on(p, x, b, g, out, back)
    else:
        begin(p, x, k, g)


@numba.njit(cache=True, nogil=True)
def cheapest_place(
    p: Task, x: State, g: int, skip: float, rng: Bits
) -> tuple[int, int, int, int, int]:
    """What a group adds at the least, and where.

    Block (-2: a new one, -1: nowhere), bus type of a new one, places out and back.
    """
    s = p.group[g, SESSION]
    day = p.session[s, DAY]
    best, where, out, back = cheapest_block(
        p.road_s,
        p.road_m,
        p.profile[day],
        p.group,
        p.carry,
        p.hold,
        p.buses[day],
        p.session[s],
        p.fixed[s],
        p.avoid[p.avoid_at[g] : p.avoid_at[g + 1]],
        p.budget,
        p.payer_m,
        x.block,
        x.order,
        x.ride,
        x.slack,
        x.where,
        x.payer_m,
        x.spent,
        g,
        skip,
        rng,
    )
    bus = NOT
    for k in range(len(p.hold)):
        cost = p.alone[g, k]
        if cost < best and x.used[day, k] < p.number[day, k] and affordable(p, x, g, cost):
            best, where, bus = cost, -2, k
    return best, where, bus, out, back


@numba.njit(cache=True, nogil=True)
def mend(p: Task, x: State) -> None:
    """Give changed blocks the cheapest bus; dissolve those with too few riders."""
    for b in range(len(x.block)):
        if x.touched[b] and x.block[b, N]:
            cheapest_bus(p, x, b, ZERO)
    for b in range(len(x.block)):
        if x.block[b, N] and x.block[b, RIDERS] < p.hold[x.block[b, BUS], MIN_RIDERS]:
            dissolve(p, x, b)
    lawful(p, x)


@numba.njit(cache=True, nogil=True)
def cheapest_bus(p: Task, x: State, b: int, seats: int) -> None:
    """Change to the cheapest bus type with so many seats, of those at hand."""
    mine, s = x.block[b, BUS], x.block[b, AT]
    day = p.session[s, DAY]
    best = cheapest_type(
        p.road_s,
        p.road_m,
        p.profile[day],
        p.carry,
        p.hold,
        p.buses[day],
        p.fixed[s],
        p.number[day] - x.used[day],
        p.budget,
        x.block,
        x.order,
        x.payer_m,
        x.spent,
        seats,
        b,
    )
    if best != mine:
        x.block[b, BUS] = best
        refresh(p, x, b)
        x.used[day, mine] -= 1
        x.used[day, best] += 1
