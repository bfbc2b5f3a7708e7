"""The tables beside the map: each session, and each bus with its stops."""

from collections.abc import Iterable
from dataclasses import dataclass

from tourpool.events.clock import local
from tourpool.reports.calls import Call, longest_ride_min, run_calls
from tourpool.reports.figures import (
    SessionFigures,
    counted,
    session_figures,
)
from tourpool.reports.marks import bus_name, colours, tags
from tourpool.reports.moves import changed_bus, changed_text
from tourpool.reports.schedule import agreement_text
from tourpool.reports.session_names import session_name
from tourpool.reports.standing import day_text
from tourpool.reports.turns import LegView, leg_views
from tourpool.reports.words import clock, count, day, miles, usd
from tourpool.routing.plan import Block, Direction, Place, PlaceKind, Plan, Run, RunPair

DIRECTIONS = {
    Direction.OUTBOUND: "On the way there",
    Direction.BETWEEN: "From campus to campus",
    Direction.RETURN: "On the way home",
}


@dataclass(frozen=True)
class StopView:
    """A row: clocks are local at the place, empty where there is nothing to arrive at or leave.

    ``zone`` is empty when the table has one zone in all.
    """

    place: str
    arrive: str
    leave: str
    zone: str
    moves: str
    aboard: int


@dataclass(frozen=True)
class RunView:
    """The stops of one direction."""

    title: str
    stops: list[StopView]
    legs: list[LegView]


@dataclass(frozen=True)
class NoteView:
    """What a driver must know of a place: how to load there, whom to call."""

    place: str
    loading: str
    contact: str


@dataclass(frozen=True)
class BusView:
    """One bus on its way to one session. ``k`` counts the plan's blocks.

    ``day`` says what else it does that day, and what it does in between; ``changed`` what is not as
    in the plan it follows.
    """

    k: int
    tag: str
    colour: str
    name: str
    facts: str
    day: str
    changed: str
    agreement: str
    zone: str
    runs: list[RunView]
    notes: list[NoteView]


@dataclass(frozen=True)
class SessionView:
    """One session. ``k`` counts the plan's sessions."""

    k: int
    day: str
    name: str
    venues: str
    facts: str
    buses: list[BusView]


def _changed(plan: Plan, block: Block, pair: RunPair) -> str:
    """What is not as in the plan it follows: of the bus, of those who get on, and off."""
    ids = [g.group_id for g in pair.groups]
    bus = (block.garage_id, block.bus_type, block.bus_number)
    on, off = (changed_text(plan, ids, d) for d in (Direction.OUTBOUND, Direction.RETURN))
    texts = (
        changed_bus(plan, block.date, bus),
        f"getting on: {on}" if on else "",
        f"getting off: {off}" if off else "",
    )
    return "; ".join(filter(None, texts))


def session_views(plan: Plan) -> list[SessionView]:
    """All sessions by date."""
    index = {s.session_id: k for k, s in enumerate(plan.sessions)}
    return [_session(plan, f, index[f.session.session_id]) for f in session_figures(plan)]


def _session(plan: Plan, figures: SessionFigures, k: int) -> SessionView:
    session = figures.session
    venues = [plan.place[PlaceKind.VENUE, v.venue_id].name for v in session.visits]
    pairs = [
        (i, block, pair)
        for i, block in enumerate(plan.blocks)
        for pair in block.run_pairs
        if pair.session_id == session.session_id
    ]
    return SessionView(
        k=k,
        day=day(session.date),
        name=session_name(plan, session),
        venues=", then ".join(venues),
        facts=(
            f"{figures.served:,} of {count(figures.wanted, counted(plan))}, "
            f"{count(figures.buses, 'bus', 'buses')}, {miles(figures.metres):,.0f} miles, "
            f"{usd(figures.cost)}"
        ),
        buses=[_bus(plan, i, block, pair) for i, block, pair in pairs],
    )


def _bus(plan: Plan, k: int, block: Block, pair: RunPair) -> BusView:
    calls = [(run, list(run_calls(plan, block, pair, run))) for run in pair.runs]
    zones = {_zone(call) for _, in_run in calls for call in in_run}
    one_zone = len(zones) == 1
    day_facts = _day_facts(plan, block)
    is_all = len(block.run_pairs) == 1
    own = [count(pair.students, counted(plan)), f"longest ride {longest_ride_min([pair])} min"]
    return BusView(
        k=k,
        tag=tags(plan)[block.block_id],
        colour=colours(plan)[block.block_id],
        name=bus_name(plan, block),
        facts="; ".join([own[0], *day_facts[:-1], own[1], day_facts[-1]] if is_all else own),
        day="" if is_all else f"{day_text(plan, block)} The whole day: {'; '.join(day_facts)}.",
        changed=_changed(plan, block, pair),
        agreement=agreement_text(plan, [pair]),
        zone=zones.pop() if one_zone else "",
        runs=[_run(run, in_run, with_zone=not one_zone) for run, in_run in calls],
        notes=_notes([call.place for _, in_run in calls for call in in_run]),
    )


def _day_facts(plan: Plan, block: Block) -> list[str]:
    """From garage to garage: clocks, miles, cost."""
    garage = plan.place[PlaceKind.GARAGE, block.garage_id]
    leaves, back = (local(block.date, s, garage.tz) for s in (block.leave_s, block.back_s))
    clocks = f"leaves {clock(leaves)}, back {clock(back)} {back:%Z}"
    return [clocks, _miles(block), usd(block.cost)]


def _notes(places: Iterable[Place]) -> list[NoteView]:
    """Each place with a note once, in the order of driving."""
    once = {(p.kind, p.place_id): p for p in places if p.loading_note or p.contact}
    return [NoteView(p.name, p.loading_note, p.contact) for p in once.values()]


def _miles(block: Block) -> str:
    empty = round(miles(block.deadhead_metres))
    return f"{miles(block.metres):,.0f} miles" + (f", {empty:,} of them empty" if empty else "")


def _run(run: Run, calls: list[Call], *, with_zone: bool) -> RunView:
    stops = [_stop(call, with_zone=with_zone) for call in calls]
    return RunView(DIRECTIONS[run.direction], stops, leg_views(calls))


def _stop(call: Call, *, with_zone: bool) -> StopView:
    on, off = (sum(g.people for g in groups) for groups in (call.on, call.off))
    return StopView(
        place=call.place.name,
        arrive=_clock(call, call.arrive_s),
        leave=_clock(call, call.depart_s),
        zone=_zone(call) if with_zone else "",
        moves=" ".join([*([f"+{on}"] if on else []), *([f"\N{MINUS SIGN}{off}"] if off else [])]),
        aboard=call.people_aboard,
    )


def _clock(call: Call, seconds: int | None) -> str:
    return "" if seconds is None else clock(local(call.block.date, seconds, call.place.tz))


def _zone(call: Call) -> str:
    return local(call.block.date, call.stop.depart_s, call.place.tz).strftime("%Z")
