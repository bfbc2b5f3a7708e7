"""Rows added to a sheet of a workbook; everything else in it stays."""

import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.reading.examples import Value
from tourpool.events.reading.sheets_csv import MAX_ROWS
from tourpool.events.writing.csv_append import column_name
from tourpool.events.writing.xlsx_cells import fit, put

# openpyxl does not carry these over
LOST = {"xl/charts/": "a chart", "xl/media/": "a picture", "xl/pivotTables/": "a pivot table"}


def with_rows(
    source: Path, target: Path, rows: Mapping[str, Sequence[Mapping[str, Value]]]
) -> None:
    """Write to ``target`` the workbook ``source`` with rows added at the end of its sheets.

    Parameters
    ----------
    source, target
        Two files; ``source`` is only read.
    rows
        By sheet: values by column. A sheet or a column that is missing is added.

    Raises
    ------
    ValueError
        When the workbook holds what would be lost by writing it anew: formulas (their values are
        what is read later), charts, pictures, pivot tables, Excel's later kinds of rules.
    """
    _refuse_parts(source)
    book = _loaded(source)
    for cell in _cells(book):
        if cell.data_type == "f":
            raise ValueError(
                f"cell {cell.coordinate} of sheet {cell.parent.title} holds a formula, whose "
                "value would be lost; replace it by its value, or type the row in Excel"
            )
        if cell.comment is not None:
            fit(cell.comment)
    for title, new in rows.items():
        if new:
            sheet = _sheet(book, title)
            for row in new:
                _add(sheet, row)
    book.save(target)
    book.close()


def _refuse_parts(source: Path) -> None:
    with zipfile.ZipFile(source) as parts:
        for name in parts.namelist():
            for folder, what in LOST.items():
                if name.startswith(folder):
                    raise ValueError(
                        f"{source.name} holds {what}, which would be lost; type the row in Excel, "
                        f"or move {what} to another workbook"
                    )


def _loaded(source: Path) -> Workbook:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        book = load_workbook(source)
    lost = [str(w.message) for w in said if "removed" in str(w.message)]
    if lost:
        raise ValueError(
            f"{source.name} holds what would be lost ({lost[0]}); type the row in Excel"
        )
    return book


def _cells(book: Workbook) -> Iterator[Cell]:
    for sheet in book.worksheets:
        yield from (cell for cell in _there(sheet) if isinstance(cell, Cell))


def _there(sheet: Worksheet) -> list[Cell | MergedCell]:
    """The cells that a sheet has; going through its rows would make millions up to a stray one."""
    return list(sheet._cells.values())  # noqa: SLF001 - openpyxl offers no other way


def _sheet(book: Workbook, title: str) -> Worksheet:
    for sheet in book.worksheets:
        if column_name(sheet.title) == title:
            return sheet
    made: Worksheet = book.create_sheet(title)
    return made


def _add(sheet: Worksheet, row: Mapping[str, Value]) -> None:
    filled = [c for c in _there(sheet) if c.value is not None and c.row <= MAX_ROWS]
    head = min((c.row for c in filled), default=1)
    last = max((c.row for c in filled), default=1)
    columns = {column_name(c.value): c.column for c in filled if c.row == head}
    for name in row:
        if name not in columns:
            columns[name] = max(columns.values(), default=0) + 1
            put(sheet.cell(head, columns[name]), name)
    for name, value in row.items():
        put(sheet.cell(last + 1, columns[name]), value)
    for table in sheet.tables.values():  # what Excel calls a table ends where its rows end
        area = CellRange(table.ref)
        if area.max_row == last:
            area.expand(down=1)
            table.ref = area.coord
