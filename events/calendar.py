"""Which hours of a day a bus or a school has left, and which sessions a school can accept.

Hours come from the row of the bus or school and are narrowed by every calendar entry of that day,
its district's too: of several entries, the latest opening and the earliest closing count. Entries
for a bus by its name come in place of its row.
"""

import datetime as dt
from collections.abc import Collection

from tourpool.events.clock import utc_s
from tourpool.events.fleet import BusType, named_bus
from tourpool.events.places import School
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest


def bus_hours(season: Season, bus: BusType, date: dt.date) -> tuple[int, int] | None:
    """When buses of this row may be out: garage left no earlier, and back by.

    What the calendar says of the bus itself stands in place of its hours in the row; what it says
    of one bus by its number counts where the row is that bus alone.

    Returns
    -------
    hours
        Seconds since 00:00 UTC of ``date``; None when they are not free on that day.
    """
    garage = season.garage[bus.garage_id]
    whose = {(Scope.GARAGE, garage.garage_id)}
    if garage.leaid is not None:
        whose.add((Scope.DISTRICT, garage.leaid))
    own = [e for e in season.calendar if _is_for(season, e, bus, date)]
    if any(e.closed for e in own):
        return None
    begin = max((e.free_from for e in own if e.free_from), default=bus.free_from)
    end = min((e.free_to for e in own if e.free_to), default=bus.free_to)
    return _open_s(season, whose, date, begin, end, garage.tz)


def _is_for(season: Season, entry: CalendarEntry, bus: BusType, date: dt.date) -> bool:
    """Whether an entry is for a bus by its name, on a day."""
    if entry.scope is not Scope.BUS or not entry.date_from <= date <= entry.date_to:
        return False
    named = named_bus(season.buses, entry.id)
    return (
        named is not None
        and named.bus_type_id == bus.bus_type_id
        and (named.number is None or bus.numbers == (named.number,))
    )


def school_hours(season: Season, school: School, date: dt.date) -> tuple[int, int] | None:
    """When a school's riders may be out: boarding begins no earlier, and all are off by.

    Returns
    -------
    hours
        Seconds since 00:00 UTC of ``date``; None when the school is closed on that day.
    """
    whose = {(Scope.SCHOOL, school.ncessch), (Scope.DISTRICT, school.leaid)}
    return _open_s(season, whose, date, school.earliest_pickup, school.latest_return, school.tz)


def acceptable(season: Season, request: SeatRequest) -> tuple[Choice, ...]:
    """The sessions a request accepts on days when its school is open, best liked first.

    A request that names no session accepts all of its event alike. Equal ranks keep the order of
    their rows.
    """
    choices = request.choices or tuple(
        Choice(request_id=request.request_id, session_id=s.session_id)
        for s in season.sessions
        if s.event_id == request.event_id
    )
    school = season.school[request.ncessch]
    open_days = (
        c for c in choices if school_hours(season, school, season.session[c.session_id].date)
    )
    return tuple(sorted(open_days, key=lambda c: c.rank))


def _open_s(
    season: Season,
    whose: Collection[tuple[Scope, str]],
    date: dt.date,
    begin: dt.time,
    end: dt.time,
    tz: str,
) -> tuple[int, int] | None:
    for entry in season.calendar:
        if (entry.scope, entry.id) in whose and entry.date_from <= date <= entry.date_to:
            if entry.closed:
                return None
            begin = max(begin, entry.free_from or begin)
            end = min(end, entry.free_to or end)
    return (utc_s(date, begin, tz), utc_s(date, end, tz)) if begin < end else None
