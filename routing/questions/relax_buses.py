"""What those who own buses can give: one more for a day, longer hours, a bus for fewer riders."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tourpool.events.calendar import bus_hours
from tourpool.events.clock import local
from tourpool.events.fleet import BusType, named_bus
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.routing.pinned import told_apart
from tourpool.routing.plan import Plan
from tourpool.routing.questions.calendar_day import ONE_DAY, around, members, on_day
from tourpool.routing.questions.relaxation import Kind, Relaxation, span

ALL_DAY = {"free_from": dt.time(0), "free_to": dt.time(23, 59)}
ONE_MORE = ", one more"
"""What a type of buses that stands for one more is called behind the name of its own."""
EXTRA = "extra"
"""The number of a bus that is not there yet."""


@dataclass(frozen=True)
class OneMoreBus(Relaxation):
    """One more bus like those of a row, on one day."""

    kind = Kind.BUS
    bus_type_id: str
    date: dt.date

    @property
    def most(self) -> int:
        """One."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """A row with one such bus at the same garage, closed on all other days."""
        more = another(_row(season, self.bus_type_id))
        days = {s.date for s in season.sessions}
        spans = ((min(days), self.date - ONE_DAY), (self.date + ONE_DAY, max(days)))
        closed = (
            CalendarEntry(scope=Scope.BUS, id=more.bus_type_id, date_from=a, date_to=b, closed=True)
            for a, b in spans
            if a <= b
        )
        return season.model_copy(
            update={"buses": (*season.buses, more), "calendar": (*season.calendar, *closed)}
        )

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        bus = _row(season, self.bus_type_id)
        lot = season.garage[bus.garage_id].name
        return f"one more bus of type {bus.bus_type} at {lot} on {self.date:%a %Y-%m-%d}"


@dataclass(frozen=True)
class LongerHours(Relaxation):
    """One bus of a row free all day, on one day: somebody else drives its runs to school.

    What closes it on that day stands; what leaves it fewer hours, as an early release of its
    district does, binds all others but not this bus.
    """

    kind = Kind.HOURS
    bus_type_id: str
    number: str
    date: dt.date

    @property
    def most(self) -> int:
        """All day."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """On that day the calendar frees this bus, and says of the others what it said."""
        cut = [e for e in season.calendar if self._shortens(season, e)]
        calendar = [e for e in season.calendar if e not in cut]
        for entry in cut:
            calendar += around(entry, self.date)
            if entry.scope is Scope.DISTRICT:
                own = (Scope.GARAGE, _row(season, self.bus_type_id).garage_id)
                others = [whose for whose in members(season, entry.id) if whose != own]
                calendar += on_day(entry, self.date, others)
        calendar += (e for bus in self._beside(season, cut) for e in self._held(season, bus))
        calendar.append(self._entry(self.number, self.bus_type_id, **ALL_DAY))
        return season.model_copy(update={"calendar": tuple(calendar)})

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        bus = _row(season, self.bus_type_id)
        garage = season.garage[bus.garage_id]
        used = [
            b
            for b in plan.blocks
            if (f"{b.garage_id}/{b.bus_type}", b.bus_number, b.date)
            == (self.bus_type_id, self.number, self.date)
        ]
        hours = " and ".join(f"out {span(b.date, b.leave_s, b.back_s, garage.tz)}" for b in used)
        free = bus_hours(season, bus.only((self.number,)), self.date)
        beyond = (
            "on which it has no free hours"
            if free is None
            else f"beyond its hours of {span(self.date, *free, garage.tz).replace(' to ', '-')}"
        )
        return (
            f"the bus of type {bus.bus_type} at {garage.name} {hours or 'free all day'} on "
            f"{self.date:%a %Y-%m-%d}, {beyond}"
        )

    def _shortens(self, season: Season, entry: CalendarEntry) -> bool:
        """Whether an entry leaves the bus fewer or other hours on that day."""
        if entry.closed or not entry.date_from <= self.date <= entry.date_to:
            return False
        garage = season.garage[_row(season, self.bus_type_id).garage_id]
        if entry.scope is Scope.BUS:
            named = named_bus(season.buses, entry.id)
            return named in ((self.bus_type_id, None), (self.bus_type_id, self.number))
        whose = ((Scope.GARAGE, garage.garage_id), (Scope.DISTRICT, garage.leaid))
        return (entry.scope, entry.id) in whose

    def _beside(self, season: Season, cut: list[CalendarEntry]) -> Iterator[BusType]:
        """Other buses whose hours the entries that are cut said too."""
        of_garage = any(e.scope is not Scope.BUS for e in cut)
        garage_id = _row(season, self.bus_type_id).garage_id
        for bus in told_apart(season).buses:
            if bus.bus_type_id == self.bus_type_id:
                if cut:
                    numbers = (n for n in bus.numbers if n != self.number)
                    yield from (bus.only((n,)) for n in numbers)
            elif of_garage and bus.garage_id == garage_id:
                yield bus

    def _held(self, season: Season, bus: BusType) -> Iterator[CalendarEntry]:
        """The hours that buses have on that day, by their names."""
        whole = bus in season.buses
        hours = bus_hours(season, bus, self.date)
        tz = season.garage[bus.garage_id].tz
        for number in (None,) if whole else bus.numbers:
            if hours is None:
                yield self._entry(number, bus.bus_type_id, closed=True)
            else:
                begin, end = (local(self.date, s, tz).time() for s in hours)
                yield self._entry(number, bus.bus_type_id, free_from=begin, free_to=end)

    def _entry(self, number: str | None, row: str, **said: object) -> CalendarEntry:
        name = row if number is None else f"{row}/{number}"
        days = {"date_from": self.date, "date_to": self.date}
        return CalendarEntry.model_validate({"scope": Scope.BUS, "id": name, **days, **said})


@dataclass(frozen=True)
class FewerRiders(Relaxation):
    """Buses of a row go for however few."""

    kind = Kind.MIN_RIDERS
    bus_type_id: str

    @property
    def everywhere(self) -> bool:
        """It holds on all days."""
        return True

    @property
    def most(self) -> int:
        """Once."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """The row without its least number of riders."""
        buses = (
            b.model_copy(update={"min_riders": 0}) if b.bus_type_id == self.bus_type_id else b
            for b in season.buses
        )
        return season.model_copy(update={"buses": tuple(buses)})

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        bus = _row(season, self.bus_type_id)
        lot = season.garage[bus.garage_id].name
        return (
            f"the bus of type {bus.bus_type} at {lot} goes for fewer than {bus.min_riders} riders"
        )


def another(bus: BusType) -> BusType:
    """One like it; what the calendar says of the bus by its name is not for that one."""
    return bus.only((EXTRA,)).model_copy(update={"bus_type": f"{bus.bus_type}{ONE_MORE}"})


def more_of_all(season: Season) -> Season:
    """One more bus of every row, on all days: if that is of no use, one of one row is not."""
    return season.model_copy(update={"buses": (*season.buses, *map(another, season.buses))})


def all_day(season: Season) -> Season:
    """Every bus free all day when it is not closed: if that is of no use, longer hours are not."""
    calendar: list[CalendarEntry] = []
    for entry in season.calendar:
        if entry.closed or entry.scope not in (Scope.DISTRICT, Scope.GARAGE, Scope.BUS):
            calendar.append(entry)
        elif entry.scope is Scope.DISTRICT:
            schools = (name for scope, name in members(season, entry.id) if scope is Scope.SCHOOL)
            calendar += (
                entry.model_copy(update={"scope": Scope.SCHOOL, "id": name}) for name in schools
            )
    buses = tuple(b.model_copy(update=ALL_DAY) for b in season.buses)
    return season.model_copy(update={"buses": buses, "calendar": tuple(calendar)})


def like(season: Season, bus: BusType) -> BusType:
    """The row that a bus is, or that it was made from by a relaxation."""
    rows = {b.bus_type_id: b for b in season.buses}
    return rows.get(bus.bus_type_id) or rows[bus.bus_type_id.removesuffix(ONE_MORE)]


def _row(season: Season, bus_type_id: str) -> BusType:
    return next(b for b in season.buses if b.bus_type_id == bus_type_id)
