"""The search for rank-one cuts, compiled by numba at first use."""

import numba
import numpy as np

from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.instance import Bools, Ints


@numba.njit(cache=True, nogil=True)
def excess_of(total: Ints, value: Floats, divisor: int) -> float:
    """Sum of the values of columns, each as often as its total holds the divisor."""
    reached = 0.0
    for c in range(len(total)):
        reached += (total[c] // divisor) * value[c]
    return reached


@numba.njit(cache=True, nogil=True)
def greedy_rows(brings: Bools, value: Floats, weights: Ints, divisor: int) -> tuple[Ints, Floats]:
    """For each request as the first row, rows that break a cut most, and by how much.

    Rows are added one by one, each the best for what is there; the likeliest is the one that
    brings most columns up to the next multiple of the divisor, so ties go to shared columns. Then
    single rows are exchanged as long as that helps.

    Parameters
    ----------
    brings, value
        Which requests each column holds, ``(requests, columns)``; how much it is chosen.
    weights, divisor
        How often each row is taken; what the sum is divided by.
    """
    n, columns = brings.shape
    size = len(weights)
    rows = np.zeros((n, size), np.int64)
    excess = np.full(n, -1.0)
    most = weights.sum() // divisor
    for seed in range(n):
        total = np.zeros(columns, np.int64)
        chosen = np.full(size, -1, np.int64)
        chosen[0] = seed
        total += weights[0] * brings[seed]
        for place in range(1, size):
            best, best_row = -1.0, -1
            for row in range(n):
                if (chosen == row).any():
                    continue
                reached = 0.0
                for c in range(columns):
                    if brings[row, c]:
                        now = total[c] + weights[place]
                        reached += (now // divisor - total[c] // divisor) * value[c]
                        reached += 0.01 * min(total[c], divisor) * value[c]  # on the way to one
                if reached > best:
                    best, best_row = reached, row
            if best_row < 0:
                break
            chosen[place] = best_row
            total += weights[place] * brings[best_row]
        if chosen[-1] < 0:
            continue
        reached = excess_of(total, value, divisor)
        better = True
        while better:
            better = False
            for place in range(size):
                total -= weights[place] * brings[chosen[place]]
                best, best_row = reached + 1e-9, chosen[place]
                base = excess_of(total, value, divisor)
                for row in range(n):
                    if (chosen == row).any():
                        continue
                    gain = 0.0
                    for c in range(columns):
                        if brings[row, c]:
                            now = total[c] + weights[place]
                            gain += (now // divisor - total[c] // divisor) * value[c]
                    if base + gain > best:
                        best, best_row = base + gain, row
                if best_row != chosen[place]:
                    better, reached = True, best
                    chosen[place] = best_row
                total += weights[place] * brings[chosen[place]]
        rows[seed] = chosen
        excess[seed] = reached - most
    return rows, excess
