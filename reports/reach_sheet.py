"""Reach of every school at every session it is invited to, as a sheet or as CSV."""

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from tourpool.events.clock import local
from tourpool.events.files import written
from tourpool.events.neutral import guarded
from tourpool.events.season import Season
from tourpool.reports.plain import plain
from tourpool.reports.reach_words import stopped
from tourpool.reports.sheets import CLOCK, COUNT, DAY, Column, Value, fill_table, new_book
from tourpool.routing.questions.reach_table import Reached

COLUMNS = (
    Column("School", 24),
    Column("District", 24),
    Column("Locale", 7),
    Column("Event", 20),
    Column("Venue", 22),
    Column("Date", 12, DAY),
    Column("Session", 14),
    Column("Request", 14),
    Column("Students who ask", 9, COUNT),
    Column("Reached by", 20),
    Column("Ride there, min", 8, "0"),
    Column("Ride back, min", 8, "0"),
    Column("Ride limit, min", 8),
    Column("Kinds of bus in their hours", 9, COUNT),
    Column("Bus", 20),
    Column("Garage", 22),
    Column("Out", 10.5, CLOCK),
    Column("Back", 10.5, CLOCK),
    Column("Free from", 10.5, CLOCK),
    Column("Free to", 10.5, CLOCK),
    Column("A charter free all day could", 9),
    Column("What stops buses in their hours", 50),
)


def write_reach_sheet(season: Season, rows: Sequence[Reached], path: Path) -> None:
    """Write one row for each school and session, as .csv or .xlsx by the name of the file."""
    if path.suffix.lower() == ".csv":
        with (
            written(path) as temporary,
            temporary.open("w", encoding="utf-8-sig", newline="") as file,
        ):
            table = csv.writer(file)
            table.writerow([c.title for c in COLUMNS])
            for row in reach_cells(season, rows):
                table.writerow(map(_csv, row))
        return
    book = new_book()
    fill_table(book.create_sheet("Reach"), COLUMNS, reach_cells(season, rows), wrapped=5)
    with written(path) as temporary:
        book.save(temporary)


def reach_cells(season: Season, rows: Sequence[Reached]) -> Iterator[Sequence[Value]]:
    """Cells of each row, in the order of `COLUMNS`."""
    for row in rows:
        school = season.school[row.ncessch]
        session = season.session[row.session_id]
        yield (
            plain(school.name),
            plain(season.district[school.leaid].name),
            school.locale,
            plain(season.event[row.event_id].name),
            plain(", ".join(season.venue[v.venue_id].name for v in session.visits)),
            row.date,
            plain(row.session_id),
            plain(row.request_id),
            row.riders if row.request_id else None,
            row.how.value,
            _minutes(row.out_min),
            _minutes(row.back_min),
            row.limit_min,
            row.buses,
            *_bus(season, row),
            "yes" if row.charter else "no",
            stopped(row),
        )


def _csv(value: Value) -> object:
    if isinstance(value, str):
        return guarded(value)
    return f"{value:%H:%M}" if isinstance(value, dt.datetime) else value


def _minutes(minutes: float) -> int | None:
    """Whole minutes, rounded up."""
    return None if minutes == float("inf") else -int(-minutes // 1)


def _bus(season: Season, row: Reached) -> tuple[Value, ...]:
    """Type, garage, hours out and hours free of the bus that is told, local at its garage."""
    if row.bus_type_id is None or row.leave_s is None or row.back_s is None:
        return (None,) * 6
    bus = next(b for b in season.buses if b.bus_type_id == row.bus_type_id)
    garage = season.garage[bus.garage_id]
    leave, back = (
        local(row.date, s, garage.tz).replace(tzinfo=None) for s in (row.leave_s, row.back_s)
    )
    free = (dt.datetime.combine(row.date, c) for c in (bus.free_from, bus.free_to))
    return (plain(bus.bus_type), plain(garage.name), leave, back, *free)
