"""Plans by putting groups where they cost least, again and again; compiled by numba.

Some groups that are near each other leave their buses and are put back one by one, each where it
adds least; now and then a place is passed over, so that what comes out differs. A plan that is
hardly worse is gone on with, less and less so: ruin and recreate with slack induction by string
removals, Christiaens & Vanden Berghe 2020, https://doi.org/10.1287/trsc.2019.0914.
"""

import numba
import numpy as np

from tourpool.routing.solver.compiled import Bits
from tourpool.routing.solver.compiled_places import chance
from tourpool.routing.solver.compiled_recreate import GAINFUL, mend, recreate
from tourpool.routing.solver.compiled_ruin import ruin
from tourpool.routing.solver.instance import Ints
from tourpool.routing.solver.plan_tables import SEATS_LARGE, ZERO, N, State, Task


@numba.njit(cache=True, nogil=True)
def search(
    p: Task, x: State, kept: State, best: State, rng: Bits, heat: float, rounds: int
) -> None:
    """Ruin and recreate so many times at one temperature; ``best`` becomes the best plan met.

    ``x`` and ``kept`` are the same plan before and after.
    """
    for _ in range(rounds):
        seats = p.hold[int(chance(rng) * len(p.hold)), SEATS_LARGE]
        ruin(p, x, seats if chance(rng) < 0.5 else ZERO, rng)
        recreate(p, x, rng)
        mend(p, x)
        value, before = x.total[0] - x.total[1], kept.total[0] - kept.total[1]
        if value < before - heat * np.log(max(chance(rng), 1e-300)):
            copy_touched(x, kept)
            if value < best.total[0] - best.total[1] - GAINFUL:
                copy_all(x, best)
        else:
            copy_touched(kept, x)


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
    for column in range(a.block.shape[1]):
        b.block[q, column] = a.block[q, column]
    for f in range(a.payer_m.shape[1]):
        b.payer_m[q, f] = a.payer_m[q, f]
    for d in range(2):
        for at in range(a.block[q, N]):
            b.order[d, q, at] = a.order[d, q, at]
            b.ride[d, q, at] = a.ride[d, q, at]
            b.slack[d, q, at] = a.slack[d, q, at]


@numba.njit(cache=True, nogil=True)
def copy_sums(a: State, b: State) -> None:
    """Copy all that is not of one block."""
    copy_values(a.where, b.where)
    copy_values(a.unit, b.unit)
    copy_values(a.people, b.people)
    copy_values(a.school, b.school)
    copy_values(a.spent, b.spent)
    for k in range(len(a.used)):
        copy_values(a.used[k], b.used[k])
    b.total[0], b.total[1] = a.total[0], a.total[1]


@numba.njit(cache=True, nogil=True)
def copy_values(a: Ints, b: Ints) -> None:
    """Copy all values; slices of arrays compile for long."""
    for i in range(len(a)):
        b[i] = a[i]
