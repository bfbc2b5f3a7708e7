"""A sheet that holds one table: header, widths, filter, and how it prints."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.neutral import is_formula_like
from tourpool.reports.plain import short

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
_PX_PER_CHARACTER = 7.5
"""Of a digit of that font at 96 dpi: 7 in Excel, up to 7.5 in other programs."""
_SIDE_IN = 0.25
_PAGE_PX = (11 - 2 * _SIDE_IN) * 96
"""Width of a Letter page, landscape, between its margins."""

_HEADER_FILL = PatternFill("solid", fgColor="FF1F3A56")
_HEADER_FONT = Font(name=FONT, size=9, bold=True, color="FFFFFFFF")
_LINE = Border(bottom=Side("thin", color="FFBFC7CF"))
_AS_TEXT = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
_IN_ONE_LINE = Alignment(vertical="top", horizontal="left", indent=1)
_AS_COUNT = Alignment(vertical="top", horizontal="right")
_AS_CLOCK = Alignment(vertical="top", horizontal="center")
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
    wrapped: int | None = None,
) -> None:
    """Write a header and rows from A1 on.

    A heavy line stands below each row of ``part_ends``, from 0. Texts are wrapped in the first
    ``wrapped`` columns, by default in all; the others do not make rows tall.
    """
    ends = set(part_ends)
    for j, column in enumerate(columns, start=1):
        cell = sheet.cell(1, j)
        put(cell, column.title)
        cell.font, cell.fill = _HEADER_FONT, _HEADER_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(j)].width = column.width
    for i, row in enumerate(rows):
        _fill_row(sheet, i + 2, columns, row, wrapped=len(columns) if wrapped is None else wrapped)
        if i in ends:
            for j in range(1, len(columns) + 1):
                sheet.cell(i + 2, j).border = _HEAVY
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


@dataclass(frozen=True)
class Margins:
    """What is on every page: above at the right, below at the left. Excel cuts at 255 signs."""

    note: str
    season: str
    plan: str


def set_print(sheet: Worksheet, columns: int, margins: Margins) -> None:
    """Landscape on Letter, as wide as the page, with margins and page x of y."""
    sheet.print_area = f"A1:{get_column_letter(columns)}{sheet.max_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = _SIDE_IN
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    footer = f"{_literal(margins.season)}, {_literal(margins.plan)}"
    sheet.HeaderFooter.oddHeader = _in_margin(_literal(sheet.title), _literal(margins.note))
    sheet.HeaderFooter.oddFooter = _in_margin(footer, "Page &P of &N")


def break_pages(sheet: Worksheet, columns: int, ends: Iterable[int]) -> None:
    """Begin a page below each row of ``ends``, from 0, as large as ``columns`` allow.

    Excel ignores such breaks where a sheet is to fit a page, so its scale is set instead.
    """
    letters = [get_column_letter(j) for j in range(1, columns + 1)]
    width_px = sum(_PX_PER_CHARACTER * sheet.column_dimensions[k].width for k in letters)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
    sheet.page_setup.scale = min(100, int(100 * _PAGE_PX / width_px))
    for i in ends:
        sheet.row_breaks.append(Break(id=i + 2))


def _in_margin(left: str, right: str) -> HeaderFooterItem:
    item = HeaderFooterItem()
    item.left.text, item.right.text = left, right
    return item


def _literal(text: str) -> str:
    """At most 80 letters of it; & begins a code, two of them stand for one."""
    return short(text, 80).replace("&", "&&")
