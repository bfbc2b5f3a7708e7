"""Requests that are near each other leave their buses; compiled by numba."""

import numba
import numpy as np

from tourpool.routing.solver.compiled import Bits
from tourpool.routing.solver.compiled_moves import take_request_off
from tourpool.routing.solver.compiled_places import chance
from tourpool.routing.solver.compiled_recreate import cheapest_bus
from tourpool.routing.solver.plan_tables import BUS, REQUEST, SEATS_LARGE, N, State, Task

OFF, STRING = 10, 10
"""Requests taken off at a time, on average; most that follow each other on one bus."""


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
