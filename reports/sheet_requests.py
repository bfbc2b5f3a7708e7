"""Rows of the sheet Requests: what was asked, what it weighs and why, what became of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tourpool.reports.marks import tags
from tourpool.reports.plain import plain
from tourpool.reports.sheets import Value
from tourpool.routing.plan import PlaceKind, Plan, PlanRequest


def request_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a request, in the order of the plan."""
    event = {s.event_id: s.event for s in plan.sessions}
    buses = _tags_of_requests(plan)
    for request in plan.requests:
        school = plan.place[PlaceKind.SCHOOL, request.ncessch]
        yield (
            plain(request.request_id),
            plain(school.name),
            plain(school.district),
            plain(event.get(request.event_id, request.event_id)),
            request.students,
            request.chaperones,
            request.wheelchairs,
            request.weight_hundredths / 100,
            plain(weight_text(request)),
            _date(plan, request),
            plain(request.session_id or ""),
            request.rank,
            ", ".join(buses[request.request_id]),
            request.reason.kind.value if request.reason else "",
            plain(request.reason.text if request.reason else ""),
        )


def weight_text(request: PlanRequest) -> str:
    """The weight as a sum: 1 and what each factor adds, with its reason."""
    parts = [f"{f.name} +{f.hundredths / 100:.2f} ({f.why})" for f in request.factors]
    return "; ".join(["1.00", *parts])


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
