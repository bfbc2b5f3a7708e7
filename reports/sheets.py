"""A sheet that holds one table: header, widths, filter."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.neutral import is_formula_like

Value = str | int | float | dt.date | dt.datetime | None

CLOCK = "h:mm AM/PM"
DAY = "ddd m/d/yy"
COUNT = "#,##0;-#,##0;;@"
"""Nought is left blank: a driver looks for the stops where somebody gets on."""
MONEY = '"$"#,##0.00'
LINE_PT = 13.5
"""Height of a line; programs other than Excel do not find it by themselves."""

FONT = "Arial"
"""Programs that lack it have one of the same widths; what stands in for Calibri is wider."""
_FONT_PT = 10
_HEADER_FILL = PatternFill("solid", fgColor="FF1F3A56")
_HEADER_FONT = Font(name=FONT, size=9, bold=True, color="FFFFFFFF")
_LINE = Border(bottom=Side("thin", color="FFBFC7CF"))
_AS_TEXT = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
_IN_ONE_LINE = Alignment(vertical="top", horizontal="left", indent=1)
_AS_COUNT = Alignment(vertical="top", horizontal="right")
_AS_CLOCK = Alignment(vertical="top", horizontal="center")
_DASHED = Border(bottom=Side("mediumDashed", color="FF1F3A56"))
_HEAVY = Border(bottom=Side("medium", color="FF1F3A56"))


@dataclass(frozen=True)
class Column:
    """How one column looks: header, width in characters, number format."""

    title: str
    width: float
    number_format: str = "General"


def new_book() -> Workbook:
    """A workbook without sheets in which `FONT` is what Excel calls the normal font."""
    book = Workbook()
    book.remove(book.worksheets[0])
    normal = Font(name=FONT, size=_FONT_PT)
    inner = vars(book)  # openpyxl has no public way to the font of cells that name none
    inner["_fonts"] = IndexedList([normal])
    inner["_named_styles"]["Normal"].font = normal
    return book


def bold(size: int = _FONT_PT, *, heavy: bool = True) -> Font:
    """The font of headings; of plain sentences when not ``heavy``."""
    return Font(name=FONT, size=size, bold=heavy)


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Set a value; a text stays a text even when it begins like a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = is_formula_like(value)


def fill_table(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    part_ends: Iterable[int] = (),
    section_ends: Iterable[int] = (),
    wrapped: int | None = None,
) -> None:
    """Write a header and rows from A1 on.

    A heavy line stands below each row of ``part_ends``, from 0, a dashed one below those of
    ``section_ends`` that end no part. Texts are wrapped in the first
    ``wrapped`` columns, by default in all; the others do not make rows tall.
    """
    below = dict.fromkeys(section_ends, _DASHED) | dict.fromkeys(part_ends, _HEAVY)
    for j, column in enumerate(columns, start=1):
        cell = sheet.cell(1, j)
        put(cell, column.title)
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(j)].width = column.width
    for i, row in enumerate(rows):
        _fill_row(sheet, i + 2, columns, row, wrapped=len(columns) if wrapped is None else wrapped)
        if i in below:
            for j in range(1, len(columns) + 1):
                sheet.cell(i + 2, j).border = below[i]
    header_lines = max(lines_of(c.title, c.width - 2) for c in columns)
    sheet.row_dimensions[1].height = LINE_PT * header_lines
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{sheet.max_row}"
    sheet.print_title_rows = "1:1"


def _fill_row(
    sheet: Worksheet, i: int, columns: Sequence[Column], row: Sequence[Value], *, wrapped: int
) -> None:
    lines = 1
    for j, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
        cell = sheet.cell(i, j)
        put(cell, value)
        cell.number_format = column.number_format
        cell.border = _LINE
        cell.alignment = _aligned(value, wrap=j <= wrapped)
        if isinstance(value, str) and j <= wrapped:
            lines = max(lines, lines_of(value, column.width - 2))
    sheet.row_dimensions[i].height = LINE_PT * lines


def _aligned(value: Value, *, wrap: bool) -> Alignment:
    if isinstance(value, str):
        return _AS_TEXT if wrap else _IN_ONE_LINE
    return _AS_COUNT if isinstance(value, int | float) else _AS_CLOCK


def lines_of(text: str, width: float) -> int:
    """Lines that ``text`` takes when it is wrapped at words of up to ``width`` characters."""
    return max(1, len(wrap(text, max(4, int(width)))))
