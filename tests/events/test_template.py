"""The empty workbook explains itself, and its examples are a season."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.reading.columns import Column
from tourpool.events.reading.read import read_season
from tourpool.events.reading.sheets import read_sheets
from tourpool.events.reading.tables import TABLE, TABLES, Table
from tourpool.events.rules import Policy
from tourpool.events.writing.template import write_template


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "season.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def header(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def listed(book: Workbook, formula: str) -> tuple[str, ...]:
    """Words of a drop-down: typed out, which Excel allows up to 255 letters, or in cells."""
    if formula.startswith('"'):
        assert len(formula) <= 2 + 255
        return tuple(formula.strip('"').split(","))
    sheet, _, area = formula.partition("!")
    assert book[sheet].sheet_state == "hidden"
    return tuple(str(cell.value) for (cell,) in book[sheet][area.replace("$", "")])


COLUMNS = [(table, column) for table in TABLES for column in table.columns.values()]
every_column = pytest.mark.parametrize(
    ("table", "column"), COLUMNS, ids=[f"{t.name}-{c.name}" for t, c in COLUMNS]
)


def test_there_is_a_sheet_for_each_table_in_order_after_the_readme(book: Workbook) -> None:
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown == ["README", *TABLE]


def test_the_readme_explains_in_six_lines(book: Workbook) -> None:
    lines = [row[0] for row in book["README"].values]
    assert len(lines) == 6
    assert "tourpool validate" in str(lines[-1])


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_sheet_has_the_columns_of_its_table_and_a_note_under_a_header_that_stays(
    book: Workbook, table: Table
) -> None:
    assert header(book[table.name]) == [*table.columns, "note"]
    assert book[table.name].freeze_panes == "A2"


@every_column
def test_a_comment_on_each_header_explains_the_column_and_says_whether_it_may_stay_empty(
    book: Workbook, table: Table, column: Column
) -> None:
    cell = next(c for c in book[table.name][1] if c.value == column.name)
    assert cell.comment is not None
    said = cell.comment.text
    assert column.description.lower() in said.lower()
    assert ("Must be filled in" in said) == column.required
    assert ("May stay empty" in said) != column.required


@every_column
def test_a_column_that_is_a_choice_has_its_words_in_a_drop_down(
    book: Workbook, table: Table, column: Column
) -> None:
    sheet = book[table.name]
    letter = sheet.cell(1, header(sheet).index(column.name) + 1).column_letter
    offered = [
        v.formula1
        for v in sheet.data_validations.dataValidation
        if any(area.coord.startswith(f"{letter}2:") for area in v.sqref.ranges)
    ]
    words = tuple(Policy.model_fields) if column.name == "key" else column.choices
    assert [listed(book, formula) for formula in offered] == ([words] if words else [])


@pytest.mark.parametrize(
    ("table", "column", "number_format"),
    [
        ("schools", "ncessch", "@"),
        ("districts", "leaid", "@"),
        ("events", "event_id", "@"),
        ("buses", "bus_numbers", "@"),
        ("calendar", "id", "@"),
        ("sessions", "date", "yyyy-mm-dd"),
        ("sessions", "arrive_by", "hh:mm"),
        ("schools", "loading_note", "General"),  # more than 255 letters show in a General cell
        ("policy", "value", "General"),
    ],
)
def test_a_column_is_formatted_for_what_will_be_typed_into_it(
    book: Workbook, table: str, column: str, number_format: str
) -> None:
    sheet = book[table]
    letter = sheet.cell(1, header(sheet).index(column) + 1).column_letter
    assert sheet.column_dimensions[letter].number_format == number_format


def test_every_sheet_has_an_example_marked_as_such(book: Workbook) -> None:
    for table in TABLES:
        rows = list(book[table.name].iter_rows(min_row=2, values_only=True))
        assert rows, table.name
        assert all(str(row[-1]).startswith("EXAMPLE") for row in rows), table.name


def test_the_reader_sees_an_empty_season_and_nothing_wrong_with_its_headers(path: Path) -> None:
    sheets, problems = read_sheets(path)
    assert problems == []
    assert set(sheets) == set(TABLE)
    assert all(sheet.frame.empty for sheet in sheets.values())


def test_the_examples_are_a_season_once_their_marks_are_gone(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    for table in TABLES:
        for (cell,) in book[table.name].iter_rows(min_row=2, min_col=len(table.columns) + 1):
            cell.value = None
    book.save(tmp_path / "season.xlsx")
    season = read_season(tmp_path / "season.xlsx")
    assert [r.request_id for r in season.requests] == ["simmons-12", "simmons-9"]
    assert [v.venue_id for v in season.session["tour-tue"].visits] == ["dsu", "mvsu"]
    assert season.policy == Policy()  # the template shows the defaults


def test_an_old_workbook_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "season.xlsx"
    path.write_text("old")
    write_template(path)
    assert load_workbook(path).sheetnames[0] == "README"
    assert [p.name for p in tmp_path.iterdir()] == ["season.xlsx"]
