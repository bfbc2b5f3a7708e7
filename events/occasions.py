"""What is offered: events, their sessions and the visits of a session."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from tourpool.events.records import Record


class EventKind(StrEnum):
    """What sort of occasion it is."""

    COLLEGE_TOUR = "college_tour"
    CAREER_FAIR = "career_fair"
    JOB_SHADOW = "job_shadow"
    TRAINING = "training"


class OpenTo(StrEnum):
    """Whose schools may come."""

    OWN = "own"
    ADJACENT = "adjacent"
    ALL = "all"


class Event(Record):
    """An occasion; its sessions say when."""

    event_id: str = Field(min_length=1, description="short name that other tables use")
    name: str = Field(min_length=1, description="name of the event")
    kind: EventKind = Field(description="college_tour, career_fair, job_shadow or training")
    ecosystem_id: str = Field(description="the ecosystem that hosts it")
    open_to: OpenTo = Field(
        default=OpenTo.ADJACENT, description="own, adjacent or all ecosystems [adjacent]"
    )
    grade_low: int = Field(default=9, ge=-1, le=13, description="lowest grade [9]")
    grade_high: int = Field(default=12, ge=-1, le=13, description="highest grade [12]")
    adults_only: bool = Field(
        default=False, description="yes for trainings where coaches ride [no]"
    )
    lead_days: int = Field(
        default=0, ge=0, le=3650, description="days of notice the host wants [0]"
    )


class Visit(Record):
    """One stay at one venue; times are local at the venue."""

    session_id: str = Field(description="the session it belongs to")
    order: int = Field(
        ge=1, le=20, description="2 for the second campus of the day, 3 for the third"
    )
    venue_id: str = Field(description="the campus")
    arrive_from: dt.time = Field(description="not before [arrive_by less 30 min]")
    arrive_by: dt.time = Field(description="not after")
    depart: dt.time = Field(description="the bus leaves then")


class Session(Record):
    """One timed offering of an event on one day; a chain of one or more visits."""

    session_id: str = Field(min_length=1, description="short name that other tables use")
    event_id: str = Field(description="the event it offers")
    date: dt.date = Field(description="day, 2027-03-09")
    venue_id: str = Field(description="where; the first campus of a tour")
    arrive_from: dt.time = Field(description="not before, local time [arrive_by less 30 min]")
    arrive_by: dt.time = Field(description="not after, local time")
    depart: dt.time = Field(description="the bus leaves then, local time")
    max_people: int | None = Field(
        default=None,
        gt=0,
        le=1_000_000,
        description="people in the session, chaperones included [no limit]",
    )
    max_people_per_school: int | None = Field(
        default=None,
        gt=0,
        le=1_000_000,
        description="people of one school, chaperones included [no limit]",
    )
    further: tuple[Visit, ...] = Field(default=(), description="from the table visits, in order")

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The chain of visits, first one included."""
        first = Visit(
            session_id=self.session_id,
            order=1,
            venue_id=self.venue_id,
            arrive_from=self.arrive_from,
            arrive_by=self.arrive_by,
            depart=self.depart,
        )
        return (first, *self.further)
