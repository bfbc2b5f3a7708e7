"""Pins: a request rides in the session, and on the bus, that a leader named."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tourpool.events.fleet import BusType, named_bus
from tourpool.events.occasions import Session
from tourpool.events.pins import Pin
from tourpool.events.problems import InputError
from tourpool.events.rules import Scope
from tourpool.events.season import Season
from tourpool.routing.plan import Group
from tourpool.routing.solver.instance import Bools, Ints, SessionData, ints


class PinsError(InputError):
    """Pins that cannot be kept; the text names them."""


def told_apart(season: Season) -> Season:
    """The season where each bus that a pin or the calendar names by its number has its own row.

    The row has the garage, the type and all terms of the buses it was one of.
    """
    texts = [p.bus for p in season.pins] + [e.id for e in season.calendar if e.scope is Scope.BUS]
    found = [named_bus(season.buses, text) for text in dict.fromkeys(texts)]
    named = {(b.bus_type_id, b.number) for b in found if b is not None and b.number}
    if not named:
        return season
    rows: list[BusType] = []
    for bus in season.buses:
        apart = [n for n in bus.numbers if (bus.bus_type_id, n) in named]
        rest = tuple(n for n in bus.numbers if n not in apart)
        each = (rest, *((n,) for n in apart)) if rest else tuple((n,) for n in apart)
        rows += [bus.only(numbers) for numbers in each] if apart else [bus]
    return season.model_copy(update={"buses": tuple(rows)})


def pinned(
    season: Season, session: Session, groups: Sequence[Group], s: SessionData
) -> SessionData:
    """The session where no bus carries a pinned group but to where, and on which, it is pinned."""
    pin = {p.request_id: p for p in season.pins}
    fixed = [(i, pin[g.request_id]) for i, g in enumerate(groups) if g.request_id in pin]
    if not fixed:
        return s
    carry = s.carry.copy()
    for i, p in fixed:
        carry[:, i] &= _may(season, p) & (p.session_id == session.session_id)
    return replace(s, carry=carry)


def _may(season: Season, pin: Pin) -> Bools:
    """Rows of buses that a pin allows, ``(K,)``."""
    if not pin.bus:
        return np.ones(len(season.buses), np.bool_)
    bus = named_bus(season.buses, pin.bus)
    may = [
        bus is not None
        and row.bus_type_id == bus.bus_type_id
        and (bus.number is None or bus.number in row.numbers)
        for row in season.buses
    ]
    return np.array(may, dtype=np.bool_)


def pinned_requests(season: Season) -> Ints:
    """Numbers r of the requests that are pinned."""
    pinned_ids = {p.request_id for p in season.pins}
    return ints([r for r, q in enumerate(season.requests) if q.request_id in pinned_ids])


def broken_pins(
    season: Season, left: Sequence[int], *, why: Mapping[int, str], known: bool
) -> PinsError:
    """What to say when requests r in ``left`` could not be brought where they are pinned.

    Parameters
    ----------
    why
        Of those for which there is no bus at all, whoever else rides, the reason.
    known
        Whether there is no plan with all pins; else the time was over before one was found.
    """

    def named(requests: Sequence[int]) -> str:
        pin = {p.request_id: p for p in season.pins}
        of = [pin[season.requests[r].request_id] for r in requests]
        return ", ".join(
            f"{p.request_id} in {p.session_id}{f' on {p.bus}' if p.bus else ''}" for p in of
        )

    others = [r for r in left if r not in why]
    texts = [f"no bus brings {named([r])}: {text}" for r, text in why.items()]
    if others:
        kept = [r for r in pinned_requests(season).tolist() if r not in left]
        together = " together" if len(others) > 1 else ""
        beside = f"beside {named(kept)}" if kept else "" + together
        what = "there is no plan with" if known else "no plan was found in time with"
        texts.append(f"{what} {named(others)} {beside}".rstrip())
    return PinsError(f"pins cannot be kept: {'; '.join(texts)}. Take them out or change them")
