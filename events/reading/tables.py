"""The one list of tables that people fill in; columns come from the models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import Field

from tourpool.events.budgets import Budget
from tourpool.events.fleet import BusType, Tariff
from tourpool.events.hazards import Hazard
from tourpool.events.occasions import Event, Session, Visit
from tourpool.events.pins import Pin
from tourpool.events.places import District, Ecosystem, Garage, School, Venue
from tourpool.events.reading.columns import Column
from tourpool.events.records import Record
from tourpool.events.rules import Agreement, CalendarEntry, Participation
from tourpool.events.seats import Apart, Choice, SeatRequest

NOTE = "note"
EXAMPLE = "EXAMPLE"  # a row whose note begins so is the template's example and is not read


class PolicyLine(Record):
    """One decision of the season."""

    key: str = Field(description="what is decided, such as max_ride_min")
    value: str = Field(description="its value")


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
        refers={"garage_id": "garages", "tariff_id": "tariffs"},
        filled=frozenset({"bus_numbers", "usd_per_wait_hour"}),
    ),
    Table(
        "tariffs",
        Tariff,
        "one tier of a tariff, the price of the miles beyond a number of them",
        required=False,
        key=("tariff_id", "from_mi"),
        filled=frozenset({"from_mi"}),
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
        "budgets",
        Budget,
        "the most that the riders of a district or an ecosystem may cost",
        required=False,
        key=("payer", "scope"),
        filled=frozenset({"scope"}),
    ),
    Table(
        "participation",
        Participation,
        "a day on which a school was served, three years back",
        required=False,
        refers={"ncessch": "schools"},
    ),
    Table(
        "hazards",
        Hazard,
        "a place on a road that is closed, weak or low, on all days or on some",
        required=False,
        key=("hazard_id",),
    ),
    Table(
        "pins",
        Pin,
        "a request that rides in a session that you fix, perhaps on a bus",
        required=False,
        key=("request_id",),
        refers={"request_id": "requests", "session_id": "sessions"},
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
