"""Rows of the sheet Requests: what was asked, what it weighs and why, what became of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tourpool.events.pins import Pin
from tourpool.reports.figures import event_names
from tourpool.reports.marks import tags
from tourpool.reports.plain import plain
from tourpool.reports.reasons import full_reason
from tourpool.reports.session_names import session_name
from tourpool.reports.sheets import Value
from tourpool.routing.plan import PlaceKind, Plan, PlanRequest


def request_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a request, in the order of the plan."""
    event = event_names(plan)
    buses, rides = _tags_of_requests(plan), _rides_min(plan)
    pins = {p.request_id: _pin_text(p) for p in plan.pins}
    for request in plan.requests:
        school = plan.place[PlaceKind.SCHOOL, request.ncessch]
        there_min, back_min = rides.get(request.request_id, (None, None))
        why = full_reason(request)
        yield (
            plain(school.name),
            plain(_session(plan, request) or event.get(request.event_id, request.event_id)),
            _grades(request),
            request.students,
            request.chaperones,
            request.wheelchairs,
            request.weight_hundredths / 100,
            _date(plan, request),
            request.rank,
            ", ".join(buses[request.request_id]),
            request.max_ride_min,
            there_min,
            back_min,
            plain(why.kind),
            plain(why.text),
            plain(pins.get(request.request_id, "")),
            plain(school.district),
            plain(request.request_id),
            plain(request.session_id or ""),
            plain(weight_text(request)),
        )


def _pin_text(pin: Pin) -> str:
    """Where it is pinned to, and why."""
    where = f"{pin.session_id}, {pin.bus}" if pin.bus else pin.session_id
    return f"{where}: {pin.why}" if pin.why else where


def weight_text(request: PlanRequest) -> str:
    """The weight as a sum: 1 and what each factor adds, with its reason."""
    parts = [f"{f.name} +{f.hundredths / 100:.2f} ({f.why})" for f in request.factors]
    return "; ".join(["1.00", *parts])


def _grades(request: PlanRequest) -> str:
    """In words: Excel takes 9-12 for a day."""
    low, high = request.grade_low, request.grade_high
    return f"{low}" if low == high else f"{low} to {high}"


def _rides_min(plan: Plan) -> dict[str, tuple[int, int]]:
    """Minutes begun on board there and back of each request that rides, of its longest part."""
    found: dict[str, tuple[int, int]] = {}
    for block in plan.blocks:
        for pair in block.run_pairs:
            for group_id, rides in pair.rides_s.items():
                request_id = plan.group[group_id].request_id
                longest = found.get(request_id, (0, 0))
                there, back = (max(a, -(-s // 60)) for a, s in zip(longest, rides, strict=True))
                found[request_id] = there, back
    return found


def _session(plan: Plan, request: PlanRequest) -> str:
    """The session it was given; empty when it has none."""
    given = request.session_id
    return "" if given is None else session_name(plan, plan.session[given])


def _date(plan: Plan, request: PlanRequest) -> dt.date | None:
    return None if request.session_id is None else plan.session[request.session_id].date


def _tags_of_requests(plan: Plan) -> dict[str, list[str]]:
    tag_of = tags(plan)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for block in plan.blocks:
        riding = {g.request_id for pair in block.run_pairs for g in pair.groups}
        for request_id in riding:
            found[request_id].append(tag_of[block.block_id])
    return found
