"""One stage of the choice: relax, cut, dive, improve neighbourhoods, and prove.

The proof: every column whose reduced cost is at least the gap goes, as no better plan can hold it;
the integer program over the rest decides. When too many are left, or the search tree grows too
large, neighbourhoods of the plan are re-optimised exactly, which closes the gap from above, and the
proof is tried again with more room.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, hstack

from tourpool.routing.solver.cuts import violated
from tourpool.routing.solver.mip import Mip, solve_mip
from tourpool.routing.solver.neighbourhood import Neighbourhoods
from tourpool.routing.solver.part import Part, part_of
from tourpool.routing.solver.quick import cheapest_first, dived, each_alone, rounded
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.stop import Stop

TOLERANCE = 1e-6
CLOSE = 5e-5
"""Two objectives nearer than this are the same: money has steps of 1e-4 US$."""
CUT_ROUNDS = 40
LEAST_GAIN = 1e-6
"""A round of cuts that lifts the bound by a smaller share of the gap is the last one."""
Progress = Callable[[str, float, float], None]
"""Told the name of a stage, the value of the plan so far, and its bound."""


@dataclass(frozen=True)
class StageResult:
    """The best columns for a stage; ``bound <= value`` and ``optimal`` when they meet."""

    picks: Picks
    value: float
    bound: float
    optimal: bool


@dataclass(frozen=True)
class Effort:
    """How much one try of a proof may take; deterministic, so no seconds."""

    columns: int
    nodes: int | None


PROOF = Effort(columns=4_000, nodes=500)
LAST_PROOF = Effort(columns=400_000, nodes=None)
IN_PART = Effort(columns=15_000, nodes=200)
ROUNDS = 24
"""Neighbourhoods between two tries of the proof."""


def solve_stage(
    selection: Selection,
    stage: Stage,
    incumbent: Picks,
    stop: Stop,
    progress: Progress | None = None,
) -> StageResult:
    """Solve one stage to the proof, or until stopped, starting from a plan that it allows."""
    if not any(len(c.inside) for c in selection.columns):
        bound = 0.0 if selection.complete else loosest(selection, stage)
        return StageResult(NO_PICKS, 0.0, bound, optimal=selection.complete)
    work = _Work(selection, stage, incumbent, stop, progress or (lambda name, value, bound: None))
    work.relax()
    work.combine(PROOF)
    work.prove(PROOF)
    effort = PROOF
    neighbourhoods = Neighbourhoods(selection)
    while not work.ended:
        idle = work.improve(neighbourhoods)
        if idle and effort is LAST_PROOF:
            break
        effort = LAST_PROOF if idle else effort
        work.prove(effort)
    return work.result()


def solve_part(part: Part, incumbent: Picks, stop: Stop) -> Picks:
    """The best columns found for a part of a choice, with little effort; proven or not."""
    work = _Work(part.selection, part.stage, part.inside(incumbent), stop, lambda *_: None)
    work.relax()
    work.prove(IN_PART)
    return part.whole(work.incumbent)


class _Work:
    """A stage being solved: its relaxation, the plan so far, and the bound."""

    def __init__(
        self, selection: Selection, stage: Stage, incumbent: Picks, stop: Stop, tell: Progress
    ) -> None:
        self.selection, self.stage, self.stop, self.tell = selection, stage, stop, tell
        self.incumbent = incumbent
        self.bound = loosest(selection, stage)
        self.proven = False

    @property
    def value(self) -> float:
        """Objective of the plan so far."""
        return float(self.selection.objective(self.stage, self.incumbent).sum())

    @property
    def closed(self) -> bool:
        """Whether no better plan fits between bound and value."""
        room = max(self.stage.granule - _slack(self.value), CLOSE)
        return self.proven or self.value - self.bound <= room

    @property
    def ended(self) -> bool:
        """Whether there is nothing to do any more, or no time."""
        return self.closed or self.stop.now or not self.relaxation.complete

    def result(self) -> StageResult:
        """What was reached; without a bound when not every set was listed."""
        if not self.selection.complete:
            loose = loosest(self.selection, self.stage)
            return StageResult(self.incumbent, self.value, loose, optimal=False)
        bound = self.value if self.closed else min(self.bound, self.value)
        return StageResult(self.incumbent, self.value, bound, self.closed)

    def offer(self, picks: Picks | None) -> bool:
        """Take a plan if the stage allows it and it is better."""
        if picks is None or not self._allows(picks):
            return False
        value = float(self.selection.objective(self.stage, picks).sum())
        if value >= self.value - TOLERANCE:
            return False
        self.incumbent = picks
        self.tell(self.stage.name, value, self.bound)
        return True

    def _allows(self, picks: Picks) -> bool:
        """Whether a plan keeps what earlier stages reached, in whole numbers."""
        totals, stage = self.selection.totals(picks), self.stage
        enough = stage.least_worth is None or totals.worth >= stage.least_worth
        return enough and (stage.most_cost is None or totals.cost <= stage.most_cost)

    def relax(self) -> None:
        """Relax, tighten by cuts, round and dive."""
        start = each_alone(self.selection)
        self.offer(cheapest_first(self.selection, self.stage, start))
        self.relaxation = Relaxation(self.selection, self.stage, start.union(self.incumbent))
        self.relaxation.solve(self.stop)
        self.offer(rounded(self.relaxation))
        if not self.relaxation.complete:
            return
        self._raise_bound(self.relaxation.value)
        self._cut()
        if not self.closed and not self.stop.now:
            self.offer(dived(self.relaxation, self.stop))
            self.relaxation.solve(self.stop)

    def _cut(self) -> None:
        """Add violated cuts until they lift the bound no more."""
        most = max(30, self.selection.m.n_requests // 2)
        for _ in range(CUT_ROUNDS):
            if self.ended:
                return
            triples = violated(self.selection, self.relaxation.picks, self.relaxation.x, most)
            if not triples:
                return
            before = self.relaxation.value
            self.relaxation.tighten(triples)
            self.relaxation.solve(self.stop)
            if not self.relaxation.complete:
                return
            self._raise_bound(self.relaxation.value)
            self.offer(rounded(self.relaxation))
            if self.relaxation.value - before < LEAST_GAIN * abs(before):
                return

    def _raise_bound(self, bound: float) -> None:
        self.bound = max(self.bound, bound)
        self.tell(self.stage.name, self.value, self.bound)

    def prove(self, effort: Effort) -> None:
        """Solve the integer program over all columns that a better plan can hold."""
        if self.ended:
            return
        gap = self.value - self.relaxation.value - self.stage.granule + _slack(self.value)
        rest = self.relaxation.below(gap)
        if len(rest) > effort.columns:
            return
        before = self.value
        picks, bound, optimal = self._integer(rest.union(self.incumbent), effort.nodes)
        self.offer(picks)
        self.proven = optimal and self._allows(picks)  # an engine may err by its tolerance
        self._raise_bound(min(before, bound))

    def combine(self, effort: Effort) -> None:
        """Look for a better plan among the columns that the relaxation wrote out."""
        if self.ended:
            return
        picks = self.relaxation.best(effort.columns).union(self.incumbent)
        self.offer(self._integer(picks, effort.nodes)[0])

    def improve(self, neighbourhoods: Neighbourhoods) -> bool:
        """Re-optimise neighbourhoods of the plan; whether none of them could be improved."""
        core = self._core()
        plan, idle = core.inside(self.incumbent), True
        for _ in range(ROUNDS):
            if self.ended:
                return False
            part = neighbourhoods.part(core.selection, core.stage, plan)
            found = solve_part(part, plan, self.stop)
            if self.offer(core.whole(found)):
                plan, idle = found, False
        return idle

    def _core(self) -> Part:
        """The choice over the sets that a better plan can hold, and those of this one."""
        gap = self.value - self.relaxation.value + _slack(self.value)
        keep = self.relaxation.sets_below(gap)
        for s, a, _ in self.incumbent.rows().tolist():
            keep[s][a] = True
        return part_of(self.selection, self.stage, keep, NO_PICKS)

    def _integer(self, picks: Picks, nodes: int | None) -> tuple[Picks, float, bool]:
        """Solve the stage over some columns: the best of them, a bound over them, proven or not."""
        selection, switches = self.selection, self.selection.switches()
        lower, upper = self.relaxation.bounds()
        pad = np.zeros((len(lower) - len(selection.lower), switches.shape[1]))
        left = csc_array(np.vstack([switches.toarray(), pad]))
        mip = Mip(
            cost=np.append(np.zeros(switches.shape[1]), selection.objective(self.stage, picks)),
            a=csc_array(hstack([left, self.relaxation.rows_of(picks)], format="csc")),
            lower=lower,
            upper=upper,
        )
        hint = np.append(selection.switched(self.incumbent), _among(picks, self.incumbent))
        result = solve_mip(mip, hint, self.stop, nodes)
        if result.x is None:
            return self.incumbent, result.bound, False
        return picks.where(result.x[switches.shape[1] :]), result.bound, result.optimal


def loosest(selection: Selection, stage: Stage) -> float:
    """A bound that needs no work: everything served at no cost."""
    worth: dict[int, int] = {}
    for s in selection.m.sessions:
        for r in np.unique(s.request):
            worth[int(r)] = max(worth.get(int(r), 0), int(s.worth[s.request == r].sum()))
    return -stage.per_worth * sum(worth.values())


def _among(picks: Picks, chosen: Picks) -> NDArray[np.bool_]:
    """Which of the columns are chosen."""
    wanted = {tuple(row) for row in chosen.rows().tolist()}
    return np.array([tuple(row) in wanted for row in picks.rows().tolist()], dtype=np.bool_)


def _slack(value: float) -> float:
    return TOLERANCE * max(1.0, abs(value))
