"""What a plan changes against the one it follows, in words and rows."""

from collections.abc import Callable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from tourpool.events.clock import local
from tourpool.reports.figures import counted
from tourpool.reports.plain import plain
from tourpool.reports.sheets import CLOCK, COUNT, DAY, Column, Value
from tourpool.reports.words import clock, count
from tourpool.routing.plan import Move, MoveKind, Plan, Seat

COLUMNS = (
    Column("What", 15),
    Column("School", 26),
    Column("Riders", 7),
    Column("Event", 20),
    Column("Day before", 12, DAY),
    Column("Day now", 12, DAY),
    Column("Bus before", 14),
    Column("Bus now", 14),
    Column("Pick-up before", 10.5, CLOCK),
    Column("Pick-up now", 10.5, CLOCK),
    Column("Back before", 10.5, CLOCK),
    Column("Back now", 10.5, CLOCK),
    Column("Zone", 6),
    Column("Points", 7, COUNT),
    Column("Session before", 16),
    Column("Session now", 16),
    Column("Group", 16),
)
PRINTED = 14
"""So many columns are printed; the others are for looking things up."""


def move_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a group whose seat is not as it was."""
    return (_move_row(move) for move in plan.moves)


def _move_row(move: Move) -> Sequence[Value]:
    seat = move.now or move.before
    return (
        move.kind.value,
        plain(move.school),
        move.riders,
        plain("" if seat is None else seat.event),
        *_both(move, lambda s: s.date),
        *_both(move, lambda s: plain(bus_name(s))),
        *_both(move, lambda s: _clock(move, s, s.pick_up_s)),
        *_both(move, lambda s: _clock(move, s, s.back_s)),
        "" if seat is None else f"{local(seat.date, seat.pick_up_s, move.tz):%Z}",
        move.change,
        *_both(move, lambda s: plain(s.session_id)),
        plain(move.group_id),
    )


def moves_table(plan: Plan) -> Table:
    """The same for a terminal: who, what, how it was and how it is."""
    table = Table(title="What moves, and for whom", title_justify="left")
    table.add_column("school")
    table.add_column(f"{counted(plan)}s", justify="right")
    for name in ("what", "before", "now"):
        table.add_column(name)
    for move in plan.moves:
        table.add_row(
            Text(move.school),
            f"{move.riders:,}",
            move.kind.value,
            Text(_told(move, move.before)),
            Text(_told(move, move.now)),
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
    least = ", the least for the money" if plan.proof.change_least else ""
    points = count(plan.proof.change, "point")
    return (
        f"Version {plan.version}, follows plan {plan.follows}. "
        + (what if told else "Nothing moves."),
        f"Change for those who had a seat: {points}{least}.",
        *_over(plan),
    )


def _over(plan: Plan) -> tuple[str, ...]:
    if plan.over_before is None:
        return ()
    return (f"Days before {plan.over_before} are over, and stay as they were.",)


def changed_text(plan: Plan, group_ids: Sequence[str]) -> str:
    """What changed for groups at a stop, for drivers and schools; nothing mostly."""
    of = [m for m in plan.moves if m.now is not None and m.group_id in group_ids]
    return "; ".join(dict.fromkeys(f"{m.kind.value}, {m.school}" for m in of))


def bus_name(seat: Seat) -> str:
    """Garage and number."""
    return f"{seat.garage_id} {seat.bus_number}"


def _both(move: Move, of: Callable[[Seat], Value]) -> tuple[Value, Value]:
    before, now = (None if s is None else of(s) for s in (move.before, move.now))
    return before, now


def _clock(move: Move, seat: Seat, seconds: int) -> Value:
    return local(seat.date, seconds, move.tz).replace(tzinfo=None)


def _told(move: Move, seat: Seat | None) -> str:
    if seat is None:
        return "no seat"
    begin, end = (local(seat.date, s, move.tz) for s in (seat.pick_up_s, seat.back_s))
    day = f"{seat.date:%b} {seat.date.day}"
    return f"{day}, {bus_name(seat)}, {clock(begin)} to {clock(end)}"
