"""Rows added at the end of a CSV file whose text, separator, encoding and newlines stay."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

SEPARATORS = ",;\t"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute or obey

_MARK = "\ufeff"  # Excel's sign for UTF-8
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r'((?:"[^"]*"|[^\r\n])*)(\r\n|\n|\r|\Z)')  # a quoted newline ends no line


def with_rows(content: bytes, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The content of a CSV file with rows at its end.

    Parameters
    ----------
    content
        The file, header first; UTF-8 with or without a mark, or else cp1252, as Excel writes it.
    rows
        Values by column; a column that the file lacks is added at the right, empty in old rows.

    Returns
    -------
    content
        In the same encoding; every old line begins as it did.

    Raises
    ------
    ValueError
        When a value has letters that the file's encoding lacks.
    """
    text, encoding = _decoded(content)
    header = _LINE.match(text.removeprefix(_MARK))
    head = header[1] if header else ""
    separator = max(SEPARATORS, key=head.count)
    columns = [c.strip() for c in next(csv.reader([head], delimiter=separator), [])]
    more = [c for c in dict.fromkeys(c for row in rows for c in row) if c not in columns]
    newline = found[0] if (found := _NEWLINE.search(text)) else "\r\n"
    if more:
        text = _widened(text, separator, more)
    if text and not text.endswith(("\n", "\r", _MARK)):
        text += newline
    added = io.StringIO(newline="")
    writer = csv.writer(added, delimiter=separator, lineterminator=newline)
    for row in rows:
        writer.writerow([harmless(row.get(column, "")) for column in [*columns, *more]])
    return _encoded(text + added.getvalue(), encoding)


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not compute (CWE-1236)."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252"), "cp1252"


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{text[error.start : error.end]!r} cannot be written in {encoding}; "
            "save the file in Excel as 'CSV UTF-8' first"
        ) from error


def _widened(text: str, separator: str, columns: Sequence[str]) -> str:
    """The text with columns at the right of its header, and as many empty cells in each row."""
    lines = [(m[1], m[2]) for m in _LINE.finditer(text) if m[0]] or [("", "")]
    (head, end), *rest = lines
    header = separator.join(
        [head, *columns] if head.strip(_MARK) else [head + columns[0], *columns[1:]]
    )
    empty = separator * len(columns)
    return header + end + "".join(line + (empty if line else "") + end for line, end in rest)
