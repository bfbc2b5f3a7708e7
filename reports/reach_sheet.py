"""Reach of every school at every session it is invited to, as a sheet or as CSV."""

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from tourpool.events.files import written
from tourpool.events.neutral import guarded
from tourpool.events.season import Season
from tourpool.reports.plain import plain
from tourpool.reports.printing import Margins, set_print
from tourpool.reports.reach_words import free_hours, heading, out_and_back, stopped, unlocked
from tourpool.reports.sheets import CLOCK, COUNT, DAY, Column, Value, fill_table, new_book
from tourpool.routing.questions.reach_table import Reached

COLUMNS = (
    Column("School", 22),
    Column("District", 22),
    Column("Event", 18),
    Column("Date", 12, DAY),
    Column("Students who ask", 9, COUNT),
    Column("Reached by", 15),
    Column("Ride there, min", 7, "0"),
    Column("Ride back, min", 7, "0"),
    Column("Ride limit, min", 7),
    Column("Bus", 12),
    Column("Garage", 20),
    Column("Out", 10.5, CLOCK),
    Column("Back", 10.5, CLOCK),
    Column("What stops buses in their hours", 46),
    Column("Kinds of bus in their hours", 9, COUNT),
    Column("Free from", 10.5, CLOCK),
    Column("Free to", 10.5, CLOCK),
    Column("A charter free all day could", 9),
    Column("Locale", 7),
    Column("Venue", 22),
    Column("Session", 14),
    Column("Request", 14),
)
PRINTED = 14
"""So many columns are printed; the others are for looking things up."""
_ESTIMATED = "ESTIMATED times and miles: straight lines, not roads"


def write_reach_sheet(
    season: Season, rows: Sequence[Reached], path: Path, *, estimated: bool
) -> None:
    """Write one row for each school and session, as .csv or .xlsx by the name of the file.

    A workbook has a sheet before it that says what was tried and what that comes to.
    """
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
    margins = Margins(_ESTIMATED if estimated else "Roads", plain(season.name), "within reach")
    title, *sentences = (*heading(season), *unlocked(season, rows))
    about = book.create_sheet("Summary")
    sentences += [f"{_ESTIMATED}."] if estimated else []
    fill_table(about, (Column(title, 110),), [(s,) for s in sentences])
    set_print(about, 1, margins)
    sheet = book.create_sheet("Reach")
    fill_table(sheet, COLUMNS, reach_cells(season, rows), wrapped=PRINTED)
    set_print(sheet, PRINTED, margins)
    with written(path) as temporary:
        book.save(temporary)


def reach_cells(season: Season, rows: Sequence[Reached]) -> Iterator[Sequence[Value]]:
    """Cells of each row, in the order of `COLUMNS`."""
    for row in rows:
        school = season.school[row.ncessch]
        session = season.session[row.session_id]
        *bus, free_from, free_to = _bus(season, row)
        yield (
            plain(school.name),
            plain(season.district[school.leaid].name),
            plain(season.event[row.event_id].name),
            row.date,
            row.riders if row.request_id else None,
            row.how.value,
            _minutes(row.out_min),
            _minutes(row.back_min),
            row.limit_min,
            *bus,
            stopped(row),
            row.buses,
            free_from,
            free_to,
            "yes" if row.charter else "no",
            school.locale,
            plain(", ".join(season.venue[v.venue_id].name for v in session.visits)),
            plain(row.session_id),
            plain(row.request_id),
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
    both = out_and_back(row.date, row.leave_s, row.back_s, garage.tz)
    leave, back = (moment.replace(tzinfo=None) for moment in both)
    begin, end = free_hours(season, row) or (None, None)
    free = (begin and begin.replace(tzinfo=None), end and end.replace(tzinfo=None))
    return (plain(bus.bus_type), plain(garage.name), leave, back, *free)
