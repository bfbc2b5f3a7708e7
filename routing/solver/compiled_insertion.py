"""Plans by putting groups where they cost least, again and again; compiled by numba.

Some groups that are near each other leave their buses and are put back one by one, each where it
adds least; now and then a place is passed over, so that what comes out differs. A plan that is
hardly worse is gone on with, less and less so: ruin and recreate with slack induction by string
removals, Christiaens & Vanden Berghe 2020, https://doi.org/10.1287/trsc.2019.0914.
"""

import numba
import numpy as np

from tourpool.routing.solver.compiled import Bits
from tourpool.routing.solver.compiled_moves import (
    affordable,
    begin,
    dissolve,
    put_on,
    take_off,
    take_request_off,
)
from tourpool.routing.solver.compiled_places import chance, cheapest_block, cheapest_type
from tourpool.routing.solver.compiled_reckon import refresh
from tourpool.routing.solver.plan_tables import (
    AT,
    BUS,
    DAY,
    FIRST,
    LOC,
    MAX_PEOPLE,
    MIN_RIDERS,
    PEOPLE,
    REQUEST,
    RIDERS,
    SCHOOL,
    SEATS_LARGE,
    SESSION,
    N,
    State,
    Task,
)

OFF, STRING = 10, 10
"""Requests taken off at a time, on average; most that follow each other on one bus."""
SKIPPED = 0.01
"""Of the places, so many are passed over."""
GAINFUL = 0.5
"""Costs are whole numbers, and gains hardly err."""


@numba.njit(cache=True, nogil=True)
def search(p: Task, x: State, kept: State, best: State, rng: Bits, heat: float, rounds: int) -> int:
    """Ruin and recreate so many times at one temperature; how often ``best`` was improved.

    ``x`` and ``kept`` are the same plan before and after.
    """
    improved = 0
    for _ in range(rounds):
        seats = p.hold[int(chance(rng) * len(p.hold)), SEATS_LARGE]
        ruin(p, x, seats if chance(rng) < 0.5 else 0, rng)
        recreate(p, x, rng)
        mend(p, x)
        value, before = x.total[0] - x.total[1], kept.total[0] - kept.total[1]
        if value < before - heat * np.log(max(chance(rng), 1e-300)):
            copy_touched(x, kept)
            if value < best.total[0] - best.total[1] - GAINFUL:
                copy_all(x, best)
                improved += 1
        else:
            copy_touched(kept, x)
    return improved


@numba.njit(cache=True, nogil=True)
def fill(p: Task, x: State, kept: State, rng: Bits) -> None:
    """Put in whoever is not served, as a first plan."""
    recreate(p, x, rng)
    mend(p, x)
    copy_touched(x, kept)


@numba.njit(cache=True, nogil=True)
def ruin(p: Task, x: State, seats: int, rng: Bits) -> None:
    """Take strings of requests off the buses near a random request.

    Buses with fewer seats than given are changed to larger ones, as far as there are any: what is
    put back can then fill them.
    """
    seed = int(chance(rng) * len(p.near))
    blocks, riding = 0, 0
    for b in range(len(x.block)):
        if x.block[b, N]:
            blocks, riding = blocks + 1, riding + x.block[b, N]
    if not blocks:
        return
    longest = min(float(STRING), riding / blocks)
    strings = int(chance(rng) * (4.0 * OFF / (1.0 + longest) - 1.0)) + 1
    for at in range(p.near.shape[1]):
        if not strings:
            return
        r = p.near[seed, at]
        if r < 0 or x.unit[r] < 0:
            continue
        u = x.unit[r]
        g = p.groups[p.unit[u] + int(chance(rng) * (p.unit[u + 1] - p.unit[u]))]
        b = x.where[g]
        if x.touched[b]:
            continue
        length = int(chance(rng) * min(longest, float(x.block[b, N]))) + 1
        take_string_off(p, x, b, g, length, rng)
        if x.block[b, N] and p.hold[x.block[b, BUS], SEATS_LARGE] < seats:
            cheapest_bus(p, x, b, seats)
        strings -= 1


@numba.njit(cache=True, nogil=True)
def take_string_off(p: Task, x: State, b: int, g: int, length: int, rng: Bits) -> None:
    """Take so many groups off that follow each other one way, g among them.

    Half of the time some in the middle of them stay.
    """
    d = int(chance(rng) * 2)
    n = x.block[b, N]
    stays = 0
    if length > 1 and length < n and chance(rng) < 0.5:
        stays = 1
        while length + stays < n and chance(rng) < 0.5:
            stays += 1
    whole = length + stays
    at = 0
    while x.order[d, b, at] != g:
        at += 1
    first = max(0, at - whole + 1)
    first += int(chance(rng) * (min(at, n - whole) - first + 1))
    begin_stay = first + 1 + int(chance(rng) * (length - 1)) if stays else n
    requests = np.empty(whole, np.int64)
    for i in range(whole):
        place = first + i
        keep = begin_stay <= place < begin_stay + stays
        requests[i] = -1 if keep else p.group[x.order[d, b, place], REQUEST]
    for r in requests:
        if r >= 0 and x.unit[r] >= 0:
            take_request_off(p, x, int(r))


@numba.njit(cache=True, nogil=True)
def recreate(p: Task, x: State, rng: Bits) -> None:
    """Put requests that do not ride where they cost least, one after the other."""
    lawful(p, x)
    absent = np.flatnonzero(x.unit < 0)
    key = np.empty(len(absent))
    rule = int(chance(rng) * 10)
    for i in range(len(absent)):
        key[i] = _key(p, absent[i], rule, rng)
    for i in np.argsort(key):
        r = absent[i]
        if p.unit_at[r + 1] > p.unit_at[r]:
            put_back(p, x, r, rng)


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
    best, chosen = -GAINFUL, -1
    spot = (-1, -1, -1, -1)
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
        p.profile[:, day],
        p.group,
        p.carry,
        p.hold,
        p.buses[day],
        p.session[s],
        p.fixed[:, s],
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
    bus = -1
    for k in range(len(p.hold)):
        cost = p.alone[g, k]
        if cost < best and x.used[k, day] < p.number[k, day] and affordable(p, x, g, cost):
            best, where, bus = cost, -2, k
    return best, where, bus, out, back


@numba.njit(cache=True, nogil=True)
def mend(p: Task, x: State) -> None:
    """Give changed blocks the cheapest bus; dissolve those with too few riders."""
    for b in range(len(x.block)):
        if x.touched[b] and x.block[b, N]:
            cheapest_bus(p, x, b, 0)
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
        p.profile[:, day],
        p.carry,
        p.hold,
        p.buses[day],
        p.fixed[:, s],
        p.number[:, day] - x.used[:, day],
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
        x.used[mine, day] -= 1
        x.used[best, day] += 1


@numba.njit(cache=True, nogil=True)
def copy_touched(a: State, b: State) -> None:
    """Make plan b what plan a is, where one of them was touched, and forget that."""
    for q in range(len(a.block)):
        if a.touched[q] or b.touched[q]:
            copy_block(a, b, q)
            a.touched[q] = b.touched[q] = False
    copy_sums(a, b)


@numba.njit(cache=True, nogil=True)
def copy_all(a: State, b: State) -> None:
    """Make plan b what plan a is."""
    for q in range(len(a.block)):
        copy_block(a, b, q)
    copy_sums(a, b)


@numba.njit(cache=True, nogil=True)
def copy_block(a: State, b: State, q: int) -> None:
    """Copy block q."""
    b.block[q] = a.block[q]
    b.payer_m[q] = a.payer_m[q]
    for d in range(2):
        for at in range(a.block[q, N]):
            b.order[d, q, at] = a.order[d, q, at]
            b.ride[d, q, at] = a.ride[d, q, at]
            b.slack[d, q, at] = a.slack[d, q, at]


@numba.njit(cache=True, nogil=True)
def copy_sums(a: State, b: State) -> None:
    """Copy all that is not of one block."""
    b.where[:] = a.where
    b.unit[:] = a.unit
    b.used[:] = a.used
    b.people[:] = a.people
    b.school[:] = a.school
    b.spent[:] = a.spent
    b.total[:] = a.total
