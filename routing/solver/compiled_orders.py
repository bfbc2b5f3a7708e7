"""Innermost loops of choosing orders, compiled by numba at first use."""

import numba
import numpy as np

from tourpool.routing.solver.compiled import price
from tourpool.routing.solver.instance import Bools, Ints


@numba.njit(cache=True)
def undominated(kind: Ints, rows: Ints) -> Bools:
    """Which rows no earlier row of the same kind is at most as large as, in every column.

    Rows of one kind lie next to each other and ascend: then those marked are the Pareto front, the
    first of equal ones.
    """
    keep = np.zeros(len(rows), np.bool_)
    front = np.empty(len(rows), np.int64)
    n = 0
    for a in range(len(rows)):
        if a and kind[a] != kind[a - 1]:
            n = 0
        dominated = False
        for b in range(n):
            dominated = True
            for c in range(rows.shape[1]):
                if rows[front[b], c] > rows[a, c]:
                    dominated = False
                    break
            if dominated:
                break
        if not dominated:
            keep[a], front[n] = True, a
            n += 1
    return keep


@numba.njit(cache=True)
def prices(bus: Ints, metres: Ints, duty_s: Ints, wait_s: Ints, money_q: int) -> Ints:
    """Cost of each of some blocks of one bus type, 1e-4 US$."""
    cost = np.empty(len(metres), np.int64)
    for a in range(len(metres)):
        cost[a] = price(bus, metres[a], duty_s[a], wait_s[a], money_q)
    return cost
