"""Rules of pins: what a leader decided by hand can be done at all."""

from collections.abc import Iterator

from tourpool.events.pins import pinned_bus
from tourpool.events.problems import Problem
from tourpool.events.reading.cells import nearest, shown
from tourpool.events.reading.draft import Draft, Rule


def pinned_bus_exists(draft: Draft) -> Iterator[Problem]:
    """A pin names buses of a row of the table, or one of them by its number."""
    if not draft.named.get("garages") or len(draft.buses) < len(draft.typed.get("buses", [])):
        return  # another problem says which buses could not be read
    rows = [row.record for row in draft.buses]
    for row in draft.pins:
        if row.record.bus and pinned_bus(rows, row.record.bus) is None:
            known = {b.bus_type_id for b in rows}
            known |= {f"{b.bus_type_id}/{number}" for b in rows for number in b.numbers}
            near = nearest(row.record.bus, known)
            yield row.problem(
                "bus",
                f"{shown(row.record.bus)} is no bus of the table buses",
                f"did you mean {near}?" if near else "write garage/type or garage/type/number",
            )


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


RULES: tuple[Rule, ...] = (pinned_bus_exists, pinned_session_is_accepted)
