"""Whether a budget keeps a request from riding, in a sentence with figures."""

from collections.abc import Sequence

import numpy as np

from tourpool.events.budgets import ALL_EVENTS
from tourpool.events.occasions import EventKind
from tourpool.events.season import Season
from tourpool.routing.build import Built
from tourpool.routing.plan import Reason, ReasonKind
from tourpool.routing.solver.compiled import NO_BLOCK
from tourpool.routing.solver.instance import Ints
from tourpool.routing.solver.select import Picks, Selection


def budget_against(
    built: Built, selection: Selection, picks: Picks, sessions: Sequence[int], request: int
) -> Reason | None:
    """That a budget has too little left for a bus that stands idle and could bring the request.

    All else that a plan must keep would let that bus go: only the budget is in the way.
    """
    m = built.instance
    if not len(m.budgets):
        return None
    left = m.budgets - selection.shares(picks).sum(axis=0)
    idle = idle_buses(selection, picks)
    for n in sessions:
        s = m.sessions[n]
        of = np.flatnonzero(s.request == request)
        price = _alone_usd(selection, n, of, idle[:, s.day])
        short = np.flatnonzero(s.payer[:, of].all(axis=1) & (left < (price or 0)))
        if price is not None and len(short):
            b = int(min(short, key=lambda b: left[b]))
            text = (
                f"session {built.sessions[n].session_id}: a free bus could bring it by itself for "
                f"{usd(price)}, and {budget_name(built.season, b)} has {usd(int(left[b]))} left "
                f"of {usd(int(m.budgets[b]))}"
            )
            return Reason(kind=ReasonKind.BUDGET, text=text)
    return None


def idle_buses(selection: Selection, picks: Picks) -> Ints:
    """Buses of each type that no chosen column takes, ``(K, days)``."""
    idle = selection.m.fleet.count.copy()
    days = np.array([selection.pools[p].day for p in picks.pool], np.int64)
    np.subtract.at(idle, (picks.bus, days), 1)
    return np.asarray(idle)


def budget_name(season: Season, b: int) -> str:
    """A budget as people speak of it."""
    budget = season.budgets[b]
    payers = {e.ecosystem_id: e.name for e in season.ecosystems}
    payers |= {d.leaid: d.name for d in season.districts}
    scopes = {kind.value: f"{kind.value.replace('_', ' ')}s" for kind in EventKind}
    scopes |= {e.event_id: e.name for e in season.events} | {ALL_EVENTS: "all events"}
    return f"the budget of {payers[budget.payer]} for {scopes[budget.scope]}"


def usd(units: int) -> str:
    """1e-4 US$ as dollars and cents: ``$1,322.00``."""
    return f"${units / 10_000:,.2f}"


def _alone_usd(selection: Selection, n: int, of: Ints, idle: Ints) -> int | None:
    """Least cost of bringing groups ``of`` to session n on idle buses, each by itself."""
    c, total = selection.columns[n], 0
    single = c.inside.sum(axis=1) == 1
    idle = idle.copy()
    for i in of.tolist():
        least = c.cost[single & c.inside[:, i]].min(axis=0, initial=NO_BLOCK)
        costs = np.where(idle > 0, least, NO_BLOCK)
        k = int(costs.argmin())
        if costs[k] >= NO_BLOCK:
            return None
        total += int(costs[k])
        idle[k] -= 1
    return total
