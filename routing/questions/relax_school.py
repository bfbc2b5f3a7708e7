"""What a school can give: an earlier departure, a later return, a day on which it is closed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tourpool.events.clock import utc_s
from tourpool.events.places import School
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.routing.plan import Block, Plan
from tourpool.routing.questions.calendar_day import around, members, on_day
from tourpool.routing.questions.relaxation import Kind, Relaxation, minutes, span

NIGHT = dt.time(3)
"""Nobody is fetched earlier; clocks that go forward have done so by then."""
MIDNIGHT = dt.time(23, 59)


@dataclass(frozen=True)
class EarlierPickup(Relaxation):
    """Minutes before the earliest pick-up of a school."""

    kind = Kind.PICKUP
    ncessch: str
    earliest: dt.time

    @property
    def everywhere(self) -> bool:
        """It holds on all days."""
        return True

    @property
    def most(self) -> int:
        """Back to the night."""
        return max(0, _minute(self.earliest) - _minute(NIGHT))

    def relaxed(self, season: Season, amount: int) -> Season:
        """The school with its new earliest pick-up."""
        return with_school(season, self.ncessch, earliest_pickup=self._at(amount))

    def needed(self, season: Season, plan: Plan) -> int:
        """How much before the old one the plan fetches somebody."""
        early_s = [
            utc_s(block.date, self.earliest, season.school[self.ncessch].tz) - begin_s
            for block, begin_s, _ in _moves(plan, self.ncessch)
        ]
        return max(1, minutes(max(early_s)))

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        at = self._at(amount)
        return f"pick-up from {at:%H:%M} in place of {self.earliest:%H:%M} ({amount} min earlier)"

    def _at(self, amount: int) -> dt.time:
        return _clock(_minute(self.earliest) - amount)


@dataclass(frozen=True)
class LaterReturn(Relaxation):
    """Minutes after the latest return of a school."""

    kind = Kind.RETURN
    ncessch: str
    latest: dt.time

    @property
    def everywhere(self) -> bool:
        """It holds on all days."""
        return True

    @property
    def most(self) -> int:
        """Until midnight."""
        return max(0, _minute(MIDNIGHT) - _minute(self.latest))

    def relaxed(self, season: Season, amount: int) -> Season:
        """The school with its new latest return."""
        return with_school(season, self.ncessch, latest_return=self._at(amount))

    def needed(self, season: Season, plan: Plan) -> int:
        """How much after the old one the plan brings somebody home."""
        late_s = [
            end_s - utc_s(block.date, self.latest, season.school[self.ncessch].tz)
            for block, _, end_s in _moves(plan, self.ncessch)
        ]
        return max(1, minutes(max(late_s)))

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        at = self._at(amount)
        return f"back by {at:%H:%M} in place of {self.latest:%H:%M} ({amount} min later)"

    def _at(self, amount: int) -> dt.time:
        return _clock(_minute(self.latest) + amount)


@dataclass(frozen=True)
class SchoolOpen(Relaxation):
    """A day on which the calendar closes a school, or leaves it fewer hours, as any other day."""

    kind = Kind.CALENDAR
    ncessch: str
    date: dt.date

    @property
    def most(self) -> int:
        """Once."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """The calendar without that day for this school only."""
        entries = (e for entry in season.calendar for e in self._without(season, entry))
        return season.model_copy(update={"calendar": tuple(entries)})

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        there = [m for m in _moves(plan, self.ncessch) if m[0].date == self.date]
        if not there:
            return f"the school lets it go on {self.date:%a %Y-%m-%d}"
        begin_s, end_s = min(b for _, b, _ in there), max(e for _, _, e in there)
        hours = span(self.date, begin_s, end_s, season.school[self.ncessch].tz)
        return f"the school lets it go on {self.date:%a %Y-%m-%d}, from {hours}"

    def _without(self, season: Season, entry: CalendarEntry) -> Iterator[CalendarEntry]:
        """An entry cut around the day; others of the district keep it."""
        if not _binds(season, entry, self.ncessch, self.date):
            yield entry
            return
        yield from around(entry, self.date)
        if entry.scope is Scope.DISTRICT:
            own = (Scope.SCHOOL, self.ncessch)
            others = [whose for whose in members(season, entry.id) if whose != own]
            yield from on_day(entry, self.date, others)


def bound_days(season: Season, school: School, dates: set[dt.date]) -> list[dt.date]:
    """Of some days, those on which the calendar takes hours from a school."""
    return sorted(
        d for d in dates if any(_binds(season, e, school.ncessch, d) for e in season.calendar)
    )


def with_school(season: Season, ncessch: str, **changes: object) -> Season:
    """The season with one school changed."""

    def changed(school: School) -> School:
        return school.model_copy(update=changes) if school.ncessch == ncessch else school

    return season.model_copy(update={"schools": tuple(map(changed, season.schools))})


def _binds(season: Season, entry: CalendarEntry, ncessch: str, date: dt.date) -> bool:
    whose = {(Scope.SCHOOL, ncessch), (Scope.DISTRICT, season.school[ncessch].leaid)}
    return (entry.scope, entry.id) in whose and entry.date_from <= date <= entry.date_to


def _moves(plan: Plan, ncessch: str) -> Iterator[tuple[Block, int, int]]:
    """Of each group of a school: its block, when its boarding begins, when its alighting ends."""
    for block in plan.blocks:
        for pair in block.run_pairs:
            mine = {g.group_id for g in pair.groups if g.ncessch == ncessch}
            on = {b.group_id: b.begin_s for s in pair.outbound.stops for b in s.on}
            off = {b.group_id: b.end_s for s in pair.return_run.stops for b in s.off}
            yield from ((block, on[g], off[g]) for g in mine)


def _minute(clock: dt.time) -> int:
    return 60 * clock.hour + clock.minute


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60, minute % 60)
