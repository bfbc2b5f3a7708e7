"""The part of a season that a question is about: who rides, on which days."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Plan

MOST_REQUESTS = 150
"""A season of more is not searched as a whole: other days stay as the plan has them."""


@dataclass(frozen=True)
class Scope:
    """Days on which everything may change; None for all days."""

    days: frozenset[dt.date] | None

    def holds(self, day: dt.date) -> bool:
        """Whether a day is among them."""
        return self.days is None or day in self.days


def scope_of(season: Season, served: Collection[str], request: SeatRequest) -> Scope:
    """All days where that can be searched, else those of the event that a request is for.

    What is left of a budget depends on all days.
    """
    if len(served) < MOST_REQUESTS or season.budgets:
        return Scope(None)
    return Scope(frozenset(s.date for s in season.sessions if s.event_id == request.event_id))


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
        }
    )
