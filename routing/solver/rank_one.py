"""Rank-one cuts from four or five requests: weighted sums of their rows, rounded down.

Rows of requests, each taken some times over, are added, divided and rounded down; what holds for
the sum holds for whole plans after the rounding too. With three rows these are the cuts of
`cuts.py`; the weights are those of Pecin, Pessoa, Poggi, Uchoa & Santos 2017,
https://doi.org/10.1016/j.orl.2017.02.006.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array

from tourpool.routing.solver.compiled_cuts import greedy_rows
from tourpool.routing.solver.cuts import LEAST_VIOLATION, MOST_PER_REQUEST, Cuts, support
from tourpool.routing.solver.instance import Bools, Ints, ints
from tourpool.routing.solver.select import Floats, Picks, Selection
from tourpool.routing.solver.stop import NEVER, Stop

FAMILIES = (
    ((2, 1, 1, 1), 3),
    ((1, 1, 1, 1, 1), 2),
    ((1, 1, 1, 1, 1), 3),
    ((2, 2, 1, 1, 1), 3),
    ((3, 1, 1, 1, 1), 4),
    ((2, 2, 1, 1, 1), 4),
    ((3, 2, 2, 1, 1), 5),
)
"""Weights of the rows, the heaviest first, and what their sum is divided by."""


@dataclass(frozen=True)
class RankOne:
    """Rows of some requests, how often each is taken, and the divisor."""

    requests: Ints
    weights: Ints
    divisor: int

    @property
    def upper(self) -> int:
        """The most that a whole plan reaches."""
        return int(self.weights.sum()) // self.divisor


def rank_one_cuts(
    selection: Selection, picks: Picks, x: Floats, most: int, stop: Stop = NEVER
) -> Cuts:
    """The cuts that a fractional solution breaks most, no request in too many of them."""
    request, brings, value = _dense(selection, picks, x)
    found = []
    for weights, divisor in FAMILIES if most else ():
        if stop.now:
            break
        rows, excess = greedy_rows(brings, value, ints(weights), divisor)
        for n in np.flatnonzero(excess > LEAST_VIOLATION):
            requests = tuple(request[rows[n]].tolist())
            found.append((-float(excess[n]), requests, weights, divisor))
    cuts: list[RankOne] = []  # the most broken first
    uses = np.zeros(selection.m.n_requests, np.int64)
    seen = set()
    for _, requests, weights, divisor in sorted(found):
        key = (frozenset(zip(requests, weights, strict=True)), divisor)
        of = ints(requests)
        if key in seen or (uses[of] >= MOST_PER_REQUEST).any():
            continue
        seen.add(key)
        uses[of] += 1
        cuts.append(RankOne(of, ints(weights), divisor))
        if len(cuts) == most:
            break
    tables = [_table(csc_array(sets), cuts) for sets in selection.sets]
    return Cuts(tables, np.array([float(c.upper) for c in cuts]))


def _dense(selection: Selection, picks: Picks, x: Floats) -> tuple[Ints, Bools, Floats]:
    """Requests in fractional columns, which of them each brings whole, and its value.

    Requests of a column that is chosen wholly are in no other one, and break no cut.
    """
    columns = [(rows, v) for rows, v in support(selection, picks, x) if v < 1 - 1e-6]
    request = np.array(sorted({r for rows, _ in columns for r in rows}), dtype=np.int64)
    brings = np.zeros((len(request), len(columns)), np.bool_)
    for n, (rows, _) in enumerate(columns):
        brings[np.searchsorted(request, rows), n] = True
    return request, brings, np.array([v for _, v in columns])


def _table(sets: csc_array, cuts: list[RankOne]) -> csr_array:
    """Coefficients of all sets of one pool, ``(sets, cuts)``."""
    held, column, value = [], [], []
    for n, cut in enumerate(cuts):
        rows = [sets.indices[sets.indptr[i] : sets.indptr[i + 1]] for i in cut.requests]
        weight = np.repeat(cut.weights, [len(r) for r in rows])
        at, of = np.unique(np.concatenate(rows), return_inverse=True)
        times = np.bincount(of, weights=weight, minlength=len(at)).astype(np.int64) // cut.divisor
        keep = times > 0
        held.append(at[keep])
        value.append(times[keep])
        column.append(np.full(int(keep.sum()), n))
    shape = (sets.shape[0], len(cuts))
    if not held:
        return csr_array(shape)
    where = (np.concatenate(held), np.concatenate(column))
    return csr_array((np.concatenate(value).astype(np.float64), where), shape=shape)
