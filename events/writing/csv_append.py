"""Rows added at the end of a CSV file whose text, separator, encoding and newlines stay."""

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence

from tourpool.events.neutral import guarded

SEPARATORS = ",;\t"

_MARK = "\ufeff"  # a sign of the encoding before the first letter; it stays where it is
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r'((?:"[^"]*"|[^\r\n])*)(\r\n|\n|\r|\Z)')  # a quoted newline ends no line


def with_rows(content: bytes, rows: Sequence[Mapping[str, str]]) -> bytes:
    """The content of a CSV file with rows at its end.

    Parameters
    ----------
    content
        The file: UTF-8, UTF-16 with a mark, or else cp1252, as Excel writes it. Its first line
        that says something is the header. An empty file gets one.
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
    lines = [(m[1], m[2]) for m in _LINE.finditer(text) if m[0]]
    at = next(
        (n for n, (line, _) in enumerate(lines) if line.strip(f'{SEPARATORS}{_MARK}" ')), None
    )
    head = "" if at is None else lines[at][0].removeprefix(_MARK)
    separator = max(SEPARATORS, key=head.count)
    columns = [column_name(c) for c in next(csv.reader([head], delimiter=separator), [])]
    more = [c for c in dict.fromkeys(c for row in rows for c in row) if c not in columns]
    newline = found[0] if (found := _NEWLINE.search(text)) else "\r\n"
    if at is None:
        text += separator.join(more) + newline
    elif more:
        text = _widened(lines, at, separator, more)
    if not text.endswith(("\n", "\r")):
        text += newline
    added = io.StringIO(newline="")
    writer = csv.writer(added, delimiter=separator, lineterminator=newline)
    for row in rows:
        writer.writerow([guarded(row.get(column, "")) for column in [*columns, *more]])
    return _encoded(text + added.getvalue(), encoding)


def column_name(header: object) -> str:
    """A column's name as people may have typed it: spaces and capitals do not matter."""
    return str(header).strip().lower().replace(" ", "_")


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return content.decode(encoding), encoding
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


def _widened(
    lines: Sequence[tuple[str, str]], at: int, separator: str, columns: Sequence[str]
) -> str:
    """The text with columns at the right of its header, and as many empty cells in each row."""
    more = "".join(separator + column for column in columns)
    empty = separator * len(columns)
    return "".join(
        line + (more if n == at else empty if n > at and line else "") + end
        for n, (line, end) in enumerate(lines)
    )
