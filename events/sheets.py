"""The tables of a folder of CSV files or of a workbook, before anybody reads their cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from tourpool.events.cells import clean, nearest, shown
from tourpool.events.problems import Problem, ReadError
from tourpool.events.sheets_csv import MAX_ROWS, read_csv
from tourpool.events.sheets_xlsx import read_xlsx
from tourpool.events.tables import EXAMPLE, NOTE, TABLE, Table

IGNORED = frozenset({"readme", "notes", "help"})
SUFFIXES = frozenset({".csv", ".tsv", ".txt"})  # .txt is Excel's "Unicode Text"


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
    """

    table: Table
    file: str
    frame: pd.DataFrame


def read_sheets(path: Path) -> tuple[dict[str, Sheet], list[Problem]]:
    """Read every table that a folder or workbook holds.

    Returns
    -------
    sheets
        By table name; also those with problems in their header, as far as they can be read.
    problems
        Of files, names of tables, and headers.
    """
    if path.is_dir():
        found, problems = _folder(path)
    else:
        found, problems = _workbook(path)
    sheets: dict[str, Sheet] = {}
    for file, name, cells in found:
        table = TABLE.get(_plain(name))
        if table is None:
            if cells.size:
                problems.append(_unknown(file, name))
        elif table.name in sheets:
            problems.append(
                Problem(
                    file,
                    None,
                    "",
                    f"gives the table {table.name} again, after {sheets[table.name].file}; "
                    "put all rows in one of them",
                )
            )
        else:
            sheet, wrong = _with_header(table, file, cells)
            sheets[table.name] = sheet
            problems += wrong
    return sheets, problems


def _folder(path: Path) -> tuple[list[tuple[str, str, pd.DataFrame]], list[Problem]]:
    found: list[tuple[str, str, pd.DataFrame]] = []
    problems = []
    for file in sorted(path.iterdir()):
        known = _plain(file.stem) in TABLE
        suffix = file.suffix.lower()
        if suffix not in SUFFIXES or _ignored(file.stem) or (suffix == ".txt" and not known):
            continue
        try:
            found.append((file.name, file.stem, _without_blank_rows(read_csv(file))))
        except ReadError as e:
            problems.append(Problem(file.name, None, "", str(e)))
            if known:  # it is there, so nobody should be told that it is missing
                found.append((file.name, file.stem, pd.DataFrame()))
    if not found and not problems:
        books = sorted(path.glob("*.xlsx"))
        right = (
            f"give the workbook itself: {books[0]}" if books else "expected schools.csv and others"
        )
        problems.append(Problem(str(path), None, "", f"holds no tables; {right}"))
    return found, problems


def _workbook(path: Path) -> tuple[list[tuple[str, str, pd.DataFrame]], list[Problem]]:
    try:
        if not path.exists():
            raise ReadError("does not exist", "give a folder of CSV files or an .xlsx workbook")
        if path.suffix.lower() != ".xlsx":
            raise ReadError("is no season", "give a folder of CSV files or an .xlsx workbook")
        sheets = read_xlsx(path)
    except ReadError as e:
        return [], [Problem(path.name, None, "", str(e))]
    return [
        (f"{path.name}/{name}", name, _without_blank_rows(cells))
        for name, cells in sheets
        if not _ignored(name)
    ], []


def _plain(name: object) -> str:
    return str(name).strip().lower().replace(" ", "_")


def _ignored(name: str) -> bool:
    return _plain(name) in IGNORED or name.startswith(("_", ".", "~"))


def _unknown(file: str, name: str) -> Problem:
    near = nearest(_plain(name), TABLE)
    right = f"call it {near}" if near else f"the tables are {', '.join(TABLE)}"
    return Problem(
        file, None, "", f"{name} is no table; {right}, or begin its name with _ to leave it out"
    )


def _without_blank_rows(cells: pd.DataFrame) -> pd.DataFrame:
    cleaned = [[clean(c) for c in row] for row in cells.itertuples(index=False)]
    cells = pd.DataFrame(cleaned, index=cells.index, dtype=object)  # object: no guessing of types
    return cells[cells.notna().any(axis=1)]


def _with_header(table: Table, file: str, cells: pd.DataFrame) -> tuple[Sheet, list[Problem]]:
    if cells.empty:
        return Sheet(table, file, pd.DataFrame()), []
    row = int(cells.index[0])
    header = ["" if c is None else _plain(c) for c in cells.iloc[0]]
    body = cells.iloc[1:]
    problems = _header_problems(table, file, row, header, body)
    keep = [j for j, name in enumerate(header) if name and name not in header[:j]]
    frame = body.iloc[:, keep]
    frame.columns = pd.Index([header[j] for j in keep])
    if len(frame) > MAX_ROWS:
        problems.append(
            Problem(file, MAX_ROWS + 2, "", f"has more than {MAX_ROWS} rows; split the season")
        )
        frame = frame.iloc[:MAX_ROWS]
    return Sheet(table, file, _without_notes(frame)), problems


def _header_problems(
    table: Table, file: str, row: int, header: Sequence[str], body: pd.DataFrame
) -> list[Problem]:
    problems = []
    for j, name in enumerate(header):
        letter = get_column_letter(j + 1)
        if not name:
            filled = body.index[body.iloc[:, j].notna()]
            if len(filled):
                problems.append(
                    Problem(
                        file,
                        int(filled[0]),
                        letter,
                        f"{shown(body.iloc[:, j].loc[filled[0]])} stands under no column name; "
                        "name the column in the header, or put a text with commas in quotes",
                    )
                )
        elif name in header[:j]:
            problems.append(
                Problem(file, row, name, f"column {letter} has this name again; keep one of them")
            )
        elif name not in table.columns and name != NOTE:
            near = nearest(name, [c for c in table.columns if c not in header])
            right = f"call it {near}" if near else f"the columns are {', '.join(table.columns)}"
            problems.append(Problem(file, row, name, f"unknown column; {right}, or take it out"))
    problems += [
        Problem(file, row, name, f"this column is missing; add it: {column.description}")
        for name, column in table.columns.items()
        if column.required and name not in header
    ]
    return problems


def _without_notes(frame: pd.DataFrame) -> pd.DataFrame:
    if NOTE not in frame:
        return frame
    example = frame[NOTE].map(lambda note: str(note).upper().startswith(EXAMPLE))
    rest = frame.drop(columns=NOTE)
    return rest[~example & rest.notna().any(axis=1)]
