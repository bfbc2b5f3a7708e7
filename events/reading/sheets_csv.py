"""One CSV file as Excel and others write it: any usual encoding and separator, all cells text."""

import codecs
import io
import re
import warnings
from pathlib import Path

import pandas as pd

from tourpool.events.problems import ReadError

MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 200
SEPARATORS = ",;\t"
_SAVE = "save it in Excel as CSV UTF-8 (Comma delimited)"
_LINES = re.compile(
    r"\r\n|\r|\n"
)  # what a CSV file knows as ends of lines; str.splitlines has more
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_csv(path: Path) -> pd.DataFrame:
    """Read a CSV file, header row included, as texts; the index is the row number Excel shows.

    Raises
    ------
    ReadError
        When it cannot be opened, is too large, is empty or is not a table of text.
    """
    text = decoded(file_bytes(path))
    if not text.strip():
        raise ReadError("is empty", "give it a header row with the names of the columns")
    sep = separator(text)
    width = max(line.count(sep) for line in _LINES.split(text)) + 1
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # cells would be lost
            cells = pd.read_csv(
                io.StringIO(text),
                sep=sep,
                header=None,
                names=range(min(width, MAX_COLUMNS)),
                index_col=False,
                dtype=object,
                na_filter=False,
                skip_blank_lines=False,
                nrows=MAX_ROWS + 2,
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        raise ReadError("is not a table", _SAVE) from None
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return cells


def file_bytes(path: Path) -> bytes:
    """Return what is in a file of sensible size."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(
                f"is larger than {MAX_BYTES / 1e6:g} MB", "take out what is no part of the season"
            )
        return path.read_bytes()
    except OSError as e:
        raise ReadError(
            f"cannot be opened ({e.strerror})", "close it in Excel and see that you may read it"
        ) from None


def decoded(content: bytes) -> str:
    """Return the text of UTF-8 with or without BOM, of UTF-16 with one, or of Windows (cp1252)."""
    encoding = next((name for bom, name in _BOMS.items() if content.startswith(bom)), None)
    if encoding is None and b"\0" in content:
        raise ReadError("is not text", _SAVE)
    for name in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise ReadError("has letters nobody can read", _SAVE)


def separator(text: str) -> str:
    """Return what separates the cells of the header: a comma, a semicolon or a tab."""
    header = next(line for line in _LINES.split(text) if line.strip())
    return max(SEPARATORS, key=header.count)
