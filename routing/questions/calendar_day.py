"""One day of a calendar: what binds then is cut out, and put down again for whom it still binds."""

import datetime as dt
from collections.abc import Iterable, Iterator

from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season

ONE_DAY = dt.timedelta(days=1)


def around(entry: CalendarEntry, date: dt.date) -> Iterator[CalendarEntry]:
    """An entry before a day and after it."""
    if entry.date_from < date:
        yield entry.model_copy(update={"date_to": date - ONE_DAY})
    if entry.date_to > date:
        yield entry.model_copy(update={"date_from": date + ONE_DAY})


def on_day(
    entry: CalendarEntry, date: dt.date, whose: Iterable[tuple[Scope, str]]
) -> Iterator[CalendarEntry]:
    """An entry on a day, for others."""
    for scope, name in whose:
        changes = {"scope": scope, "id": name, "date_from": date, "date_to": date}
        yield entry.model_copy(update=changes)


def members(season: Season, leaid: str) -> list[tuple[Scope, str]]:
    """The schools and garages that a district's entries bind."""
    schools = [(Scope.SCHOOL, s.ncessch) for s in season.schools if s.leaid == leaid]
    return schools + [(Scope.GARAGE, g.garage_id) for g in season.garages if g.leaid == leaid]
