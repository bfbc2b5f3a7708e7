"""One stage of the choice: relax, cut, dive, improve neighbourhoods, and prove.

The proof: every column whose reduced cost is at least the gap goes, as no better plan can hold it;
the integer program over the rest decides. When too many are left, or the search tree grows too
large, neighbourhoods of the plan are re-optimised exactly, which closes the gap from above, and the
proof is tried again with more room.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from tourpool.routing.solver.cuts import triple_cuts, violated
from tourpool.routing.solver.integer import program
from tourpool.routing.solver.mip import solve_mip
from tourpool.routing.solver.neighbourhood import Neighbourhoods
from tourpool.routing.solver.part import Part, merged, part_of
from tourpool.routing.solver.people_cuts import Crowds
from tourpool.routing.solver.quick import cheapest_first, dived, each_alone, rounded
from tourpool.routing.solver.rank_one import rank_one_cuts
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.stop import Stop

TOLERANCE = 1e-6
CLOSE = 5e-5
"""Two objectives nearer than this are the same: money has steps of 1e-4 US$."""
CUT_ROUNDS = 200
LEAST_GAIN = 0.0003
IDLE_ROUNDS = 6
"""So many rounds of cuts that each lift the bound by a smaller share of the gap are the last."""
Progress = Callable[[str, float, float], None]
"""Told the name of a stage, the value of the plan so far, and its bound."""


@dataclass(frozen=True)
class StageResult:
    """The best columns for a stage; ``bound <= value`` and ``optimal`` when they meet.

    ``as_good`` holds every plan that is no worse, in fewer columns and tighter rows; None when that
    is not known.
    """

    picks: Picks
    value: float
    bound: float
    optimal: bool
    as_good: Part | None = None


@dataclass(frozen=True)
class Effort:
    """How much one try of a proof may take; deterministic, so no seconds."""

    columns: int
    nodes: int | None


PROOFS = (
    Effort(columns=2_000, nodes=20),
    Effort(columns=4_000, nodes=500),
    Effort(columns=60_000, nodes=500),
    Effort(columns=100_000, nodes=5_000),
    Effort(columns=400_000, nodes=None),
)
IN_PART = Effort(columns=15_000, nodes=200)
GOOD_STEP = 0.1
"""A round of neighbourhoods that closes a smaller share of the gap is no descent any more."""
AT_ONCE = 2
"""Neighbourhoods re-optimised at the same time; the same on every computer, so that plans are."""
FAULT = 100
"""A bound above a plan by so many times what engines err by is no bound."""
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
    if not any(len(c.inside) for c in selection.pools):
        bound = 0.0 if selection.complete else loosest(selection, stage)
        return StageResult(NO_PICKS, 0.0, bound, optimal=selection.complete)
    work = _Work(selection, stage, incumbent, stop, progress or (lambda name, value, bound: None))
    work.relax()
    work.prove(PROOFS[0])
    work.tighten(apart=True, deep=True)
    work.prove(PROOFS[1])
    neighbourhoods = Neighbourhoods(selection)
    work.descend(neighbourhoods)
    work.combine(PROOFS[1])
    work.prove(PROOFS[1])
    work.tighten(apart=False, deep=True)
    work.combine(PROOFS[1])
    effort = 2
    work.prove(PROOFS[effort])
    while not work.ended:
        idle = work.improve(neighbourhoods)
        if idle and effort == len(PROOFS) - 1:
            break
        effort = min(effort + idle, len(PROOFS) - 1)
        work.prove(PROOFS[effort])
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
        self.faulty = False

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
        return self.closed or self.stop.now or self.faulty or not self.relaxation.complete

    def result(self) -> StageResult:
        """What was reached; without a bound when not every set was listed."""
        if not self.selection.complete:
            loose = loosest(self.selection, self.stage)
            return StageResult(self.incumbent, self.value, loose, optimal=False)
        bound = self.value if self.closed else min(self.bound, self.value)
        known = self.relaxation.complete and not self.faulty
        as_good = self._as_good() if known else None
        return StageResult(self.incumbent, self.value, bound, self.closed, as_good)

    def _as_good(self) -> Part:
        """The choice among plans no worse than this one, by reduced costs of columns and rows."""
        part = self._core()
        gap = self.value - self.relaxation.value + _slack(self.value)
        lower = self.relaxation.least_use(gap)
        part.selection.lower = np.maximum(part.selection.lower, lower).tolist()
        return part

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
        """Whether a plan keeps all rows, budgets and earlier stages in whole numbers."""
        return self.selection.fits(picks) and self.stage.allows(self.selection.totals(picks))

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
        self.tighten(apart=True, deep=False)
        if not self.closed and not self.stop.now:
            self.offer(dived(self.relaxation, self.stop))
            self.relaxation.solve(self.stop)

    def tighten(self, *, apart: bool, deep: bool) -> None:
        """Add violated cuts until they lift the bound no more.

        Those of people limits look at sessions apart, or at all among which requests choose; the
        deep ones are of four and five requests, and take longer to find.
        """
        most = max(30, self.selection.m.n_requests // 2)
        crowds = Crowds(self.selection, apart=apart)
        idle = 0
        for _ in range(CUT_ROUNDS):
            if self.ended or idle == IDLE_ROUNDS:
                return
            picks, x = self.relaxation.picks, self.relaxation.x
            cuts = crowds.cuts(picks, x, self.stop)
            triples = violated(self.selection, picks, x, most)
            ranked = rank_one_cuts(self.selection, picks, x, most if deep else 0, self.stop)
            if not len(cuts.upper) and not triples and not len(ranked.upper):
                return
            gap, before = self.value - self.relaxation.value, self.relaxation.value
            self.relaxation.tighten(cuts.and_(triple_cuts(self.selection, triples)).and_(ranked))
            self.relaxation.solve(self.stop)
            if not self.relaxation.complete:
                return
            self._raise_bound(self.relaxation.value)
            self.offer(rounded(self.relaxation))
            idle = idle + 1 if self.relaxation.value - before < LEAST_GAIN * gap else 0

    def _raise_bound(self, bound: float) -> None:
        """Raise the bound; one above a plan at hand proves nothing but that an engine erred."""
        if bound > self.value + FAULT * _slack(self.value):
            self.faulty = True
            return
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

    def descend(self, neighbourhoods: Neighbourhoods) -> None:
        """Re-optimise neighbourhoods as long as that narrows the gap well."""
        while not self.ended:
            before, gap = self.value, self.value - self.bound
            self.improve(neighbourhoods)
            if before - self.value < GOOD_STEP * gap:
                return

    def improve(self, neighbourhoods: Neighbourhoods) -> bool:
        """Re-optimise neighbourhoods of the plan; whether none of them could be improved.

        Two at a time, one a core; the second one's plan is taken as far as it fits the first one's.
        """
        core = self._core()
        plan, idle = core.inside(self.incumbent), True
        with ThreadPoolExecutor(AT_ONCE) as cores:
            for _ in range(ROUNDS // AT_ONCE):
                if self.ended:
                    return False
                before = plan
                parts = [
                    neighbourhoods.part(core.selection, core.stage, plan) for _ in range(AT_ONCE)
                ]
                found = cores.map(partial(solve_part, incumbent=before, stop=self.stop), parts)
                for part, picks in zip(parts, found, strict=True):
                    both = merged(core.selection, before, plan, part, picks)
                    if self.offer(core.whole(both)):
                        plan, idle = both, False
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
        whole = program(self.relaxation, picks)
        result = solve_mip(whole.mip, whole.hint(self.incumbent), self.stop, nodes)
        if result.x is None:
            return self.incumbent, result.bound, False
        return whole.chosen(result.x), result.bound, result.optimal


def loosest(selection: Selection, stage: Stage) -> float:
    """A bound that needs no work: everything served at no cost."""
    worth: dict[int, int] = {}
    for s in selection.m.sessions:
        for r in np.unique(s.request):
            worth[int(r)] = max(worth.get(int(r), 0), int(s.worth[s.request == r].sum()))
    return -stage.per_worth * sum(worth.values())


def _slack(value: float) -> float:
    return TOLERANCE * max(1.0, abs(value))
