"""What leaders fixed by hand: a request rides in its session, on its bus."""

from collections.abc import Iterator, Sequence

from tourpool.events.fleet import named_bus
from tourpool.events.season import Season
from tourpool.routing.checks.case import Case
from tourpool.routing.checks.words import Rule, Violation


def pins(season: Season, cases: Sequence[Case]) -> Iterator[Violation]:
    """All groups of a pinned request ride where the pin says."""
    for pin in season.pins:
        rides = [c for c in cases for r in c.riders if r.request.request_id == pin.request_id]
        where = f"request {pin.request_id}"
        if not rides:
            yield Violation(Rule.PINS, where, f"pinned to {pin.session_id}, and it does not ride")
        for case in rides:
            session_id = case.session.session_id
            if session_id != pin.session_id:
                text = f"pinned to {pin.session_id}, and it rides in {session_id}"
                yield Violation(Rule.PINS, where, text)
            named = named_bus(season.buses, pin.bus) if pin.bus else None
            if named is None:
                continue
            bus = (case.bus.bus_type_id, case.block.bus_number if named.number else None)
            if bus != (named.bus_type_id, named.number):
                rides_on = f"{case.bus.bus_type_id}/{case.block.bus_number}"
                text = f"pinned to bus {pin.bus}, and it rides on {rides_on}"
                yield Violation(Rule.PINS, where, text)
