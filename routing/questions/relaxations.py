"""Which rules could be relaxed for a request, kind by kind."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from tourpool.events.calendar import bus_hours
from tourpool.events.fleet import Carries
from tourpool.events.occasions import Session
from tourpool.events.rules import AgreementPolicy
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.pinned import told_apart
from tourpool.routing.questions.relax_buses import (
    ALL_DAY,
    FewerRiders,
    LongerHours,
    OneMoreBus,
    all_day,
    another,
    more_of_all,
)
from tourpool.routing.questions.relax_limits import MoreBudget, MorePeople, NewAgreement
from tourpool.routing.questions.relax_request import AnotherSession, LongerRide
from tourpool.routing.questions.relax_school import (
    EarlierPickup,
    LaterReturn,
    SchoolOpen,
    bound_days,
)
from tourpool.routing.questions.relaxation import Kind, Relaxation
from tourpool.routing.rules import has_agreement, pays_for

MOST_USD = 1_000_000


@dataclass(frozen=True)
class Family:
    """Relaxations of one kind, of which one is looked for.

    ``more`` relaxes more than any of them does; where that is of no use, none of them is.
    """

    kind: Kind
    members: tuple[Relaxation, ...]
    more: Callable[[Season], Season] | None = None

    def at_most(self, season: Season) -> Season:
        """The season that relaxes no less than any of them."""
        return self.more(season) if self.more is not None else _all_of(self.members, season)


def families(season: Season, request: SeatRequest, over: Collection[str] = ()) -> list[Family]:
    """All that could be relaxed for a request; kinds of which there is nothing to relax are out.

    Sessions ``over`` are not to be had any more.
    """
    dates = sorted({s.date for s in _accepted(season, request)})
    found = [
        Family(Kind.RIDE_LIMIT, (_longer_ride(season, request),)),
        Family(Kind.PICKUP, (_earlier(season, request),)),
        Family(Kind.RETURN, (_later(season, request),)),
        Family(Kind.CALENDAR, tuple(_open(season, request, dates))),
        Family(Kind.SESSION, tuple(_other_sessions(season, request, over))),
        Family(Kind.PEOPLE, tuple(_people(season, request))),
        Family(Kind.BUS, tuple(_buses(season, dates)), more_of_all),
        Family(Kind.HOURS, tuple(_hours(season, dates)), all_day),
        *_papers(season, request),
        Family(Kind.BUDGET, tuple(_budgets(season, request))),
        Family(Kind.MIN_RIDERS, tuple(_fewer(season))),
    ]
    return [f for f in found if f.members]


def _accepted(season: Season, request: SeatRequest) -> list[Session]:
    """Sessions it names, or all of its event; on days when its school is closed too."""
    named = {c.session_id for c in request.choices}
    return [
        s
        for s in season.sessions
        if (s.session_id in named if named else s.event_id == request.event_id)
    ]


def _longer_ride(season: Season, request: SeatRequest) -> LongerRide:
    limit = request.max_ride_min or season.policy.max_ride_min
    return LongerRide(request.request_id, limit)


def _earlier(season: Season, request: SeatRequest) -> EarlierPickup:
    school = season.school[request.ncessch]
    return EarlierPickup(school.ncessch, school.earliest_pickup)


def _later(season: Season, request: SeatRequest) -> LaterReturn:
    school = season.school[request.ncessch]
    return LaterReturn(school.ncessch, school.latest_return)


def _open(season: Season, request: SeatRequest, dates: Sequence[dt.date]) -> list[SchoolOpen]:
    school = season.school[request.ncessch]
    return [SchoolOpen(school.ncessch, d) for d in bound_days(season, school, set(dates))]


def _other_sessions(
    season: Season, request: SeatRequest, over: Collection[str]
) -> list[AnotherSession]:
    accepted = {s.session_id for s in _accepted(season, request)} | set(over)
    return [
        AnotherSession(request.request_id, s.session_id)
        for s in season.sessions
        if s.event_id == request.event_id and s.session_id not in accepted
    ]


def _people(season: Season, request: SeatRequest) -> list[MorePeople]:
    all_of_it = sum(r.people for r in season.requests if r.event_id == request.event_id)
    return [
        MorePeople(s.session_id, all_of_it)
        for s in _accepted(season, request)
        if _is_limited(season, s)
    ]


def _is_limited(season: Season, session: Session) -> bool:
    venues = [season.venue[v.venue_id] for v in session.visits]
    limits = [session.max_people, session.max_people_per_school]
    limits += [limit for v in venues for limit in (v.max_people, v.max_group)]
    return any(limit is not None for limit in limits)


def _buses(season: Season, dates: Sequence[dt.date]) -> list[OneMoreBus]:
    """Like those of every row that is free on a day; where its own stand, one can be hired."""
    return [
        OneMoreBus(bus.bus_type_id, date)
        for date in dates
        for bus in season.buses
        if bus_hours(season, another(bus), date)
    ]


def _hours(season: Season, dates: Sequence[dt.date]) -> list[LongerHours]:
    """One of every row that stands on a day but is not closed; those told apart each."""
    freed = all_day(season)
    return [
        LongerHours(bus.bus_type_id, bus.numbers[0], date)
        for date in dates
        for bus in told_apart(season).buses
        if (longest := bus_hours(freed, bus.model_copy(update=ALL_DAY), date))
        and bus_hours(season, bus, date) != longest
    ]


def _papers(season: Season, request: SeatRequest) -> list[Family]:
    """Between two districts of which one has buses for others; first those of the request's own.

    Others may help too: who has a bus of another district leaves room on one's own.
    """
    if season.policy.agreements is not AgreementPolicy.REQUIRE:
        return []
    dates = [s.date for s in _accepted(season, request)]
    home = season.school[request.ncessch].leaid
    lenders = {
        leaid
        for b in season.buses
        if (leaid := season.garage[b.garage_id].leaid) and b.carries is Carries.AGREEMENT
    }
    guests = {season.school[r.ncessch].leaid for r in season.requests}
    papers = [
        NewAgreement(lender, guest, (min(dates), max(dates)))
        for lender, guest in product(sorted(lenders), sorted(guests))
        if lender != guest and not all(has_agreement(season, lender, guest, d) for d in dates)
    ]
    own = [p for p in papers if home in (p.lender, p.guest)]
    others = [p for p in papers if home not in (p.lender, p.guest)]
    return [Family(Kind.AGREEMENT, tuple(of), partial(_all_of, of)) for of in (own, others) if of]


def _all_of(relaxations: Sequence[Relaxation], season: Season) -> Season:
    for relaxation in relaxations:
        season = relaxation.relaxed(season, relaxation.most)
    return season


def _budgets(season: Season, request: SeatRequest) -> list[MoreBudget]:
    mine = tuple((b.payer, b.scope) for b in season.budgets if pays_for(season, b, request))
    return [MoreBudget(mine, MOST_USD)] if mine else []


def _fewer(season: Season) -> list[FewerRiders]:
    return [FewerRiders(b.bus_type_id) for b in season.buses if b.min_riders]
