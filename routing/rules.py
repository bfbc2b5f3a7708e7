"""Rules of a season that do not depend on roads: arrival, people limits, whom a bus may take."""

import datetime as dt

from tourpool.events.budgets import ALL_EVENTS, Budget
from tourpool.events.clock import utc_s
from tourpool.events.fleet import BusType, Carries
from tourpool.events.occasions import Session
from tourpool.events.rules import AgreementPolicy
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest


def arrive_s(season: Season, session: Session) -> int:
    """When every bus reaches the first venue: early by policy, but not too early."""
    first, tz = session.visits[0], season.venue[session.venue_id].tz
    early_s = season.policy.arrive_early_min * 60
    return max(
        utc_s(session.date, first.arrive_from, tz),
        utc_s(session.date, first.arrive_by, tz) - early_s,
    )


def may_carry(season: Season, bus: BusType, leaid: str, date: dt.date) -> bool:
    """Whether a bus may take students of a district on a day, by `carries` and policy."""
    owner = season.garage[bus.garage_id].leaid
    if owner is None or owner == leaid or bus.carries is Carries.ALL:
        return True
    if bus.carries is Carries.OWN:
        return False
    if season.policy.agreements is AgreementPolicy.MARK:
        return True
    return has_agreement(season, owner, leaid, date)


def has_agreement(season: Season, lender: str, guest: str, date: dt.date) -> bool:
    """Whether a paper valid on that day lets one district's bus carry another's students."""
    return any(
        a.lender_leaid == lender and a.guest_leaid == guest and a.valid_from <= date <= a.valid_to
        for a in season.agreements
    )


def pays_for(season: Season, budget: Budget, request: SeatRequest) -> bool:
    """Whether a budget bears the share of a request, by its school's district and its event."""
    district = season.district[season.school[request.ncessch].leaid]
    event = season.event[request.event_id]
    payer = budget.payer in (district.leaid, district.ecosystem_id)
    return payer and budget.scope in (ALL_EVENTS, event.event_id, event.kind.value)


def people_limit(season: Season, session: Session) -> int | None:
    """The tightest people limit of a session and its venues; None where there is none."""
    limits = [season.venue[v.venue_id].max_people for v in session.visits]
    return min((x for x in (session.max_people, *limits) if x is not None), default=None)


def group_limit(season: Season, session: Session) -> int | None:
    """The largest group that every venue of a session takes; None where there is no limit."""
    limits = [season.venue[v.venue_id].max_group for v in session.visits]
    return min((x for x in limits if x is not None), default=None)
