"""Which sessions a school can reach at all under its ride limit, and with which buses."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tourpool.events.calendar import acceptable
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.build import Built, alone, any_load, build
from tourpool.routing.plan import Reason, ReasonKind
from tourpool.routing.reasons import unreachable
from tourpool.routing.reasons_money import budget_name, usd
from tourpool.routing.roads import Roads
from tourpool.routing.season_roads import roads_of
from tourpool.routing.solver.columns import Columns, session_columns
from tourpool.routing.solver.instance import Instance, Ints, SessionData
from tourpool.routing.together import can_all_ride


@dataclass(frozen=True)
class Reach:
    """One session of a request: the buses that could bring it alone, or the reason against it.

    ``provided`` is what must hold besides: riders of others on its bus, room in a budget.
    """

    session_id: str
    date: dt.date
    buses: tuple[str, ...]
    ride_out_min: float
    ride_back_min: float
    parts: int
    reason: Reason | None
    provided: tuple[str, ...] = ()


def reach(season: Season, request: SeatRequest, roads: Roads | None = None) -> list[Reach]:
    """Try the request alone with every bus at every session it accepts.

    Being reachable is not a promise: buses are shared, and the plan decides.
    """
    accepted = [c.session_id for c in acceptable(season, request)]
    named = {c.session_id for c in request.choices}
    of_event = [
        s
        for s in season.sessions
        if s.event_id == request.event_id and (not named or s.session_id in named)
    ]
    tables = {"requests": (request,), "sessions": tuple(of_event)}
    built = build(season.model_copy(update=tables), roads or roads_of(season))
    return [_reach(built, n, closed=s.session_id not in accepted) for n, s in enumerate(of_event)]


def _reach(built: Built, n: int, *, closed: bool) -> Reach:
    session, s, groups = built.sessions[n], built.instance.sessions[n], built.groups[n]
    out_s = back_s = 0
    buses: tuple[str, ...] = ()
    reason: Reason | None = None
    provided: tuple[str, ...] = ()
    if closed:
        reason = Reason(kind=ReasonKind.CLOSED, text="the school is closed on that day")
    else:
        m = built.instance
        columns = session_columns(any_load(m), alone(s))
        can = [columns.feasible[columns.inside[:, i]].any(axis=0) for i in range(len(groups))]
        every, people = list(range(len(groups))), int(s.people.sum())
        room = people <= min(s.max_people, s.max_people_per_school)
        if room and can_all_ride(any_load(m), s, session_columns(any_load(m), s), every):
            with_any = np.flatnonzero(np.logical_or.reduce(can))
            buses = tuple(built.season.buses[k].bus_type_id for k in with_any)
            provided = (*_enough_riders(m, people, with_any), *_enough_money(built, s, columns))
        out_s = int((m.seconds[s.loc, s.first] + m.stop_s + s.board_s).max())
        back_s = int((m.seconds[s.last, s.loc] + m.stop_s + s.board_s).max())
        if not buses:
            reason = unreachable(built, n, every)
    return Reach(
        session_id=session.session_id,
        date=session.date,
        buses=buses,
        ride_out_min=out_s / 60,
        ride_back_min=back_s / 60,
        parts=max(1, len(groups)),
        reason=reason,
        provided=provided,
    )


def _enough_riders(m: Instance, people: int, buses: Ints) -> Iterator[str]:
    """That others must ride along, where each bus wants more people than the request has."""
    least = int(m.fleet.min_riders[buses].min())
    if people < least:
        yield f"at least {least} riders share a bus"


def _enough_money(built: Built, s: SessionData, columns: Columns) -> Iterator[str]:
    """That sharing makes it cheap enough, where going alone costs more than a budget is."""
    of = [columns.cost[columns.inside[:, i]] for i in range(len(s.loc))]
    cost = sum(int(costs.min()) for costs in of if len(costs))
    for b in np.flatnonzero(s.payer.all(axis=1) & (built.instance.budgets < cost)):
        name, limit = budget_name(built.season, int(b)), usd(int(built.instance.budgets[b]))
        yield f"sharing brings its {usd(cost)} alone within {name}, {limit}"
