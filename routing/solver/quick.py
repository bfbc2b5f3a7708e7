"""Plans at once: by taking columns in some order, and by diving along the relaxation."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csc_array

from tourpool.routing.solver.instance import Ints
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import NO_PICKS, Floats, Picks, Selection, Stage
from tourpool.routing.solver.stop import Stop

SURE = 0.85
"""A dive fixes every column at least this much chosen, and always the most chosen one."""
MOST_AT_ONCE = 12


def each_alone(selection: Selection) -> Picks:
    """Every single group with its cheapest bus: what is at hand before the relaxation."""
    found = [
        np.stack([np.full(len(a), s), a, c.cost[a].argmin(axis=1)], axis=1)
        for s, c in enumerate(selection.pools)
        if len(a := np.flatnonzero(c.inside.sum(axis=1) == 1))
    ]
    return Picks(*np.concatenate(found).T) if found else NO_PICKS


def cheapest_first(selection: Selection, stage: Stage, picks: Picks) -> Picks:
    """Take columns by their objective as long as they fit."""
    order = np.argsort(selection.objective(stage, picks), kind="stable")
    return in_order(selection, picks, order)


def rounded(relaxation: Relaxation) -> Picks:
    """Take columns while they fit, those most chosen in the relaxation first."""
    selection = relaxation.selection
    picks = relaxation.picks.first(len(relaxation.x))
    objective = selection.objective(relaxation.stage, picks)
    return in_order(selection, picks, np.lexsort([objective, -relaxation.x]))


def dived(relaxation: Relaxation, stop: Stop) -> Picks | None:
    """Fix the most chosen columns and relax again, until none is left that fits; then fill up.

    The relaxation is as before afterwards, but for the columns it found on the way. None when it
    could not be solved.
    """
    fixed = np.zeros(0, np.int64)
    try:
        while not stop.now:
            x = relaxation.x
            open_ = np.setdiff1d(np.flatnonzero(x > 1e-6), fixed)
            if not len(open_):
                return relaxation.picks.at(fixed)
            fit = _that_fit(relaxation, fixed, open_[np.argsort(-x[open_], kind="stable")])
            if not len(fit):
                return _filled(relaxation, fixed)
            sure = fit[x[fit] >= SURE]
            more = sure[:MOST_AT_ONCE] if len(sure) else fit[:1]
            fixed = np.append(fixed, more)
            relaxation.fix(more)
            relaxation.solve(stop)
            if not relaxation.complete:
                return None
        return None
    finally:
        relaxation.release(fixed)


def _filled(relaxation: Relaxation, fixed: Ints) -> Picks:
    """The fixed columns, and of the others those that fit, the best first."""
    picks = relaxation.picks
    objective = relaxation.selection.objective(relaxation.stage, picks)
    objective[fixed] = -np.inf
    return in_order(relaxation.selection, picks, np.argsort(objective, kind="stable"))


def _that_fit(relaxation: Relaxation, fixed: Ints, more: Ints) -> Ints:
    """Of more columns, those that fit beside the fixed ones; the relaxation sees to parts."""
    selection = relaxation.selection
    left: Floats = np.array(selection.upper)
    left[[row for rows in selection.part_rows.values() for row in rows]] = 1.0
    both = np.append(fixed, more)
    taken = _while_they_fit(selection.matrix(relaxation.picks.at(both)), left, np.arange(len(both)))
    return both[[t for t in taken if t >= len(fixed)]]


def in_order(selection: Selection, picks: Picks, order: Ints) -> Picks:
    """Take columns in order as long as every row holds.

    Requests that are cut in parts are left out: their parts fit only all together.
    """
    left: Floats = np.array(selection.upper)
    taken = _while_they_fit(selection.matrix(picks), left, order)
    return picks.at(np.array(sorted(taken), dtype=np.int64))


def filled(selection: Selection, first: Picks, then: Picks) -> Picks:
    """Columns ``first`` as long as every row holds, then others; parts of a request go together.

    What must be served at the least is not looked at.
    """
    picks = Picks(*np.concatenate([first.rows(), then.rows()]).T)
    riding = [_requests(selection, p, a) for p, a, _ in picks.rows().tolist()]
    a = selection.matrix(picks)
    left: Floats = np.array(selection.upper)
    of_parts = [rows for _, rows in sorted(selection.part_rows.items())]
    left[[row for rows in of_parts for row in rows]] = 1.0
    taken: list[int] = []
    served: set[int] = set()
    for unit in _units(riding):
        use = np.asarray(a[:, unit].sum(axis=1)).ravel()
        who = set().union(*(riding[p] for p in unit))
        whole = all(len(set(use[rows].tolist())) == 1 for rows in of_parts)
        if whole and served.isdisjoint(who) and (use <= left + 1e-9).all():
            left -= use
            served |= who
            taken += unit
    found = picks.at(np.array(sorted(taken), dtype=np.int64))
    return found if selection.within_budgets(found) else NO_PICKS


def _requests(selection: Selection, pool: int, a: int) -> set[int]:
    of = selection.pools[pool]
    return set(of.request[np.asarray(of.inside[a])].tolist())


def _units(riding: Sequence[set[int]]) -> list[list[int]]:
    """Columns in order, those that bring parts of one request together."""
    units: list[tuple[set[int], list[int]]] = []
    for p, requests in enumerate(riding):
        joined = [unit for unit in units if not unit[0].isdisjoint(requests)]
        units = [unit for unit in units if unit not in joined]
        who = requests.union(*(of for of, _ in joined))
        units.append((who, [*(q for _, of in joined for q in of), p]))
    return [sorted(of) for _, of in sorted(units, key=lambda unit: min(unit[1]))]


def _while_they_fit(a: csc_array, left: Floats, order: Ints) -> list[int]:
    taken: list[int] = []
    for p in order:
        rows = slice(a.indptr[p], a.indptr[p + 1])
        if (a.data[rows] <= left[a.indices[rows]]).all():
            left[a.indices[rows]] -= a.data[rows]
            taken.append(int(p))
    return taken
