"""What a written plan must keep so that maps and papers can be made of it: names and ranges.

The models say which fields there are; here is that what they name exists, once, and that figures
are those of a season of buses. Whether the plan keeps the rules is for `check_plan`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from tourpool.routing.plan import Block, Group, Place, PlaceKind, Plan, PlanSession, Run, RunPair

FIRST_YEAR, LAST_YEAR = 2000, 2200
LONGEST_S = 3 * 24 * 3600
"""Seconds from the start of a session's date: zones and a long day need less than two days."""
OF_ALL_RIDERS = {"proof.student_s"}
"""Seconds of all riders of a season together."""
LARGEST = 10**12
"""Of any figure: 1e-4 US$, metres, weighted students."""


def plan_flaws(plan: Plan) -> Iterator[str]:
    """What is wrong, each as ``where: what``; nothing when the plan is whole."""
    yield from _figures(plan, "")
    yield from _twice("places", ((p.kind, p.place_id) for p in plan.places))
    yield from _twice("sessions", (s.session_id for s in plan.sessions))
    yield from _twice("requests", (r.request_id for r in plan.requests))
    yield from _twice("blocks", (b.block_id for b in plan.blocks))
    yield from _twice("groups", (g.group_id for b in plan.blocks for g in _groups(b)))
    for place in plan.places:
        yield from _place(place)
    for bus in plan.buses:
        if (PlaceKind.GARAGE, bus.garage_id) not in plan.place:
            yield f"buses {bus.bus_type_id}: no garage {bus.garage_id}"
    for session in plan.sessions:
        yield from _session(plan, session)
    yield from _requests(plan)
    for block in plan.blocks:
        yield from _block(plan, block)


def _figures(value: object, where: str) -> Iterator[str]:
    """Every number, day and time of the plan, wherever it stands."""
    if isinstance(value, BaseModel):
        for name, inner in value:
            yield from _figures(inner, f"{where}.{name}" if where else name)
    elif isinstance(value, tuple | list):
        for k, inner in enumerate(value):
            yield from _figures(inner, f"{where}.{k}")
    elif isinstance(value, int | float) and not abs(value) <= LARGEST:  # nor what is no number
        yield f"{where}: a number beyond any season"
    elif isinstance(value, int) and _is_of_a_day(where) and abs(value) > LONGEST_S:
        yield f"{where}: {value} s is days away from its session"
    elif isinstance(value, dt.date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        yield f"{where}: {value} is in no season"


def _is_of_a_day(where: str) -> bool:
    return where.endswith("_s") and where not in OF_ALL_RIDERS


def _twice(where: str, names: Iterable[object]) -> Iterator[str]:
    seen = set()
    for name in names:
        if name in seen:
            yield f"{where}: {_shown(name)} is there twice"
        seen.add(name)


def _shown(name: object) -> str:
    return " ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _place(place: Place) -> Iterator[str]:
    for lat, lon in ((place.lat, place.lon), (place.stop_lat, place.stop_lon)):
        if not _on_earth(lat, lon):
            yield f"{place.kind} {place.place_id}: {lat}, {lon} is no position"
    try:
        ZoneInfo(place.tz)
    except (KeyError, ValueError, OSError):
        yield f"{place.kind} {place.place_id}: {place.tz!r} is no time zone"


def _on_earth(lat: float, lon: float) -> bool:
    return abs(lat) <= 90 and abs(lon) <= 180


def _session(plan: Plan, session: PlanSession) -> Iterator[str]:
    if not session.visits:
        yield f"session {session.session_id}: visits no venue"
    for visit in session.visits:
        if (PlaceKind.VENUE, visit.venue_id) not in plan.place:
            yield f"session {session.session_id}: no venue {visit.venue_id}"


def _requests(plan: Plan) -> Iterator[str]:
    for request in plan.requests:
        if (PlaceKind.SCHOOL, request.ncessch) not in plan.place:
            yield f"request {request.request_id}: no school {request.ncessch}"
        given = () if request.session_id is None else (request.session_id,)
        for name in (*request.accepts, *given):
            if name not in plan.session:
                yield f"request {request.request_id}: no session {name}"


def _groups(block: Block) -> Iterator[Group]:
    return (group for pair in block.run_pairs for group in pair.groups)


def _block(plan: Plan, block: Block) -> Iterator[str]:
    where = f"block {block.block_id}"
    if not block.run_pairs:
        yield f"{where}: drives nobody"
    if (PlaceKind.GARAGE, block.garage_id) not in plan.place:
        yield f"{where}: no garage {block.garage_id}"
    for group in _groups(block):
        if group.request_id not in plan.request:
            yield f"group {group.group_id}: no request {group.request_id}"
    for pair in block.run_pairs:
        if pair.session_id not in plan.session:
            yield f"{where}: no session {pair.session_id}"
        for run in pair.runs:
            yield from _run(plan, pair, run)


def _run(plan: Plan, pair: RunPair, run: Run) -> Iterator[str]:
    where = f"run {run.run_id}"
    riding = {group.group_id for group in pair.groups}
    if len(run.stops) < 2:
        yield f"{where}: needs two stops at least"
    for stop in run.stops:
        if (stop.kind, stop.place_id) not in plan.place:
            yield f"{where}: no {stop.kind} {stop.place_id}"
        for boarding in (*stop.on, *stop.off):
            if boarding.group_id not in riding:
                yield f"{where}: no group {boarding.group_id}"
        if not all(_on_earth(lat, lon) for lat, lon in stop.line):
            yield f"{where}: the line to {stop.place_id} leaves the earth"
