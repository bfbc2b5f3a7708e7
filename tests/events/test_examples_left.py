"""Example rows of the template that were typed over are told, not silently skipped."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tourpool.events.problems import TableError
from tourpool.events.reading.read import read_season, read_season_with_warnings
from tourpool.events.reading.tables import TABLES
from tourpool.events.writing.template import write_template

NEEDED = [table for table in TABLES if table.required]
OPTIONAL = (
    "visits, request_sessions, apart, tariffs, calendar, agreements, budgets, participation, "
    "hazards, pins"
)
ONLY = (
    f"nothing but example rows stands in {OPTIONAL}; they count as empty: delete the example rows "
    "if they are, fill them in if not"
)
SKIPPED = (
    "this row was typed over and is not read, as its note begins with EXAMPLE; delete the note to "
    "have it read, or else the row"
)


@pytest.fixture
def filled(tmp_path: Path) -> Callable[[Callable[[Workbook], None]], Path]:
    """A season whose needed tables are the examples without their marks; then it is changed."""

    def made(change: Callable[[Workbook], None]) -> Path:
        path = tmp_path / "season.xlsx"
        write_template(path)
        book = load_workbook(path)
        for table in NEEDED:
            for (cell,) in book[table.name].iter_rows(min_row=2, min_col=len(table.columns) + 1):
                cell.value = None
        change(book)
        book.save(path)
        return path

    return made


Filled = Callable[[Callable[[Workbook], None]], Path]


def said(path: Path) -> list[str]:
    return [str(w) for w in read_season_with_warnings(path)[1]]


def test_optional_tables_that_hold_only_their_examples_are_told_in_one_line(filled: Filled) -> None:
    assert said(filled(lambda _: None)) == [f"season.xlsx: {ONLY}"]


def test_an_example_row_that_was_typed_over_is_told_with_its_place(filled: Filled) -> None:
    def type_over(book: Workbook) -> None:
        book["calendar"]["C2"] = dt.date(2027, 3, 22)  # date_from; its note still says EXAMPLE

    assert said(filled(type_over)) == [
        f"season.xlsx/calendar:2:note: {SKIPPED}",
        f"season.xlsx: {ONLY}",
    ]


def test_a_default_of_the_policy_that_was_typed_over_is_told(filled: Filled) -> None:
    def type_over(book: Workbook) -> None:
        book["policy"]["B2"] = 75  # max_ride_min, 90 in the template

    path = filled(type_over)
    assert said(path)[0] == f"season.xlsx/policy:2:note: {SKIPPED}"
    assert read_season(path).policy.max_ride_min == 90


def test_a_needed_table_that_seems_empty_says_why(filled: Filled) -> None:
    def type_over(book: Workbook) -> None:
        book["garages"].cell(2, 2, "Our bus lot")  # name
        book["garages"].cell(2, 8, "EXAMPLE, delete this row")

    with pytest.raises(TableError) as error:
        read_season(filled(type_over))
    lines = [str(p) for p in error.value.problems]
    assert "season.xlsx/garages: has no rows; fill it: each row is a place where buses stand" in (
        lines
    )
    assert f"season.xlsx/garages:2:note: {SKIPPED}" in lines
