"""A relaxation: one rule of a season given up by some amount, for one request."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from tourpool.events.clock import local
from tourpool.events.season import Season
from tourpool.routing.plan import Plan


class Kind(StrEnum):
    """What is given up."""

    NOTHING = "nothing: there is room as it is"
    RIDE_LIMIT = "a longer ride"
    PICKUP = "an earlier departure from school"
    RETURN = "a later return to school"
    CALENDAR = "the school open on that day"
    SESSION = "another session"
    PEOPLE = "more people at the session"
    BUS = "one more bus"
    HOURS = "longer hours of a bus"
    AGREEMENT = "an agreement"
    BUDGET = "more budget"
    MIN_RIDERS = "a bus for fewer riders"
    TWO = "two of these at once"


@dataclass(frozen=True)
class Relaxation(ABC):
    """One rule given up by an amount: minutes, people, US$; 1 where there is no more or less.

    More of it never keeps anybody from riding.
    """

    kind: ClassVar[Kind]

    @property
    def everywhere(self) -> bool:
        """Whether it may change something on days other than those of the request's event."""
        return False

    @property
    @abstractmethod
    def most(self) -> int:
        """Amount beyond which there is nothing more to give."""

    @abstractmethod
    def relaxed(self, season: Season, amount: int) -> Season:
        """The season with the rule relaxed by so much."""

    def needed(self, season: Season, plan: Plan) -> int:
        """Of a plan of the relaxed season, the amount at which it would still be allowed."""
        return self.most

    @abstractmethod
    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes, in words with units; ``season`` is the one before."""


class AsItIs(Relaxation):
    """Nothing given up: a plan that is not proven may have left somebody out for no reason."""

    kind = Kind.NOTHING

    @property
    def most(self) -> int:
        """There is nothing to give."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """The season itself."""
        return season

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        return "the plan was not proven; another one serves it too"


def rides_s(plan: Plan, request_id: str) -> Iterator[tuple[int, int]]:
    """Seconds on board, out and back, of each group of a request."""
    for pair in (p for b in plan.blocks for p in b.run_pairs):
        mine = {g.group_id for g in pair.groups if g.request_id == request_id}
        arrive_s = pair.outbound.stops[-1].arrive_s
        depart_s = pair.return_run.stops[0].depart_s
        out = {b.group_id: arrive_s - b.begin_s for s in pair.outbound.stops for b in s.on}
        back = {b.group_id: b.end_s - depart_s for s in pair.return_run.stops for b in s.off}
        yield from ((out[g], back[g]) for g in mine)


def span(date: dt.date, begin_s: int, end_s: int, tz: str) -> str:
    """Whole minutes that hold a span, as may be typed in a table: ``08:57 to 13:08``."""
    begin, end = (local(date, s, tz) for s in (begin_s, 60 * minutes(end_s)))
    return f"{begin:%H:%M} to {end:%H:%M}"


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up."""
    return -(-seconds // 60)
