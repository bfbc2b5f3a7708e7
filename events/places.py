"""Where people are: ecosystems, districts, schools, venues and garages."""

from datetime import time
from typing import NamedTuple

from pydantic import Field

from tourpool.events.records import Record


class Point(NamedTuple):
    """A position in degrees, WGS 84."""

    lat: float
    lon: float


class Ecosystem(Record):
    """A region of districts that share events."""

    ecosystem_id: str = Field(min_length=1, description="short name that other tables use")
    name: str = Field(min_length=1, description="name as people say it")
    adjacent: tuple[str, ...] = Field(
        default=(), description="neighbouring ecosystems, ids separated by ; [none]"
    )


class District(Record):
    """A school district; it owns schools and, mostly, buses."""

    leaid: str = Field(pattern=r"^\d{7}$", description="NCES district number, 7 digits, as text")
    name: str = Field(min_length=1, description="name of the district")
    ecosystem_id: str = Field(description="the ecosystem it belongs to")
    college_career_ready_pct: float | None = Field(
        default=None, ge=0, le=100, description="students ready for college or career, % [unknown]"
    )
    small_until_grade: int = Field(
        default=5, ge=-1, le=12, description="up to this grade three sit to a bench [5]"
    )


class School(Record):
    """A school and the place where its bus loads."""

    ncessch: str = Field(pattern=r"^\d{12}$", description="NCES school number, 12 digits, as text")
    leaid: str = Field(pattern=r"^\d{7}$", description="its district, 7 digits")
    name: str = Field(min_length=1, description="name of the school")
    lat: float = Field(ge=-90, le=90, description="latitude in degrees, 33.5")
    lon: float = Field(ge=-180, le=180, description="longitude in degrees, -90.2 in the west")
    locale: int = Field(description="NCES locale code 11-43; 41-43 is rural")
    grade_low: int = Field(ge=-1, le=13, description="lowest grade; PK or KG are understood")
    grade_high: int = Field(ge=-1, le=13, description="highest grade")
    tz: str = Field(description="time zone, America/Chicago [from the position]")
    stop_lat: float = Field(ge=-90, le=90, description="where the bus loads [lat]")
    stop_lon: float = Field(ge=-180, le=180, description="where the bus loads [lon]")
    loading_note: str = Field(default="", description="what a driver must know to load [none]")
    contact: str = Field(default="", description="name and phone of the school office [none]")
    earliest_pickup: time = Field(
        default=time(6), description="no bus before this, local time [06:00]"
    )
    latest_return: time = Field(
        default=time(18), description="last student off by then, local time [18:00]"
    )

    @property
    def stop(self) -> Point:
        """Where the bus loads."""
        return Point(self.stop_lat, self.stop_lon)


class Venue(Record):
    """A place that is visited: a campus, a fair ground, an employer."""

    venue_id: str = Field(min_length=1, description="short name that other tables use")
    name: str = Field(min_length=1, description="name of the venue")
    lat: float = Field(ge=-90, le=90, description="latitude in degrees")
    lon: float = Field(ge=-180, le=180, description="longitude in degrees (west is negative)")
    tz: str = Field(description="time zone [from the position]")
    stop_lat: float = Field(ge=-90, le=90, description="where the bus unloads [lat]")
    stop_lon: float = Field(ge=-180, le=180, description="where the bus unloads [lon]")
    loading_note: str = Field(default="", description="what a driver must know to unload [none]")
    contact: str = Field(default="", description="name and phone of the host [none]")
    max_people: int | None = Field(
        default=None,
        gt=0,
        le=1_000_000,
        description="people at one session, chaperones included [no limit]",
    )
    max_group: int | None = Field(
        default=None,
        gt=0,
        le=1_000_000,
        description="people in one group, chaperones included [no limit]",
    )
    students_per_chaperone: int | None = Field(
        default=None,
        gt=0,
        le=1_000_000,
        description="students to one chaperone at the most [policy]",
    )

    @property
    def stop(self) -> Point:
        """Where the bus unloads."""
        return Point(self.stop_lat, self.stop_lon)


class Garage(Record):
    """Where buses stand: a district's bus lot or a charter company's yard."""

    garage_id: str = Field(min_length=1, description="short name that other tables use")
    name: str = Field(min_length=1, description="name of the bus lot")
    leaid: str | None = Field(
        default=None, pattern=r"^\d{7}$", description="its district [a charter company]"
    )
    lat: float = Field(ge=-90, le=90, description="latitude in degrees")
    lon: float = Field(ge=-180, le=180, description="longitude in degrees (west is negative)")
    tz: str = Field(description="time zone [from the position]")
    contact: str = Field(default="", description="name and phone of the dispatcher [none]")

    @property
    def stop(self) -> Point:
        """Where the bus starts and ends its day."""
        return Point(self.lat, self.lon)
