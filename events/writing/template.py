"""An empty season workbook: headers that explain themselves, drop-downs, example rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.files import written
from tourpool.events.reading.cells import short_name
from tourpool.events.reading.columns import Column
from tourpool.events.reading.examples import EXAMPLE_ROWS, Row
from tourpool.events.reading.tables import EXAMPLE, NOTE, TABLES, Table
from tourpool.events.rules import Policy
from tourpool.events.writing.xlsx_cells import FORMATS, fit, put

MARK = f"{EXAMPLE}, delete this row"
README = (
    "A season for tourpool",
    "Each sheet is a table. Rest the pointer on a header to read what belongs there.",
    "Dark headers must be filled in, light ones may stay empty: what counts then stands in [ ].",
    "Blue tabs are tables a season needs; the others may stay empty.",
    f"Grey rows are examples. While their note begins with {EXAMPLE} they are not read.",
    "When it is filled in:  tourpool validate FILE  names what to mend, by sheet, row and column.",
)

_DARK, _LIGHT, _GREY = "1F3864", "D9E2F3", "7F7F7F"
_LAST_ROW = 10_000  # drop-downs reach so far
_MAX_LIST = 255  # letters that Excel allows in a drop-down typed out
_WORDS = "_words"  # hidden: words of longer drop-downs; its name says that it is not read
BY_NAME = frozenset({"id", "bus"})  # a bus is named garage/type/number
_WIDTH = range(10, 44)  # of a column, in letters
_LEFT = Alignment(horizontal="left", vertical="center")


def write_template(path: Path) -> None:
    """Write an empty season workbook, whole or not at all.

    Raises
    ------
    PermissionError
        When ``path`` is open in Excel.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    _readme(book.create_sheet("README"))
    for table in TABLES:
        _table(book.create_sheet(table.name), table)
    with written(path) as temporary:
        book.save(temporary)


def _readme(sheet: Worksheet) -> None:
    for number, line in enumerate(README, 1):
        put(sheet.cell(number, 1), line)
    sheet["A1"].font = _font(bold=True)
    sheet.column_dimensions["A"].width = 100
    sheet.sheet_view.showGridLines = False


def _table(sheet: Worksheet, table: Table) -> None:
    rows = EXAMPLE_ROWS[table.name]
    for number, column in enumerate(table.columns.values(), 1):
        _header(sheet, number, column)
        _column(sheet, number, column, (row.get(column.name, "") for row in rows))
    _note(sheet, len(table.columns) + 1)
    for number, row in enumerate(rows, 2):
        _example(sheet, number, list(table.columns), row)
    sheet.freeze_panes = "A2"
    sheet.sheet_properties.tabColor = _DARK if table.required else None


def _header(sheet: Worksheet, number: int, column: Column) -> None:
    cell = sheet.cell(1, number)
    put(cell, column.name)
    cell.font = _font(bold=True, color="FFFFFF" if column.required else "000000")
    cell.fill = PatternFill("solid", fgColor=_DARK if column.required else _LIGHT)
    cell.alignment = _LEFT
    cell.comment = fit(Comment(explained(column), "tourpool"))


def explained(column: Column) -> str:
    """What a person must know to fill in a column."""
    need = "Must be filled in." if column.required else "May stay empty; [ ] says what counts then."
    says = column.description[:1].upper() + column.description[1:]
    return f"{says}.\n{need}"


def _column(sheet: Worksheet, number: int, column: Column, examples: Iterable[object]) -> None:
    letter = get_column_letter(number)
    width = max(len(text) for text in (column.name, *map(_shown, examples))) + 3
    sheet.column_dimensions[letter].width = min(max(width, _WIDTH.start), _WIDTH.stop)
    # formats of the whole column: cells that are typed later take them on
    sheet.column_dimensions[letter].number_format = _format(column)
    sheet.column_dimensions[letter].alignment = _LEFT
    words = tuple(Policy.model_fields) if column.name == "key" else column.choices
    if words:
        choice = DataValidation(
            type="list",
            formula1=_listed(sheet, column.name, words),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=column.name,
            error=f"Choose one of: {', '.join(words)}"[:_MAX_LIST],
        )
        choice.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(choice)


def _listed(sheet: Worksheet, name: str, words: Sequence[str]) -> str:
    """The words of a drop-down, typed out, or as a column of a hidden sheet when they are many."""
    typed = ",".join(words)
    if len(typed) <= _MAX_LIST:
        return f'"{typed}"'
    book = sheet.parent
    assert book is not None  # that of a template never is
    hidden = book[_WORDS] if _WORDS in book.sheetnames else book.create_sheet(_WORDS)
    hidden.sheet_state = "hidden"
    column = hidden.max_column + (hidden.cell(1, 1).value is not None)
    for row, word in enumerate((name, *words), start=1):
        put(hidden.cell(row, column), word)
    letter = get_column_letter(column)
    return f"{_WORDS}!${letter}$2:${letter}${len(words) + 1}"


def _format(column: Column) -> str:
    """Text for ids alone: Excel shows ##### where more than 255 letters are in a cell of text."""
    named = column.parse is short_name or column.name in BY_NAME
    if column.digits or column.of is tuple or named:
        return FORMATS[str]
    return "General" if column.of is str else FORMATS.get(column.of, "General")


def _note(sheet: Worksheet, number: int) -> None:
    cell = sheet.cell(1, number)
    put(cell, NOTE)
    cell.font = _font(italic=True)
    text = f"For yourself; not read. A row whose note begins with {EXAMPLE} is skipped."
    cell.comment = fit(Comment(text, "tourpool"))
    sheet.column_dimensions[get_column_letter(number)].width = _WIDTH.stop


def _example(sheet: Worksheet, number: int, columns: list[str], row: Row) -> None:
    marked = {NOTE: MARK, **row}
    for j, name in enumerate([*columns, NOTE], 1):
        if name in marked:
            cell = sheet.cell(number, j)
            put(cell, marked[name])
            cell.font = _font(italic=True, color=_GREY)
            cell.alignment = _LEFT


def _font(**changes: Any) -> Font:
    return Font(name="Calibri", size=11, **changes)


def _shown(value: object) -> str:
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)
