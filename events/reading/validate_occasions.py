"""Rules of events, their sessions and the visits of a session."""

from collections.abc import Iterator
from itertools import pairwise

from tourpool.events.clock import utc_s
from tourpool.events.occasions import Visit
from tourpool.events.problems import Problem
from tourpool.events.reading.cells_numbers import grade_name as _grade
from tourpool.events.reading.draft import Draft, Rule
from tourpool.events.rules import CalendarEntry, Scope


def event_grades_in_order(draft: Draft) -> Iterator[Problem]:
    """The lowest grade of an event is not above its highest."""
    for row in draft.events:
        if row.record.grade_low > row.record.grade_high:
            yield row.problem(
                "grade_low",
                f"grade {_grade(row.record.grade_low)} is above grade_high "
                f"{_grade(row.record.grade_high)}",
                "swap them; an empty grade_low is 9, an empty grade_high 12",
            )


def arrival_in_order(draft: Draft) -> Iterator[Problem]:
    """A stay has ``arrive_from <= arrive_by < depart``."""
    for row, _, visit in draft.stays():
        if visit.arrive_from > visit.arrive_by:
            yield row.problem(
                "arrive_from",
                f"{visit.arrive_from:%H:%M} is after arrive_by {visit.arrive_by:%H:%M}",
                "write an earlier time, or leave it empty: 30 minutes before arrive_by",
            )
        if visit.arrive_by >= visit.depart:
            yield row.problem(
                "depart",
                f"{visit.depart:%H:%M} is not after arrive_by {visit.arrive_by:%H:%M}",
                "write a later time; times after noon are 13:00 and later, or have PM",
            )


def visits_are_counted(draft: Draft) -> Iterator[Problem]:
    """Further visits of a session are 2, 3 and so on."""
    orders: dict[str, set[int]] = {}
    for typed in draft.typed.get("visits", []):
        if isinstance(order := typed.values.get("order"), int):
            orders.setdefault(str(typed.values.get("session_id")), set()).add(order)
    for row in draft.visits:
        order = row.record.order
        if order < 2:
            yield row.problem("order", "1 is the visit in sessions", "the first one here is 2")
        elif order > 2 and order - 1 not in orders[row.record.session_id]:
            yield row.problem(
                "order",
                f"{order} comes without {order - 1}",
                "count the further visits 2, 3 and so on",
            )


def visits_follow(draft: Draft) -> Iterator[Problem]:
    """A bus leaves one visit before it must be at the next, in whatever zones they lie."""
    rows = {(s.session_id, v.order): (row, v) for row, s, v in draft.stays()}
    for session_row in draft.sessions:
        session = session_row.record
        for before, after in pairwise(session.visits):
            venues = draft.season.venue
            if before.venue_id not in venues or after.venue_id not in venues:
                continue
            try:
                left_s = utc_s(session.date, before.depart, venues[before.venue_id].tz)
                by_s = utc_s(session.date, after.arrive_by, venues[after.venue_id].tz)
            except ValueError:
                continue  # a time that clocks skip is a problem of its own
            if left_s >= by_s:
                yield rows[session.session_id, after.order][0].problem(
                    "arrive_by",
                    f"{after.arrive_by:%H:%M} is not after the visit before, which ends at "
                    f"{before.depart:%H:%M}",
                    "write a later time, or an earlier depart in the visit before",
                )


def venue_is_open(draft: Draft) -> Iterator[Problem]:
    """No venue is visited on a day or in hours when the calendar has it closed."""
    for row, session, visit in draft.stays():
        for entry in draft.calendar:
            e = entry.record
            of_venue = e.scope is Scope.VENUE and e.id == visit.venue_id
            if not of_venue or not e.date_from <= session.date <= e.date_to:
                continue
            if e.closed:
                wrong = f"{visit.venue_id} is closed on {session.date}"
            elif _outside(e, visit):
                wrong = f"{visit.venue_id} is open {_hours(e)} on {session.date}"
            else:
                continue
            yield row.problem(
                "venue_id",
                wrong,
                f"choose another day or time, or mend calendar row {entry.number}",
            )


def event_has_sessions(draft: Draft) -> Iterator[Problem]:
    """An event for which seats are asked has a session."""
    with_sessions = {t.values.get("event_id") for t in draft.typed.get("sessions", [])}
    asked = {row.record.event_id for row in draft.requests}
    for row in draft.events:
        if row.record.event_id in asked and row.record.event_id not in with_sessions:
            yield row.problem(
                "event_id",
                f"seats are asked for {row.record.event_id}, which has no session",
                "add a row with its date to sessions",
            )


def session_is_on_a_school_day(draft: Draft) -> Iterator[Problem]:
    """A session on a Saturday or Sunday is perhaps a date that was mistyped."""
    for row in draft.sessions:
        date = row.record.date
        if date.weekday() >= 5:
            yield row.problem(
                "date", f"{date} is a {date:%A}", "write another day, unless schools come on it"
            )


def _outside(entry: CalendarEntry, visit: Visit) -> bool:
    early = entry.free_from is not None and visit.arrive_from < entry.free_from
    late = entry.free_to is not None and visit.depart > entry.free_to
    return early or late


def _hours(entry: CalendarEntry) -> str:
    begin = f"from {entry.free_from:%H:%M}" if entry.free_from else ""
    end = f"to {entry.free_to:%H:%M}" if entry.free_to else ""
    return f"{begin} {end}".strip()


RULES: tuple[Rule, ...] = (
    event_grades_in_order,
    arrival_in_order,
    visits_are_counted,
    visits_follow,
    venue_is_open,
    event_has_sessions,
)
WARNINGS: tuple[Rule, ...] = (session_is_on_a_school_day,)
