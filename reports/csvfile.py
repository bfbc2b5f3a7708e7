"""The schedule as CSV that Excel opens as it should: UTF-8 with BOM, formulas defused."""

import csv
import datetime as dt
from pathlib import Path

from tourpool.events.files import written
from tourpool.events.neutral import guarded
from tourpool.reports.schedule import headers, schedule_rows
from tourpool.routing.plan import Plan


def write_schedule_csv(plan: Plan, path: Path) -> None:
    """Write one row a stop, with local dates and times as 2027-03-09 07:30:00."""
    with (
        written(Path(path)) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        table = csv.writer(file)
        table.writerow(headers())
        for row in schedule_rows(plan):
            table.writerow([_cell(value) for _, value in row])


def _cell(value: object) -> object:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return value
