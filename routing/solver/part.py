"""Part of a choice: some columns stay, fewer sets are looked at, all rows keep their meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tourpool.routing.solver.instance import Bools, Ints
from tourpool.routing.solver.select import Picks, Selection, Stage


@dataclass(frozen=True)
class Part:
    """A smaller selection whose solutions, with the fixed columns, solve the whole.

    Attributes
    ----------
    selection
        The choice over some sets, with the rows that the fixed columns leave.
    stage
        The stage, less what the fixed columns bring.
    sets
        Of each session, which sets of the whole its sets are, ascending.
    fixed
        Columns of the whole that stay chosen.
    """

    selection: Selection
    stage: Stage
    sets: list[Ints]
    fixed: Picks

    def whole(self, picks: Picks) -> Picks:
        """The fixed columns and those of the part, numbered as in the whole."""
        at = [int(self.sets[s][a]) for s, a, _ in picks.rows().tolist()]
        return self.fixed.union(Picks(picks.pool, np.array(at, dtype=np.int64), picks.bus))

    def inside(self, picks: Picks) -> Picks:
        """Columns of the whole but for the fixed ones, numbered as in the part."""
        fixed = set(map(tuple, self.fixed.rows().tolist()))
        free = [tuple(row) not in fixed for row in picks.rows().tolist()]
        picks = picks.where(np.array(free, dtype=np.bool_))
        at = [int(np.searchsorted(self.sets[s], a)) for s, a, _ in picks.rows().tolist()]
        return Picks(picks.pool, np.array(at, dtype=np.int64), picks.bus)


def merged(selection: Selection, before: Picks, plan: Picks, part: Part, found: Picks) -> Picks:
    """Put what a part found for the plan ``before`` into the plan of now, where that fits.

    Parameters
    ----------
    before, plan
        The plan from which the part was cut, and what other parts have made of it since.
    found
        The plan ``before`` with the part re-optimised.

    Returns
    -------
    plan
        With the part, or as it was when the two cannot stand together.
    """
    was, now, fixed, new = (
        set(map(tuple, p.rows().tolist())) for p in (before, plan, part.fixed, found)
    )
    freed = was - fixed
    if not freed <= now:
        return plan
    rows = sorted((now - freed) | (new - fixed))
    both = Picks(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)
    return both if selection.fits(both) else plan


def part_of(selection: Selection, stage: Stage, keep: Sequence[Bools], fixed: Picks) -> Part:
    """The choice that is left over the sets named by the masks, beside the fixed columns."""
    n = len(selection.columns)
    part = Selection(
        selection.m,
        [c.keep(mask) for c, mask in zip(selection.columns, keep[:n], strict=True)],
        [c.keep(mask) for c, mask in zip(selection.chains, keep[n:], strict=True)],
    )
    used = np.asarray(selection.matrix(fixed).sum(axis=1)).ravel()
    used += selection.switches() @ selection.switched(fixed)
    part.upper = (np.array(selection.upper) - used).tolist()
    part.lower = (np.array(selection.lower) - used).tolist()  # who is half fixed rides as a whole
    totals = selection.totals(fixed)
    least, most, change = stage.least_worth, stage.most_cost, stage.most_change
    return Part(
        selection=part,
        stage=replace(
            stage,
            least_worth=None if least is None else max(0, least - totals.worth),
            most_cost=None if most is None else most - totals.cost,
            most_change=None if change is None else change - totals.change,
        ),
        sets=[np.flatnonzero(mask) for mask in keep],
        fixed=fixed,
    )
