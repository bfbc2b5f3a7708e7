"""Reach in words: who asks, how it is reached, at which hours, what stops it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from tourpool.events.calendar import bus_hours
from tourpool.events.clock import local
from tourpool.events.season import Season
from tourpool.reports.plain import plain
from tourpool.reports.reasons import NEEDS, is_private, sentence
from tourpool.reports.words import clock, count, tried
from tourpool.routing.questions.reach_table import How, Reached, easiest, students


def asked(season: Season, row: Reached) -> str:
    """School and event: ``Coffeeville High School to Delta Career Fair``."""
    school, event = season.school[row.ncessch].name, season.event[row.event_id].name
    return plain(f"{school} to {event}")


def ride(row: Reached) -> str:
    """Minutes there and back, rounded up: ``40/41 min``; empty where the day is closed."""
    if max(row.out_min, row.back_min) == float("inf"):
        return ""
    there, back = (-int(-m // 1) for m in (row.out_min, row.back_min))
    return f"{there}/{back} of {row.limit_min}"


def hours(season: Season, row: Reached, *, public: bool = False) -> str:
    """The bus that is told and its hours, on the clock of its garage.

    For everybody to read it is left out where what stops the others is a wheelchair, and a type
    that is called so is not told.
    """
    if public and is_private(row.reason):
        return ""
    if row.bus_type_id is None or row.leave_s is None or row.back_s is None:
        return ""
    bus = next(b for b in season.buses if b.bus_type_id == row.bus_type_id)
    garage = season.garage[bus.garage_id]
    out, back = out_and_back(row.date, row.leave_s, row.back_s, garage.tz)
    of_type = "" if public and _tells(bus.bus_type) else f" of type {bus.bus_type}"
    text = f"bus{of_type} at {garage.name}, out {clock(out)}, back {clock(back)}"
    if row.how is How.DRIVER:
        free = free_hours(season, row)
        text += f"; free {free[0]:%H:%M} to {free[1]:%H:%M}" if free else "; not free"
    return plain(text)


def free_hours(season: Season, row: Reached) -> tuple[dt.datetime, dt.datetime] | None:
    """When the bus that is told is free on that day, by its row and the calendar; None if never."""
    bus = next(b for b in season.buses if b.bus_type_id == row.bus_type_id)
    hours = bus_hours(season, bus, row.date)
    if hours is None:
        return None
    begin, end = (local(row.date, s, season.garage[bus.garage_id].tz) for s in hours)
    return begin, end


def out_and_back(
    date: dt.date, leave_s: int, back_s: int, tz: str
) -> tuple[dt.datetime, dt.datetime]:
    """Whole minutes that hold a bus's day: who frees it for these hours has freed it for enough."""
    return local(date, leave_s // 60 * 60, tz), local(date, -(-back_s // 60) * 60, tz)


def worst_first(rows: Sequence[Reached]) -> list[Reached]:
    """Of each request the session reached most easily; those that need most come first."""
    return sorted(easiest(rows).values(), key=lambda r: -list(How).index(r.how))


def heading(season: Season) -> tuple[str, ...]:
    """The season, and what was set in place of its tables."""
    return (plain(f"Within reach: {season.name}"), *tried(season.settings))


def stopped(row: Reached) -> str:
    """What stops the buses in their hours; empty when nothing does."""
    if row.reason is None:
        return ""
    return plain(f"{row.reason.kind.value.capitalize()}: {sentence(row.reason.text)}")


def publicly(text: str) -> str:
    """The same without a word of wheelchairs: they are nobody's business but the coordinator's."""
    return "No bus that fits its needs." if _tells(text) else text


def _tells(text: str) -> bool:
    return "wheelchair" in text.lower()


def unlocked(season: Season, rows: Sequence[Reached]) -> Iterator[str]:
    """What a substitute driver and a charter unlock, and what stops the rest."""
    of = {how: (n, riders) for how, n, riders in students(season, rows)}
    best = easiest(rows).values()
    free = [r for r in best if r.how in (How.DRIVER, How.HIRED) and r.charter]
    yield (
        f"A substitute driver would unlock {_who(*of[How.DRIVER])}; a charter that is free all "
        f"day {_who(len(free), sum(r.riders for r in free))}."
    )
    kinds = Counter[str]()
    for r in best:
        if r.how is How.NO and r.reason is not None:
            kinds[NEEDS.kind if is_private(r.reason) else r.reason.kind.value] += r.riders
    if kinds:
        told = "; ".join(f"{kind}, {count(n, 'student')}" for kind, n in kinds.most_common())
        yield f"No bus helps: {told}."


def _who(requests: int, riders: int) -> str:
    return f"{count(requests, 'request')} of {count(riders, 'student')}"
