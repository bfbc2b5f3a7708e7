"""The words of the check: its hard rules by name, what it reports, and how it writes a time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tourpool.events.clock import local


class Rule(StrEnum):
    """Every hard rule that a plan must keep."""

    # What the plan is about
    PLAN_ID = "plan-id"
    SEASON_DIGEST = "season-digest"
    ROADS_DIGEST = "roads-digest"
    UNKNOWN_REFERENCE = "unknown-reference"
    DUPLICATE_ID = "duplicate-id"
    # How a block is made
    RUN_PAIRS = "run-pairs"
    BLOCK_DATE = "block-date"
    RUN_BUS = "run-bus"
    RUN_ENDS = "run-ends"
    LINK_ENDS = "link-ends"
    RUN_STOPS = "run-stops"
    BOARDS_ONCE = "boards-once"
    SAME_GROUPS = "same-groups"
    BETWEEN_RUN = "between-run"
    # What a bus may do
    LOAD = "load"
    WHEELCHAIRS = "wheelchairs"
    APART = "apart"
    CARRIES = "carries"
    AGREEMENT = "agreement"
    AGREEMENT_MARK = "agreement-mark"
    MIN_RIDERS = "min-riders"
    NEXT_PICK_UP = "next-pick-up"
    CHEAPER_LINK = "cheaper-link"
    BUS_HOURS = "bus-hours"
    DUTY = "duty"
    DRIVE = "drive"
    BUS_NUMBER = "bus-number"
    BUS_TWICE = "bus-twice"
    BUS_COUNT = "bus-count"
    # What riders are promised
    RIDE_OUT = "ride-out"
    RIDE_BACK = "ride-back"
    EARLIEST_PICKUP = "earliest-pickup"
    LATEST_RETURN = "latest-return"
    ARRIVAL_WINDOW = "arrival-window"
    SESSION_ACCEPTED = "session-accepted"
    CLOSED_DAY = "closed-day"
    SERVED_ONCE = "served-once"
    GROUP_SIZE = "group-size"
    ALL_PARTS = "all-parts"
    ONE_SESSION = "one-session"
    NEEDLESS_CUT = "needless-cut"
    CHAPERONES = "chaperones"
    # What venues allow
    PEOPLE_LIMIT = "people-limit"
    SCHOOL_LIMIT = "school-limit"
    MAX_GROUP = "max-group"
    # What leaders fixed
    PINS = "pins"
    # What districts pay
    BUDGET = "budget"
    # What the plan says of itself
    STATED_TIMES = "stated-times"
    STATED_METRES = "stated-metres"
    STATED_LINES = "stated-lines"
    STATED_COST = "stated-cost"
    STATED_PROOF = "stated-proof"
    STATED_ALONE = "stated-alone"
    STATED_UNPOOLED = "stated-unpooled"
    STATED_BUDGETS = "stated-budgets"
    STATED_BUSES = "stated-buses"
    STATED_TARIFFS = "stated-tariffs"
    STATED_PLACES = "stated-places"
    STATED_SESSIONS = "stated-sessions"
    STATED_REQUESTS = "stated-requests"
    REQUEST_FATE = "request-fate"
    WEIGHT = "weight"
    STATED_MOVES = "stated-moves"


@dataclass(frozen=True)
class Violation:
    """A hard rule that a plan breaks: which, where, and a sentence with the figures."""

    rule: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.text}"


def clock_text(date: dt.date, seconds: int, tz: str) -> str:
    """Local clock, 09:05:30; whatever a garbled plan says, it can be written down."""
    try:
        return f"{local(date, seconds, tz):%H:%M:%S}"
    except (OverflowError, ValueError):
        return f"{seconds} s after 00:00 UTC"


def minutes_text(seconds: int) -> str:
    """Minutes and seconds on board, 95:30."""
    sign = "-" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}:{abs(seconds) % 60:02d} min"


def usd_text(cost: int) -> str:
    """Whole 1e-4 US$ as dollars, with all four decimals: two sums that differ look different."""
    dollars, rest = divmod(abs(cost), 10_000)
    return f"{'-' if cost < 0 else ''}{dollars:,}.{rest:04d} US$"


def differ(
    rule: Rule, where: str, same: Iterable[tuple[str, object, object]]
) -> Iterator[Violation]:
    """One violation for each (what, says, is) that differ."""
    for what, says, is_ in same:
        if says != is_:
            yield Violation(rule, where, f"{what}: it says {says}, and it is {is_}")
