"""Drive a run-pair again: all its times and metres from the order of its stops and the roads.

The bus reaches the first venue at a set time; outbound is reckoned backward from there, the way
back forward from the last departure. Nothing that the plan says about times is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tourpool.events.clock import utc_s
from tourpool.events.occasions import Visit
from tourpool.routing.checks.case import Case
from tourpool.routing.checks.table import RoadTable
from tourpool.routing.plan import Boarding, PlaceKind, StopTime


@dataclass(frozen=True)
class Driven:
    """A run-pair as it would be driven.

    Attributes
    ----------
    outbound, between, return_run
        Stop times; ``between`` is empty when the session has one visit.
    ride_out_s, ride_back_s
        Seconds on board by group.
    """

    outbound: tuple[StopTime, ...]
    between: tuple[StopTime, ...]
    return_run: tuple[StopTime, ...]
    ride_out_s: dict[str, int]
    ride_back_s: dict[str, int]

    @property
    def _legs(self) -> tuple[StopTime, ...]:
        return (*self.outbound, *self.between, *self.return_run)

    @property
    def first(self) -> StopTime:
        """Where the first rider gets on."""
        return next(s for s in self.outbound if s.on)

    @property
    def last(self) -> StopTime:
        """Where the last rider gets off."""
        return next(s for s in reversed(self.return_run) if s.off)

    @property
    def begin_s(self) -> int:
        """When the first rider gets on."""
        return self.first.on[0].begin_s

    @property
    def end_s(self) -> int:
        """When the last rider is off."""
        return self.last.depart_s

    @property
    def drive_s(self) -> int:
        """At the wheel, on the way to the first rider and from the last one too."""
        return sum(s.drive_s for s in self._legs)

    @property
    def wait_s(self) -> int:
        """Standing at venues: from the first arrival to the last departure, driving apart."""
        stay_s = self.return_run[0].depart_s - self.outbound[-1].arrive_s
        return stay_s - sum(s.drive_s for s in self.between)

    @property
    def metres(self) -> int:
        """Driven in all."""
        return sum(s.metres for s in self._legs)

    @property
    def deadhead_metres(self) -> int:
        """Driven before the first rider gets on and after the last one is off."""
        before = self.outbound[: self.outbound.index(self.first) + 1]
        after = self.return_run[self.return_run.index(self.last) + 1 :]
        return sum(s.metres for s in (*before, *after))


def arrival_s(case: Case) -> int:
    """When a bus reaches the first venue: early as the policy says, but not before it opens."""
    visit, tz = case.visits[0], case.season.venue[case.visits[0].venue_id].tz
    opens_s = utc_s(case.session.date, visit.arrive_from, tz)
    latest_s = utc_s(case.session.date, visit.arrive_by, tz)
    return max(opens_s, latest_s - 60 * case.season.policy.arrive_early_min)


def depart_s(case: Case, visit: Visit) -> int:
    """When the bus leaves a venue."""
    return utc_s(case.session.date, visit.depart, case.season.venue[visit.venue_id].tz)


def drive(case: Case, table: RoadTable, free_s: int = 0) -> Driven:
    """Drive a well-made run-pair (`checks.shape`) anew.

    ``free_s`` is when the bus has brought home the run-pair before, where it comes directly.
    """
    outbound = _outbound(case, table, free_s)
    return_run = _return(case, table)
    arrive_s, leave_s = arrival_s(case), depart_s(case, case.visits[-1])
    return Driven(
        outbound=outbound,
        between=_between(case, table),
        return_run=return_run,
        ride_out_s={b.group_id: arrive_s - b.begin_s for s in outbound for b in s.on},
        ride_back_s={b.group_id: b.end_s - leave_s for s in return_run for b in s.off},
    )


def _outbound(case: Case, table: RoadTable, free_s: int) -> tuple[StopTime, ...]:
    """Backward in time: each stop ends when the drive to the next one has to begin."""
    start, schools, venue = case.pair.outbound.stops[0], case.pick_ups, case.pair.outbound.stops[-1]
    clock_s = arrival_s(case)
    times = [_at(venue, clock_s, clock_s, off=_at_once(venue.off, clock_s))]
    for place, following in zip(schools[::-1], [*schools[1:], venue][::-1], strict=True):
        shared = _shared(case, place, following)
        clock_s -= _seconds(case, table, place, following)
        leaves_s = clock_s
        clock_s -= 0 if shared else case.season.policy.stop_s
        on: list[Boarding] = []
        for boarding in reversed(place.on):
            ends_s, clock_s = clock_s, clock_s - _board_s(case, boarding)
            on.insert(0, Boarding(group_id=boarding.group_id, begin_s=clock_s, end_s=ends_s))
        times.insert(0, _at(place, clock_s, leaves_s, on=on))
    if len(schools) < len(case.pair.outbound.stops) - 1:  # it starts elsewhere, with nobody
        clock_s -= _seconds(case, table, start, schools[0])
        times.insert(0, _at(start, clock_s, clock_s))
    if not case.from_garage:
        times[0] = times[0].model_copy(update={"arrive_s": free_s})
    return _with_legs(case, table, times)


def _return(case: Case, table: RoadTable) -> tuple[StopTime, ...]:
    """Forward in time from the last departure."""
    venue, schools = case.pair.return_run.stops[0], case.drop_offs
    clock_s = depart_s(case, case.visits[-1])
    times = [_at(venue, clock_s, clock_s, on=_at_once(venue.on, clock_s))]
    for before, place in zip([venue, *schools[:-1]], schools, strict=True):
        arrives_s = clock_s + _seconds(case, table, before, place)
        clock_s = arrives_s + (0 if _shared(case, place, before) else case.season.policy.stop_s)
        off: list[Boarding] = []
        for boarding in place.off:
            begins_s, clock_s = clock_s, clock_s + _board_s(case, boarding)
            off.append(Boarding(group_id=boarding.group_id, begin_s=begins_s, end_s=clock_s))
        times.append(_at(place, arrives_s, clock_s, off=off))
    if case.to_garage:
        garage = case.pair.return_run.stops[-1]
        clock_s += _seconds(case, table, schools[-1], garage)
        times.append(_at(garage, clock_s, clock_s))
    return _with_legs(case, table, times)


def _between(case: Case, table: RoadTable) -> tuple[StopTime, ...]:
    """Each leg begins when its visit ends; the bus then stands until the next visit ends."""
    if case.pair.between is None:
        return ()
    stops = case.pair.between.stops
    times = []
    arrives_s = arrival_s(case)
    for visit, place, following in zip(case.visits, stops, [*stops[1:], None], strict=True):
        leaves_s = depart_s(case, visit)
        on, off = _at_once(place.on, leaves_s), _at_once(place.off, arrives_s)
        times.append(_at(place, arrives_s, leaves_s, on=on, off=off))
        if following is not None:
            arrives_s = leaves_s + _seconds(case, table, place, following)
    return _with_legs(case, table, times)


def _shared(case: Case, a: StopTime, b: StopTime) -> bool:
    """Whether two schools load at the same place, so that the bus stops once for both."""
    schools = a.kind is PlaceKind.SCHOOL and b.kind is PlaceKind.SCHOOL
    return schools and case.point(a.kind, a.place_id) == case.point(b.kind, b.place_id)


def _seconds(case: Case, table: RoadTable, a: StopTime, b: StopTime) -> int:
    return table.seconds(case.point(a.kind, a.place_id), case.point(b.kind, b.place_id))


def _board_s(case: Case, boarding: Boarding) -> int:
    people = {r.group.group_id: r.group.people for r in case.riders}
    return case.season.policy.board_s_per_rider * people[boarding.group_id]


def _at_once(boardings: Sequence[Boarding], second: int) -> list[Boarding]:
    """At a venue all get on or off together; how long a visit lasts is the session's matter."""
    return [Boarding(group_id=b.group_id, begin_s=second, end_s=second) for b in boardings]


def _at(
    place: StopTime,
    arrive_s: int,
    leaves_s: int,
    on: Sequence[Boarding] = (),
    off: Sequence[Boarding] = (),
) -> StopTime:
    """The same stop with times reckoned anew; metres and driving come later."""
    return StopTime(
        kind=place.kind,
        place_id=place.place_id,
        arrive_s=arrive_s,
        depart_s=leaves_s,
        metres=0,
        drive_s=0,
        on=tuple(on),
        off=tuple(off),
    )


def _with_legs(case: Case, table: RoadTable, times: list[StopTime]) -> tuple[StopTime, ...]:
    """Add metres and seconds driven from the stop before."""
    points = [case.point(t.kind, t.place_id) for t in times]
    driven = [times[0]]
    for a, b, time in zip(points, points[1:], times[1:], strict=False):
        leg = {"metres": table.metres(a, b), "drive_s": table.seconds(a, b)}
        driven.append(time.model_copy(update=leg))
    return tuple(driven)
