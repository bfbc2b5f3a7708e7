"""The workbook: sheets, figures, and how it prints."""

import datetime as dt
import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from tourpool.events.pins import Pin
from tourpool.reports.schedule import PRINTED
from tourpool.reports.workbook import write_workbook
from tourpool.routing.plan import Plan

SHEETS = ["Summary", "Schedule", "Requests", "Buses", "Rates"]


@pytest.fixture(scope="module")
def path(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "schedule.xlsx"
    write_workbook(plan, path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def test_it_has_five_sheets(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("name", ["Summary", "Requests", "Buses", "Rates"])
def test_sheets_print_as_wide_as_a_page(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_each_bus_is_printed_on_a_page_of_its_own_in_letters_of_eight_points(
    book: Workbook,
) -> None:
    sheet = book["Schedule"]
    assert [b.id for b in sheet.row_breaks.brk] == [11]  # ten stops of the first bus, and headers
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage  # Excel would ignore the break
    assert sheet.page_setup.scale / 100 * 10 >= 8
    printed = [c.column_letter for c in sheet[1][:PRINTED]]
    width_in = sum(sheet.column_dimensions[k].width for k in printed) * 7.5 / 96
    assert width_in * sheet.page_setup.scale / 100 <= 11 - 2 * 0.25


def test_every_cell_is_in_a_font_that_has_the_same_widths_everywhere(book: Workbook) -> None:
    fonts = {c.font.name for name in SHEETS for row in book[name].iter_rows() for c in row}
    assert fonts == {"Arial"}


def test_a_season_with_a_long_name_leaves_the_plan_in_the_footer(
    tmp_path: Path, change: Callable[..., Plan]
) -> None:
    write_workbook(change(season="A & B " * 60), tmp_path / "long.xlsx")
    with zipfile.ZipFile(tmp_path / "long.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    footer = html.unescape(re.findall("<oddFooter>(.*)</oddFooter>", sheet)[0])
    assert len(footer) <= 255
    assert footer.endswith("..., plan 5a3c0f9e2b7d4411, version 1&RPage &P of &N")


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_prints_across_a_page_with_its_number_and_the_plan(
    book: Workbook, name: str
) -> None:
    sheet = book[name]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_area
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert "5a3c0f9e2b7d4411" in sheet.oddFooter.left.text
    assert "ESTIMATED" in sheet.oddHeader.right.text


@pytest.mark.parametrize("name", SHEETS[1:])
def test_tables_keep_their_header_in_sight_and_on_every_page(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.auto_filter.ref.endswith(str(sheet.max_row))


def test_dates_and_clocks_are_real_ones(path: Path) -> None:
    frame = pd.read_excel(path, sheet_name="Schedule")
    assert pd.api.types.is_datetime64_dtype(frame["Date"])
    assert frame["Arrive"].dropna().iloc[0] == pd.Timestamp(2027, 3, 9, 7, 30)
    assert frame["Depart"].iloc[0] == pd.Timestamp(2027, 3, 9, 7, 0)


def test_ids_with_leading_zeros_stay_text(book: Workbook) -> None:
    rows = book["Schedule"].iter_rows(min_row=2)
    assert {c.data_type for row in rows for c in row if c.value == "210001000001"} == {"s"}


def test_no_cell_is_a_formula_and_formula_like_texts_are_quoted(book: Workbook, path: Path) -> None:
    cells = [c for name in SHEETS for row in book[name].iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    dangerous = [c for c in cells if isinstance(c.value, str) and c.value.startswith("=cmd")]
    assert len(dangerous) == 3  # two stops, one request
    assert all(c.quotePrefix for c in dangerous)
    with zipfile.ZipFile(path) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        assert not [n for n in sheets if b"<f>" in archive.read(n)]


def test_requests_show_their_weight_as_a_sum_and_their_fate(path: Path) -> None:
    frame = pd.read_excel(path, sheet_name="Requests", index_col="Request")
    assert frame.loc["r1", "Weight"] == 2.0
    assert frame.loc["r1", "Why this weight"] == "1.00; rural +1.00 (locale 43, rural remote)"
    assert frame.loc["r1", "Served on"] == pd.Timestamp(2027, 3, 9)
    assert frame.loc["r3", "Buses"] == "B"
    assert pd.isna(frame.loc["r4", "Session"])
    assert frame.loc["r4", "Why not served"] == "beyond every ride limit"
    assert "104 min" in frame.loc["r4", "In figures"]


def test_requests_show_their_grades_their_ride_limit_and_their_rides(path: Path) -> None:
    frame = pd.read_excel(path, sheet_name="Requests", index_col="Request")
    titles = ["Grades", "Ride limit, min", "Ride there, min", "Ride back, min"]
    # r1: 29:52 and 49:52 begun; of the two parts of r3 the one that boards first rides longest
    # there, 7:30:00 to 8:51:12, and the one that alights last rides longest back, 12:00 to 13:21:12
    assert frame.loc["r1", titles].tolist() == ["11 to 12", 90, 30, 50]
    assert frame.loc["r3", titles].tolist() == ["11 to 12", 90, 82, 82]
    assert frame.loc["r4", titles[2:]].isna().all()


def test_buses_show_their_day_from_garage_to_garage(path: Path) -> None:
    frame = pd.read_excel(path, sheet_name="Buses", index_col="Map")
    tour = frame.loc["A"]
    assert tour["Leaves"] == pd.Timestamp(2027, 3, 9, 7, 0)
    assert tour["Hours on duty"] == 7.23  # 07:00:00 to 14:14:04 are 26,044 s
    assert tour["Driving hours"] == 3.42  # 12,300 s
    assert tour["Waiting hours"] == 3.52  # 5,756 + 6,900 s
    assert tour["Miles"] == 101.9  # 164,000 m
    assert tour["Empty miles"] == 29.8  # 48,000 m
    assert tour["Longest ride, min"] == 75
    assert tour["Cost"] == 412.3456
    assert frame.loc["B", "Needs agreement"] == "Adair County carries Taylor & Green"


def test_the_summary_has_figures_proof_baselines_and_sessions(book: Workbook) -> None:
    rows = list(book["Summary"].iter_rows(values_only=True))
    figures = {row[0]: row[1] for row in rows}
    assert figures["Students with a seat"] == 84
    assert figures["Students asked for"] == 96
    assert figures["Cost"] == 811.1056
    assert figures["Ride limit, minutes"] == "90, the policy's; a request may set its own"
    text = "\n".join(str(row[0]) for row in rows)
    assert "ESTIMATED" in text
    assert "At most 6.00 more weighted students" in text
    assert "Alone, same groups" in text
    assert "Lake Region lists no neighbours." in text
    tour = next(row for row in rows if row[2] == "tour-1")
    assert tour == (
        "Two campuses in a day",
        dt.datetime(2027, 3, 9),
        "tour-1",
        40,
        52,  # 40 and the 12 of the request that is not served
        45,
        1,
        101.9,
        412.3456,
    )


def test_a_day_with_two_sessions_is_one_page_with_a_dashed_line(day: Plan, tmp_path: Path) -> None:
    write_workbook(day, tmp_path / "day.xlsx")
    sheet = load_workbook(tmp_path / "day.xlsx")["Schedule"]
    # 10 + 6 rows before; bus 7 has 5 rows and 6, bus 9 has 6 and 6
    assert [b.id for b in sheet.row_breaks.brk] == [11, 17, 28]
    lines = {r: sheet.cell(r, 1).border.bottom.style for r in range(2, sheet.max_row + 1)}
    assert [r for r, style in lines.items() if style == "mediumDashed"] == [22, 34]
    assert [r for r, style in lines.items() if style == "medium"] == [11, 17, 28, 40]


def test_buses_show_both_sessions_and_hours_of_duty(day: Plan, tmp_path: Path) -> None:
    write_workbook(day, tmp_path / "day.xlsx")
    frame = pd.read_excel(tmp_path / "day.xlsx", sheet_name="Buses", index_col="Map")
    assert frame.loc["D", "Event"] == "Morning in the lab, then Afternoon in the clinic"
    assert frame.loc["D", "Hours on duty"] == 6.8  # 7:30 to 15:04 less 46 min
    assert "11:34 AM to 12:20 PM CDT, off the clock" in frame.loc["D", "Between two sessions"]
    assert pd.isna(frame.loc["A", "Between two sessions"])


def test_who_is_fixed_by_hand_is_told_and_why(plan: Plan, tmp_path: Path) -> None:
    first = plan.requests[0]
    pin = Pin(request_id=first.request_id, session_id="tour-tue", bus="lot/full", why="=board")
    write_workbook(plan.model_copy(update={"pins": (pin,)}), tmp_path / "schedule.xlsx")
    sheet = load_workbook(tmp_path / "schedule.xlsx")["Requests"]
    (column,) = [c.column for c in sheet[1] if c.value == "Fixed by hand"]
    told = [sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)]
    assert told[0] == "tour-tue, lot/full: =board"
    assert not any(told[1:])
