"""Rules of pins: what a leader decided by hand can be done at all."""

from collections.abc import Iterator
from typing import Any

from tourpool.events.fleet import named_bus
from tourpool.events.problems import Problem
from tourpool.events.reading.cells import nearest, shown
from tourpool.events.reading.draft import Draft, Rule
from tourpool.events.reading.rows import Row
from tourpool.events.rules import Scope


def named_bus_exists(draft: Draft) -> Iterator[Problem]:
    """Pins and calendar name buses of a row of the table, or one of them by its number."""
    if not draft.named.get("garages") or len(draft.buses) < len(draft.typed.get("buses", [])):
        return  # another problem says which buses could not be read
    rows = [row.record for row in draft.buses]
    for column, row, name in _named(draft):
        if named_bus(rows, name) is None:
            known = {b.bus_type_id for b in rows}
            known |= {f"{b.bus_type_id}/{number}" for b in rows for number in b.numbers}
            near = nearest(name, known)
            yield row.problem(
                column,
                f"{shown(name)} is no bus of the table buses",
                f"did you mean {near}?" if near else "write garage/type or garage/type/number",
            )


def _named(draft: Draft) -> Iterator[tuple[str, Row[Any], str]]:
    """Column, row and name, wherever a bus is named."""
    for pin in draft.pins:
        if pin.record.bus:
            yield "bus", pin, pin.record.bus
    for entry in draft.calendar:
        if entry.record.scope is Scope.BUS:
            yield "id", entry, entry.record.id


def pinned_session_is_accepted(draft: Draft) -> Iterator[Problem]:
    """A request is pinned to a session that it accepts."""
    season = draft.season
    for row in draft.pins:
        request = season.request.get(row.record.request_id)
        session = season.session.get(row.record.session_id)
        if request is None or session is None:
            continue  # a rule of ids says so
        accepted = [s.session_id for s in draft.accepted(request)]
        if session.session_id not in accepted:
            yield row.problem(
                "session_id",
                f"{request.request_id} does not accept {session.session_id}",
                f"name one that it accepts ({', '.join(accepted)})"
                if accepted
                else "add it to request_sessions, or take the pin out",
            )


RULES: tuple[Rule, ...] = (named_bus_exists, pinned_session_is_accepted)
