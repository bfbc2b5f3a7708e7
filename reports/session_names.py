"""What a session is called, so that no two of one day are called the same."""

from tourpool.events.clock import local
from tourpool.reports.words import clock
from tourpool.routing.plan import PlaceKind, Plan, PlanSession


def session_name(plan: Plan, session: PlanSession) -> str:
    """Its event; where that is offered again on the same day, when its riders must be there.

    Sessions that begin at the same time in different places have their ids as well.
    """
    others = [
        s
        for s in plan.sessions
        if (s.date, s.event) == (session.date, session.event) and s.session_id != session.session_id
    ]
    if not others:
        return session.event
    begins = _begins(plan, session)
    is_alone = all(_begins(plan, s) != begins for s in others)
    return f"{session.event} at {begins}" + ("" if is_alone else f" ({session.session_id})")


def _begins(plan: Plan, session: PlanSession) -> str:
    """The clock of its first venue, with the zone."""
    visit = session.visits[0]
    tz = plan.place[PlaceKind.VENUE, visit.venue_id].tz
    moment = local(session.date, visit.arrive_by_s, tz)
    return f"{clock(moment)} {moment:%Z}"
