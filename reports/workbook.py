"""schedule.xlsx: what a transport coordinator takes away."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.files import written
from tourpool.reports.plain import plain
from tourpool.reports.schedule import PRINTED, ScheduleRow, headers, schedule_rows
from tourpool.reports.sheet_buses import bus_rows
from tourpool.reports.sheet_requests import request_rows
from tourpool.reports.sheet_summary import fill_summary
from tourpool.reports.sheets import (
    CLOCK,
    COUNT,
    DAY,
    MONEY,
    Column,
    Margins,
    break_pages,
    fill_table,
    set_print,
)
from tourpool.routing.plan import Plan

ESTIMATED = "ESTIMATED times and miles: straight lines, not roads"

_WIDTHS = {
    "date": 14,
    "tag": 6,
    "bus_number": 7,
    "direction": 10,
    "stop": 6,
    "place": 28,
    "arrive": 10,
    "depart": 10,
    "zone": 6,
    "students_on": 9,
    "students_off": 9,
    "chaperones": 11,
    "wheelchairs": 12,
    "on_board": 9,
    "loading_note": 21,
    "contact": 19,
    "event": 20,
    "needs_agreement": 18,
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
    Column("Request", 12),
    Column("School", 26),
    Column("District", 20),
    Column("Event", 22),
    Column("Grades", 9),
    Column("Students", 10),
    Column("Chaperones", 13),
    Column("Wheelchairs", 13, COUNT),
    Column("Weight", 8, "0.00"),
    Column("Why this weight", 40),
    Column("Served on", 15, DAY),
    Column("Session", 16),
    Column("Choice", 8),
    Column("Buses", 12),
    Column("Ride limit, min", 8),
    Column("Ride there, min", 8),
    Column("Ride back, min", 8),
    Column("Why not served", 22),
    Column("In figures", 44),
)
_BUSES = (
    Column("Date", 15, DAY),
    Column("Map", 6),
    Column("Bus", 8),
    Column("Type", 12),
    Column("Garage", 24),
    Column("Event", 28),
    Column("Students", 10),
    Column("People", 8),
    Column("Leaves", 11, CLOCK),
    Column("Back", 11, CLOCK),
    Column("Zone", 7),
    Column("Hours", 8, "0.00"),
    Column("Driving hours", 9, "0.00"),
    Column("Waiting hours", 9, "0.00"),
    Column("Miles", 8, "#,##0.0"),
    Column("Empty miles", 8, "#,##0.0"),
    Column("Longest ride, min", 9),
    Column("Cost", 12, MONEY),
    Column("Needs agreement", 30),
    Column("block_id", 16),
)


def write_workbook(plan: Plan, path: Path) -> None:
    """Write the sheets Summary, Schedule, Requests and Buses."""
    book = Workbook()
    book.properties.title = plain(f"Bus schedule, {plan.season}")
    book.properties.creator = plain(plan.made_by)
    book.remove(book.worksheets[0])
    _print(plan, fill_summary(plan, book.create_sheet("Summary")), columns=9)
    _schedule(plan, book.create_sheet("Schedule"))
    requests = book.create_sheet("Requests")
    fill_table(requests, _REQUESTS, request_rows(plan))
    _print(plan, requests, columns=len(_REQUESTS))
    buses = book.create_sheet("Buses")
    fill_table(buses, _BUSES, bus_rows(plan))
    _print(plan, buses, columns=len(_BUSES) - 1)
    with written(Path(path)) as temporary:
        book.save(temporary)


def _schedule(plan: Plan, sheet: Worksheet) -> None:
    """One row a stop; a heavy line where a bus is done for the day, and its own page in print."""
    rows = schedule_rows(plan)
    ends = [i for i, row in enumerate(rows) if _ends_block(rows, i, row)]
    columns = [
        Column(title, _WIDTHS.get(name, 11), _FORMATS.get(name, "General"))
        for name, title in zip(ScheduleRow.model_fields, headers(), strict=True)
    ]
    fill_table(sheet, columns, ([v for _, v in row] for row in rows), part_ends=ends)
    _print(plan, sheet, columns=PRINTED)
    break_pages(sheet, PRINTED, ends[:-1])


def _ends_block(rows: tuple[ScheduleRow, ...], i: int, row: ScheduleRow) -> bool:
    return i + 1 == len(rows) or rows[i + 1].block_id != row.block_id


def _print(plan: Plan, sheet: Worksheet, *, columns: int) -> None:
    margins = Margins(
        note=ESTIMATED if plan.estimated else plain(f"Roads: {plan.roads}"),
        season=plain(plan.season),
        plan=plain(f"plan {plan.plan_id}, version {plan.version}"),
    )
    set_print(sheet, columns, margins)
