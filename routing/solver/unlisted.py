"""A stage where some session has more sets of groups than can be listed.

A first plan is put together at once (`insertion.py`). Then columns are priced in (`grow.py`): the
relaxation is that over all columns, and its bound holds whatever is listed. Cuts raise it, and
plans of the columns at hand come down to it. As soon as the columns whose reduced cost is under the
gap can be listed, these are all that a better plan can hold, and the stage is solved over them as
if nothing else were there.
"""

from dataclasses import replace

import numpy as np

from tourpool.routing.first_use import is_compiled
from tourpool.routing.solver.columns import Columns
from tourpool.routing.solver.cuts import Triple, violated
from tourpool.routing.solver.grow import EPS, grown, improving, merged, unknown
from tourpool.routing.solver.insertion import COMPILED, LONG, SHORT, Insertion
from tourpool.routing.solver.neighbourhood import Neighbourhoods
from tourpool.routing.solver.part import part_of
from tourpool.routing.solver.quick import each_alone
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.select import NO_PICKS, USD, Picks, Selection, Stage
from tourpool.routing.solver.stage import (
    CLOSE,
    ROUNDS,
    TOLERANCE,
    Progress,
    StageResult,
    loosest,
    solve_part,
    solve_stage,
)
from tourpool.routing.solver.stop import Stop

GETTING_READY = "first use of insertion, compiling"
PRICING = ", pricing columns"
"""What progress is told behind the name of a stage."""
SEARCHES, SHARE = 6, 0.015
"""For a plan to begin with; of the time left, at most so much for a choice among their columns."""
CUT_ROUNDS = 30
LEAST_GAIN = 0.05
"""A round of cuts that closes a smaller share of the gap is the last one before columns under the
gap are listed."""


def solve(
    selection: Selection,
    stage: Stage,
    incumbent: Picks,
    stop: Stop,
    progress: Progress | None = None,
    room: Room | None = None,
) -> tuple[Selection, StageResult]:
    """Solve a stage; pricing columns where not all are listed and there is room for that.

    Returns
    -------
    selection
        With the columns priced in; those of before keep their places.
    result
        As of `solve_stage`.
    """
    if selection.complete or room is None or selection.m.others:
        return selection, solve_stage(selection, stage, incumbent, stop, progress)
    work = _Unlisted(selection, stage, incumbent, stop, progress or (lambda *_: None), room)
    return work.solve()


def bound_of(selection: Selection, stage: Stage, room: Room, stop: Stop) -> float:
    """A bound of a stage over all columns, listed or not."""
    if not can_be_priced(selection):
        return loosest(selection, stage)
    g = grown(selection.m, selection.columns, stage, room.search, stop, chains=selection.chains)
    return max(loosest(selection, stage), g.bound)


def can_be_priced(selection: Selection) -> bool:
    """Whether prices find what is not listed: blocks of two run-pairs must be there, all of them.

    A set may pay only together with one of another session, which prices of one do not see. Where
    buses have different roads, nothing is priced.
    """
    return not selection.m.others and all(c.complete for c in selection.chains)


class _Unlisted:
    """The stage being solved: columns priced in, the plan so far, and the bound."""

    def __init__(
        self,
        selection: Selection,
        stage: Stage,
        incumbent: Picks,
        stop: Stop,
        tell: Progress,
        room: Room,
    ) -> None:
        self.selection, self.stage, self.stop, self.room = selection, stage, stop, room
        self.incumbent, self._tell = incumbent, tell
        self.bound = loosest(selection, stage)
        self.triples: list[Triple] = []
        self.start = each_alone(selection)

    @property
    def value(self) -> float:
        """Objective of the plan so far."""
        return float(self.selection.objective(self.stage, self.incumbent).sum())

    @property
    def closed(self) -> bool:
        """Whether no better plan fits between bound and value."""
        room = max(self.stage.granule - self._safe, CLOSE)
        return self.value - self.bound <= room

    @property
    def ended(self) -> bool:
        """Whether there is nothing to do any more, or no time."""
        return self.closed or self.stop.now

    @property
    def _safe(self) -> float:
        """More than engines and pricing err by."""
        return TOLERANCE * max(1.0, abs(self.value)) + EPS * self.selection.m.n_requests

    def solve(self) -> tuple[Selection, StageResult]:
        """Price, tighten, and look for better plans until what is under the gap can be listed."""
        self.improve()
        self.insert()
        if not self.ended:
            self.price()
            self.improve()
        idle = False
        while not self.ended:
            found = self.under_the_gap()
            if found is not None:
                return self.over(found)
            if idle:
                break
            before = self.value - self.bound
            self.tighten()
            self.vary()
            idle = before - (self.value - self.bound) < LEAST_GAIN * before
            if idle:
                self.exhaust()
        return self.selection, self.result()

    def insert(self) -> None:
        """Put everybody in where it costs least; what that finds becomes columns to go on from.

        Again and again from the best choice among these columns.
        """
        if self.ended or self.stage.per_dislike:
            return
        if not is_compiled(COMPILED):
            self._tell(GETTING_READY, self.value, self.bound)
        work = Insertion(self.selection, self.stage, self.incumbent)
        for effort in (SHORT, *[LONG] * SEARCHES):
            work.look(effort, self.stop)
            self.selection, picks = work.into(self.selection)
            self.start = self.start.union(picks)
            self.offer(picks)
            self.improve(SHARE)
            if self.ended:
                return
            work.begin(self.selection, self.incumbent)

    def offer(self, picks: Picks) -> None:
        """Take a plan if the stage allows it and it is better."""
        sel, stage = self.selection, self.stage
        totals = sel.totals(picks)
        enough = stage.least_worth is None or totals.worth >= stage.least_worth
        within = stage.most_cost is None or totals.cost <= stage.most_cost
        if enough and within and sel.objective(stage, picks).sum() < self.value and sel.fits(picks):
            self.incumbent = picks

    def price(self) -> None:
        """Price columns in; the bound rises when none is missing."""
        sel = self.selection
        self.told()
        self.grown = grown(
            sel.m,
            sel.columns,
            self.stage,
            self.room.search,
            self.stop,
            chains=sel.chains,
            start=self.start.union(self.incumbent),
            triples=self.triples,
        )
        self.start = self.grown.picks
        self.selection = Selection(sel.m, self.grown.columns, sel.chains)
        if can_be_priced(sel):
            self.bound = max(self.bound, self.grown.bound)
        self.told()

    def tighten(self) -> None:
        """Add violated cuts as long as they narrow the gap well."""
        most = max(30, self.selection.m.n_requests // 2)
        for _ in range(CUT_ROUNDS):
            self.improve()
            triples = violated(self.selection, self.grown.picks, self.grown.x, most)
            if self.ended or not triples or not self.grown.complete:
                return
            before = self.bound
            self.triples += triples
            self.price()
            if self.bound - before < LEAST_GAIN * (self.value - before):
                return

    def improve(self, share: float = 1.0) -> None:
        """Relax, round and dive over the columns at hand, in a share of the time left at most."""
        every = [np.ones(len(c.cost), np.bool_) for c in self.selection.pools]
        part = part_of(self.selection, self.stage, every, NO_PICKS)
        stop = self.stop.within(share * self.stop.left_s)
        self.incumbent = solve_part(part, self.incumbent, stop)
        self.told()

    def vary(self) -> None:
        """Re-optimise neighbourhoods of the plan."""
        neighbourhoods = Neighbourhoods(self.selection)
        for _ in range(ROUNDS):
            if self.ended:
                return
            part = neighbourhoods.part(self.selection, self.stage, self.incumbent)
            self.incumbent = solve_part(part, self.incumbent, self.stop)
            self.told()

    def exhaust(self) -> None:
        """Find the best plan of the columns at hand."""

        def tell(name: str, value: float, _: float) -> None:
            self._tell(name, value, self.bound)

        result = solve_stage(self.selection, self.stage, self.incumbent, self.stop, tell)
        self.incumbent = result.picks

    def under_the_gap(self) -> list[Columns] | None:
        """All columns that a better plan can hold; None when they are too many, or not known."""
        if self.ended or not self.grown.complete or not can_be_priced(self.selection):
            return None
        gap = self.value - self.grown.value + self._safe
        if self.stage.granule > USD:
            gap -= self.stage.granule
        found = improving(self.selection.m, self.grown, gap, self.room.search, self.stop)
        return found if all(c.complete for c in found) else None

    def over(self, found: list[Columns]) -> tuple[Selection, StageResult]:
        """Solve the stage over all columns that a better plan can hold."""
        sel, value = self.selection, self.value
        both = [
            c if c.complete else merged(c, unknown(c, f))
            for c, f in zip(sel.columns, found, strict=True)
        ]
        whole = Selection(sel.m, [replace(c, complete=True) for c in both], sel.chains)

        def tell(name: str, value: float, bound: float) -> None:
            self._tell(name, value, max(bound, self.bound))

        result = solve_stage(whole, self.stage, self.incumbent, self.stop, tell)
        self.selection, self.incumbent = Selection(sel.m, both, sel.chains), result.picks
        self.bound = max(self.bound, min(value, result.bound))
        return self.selection, self.result(proven=result.optimal)

    def result(self, *, proven: bool = False) -> StageResult:
        """What was reached."""
        proven = proven or self.closed
        bound = self.value if proven else min(self.bound, self.value)
        return StageResult(self.incumbent, self.value, bound, optimal=proven)

    def told(self) -> None:
        """Tell how far it has come."""
        self._tell(self.stage.name + PRICING, self.value, self.bound)
