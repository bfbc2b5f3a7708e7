"""What those who own buses can give: one more for a day, longer hours, a bus for fewer riders."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tourpool.events.calendar import bus_hours
from tourpool.events.fleet import BusType, named_bus
from tourpool.events.places import Garage
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.routing.plan import Plan
from tourpool.routing.questions.relaxation import Kind, Relaxation, span

ALL_DAY = {"free_from": dt.time(0), "free_to": dt.time(23, 59)}
ONE_DAY = dt.timedelta(days=1)
ONE_MORE, LONGER, FREE = ", one more", ", longer hours", ", all day"
"""What garages and types that stand for a relaxation are called behind the name of their own."""
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
        """A yard beside the garage, open on that day only, with one such bus."""
        bus = _row(season, self.bus_type_id)
        beside = f"{bus.garage_id}{ONE_MORE}"
        return _with_yard(season, bus.garage_id, beside, self.date, [_at(another(bus), beside)])

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        bus = _row(season, self.bus_type_id)
        lot = season.garage[bus.garage_id].name
        return f"one more bus of type {bus.bus_type} at {lot} on {self.date:%a %Y-%m-%d}"


@dataclass(frozen=True)
class LongerHours(Relaxation):
    """One bus of a row free all day, on one day: somebody else drives its runs to school."""

    kind = Kind.HOURS
    bus_type_id: str
    date: dt.date

    @property
    def most(self) -> int:
        """All day."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """On that day the buses stand in a yard beside the garage, one of them free all day.

        What the calendar and pins say of buses by name holds for them there.
        """
        bus = _row(season, self.bus_type_id)
        number = self._freed(season, bus)
        if number is None:
            return season
        beside = self._yard(bus)
        there = [_at(b, beside) for b in season.buses if b.garage_id == bus.garage_id]
        rows = [row for b in there for row in (self._split(b, number) if _same(b, bus) else [b])]
        closed = CalendarEntry(
            scope=Scope.GARAGE,
            id=bus.garage_id,
            date_from=self.date,
            date_to=self.date,
            closed=True,
        )
        free = f"{beside}/{bus.bus_type}{FREE}"
        on_it = {bus.bus_type_id if bus.count == 1 else "", f"{bus.bus_type_id}/{number}"}

        def there_named(text: str) -> str:
            return free if text in on_it else text.replace(bus.garage_id, beside, 1)

        def of_garage(text: str) -> bool:
            named = named_bus(season.buses, text)
            return named is not None and _row(season, named.bus_type_id).garage_id == bus.garage_id

        entries = [
            e.model_copy(update={"id": there_named(e.id)})
            for e in season.calendar
            if e.scope is Scope.BUS and of_garage(e.id) and e.id not in on_it
        ]
        pins = [
            p.model_copy(update={"bus": there_named(p.bus)})
            if of_garage(p.bus) and season.session[p.session_id].date == self.date
            else p
            for p in season.pins
        ]
        made = _with_yard(season, bus.garage_id, beside, self.date, rows)
        calendar = (*made.calendar, *entries, closed)
        return made.model_copy(update={"calendar": calendar, "pins": tuple(pins)})

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        bus = _row(season, self.bus_type_id)
        lot, home = season.garage[bus.garage_id].name, (self._yard(bus), f"{bus.bus_type}{FREE}")
        used = [b for b in plan.blocks if (b.garage_id, b.bus_type) == home]
        tz = season.garage[bus.garage_id].tz
        hours = " and ".join(f"out {span(b.date, b.leave_s, b.back_s, tz)}" for b in used)
        return (
            f"the bus of type {bus.bus_type} at {lot} {hours or 'free all day'} on "
            f"{self.date:%a %Y-%m-%d}, beyond its hours of "
            f"{bus.free_from:%H:%M}-{bus.free_to:%H:%M}"
        )

    def _yard(self, bus: BusType) -> str:
        return f"{bus.garage_id}{LONGER}"

    def _freed(self, season: Season, bus: BusType) -> str | None:
        """The number of one that is not closed on that day, and if it can be is not pinned."""
        pinned = {p.bus for p in season.pins}
        able = [n for n in bus.numbers if bus_hours(season, bus.only((n,)), self.date)]
        able.sort(key=lambda n: f"{bus.bus_type_id}/{n}" in pinned)
        return able[0] if able else None

    def _split(self, bus: BusType, number: str) -> list[BusType]:
        """One bus free all day, and the others."""
        free = {"bus_type": f"{bus.bus_type}{FREE}"}
        others = tuple(n for n in bus.numbers if n != number)
        rest = [bus.only(others)] if others else []
        return [bus.only((number,)).model_copy(update=ALL_DAY | free), *rest]


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
    """Every bus free all day: if that is of no use, longer hours of one are not."""
    return season.model_copy(
        update={"buses": tuple(b.model_copy(update=ALL_DAY) for b in season.buses)}
    )


def like(season: Season, bus: BusType) -> BusType:
    """The row that a bus is, or that it was made from by a relaxation."""
    rows = {b.bus_type_id: b for b in season.buses}
    if bus.bus_type_id in rows:
        return rows[bus.bus_type_id]
    garage_id = bus.garage_id.removesuffix(ONE_MORE).removesuffix(LONGER)
    return rows[f"{garage_id}/{bus.bus_type.removesuffix(FREE).removesuffix(ONE_MORE)}"]


def _row(season: Season, bus_type_id: str) -> BusType:
    return next(b for b in season.buses if b.bus_type_id == bus_type_id)


def _at(bus: BusType, garage_id: str) -> BusType:
    return bus.model_copy(update={"garage_id": garage_id})


def _same(bus: BusType, row: BusType) -> bool:
    return bus.bus_type == row.bus_type


def _with_yard(
    season: Season, garage_id: str, beside: str, date: dt.date, buses: Iterable[BusType]
) -> Season:
    """One more garage at the place of another, under the same calendar, open on one day only."""
    garage = season.garage[garage_id]
    yard = garage.model_copy(update={"garage_id": beside, "name": _named(garage, beside)})
    same = [
        e.model_copy(update={"id": beside})
        for e in season.calendar
        if (e.scope, e.id) == (Scope.GARAGE, garage_id)
    ]
    days = {s.date for s in season.sessions}
    spans = [(min(days), date - ONE_DAY), (date + ONE_DAY, max(days))]
    closed = [
        CalendarEntry(scope=Scope.GARAGE, id=beside, date_from=a, date_to=b, closed=True)
        for a, b in spans
        if a <= b
    ]
    return season.model_copy(
        update={
            "garages": (*season.garages, yard),
            "buses": (*season.buses, *buses),
            "calendar": (*season.calendar, *same, *closed),
        }
    )


def _named(garage: Garage, beside: str) -> str:
    return f"{garage.name}{beside.removeprefix(garage.garage_id)}"
