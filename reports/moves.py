"""What a plan changes against the one it follows, in words and rows."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from tourpool.events.clock import local
from tourpool.reports.figures import counted
from tourpool.reports.plain import plain
from tourpool.reports.sheets import CLOCK, COUNT, DAY, Column, Value
from tourpool.reports.words import clock, count, usd, usd_between
from tourpool.routing.plan import BusDay, BusMove, Direction, Move, MoveKind, Plan, Seat

COLUMNS = (
    Column("What", 14),
    Column("School", 24),
    Column("Event", 20),
    Column("Students before", 8.5),
    Column("Students now", 8.5),
    Column("Day before", 11, DAY),
    Column("Day now", 11, DAY),
    Column("Bus before", 18),
    Column("Bus now", 18),
    Column("Pick-up before", 10.5, CLOCK),
    Column("Pick-up now", 10.5, CLOCK),
    Column("Back before", 10.5, CLOCK),
    Column("Back now", 10.5, CLOCK),
    Column("Zone", 6),
    Column("Why it has no seat", 30),
    Column("Points", 7, COUNT),
    Column("Session before", 16),
    Column("Session now", 16),
    Column("Group", 16),
)
PRINTED = 16
"""So many columns are printed; the others are for looking things up."""
BUS_COLUMNS = (
    Column("Day", 12, DAY),
    Column("Bus", 24),
    Column("What", 22),
    Column("Leaves before", 10.5, CLOCK),
    Column("Leaves now", 10.5, CLOCK),
    Column("Back before", 10.5, CLOCK),
    Column("Back now", 10.5, CLOCK),
    Column("Zone", 6),
    Column("Stops no more", 34),
    Column("Stops as well", 34),
)

PEOPLE = ("students", "chaperones")
"""Whose numbers are told in words; of wheelchairs only those who drive are to know."""


def move_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a group whose seat is not as it was."""
    return (_move_row(plan, move) for move in plan.moves)


def _move_row(plan: Plan, move: Move) -> Sequence[Value]:
    seat = move.now or move.before
    return (
        move.kind.value,
        plain(move.school),
        plain("" if seat is None else seat.event),
        *_both(move, lambda s: s.students),
        *_both(move, lambda s: s.date),
        *_both(move, lambda s: plain(f"{s.garage} {s.bus_number}")),
        *_both(move, lambda s: _clock(s.date, s.pick_up_s, move.tz)),
        *_both(move, lambda s: _clock(s.date, s.back_s, move.tz)),
        "" if seat is None else f"{local(seat.date, seat.pick_up_s, move.tz):%Z}",
        plain(_reason(plan, move)),
        move.change,
        *_both(move, lambda s: plain(s.session_id)),
        plain(move.group_id),
    )


def bus_move_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a bus and day that is not as it was."""
    for m in plan.bus_moves:
        days = (m.before, m.now)
        some = m.now or m.before
        yield (
            m.date,
            plain(f"{m.garage} {m.bus_number}"),
            bus_kind(m),
            *(None if d is None else _clock(m.date, d.leave_s, m.tz) for d in days),
            *(None if d is None else _clock(m.date, d.back_s, m.tz) for d in days),
            "" if some is None else f"{local(m.date, some.leave_s, m.tz):%Z}",
            plain("; ".join(_stops_gone(m.before, m.now))),
            plain("; ".join(_stops_gone(m.now, m.before))),
        )


def bus_kind(move: BusMove) -> str:
    """What changes for a bus on a day."""
    if move.now is None:
        return "does not go"
    if move.before is None:
        return "goes as well"
    if move.before.stops != move.now.stops:
        gone = _stops_gone(move.before, move.now) or _stops_gone(move.now, move.before)
        return "other stops" if gone else "stops in another order"
    clocks = (move.before.leave_s, move.before.back_s) == (move.now.leave_s, move.now.back_s)
    return "other numbers" if clocks else "other times"


@dataclass(frozen=True)
class MoveView:
    """One row of the page: what changed for a group."""

    what: str
    school: str
    event: str
    students: str
    before: str
    now: str


def move_views(plan: Plan) -> list[MoveView]:
    """The same for a page that everybody may see."""
    return [
        MoveView(
            what=m.kind.value,
            school=m.school,
            event=_event(m),
            students=_numbers(m),
            before=_told(m, m.before),
            now=_told(m, m.now),
        )
        for m in plan.moves
    ]


def moves_table(plan: Plan) -> Table:
    """The same for a terminal: who, what, how it was and how it is."""
    table = Table(title="What moves, and for whom", title_justify="left")
    table.add_column("school and event")
    table.add_column(f"{counted(plan)}s", justify="right")
    for name in ("what", "before", "now"):
        table.add_column(name)
    for move in plan.moves:
        seat = move.now or move.before
        table.add_row(
            Text(f"{move.school}, {'' if seat is None else seat.event}"),
            _numbers(move),
            move.kind.value,
            Text(_told(move, move.before)),
            Text(_reason(plan, move) or _told(move, move.now)),
        )
    return table


def moves_sentences(plan: Plan) -> tuple[str, ...]:
    """Which plan it follows, how many ride as it said, for how many what changes, and points."""
    if plan.follows is None:
        return ()
    by_kind = {
        kind.value: sum(m.riders for m in plan.moves if m.kind is kind)
        for kind in MoveKind
        if any(m.kind is kind for m in plan.moves)
    }
    still = plan.students_served - sum(m.riders for m in plan.moves if m.now is not None)
    told = "; ".join(f"{riders:,} {kind}" for kind, riders in by_kind.items())
    who = counted(plan).capitalize()
    what = f"{who}s: {still:,} ride as published; {told}. Nothing else moves."
    nothing = "Nothing moves." if not plan.bus_moves else "Nothing moves for those who ride."
    points = count(plan.proof.change, "point")
    return (
        *_lost(plan),
        f"Version {plan.version}, follows plan {plan.follows}. {what if told else nothing}",
        f"Change for those who had a seat and have one: {points}{_at_least(plan)}.",
        *_unmoved(plan),
        *_buses(plan),
        *_over(plan),
    )


def _lost(plan: Plan) -> tuple[str, ...]:
    lost = {m.request_id: m for m in plan.moves if m.kind is MoveKind.LOST}
    if not lost:
        return ()
    riders = sum(m.riders for m in plan.moves if m.kind is MoveKind.LOST)
    names = "; ".join(f"{m.school} ({_event(m)})" for m in lost.values())
    return (
        f"{count(riders, counted(plan))} had a seat and lose it: {names}. What would give it back "
        "is told by tourpool why.",
    )


def _event(move: Move) -> str:
    seat = move.now or move.before
    return "" if seat is None else seat.event


def _at_least(plan: Plan) -> str:
    proof = plan.proof
    if proof.change_least:
        return ", the least for the money"
    return f"; no plan for the money has fewer than {proof.change_bound}" * (proof.change_bound > 0)


def _unmoved(plan: Plan) -> tuple[str, ...]:
    """What it would cost to go as published, without those who ride no more."""
    cost = plan.proof.unmoved_cost
    moved = any(m.before is not None and m.now is not None for m in plan.moves)
    if cost is None or not moved:
        return ()
    if cost <= plan.cost:
        return ()
    return (
        f"To go on as published, without those who ride no more, would cost {usd(cost)}, "
        f"{usd_between(cost, plan.cost)} more.",
    )


def _buses(plan: Plan) -> tuple[str, ...]:
    if not plan.bus_moves:
        return ()
    kinds = [bus_kind(m) for m in plan.bus_moves]
    told = "; ".join(f"{kind}: {kinds.count(kind):,}" for kind in dict.fromkeys(kinds))
    return (f"Buses, by the day: {told}.",)


def _over(plan: Plan) -> tuple[str, ...]:
    if plan.over_before is None:
        return ()
    return (f"Days before {plan.over_before} are over, and stay as they were.",)


def changed_text(plan: Plan, group_ids: Sequence[str], direction: Direction) -> str:
    """What changed for groups at a stop, for drivers and schools; nothing mostly."""
    of = [m for m in plan.moves if m.group_id in group_ids and m.now is not None]
    texts = [f"{text}, {m.school}" for m in of if (text := _at_stop(m, direction))]
    return "; ".join(dict.fromkeys(texts))


def _at_stop(move: Move, direction: Direction) -> str:
    """What is not as it was for a group where it gets on, or off."""
    before, now = move.before, move.now
    if before is None or now is None:
        return move.kind.value
    out = direction is Direction.OUTBOUND
    was_s, now_s = (s.pick_up_s if out else s.back_s for s in (before, now))
    texts = []
    if move.kind not in {MoveKind.TIMES, MoveKind.RIDERS}:
        texts.append(move.kind.value)
    texts += [
        f"{goes} {name} in place of {was}"
        for name, was, goes in zip(PEOPLE, before.people[:2], now.people[:2], strict=True)
        if was != goes
    ]
    if before.people[:2] == now.people[:2] and before.people != now.people:
        texts.append("other numbers")
    was, goes = (clock(local(s.date, at_s, move.tz)) for s, at_s in ((before, was_s), (now, now_s)))
    texts += [f"was {was}"] if was != goes else []
    return ", ".join(texts)


def changed_bus(plan: Plan, date: dt.date, bus: tuple[str, str, str]) -> str:
    """What changed for a bus on a day, for its driver; nothing mostly."""
    for m in plan.bus_moves:
        if (m.date, m.garage_id, m.bus_type, m.bus_number) != (date, *bus):
            continue
        if m.before is None or m.now is None:
            return bus_kind(m)
        texts = [f"no stop any more at {name}" for name in _stops_gone(m.before, m.now)]
        was, goes = (clock(local(m.date, d.leave_s, m.tz)) for d in (m.before, m.now))
        texts += [f"left at {was} before"] if was != goes else []
        return "; ".join(texts)
    return ""


def bus_name(seat: Seat) -> str:
    """Garage and number."""
    return f"{seat.garage_id} {seat.bus_number}"


def _stops_gone(before: BusDay | None, now: BusDay | None) -> list[str]:
    """Stops of the one that the other has not."""
    there = () if now is None else now.stops
    return [
        name for name in dict.fromkeys(() if before is None else before.stops) if name not in there
    ]


def _numbers(move: Move) -> str:
    before, now = move.before, move.now
    if before is None or now is None or before.students == now.students:
        return f"{move.riders:,}"
    return f"{now.students:,} ({before.students:,} before)"


def _reason(plan: Plan, move: Move) -> str:
    """Why it has no seat any more."""
    request = plan.request.get(move.request_id)
    if move.now is not None or request is None or request.reason is None:
        return ""
    return f"no seat: {request.reason.kind.value}"


def _both(move: Move, of: Callable[[Seat], Value]) -> tuple[Value, Value]:
    before, now = (None if s is None else of(s) for s in (move.before, move.now))
    return before, now


def _clock(date: dt.date, seconds: int, tz: str) -> Value:
    return local(date, seconds, tz).replace(tzinfo=None)


def _told(move: Move, seat: Seat | None) -> str:
    if seat is None:
        return "no seat"
    begin, end = (local(seat.date, s, move.tz) for s in (seat.pick_up_s, seat.back_s))
    day = f"{seat.date:%b} {seat.date.day}"
    return f"{day}, {bus_name(seat)}, {clock(begin)} to {clock(end)}"
