"""Rules on what riders are promised: time on board, hours of their school, arrival."""

from collections.abc import Iterator

from tourpool.events.calendar import school_hours
from tourpool.events.clock import utc_s
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.checks.case import Case, Rider
from tourpool.routing.checks.drive import Driven
from tourpool.routing.checks.words import Rule, Violation, clock_text, minutes_text


def ride_out(case: Case, driven: Driven) -> Iterator[Violation]:
    """On the way out nobody is on board longer than its limit."""
    for rider in case.riders:
        ride_s = driven.ride_out_s[rider.group.group_id]
        limit_s = 60 * ride_limit_min(case.season, rider.request)
        if ride_s > limit_s:
            text = f"{minutes_text(ride_s)} out, at most {minutes_text(limit_s)}"
            yield Violation(Rule.RIDE_OUT, _where(case, rider), text)


def ride_back(case: Case, driven: Driven) -> Iterator[Violation]:
    """On the way back nobody is on board longer than its limit."""
    for rider in case.riders:
        ride_s = driven.ride_back_s[rider.group.group_id]
        limit_s = 60 * ride_limit_min(case.season, rider.request)
        if ride_s > limit_s:
            text = f"{minutes_text(ride_s)} back, at most {minutes_text(limit_s)}"
            yield Violation(Rule.RIDE_BACK, _where(case, rider), text)


def ride_limit_min(season: Season, request: SeatRequest) -> int:
    """Longest time on board: the request's own, else the policy's."""
    own = request.max_ride_min
    return season.policy.max_ride_min if own is None else own


def earliest_pickup(case: Case, driven: Driven) -> Iterator[Violation]:
    """No group boards before its school lets it."""
    begins = {b.group_id: b.begin_s for s in driven.outbound for b in s.on}
    for rider in case.riders:
        open_s = school_hours(case.season, rider.school, case.session.date)
        if open_s is not None and begins[rider.group.group_id] < open_s[0]:
            at, from_ = _clocks(case, rider, begins[rider.group.group_id], open_s[0])
            text = f"boards at {at}, not before {from_}"
            yield Violation(Rule.EARLIEST_PICKUP, _where(case, rider), text)


def latest_return(case: Case, driven: Driven) -> Iterator[Violation]:
    """Every group is off when its school says."""
    ends = {b.group_id: b.end_s for s in driven.return_run for b in s.off}
    for rider in case.riders:
        open_s = school_hours(case.season, rider.school, case.session.date)
        if open_s is not None and ends[rider.group.group_id] > open_s[1]:
            at, by = _clocks(case, rider, ends[rider.group.group_id], open_s[1])
            yield Violation(Rule.LATEST_RETURN, _where(case, rider), f"off at {at}, not by {by}")


def arrival_window(case: Case, driven: Driven) -> Iterator[Violation]:
    """At every visit the bus is there in time, and before it has to leave again.

    A bus that comes to a further visit before its doors open waits.
    """
    stops = driven.between or (driven.outbound[-1],)
    for visit, stop in zip(case.visits, stops, strict=True):
        tz = case.season.venue[visit.venue_id].tz
        by_s = utc_s(case.session.date, visit.arrive_by, tz)
        leave_s = utc_s(case.session.date, visit.depart, tz)
        if stop.arrive_s > min(by_s, leave_s):
            at, by = (clock_text(case.session.date, s, tz) for s in (stop.arrive_s, by_s))
            text = f"reaches venue {visit.venue_id} at {at}, not by {by}"
            yield Violation(Rule.ARRIVAL_WINDOW, case.where, text)


def session_accepted(case: Case) -> Iterator[Violation]:
    """A request goes only to a session that it accepts."""
    for request in {r.request.request_id: r.request for r in case.riders}.values():
        named = {c.session_id for c in request.choices}
        of_event = case.session.event_id == request.event_id
        if not (case.session.session_id in named if named else of_event):
            text = f"request {request.request_id} does not accept session {case.session.session_id}"
            yield Violation(Rule.SESSION_ACCEPTED, case.where, text)


def closed_day(case: Case) -> Iterator[Violation]:
    """No school rides on a day on which it, or its district, is closed."""
    for rider in {r.school.ncessch: r for r in case.riders}.values():
        if school_hours(case.season, rider.school, case.session.date) is None:
            text = f"school {rider.school.ncessch} is closed on {case.session.date}"
            yield Violation(Rule.CLOSED_DAY, case.where, text)


def _clocks(case: Case, rider: Rider, *seconds: int) -> list[str]:
    return [clock_text(case.session.date, s, rider.school.tz) for s in seconds]


def _where(case: Case, rider: Rider) -> str:
    return f"{case.where}, group {rider.group.group_id}"
