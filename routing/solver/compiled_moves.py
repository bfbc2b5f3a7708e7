"""Putting groups on buses and taking them off, compiled by numba."""

import numba

from tourpool.routing.solver.compiled_reckon import refresh, share
from tourpool.routing.solver.plan_tables import (
    ALONE_M,
    AT,
    BUS,
    COST,
    DAY,
    OWN_M,
    PEOPLE,
    REQUEST,
    SCHOOL,
    SESSION,
    ZERO,
    N,
    State,
    Task,
)


@numba.njit(cache=True, nogil=True)
def affordable(p: Task, x: State, g: int, cost: int) -> bool:
    """Whether budgets bear a block of group g alone."""
    for f in range(len(p.budget)):
        if x.spent[f] + share(cost, p.payer_m[g, f], p.group[g, ALONE_M]) > p.budget[f]:
            return False
    return True


@numba.njit(cache=True, nogil=True)
def put_on(p: Task, x: State, b: int, g: int, out: int, back: int) -> None:
    """Put group g on a block, at these places of its orders."""
    block = x.block[b]
    n = block[N]
    for d, place in ((0, out), (1, back)):
        for at in range(n, place, -1):
            x.order[d, b, at] = x.order[d, b, at - 1]
        x.order[d, b, place] = g
    block[N] += 1
    _count(p, x, g, 1)
    x.where[g], x.touched[b] = b, True
    refresh(p, x, b)


@numba.njit(cache=True, nogil=True)
def begin(p: Task, x: State, k: int, g: int) -> int:
    """Let a bus of type k fetch group g alone; the block."""
    b = ZERO
    while x.block[b, N]:
        b += 1
    s = p.group[g, SESSION]
    x.block[b, COST] = x.block[b, OWN_M] = 0
    x.block[b, BUS], x.block[b, AT] = k, s
    x.used[p.session[s, DAY], k] += 1
    first = x.block[b, N]
    put_on(p, x, b, g, first, first)
    return b


@numba.njit(cache=True, nogil=True)
def take_off(p: Task, x: State, g: int) -> None:
    """Take group g off its block, whose cost is then to be reckoned anew."""
    b = x.where[g]
    block = x.block[b]
    n = block[N]
    for d in range(2):
        order = x.order[d, b]
        at = 0
        while order[at] != g:
            at += 1
        for after in range(at, n - 1):
            order[after] = order[after + 1]
    block[N] -= 1
    _count(p, x, g, -1)
    x.where[g], x.touched[b] = -1, True
    if n == 1:
        x.used[p.session[block[AT], DAY], block[BUS]] -= 1


@numba.njit(cache=True, nogil=True)
def _count(p: Task, x: State, g: int, sign: int) -> None:
    x.people[p.group[g, SESSION]] += sign * p.group[g, PEOPLE]
    x.school[p.group[g, SCHOOL]] += sign * p.group[g, PEOPLE]


@numba.njit(cache=True, nogil=True)
def take_request_off(p: Task, x: State, r: int) -> None:
    """Take all groups of a request off, and reckon their blocks anew."""
    u = x.unit[r]
    for at in range(p.unit[u], p.unit[u + 1]):
        g = p.groups[at]
        if x.where[g] >= 0:
            b = x.where[g]
            take_off(p, x, g)
            refresh(p, x, b)
    x.total[1] -= p.gain[u]
    x.unit[r] = -1


@numba.njit(cache=True, nogil=True)
def dissolve(p: Task, x: State, b: int) -> None:
    """Take all off a block."""
    while x.block[b, N]:
        take_request_off(p, x, p.group[x.order[0, b, 0], REQUEST])
