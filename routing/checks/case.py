"""Cases: a block of a plan and each of its run-pairs, every id in them looked up in the season."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tourpool.events.fleet import BusType
from tourpool.events.occasions import Event, Session, Visit
from tourpool.events.places import District, Garage, Point, School
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.checks.words import Rule, Violation
from tourpool.routing.plan import Block, Group, PlaceKind, RunPair, StopTime


@dataclass(frozen=True)
class Rider:
    """A group on a bus, and what the season says about it."""

    group: Group
    request: SeatRequest
    event: Event
    school: School
    district: District

    @property
    def counted(self) -> int:
        """Riders whom the weight counts: students; at an event for adults everybody."""
        return self.group.people if self.event.adults_only else self.group.students

    @property
    def small(self) -> int:
        """Riders of whom three sit to a bench; those who come to a training are adults."""
        children = self.request.grade_high <= self.district.small_until_grade
        return self.group.students if children and not self.event.adults_only else 0

    @property
    def large(self) -> int:
        """Riders of whom two sit to a bench; a group that spans both ages is large."""
        return self.group.people - self.small


@dataclass(frozen=True)
class Case:
    """One run-pair of a block, and what the season says about it.

    Attributes
    ----------
    from_garage, to_garage
        Whether its bus comes from its garage and goes back there; else it comes from the drop-off
        of the run-pair before, or goes to the pick-up of the one after.
    """

    season: Season
    block: Block
    pair: RunPair
    bus: BusType
    garage: Garage
    session: Session
    riders: tuple[Rider, ...]
    from_garage: bool = True
    to_garage: bool = True

    @property
    def where(self) -> str:
        """How a violation names it."""
        block = f"block {self.block.block_id}"
        alone = len(self.block.run_pairs) == 1
        return block if alone else f"{block}, session {self.session.session_id}"

    @property
    def pick_ups(self) -> tuple[StopTime, ...]:
        """Stops of its outbound run between where it starts and the venue."""
        stops = self.pair.outbound.stops[:-1]
        starts_with_riders = not self.from_garage and bool(stops) and bool(stops[0].on)
        return stops if starts_with_riders else stops[1:]

    @property
    def drop_offs(self) -> tuple[StopTime, ...]:
        """Stops of its return run between the venue and the garage, or the run-pair after."""
        stops = self.pair.return_run.stops[1:]
        return stops[:-1] if self.to_garage else stops

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The visits of its session."""
        return self.session.visits

    @property
    def students_per_chaperone(self) -> int:
        """What the strictest of its venues asks for, or the policy where one does not say."""
        venues = (self.season.venue[v.venue_id] for v in self.visits)
        policy = self.season.policy.students_per_chaperone
        return min(v.students_per_chaperone or policy for v in venues)

    def point(self, kind: PlaceKind, place_id: str) -> Point:
        """Where a bus stops there."""
        if kind is PlaceKind.SCHOOL:
            return self.season.school[place_id].stop
        if kind is PlaceKind.VENUE:
            return self.season.venue[place_id].stop
        return self.season.garage[place_id].stop

    def tz(self, kind: PlaceKind, place_id: str) -> str:
        """Zone of the place."""
        if kind is PlaceKind.SCHOOL:
            return self.season.school[place_id].tz
        if kind is PlaceKind.VENUE:
            return self.season.venue[place_id].tz
        return self.season.garage[place_id].tz


@dataclass(frozen=True)
class BlockCase:
    """A block, and what the season says about it and each of its run-pairs."""

    season: Season
    block: Block
    bus: BusType
    garage: Garage
    pairs: tuple[Case, ...]

    @property
    def where(self) -> str:
        """How a violation names it."""
        return f"block {self.block.block_id}"

    @property
    def date(self) -> dt.date:
        """The day from whose 00:00 UTC its seconds count."""
        return self.pairs[0].session.date


def unknown_in_block(season: Season, block: Block) -> Iterator[Violation]:
    """Every id of a block must stand in the season."""

    def unknown(what: str, name: str) -> Violation:
        where = f"block {block.block_id}"
        return Violation(Rule.UNKNOWN_REFERENCE, where, f"{what} {name!r} is not in the season")

    if block.garage_id not in season.garage:
        yield unknown("garage", block.garage_id)
    if bus_type(season, block) is None:
        yield unknown("bus type", f"{block.garage_id}/{block.bus_type}")
    for pair in block.run_pairs:
        if pair.session_id not in season.session:
            yield unknown("session", pair.session_id)
        for group in pair.groups:
            if group.request_id not in season.request:
                yield unknown("request", group.request_id)
            if group.ncessch not in season.school:
                yield unknown("school", group.ncessch)
        names = {g.group_id for g in pair.groups}
        for stop in (s for run in pair.runs for s in run.stops):
            if stop.place_id not in _places(season, stop.kind):
                yield unknown(stop.kind.value, stop.place_id)
            for boarding in (*stop.on, *stop.off):
                if boarding.group_id not in names:
                    yield unknown("group", boarding.group_id)


def bus_type(season: Season, block: Block) -> BusType | None:
    """The bus type that a block names; None when there is none."""
    for bus in season.buses:
        if (bus.garage_id, bus.bus_type) == (block.garage_id, block.bus_type):
            return bus
    return None


def case_of(season: Season, block: Block) -> BlockCase | None:
    """Look up a block; None when something in it is unknown, or it has no run-pair."""
    bus = bus_type(season, block)
    if bus is None or not block.run_pairs or any(unknown_in_block(season, block)):
        return None
    last = len(block.run_pairs) - 1
    pairs = (
        Case(
            season=season,
            block=block,
            pair=pair,
            bus=bus,
            garage=season.garage[block.garage_id],
            session=season.session[pair.session_id],
            riders=tuple(rider_of(season, g) for g in pair.groups),
            from_garage=n == 0 or block.by_garage,
            to_garage=n == last or block.by_garage,
        )
        for n, pair in enumerate(block.run_pairs)
    )
    return BlockCase(season, block, bus, season.garage[block.garage_id], tuple(pairs))


def rider_of(season: Season, group: Group) -> Rider:
    """Look up a group whose request is known."""
    request = season.request[group.request_id]
    school = season.school[request.ncessch]
    event = season.event[request.event_id]
    return Rider(group, request, event, school, season.district[school.leaid])


def _places(season: Season, kind: PlaceKind) -> set[str]:
    if kind is PlaceKind.SCHOOL:
        return set(season.school)
    return set(season.venue) if kind is PlaceKind.VENUE else set(season.garage)
