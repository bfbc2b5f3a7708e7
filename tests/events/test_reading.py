"""Seasons in every form that Excel gives them, and files that are no season."""

import codecs
import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from tourpool.events.adjacency import adjacency, invited
from tourpool.events.occasions import OpenTo
from tourpool.events.problems import TableError
from tourpool.events.reading import sheets_csv, sheets_xlsx
from tourpool.events.reading.read import read_season, read_season_with_warnings

TINY = Path(__file__).parents[1] / "tiny"
DIGEST = read_season(TINY).digest


def workbook(folder: Path, typed: Callable[[str, str], object] = lambda _, cell: cell) -> Path:
    """Write the tables of a folder as sheets; ``typed`` says what a cell of a column becomes."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for file in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(file.stem)
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        sheet.append(list(table.columns))
        for row in table.itertuples(index=False):
            cells = zip(table.columns, row, strict=True)
            sheet.append([typed(column, cell) if cell else None for column, cell in cells])
    path = folder.parent / "season.xlsx"
    book.save(path)
    return path


def as_excel(column: str, cell: str) -> object:
    """What Excel makes of a cell that somebody types into a fresh sheet."""
    if column == "date":
        return dt.datetime.fromisoformat(cell)
    if column in ("arrive_by", "depart", "free_from"):
        return dt.time.fromisoformat(cell)
    if column == "free_to":
        return (int(cell[:2]) + int(cell[3:]) / 60) / 24
    try:
        return float(cell) if column != "bus_numbers" else cell
    except ValueError:
        return cell


def problems(path: Path) -> list[str]:
    with pytest.raises(TableError) as error:
        read_season(path)
    return [str(p) for p in error.value.problems]


def test_empty_cells_are_filled_from_others() -> None:
    season = read_season(TINY)
    simmons, session, coach = season.schools[0], season.sessions[0], season.buses[1]
    assert (simmons.tz, simmons.stop) == ("America/Chicago", (33.166303, -90.859891))
    assert session.arrive_from == dt.time(10, 0)  # arrive_by 10:30 less 30 min
    assert coach.usd_per_wait_hour == coach.usd_per_hour == 45
    assert (coach.bus_numbers, season.garages[1].leaid) == (("C1", "C2"), None)
    assert [(c.session_id, c.rank) for c in season.requests[2].choices] == [
        ("tour-tue", 1),
        ("tour-thu", 1),
    ]
    assert season.calendar[1].date_to == dt.date(2027, 3, 11)
    assert season.policy.max_ride_min == 100


def test_grades_of_a_request_are_the_events_as_far_as_the_school_has_them(tiny: Path) -> None:
    schools = tiny / "schools.csv"
    schools.write_text(schools.read_text().replace("33,9,12\n280396", "33,10,11\n280396"))
    grades = [(r.grade_low, r.grade_high) for r in read_season(tiny).requests]
    assert grades == [(9, 12), (10, 11), (9, 12)]  # the event is for 9 to 12, Simmons has 7 to 12


def test_buses_without_numbers_are_counted(tiny: Path) -> None:
    buses = tiny / "buses.csv"
    buses.write_text(buses.read_text().replace("C1;C2", ""))
    assert read_season(tiny).buses[1].bus_numbers == ("1", "2")


def test_further_visits_join_their_session_in_their_order(tiny: Path) -> None:
    (tiny / "visits.csv").write_text(
        "session_id,order,venue_id,arrive_by,depart\n"
        "tour-tue,3,dsu,14:30,15:00\ntour-tue,2,dsu,13:00,14:00\n"
    )
    session = read_season(tiny).session["tour-tue"]
    assert [(v.order, f"{v.depart:%H:%M}") for v in session.visits] == [
        (1, "12:30"),
        (2, "14:00"),
        (3, "15:00"),
    ]


def test_adjacency_holds_on_both_sides_though_one_names_it(tiny: Path) -> None:
    (tiny / "ecosystems.csv").write_text(
        "ecosystem_id,name,adjacent\ndelta,Delta,\nhills,Hills,delta\ncoast,Coast,hills\n"
    )
    season, warnings = read_season_with_warnings(tiny)
    assert [e.adjacent for e in season.ecosystems] == [("hills",), ("delta", "coast"), ("hills",)]
    assert [(w.row, w.column) for w in warnings] == [(3, "adjacent"), (4, "adjacent")]
    graph, event = adjacency(season.ecosystems), season.events[0]  # of delta
    may_come = {
        open_to: invited(graph, event.model_copy(update={"open_to": open_to})) for open_to in OpenTo
    }
    assert may_come == {
        OpenTo.OWN: {"delta"},
        OpenTo.ADJACENT: {"delta", "hills"},
        OpenTo.ALL: {"delta", "hills", "coast"},
    }


@pytest.mark.parametrize("typed", [lambda _, cell: cell, as_excel], ids=["as text", "as Excel"])
def test_a_workbook_says_the_same_as_its_csv_files(
    typed: Callable[[str, str], object], tiny: Path
) -> None:
    season = read_season(workbook(tiny, typed))
    assert season.name == "season"
    assert season.digest == DIGEST


def test_another_value_gives_another_digest(tiny: Path) -> None:
    requests = tiny / "requests.csv"
    requests.write_text(requests.read_text().replace("tour,20,2", "tour,19,2"))
    assert read_season(tiny).digest != DIGEST


@pytest.mark.parametrize(
    "change",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.replace("Simmons", "Simmöns").encode("cp1252"),
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", " \n,,,\n\n").encode(),
        lambda text: text.replace(",", "\u00a0,").encode(),
        lambda text: text.replace("ncessch,leaid", "NCESSCH,LEAID ").encode(),
        lambda text: text.replace("280189001037", "280189001037.0").encode(),
        lambda text: text.replace("\n", ",see mail\n").replace("see mail", "Note", 1).encode(),
        lambda text: (
            text.replace("\n", ",\n").replace(",\n", ",note\n", 1).encode()
            + b"280000000000,2800000,Example,33,-90,43,9,12,EXAMPLE: delete this row\n"
        ),
    ],
    ids=[
        "BOM",
        "cp1252",
        "UTF-16",
        "semicolons",
        "CRLF",
        "blanks",
        "hard-spaces",
        "capitals",
        ".0",
        "notes",
        "example",
    ],
)
def test_a_table_is_understood_as_excel_saves_it(
    change: Callable[[str], bytes], tiny: Path
) -> None:
    schools = tiny / "schools.csv"
    schools.write_bytes(change(schools.read_text()))
    season = read_season(tiny)
    assert season.schools[0].name in ("Simmons High School", "Simmöns High School")
    assert season.digest == DIGEST or "ö" in season.schools[0].name


def test_excels_unicode_text_is_a_table_and_other_texts_are_not(tiny: Path) -> None:
    venues = (tiny / "venues.csv").read_text()
    (tiny / "venues.csv").unlink()
    (tiny / "venues.txt").write_bytes(venues.replace(",", "\t").encode("utf-16"))
    (tiny / "read me.txt").write_text("not a table")
    assert read_season(tiny).digest == DIGEST


def test_leading_zeros_that_excel_took_are_given_back(tiny: Path) -> None:
    """Alabama is state 01; Simmons moves to Tuscaloosa, 33.2, -87.6."""
    for file in tiny.glob("*.csv"):
        text = file.read_text().replace("280189001037", "10189001037")
        text = text.replace("2801890,Simmons", "101890,Simmons").replace("33.166303", "33.2")
        file.write_text(text.replace("-90.859891", "-87.6"))
    with (tiny / "districts.csv").open("a") as districts:
        districts.write("101890,Tuscaloosa,delta,\n")
    season = read_season(tiny)
    assert season.requests[0].ncessch == season.schools[0].ncessch == "010189001037"
    assert season.schools[0].leaid == season.districts[-1].leaid == "0101890"


def test_row_numbers_are_those_that_excel_shows(tiny: Path) -> None:
    venues = tiny / "venues.csv"
    venues.write_text(venues.read_text() + '\n"two\nlines","Campus",33.7,,,\n')
    assert problems(tiny) == [  # header, dsu, a blank row, then a row of two lines
        "venues.csv:4:venue_id: 'two\\nlines' has a ; or / or a line break in it; use letters, "
        "digits, spaces and - only",
        "venues.csv:4:lon: is empty; fill in: longitude in degrees (west is negative)",
    ]


def test_problems_of_a_workbook_name_the_sheet(tiny: Path) -> None:
    schools = tiny / "schools.csv"
    schools.write_text(schools.read_text().replace("33.166303,-90.859891", "33.166303,90.859891"))
    assert problems(workbook(tiny)) == [
        "season.xlsx/schools:2:lon: 90.859891 has lost its minus sign; write -90.859891"
    ]


def test_sheets_that_are_no_tables_are_named_unless_they_say_so(tiny: Path) -> None:
    path = workbook(tiny)
    book = openpyxl.load_workbook(path)
    for name in ("README", "_lists", "Notes", "Sheet1"):  # Sheet1 stays empty
        book.create_sheet(name)
    for name in ("README", "_lists", "Notes"):
        book[name]["A1"] = "anything"
    book["venues"].title = "Venue"
    book.save(path)
    assert problems(path) == [
        "season.xlsx/Venue: Venue is no table; call it venues, or begin its name with _ to leave "
        "it out",
        "season.xlsx/venues: this table is missing; add it; each row is a place that is visited",
    ]


def test_an_error_that_a_formula_left_is_told(tiny: Path) -> None:
    def broken(column: str, cell: str) -> object:
        return "#N/A" if column == "max_people" else cell

    assert problems(workbook(tiny, broken)) == [
        "season.xlsx/venues:2:max_people: #N/A is an error of Excel; mend the formula or type the "
        "value"
    ]


def test_a_season_may_wait_for_its_requests(tiny: Path) -> None:
    (tiny / "requests.csv").write_text("request_id,ncessch,event_id,students,chaperones\n")
    (tiny / "request_sessions.csv").unlink()
    assert read_season(tiny).requests == ()


def test_tables_that_are_missing_are_all_named(tiny: Path) -> None:
    (tiny / "venues.csv").unlink()
    (tiny / "districts.csv").unlink()
    assert problems(tiny) == [  # and nobody is told that dsu or 2801890 is not in them
        "districts.csv: this table is missing; add it; each row is a school district",
        "venues.csv: this table is missing; add it; each row is a place that is visited",
    ]


def test_a_table_that_cannot_be_read_is_neither_missing_nor_empty(tiny: Path) -> None:
    (tiny / "schools.csv").write_bytes(b"PK\x03\x04\0\0")
    (tiny / "requests.csv").write_text("")
    (tiny / "events.csv").write_text('event_id,name\nspring-tour,"Spring')
    (tiny / "venues.csv").write_bytes(b"venue_id,name\nx,\x81\n")
    (tiny / "buses.csv").unlink()
    (tiny / "buses.csv").mkdir()
    right = "save it in Excel as CSV UTF-8 (Comma delimited)"
    assert problems(tiny) == [
        "buses.csv: cannot be opened (Is a directory); close it in Excel and see that you may read "
        "it",
        f"events.csv: is not a table; {right}",
        "requests.csv: is empty; give it a header row with the names of the columns",
        f"schools.csv: is not text; {right}",
        f"venues.csv: has letters nobody can read; {right}",
    ]


def test_a_table_given_twice_is_refused(tiny: Path) -> None:
    shutil.copy(tiny / "venues.csv", tiny / "Venues.tsv")
    assert problems(tiny) == [
        "venues.csv: gives the table venues again, after Venues.tsv; put all rows in one of them"
    ]


def test_a_path_that_is_no_season_is_told_in_one_sentence(tmp_path: Path) -> None:
    right = "give a folder of CSV files or an .xlsx workbook"
    assert problems(tmp_path / "gone") == [f"gone: does not exist; {right}"]
    (tmp_path / "plan.json").write_text("{}")
    assert problems(tmp_path / "plan.json") == [f"plan.json: is no season; {right}"]
    assert problems(tmp_path) == [f"{tmp_path}: holds no tables; expected schools.csv and others"]
    (tmp_path / "season.xlsx").write_bytes(b"")
    assert problems(tmp_path) == [
        f"{tmp_path}: holds no tables; give the workbook itself: {tmp_path / 'season.xlsx'}"
    ]


def test_a_file_that_is_no_whole_workbook_is_told_in_one_sentence(tiny: Path) -> None:
    path = workbook(tiny)
    whole = path.read_bytes()
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("letter.txt", "not a workbook")
    broken = [b"", b"schools,lat\n", whole[: len(whole) // 2], other.getvalue()]
    for content in broken:
        path.write_bytes(content)
        assert problems(path) == [
            "season.xlsx: is not a whole Excel workbook; save it again in Excel as Excel Workbook "
            "(.xlsx)"
        ]
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert problems(path) == [
        "season.xlsx: is an old workbook (.xls) or has a password; save it in Excel as Excel "
        "Workbook (.xlsx), without a password"
    ]


def test_files_of_absurd_size_are_refused_before_they_are_read(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tiny)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(1_000_000))
    monkeypatch.setattr(sheets_xlsx, "MAX_UNPACKED_BYTES", 900_000)
    assert problems(path) == [
        "season.xlsx: is too large when unpacked; copy its tables into a new workbook and save that"
    ]
    monkeypatch.setattr(sheets_csv, "MAX_BYTES", 1000)
    (tiny / "venues.csv").write_text("x" * 1001)
    assert problems(tiny)[0] == (
        "venues.csv: is larger than 0.001 MB; take out what is no part of the season"
    )


def test_a_workbook_that_claims_a_million_columns_is_read_in_reason(tiny: Path) -> None:
    path = workbook(tiny)
    book = openpyxl.load_workbook(path)
    book["venues"].cell(1_048_576, 16_384, "far away")
    book.save(path)
    assert read_season(path).digest == DIGEST


def test_a_row_of_several_lines_with_too_many_cells_is_told(tiny: Path) -> None:
    (tiny / "apart.csv").write_text('request_a,request_b\na,"b\n",c\n')
    assert problems(tiny) == [
        "apart.csv: is not a table; save it in Excel as CSV UTF-8 (Comma delimited)"
    ]


def test_too_many_rows_are_refused(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tourpool.events.reading.headers.MAX_ROWS", 2)
    assert "schools.csv: has more than 2 rows; give each season its own tables" in problems(tiny)


def test_a_folder_with_a_point_in_its_name_keeps_all_of_it(tiny: Path) -> None:
    assert read_season(tiny.rename(tiny.with_name("spring 1.5"))).name == "spring 1.5"


@pytest.mark.parametrize(
    ("held", "number_format", "read"),
    [
        (0.42, "0%", 42),
        (0.245, "0.00%", 24.5),
        (0.07, "0%", 7),  # 100 x 0.07 is 7.000000000000001
        (42, '0.0" %"', 42),  # a sign that is only shown
        (42, r"0\%", 42),
    ],
)
def test_a_cell_that_excel_shows_as_per_cent_is_read_as_shown(
    held: float, number_format: str, read: float, tiny: Path
) -> None:
    path = workbook(tiny)
    book = openpyxl.load_workbook(path)
    cell = book["districts"]["D2"]
    cell.value, cell.number_format = held, number_format
    book.save(path)
    assert read_season(path).districts[0].college_career_ready_pct == read


def test_names_are_never_computed(tiny: Path) -> None:
    venues = tiny / "venues.csv"
    venues.write_text(venues.read_text().replace("Delta State University", "=1+1"))
    assert read_season(tiny).venues[0].name == "=1+1"
