"""Days that are over when a plan is made anew: what was driven on them stays as it was."""

import datetime as dt

from tourpool.events.calendar import acceptable
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Plan


def sessions_over(season: Season, today: dt.date | None) -> frozenset[str]:
    """Sessions on days before ``today``; none when it is None."""
    return frozenset(s.session_id for s in season.sessions if today is not None and s.date < today)


def after_days_over(season: Season, plan: Plan, today: dt.date | None) -> Season:
    """The season in which nobody chooses any more what is over before ``today``.

    Who rode on such a day, by the published plan, accepts that session alone; everybody else
    accepts what is still to come. Who accepted nothing else keeps what is over.
    """
    over = sessions_over(season, today)
    if not over:
        return season
    rode = {r.request_id: r.session_id for r in plan.requests if r.session_id in over}

    def left(request: SeatRequest) -> SeatRequest:
        accepted = acceptable(season, request)
        there = rode.get(request.request_id)
        choices = tuple(
            c
            for c in accepted
            if (c.session_id == there if there is not None else c.session_id not in over)
        )
        return request.model_copy(update={"choices": choices or accepted or request.choices})

    return season.model_copy(update={"requests": tuple(left(r) for r in season.requests)})
