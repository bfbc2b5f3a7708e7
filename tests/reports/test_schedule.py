"""Rows of the schedule, and that both exports read back as the same rows."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tourpool.events.neutral import unguarded
from tourpool.reports.csvfile import write_schedule_csv
from tourpool.reports.schedule import PRINTED, ScheduleRow, headers, schedule_rows
from tourpool.reports.workbook import write_workbook
from tourpool.routing.plan import Plan


def read_csv(path: Path) -> tuple[ScheduleRow, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == headers()
    clocks = {"arrive", "depart"}
    return tuple(
        ScheduleRow.model_validate(
            {
                name: unguarded(value) or (None if name in clocks else "")
                for name, value in zip(ScheduleRow.model_fields, row, strict=True)
            }
        )
        for row in rows
    )


def read_xlsx(path: Path) -> tuple[ScheduleRow, ...]:
    head, *rows = load_workbook(path)["Schedule"].iter_rows(values_only=True)
    assert list(head) == headers()
    texts = {n for n, f in ScheduleRow.model_fields.items() if f.annotation is str}

    def value(name: str, cell: Any) -> Any:
        return "" if cell is None and name in texts else cell

    return tuple(
        ScheduleRow.model_validate(
            {n: value(n, c) for n, c in zip(ScheduleRow.model_fields, row, strict=True)}
        )
        for row in rows
    )


def renamed(plan: Plan, name: str) -> Plan:
    """The same plan with another name on every place, note, contact and event."""
    changed = plan.model_dump()
    for place in changed["places"]:
        place.update(name=name, contact=name, loading_note=name)
    for session in changed["sessions"]:
        session.update(event=name)
    return Plan.model_validate(changed)


def test_there_is_a_row_for_each_stop_of_each_run(plan: Plan) -> None:
    stops = [len(r.stops) for b in plan.blocks for p in b.run_pairs for r in p.runs]
    assert len(schedule_rows(plan)) == sum(stops) == 16


def test_clocks_are_local_at_each_place(plan: Plan) -> None:
    rows = [r for r in schedule_rows(plan) if r.block_id == "b1" and r.place_id == "campbell"]
    assert [(r.arrive, r.depart, r.zone) for r in rows] == [
        (dt.datetime(2027, 3, 9, 11, 35), None, "EST"),
        (None, dt.datetime(2027, 3, 9, 13, 30), "EST"),
    ]


def test_clocks_follow_daylight_saving(plan: Plan) -> None:
    leaving = [r for r in schedule_rows(plan) if r.direction == "outbound" and r.stop == 1]
    assert [(r.depart, r.zone) for r in leaving] == [
        (dt.datetime(2027, 3, 9, 7, 0), "CST"),
        (dt.datetime(2027, 3, 16, 7, 0), "CDT"),
    ]


def test_a_row_says_who_gets_on_and_what_is_missing(plan: Plan) -> None:
    row = next(r for r in schedule_rows(plan) if r.block_id == "b2" and r.students_on)
    assert (row.students_on, row.chaperones, row.wheelchairs, row.on_board) == (44, 4, 0, 48)
    assert row.group_ids == "r3/1; r3/2"
    assert row.needs_agreement == "yes: Taylor & Green"
    assert "Needs an agreement: Taylor & Green." in row.note
    assert row.miles == 16.2  # 26,000 / 1,609.344


def test_every_row_of_a_bus_with_guests_and_no_agreement_is_marked(plan: Plan) -> None:
    marks = {
        b: [r.needs_agreement for r in schedule_rows(plan) if r.block_id == b] for b in ("b1", "b2")
    }
    assert set(marks["b1"]) == {""}
    school, other = "yes: Taylor & Green", "yes"
    assert marks["b2"] == [other, school, other, other, school, other]


def test_csv_reads_back_as_the_same_rows(day: Plan, tmp_path: Path) -> None:
    write_schedule_csv(day, tmp_path / "schedule.csv")
    assert read_csv(tmp_path / "schedule.csv") == schedule_rows(day)


def test_workbook_reads_back_as_the_same_rows(day: Plan, tmp_path: Path) -> None:
    write_workbook(day, tmp_path / "schedule.xlsx")
    assert read_xlsx(tmp_path / "schedule.xlsx") == schedule_rows(day)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.one_of(
        st.text(min_size=1, max_size=12),
        st.text(alphabet="=+-@'\t\r\n,;\"<&", min_size=1, max_size=8),
    )
)
def test_any_name_survives_both_exports(plan: Plan, tmp_path: Path, name: str) -> None:
    changed = renamed(plan, name)
    write_schedule_csv(changed, tmp_path / "schedule.csv")
    write_workbook(changed, tmp_path / "schedule.xlsx")
    rows = schedule_rows(changed)
    assert read_csv(tmp_path / "schedule.csv") == rows
    assert read_xlsx(tmp_path / "schedule.xlsx") == rows


def test_no_cell_of_the_csv_begins_like_a_formula(plan: Plan, tmp_path: Path) -> None:
    write_schedule_csv(renamed(plan, "=1+1"), tmp_path / "schedule.csv")
    with (tmp_path / "schedule.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_opens_in_excel_as_utf_8(plan: Plan, tmp_path: Path) -> None:
    write_schedule_csv(plan, tmp_path / "schedule.csv")
    assert (tmp_path / "schedule.csv").read_bytes().startswith(b"\xef\xbb\xbfDate,")


def test_ids_are_not_printed_and_places_and_clocks_are(plan: Plan) -> None:
    printed = list(ScheduleRow.model_fields)[:PRINTED]
    assert {"place", "arrive", "depart", "on_board", "note", "contact"} <= set(printed)
    assert not [name for name in printed if name.endswith(("_id", "_ids"))]


@pytest.mark.parametrize("write", [write_schedule_csv, write_workbook])
def test_a_failure_leaves_the_old_file_whole(
    plan: Plan, tmp_path: Path, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "schedule"
    path.write_text("old")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("openpyxl.Workbook.save", fail)
    monkeypatch.setattr("csv.writer", fail)
    with pytest.raises(OSError, match="disk full"):
        write(plan, path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["schedule"]
