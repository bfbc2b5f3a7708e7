"""A clock reading exists on the days on which it counts: clocks that go forward skip an hour."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tourpool.events.clock import utc_s
from tourpool.events.problems import Problem
from tourpool.events.reading.draft import Draft, Rule
from tourpool.events.reading.rows import Row
from tourpool.events.rules import Scope


def session_times_exist(draft: Draft) -> Iterator[Problem]:
    """Times of a stay exist on its day at its venue."""
    for row, session, visit in draft.stays():
        if venue := draft.season.venue.get(visit.venue_id):
            for column in ("arrive_from", "arrive_by", "depart"):
                clock = getattr(visit, column)
                yield from _skipped(row, column, clock, [session.date], venue.tz)


def bus_times_exist(draft: Draft) -> Iterator[Problem]:
    """Free hours of buses exist at their garage on every day with a session."""
    for row in draft.buses:
        if garage := draft.season.garage.get(row.record.garage_id):
            for column in ("free_from", "free_to"):
                clock = getattr(row.record, column)
                yield from _skipped(row, column, clock, _days(draft), garage.tz)


def school_times_exist(draft: Draft) -> Iterator[Problem]:
    """Hours of schools exist on every day with a session."""
    for row in draft.schools:
        for column in ("earliest_pickup", "latest_return"):
            clock = getattr(row.record, column)
            yield from _skipped(row, column, clock, _days(draft), row.record.tz)


def calendar_times_exist(draft: Draft) -> Iterator[Problem]:
    """Hours of the calendar exist on the days they are for."""
    for row in draft.calendar:
        e = row.record
        days = [day for day in _days(draft) if e.date_from <= day <= e.date_to]
        for column in ("free_from", "free_to"):
            clock = getattr(e, column)
            for tz in sorted(_zones(draft, e.scope, e.id)) if clock is not None else ():
                yield from _skipped(row, column, clock, days, tz)


def _zones(draft: Draft, scope: Scope, name: str) -> set[str]:
    """Zones of the places that a calendar entry is for."""
    season = draft.season
    schools = {
        s.tz for s in season.schools if name == (s.leaid if scope is Scope.DISTRICT else s.ncessch)
    }
    venues = {v.tz for v in season.venues if name == v.venue_id}
    garages = {
        g.tz
        for g in season.garages
        if name == (g.leaid if scope is Scope.DISTRICT else g.garage_id)
        or (scope is Scope.BUS and name.startswith(f"{g.garage_id}/"))
    }
    return {
        Scope.DISTRICT: schools | garages,
        Scope.SCHOOL: schools,
        Scope.VENUE: venues,
        Scope.GARAGE: garages,
        Scope.BUS: garages,
    }[scope]


def _days(draft: Draft) -> list[dt.date]:
    return sorted({row.record.date for row in draft.sessions})


def _skipped(
    row: Row[Any], column: str, clock: dt.time, days: list[dt.date], tz: str
) -> Iterator[Problem]:
    for day in days:
        try:
            utc_s(day, clock, tz)
        except ValueError as e:
            yield row.problem(column, str(e), "write a time before or after the hour they skip")


RULES: tuple[Rule, ...] = (
    session_times_exist,
    bus_times_exist,
    school_times_exist,
    calendar_times_exist,
)
