"""A table of speeds as people edit it: a CSV file with one row to a class of road."""

import csv
import io
from pathlib import Path
from typing import Final

from tourpool.events.files import write_text
from tourpool.events.problems import Problem, ReadError, TableError
from tourpool.events.reading.cells import clean, nearest, shown
from tourpool.events.reading.cells_numbers import number
from tourpool.events.reading.sheets_csv import read_csv
from tourpool.routing.network.speeds import CLASSES, SOURCES, SpeedTable

COLUMNS: Final = ("road", "mph_paved", "mph_unpaved")
CAP: Final = "any"
"""The row that says what a school bus never exceeds."""

SLOWEST_MPH, FASTEST_MPH = 2.0, 85.0


def write_speeds(table: SpeedTable, path: Path) -> None:
    """Write a table of speeds that `read_speeds` reads; notes say where the figures are from."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow((*COLUMNS, "source"))
    for name, speeds in ((CAP, table.cap_mph), *table.mph.items()):
        rows.writerow((name, *(f"{mph:g}" for mph in speeds), SOURCES[name]))
    write_text(path, text.getvalue())


def read_speeds(path: Path, *, built_up_factor: float | None = None) -> SpeedTable:
    """Read a table of speeds; classes that it does not name keep the default.

    Raises
    ------
    TableError
        With every cell that cannot be a speed, and every class that there is not.
    """
    default = SpeedTable()
    factor = default.built_up_factor if built_up_factor is None else built_up_factor
    rows = _rows(path)
    speeds: dict[str, tuple[float, float]] = {}
    problems: list[Problem] = []
    for n, (name, *cells) in rows:
        if name not in (*CLASSES, CAP) or name in speeds:
            text = _no_class(str(name or ""), again=name in speeds)
            problems.append(Problem(path.name, n, COLUMNS[0], text))
            continue
        paved, unpaved = (
            _mph(cell, path.name, n, column, problems)
            for cell, column in zip(cells, COLUMNS[1:], strict=True)
        )
        speeds[str(name)] = (paved, unpaved)
    if problems:
        raise TableError(problems)
    cap = speeds.pop(CAP, default.cap_mph)
    return SpeedTable({**default.mph, **speeds}, cap, factor, path.name)


def _rows(path: Path) -> list[tuple[int, list[object]]]:
    """Row numbers and cells of the columns we know; rows without any are left out."""
    try:
        table = read_csv(path)
    except ReadError as error:
        raise TableError([Problem(path.name, None, "", str(error))]) from None
    cells = [[clean(cell) for cell in row] for row in table.itertuples(index=False)]
    header = [str(cell or "").lower() for cell in cells[0]]
    right = f"is missing; the header is {','.join(COLUMNS)}"
    missing = [Problem(path.name, 1, name, right) for name in COLUMNS if name not in header]
    if missing:
        raise TableError(missing)
    at = [header.index(name) for name in COLUMNS]
    known = ((n, [row[i] for i in at]) for n, row in enumerate(cells[1:], 2))
    return [(n, row) for n, row in known if any(cell is not None for cell in row)]


def _mph(cell: object, file: str, row: int, column: str, problems: list[Problem]) -> float:
    try:
        if cell is None:
            raise ReadError("is empty", "write miles an hour, such as 35")
        mph = number(cell)
        if not SLOWEST_MPH <= mph <= FASTEST_MPH:
            raise ReadError(
                f"{shown(cell)} is no speed of a bus",
                f"write miles an hour from {SLOWEST_MPH:g} to {FASTEST_MPH:g}",
            )
    except ReadError as error:
        problems.append(Problem(file, row, column, str(error)))
        return SLOWEST_MPH
    return mph


def _no_class(name: str, *, again: bool) -> str:
    if again:
        return f"{name} stands here a second time; keep one of the rows"
    near = nearest(name, (*CLASSES, CAP)) if name else None
    right = f"did you mean {near}?" if near else f"the classes are {', '.join((CAP, *CLASSES))}"
    return f"{shown(name)} is no class of road; {right}"
