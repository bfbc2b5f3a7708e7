"""What is wrong with the tables people typed, where, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend; prints as ``file:row:column: what is wrong; what would be right``.

    Attributes
    ----------
    file
        ``schools.csv``, or ``season.xlsx/schools`` for a sheet.
    row
        The row number that Excel shows; the header is row 1. None when it is about the file.
    column
        Column name; empty when it is about the row or the file.
    text
        What is wrong; what would be right.
    """

    file: str
    row: int | None
    column: str
    text: str

    def __str__(self) -> str:
        where = [self.file, "" if self.row is None else str(self.row), self.column]
        return f"{':'.join(part for part in where if part)}: {self.text}"


class ReadError(ValueError):
    """Something that cannot be read: what is wrong; what would be right. Who catches says where."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(f"{wrong}; {right}")


class InputError(ValueError):
    """Something that whoever gave us a file or a name can mend; the text says how."""


class NotAddedError(InputError):
    """A request is in order, but there is a reason not to add it."""


class TableError(InputError):
    """All problems of a season at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
