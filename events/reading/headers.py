"""Headers: which column is which, and what is left when notes and the example row are gone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl.utils import get_column_letter

from tourpool.events.problems import Problem
from tourpool.events.reading.cells import nearest, shown
from tourpool.events.reading.sheets_csv import MAX_ROWS
from tourpool.events.reading.tables import EXAMPLE, NOTE, Table


@dataclass(frozen=True)
class Sheet:
    """Cells of one table.

    Attributes
    ----------
    table
        Which table it is.
    file
        What messages call it.
    frame
        Cleaned cells, None where empty; columns as in the header, the index is Excel's row number.
    examples
        The same of rows whose note begins with EXAMPLE.
    """

    table: Table
    file: str
    frame: pd.DataFrame
    examples: pd.DataFrame


def plain(name: object) -> str:
    """Return a name as tables and columns are called: small letters, ``_`` for spaces."""
    return str(name).strip().lower().replace(" ", "_")


def with_header(table: Table, file: str, cells: pd.DataFrame) -> tuple[Sheet, list[Problem]]:
    """Take the first row as the header; columns that nobody knows stay in, and are problems."""
    if cells.empty:
        return Sheet(table, file, pd.DataFrame(), pd.DataFrame()), []
    row = int(cells.index[0])
    header = ["" if cell is None else plain(cell) for cell in cells.iloc[0]]
    body = cells.iloc[1:]
    problems = [
        *_unnamed(file, header, body),
        *_repeated(file, row, header),
        *_unknown_or_missing(table, file, row, header),
    ]
    keep = [j for j, name in enumerate(header) if name and name not in header[:j]]
    frame = body.iloc[:, keep]
    frame.columns = pd.Index([header[j] for j in keep])
    if len(frame) > MAX_ROWS:
        text = f"has more than {MAX_ROWS} rows; give each season its own tables"
        problems.append(Problem(file, None, "", text))
        frame = frame.iloc[:MAX_ROWS]
    return Sheet(table, file, *_without_notes(frame)), problems


def _unnamed(file: str, header: Sequence[str], body: pd.DataFrame) -> Iterator[Problem]:
    for j, name in enumerate(header):
        cells = body.iloc[:, j].dropna()
        if not name and len(cells):
            yield Problem(
                file,
                int(cells.index[0]),
                get_column_letter(j + 1),
                f"{shown(cells.iloc[0])} stands under no column name; "
                "name the column in the header, or put a text with commas in quotes",
            )


def _repeated(file: str, row: int, header: Sequence[str]) -> Iterator[Problem]:
    for j, name in enumerate(header):
        if name and name in header[:j]:
            letter = get_column_letter(j + 1)
            yield Problem(file, row, name, f"column {letter} has this name again; keep one of them")


def _unknown_or_missing(
    table: Table, file: str, row: int, header: Sequence[str]
) -> Iterator[Problem]:
    meant = set()
    for name in dict.fromkeys(header):
        if name and name not in table.columns and name != NOTE:
            near = nearest(name, [column for column in table.columns if column not in header])
            right = f"call it {near}" if near else f"the columns are {', '.join(table.columns)}"
            yield Problem(file, row, name, f"unknown column; {right}, or take it out")
            meant.add(near)
    for name, column in table.columns.items():
        if column.required and name not in header and name not in meant:
            text = f"this column is missing; add it: {column.description}"
            yield Problem(file, row, name, text)


def _without_notes(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows to be read, and those that their note says are examples."""
    if NOTE not in frame:
        return frame, frame.iloc[:0]
    example = frame[NOTE].map(lambda note: str(note).upper().startswith(EXAMPLE)).astype(bool)
    rest = frame.drop(columns=NOTE)
    filled = rest.notna().any(axis=1)
    return rest[~example & filled], rest[example & filled]
