"""One objective after the other, each with its value and a bound that no plan passes.

A stage: relax and price by inspection; solve the integer program over the columns found, for a good
plan; then drop every column whose reduced cost is at least the gap (a better plan cannot hold it)
and solve the integer program over the rest, which proves the stage.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, hstack

from tourpool.routing.instance import Ints
from tourpool.routing.mip import Mip, solve_mip
from tourpool.routing.relax import Relaxation, stage_matrix, stage_rows
from tourpool.routing.select import NO_PICKS, USD, Floats, Picks, Selection, Stage, Totals
from tourpool.routing.stop import Stop

MOST_COLUMNS = 400_000
"""Columns that an integer program may hold; the gap is stated where more are left."""
TOLERANCE = 1e-6
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
class Solution:
    """The chosen blocks, what they add up to, and the bounds of worth and of cost."""

    picks: Picks
    totals: Totals
    worth_bound: int
    least_cost: int
    cost_bound: int
    optimal: bool


def solve_lexicographic(
    selection: Selection, cost_slack_pct: float, stop: Stop, progress: Progress | None = None
) -> Solution:
    """Most worth, then least cost at that worth, then liked sessions within the slack."""
    worth = _solve_worth(selection, stop, progress)
    served = selection.totals(worth.picks)
    stage = Stage("cost", per_cost_usd=1.0, least_worth=served.worth)
    cost = solve_stage(selection, stage, worth.picks, stop, progress)
    totals = selection.totals(cost.picks)
    cost_bound = min(totals.cost, max(0, int(np.ceil(cost.bound / USD - 0.5))))
    picks = _liked(selection, cost.picks, cost_slack_pct, stop, progress)
    return Solution(
        picks=picks,
        totals=selection.totals(picks),
        worth_bound=max(served.worth, int(np.floor(-worth.bound + 0.5))),
        least_cost=totals.cost,
        cost_bound=totals.cost if cost.optimal else cost_bound,
        optimal=worth.optimal and cost.optimal,
    )


def solve_penalised(
    selection: Selection, usd_per_worth: float, stop: Stop, progress: Progress | None = None
) -> StageResult:
    """Least cost less ``usd_per_worth`` for each unit of worth, in one objective."""
    stage = Stage("penalised", per_worth=usd_per_worth, per_cost_usd=1.0)
    return solve_stage(selection, stage, NO_PICKS, stop, progress)


def solve_stage(
    selection: Selection,
    stage: Stage,
    incumbent: Picks,
    stop: Stop,
    progress: Progress | None = None,
) -> StageResult:
    """Solve one stage, starting from a plan that it allows."""
    tell = progress or (lambda name, value, bound: None)
    start = _each_alone(selection)
    if not any(len(c.inside) for c in selection.columns):
        return StageResult(NO_PICKS, 0.0, 0.0, optimal=True)
    quick = _in_order(selection, start, np.argsort(selection.objective(stage, start)))
    incumbent = _better(selection, stage, incumbent, quick)
    relaxation = Relaxation(selection, stage, start.union(incumbent))
    relaxation.solve(stop)
    incumbent = _better(selection, stage, incumbent, _rounded(selection, stage, relaxation))
    value = _value(selection, stage, incumbent)
    bound = relaxation.value if relaxation.complete else _loosest(selection, stage)
    tell(stage.name, value, bound)
    if not relaxation.complete or _closed(stage, value, bound):
        return StageResult(incumbent, value, min(bound, value), _closed(stage, value, bound))
    incumbent, _, _ = _integer(selection, stage, relaxation.picks.union(incumbent), incumbent, stop)
    value = _value(selection, stage, incumbent)
    tell(stage.name, value, bound)
    if _closed(stage, value, bound) or stop.now:
        return StageResult(incumbent, value, min(bound, value), _closed(stage, value, bound))
    rest = relaxation.below(value - bound - stage.granule + _slack(value))
    if len(rest) > MOST_COLUMNS:
        return StageResult(incumbent, value, bound, optimal=False)
    incumbent, mip_bound, proven = _integer(
        selection, stage, rest.union(incumbent), incumbent, stop
    )
    value = _value(selection, stage, incumbent)
    bound = value if proven else min(value, max(bound, mip_bound))
    tell(stage.name, value, bound)
    return StageResult(incumbent, value, bound, proven)


def _solve_worth(selection: Selection, stop: Stop, progress: Progress | None) -> StageResult:
    """Most students' worth."""
    worths = np.concatenate([c.worth for c in selection.columns] or [np.zeros(0, np.int64)])
    granule = float(np.gcd.reduce(worths)) if len(worths) else 1.0
    stage = Stage("worth", per_worth=1.0, granule=max(1.0, granule))
    return solve_stage(selection, stage, NO_PICKS, stop, progress)


def _liked(
    selection: Selection, picks: Picks, slack_pct: float, stop: Stop, progress: Progress | None
) -> Picks:
    """Swap to sessions that people like better while the cost stays within the slack.

    Least students times rank, then least cost: one objective, a rank unit outweighs all slack.
    """
    totals = selection.totals(picks)
    slack = int(totals.cost * slack_pct / 100)
    if stop.now or not len(picks) or _all_alike(selection):
        return picks
    stage = Stage(
        "liked sessions",
        per_cost_usd=1.0,
        per_dislike=(slack + 1) * USD,
        least_worth=totals.worth,
        most_cost=totals.cost + slack,
    )
    return solve_stage(selection, stage, picks, stop, progress).picks


def _all_alike(selection: Selection) -> bool:
    """Whether nobody prefers one session to another."""
    ratio = {
        (int(r), int(d))
        for s in selection.m.sessions
        for r, d in zip(s.request, s.dislike, strict=True)
    }
    return len(ratio) == len({r for r, _ in ratio})


def _integer(
    selection: Selection, stage: Stage, picks: Picks, incumbent: Picks, stop: Stop
) -> tuple[Picks, float, bool]:
    """Solve the stage over some columns; the best of them, a bound over them, proven or not."""
    switches = selection.switches()
    pad = len(stage_rows(selection, stage)[0]) - len(selection.lower)
    left = csc_array(np.vstack([switches.toarray(), np.zeros((pad, switches.shape[1]))]))
    lower, upper = stage_rows(selection, stage)
    mip = Mip(
        cost=np.append(np.zeros(switches.shape[1]), selection.objective(stage, picks)),
        a=csc_array(hstack([left, stage_matrix(selection, stage, picks)], format="csc")),
        lower=lower,
        upper=upper,
    )
    hint = np.append(selection.switched(incumbent), _among(picks, incumbent))
    result = solve_mip(mip, hint, stop)
    if result.x is None:
        return incumbent, result.bound, False
    found = picks.where(result.x[switches.shape[1] :])
    return _better(selection, stage, incumbent, found), result.bound, result.optimal


def _among(picks: Picks, chosen: Picks) -> NDArray[np.bool_]:
    """Which of the columns are chosen."""
    wanted = {tuple(row) for row in chosen.rows().tolist()}
    return np.array([tuple(row) in wanted for row in picks.rows().tolist()], dtype=np.bool_)


def _value(selection: Selection, stage: Stage, picks: Picks) -> float:
    """Objective of a plan at a stage."""
    return float(selection.objective(stage, picks).sum())


def _better(selection: Selection, stage: Stage, a: Picks, b: Picks) -> Picks:
    """The better of two plans, the first when they are equal; only plans the stage allows."""
    totals = selection.totals(b)
    if stage.least_worth is not None and totals.worth < stage.least_worth:
        return a
    if stage.most_cost is not None and totals.cost > stage.most_cost:
        return a
    return b if _value(selection, stage, b) < _value(selection, stage, a) - TOLERANCE else a


def _rounded(selection: Selection, stage: Stage, relaxation: Relaxation) -> Picks:
    """A plan at once: take columns while they fit, those of the relaxation first.

    Requests that are cut in parts are left to the integer program.
    """
    picks = Picks(*relaxation.picks.rows()[: len(relaxation.x)].T)
    order = np.lexsort([selection.objective(stage, picks), -relaxation.x])
    return _in_order(selection, picks, order)


def _each_alone(selection: Selection) -> Picks:
    """Every single group with its cheapest bus: what is at hand before the relaxation."""
    found = [
        np.stack([np.full(len(a), s), a, c.cost[a].argmin(axis=1)], axis=1)
        for s, c in enumerate(selection.columns)
        if len(a := np.flatnonzero(c.inside.sum(axis=1) == 1))
    ]
    return Picks(*np.concatenate(found).T) if found else NO_PICKS


def _in_order(selection: Selection, picks: Picks, order: Ints) -> Picks:
    """Take columns in order as long as every row holds."""
    a = selection.matrix(picks)
    left: Floats = np.array(selection.upper)
    taken = []
    for p in order:
        rows = slice(a.indptr[p], a.indptr[p + 1])
        if (a.data[rows] <= left[a.indices[rows]]).all():
            left[a.indices[rows]] -= a.data[rows]
            taken.append(int(p))
    return Picks(*picks.rows()[np.array(sorted(taken), dtype=np.int64)].T)


def _loosest(selection: Selection, stage: Stage) -> float:
    """A bound that needs no work: everything served at no cost."""
    worth: dict[int, int] = {}
    for s in selection.m.sessions:
        for r in np.unique(s.request):
            worth[int(r)] = max(worth.get(int(r), 0), int(s.worth[s.request == r].sum()))
    return -stage.per_worth * sum(worth.values())


def _slack(value: float) -> float:
    return TOLERANCE * max(1.0, abs(value))


def _closed(stage: Stage, value: float, bound: float) -> bool:
    """Whether no better plan fits between bound and value."""
    return (
        value - bound < stage.granule - _slack(value)
        if stage.granule > USD
        else (value - bound <= _slack(value) * 1e-2)
    )
