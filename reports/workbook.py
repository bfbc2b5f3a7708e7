"""schedule.xlsx: what a transport coordinator takes away."""

from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.files import written
from tourpool.reports.moves import BUS_COLUMNS as BUS_CHANGES
from tourpool.reports.moves import COLUMNS as CHANGES
from tourpool.reports.moves import PRINTED as CHANGES_PRINTED
from tourpool.reports.moves import bus_move_rows, move_rows
from tourpool.reports.plain import plain
from tourpool.reports.printing import Margins, break_pages, set_print
from tourpool.reports.schedule import PRINTED, ScheduleRow, headers, schedule_rows
from tourpool.reports.sheet_buses import bus_rows
from tourpool.reports.sheet_rates import rate_rows
from tourpool.reports.sheet_requests import request_rows
from tourpool.reports.sheet_summary import fill_summary
from tourpool.reports.sheets import (
    CLOCK,
    COUNT,
    DAY,
    MONEY,
    Column,
    fill_table,
    new_book,
)
from tourpool.reports.turns import COLUMNS as TURNS
from tourpool.reports.turns import PRINTED as TURNS_PRINTED
from tourpool.reports.turns import block_ends, turn_rows
from tourpool.routing.plan import Plan

ESTIMATED = "ESTIMATED times and miles: straight lines, not roads"

_WIDTHS = {
    "date": 12,
    "tag": 5,
    "bus_number": 6,
    "direction": 9.5,
    "place": 25,
    "arrive": 10.5,
    "depart": 10.5,
    "zone": 6,
    "students_on": 8.5,
    "students_off": 8.5,
    "chaperones": 10.5,
    "wheelchairs": 10.5,
    "on_board": 7,
    "note": 20,
    "contact": 16,
    "event": 20,
    "needs_agreement": 18,
    "changed": 18,
    "miles": 9,
    "garage": 24,
    "venue": 28,
    "group_ids": 18,
    "place_id": 15,
    "run_id": 16,
    "plan_id": 20,
}
_FORMATS = {
    "date": DAY,
    "arrive": CLOCK,
    "depart": CLOCK,
    "students_on": COUNT,
    "students_off": COUNT,
    "chaperones": COUNT,
    "wheelchairs": COUNT,
    "on_board": COUNT,
    "miles": "#,##0.0;-#,##0.0;;@",
}
_REQUESTS = (
    Column("School", 24),
    Column("Event", 20),
    Column("Grades", 10),
    Column("Students", 8.5),
    Column("Chaperones", 10.5),
    Column("Wheelchairs", 10.5, COUNT),
    Column("Weight", 7, "0.00"),
    Column("Served on", 12, DAY),
    Column("Choice", 7),
    Column("Buses", 8),
    Column("Ride limit, min", 7),
    Column("Ride there, min", 7),
    Column("Ride back, min", 7),
    Column("Why not served", 18),
    Column("In figures", 36),
    Column("Fixed by hand", 24),
    Column("District", 24),
    Column("Request", 14),
    Column("Session", 16),
    Column("Why this weight", 60),
)
_REQUESTS_PRINTED = 16
_BUSES = (
    Column("Date", 12, DAY),
    Column("Map", 5),
    Column("Bus", 6),
    Column("Type", 12),
    Column("Garage", 20),
    Column("Event", 22),
    Column("Students", 8.5),
    Column("People", 7),
    Column("Leaves", 10.5, CLOCK),
    Column("Back", 10.5, CLOCK),
    Column("Zone", 6),
    Column("Hours on duty", 6.5, "0.00"),
    Column("Driving hours", 7.5, "0.00"),
    Column("Waiting hours", 7.5, "0.00"),
    Column("Miles", 7.5, "#,##0.0"),
    Column("Empty miles", 7, "#,##0.0"),
    Column("Longest ride, min", 8),
    Column("Cost", 10.5, MONEY),
    Column("Between two sessions", 24),
    Column("Needs agreement", 24),
    Column("block_id", 16),
)
_RATES = (
    Column("Garage", 24),
    Column("Type", 12),
    Column("Buses", 7),
    Column("Seats, small children", 9),
    Column("Seats, others", 8),
    Column("Wheelchair places", 11, COUNT),
    Column("Riders at the least", 8, COUNT),
    Column("A day", 10, MONEY),
    Column("A mile of the day", 22, MONEY),
    Column("An hour", 9, MONEY),
    Column("An hour of waiting", 9, MONEY),
    Column("A day at the least", 10, MONEY),
    Column("Hours paid at the least", 9, "0.##;-0.##;;@"),
    Column("Hours before overtime", 10, "0.##"),
    Column("An hour of overtime", 10, MONEY),
)


def write_workbook(plan: Plan, path: Path) -> None:
    """Write Summary, Schedule, Turns where roads are known, Requests, Buses and Rates.

    A plan that follows another one has Changes, and Changes by bus, after its summary.
    """
    book = new_book()
    book.properties.title = plain(f"Bus schedule, {plan.season}")
    book.properties.creator = plain(plan.made_by)
    _print(plan, fill_summary(plan, book.create_sheet("Summary")), columns=9)
    if plan.follows is not None:
        changes = book.create_sheet("Changes")
        fill_table(changes, CHANGES, move_rows(plan), wrapped=CHANGES_PRINTED)
        _print(plan, changes, columns=CHANGES_PRINTED)
        buses_changed = book.create_sheet("Changes by bus")
        fill_table(buses_changed, BUS_CHANGES, bus_move_rows(plan))
        _print(plan, buses_changed, columns=len(BUS_CHANGES))
    _schedule(plan, book.create_sheet("Schedule"))
    if any(row for row in turn_rows(plan)):
        _turns(plan, book.create_sheet("Turns"))
    requests = book.create_sheet("Requests")
    fill_table(requests, _REQUESTS, request_rows(plan), wrapped=_REQUESTS_PRINTED)
    _print(plan, requests, columns=_REQUESTS_PRINTED)
    buses = book.create_sheet("Buses")
    fill_table(buses, _BUSES, bus_rows(plan))
    _print(plan, buses, columns=len(_BUSES) - 1)
    rates = book.create_sheet("Rates")
    fill_table(rates, _RATES, rate_rows(plan))
    _print(plan, rates, columns=len(_RATES))
    with written(Path(path)) as temporary:
        book.save(temporary)


def _schedule(plan: Plan, sheet: Worksheet) -> None:
    """One row a stop; a heavy line where a bus is done for the day, and its own page in print.

    A dashed line stands between the sessions of one day.
    """
    rows = schedule_rows(plan)
    ends = [i for i, row in enumerate(rows) if _ends_block(rows, i, row)]
    goes_on = [i - 1 for i, row in enumerate(rows) if row.direction == "outbound" and row.stop == 1]
    columns = [
        Column(title, _WIDTHS.get(name, 11), _FORMATS.get(name, "General"))
        for name, title in zip(ScheduleRow.model_fields, headers(), strict=True)
    ]
    fill_table(
        sheet,
        columns,
        ([v for _, v in row] for row in rows),
        part_ends=ends,
        section_ends=goes_on,
        wrapped=PRINTED,
    )
    _print(plan, sheet, columns=PRINTED)
    break_pages(sheet, PRINTED, ends[:-1])


def _turns(plan: Plan, sheet: Worksheet) -> None:
    """One row a step of the turn lists; each bus of a day has its own page in print."""
    rows = list(turn_rows(plan))
    ends = block_ends(rows)
    fill_table(sheet, TURNS, rows, part_ends=ends, wrapped=TURNS_PRINTED)
    _print(plan, sheet, columns=TURNS_PRINTED)
    break_pages(sheet, TURNS_PRINTED, ends[:-1])


def _ends_block(rows: tuple[ScheduleRow, ...], i: int, row: ScheduleRow) -> bool:
    return i + 1 == len(rows) or rows[i + 1].block_id != row.block_id


def _print(plan: Plan, sheet: Worksheet, *, columns: int) -> None:
    margins = Margins(
        note=ESTIMATED if plan.estimated else plain(f"Roads: {plan.roads}"),
        season=plain(plan.season),
        plan=plain(f"plan {plan.plan_id}, version {plan.version}"),
    )
    set_print(sheet, columns, margins)
