"""What a leader decided by hand: a request rides in a session, perhaps on a bus."""

from collections.abc import Iterable
from typing import NamedTuple

from pydantic import Field

from tourpool.events.fleet import BusType
from tourpool.events.records import Record


class Pin(Record):
    """A request that rides, whatever else a plan decides: in which session, on which bus."""

    request_id: str = Field(description="the request; it is served")
    session_id: str = Field(description="the session it rides in, one that it accepts")
    bus: str = Field(
        default="",
        description="the bus it rides on: garage/type, or garage/type/number [any]",
    )


class PinnedBus(NamedTuple):
    """Buses of one row of the table, or one of them by its number."""

    bus_type_id: str
    number: str | None


def pinned_bus(buses: Iterable[BusType], text: str) -> PinnedBus | None:
    """Which bus a pin names; None when there is none of that name.

    A row of the table comes before a number: names may have a / in them.
    """
    rows = list(buses)
    if any(b.bus_type_id == text for b in rows):
        return PinnedBus(text, None)
    for b in rows:
        for number in b.numbers:
            if text == f"{b.bus_type_id}/{number}":
                return PinnedBus(b.bus_type_id, number)
    return None
