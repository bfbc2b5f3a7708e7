"""Rows of one table: cells read, empty ones filled, every problem kept with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tourpool.events.problems import Problem, ReadError
from tourpool.events.reading.defaults import Seen, fill
from tourpool.events.reading.headers import Sheet
from tourpool.events.reading.positions import misplaced
from tourpool.events.reading.tables import Table
from tourpool.events.records import Record

R = TypeVar("R", bound=Record, covariant=True)


@dataclass(frozen=True)
class Row(Generic[R]):
    """A record and the place it was typed in."""

    file: str
    number: int
    record: R

    def problem(self, column: str, wrong: str, right: str) -> Problem:
        """Say what is wrong in this row and what would be right."""
        return Problem(self.file, self.number, column, f"{wrong}; {right}")


@dataclass(frozen=True)
class Typed:
    """What was typed in a row, by column, as far as its cells could be read."""

    file: str
    number: int
    values: Mapping[str, Any]

    def problem(self, column: str, wrong: str, right: str) -> Problem:
        """Say what is wrong in this row and what would be right."""
        return Problem(self.file, self.number, column, f"{wrong}; {right}")


@dataclass
class Rows:
    """What came of one table: all rows, those that could be read whole, and problems of cells."""

    typed: list[Typed] = field(default_factory=list)
    good: list[Row[Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_rows(sheet: Sheet, seen: Seen) -> Rows:
    """Read the rows of a sheet.

    Parameters
    ----------
    sheet
        Cells of the table.
    seen
        Records of the tables read before, by table name and key, to fill empty cells from.
    """
    rows = Rows()
    table = sheet.table
    columns = [name for name in sheet.frame.columns if name in table.columns]
    cells_of_rows = sheet.frame[columns].itertuples(index=False, name=None)
    for index, cells in zip(sheet.frame.index, cells_of_rows, strict=True):
        number = int(index)
        values, wrong = _values(table, dict(zip(columns, cells, strict=True)))
        required = (name for name, column in table.columns.items() if column.required)
        if all(values.get(name) is not None for name in required):
            unread = wrong.keys() - values.keys()
            wrong = fill(table.name, values, seen) | wrong
            for name in unread:  # what could not be read is not empty: it has no default
                values.pop(name, None)
            if not wrong:
                given = {name: value for name, value in values.items() if value is not None}
                record = table.model.model_validate(given)
                rows.good.append(Row(sheet.file, number, record))
        rows.typed.append(Typed(sheet.file, number, values))
        rows.problems += [Problem(sheet.file, number, *where) for where in wrong.items()]
    return rows


def _values(table: Table, cells: Mapping[str, object]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values by column, and what is wrong by column."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, cell in cells.items():
        try:
            values[name] = table.columns[name].read(cell)
        except ReadError as e:
            wrong[name] = str(e)
    for prefix in ("", "stop_"):
        lat, lon = values.get(f"{prefix}lat"), values.get(f"{prefix}lon")
        if lat is not None and lon is not None and (m := misplaced(lat, lon, values.get("leaid"))):
            wrong[f"{prefix}{m.column}"] = f"{m.wrong}; {m.right}"
    return values, wrong
