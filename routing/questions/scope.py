"""The part of a season that a question is about: who rides, on which days."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tourpool.events.calendar import acceptable
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Plan

MOST_REQUESTS = 150
"""A season of more is not searched as a whole: other days stay as the plan has them."""


@dataclass(frozen=True)
class Scope:
    """Days on which everything may change; None for all days.

    ``whole`` when what happens on them cannot depend on other days.
    """

    days: frozenset[dt.date] | None
    whole: bool = True

    def holds(self, day: dt.date) -> bool:
        """Whether a day is among them."""
        return self.days is None or day in self.days


def scope_of(season: Season, plan: Plan, request: SeatRequest, *, everywhere: bool) -> Scope:
    """Days that must be looked at for a request: those of its event, and what hangs together.

    Days hang together when one who rides, or the request, accepts sessions on both. Where that
    makes too many requests, only days of the event are searched.

    Parameters
    ----------
    everywhere
        What is asked may change something on any day, as it does where there are budgets.
    """
    riding = [season.request[r.request_id] for r in plan.requests if r.session_id is not None]
    event = frozenset(s.date for s in season.sessions if s.event_id == request.event_id)
    days, among = event, len(riding)
    if not everywhere and not season.budgets:
        days = _joined(event, [_days(season, r) for r in riding])
        among = sum(not days.isdisjoint(_days(season, r)) for r in riding)
    if among < MOST_REQUESTS:
        return Scope(None if everywhere or season.budgets else days)
    return Scope(None) if season.budgets else Scope(event, whole=False)


def _joined(days: frozenset[dt.date], groups: Iterable[frozenset[dt.date]]) -> frozenset[dt.date]:
    """The days, and all that hang together with them."""
    left = list(groups)
    while True:
        near = [g for g in left if not g.isdisjoint(days) and not g <= days]
        if not near:
            return days
        days = days.union(*near)


def _days(season: Season, request: SeatRequest) -> frozenset[dt.date]:
    return frozenset(season.session[c.session_id].date for c in acceptable(season, request))


def inside(season: Season, plan: Plan, scope: Scope, more: Iterable[str] = ()) -> Season:
    """The season of those whom the plan brings on these days, and of ``more``, with nobody else.

    Who rides on one of these days stays on them.
    """
    given = {r.request_id: r.session_id for r in plan.requests if r.session_id is not None}
    ids = {r for r, s in given.items() if scope.holds(season.session[s].date)} | set(more)
    return only(season, ids, scope)


def only(season: Season, ids: Collection[str], scope: Scope) -> Season:
    """The season of some requests on the days of a scope."""
    sessions = tuple(s for s in season.sessions if scope.holds(s.date))
    there = {s.session_id for s in sessions}

    def kept(request: SeatRequest) -> SeatRequest:
        choices = tuple(c for c in request.choices if c.session_id in there)
        return request.model_copy(update={"choices": choices})

    return season.model_copy(
        update={
            "sessions": sessions,
            "requests": tuple(kept(r) for r in season.requests if r.request_id in ids),
            "apart": tuple(a for a in season.apart if {a.request_a, a.request_b} <= set(ids)),
            "pins": tuple(p for p in season.pins if p.request_id in ids and p.session_id in there),
        }
    )
