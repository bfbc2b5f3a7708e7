"""How a sheet prints: across a page, with margins, a part on each page."""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.reports.plain import short

_PX_PER_CHARACTER = 7.5
"""Of a digit of Arial 10 at 96 dpi: 7 in Excel, up to 7.5 in other programs."""
_SIDE_IN = 0.25
_PAGE_PX = (11 - 2 * _SIDE_IN) * 96
"""Width of a Letter page, landscape, between its margins."""


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
