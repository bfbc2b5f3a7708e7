"""A Season: everything people gave us, checked and frozen."""

import hashlib
import json
from functools import cached_property

from pydantic import Field

from tourpool.events.budgets import Budget
from tourpool.events.fleet import BusType, Tariff
from tourpool.events.hazards import Hazard
from tourpool.events.occasions import Event, Session
from tourpool.events.pins import Pin
from tourpool.events.places import District, Ecosystem, Garage, School, Venue
from tourpool.events.records import Record
from tourpool.events.rules import Agreement, CalendarEntry, Participation, Policy
from tourpool.events.seats import Apart, SeatRequest


class Season(Record):
    """All tables of a season, in the order of their rows."""

    name: str = Field(description="the folder's or workbook's name")
    ecosystems: tuple[Ecosystem, ...]
    districts: tuple[District, ...]
    schools: tuple[School, ...]
    venues: tuple[Venue, ...]
    events: tuple[Event, ...]
    sessions: tuple[Session, ...]
    requests: tuple[SeatRequest, ...]
    apart: tuple[Apart, ...] = ()
    garages: tuple[Garage, ...]
    buses: tuple[BusType, ...]
    tariffs: tuple[Tariff, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    budgets: tuple[Budget, ...] = ()
    participation: tuple[Participation, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    pins: tuple[Pin, ...] = ()
    policy: Policy = Policy()
    settings: tuple[str, ...] = Field(
        default=(), description="what was tried in place of the tables: policy.max_ride_min=100"
    )

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the content: values and order of rows, not the file nor its name."""
        content = self.model_dump(mode="json", exclude={"name", "settings"})
        text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def district(self) -> dict[str, District]:
        """Districts by leaid."""
        return {d.leaid: d for d in self.districts}

    @cached_property
    def school(self) -> dict[str, School]:
        """Schools by ncessch."""
        return {s.ncessch: s for s in self.schools}

    @cached_property
    def venue(self) -> dict[str, Venue]:
        """Venues by venue_id."""
        return {v.venue_id: v for v in self.venues}

    @cached_property
    def event(self) -> dict[str, Event]:
        """Events by event_id."""
        return {e.event_id: e for e in self.events}

    @cached_property
    def session(self) -> dict[str, Session]:
        """Sessions by session_id."""
        return {s.session_id: s for s in self.sessions}

    @cached_property
    def request(self) -> dict[str, SeatRequest]:
        """Requests by request_id."""
        return {r.request_id: r for r in self.requests}

    @cached_property
    def garage(self) -> dict[str, Garage]:
        """Garages by garage_id."""
        return {g.garage_id: g for g in self.garages}

    @cached_property
    def tariff(self) -> dict[str, tuple[Tariff, ...]]:
        """Tiers by tariff_id, those of fewer miles first."""
        tiers: dict[str, list[Tariff]] = {}
        for tier in sorted(self.tariffs, key=lambda t: t.from_mi):
            tiers.setdefault(tier.tariff_id, []).append(tier)
        return {tariff_id: tuple(of) for tariff_id, of in tiers.items()}
