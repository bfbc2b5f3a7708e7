"""What binds a season: calendar, agreements, earlier participation, policy."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from tourpool.events.occasions import EventKind
from tourpool.events.records import Record


class Scope(StrEnum):
    """Whose calendar an entry belongs to."""

    DISTRICT = "district"
    SCHOOL = "school"
    VENUE = "venue"
    GARAGE = "garage"
    BUS = "bus"


class CalendarEntry(Record):
    """Days on which something is closed or open for fewer hours. Both dates are included."""

    scope: Scope = Field(description="district, school, venue, garage or bus")
    id: str = Field(
        description="its id: leaid, ncessch, venue_id, garage_id; a bus is garage/type or "
        "garage/type/number"
    )
    date_from: dt.date = Field(description="first day")
    date_to: dt.date = Field(description="last day [date_from]")
    closed: bool = Field(default=False, description="yes when closed all day [no]")
    free_from: dt.time | None = Field(
        default=None, description="open from, local; when a bus is free from [none]"
    )
    free_to: dt.time | None = Field(
        default=None, description="open to, local; when a bus is free to [none]"
    )


class AgreementKind(StrEnum):
    """What allows a district's bus to carry another district's students."""

    AGREEMENT = "agreement"
    BOARD_FINDING = "board_finding"


class Agreement(Record):
    """A district lends seats to another one. Both dates are included."""

    agreement_id: str = Field(min_length=1, description="short name of the agreement")
    lender_leaid: str = Field(pattern=r"^\d{7}$", description="the district that owns the bus")
    guest_leaid: str = Field(pattern=r"^\d{7}$", description="the district whose students ride")
    valid_from: dt.date = Field(description="first day")
    valid_to: dt.date = Field(description="last day")
    kind: AgreementKind = Field(
        default=AgreementKind.AGREEMENT, description="agreement or board_finding [agreement]"
    )
    reference: str = Field(default="", description="where the paper is found [none]")


class Participation(Record):
    """Who has been served before, three years back."""

    ncessch: str = Field(pattern=r"^\d{12}$", description="school, 12 digits")
    date: dt.date = Field(description="day of the tour or fair")
    event_kind: EventKind = Field(description="college_tour, career_fair, job_shadow or training")
    students: int = Field(ge=0, le=100_000, description="how many rode")


class AgreementPolicy(StrEnum):
    """What happens where no agreement is found."""

    MARK = "mark"
    REQUIRE = "require"


class Policy(Record):
    """What a season decides once. Weights are added to a base of 1."""

    roads: str = Field(
        default="estimated",
        min_length=1,
        description="name of roads built from a map file, or estimated: by straight lines",
    )
    max_ride_min: int = Field(
        default=90, gt=0, le=1440, description="longest time on board, one way"
    )
    stop_s: int = Field(
        default=180, ge=0, le=3600, description="seconds each stop takes, boarding apart"
    )
    board_s_per_rider: int = Field(
        default=4, ge=0, le=600, description="seconds one rider takes to board"
    )
    arrive_early_min: int = Field(
        default=10, ge=0, le=240, description="minutes a bus plans to be early"
    )
    students_per_chaperone: int = Field(
        default=10, gt=0, le=1000, description="students to one chaperone"
    )
    cost_slack_pct: float = Field(
        default=1, ge=0, le=100, description="% over the least cost that liked sessions may take"
    )
    agreements: AgreementPolicy = Field(
        default=AgreementPolicy.MARK, description="mark or require: pooling without an agreement"
    )
    run_pairs_per_day: int = Field(
        default=2, ge=1, le=2, description="1 or 2: sessions a bus may go to in one day"
    )
    garage_break_min: int = Field(
        default=30, ge=0, le=600, description="minutes in the garage from which a stay is unpaid"
    )
    change_session: int = Field(
        default=8, ge=0, le=1000, description="replan: a rider's move to another session"
    )
    change_bus: int = Field(
        default=2, ge=0, le=1000, description="replan: a rider's move to another bus"
    )
    change_time: int = Field(
        default=1, ge=0, le=1000, description="replan: a rider's pick-up that moves"
    )
    change_time_min: int = Field(
        default=10, ge=0, le=1440, description="minutes by which a pick-up may move uncounted"
    )
    weight_rural: float = Field(default=1, ge=0, le=1, description="added for locale 42 and 43")
    weight_rural_fringe: float = Field(
        default=0.5, ge=0, le=1, description="added for locale 41, and 33 (a remote town)"
    )
    weight_low_readiness: float = Field(
        default=1, ge=0, le=1, description="added in full at 0 % ready, none at 100 % or unknown"
    )
    weight_never_served: float = Field(
        default=1, ge=0, le=1, description="added for schools not served in three years"
    )
