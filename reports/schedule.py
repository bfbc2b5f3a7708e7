"""The schedule: one row a stop. Workbook and CSV share these rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from pydantic import Field

from tourpool.events.clock import local
from tourpool.events.records import Frozen
from tourpool.reports.calls import Call, plan_calls
from tourpool.reports.marks import tags
from tourpool.reports.moves import changed_bus, changed_text
from tourpool.reports.plain import plain
from tourpool.reports.session_names import session_name
from tourpool.reports.words import miles
from tourpool.routing.plan import PlaceKind, Plan, RunPair


class ScheduleRow(Frozen):
    """A bus at a place. Titles are the headers of the table; times are local at the place."""

    date: dt.date = Field(title="Date")
    tag: str = Field(title="Map")
    bus_number: str = Field(title="Bus")
    direction: str = Field(title="Direction")
    place: str = Field(title="Place")
    arrive: dt.datetime | None = Field(title="Arrive")
    depart: dt.datetime | None = Field(title="Depart")
    zone: str = Field(title="Zone")
    students_on: int = Field(title="Students on")
    students_off: int = Field(title="Students off")
    chaperones: int = Field(title="Chaperones", description="of those who get on or off")
    wheelchairs: int = Field(title="Wheelchairs", description="of those who get on or off")
    on_board: int = Field(title="On board after", description="students and chaperones")
    note: str = Field(
        title="Note",
        description="what changed; event and missing agreements; between two sessions; loading",
    )
    contact: str = Field(title="Contact")
    stop: int = Field(title="Stop", description="counts the stops of one direction from 1")
    event: str = Field(title="Event")
    needs_agreement: str = Field(
        title="Needs agreement", description="yes on all rows of a run; where guests board, who"
    )
    changed: str = Field(
        title="Changed", description="what is not as in the plan it follows, for which school"
    )
    miles: float = Field(title="Miles from stop before")
    garage: str = Field(title="Garage")
    venue: str = Field(title="Venue")
    roads: str = Field(title="Roads", description="'estimated' when there were no roads")
    session_id: str
    group_ids: str = Field(description="separated by ;")
    place_id: str
    garage_id: str
    bus_type: str
    run_id: str
    block_id: str
    plan_id: str


PRINTED = list(ScheduleRow.model_fields).index("contact") + 1
"""So many columns are printed, what a driver needs; the others are for looking things up."""


def headers() -> list[str]:
    """Header of each column."""
    return [field.title or name for name, field in ScheduleRow.model_fields.items()]


def schedule_rows(plan: Plan) -> tuple[ScheduleRow, ...]:
    """All rows: by block, each in driving order."""
    tag_of = tags(plan)
    return tuple(_row(plan, call, tag_of[call.block.block_id]) for call in plan_calls(plan))


def agreement_text(plan: Plan, pairs: Iterable[RunPair]) -> str:
    """Which district would carry which other one's students without a paper; mostly nothing."""
    district = {p.leaid: p.district or p.leaid for p in plan.places if p.leaid}
    guests: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        for need in pair.needs_agreement:
            guests[need.lender_leaid][need.guest_leaid] = None
    return "; ".join(
        f"{district.get(lender, lender)} carries {', '.join(district.get(g, g) for g in carried)}"
        for lender, carried in guests.items()
    )


def _next_text(plan: Plan, call: Call) -> str:
    """Where a bus goes on to another session: to which, and where it stands until then."""
    if call.stands is None:
        return ""
    empty = "" if call.on else ", then empty to the next stop"
    name = session_name(plan, plan.session[call.pair.session_id])
    return f"Next: {name}; {call.stands.text}{empty}."


def _notes(plan: Plan, call: Call) -> tuple[str, ...]:
    """What the printed columns would not say: the event at its venue, and a missing agreement."""
    event = plan.session[call.pair.session_id].event
    arrives = call.stop.kind is PlaceKind.VENUE and call.run is call.pair.outbound
    guests = _needs_agreement(call)
    changed = _changed(plan, call)
    return (
        f"Changed: {changed}." if changed else "",
        _next_text(plan, call),
        f"{event}." if arrives else "",
        f"Needs an agreement: {call.place.district}." if guests.startswith("yes: ") else "",
    )


def _changed(plan: Plan, call: Call) -> str:
    """What changed for those who get on or off at a school; for the bus, where its day begins."""
    block = call.block
    if call.stop.kind is PlaceKind.GARAGE and call.run is block.run_pairs[0].outbound:
        bus = (block.garage_id, block.bus_type, block.bus_number)
        return changed_bus(plan, block.date, bus)
    if call.stop.kind is not PlaceKind.SCHOOL:
        return ""
    moving = [g.group_id for g in (*call.on, *call.off)]
    return changed_text(plan, moving, call.run.direction)


def _clock(call: Call, seconds: int | None) -> dt.datetime | None:
    if seconds is None:
        return None
    return local(call.block.date, seconds, call.place.tz).replace(tzinfo=None)


def _needs_agreement(call: Call) -> str:
    """Yes on every row of a bus with guests and no paper; whose students, where they board."""
    guests = {n.guest_leaid for n in call.pair.needs_agreement}
    is_theirs = call.stop.kind is PlaceKind.SCHOOL and call.place.leaid in guests
    return f"yes: {call.place.district}" if is_theirs else "yes" if guests else ""


def _row(plan: Plan, call: Call, tag: str) -> ScheduleRow:
    block, stop, place = call.block, call.stop, call.place
    session = plan.session[call.pair.session_id]
    moving = (*call.on, *call.off)
    venues = [plan.place[PlaceKind.VENUE, v.venue_id].name for v in session.visits]
    return ScheduleRow(
        date=block.date,
        tag=tag,
        bus_number=plain(block.bus_number),
        direction=call.run.direction.value,
        place=plain(place.name),
        arrive=_clock(call, call.arrive_s),
        depart=_clock(call, call.depart_s),
        zone=local(block.date, stop.depart_s, place.tz).strftime("%Z"),
        students_on=sum(g.students for g in call.on),
        students_off=sum(g.students for g in call.off),
        chaperones=sum(g.chaperones for g in moving),
        wheelchairs=sum(g.wheelchairs for g in moving),
        on_board=call.people_aboard,
        note=plain(" ".join(filter(None, (*_notes(plan, call), place.loading_note)))),
        contact=plain(place.contact),
        stop=call.order,
        event=plain(session.event),
        needs_agreement=plain(_needs_agreement(call)),
        changed=plain(_changed(plan, call)),
        miles=miles(stop.metres),
        garage=plain(plan.place[PlaceKind.GARAGE, block.garage_id].name),
        venue=plain(", then ".join(venues)),
        roads=plain(plan.roads),
        session_id=plain(session.session_id),
        group_ids=plain("; ".join(g.group_id for g in moving)),
        place_id=plain(place.place_id),
        garage_id=plain(block.garage_id),
        bus_type=plain(block.bus_type),
        run_id=plain(call.run.run_id),
        block_id=plain(block.block_id),
        plan_id=plain(plan.plan_id),
    )
