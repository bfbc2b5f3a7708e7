"""What coaches ask for: seats for a school at an event."""

import datetime as dt

from pydantic import Field

from tourpool.events.records import Record


class Choice(Record):
    """A session that a request accepts; 1 is liked best."""

    request_id: str = Field(description="the request")
    session_id: str = Field(description="a session of its event")
    rank: int = Field(
        default=1, ge=1, le=1000, description="1 is liked best; equal ranks are allowed [1]"
    )


class SeatRequest(Record):
    """Seats one school asks for at one event. Riders are people, durations minutes."""

    request_id: str = Field(min_length=1, description="short name of the request")
    ncessch: str = Field(pattern=r"^\d{12}$", description="school, 12 digits, as text")
    event_id: str = Field(description="the event")
    grade_low: int = Field(ge=-1, le=13, description="lowest grade that rides [the event's]")
    grade_high: int = Field(ge=-1, le=13, description="highest grade that rides [the event's]")
    students: int = Field(ge=0, le=2000, description="students, without chaperones")
    chaperones: int = Field(ge=0, le=300, description="adults; each takes a large seat")
    wheelchairs: int = Field(
        default=0, ge=0, le=60, description="wheelchair places needed, of these riders [0]"
    )
    may_split: bool = Field(default=False, description="yes when it may ride in two parts [no]")
    max_ride_min: int | None = Field(
        default=None, gt=0, le=1440, description="longest time on board, one way, minutes [policy]"
    )
    requested_on: dt.date | None = Field(default=None, description="day it was asked for [none]")
    choices: tuple[Choice, ...] = Field(
        default=(), description="from the table request_sessions; all of the event when none"
    )

    @property
    def people(self) -> int:
        """Everybody who rides: students and chaperones."""
        return self.students + self.chaperones


class Apart(Record):
    """Two requests that must not share a bus."""

    request_a: str = Field(description="a request")
    request_b: str = Field(description="the request it must not share a bus with")
