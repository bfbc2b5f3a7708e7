"""Rules of requests: riders and chaperones, and whether the event is for them."""

import math
from collections.abc import Iterator

from tourpool.events.adjacency import adjacency, invited
from tourpool.events.cells import grade_name as _grade
from tourpool.events.draft import Draft, Rule
from tourpool.events.occasions import OpenTo
from tourpool.events.problems import Problem
from tourpool.events.seats import SeatRequest


def request_has_riders(draft: Draft) -> Iterator[Problem]:
    """Somebody rides, and students do unless the event is for adults."""
    for row in draft.requests:
        r = row.record
        if not r.people:
            yield row.problem("students", "nobody rides", "write how many, or take the row out")
        elif not r.students and not _for_adults(draft, r):
            yield row.problem(
                "students",
                f"no student rides, and {r.event_id} is not for adults only",
                "write how many, or set adults_only to yes in events",
            )


def request_has_chaperone(draft: Draft) -> Iterator[Problem]:
    """A group has a chaperone unless the event is for adults."""
    for row in draft.requests:
        r = row.record
        if r.students and not r.chaperones and not _for_adults(draft, r):
            yield row.problem(
                "chaperones",
                "no chaperone rides with this group",
                f"write at least {_chaperones_needed(draft, r)}",
            )


def enough_chaperones(draft: Draft) -> Iterator[Problem]:
    """The students to one chaperone stay within the ratio of every venue, or of the policy."""
    for row in draft.requests:
        r = row.record
        needed = _chaperones_needed(draft, r)
        if 0 < r.chaperones < needed and not _for_adults(draft, r):
            yield row.problem(
                "chaperones",
                f"{r.chaperones} for {r.students} students, and 1 to {_ratio(draft, r)} is wanted",
                f"write at least {needed}",
            )


def wheelchairs_are_riders(draft: Draft) -> Iterator[Problem]:
    """Wheelchair riders are counted among the riders."""
    for row in draft.requests:
        r = row.record
        if r.wheelchairs > r.people:
            yield row.problem(
                "wheelchairs",
                f"{r.wheelchairs} wheelchair places for {r.people} riders",
                "count wheelchair riders among students or chaperones too",
            )


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
        if school is None or _for_adults(draft, r):
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


def group_fits_venue(draft: Draft) -> Iterator[Problem]:
    """A group that may not be split is not larger than a venue takes at once."""
    for row in draft.requests:
        r = row.record
        if r.may_split:
            continue
        sessions: dict[str, list[str]] = {}
        for session in draft.accepted(r):
            for visit in session.visits:
                sessions.setdefault(visit.venue_id, []).append(session.session_id)
        for venue_id, names in sessions.items():
            venue = draft.season.venue.get(venue_id)
            limit = venue.max_group if venue else None
            if limit is not None and r.people > limit:
                yield row.problem(
                    "students",
                    f"{r.people} people, and {venue_id} takes groups of {limit} "
                    f"({', '.join(names)})",
                    "set may_split to yes, ask for fewer, or accept other sessions",
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


def apart_are_two(draft: Draft) -> Iterator[Problem]:
    """Two requests that ride apart are not one and the same."""
    for row in draft.apart:
        if row.record.request_a == row.record.request_b:
            yield row.problem(
                "request_b",
                f"{row.record.request_b} is the same request as request_a",
                "name the other request, or take the row out",
            )


def asked_once(draft: Draft) -> Iterator[Problem]:
    """A school asks twice for one event with grades that overlap."""
    first: dict[tuple[str, str], list[SeatRequest]] = {}
    for row in draft.requests:
        r = row.record
        before = first.setdefault((r.ncessch, r.event_id), [])
        for other in before:
            if r.grade_low <= other.grade_high and other.grade_low <= r.grade_high:
                yield row.problem(
                    "request_id",
                    f"{other.request_id} asks for the same school, event and grades",
                    "take one of them out, unless both groups go",
                )
        before.append(r)


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


def _for_adults(draft: Draft, r: SeatRequest) -> bool:
    event = draft.season.event.get(r.event_id)
    return event is None or event.adults_only  # an event that is unknown has its own problem


def _strange_grade(r: SeatRequest, low: int, high: int) -> str | None:
    """The column with a grade outside ``low`` to ``high``; None when there is none."""
    if not low <= r.grade_low <= high:
        return "grade_low"
    return None if low <= r.grade_high <= high else "grade_high"


def _ratio(draft: Draft, r: SeatRequest) -> int:
    """Students to one chaperone at the strictest venue that the request may visit."""
    venues = {v.venue_id for session in draft.accepted(r) for v in session.visits}
    known = (draft.season.venue.get(venue_id) for venue_id in venues)
    policy = draft.policy.students_per_chaperone
    return min((v.students_per_chaperone or policy for v in known if v), default=policy)


def _chaperones_needed(draft: Draft, r: SeatRequest) -> int:
    return max(1, math.ceil(r.students / _ratio(draft, r)))


RULES: tuple[Rule, ...] = (
    request_has_riders,
    request_has_chaperone,
    enough_chaperones,
    wheelchairs_are_riders,
    request_grades_in_order,
    event_is_for_these_grades,
    school_has_these_grades,
    event_is_open_to_school,
    group_fits_venue,
    session_is_of_event,
    apart_are_two,
)
WARNINGS: tuple[Rule, ...] = (asked_once, notice_is_enough)
