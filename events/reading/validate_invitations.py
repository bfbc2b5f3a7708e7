"""Rules of requests: whether the event is for the school and grades that ask for seats."""

from collections.abc import Iterator

from tourpool.events.adjacency import adjacency, invited
from tourpool.events.occasions import OpenTo
from tourpool.events.problems import Problem
from tourpool.events.reading.cells_numbers import grade_name as _grade
from tourpool.events.reading.draft import Draft, Rule
from tourpool.events.seats import SeatRequest


def request_grades_in_order(draft: Draft) -> Iterator[Problem]:
    """The lowest grade that rides is not above the highest."""
    for row in draft.requests:
        r = row.record
        if r.grade_low > r.grade_high:
            yield row.problem(
                "grade_low",
                f"grade {_grade(r.grade_low)} is above grade_high {_grade(r.grade_high)}",
                "swap them",
            )


def event_is_for_these_grades(draft: Draft) -> Iterator[Problem]:
    """Grades that ride are among those of the event."""
    for row in draft.requests:
        r, event = row.record, draft.season.event.get(row.record.event_id)
        if event is None or event.adults_only:
            continue
        if column := _strange_grade(r, event.grade_low, event.grade_high):
            yield row.problem(
                column,
                f"grades {_grade(r.grade_low)} to {_grade(r.grade_high)} ride, and "
                f"{event.event_id} is for {_grade(event.grade_low)} to {_grade(event.grade_high)}",
                "leave out the other grades, or ask for seats at another event",
            )


def school_has_these_grades(draft: Draft) -> Iterator[Problem]:
    """Grades that ride are among those of the school."""
    for row in draft.requests:
        r, school = row.record, draft.season.school.get(row.record.ncessch)
        event = draft.season.event.get(r.event_id)
        if school is None or event is None or event.adults_only:
            continue
        if column := _strange_grade(r, school.grade_low, school.grade_high):
            yield row.problem(
                column,
                f"grades {_grade(r.grade_low)} to {_grade(r.grade_high)} ride, and "
                f"{school.name} has {_grade(school.grade_low)} to {_grade(school.grade_high)}",
                "leave out the other grades, or mend the grades of the school",
            )


def event_is_open_to_school(draft: Draft) -> Iterator[Problem]:
    """The school's ecosystem is among those that the event is open to."""
    if len(draft.ecosystems) < len(draft.typed.get("ecosystems", [])):
        return  # a row could not be read: nobody knows its neighbours
    graph = adjacency(row.record for row in draft.ecosystems)
    season = draft.season
    for row in draft.requests:
        event = season.event.get(row.record.event_id)
        school = season.school.get(row.record.ncessch)
        district = season.district.get(school.leaid) if school else None
        if event is None or school is None or district is None:
            continue
        known = event.ecosystem_id in graph and district.ecosystem_id in graph
        if known and district.ecosystem_id not in invited(graph, event):
            adjacent = " and adjacent ones" if event.open_to is OpenTo.ADJACENT else " only"
            yield row.problem(
                "event_id",
                f"{event.event_id} is open to {event.ecosystem_id}{adjacent}, and {school.name} "
                f"is in {district.ecosystem_id}",
                "ask for another event, or widen open_to in events or adjacent in ecosystems",
            )


def session_is_of_event(draft: Draft) -> Iterator[Problem]:
    """Sessions that a request accepts are sessions of its event."""
    for row in draft.choices:
        request = draft.season.request.get(row.record.request_id)
        session = draft.season.session.get(row.record.session_id)
        if not request or not session or request.event_id not in draft.season.event:
            continue
        if request.event_id != session.event_id:
            own = [s.session_id for s in draft.season.sessions if s.event_id == request.event_id]
            yield row.problem(
                "session_id",
                f"{session.session_id} is a session of {session.event_id}, and "
                f"{request.request_id} asks for {request.event_id}",
                f"write one of {', '.join(own)}" if own else "take the row out",
            )


def notice_is_enough(draft: Draft) -> Iterator[Problem]:
    """Seats are asked for as many days ahead as the host wants."""
    for row in draft.requests:
        r, event = row.record, draft.season.event.get(row.record.event_id)
        if event is None or r.requested_on is None:
            continue
        for session in draft.accepted(r):
            days = (session.date - r.requested_on).days
            if days < event.lead_days:
                yield row.problem(
                    "requested_on",
                    f"{days} days before {session.session_id}, and {event.event_id} wants "
                    f"{event.lead_days}",
                    "ask the host, or take out that session",
                )


def _strange_grade(r: SeatRequest, low: int, high: int) -> str | None:
    """The column with a grade outside ``low`` to ``high``; None when there is none."""
    if not low <= r.grade_low <= high:
        return "grade_low"
    return None if low <= r.grade_high <= high else "grade_high"


RULES: tuple[Rule, ...] = (
    request_grades_in_order,
    event_is_for_these_grades,
    school_has_these_grades,
    event_is_open_to_school,
    session_is_of_event,
)
WARNINGS: tuple[Rule, ...] = (notice_is_enough,)
