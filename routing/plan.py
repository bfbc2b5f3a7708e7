"""A Plan: what we promise people. Complete in itself; maps and papers need nothing else.

Times are whole seconds since 00:00 UTC of the block's date, distances whole metres, money
whole 1e-4 US$. Reading a written plan back gives an equal plan.
"""

import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import Final, Literal

from pydantic import Field

from tourpool.events.equity import Factor
from tourpool.events.fleet import BusType, Tariff
from tourpool.events.occasions import EventKind
from tourpool.events.pins import Pin
from tourpool.events.records import Frozen

SCHEMA: Final = "tourpool-plan/1"


class PlaceKind(StrEnum):
    """What stands there."""

    SCHOOL = "school"
    VENUE = "venue"
    GARAGE = "garage"


class Place(Frozen):
    """A school, venue or garage that the plan or its requests speak of."""

    place_id: str = Field(description="ncessch, venue_id or garage_id; unique with its kind")
    kind: PlaceKind
    name: str
    lat: float
    lon: float
    stop_lat: float
    stop_lon: float
    tz: str
    metres_to_road: int
    leaid: str | None = None
    district: str = ""
    ecosystem_id: str = ""
    locale: int | None = None
    ready_pct: float | None = Field(
        default=None,
        description="% of its district's students who are college and career ready; None: unknown",
    )
    loading_note: str = ""
    contact: str = ""


class PlanVisit(Frozen):
    """One stay at one venue, as offered."""

    venue_id: str
    arrive_from_s: int
    arrive_by_s: int
    depart_s: int


class PlanSession(Frozen):
    """A session of the season, with what the plan brings to it."""

    session_id: str
    event_id: str
    event: str = Field(description="name of the event")
    kind: EventKind
    ecosystem_id: str
    date: dt.date
    visits: tuple[PlanVisit, ...]
    max_people: int | None = Field(description="tightest of session and venues; None: no limit")
    max_people_per_school: int | None
    people: int = Field(description="students and chaperones whom the plan brings")
    students: int = Field(description="counted riders whom the plan brings")


class ReasonKind(StrEnum):
    """Why a request is not served."""

    NO_ROAD = "no road that a bus may use"
    RIDE_LIMIT = "beyond every ride limit"
    SCHOOL_HOURS = "outside the hours of its school"
    NO_BUS = "no bus that can bring it"
    NO_WHEELCHAIR = "no bus with the wheelchair places it needs"
    FEW_RIDERS = "too few riders for a bus to go"
    PEOPLE_LIMIT = "people limit of the session"
    BUDGET = "beyond what a budget has left"
    OVER = "over on every day it accepts"
    CLOSED = "closed on every day it accepts"
    OUTWEIGHED = "outweighed by others"


class Reason(Frozen):
    """Why a request is not served: the kind, and a sentence with figures."""

    kind: ReasonKind
    text: str


class PlanRequest(Frozen):
    """A request with its weight and its fate: a session, or a reason."""

    request_id: str
    ncessch: str
    event_id: str
    students: int
    chaperones: int
    wheelchairs: int
    counted: int = Field(description="riders whom the weight counts")
    grade_low: int
    grade_high: int
    max_ride_min: int = Field(description="its own limit, or the policy's")
    weight_hundredths: int
    factors: tuple[Factor, ...] = Field(description="weight is 100 plus their sum")
    accepts: tuple[str, ...] = Field(description="session ids, best liked first")
    session_id: str | None = Field(description="the session it was given; None: not served")
    rank: int | None = None
    reason: Reason | None = None


class Group(Frozen):
    """Riders of one request who travel together: the whole request, or one part of it."""

    group_id: str = Field(description="request_id, or request_id/1, /2 ... for its parts")
    request_id: str
    ncessch: str
    part: int = Field(ge=1)
    parts: int = Field(ge=1)
    students: int
    chaperones: int
    wheelchairs: int
    counted: int = Field(description="riders whom the weight counts")

    @property
    def people(self) -> int:
        """Everybody in it."""
        return self.students + self.chaperones


class Boarding(Frozen):
    """One group getting on or off at a stop, from ``begin_s`` to ``end_s``."""

    group_id: str
    begin_s: int
    end_s: int


class PlanTurn(Frozen):
    """One line of a turn list: what to do, and how far it is to the next one."""

    text: str
    metres: int


class StopTime(Frozen):
    """A bus at a place. Metres and seconds are those driven from the stop before."""

    kind: PlaceKind
    place_id: str
    arrive_s: int
    depart_s: int
    metres: int = Field(description="driven from the stop before; 0 at the first")
    drive_s: int = Field(description="driven from the stop before; 0 at the first")
    on: tuple[Boarding, ...] = Field(default=(), description="in the order of boarding")
    off: tuple[Boarding, ...] = Field(default=(), description="in the order of alighting")
    line: tuple[tuple[float, float], ...] = Field(
        default=(), description="(lat, lon) driven from the stop before, both ends included"
    )
    turns: tuple[PlanTurn, ...] = Field(
        default=(), description="how to drive from the stop before; none on estimated roads"
    )


class Direction(StrEnum):
    """Which way a run goes."""

    OUTBOUND = "outbound"
    BETWEEN = "between"
    RETURN = "return"


class Run(Frozen):
    """One bus, one direction, its stops in order. Every run names its own bus."""

    run_id: str
    direction: Direction
    session_id: str
    garage_id: str
    bus_type: str
    bus_number: str
    stops: tuple[StopTime, ...]


class NeedsAgreement(Frozen):
    """A bus of ``lender_leaid`` carries students of ``guest_leaid``, and no paper was found."""

    lender_leaid: str
    guest_leaid: str


class RunPair(Frozen):
    """An outbound and a return run to one session for one set of groups.

    ``outbound`` starts at the garage and ends at the first venue; ``return_run`` starts at the
    last venue and ends at the garage; ``between`` joins the venues of a tour of several. Where a
    block goes directly from one run-pair to the next, the first one's ``return_run`` ends at its
    last school, and the second one's ``outbound`` starts there.
    """

    session_id: str
    groups: tuple[Group, ...]
    outbound: Run
    between: Run | None = None
    return_run: Run
    needs_agreement: tuple[NeedsAgreement, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs in time order."""
        middle = () if self.between is None else (self.between,)
        return (self.outbound, *middle, self.return_run)

    @property
    def students(self) -> int:
        """Counted riders on board."""
        return sum(g.counted for g in self.groups)

    @property
    def people(self) -> int:
        """Everybody on board."""
        return sum(g.people for g in self.groups)

    @property
    def rides_s(self) -> dict[str, tuple[int, int]]:
        """Seconds on board out and back of each group, as promised.

        A group rides out from the start of its own boarding to the first venue, and back from the
        bus's leaving the last venue to the end of its own alighting.
        """
        venue_s = self.outbound.stops[-1].arrive_s
        leave_s = self.return_run.stops[0].depart_s
        out = {b.group_id: venue_s - b.begin_s for s in self.outbound.stops for b in s.on}
        back = {b.group_id: b.end_s - leave_s for s in self.return_run.stops for b in s.off}
        return {g.group_id: (out.get(g.group_id, 0), back.get(g.group_id, 0)) for g in self.groups}


class Block(Frozen):
    """One bus on one day: its run-pairs, one or two, in time order with all deadheads.

    Duty is ``back_s - leave_s - off_s``.
    """

    block_id: str
    date: dt.date
    garage_id: str
    bus_type: str
    bus_number: str
    run_pairs: tuple[RunPair, ...]
    leave_s: int = Field(description="leaves its garage")
    back_s: int = Field(description="back in its garage")
    drive_s: int = Field(description="at the wheel")
    wait_s: int = Field(
        description="standing at venues, and between run-pairs on the clock; paid as waiting"
    )
    off_s: int = Field(default=0, description="in the garage between run-pairs, off the clock")
    by_garage: bool = Field(
        default=False, description="goes from one run-pair to the next by its garage"
    )
    metres: int
    deadhead_metres: int = Field(description="driven with no riders")
    cost: int = Field(description="1e-4 US$")

    @property
    def bus(self) -> str:
        """What people call it."""
        return f"{self.garage_id} {self.bus_number}"


class Proof(Frozen):
    """How good the plan is: for each objective its value and a bound no plan can pass."""

    status: Literal["optimal", "feasible"]
    stopped: Literal["", "time", "asked"] = Field(
        default="", description="what ended the search before all was proven"
    )
    weighted_served: int = Field(description="counted riders times weight in hundredths")
    weighted_bound: int = Field(description="no plan serves more")
    cost: int = Field(description="1e-4 US$")
    cost_bound: int = Field(description="no plan that serves at least as much costs less")
    rank_sum: int = Field(description="students times rank of their session")
    cost_slack_pct: float = Field(
        description="% over the least cost, spent on liked sessions and shorter rides"
    )
    student_s: int = Field(
        default=0, description="seconds on board, all counted riders, out and back"
    )
    student_s_least: bool = Field(
        default=False, description="no other orders of the same sets take less for the money"
    )
    change: int = Field(
        default=0, description="points of change for those who had a seat in the plan it follows"
    )
    change_bound: int = Field(
        default=0, description="no plan that keeps these seats changes less for the money"
    )
    unmoved_cost: int | None = Field(
        default=None,
        description="1e-4 US$ of the plan it follows, less those who ride no more, where that "
        "serves as many",
    )
    note: str = ""

    @property
    def change_least(self) -> bool:
        """Whether no plan that keeps these seats changes less for the money."""
        return self.change_bound >= self.change

    @property
    def cost_gap_pct(self) -> float:
        """How far the cost may be from the least, in %."""
        return 0.0 if self.cost <= 0 else 100 * (self.cost - self.cost_bound) / self.cost


class Baseline(Frozen):
    """What it would be without pooling."""

    proven: bool = Field(description="whether no better one exists")
    students: int = Field(description="counted riders")
    weighted: int = Field(description="counted riders times weight in hundredths")
    groups: int
    buses: int
    metres: int
    cost: int = Field(description="1e-4 US$")
    left_out: tuple[str, ...] = Field(
        default=(), description="groups that no bus could bring alone; not in the figures"
    )


class PlanBudget(Frozen):
    """A budget and what the plan takes of it.

    The share of a block is fixed as it is planned: by counted riders times the metres of their own
    ways. The bill that follows may be split otherwise.
    """

    payer: str = Field(description="leaid or ecosystem_id")
    scope: str = Field(description="all, an event_id, or a kind of event")
    usd: int = Field(description="at the most, 1e-4 US$")
    used: int = Field(description="1e-4 US$")


class MoveKind(StrEnum):
    """What changed for a group against the plan before, the worst for it first."""

    LOST = "seat lost"
    SESSION = "another session"
    DAY = "another day"
    BUS = "another bus"
    PLACE = "another place"
    RIDERS = "other numbers"
    TIMES = "other times"
    NEW = "new seat"
    CANCELLED = "cancelled"


class Seat(Frozen):
    """When, where and on which bus a group rides, and how many."""

    session_id: str
    event: str = Field(description="name of the event")
    date: dt.date
    garage_id: str
    garage: str = Field(description="name of the garage")
    bus_type: str
    bus_number: str
    pick_up_s: int = Field(description="start of boarding")
    back_s: int = Field(description="end of alighting")
    students: int
    chaperones: int
    wheelchairs: int
    ncessch: str
    stop_lat: float = Field(description="where its school's stop is")
    stop_lon: float
    venue_ids: tuple[str, ...]

    @property
    def bus(self) -> tuple[str, str, str]:
        """The very bus: garage, type and number."""
        return self.garage_id, self.bus_type, self.bus_number

    @property
    def people(self) -> tuple[int, int, int]:
        """Students, chaperones, and those of them in wheelchairs."""
        return self.students, self.chaperones, self.wheelchairs

    @property
    def places(self) -> tuple[object, ...]:
        """From where to where: school, its stop, venues."""
        return self.ncessch, self.stop_lat, self.stop_lon, self.venue_ids


class BusDay(Frozen):
    """A bus on a day: out of its garage and back, and where it stops in order."""

    leave_s: int
    back_s: int
    people: int = Field(description="on board at once at the most")
    stops: tuple[str, ...] = Field(description="names of schools and venues")


class BusMove(Frozen):
    """What a plan changes for one bus on one day against the plan it follows."""

    date: dt.date
    garage_id: str
    garage: str = Field(description="name of the garage")
    tz: str = Field(description="zone of the garage")
    bus_type: str
    bus_number: str
    before: BusDay | None = Field(description="as it was published; None: it did not go")
    now: BusDay | None = Field(description="as it goes now; None: it does not")


class Move(Frozen):
    """What a plan changes for one group against the plan it follows."""

    kind: MoveKind = Field(description="the greatest of its changes")
    group_id: str
    request_id: str
    ncessch: str
    school: str = Field(description="name of its school")
    tz: str = Field(description="zone of its school")
    riders: int = Field(description="counted riders")
    before: Seat | None = Field(description="as it was published; None: it had no seat")
    now: Seat | None = Field(description="as it is now; None: it has no seat")
    change: int = Field(description="points: riders times what the policy counts for the change")


class Plan(Frozen):
    """Names, positions, times, costs, bounds, reasons and weights of one planned season."""

    schema_version: Literal["tourpool-plan/1"] = SCHEMA
    plan_id: str = Field(description="digest of what is planned; same plan, same id")
    version: int = Field(ge=1, description="1, and one more than the plan it follows")
    follows: str | None = Field(default=None, description="plan_id of the plan it follows")
    over_before: dt.date | None = Field(
        default=None, description="days before it are as in the plan it follows"
    )
    made_by: str = Field(description="tourpool and its version")
    season: str = Field(description="name of the season")
    season_digest: str
    settings: tuple[str, ...] = Field(
        default=(), description="what was tried in place of the season's tables, as typed"
    )
    roads: str = Field(description="name of the roads; 'estimated' when there were none")
    roads_digest: str
    roads_notice: str = Field(default="", description="whose data the roads are")
    estimated: bool
    max_ride_min: int = Field(description="policy's ride limit")
    ecosystems: dict[str, str] = Field(description="names by ecosystem_id")
    buses: tuple[BusType, ...] = Field(description="seats, hours and rates, as in the season")
    tariffs: tuple[Tariff, ...] = Field(default=(), description="tiers, as in the season")
    budgets: tuple[PlanBudget, ...] = ()
    pins: tuple[Pin, ...] = Field(default=(), description="fixed by hand, as in the season")
    places: tuple[Place, ...]
    sessions: tuple[PlanSession, ...]
    requests: tuple[PlanRequest, ...]
    blocks: tuple[Block, ...]
    proof: Proof
    alone_same_groups: Baseline = Field(description="each group on its own cheapest bus")
    alone_same_fleet: Baseline = Field(description="best plan with one school a bus")
    warnings: tuple[str, ...] = ()
    moves: tuple[Move, ...] = Field(
        default=(), description="all that is not as in the plan it follows; nothing else moves"
    )
    bus_moves: tuple[BusMove, ...] = Field(default=(), description="the same by bus and day")

    @cached_property
    def place(self) -> dict[tuple[PlaceKind, str], Place]:
        """Places by kind and id."""
        return {(p.kind, p.place_id): p for p in self.places}

    @cached_property
    def session(self) -> dict[str, PlanSession]:
        """Sessions by id."""
        return {s.session_id: s for s in self.sessions}

    @cached_property
    def request(self) -> dict[str, PlanRequest]:
        """Requests by id."""
        return {r.request_id: r for r in self.requests}

    @cached_property
    def group(self) -> dict[str, Group]:
        """Groups that ride, by id."""
        return {g.group_id: g for b in self.blocks for p in b.run_pairs for g in p.groups}

    @property
    def students_served(self) -> int:
        """Counted riders with a seat."""
        return sum(r.counted for r in self.requests if r.session_id is not None)

    @property
    def students_asked(self) -> int:
        """Counted riders for whom seats were asked."""
        return sum(r.counted for r in self.requests)

    @property
    def cost(self) -> int:
        """All blocks together, 1e-4 US$."""
        return sum(b.cost for b in self.blocks)
