"""The linear relaxation of a stage over all columns, priced by inspection.

HiGHS holds the columns found so far and starts each round from the last one's basis; a round looks
at every set and bus type for a negative reduced cost and adds the best. When none is left the value
is a bound on the whole stage.
"""

import highspy
import numpy as np
from scipy.sparse import csc_array, vstack

from tourpool.routing.select import NO_PICKS, USD, Floats, Picks, Selection, Stage
from tourpool.routing.stop import Stop

BATCH = 400
"""Columns of one session added in a round."""
EPS = 1e-7
_NO_COLUMNS = highspy.HighsModelStatus.kModelEmpty
"""What HiGHS says before any column is written out: its value is 0, and so are all prices."""


class Relaxation:
    """The relaxation of one stage.

    Attributes
    ----------
    picks
        Columns written out so far.
    x
        Their values in the last solution.
    value
        Of the last solution.
    complete
        Whether ``value`` is a bound: no column prices out.
    """

    def __init__(self, selection: Selection, stage: Stage, start: Picks) -> None:
        self.selection, self.stage = selection, stage
        self.picks = NO_PICKS
        self.x: Floats = np.zeros(0)
        self.value, self.complete = -np.inf, False
        self._highs = self._rows()
        self._seen = [np.zeros(c.cost.shape, np.bool_) for c in selection.columns]
        self._add(start)

    def solve(self, stop: Stop) -> None:
        """Price until no column improves, or until stopped."""
        while not stop.now:
            if np.isfinite(stop.left_s):
                self._highs.setOptionValue("time_limit", self._highs.getRunTime() + stop.left_s)
            self._highs.run()
            status = self._highs.getModelStatus()
            if status not in (highspy.HighsModelStatus.kOptimal, _NO_COLUMNS):
                return
            solution = self._highs.getSolution()
            self._duals = np.array(solution.row_dual)  # zeros as long as there are no columns
            self.x = np.array(solution.col_value)[self._n_switches :]
            self.value = self._highs.getInfo().objective_function_value
            better = self._better()
            if not len(better):
                self.complete = True
                return
            self._add(better)

    def below(self, threshold: float) -> Picks:
        """All columns whose reduced cost is under the threshold."""
        found = []
        for s in range(len(self.selection.columns)):
            a, k = np.nonzero(self._reduced(s) < threshold)
            found.append(np.stack([np.full(len(a), s), a, k], axis=1))
        return Picks(*np.concatenate(found).T) if found else NO_PICKS

    def _better(self) -> Picks:
        """Of each session, the sets with the most negative reduced cost, each with its best bus."""
        found = []
        for s, seen in enumerate(self._seen):
            reduced = np.where(seen, np.inf, self._reduced(s))
            if not reduced.size:
                continue
            k = reduced.argmin(axis=1)
            best = reduced[np.arange(len(k)), k]
            a = np.flatnonzero(best < -EPS * max(1.0, abs(self.stage.per_worth)))
            a = a[np.argsort(best[a], kind="stable")[:BATCH]]
            found.append(np.stack([np.full(len(a), s), a, k[a]], axis=1))
        return Picks(*np.concatenate(found).T) if found else NO_PICKS

    def _reduced(self, s: int) -> Floats:
        """Reduced costs of session s, ``(sets, K)``; infinite where there is no block."""
        sel, stage, c = self.selection, self.stage, self.selection.columns[s]
        per_worth, per_cost = stage.per_worth, stage.per_cost_usd
        extra = iter(self._duals[len(sel.lower) :])
        if stage.least_worth is not None:
            per_worth += next(extra)
        if stage.most_cost is not None:
            per_cost -= next(extra)
        base = stage.per_dislike * c.dislike - per_worth * c.worth
        base = base - sel.sets[s] @ self._duals[: sel.n_set_rows]
        mu = self._duals[sel.bus_row(s, np.arange(sel.buses))]
        reduced = per_cost * sel.cost_usd[s] + base[:, None] - mu
        return np.where(sel.feasible[s], reduced, np.inf)

    def _rows(self) -> highspy.Highs:
        """An empty model with all rows and the switches of cut requests."""
        sel, stage = self.selection, self.stage
        switches = sel.switches()
        self._n_switches = switches.shape[1]
        lower, upper = stage_rows(sel, stage)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self._n_switches, len(lower)
        lp.col_cost_ = np.zeros(self._n_switches)
        lp.col_lower_, lp.col_upper_ = np.zeros(self._n_switches), np.ones(self._n_switches)
        lp.row_lower_, lp.row_upper_ = lower, upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = switches.indptr.astype(np.int32)
        lp.a_matrix_.index_ = switches.indices.astype(np.int32)
        lp.a_matrix_.value_ = switches.data
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("log_to_console", False)
        highs.setOptionValue("threads", 1)
        highs.passModel(lp)
        return highs

    def _add(self, picks: Picks) -> None:
        """Write out more columns."""
        fresh = np.array([not self._seen[s][a, k] for s, a, k in picks.rows()], dtype=np.bool_)
        picks = picks.where(fresh) if len(picks) else picks
        if not len(picks):
            return
        for s, a, k in picks.rows():
            self._seen[s][a, k] = True
        a_matrix = stage_matrix(self.selection, self.stage, picks)
        n = len(picks)
        self._highs.addCols(
            n,
            self.selection.objective(self.stage, picks),
            np.zeros(n),
            np.full(n, highspy.kHighsInf),
            a_matrix.nnz,
            a_matrix.indptr[:-1].astype(np.int32),
            a_matrix.indices.astype(np.int32),
            a_matrix.data,
        )
        self.picks = Picks(*np.concatenate([self.picks.rows(), picks.rows()]).T)


def stage_rows(selection: Selection, stage: Stage) -> tuple[Floats, Floats]:
    """Bounds of all rows, those of the stage last."""
    lower, upper = list(selection.lower), list(selection.upper)
    if stage.least_worth is not None:
        lower.append(float(stage.least_worth))
        upper.append(np.inf)
    if stage.most_cost is not None:
        lower.append(0.0)
        upper.append(stage.most_cost * USD)
    return np.array(lower), np.array(upper)


def stage_matrix(selection: Selection, stage: Stage, picks: Picks) -> csc_array:
    """Coefficients of some columns in all rows, those of the stage last."""
    pieces = [selection.matrix(picks)]
    if stage.least_worth is not None:
        pieces.append(csc_array(selection.gather("worth", picks)[None, :].astype(float)))
    if stage.most_cost is not None:
        pieces.append(csc_array(selection.gather("cost", picks)[None, :] * USD))
    whole = csc_array(vstack(pieces, format="csc"))
    whole.sort_indices()
    return whole
