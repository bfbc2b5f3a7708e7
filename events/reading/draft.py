"""A season on its way: the rows that could be read and where each was typed, for the rules."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tourpool.events.budgets import Budget
from tourpool.events.fleet import BusType, Tariff
from tourpool.events.hazards import Hazard
from tourpool.events.occasions import Event, Session, Visit
from tourpool.events.pins import Pin
from tourpool.events.places import District, Ecosystem, Garage, School, Venue
from tourpool.events.problems import Problem
from tourpool.events.reading.rows import Row, Typed
from tourpool.events.reading.tables import TABLE
from tourpool.events.rules import Agreement, CalendarEntry, Participation, Policy
from tourpool.events.season import Season
from tourpool.events.seats import Apart, Choice, SeatRequest


@dataclass(frozen=True)
class Draft:
    """Rows by table, in the order of their rows.

    Attributes
    ----------
    typed
        Every row as typed, by table; one that could not be opened, or that a season needs and
        nobody gave, is missing here.
    sessions, requests
        With their further visits and their choices joined.
    visits, choices
        The rows those came from.
    policy
        Decisions, those that could not be read left at their defaults.
    """

    name: str
    typed: Mapping[str, list[Typed]]
    ecosystems: list[Row[Ecosystem]]
    districts: list[Row[District]]
    schools: list[Row[School]]
    venues: list[Row[Venue]]
    events: list[Row[Event]]
    sessions: list[Row[Session]]
    visits: list[Row[Visit]]
    requests: list[Row[SeatRequest]]
    choices: list[Row[Choice]]
    apart: list[Row[Apart]]
    garages: list[Row[Garage]]
    buses: list[Row[BusType]]
    tariffs: list[Row[Tariff]]
    calendar: list[Row[CalendarEntry]]
    agreements: list[Row[Agreement]]
    budgets: list[Row[Budget]]
    participation: list[Row[Participation]]
    hazards: list[Row[Hazard]]
    pins: list[Row[Pin]]
    policy: Policy

    @cached_property
    def season(self) -> Season:
        """The season of the rows that could be read."""
        tables: dict[str, Any] = {
            name: tuple(row.record for row in getattr(self, name))
            for name in Season.model_fields
            if name not in ("name", "policy", "settings")
        }
        return Season(name=self.name, policy=self.policy, **tables)

    @cached_property
    def named(self) -> dict[str, set[str]]:
        """Keys typed in each table, whether or not their rows could be read.

        A table is left out when a season needs it and it is not given, or no key in it can be
        read: then nothing can be said about ids that other tables mention.
        """
        keys = {
            name: {key for row in rows if (key := row.values.get(TABLE[name].key[0])) is not None}
            for name, rows in self.typed.items()
            if TABLE[name].key
        }
        may_be_empty = {
            name
            for name, rows in self.typed.items()
            if name == "requests" or not (rows or TABLE[name].required)
        }
        return {name: of for name, of in keys.items() if of or name in may_be_empty}

    def stays(self) -> Iterator[tuple[Row[Any], Session, Visit]]:
        """Every stay of every session and the row it was typed in."""
        further = {(row.record.session_id, row.record.order): row for row in self.visits}
        for row in self.sessions:
            for visit in row.record.visits:
                place: Row[Any] = further.get((visit.session_id, visit.order), row)
                yield (place if visit.order > 1 else row), row.record, visit

    def accepted(self, request: SeatRequest) -> list[Session]:
        """The sessions of its event that a request accepts."""
        sessions = (self.season.session.get(c.session_id) for c in request.choices)
        return [s for s in sessions if s is not None and s.event_id == request.event_id]


Rule = Callable[[Draft], Iterator[Problem]]
