"""Subset-row cuts: of any three requests, at most one bus brings two or more.

Jepsen, Petersen, Spoorendonk & Pisinger 2008, https://doi.org/10.1287/opre.1070.0449; here all
columns are at hand, so a cut's coefficients are looked up and pricing stays an inspection.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from tourpool.routing.solver.select import Floats, Picks, Selection

Triple = tuple[int, int, int]
LEAST_VIOLATION = 0.02
MOST_PER_REQUEST = 5
"""Cuts of one round that may share a request: more of them say the same."""


def violated(selection: Selection, picks: Picks, x: Floats, most: int) -> list[Triple]:
    """Triples of requests whose cut the fractional solution breaks, the worst first."""
    pairs: defaultdict[tuple[int, int], float] = defaultdict(float)
    threes: defaultdict[Triple, float] = defaultdict(float)
    near: dict[int, set[int]] = {}
    for rows, value in support(selection, picks, x):
        for i, j in combinations(rows, 2):
            pairs[i, j] += value
            near.setdefault(i, set()).add(j)
            near.setdefault(j, set()).add(i)
        for three in combinations(rows, 3):
            threes[three] += value
    excess: dict[Triple, float] = {}
    for i, j in list(pairs):
        for k in near[i] | near[j]:
            if k not in (i, j):
                a, b, c = sorted((i, j, k))
                if (a, b, c) not in excess:
                    two_or_more = pairs[a, b] + pairs[a, c] + pairs[b, c] - 2 * threes[a, b, c]
                    excess[a, b, c] = two_or_more - 1
    worst = sorted((-v, t) for t, v in excess.items() if v > LEAST_VIOLATION)
    return _spread((t for _, t in worst), most)


@dataclass(frozen=True)
class Cuts:
    """Inequalities that every plan keeps and the relaxation breaks.

    Attributes
    ----------
    tables
        Coefficients of the sets of each pool, ``(sets, cuts)``.
    upper
        What the sum over the chosen columns may be at the most, ``(cuts,)``.
    """

    tables: list[csr_array]
    upper: Floats

    def and_(self, others: "Cuts") -> "Cuts":
        """Both together."""
        tables = [
            csr_array(hstack([a, b])) for a, b in zip(self.tables, others.tables, strict=True)
        ]
        return Cuts(tables, np.append(self.upper, others.upper))


def triple_cuts(selection: Selection, triples: list[Triple]) -> Cuts:
    """Of each triple, at most one column holds two or more."""
    tables = [_two_or_more(csc_array(sets), triples) for sets in selection.sets]
    return Cuts(tables, np.ones(len(triples)))


def _two_or_more(sets: csc_array, triples: list[Triple]) -> csr_array:
    members = [sets.indices[sets.indptr[i] : sets.indptr[i + 1]] for i in range(sets.shape[1])]
    held = []
    for triple in triples:
        at, times = np.unique(np.concatenate([members[i] for i in triple]), return_counts=True)
        held.append(at[times >= 2])
    column = np.repeat(np.arange(len(triples)), [len(h) for h in held])
    row = np.concatenate(held) if held else np.zeros(0, np.int64)
    return csr_array((np.ones(len(row)), (row, column)), shape=(sets.shape[0], len(triples)))


def support(
    selection: Selection, picks: Picks, x: Floats
) -> Iterable[tuple[tuple[int, ...], float]]:
    """Whole requests and value of each column in use."""
    used = np.flatnonzero(x > 1e-6)
    chosen = Picks(*picks.rows()[used].T)
    a = selection.matrix(chosen)
    for p, value in enumerate(x[used]):
        rows = a.indices[a.indptr[p] : a.indptr[p + 1]]
        whole = sorted(int(r) for r in rows if r < selection.m.n_requests)
        yield tuple(whole), float(value)


def _spread(triples: Iterable[Triple], most: int) -> list[Triple]:
    """The first ones, no request in too many of them."""
    taken: list[Triple] = []
    uses: Counter[int] = Counter()
    for triple in triples:
        if len(taken) == most:
            break
        if all(uses[i] < MOST_PER_REQUEST for i in triple):
            taken.append(triple)
            uses.update(triple)
    return taken
