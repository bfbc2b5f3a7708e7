"""The one list of tables that people fill in; columns come from the models."""

import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from tourpool.events import cells, cells_dates
from tourpool.events.fleet import BusType
from tourpool.events.occasions import Event, Session, Visit
from tourpool.events.places import District, Ecosystem, Garage, School, Venue
from tourpool.events.problems import ReadError
from tourpool.events.records import Record
from tourpool.events.rules import Agreement, CalendarEntry, Participation
from tourpool.events.seats import Apart, Choice, SeatRequest

NOTE = "note"
EXAMPLE = "EXAMPLE"  # a row whose note begins so is the template's example and is not read
DIGITS = {r"^\d{7}$": 7, r"^\d{12}$": 12}
POSITION = frozenset({"lat", "lon", "stop_lat", "stop_lon"})  # `misplaced` says more than limits
SHORT_NAMES = frozenset({"bus_type", "request_a", "request_b", "id"})


class PolicyLine(Record):
    """One decision of the season."""

    key: str = Field(description="what is decided, such as max_ride_min")
    value: str = Field(description="its value")


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
            return partial(cells.choice, kind=self.of)
        if self.of is int and "grade" in self.name:
            return cells.grade
        if self.name == "tz":
            return cells.zone
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
    int: cells.whole,
    float: cells.number,
    bool: cells.yes_no,
    tuple: cells.names,
    dt.date: cells_dates.day,
    dt.time: cells_dates.clock,
}


@dataclass(frozen=True)
class Table:
    """A table: a CSV file of that name, or a sheet of a workbook.

    Attributes
    ----------
    name
        Of the sheet; the file is ``name.csv``.
    model
        What a row becomes.
    says
        What a row is, in one line.
    required
        Whether a season cannot do without it.
    key
        Columns whose cells together name a row.
    refers
        Column to the table whose key it names.
    filled
        Columns that are filled from other cells when empty.
    joined
        Fields of the model that come from another table.
    """

    name: str
    model: type[Record]
    says: str
    required: bool = True
    key: tuple[str, ...] = ()
    refers: Mapping[str, str] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()

    @property
    def filename(self) -> str:
        """Name of its CSV file."""
        return f"{self.name}.csv"

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """Columns by name, in the order of the model; ``note`` is allowed beside them."""
        return {
            name: Column(name, info, name in self.filled)
            for name, info in self.model.model_fields.items()
            if name not in self.joined
        }


_PLACE = frozenset({"tz", "stop_lat", "stop_lon"})

TABLES: tuple[Table, ...] = (
    Table(
        "ecosystems",
        Ecosystem,
        "a region of districts that share events",
        key=("ecosystem_id",),
        refers={"adjacent": "ecosystems"},
    ),
    Table(
        "districts",
        District,
        "a school district",
        key=("leaid",),
        refers={"ecosystem_id": "ecosystems"},
    ),
    Table(
        "schools",
        School,
        "a school and where its bus loads",
        key=("ncessch",),
        refers={"leaid": "districts"},
        filled=_PLACE,
    ),
    Table("venues", Venue, "a place that is visited", key=("venue_id",), filled=_PLACE),
    Table(
        "events",
        Event,
        "an occasion, whose sessions say when",
        key=("event_id",),
        refers={"ecosystem_id": "ecosystems"},
    ),
    Table(
        "sessions",
        Session,
        "one timed offering of an event on one day",
        key=("session_id",),
        refers={"event_id": "events", "venue_id": "venues"},
        filled=frozenset({"arrive_from"}),
        joined=frozenset({"further"}),
    ),
    Table(
        "visits",
        Visit,
        "a further campus of a tour on the same day; the bus goes along",
        required=False,
        key=("session_id", "order"),
        refers={"session_id": "sessions", "venue_id": "venues"},
        filled=frozenset({"arrive_from"}),
    ),
    Table(
        "requests",
        SeatRequest,
        "seats one school asks for at one event",
        key=("request_id",),
        refers={"ncessch": "schools", "event_id": "events"},
        filled=frozenset({"grade_low", "grade_high"}),
        joined=frozenset({"choices"}),
    ),
    Table(
        "request_sessions",
        Choice,
        "a session that a request accepts; without rows it accepts all of its event",
        required=False,
        key=("request_id", "session_id"),
        refers={"request_id": "requests", "session_id": "sessions"},
    ),
    Table(
        "apart",
        Apart,
        "two requests that must not share a bus",
        required=False,
        refers={"request_a": "requests", "request_b": "requests"},
    ),
    Table(
        "garages",
        Garage,
        "a place where buses stand",
        key=("garage_id",),
        refers={"leaid": "districts"},
        filled=frozenset({"tz"}),
    ),
    Table(
        "buses",
        BusType,
        "a garage's buses of one type",
        key=("garage_id", "bus_type"),
        refers={"garage_id": "garages"},
        filled=frozenset({"bus_numbers", "usd_per_wait_hour"}),
    ),
    Table(
        "calendar",
        CalendarEntry,
        "a time when something is closed or open for fewer hours",
        required=False,
        filled=frozenset({"date_to"}),
    ),
    Table(
        "agreements",
        Agreement,
        "a district lends seats to another one",
        required=False,
        key=("agreement_id",),
        refers={"lender_leaid": "districts", "guest_leaid": "districts"},
    ),
    Table(
        "participation",
        Participation,
        "a day on which a school was served, three years back",
        required=False,
        refers={"ncessch": "schools"},
    ),
    Table(
        "policy",
        PolicyLine,
        "a decision of the season",
        required=False,
        key=("key",),
    ),
)
TABLE: Mapping[str, Table] = {table.name: table for table in TABLES}
