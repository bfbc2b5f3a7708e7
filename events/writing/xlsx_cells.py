"""Values put into the cells of a workbook so that Excel leaves them as they are."""

import datetime as dt

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment

from tourpool.events.reading.examples import Value

FORMATS: dict[type, str] = {str: "@", dt.date: "yyyy-mm-dd", dt.time: "hh:mm"}


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Set a cell; texts stay texts, with their leading zeros, and are never formulas (CWE-1236)."""
    cell.value = value
    cell.number_format = FORMATS.get(type(value), "General")
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))


def fit(comment: Comment) -> Comment:
    """Make its box as large as its text; openpyxl forgets the size of one that it reads."""
    lines = sum(1 + len(line) // 38 for line in comment.text.splitlines())
    comment.width, comment.height = 280, 20 + 18 * lines
    return comment
