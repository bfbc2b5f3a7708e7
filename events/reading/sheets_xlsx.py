"""The sheets of an Excel workbook. Nothing is run: a formula is what Excel last showed."""

import io
import re
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.problems import ReadError
from tourpool.events.reading.sheets_csv import MAX_COLUMNS, MAX_ROWS, file_bytes

MAX_UNPACKED_BYTES = 200_000_000
MAX_PARTS = 2000
_LITERAL = re.compile(r'"[^"]*"|\\.|_.')  # letters that a format shows as they are


def read_xlsx(path: Path) -> list[tuple[str, pd.DataFrame]]:
    """Read the name and the cells of each sheet; the index is the row number Excel shows.

    Raises
    ------
    ReadError
        When it cannot be opened, is too large, or is not a whole workbook.
    """
    content = file_bytes(path)
    _refuse_bombs(content)
    with warnings.catch_warnings():
        # openpyxl warns of fonts, drop-downs and headers that it does not keep; we read cells only
        warnings.filterwarnings("ignore", module="openpyxl")
        try:
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            return [(sheet.title, _cells(sheet)) for sheet in book.worksheets]
        except Exception:  # openpyxl lets the errors of zip and XML and some of its own through
            raise _not_whole() from None


def _cells(sheet: Worksheet) -> pd.DataFrame:
    # a sheet may claim a million rows and columns; no more are made than a season can have
    rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS)
    read = ([_value(cell) for cell in row] for row in rows)
    filled = {i: row for i, row in enumerate(read, 1) if any(cell is not None for cell in row)}
    return pd.DataFrame(list(filled.values()), index=list(filled), dtype=object)


def _value(cell: Cell | MergedCell) -> object:
    """What a cell holds; per cent as they are shown, since Excel keeps 42% as 0.42."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = _LITERAL.sub("", cell.number_format or "")
        if "%" in shown:
            return f"{round(100 * value, 10):.15g}%"
    return value


def _refuse_bombs(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError):
        if content.startswith(b"\xd0\xcf\x11\xe0"):
            raise ReadError(
                "is an old workbook (.xls) or has a password",
                "save it in Excel as Excel Workbook (.xlsx), without a password",
            ) from None
        raise _not_whole() from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise ReadError(
            "is too large when unpacked", "copy its tables into a new workbook and save that"
        )


def _not_whole() -> ReadError:
    return ReadError(
        "is not a whole Excel workbook", "save it again in Excel as Excel Workbook (.xlsx)"
    )
