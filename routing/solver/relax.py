"""The linear relaxation of a stage over all columns, priced by inspection.

HiGHS holds the columns found so far and starts each round from the last one's basis; a round looks
at every set and bus type for a negative reduced cost and adds the best. When none is left the value
is a bound on the whole stage.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, vstack

from tourpool.routing.solver.columns import Pool
from tourpool.routing.solver.compiled import best_reduced, reduced_below
from tourpool.routing.solver.cuts import Cuts
from tourpool.routing.solver.instance import Bools, Ints
from tourpool.routing.solver.select import NO_PICKS, USD, Floats, Picks, Selection, Stage
from tourpool.routing.solver.stop import Stop

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
        self._upper: Floats = np.zeros(0)  # of the cuts
        self._cuts = [csr_array((len(c.cost), 0)) for c in selection.pools]
        self._highs = self._rows()
        self._seen = [np.zeros(c.cost.shape, np.bool_) for c in selection.pools]
        self._add(start)

    def solve(self, stop: Stop) -> None:
        """Price until no column improves, or until stopped."""
        while not stop.now:
            if np.isfinite(stop.left_s):
                self._highs.setOptionValue("time_limit", self._highs.getRunTime() + stop.left_s)
            if not self._run():
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

    def _run(self) -> bool:
        """Solve what is written out; once more from nothing when the engine is unsure."""
        solved = (highspy.HighsModelStatus.kOptimal, _NO_COLUMNS)
        self._highs.run()
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            self._highs.clearSolver()
            self._highs.run()
        return self._highs.getModelStatus() in solved

    def fix(self, positions: Ints) -> None:
        """Hold some columns at 1."""
        self._bound(positions, 1.0)

    def release(self, positions: Ints) -> None:
        """Let some columns go again."""
        self._bound(positions, 0.0)

    def _bound(self, positions: Ints, lower: float) -> None:
        for position in positions.tolist():
            self._highs.changeColBounds(self._n_switches + position, lower, highspy.kHighsInf)
        self.complete = False

    def tighten(self, cuts: Cuts) -> None:
        """Add valid inequalities."""
        n = len(cuts.upper)
        self._upper = np.append(self._upper, cuts.upper)
        self._cuts = [
            hstack([a, b], format="csr") for a, b in zip(self._cuts, cuts.tables, strict=True)
        ]
        rows = self.selection.stacked(cuts.tables, self.picks).tocsr()
        self._highs.addRows(
            n,
            np.full(n, -highspy.kHighsInf),
            cuts.upper,
            rows.nnz,
            rows.indptr[:-1].astype(np.int32),
            (rows.indices + self._n_switches).astype(np.int32),
            rows.data,
        )
        self.complete = False

    def below(self, threshold: float) -> Picks:
        """All columns whose reduced cost is under the threshold."""
        found = []
        for p, c in enumerate(self.selection.pools):
            a, k = self._prices(p).below(c, threshold)
            found.append(np.stack([np.full(len(a), p), a, k], axis=1))
        return Picks(*np.concatenate(found).T) if found else NO_PICKS

    def best(self, most: int) -> Picks:
        """Of the columns written out, those with the least reduced costs."""
        objective = self.selection.objective(self.stage, self.picks)
        reduced = objective - self.rows_of(self.picks).T @ self._duals
        return self.picks.at(np.sort(np.argsort(reduced, kind="stable")[:most]))

    def sets_below(self, threshold: float) -> list[Bools]:
        """Of each pool, the sets with a bus whose reduced cost is under the threshold."""
        return [
            self._prices(p).least(c, np.zeros(c.cost.shape, np.bool_))[0] < threshold
            for p, c in enumerate(self.selection.pools)
        ]

    def least_use(self, gap: float) -> Floats:
        """How much of each row of the choice a plan uses that is worse by less than the gap.

        What a row leaves unused costs its dual a unit. Coefficients are whole but for budgets.
        """
        n, upper = len(self.selection.lower), np.array(self.selection.upper)
        dual = np.minimum(self._duals[:n], -1e-12)
        least = upper + gap / dual
        whole = n - len(self.selection.m.budgets)
        least[:whole] = np.ceil(least[:whole] - 1e-6)
        return np.where(np.isfinite(upper) & (least > 0), least, -np.inf)

    def rows_of(self, picks: Picks) -> csc_array:
        """Coefficients of some columns in all rows: the choice, the stage, the cuts."""
        parts = [stage_matrix(self.selection, self.stage, picks)]
        if len(self._upper):
            parts.append(self.selection.stacked(self._cuts, picks))
        whole = csc_array(vstack(parts, format="csc"))
        whole.sort_indices()
        return whole

    def bounds(self) -> tuple[Floats, Floats]:
        """Bounds of all rows."""
        lower, upper = stage_rows(self.selection, self.stage)
        n = len(self._upper)
        return np.append(lower, np.full(n, -np.inf)), np.append(upper, self._upper)

    def _better(self) -> Picks:
        """Of each pool, the sets with the most negative reduced cost, each with its best bus."""
        found = []
        for s, c in enumerate(self.selection.pools):
            best, k = self._prices(s).least(c, self._seen[s])
            a = np.flatnonzero(best < -EPS * max(1.0, abs(self.stage.per_worth)))
            a = a[np.argsort(best[a], kind="stable")[:BATCH]]
            found.append(np.stack([np.full(len(a), s), a, k[a]], axis=1))
        return Picks(*np.concatenate(found).T) if found else NO_PICKS

    def _prices(self, p: int) -> "_Prices":
        """What makes up the reduced costs of a pool."""
        sel, c = self.selection, self.selection.pools[p]
        per_worth, per_cost, per_change, rest = self._per_unit()
        base = self.stage.per_dislike * c.dislike - per_worth * c.worth
        if c.change is not None:
            base = base + per_change * c.change
        base = base - sel.sets[p] @ self._duals[: sel.n_set_rows]
        if len(self._upper):
            base = base - self._cuts[p] @ rest
        mu = self._duals[sel.bus_row(p, np.arange(sel.buses))]
        return _Prices(base, mu, float(per_cost * USD), self.share_prices)

    def gains(self, s: int) -> tuple[Floats, Floats, float]:
        """Prices of session s: of its groups, of bus types, of 1e-4 US$.

        What cuts and budgets ask comes on top of the reduced costs that these make up.
        """
        sel, data = self.selection, self.selection.m.sessions[s]
        per_worth, per_cost, _, _ = self._per_unit()
        gain = per_worth * data.worth - self.stage.per_dislike * data.dislike
        gain = gain + sel.tables[s] @ self._duals[: sel.n_set_rows]
        mu = self._duals[sel.bus_row(s, np.arange(sel.buses))]
        return gain, mu, float(per_cost * USD)

    @property
    def share_prices(self) -> Floats:
        """Prices of 1e-4 US$ that budgets bear, at most 0, ``(B,)``."""
        n = len(self.selection.m.budgets)
        first = len(self.selection.lower) - n
        return USD * self._duals[first : first + n]

    @property
    def cut_prices(self) -> Floats:
        """Prices of the cuts, in the order in which they were added."""
        return self._per_unit()[3]

    def _per_unit(self) -> tuple[float, float, float, Floats]:
        """Prices of worth, of dollars and of change, and those of the cuts."""
        stage = self.stage
        per_worth, per_cost, per_change = stage.per_worth, stage.per_cost_usd, stage.per_change
        rest = self._duals[len(self.selection.lower) :]
        if stage.least_worth is not None:
            per_worth, rest = per_worth + rest[0], rest[1:]
        if stage.most_cost is not None:
            per_cost, rest = per_cost - rest[0], rest[1:]
        if stage.most_change is not None:
            per_change, rest = per_change - rest[0], rest[1:]
        return per_worth, per_cost, per_change, rest

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
        a_matrix = self.rows_of(picks)
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


@dataclass(frozen=True)
class _Prices:
    """What makes up reduced costs: of sets, of bus types, of 1e-4 US$ at large and of budgets."""

    base: Floats
    mu: Floats
    per_cost: float
    per_share: Floats

    def below(self, c: Pool, threshold: float) -> tuple[Ints, Ints]:
        """All (set, bus type) whose reduced cost is under the threshold."""
        return reduced_below(
            c.cost,
            self.base,
            self.mu,
            self.per_cost,
            c.alone_m,
            c.payer_m,
            self.per_share,
            threshold,
        )

    def least(self, c: Pool, seen: Bools) -> tuple[Floats, Ints]:
        """Least reduced cost of each set over the bus types not seen yet, and which."""
        return best_reduced(
            c.cost, self.base, self.mu, self.per_cost, c.alone_m, c.payer_m, self.per_share, seen
        )


def stage_rows(selection: Selection, stage: Stage) -> tuple[Floats, Floats]:
    """Bounds of all rows, those of the stage last."""
    lower, upper = list(selection.lower), list(selection.upper)
    if stage.least_worth is not None:
        lower.append(float(stage.least_worth))
        upper.append(np.inf)
    if stage.most_cost is not None:
        lower.append(-np.inf)
        upper.append(stage.most_cost * USD)
    if stage.most_change is not None:
        lower.append(-np.inf)
        upper.append(float(stage.most_change))
    return np.array(lower), np.array(upper)


def stage_matrix(selection: Selection, stage: Stage, picks: Picks) -> csc_array:
    """Coefficients of some columns in all rows, those of the stage last."""
    pieces = [selection.matrix(picks)]
    if stage.least_worth is not None:
        pieces.append(csc_array(selection.gather("worth", picks)[None, :].astype(float)))
    if stage.most_cost is not None:
        pieces.append(csc_array(selection.gather("cost", picks)[None, :] * USD))
    if stage.most_change is not None:
        pieces.append(csc_array(selection.gather("change", picks)[None, :].astype(float)))
    whole = csc_array(vstack(pieces, format="csc"))
    whole.sort_indices()
    return whole
