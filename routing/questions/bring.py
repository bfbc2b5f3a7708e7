"""Whether everybody of a season can be brought, and what that costs at the least."""

from dataclasses import dataclass

import numpy as np

from tourpool.events.equity import weights
from tourpool.events.riders import counted
from tourpool.events.season import Season
from tourpool.routing.build import build
from tourpool.routing.roads import Roads
from tourpool.routing.solver.choice import whole_choice
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.select import NO_PICKS, USD, Picks, Selection, Stage
from tourpool.routing.solver.stop import Stop
from tourpool.routing.solver.unlisted import solve


@dataclass(frozen=True)
class Brought:
    """What a search for a plan that serves every request came to.

    Attributes
    ----------
    all_ride
        Whether there is one; None when the time was over before that was known.
    cost
        Of the cheapest one found, 1e-4 US$; 0 when there is none.
    cost_bound
        No plan that serves all of them costs less.
    """

    all_ride: bool | None
    cost: int = 0
    cost_bound: int = 0

    @property
    def proven(self) -> bool:
        """Whether nothing is open."""
        return self.all_ride is False or (self.all_ride is True and self.cost == self.cost_bound)


def bring_all(season: Season, roads: Roads, stop: Stop, *, price: bool = True) -> Brought:
    """Look for the cheapest plan that serves every request of a season.

    Without ``price`` the first plan that does is good enough.
    """
    m = build(season, roads).instance
    room = Room.of_memory(m)
    selection = whole_choice(m, stop, room)
    selection, picks, bound = _most(selection, asked(season), stop, room)
    if selection.totals(picks).worth < asked(season):
        return Brought(all_ride=False if bound < asked(season) else None)
    if not price:
        return Brought(True, selection.totals(picks).cost)
    stage = Stage("cost", per_cost_usd=1.0, least_worth=asked(season))
    selection, result = solve(selection, stage, picks, stop, None, room)
    cost = selection.totals(result.picks).cost
    bound = min(cost, max(0, int(np.ceil(result.bound / USD - 0.5))))
    return Brought(True, cost, cost if result.optimal else bound)


def asked(season: Season) -> int:
    """Worth of all that is asked for: counted riders times weight in hundredths."""
    weight = weights(season)
    return sum(counted(season, r) * weight[r.request_id].hundredths for r in season.requests)


def _most(
    selection: Selection, all_of: int, stop: Stop, room: Room
) -> tuple[Selection, Picks, int]:
    """The most worth, and its bound; given up as soon as that cannot be all."""
    enough = Stop(stop.left_s)

    def look(stage: str, value: float, bound: float) -> None:
        if -bound < all_of - 0.5 or stop.now:
            enough.ask()

    worths = np.concatenate([s.worth for s in selection.m.sessions] or [np.zeros(0, np.int64)])
    granule = float(np.gcd.reduce(worths)) if len(worths) else 1.0
    stage = Stage("worth", per_worth=1.0, granule=max(1.0, granule))
    selection, result = solve(selection, stage, NO_PICKS, enough, look, room)
    return selection, result.picks, int(np.floor(-result.bound + 0.5))
