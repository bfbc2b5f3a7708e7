"""One objective after the other, each with its value and a bound that no plan passes."""

from dataclasses import dataclass, replace

import numpy as np

from tourpool.routing.solver.part import Part
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.select import NO_PICKS, USD, Picks, Selection, Stage, Totals
from tourpool.routing.solver.stage import Progress, StageResult, solve_stage
from tourpool.routing.solver.stop import Stop
from tourpool.routing.solver.unlisted import solve


@dataclass(frozen=True)
class Solution:
    """The chosen blocks, what they add up to, and the bounds of worth and of cost.

    ``selection`` is the one given, with the columns that were priced in.
    """

    selection: Selection
    picks: Picks
    totals: Totals
    worth_bound: int
    least_cost: int
    cost_bound: int
    optimal: bool


WORTH_SHARE = 0.4
"""Of the time, for who is served: the last few students are no reason to pay any price."""


def solve_lexicographic(
    selection: Selection,
    cost_slack_pct: float,
    stop: Stop,
    progress: Progress | None = None,
    start: Picks = NO_PICKS,
    room: Room | None = None,
    worth_share: float = WORTH_SHARE,
) -> Solution:
    """Most worth, then least cost at that worth, then liked sessions within the slack.

    ``start`` is a known plan, which the result is never worse than. With ``room``, columns that
    are not listed are priced in; without, only those listed are looked at.
    """
    cheapest = solve_cheapest(selection, stop, progress, start, room, worth_share)
    selection, picks = liked(
        cheapest.selection, cheapest.picks, cost_slack_pct, stop, progress, room
    )
    return replace(cheapest, selection=selection, picks=picks, totals=selection.totals(picks))


def solve_cheapest(
    selection: Selection,
    stop: Stop,
    progress: Progress | None = None,
    start: Picks = NO_PICKS,
    room: Room | None = None,
    worth_share: float = WORTH_SHARE,
) -> Solution:
    """Most worth, then least cost at that worth; see `solve_lexicographic`.

    Where the proof of worth takes long, cost has its share of the time first; what is left then
    goes to worth again.
    """
    worth_bound, cost_bound = np.inf, -np.inf
    while True:
        begun_s = stop.left_s
        first = stop.within(worth_share * stop.left_s)
        selection, worth = most_worth(selection, start, first, progress, room)
        served = selection.totals(worth.picks)
        stage = Stage("cost", per_cost_usd=1.0, least_worth=served.worth)
        known = min(
            (p for p in (worth.picks, start) if selection.totals(p).worth >= served.worth),
            key=lambda p: selection.totals(p).cost,
        )
        selection, cost = _within(worth.as_good, selection, stage, known, stop, progress, room)
        worth_bound = min(worth_bound, -worth.bound)
        cost_bound = max(cost_bound, cost.bound)  # a later round serves at least as much
        again = cost.optimal and not worth.optimal and first.now and not stop.now
        if not (again and stop.left_s >= begun_s - stop.left_s):
            break
        start, worth_share = cost.picks, (1 + worth_share) / 2
    totals = selection.totals(cost.picks)
    least = min(totals.cost, max(0, int(np.ceil(cost_bound / USD - 0.5))))
    most = max(served.worth, int(np.floor(worth_bound + 0.5)))
    return Solution(
        selection=selection,
        picks=cost.picks,
        totals=totals,
        worth_bound=most,
        least_cost=totals.cost,
        cost_bound=totals.cost if cost.optimal else least,
        optimal=worth.optimal and cost.optimal,
    )


def _within(
    part: Part | None,
    selection: Selection,
    stage: Stage,
    known: Picks,
    stop: Stop,
    progress: Progress | None,
    room: Room | None,
) -> tuple[Selection, StageResult]:
    """Solve a stage over the plans that are as good as an earlier stage asks."""
    if part is None:
        return solve(selection, stage, known, stop, progress, room)
    result = solve_stage(part.selection, stage, part.inside(known), stop, progress)
    return selection, replace(result, picks=part.whole(result.picks), as_good=None)


def solve_penalised(
    selection: Selection,
    usd_per_worth: float,
    stop: Stop,
    progress: Progress | None = None,
    room: Room | None = None,
) -> tuple[Selection, StageResult]:
    """Least cost less ``usd_per_worth`` for each unit of worth, in one objective.

    With ``room``, columns that are not listed are priced in: into the selection returned.
    """
    stage = Stage("penalised", per_worth=usd_per_worth, per_cost_usd=1.0)
    return solve(selection, stage, NO_PICKS, stop, progress, room)


def most_worth(
    selection: Selection,
    start: Picks,
    stop: Stop,
    progress: Progress | None,
    room: Room | None,
    name: str = "worth",
) -> tuple[Selection, StageResult]:
    """Most students' worth."""
    of = selection.pools if selection.complete else selection.m.sessions
    worths = np.concatenate([x.worth for x in of] or [np.zeros(0, np.int64)])
    granule = float(np.gcd.reduce(worths)) if len(worths) else 1.0
    stage = Stage(name, per_worth=1.0, granule=max(1.0, granule))
    return solve(selection, stage, start, stop, progress, room)


def liked(
    selection: Selection,
    picks: Picks,
    slack_pct: float,
    stop: Stop,
    progress: Progress | None,
    room: Room | None,
) -> tuple[Selection, Picks]:
    """Swap to sessions that people like better while the cost stays within the slack.

    Least students times rank, then least cost: one objective, a rank unit outweighs all slack.
    """
    totals = selection.totals(picks)
    slack = int(totals.cost * slack_pct / 100)
    if stop.now or not len(picks) or _all_alike(selection):
        return selection, picks
    within = Stage("", least_worth=totals.worth, most_cost=totals.cost + slack)
    stage = liked_stage(within, slack)
    selection, result = solve(selection, stage, picks, stop, progress, room)
    return selection, result.picks


def liked_stage(within: Stage, slack: int) -> Stage:
    """Least students times rank, then least cost, under what a stage allows.

    ``slack`` is the most by which costs of such plans differ, 1e-4 US$.
    """
    return replace(
        within, name="liked sessions", per_cost_usd=1.0, per_dislike=(slack + 1) * USD, granule=USD
    )


def _all_alike(selection: Selection) -> bool:
    """Whether nobody prefers one session to another."""
    ratio = {
        (int(r), int(d))
        for s in selection.m.sessions
        for r, d in zip(s.request, s.dislike, strict=True)
    }
    return len(ratio) == len({r for r, _ in ratio})
