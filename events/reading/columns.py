"""A column of a table: how its cells are read, derived from the field of the model."""

import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from tourpool.events.problems import ReadError
from tourpool.events.reading import cells, cells_dates, cells_numbers, cells_words

DIGITS = {r"^\d{7}$": 7, r"^\d{12}$": 12}
POSITION = frozenset({"lat", "lon", "stop_lat", "stop_lon"})  # `misplaced` says more than limits
SHORT_NAMES = frozenset({"bus_type", "request_a", "request_b", "payer", "scope"})


@dataclass(frozen=True)
class Column:
    """A column of a table: how its cells are read, and what the template says about it.

    Attributes
    ----------
    name
        As in the header.
    info
        The field of the model: explanation, limits, default.
    filled
        Whether an empty cell is filled from other cells, so that the model alone needs it.
    """

    name: str
    info: FieldInfo
    filled: bool

    @property
    def required(self) -> bool:
        """Whether a cell must not be empty."""
        return self.info.is_required() and not self.filled

    @property
    def description(self) -> str:
        """The explanation; the default stands in brackets."""
        return self.info.description or ""

    @cached_property
    def of(self) -> type:
        """What a cell holds: str, int, float, bool, date, time, a StrEnum, or tuple of ids."""
        annotation: Any = self.info.annotation
        if get_origin(annotation) in (Union, types.UnionType):
            (annotation,) = (a for a in get_args(annotation) if a is not type(None))
        return get_origin(annotation) or annotation  # type: ignore[no-any-return]

    @property
    def choices(self) -> tuple[str, ...]:
        """The words a cell may hold; empty when it is not a choice."""
        if self.of is bool:
            return ("yes", "no")
        return tuple(str(m) for m in self.of) if issubclass(self.of, StrEnum) else ()

    @cached_property
    def digits(self) -> int | None:
        """How many digits an NCES number has; None for other cells."""
        patterns = (getattr(m, "pattern", None) for m in self.info.metadata)
        return next((DIGITS[p] for p in patterns if p in DIGITS), None)

    @cached_property
    def parse(self) -> Callable[[object], object]:
        """The function that reads a cell which is not empty."""
        if self.digits:
            return partial(cells.digits, length=self.digits)
        if issubclass(self.of, StrEnum):
            return partial(cells_words.choice, kind=self.of)
        if self.of is int and "grade" in self.name:
            return cells_numbers.grade
        if self.name == "tz":
            return cells_words.zone
        if self.of is str and (self.name.endswith("_id") or self.name in SHORT_NAMES):
            return cells.short_name
        return _PARSE[self.of]

    @cached_property
    def _limits(self) -> TypeAdapter[Any]:
        limited: Any = Annotated[self.of, self.description, *self.info.metadata]
        return TypeAdapter(limited)

    def read(self, cell: object) -> object:
        """Read a cell; None when it is empty and may be.

        Raises
        ------
        ReadError
            When it is empty and must not be, cannot be understood, or is out of its limits.
        """
        if cell is None:
            if self.required:
                raise ReadError("is empty", f"fill in: {self.description}")
            return None
        if cell in cells.EXCEL_ERRORS:
            raise ReadError(f"{cell} is an error of Excel", "mend the formula or type the value")
        value = self.parse(cell)
        if self.name in POSITION:
            return value
        try:
            self._limits.validate_python(value)
        except ValidationError:
            raise ReadError(f"{cells.shown(cell)} is out of range", self._range()) from None
        return value

    def _range(self) -> str:
        limits = {
            name: bound
            for m in self.info.metadata
            for name in ("ge", "gt", "le", "lt")
            if (bound := getattr(m, name, None)) is not None
        }
        words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
        return "write " + " and ".join(f"{words[n]} {bound}" for n, bound in limits.items())


_PARSE: Mapping[type, Callable[[object], object]] = {
    str: cells.text,
    int: cells_numbers.whole,
    float: cells_numbers.number,
    bool: cells_words.yes_no,
    tuple: cells.names,
    dt.date: cells_dates.day,
    dt.time: cells_dates.clock,
}
