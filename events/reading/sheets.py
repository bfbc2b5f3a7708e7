"""The tables of a folder of CSV files or of a workbook, before anybody reads their cells."""

from pathlib import Path

import pandas as pd

from tourpool.events.problems import Problem, ReadError
from tourpool.events.reading.cells import clean, nearest
from tourpool.events.reading.headers import Sheet, plain, with_header
from tourpool.events.reading.sheets_csv import read_csv
from tourpool.events.reading.sheets_xlsx import read_xlsx
from tourpool.events.reading.tables import TABLE

IGNORED = frozenset({"readme", "notes", "help"})
SUFFIXES = frozenset({".csv", ".tsv", ".txt"})  # .txt is Excel's "Unicode Text"


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
        table = TABLE.get(plain(name))
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
            sheet, wrong = with_header(table, file, cells)
            sheets[table.name] = sheet
            problems += wrong
    return sheets, problems


def _folder(path: Path) -> tuple[list[tuple[str, str, pd.DataFrame]], list[Problem]]:
    found: list[tuple[str, str, pd.DataFrame]] = []
    problems = []
    for file in sorted(path.iterdir()):
        known = plain(file.stem) in TABLE
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


def _ignored(name: str) -> bool:
    return plain(name) in IGNORED or name.startswith(("_", ".", "~"))


def _unknown(file: str, name: str) -> Problem:
    near = nearest(plain(name), TABLE)
    right = f"call it {near}" if near else f"the tables are {', '.join(TABLE)}"
    return Problem(
        file, None, "", f"{name} is no table; {right}, or begin its name with _ to leave it out"
    )


def _without_blank_rows(cells: pd.DataFrame) -> pd.DataFrame:
    cleaned = [[clean(c) for c in row] for row in cells.itertuples(index=False)]
    cells = pd.DataFrame(cleaned, index=cells.index, dtype=object)  # object: no guessing of types
    return cells[cells.notna().any(axis=1)]
