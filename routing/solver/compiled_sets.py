"""Pareto-best runs of one set of groups, compiled by numba."""

import numba
import numpy as np

from tourpool.routing.solver.instance import Bools, Ints


@numba.njit(cache=True, nogil=True)
def pareto_orders(
    first_s: Ints,
    first_m: Ints,
    step_s: Ints,
    step_m: Ints,
    own_stop: Bools,
    limit_s: Ints,
    most: int,
) -> Ints:
    """Orders of all groups from the venue outwards, ``(orders, n)``; none if more than ``most``.

    Of those with the same last group and the same stops, the Pareto-best in seconds and metres.

    Parameters
    ----------
    first_s, first_m, step_s, step_m
        Seconds and metres to a first group, and from group i on to group j; boarding included.
    own_stop
        Whether j has a stop of its own after i, ``(n, n)``.
    limit_s
        Ride limits.
    most
        Runs held.
    """
    n = len(first_s)
    every = (1 << n) - 1
    newest = np.full(every + 1, -1)  # run of each set, and from there on back
    size = 1024
    run = np.empty((size, 6), np.int64)  # seconds, metres, stops, last group, parent, run before
    count = 0
    for done in range(every):
        at = newest[done] if done else -2
        while at != -1:
            if done == 0 or run[at, 0] >= 0:
                for j in range(n):
                    if (done >> j) & 1:
                        continue
                    if done == 0:
                        seconds, metres, stops = first_s[j], first_m[j], 1
                    else:
                        i = run[at, 3]
                        seconds = run[at, 0] + step_s[i, j]
                        metres = run[at, 1] + step_m[i, j]
                        stops = run[at, 2] + own_stop[i, j]
                    if seconds > limit_s[j]:
                        continue
                    now = done | (1 << j)
                    if not _is_new(run, newest[now], seconds, metres, stops, j):
                        continue
                    if count == most:
                        return np.empty((0, n), np.int64)
                    if count == len(run):
                        longer = np.empty((2 * count, 6), np.int64)
                        longer[:count] = run
                        run = longer
                    run[count, 0], run[count, 1], run[count, 2] = seconds, metres, stops
                    run[count, 3], run[count, 4], run[count, 5] = j, at, newest[now]
                    newest[now] = count
                    count += 1
            at = run[at, 5] if done else -1
    return _traced(run, newest[every], n)


@numba.njit(cache=True, nogil=True)
def _is_new(run: Ints, at: int, seconds: int, metres: int, stops: int, last: int) -> bool:
    """Whether no run of a set is as good; marks those that the new one is better than."""
    while at != -1:
        if run[at, 0] >= 0 and run[at, 3] == last and run[at, 2] == stops:
            if run[at, 0] <= seconds and run[at, 1] <= metres:
                return False
            if seconds <= run[at, 0] and metres <= run[at, 1]:
                run[at, 0] = -1
        at = run[at, 5]
    return True


@numba.njit(cache=True, nogil=True)
def _traced(run: Ints, newest: int, n: int) -> Ints:
    """Orders of the runs of the whole set."""
    count, at = 0, newest
    while at != -1:
        count += run[at, 0] >= 0
        at = run[at, 5]
    orders = np.empty((count, n), np.int64)
    count, at = 0, newest
    while at != -1:
        if run[at, 0] >= 0:
            back = at
            for place in range(n - 1, -1, -1):
                orders[count, place] = run[back, 3]
                back = run[back, 4]
            count += 1
        at = run[at, 5]
    return orders
