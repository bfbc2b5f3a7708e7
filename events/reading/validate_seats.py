"""Rules of requests: riders, their chaperones and wheelchairs, and groups that ride apart."""

import math
from collections.abc import Iterator

from tourpool.events.problems import Problem
from tourpool.events.reading.draft import Draft, Rule
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


def _for_adults(draft: Draft, r: SeatRequest) -> bool:
    event = draft.season.event.get(r.event_id)
    return event is None or event.adults_only  # an event that is unknown has its own problem


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
    group_fits_venue,
    apart_are_two,
)
WARNINGS: tuple[Rule, ...] = (asked_once,)
