"""A coach's request is added to the tables; all else in them stays as it was."""

import datetime as dt
import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events import files
from tourpool.events.occasions import Event, EventKind
from tourpool.events.reading.read import read_season
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest
from tourpool.events.writing.append import add_request, next_request_id

HEADER = "request_id,ncessch,event_id,students,chaperones"
TOUR = Event(event_id="tour", name="Tour", kind=EventKind.COLLEGE_TOUR, ecosystem_id="delta")


def ask(**changes: object) -> SeatRequest:
    return SeatRequest.model_validate(
        {
            "request_id": "new",
            "ncessch": "010000500870",
            "event_id": "tour",
            "grade_low": 9,
            "grade_high": 12,
            "students": 20,
            "chaperones": 2,
            **changes,
        }
    )


def added(folder: Path, content: bytes, request: SeatRequest | None = None) -> bytes:
    """The file requests.csv of a folder after a request was added to this content."""
    path = folder / "requests.csv"
    path.write_bytes(content)
    add_request(folder, request or ask(), TOUR)
    return path.read_bytes()


def choices(*session_ids: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(request_id="new", session_id=s, rank=k) for k, s in enumerate(session_ids, 1)
    )


@pytest.mark.parametrize(
    ("separator", "newline", "encoding"),
    [
        (",", "\n", "utf-8"),
        (";", "\r\n", "cp1252"),
        ("\t", "\r\n", "utf-8-sig"),
        (",", "\r", "utf-8"),
        ("\t", "\r\n", "utf-16"),
    ],
)
def test_old_text_stays_byte_for_byte_and_the_new_row_has_its_manner(
    tmp_path: Path, separator: str, newline: str, encoding: str
) -> None:
    header = ["students", "Request ID ", "note", "ncessch", "event_id", "chaperones"]
    lines = [header, ["12", "olä", '"two\nlines; ,\t"', "280189001037", "tour", " 2 "], [""] * 6]
    old = newline.join(separator.join(line) for line in lines).encode(encoding)
    expected = newline + separator.join(["20", "new", "", "010000500870", "tour", "2"]) + newline
    new = added(tmp_path, old)
    assert new.startswith(old)
    assert new.decode(encoding) == old.decode(encoding) + expected


def test_a_last_line_with_its_newline_gets_no_second_one(tmp_path: Path) -> None:
    old = f"{HEADER}\nold,280189001037,tour,10,1\n".encode()
    assert added(tmp_path, old) == old + b"new,010000500870,tour,20,2\n"


def test_the_header_is_the_first_line_that_says_something(tmp_path: Path) -> None:
    old = f",,,,\n\n{HEADER}\nold,280189001037,tour,10,1\n"
    expected = (
        f",,,,\n\n{HEADER},may_split\nold,280189001037,tour,10,1,\nnew,010000500870,tour,20,2,yes\n"
    )
    assert added(tmp_path, old.encode(), ask(may_split=True)).decode() == expected


def test_the_file_is_found_whatever_its_capitals_and_suffix(tmp_path: Path) -> None:
    path = tmp_path / "Requests.TSV"
    path.write_text(HEADER.replace(",", "\t") + "\n")
    add_request(tmp_path, ask(), TOUR)
    assert path.read_text().splitlines()[1].split("\t")[0] == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["Requests.TSV"]


def test_a_value_without_a_column_gets_one_at_the_right(tmp_path: Path) -> None:
    old = f"{HEADER}\r\nold,280189001037,tour,10,1\r\n".encode()
    request = ask(may_split=True, requested_on=dt.date(2027, 1, 15))
    assert added(tmp_path, old, request).decode().split("\r\n") == [
        f"{HEADER},may_split,requested_on",
        "old,280189001037,tour,10,1,,",
        "new,010000500870,tour,20,2,yes,2027-01-15",
        "",
    ]


def test_grades_are_written_when_they_are_not_those_of_the_event(tmp_path: Path) -> None:
    content = added(tmp_path, f"{HEADER}\n".encode(), ask(grade_low=11)).decode()
    assert content == (f"{HEADER},grade_low,grade_high\nnew,010000500870,tour,20,2,11,12\n")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_that_a_spreadsheet_would_compute_is_shown_as_text(
    tmp_path: Path, sign: str
) -> None:
    content = added(tmp_path, f"{HEADER}\n".encode(), ask(request_id=f"{sign}1+1")).decode()
    assert content.splitlines()[1] == f"'{sign}1+1,010000500870,tour,20,2"


def test_letters_that_the_file_cannot_hold_are_refused_with_what_to_do(tmp_path: Path) -> None:
    old = f"{HEADER}\n\xe4lt,280189001037,tour,10,1\n".encode("cp1252")
    with pytest.raises(ValueError, match=r"cannot be written in cp1252; save .*CSV UTF-8"):
        added(tmp_path, old, ask(request_id="\u65b0"))
    assert (tmp_path / "requests.csv").read_bytes() == old


def test_choices_go_to_their_own_table_which_is_made_when_missing(tmp_path: Path) -> None:
    added(tmp_path, f"{HEADER}\n".encode(), ask(choices=choices("thu", "tue")))
    assert (tmp_path / "request_sessions.csv").read_text().splitlines() == [
        "request_id,session_id,rank",
        "new,thu,1",
        "new,tue,2",
    ]


def test_without_choices_the_table_of_choices_is_not_touched(tmp_path: Path) -> None:
    added(tmp_path, f"{HEADER}\n".encode())
    assert not (tmp_path / "request_sessions.csv").exists()


def test_when_the_second_table_cannot_be_written_the_first_one_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def move(source: Path, target: Path) -> None:
        if Path(target).name == "request_sessions.csv":
            raise OSError("the disk is full")
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", move)
    old = f"{HEADER}\n".encode()
    with pytest.raises(OSError, match="full"):
        added(tmp_path, old, ask(choices=choices("thu")))
    assert [p.name for p in tmp_path.iterdir()] == ["requests.csv"]
    assert (tmp_path / "requests.csv").read_bytes() == old


def workbook(path: Path) -> Worksheet:
    """A sheet requests with one request, a comment, a drop-down and a formatted empty row."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "requests"
    sheet.append([*HEADER.split(","), "may_split", "requested_on"])
    sheet.append(["old", "280189001037", "tour", 10, 1])
    sheet["A5"].number_format = "@"
    sheet["A1"].comment = Comment("short name of the request", "tourpool")
    sheet.freeze_panes = "A2"
    drop_down = DataValidation(type="list", formula1='"yes,no"')
    drop_down.add("F2:F100")
    sheet.add_data_validation(drop_down)
    book.create_sheet("apart").append(["request_a", "request_b"])
    book.save(path)
    return sheet


def test_a_workbook_gets_the_row_after_its_last_one_and_keeps_its_comments_and_drop_downs(
    tmp_path: Path,
) -> None:
    path = tmp_path / "season.xlsx"
    workbook(path)
    request = ask(may_split=True, requested_on=dt.date(2027, 1, 15), choices=choices("thu"))
    add_request(path, request, TOUR)
    book = load_workbook(path)
    sheet = book["requests"]
    assert [c.value for c in sheet[2]][:5] == ["old", "280189001037", "tour", 10, 1]
    assert [c.value for c in sheet[3]] == [
        *("new", "010000500870", "tour", 20, 2, "yes", dt.datetime(2027, 1, 15)),
    ]
    assert sheet["B3"].number_format == "@"  # Excel keeps the leading 0 when the cell is edited
    assert sheet["A1"].comment is not None
    assert sheet.freeze_panes == "A2"
    assert [str(v.sqref) for v in sheet.data_validations.dataValidation] == ["F2:F100"]
    assert book.sheetnames == ["requests", "apart", "request_sessions"]
    assert list(book["request_sessions"].values) == [
        ("request_id", "session_id", "rank"),
        ("new", "thu", 1),
    ]


def test_the_boxes_of_comments_stay_large_enough_for_their_text(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    workbook(path)
    add_request(path, ask(), TOUR)
    with zipfile.ZipFile(path) as parts:
        (drawing,) = (name for name in parts.namelist() if name.endswith(".vml"))
        assert b"width:280px;height:38px" in parts.read(drawing)  # one line: 20 + 18


def test_a_text_beginning_with_a_sign_is_no_formula_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    workbook(path)
    add_request(path, ask(request_id="=1+1"), TOUR)
    cell = load_workbook(path)["requests"]["A3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_what_excel_calls_a_table_grows_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    sheet = workbook(path)
    sheet.add_table(Table(displayName="asked", ref="A1:G2"))
    assert sheet.parent is not None
    sheet.parent.save(path)
    add_request(path, ask(), TOUR)
    assert load_workbook(path)["requests"].tables["asked"].ref == "A1:G3"


def test_a_stray_cell_in_the_last_row_of_a_sheet_costs_no_time(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    sheet = workbook(path)
    sheet.cell(1_048_576, 16_384, "far away")
    assert sheet.parent is not None
    sheet.parent.save(path)
    begun = time.monotonic()
    add_request(path, ask(), TOUR)
    assert time.monotonic() - begun < 5  # more than a minute when every cell on the way is made
    assert load_workbook(path)["requests"]["A3"].value == "new"


def test_a_workbook_whose_formulas_would_lose_their_values_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    sheet = workbook(path)
    sheet["D2"] = "=5+5"
    assert sheet.parent is not None
    sheet.parent.save(path)
    old = path.read_bytes()
    with pytest.raises(ValueError, match="cell D2 of sheet requests holds a formula"):
        add_request(path, ask(), TOUR)
    assert path.read_bytes() == old
    assert [p.name for p in tmp_path.iterdir()] == ["season.xlsx"]


def test_a_workbook_whose_chart_would_be_lost_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    sheet = workbook(path)
    sheet.add_chart(BarChart(), "H2")
    assert sheet.parent is not None
    sheet.parent.save(path)
    old = path.read_bytes()
    with pytest.raises(ValueError, match="holds a chart, which would be lost; type the row"):
        add_request(path, ask(), TOUR)
    assert path.read_bytes() == old


def test_a_workbook_with_a_rule_that_would_be_lost_is_not_touched(tmp_path: Path) -> None:
    path, plain = tmp_path / "season.xlsx", tmp_path / "plain.xlsx"
    workbook(plain)
    drop_downs_from_another_sheet = (
        '<extLst><ext uri="{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace("</worksheet>", drop_downs_from_another_sheet)
            new.writestr(name, part)
    content = path.read_bytes()
    with pytest.raises(ValueError, match=r"would be lost \(Data Validation .*type the row"):
        add_request(path, ask(), TOUR)
    assert path.read_bytes() == content


def season(*request_ids: str) -> Season:
    return Season(
        name="small",
        ecosystems=(),
        districts=(),
        schools=(),
        venues=(),
        events=(),
        sessions=(),
        requests=tuple(ask(request_id=r) for r in request_ids),
        garages=(),
        buses=(),
    )


@pytest.mark.parametrize(
    ("taken", "following"),
    [
        ((), "request-1"),
        (("simmons-12", "humphreys-11"), "request-3"),
        (("request-1", "Request-3"), "request-4"),  # names that differ in capitals only confuse
    ],
)
def test_the_next_request_id_is_one_that_nobody_has(taken: tuple[str, ...], following: str) -> None:
    assert next_request_id(season(*taken)) == following


TINY = Path(__file__).parents[1] / "tiny"
TINY_REQUEST = ask(
    request_id="south-delta-11",
    ncessch="280396000753",
    event_id="spring-tour",
    grade_low=11,
    may_split=True,
    requested_on=dt.date(2027, 1, 15),
    choices=tuple(
        Choice(request_id="south-delta-11", session_id=s, rank=k)
        for k, s in enumerate(["tour-thu", "tour-tue"], 1)
    ),
)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "'", "'=", "''-"])
def test_a_name_that_begins_with_a_sign_reads_back_as_it_was(tmp_path: Path, sign: str) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    request = TINY_REQUEST.model_copy(update={"request_id": f"{sign}1", "choices": ()})
    add_request(tmp_path / "tiny", request)
    assert read_season(tmp_path / "tiny").requests[-1].request_id == f"{sign}1"


def test_a_folder_reads_back_with_the_request_and_with_all_that_was_there(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    before = read_season(tmp_path / "tiny")
    add_request(tmp_path / "tiny", TINY_REQUEST, before.event["spring-tour"])
    after = read_season(tmp_path / "tiny")
    assert after.requests == (*before.requests, TINY_REQUEST)
    assert after == before.model_copy(update={"requests": after.requests})


def test_a_workbook_reads_back_with_the_request_and_with_all_that_was_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tiny.xlsx"
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in sorted(TINY.glob("*.csv")):
        sheet = book.create_sheet(table.stem)
        for line in table.read_text().splitlines():
            sheet.append(line.split(","))
    book.save(path)
    before = read_season(path)
    add_request(path, TINY_REQUEST, before.event["spring-tour"])
    after = read_season(path)
    assert after.requests == (*before.requests, TINY_REQUEST)
    assert after == before.model_copy(update={"requests": after.requests})
