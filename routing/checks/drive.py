"""Drive a block again: all its times and metres from the order of its stops and the roads.

The bus reaches the first venue at a set time; outbound is reckoned backward from there, the way
back forward from the last departure. Nothing that the plan says about times is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tourpool.events.clock import utc_s
from tourpool.events.occasions import Visit
from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.checks.case import Case
from tourpool.routing.plan import Boarding, PlaceKind, StopTime
from tourpool.routing.roads import Roads


class RoadTable:
    """Whole seconds and metres between the places of a season."""

    def __init__(self, season: Season, roads: Roads) -> None:
        stops = [s.stop for s in season.schools]
        stops += [v.stop for v in season.venues]
        stops += [g.stop for g in season.garages]
        self._index = {p: n for n, p in enumerate(dict.fromkeys(stops))}
        matrix = roads.matrix(list(self._index))
        self._seconds, self._metres = matrix.seconds, matrix.metres
        self._to_road = matrix.metres_to_road

    def seconds(self, a: Point, b: Point) -> int:
        """Driving seconds from a to b."""
        return int(self._seconds[self._index[a], self._index[b]])

    def metres(self, a: Point, b: Point) -> int:
        """Metres from a to b."""
        return int(self._metres[self._index[a], self._index[b]])

    def metres_to_road(self, a: Point) -> int:
        """How far a lies from its road."""
        return int(self._to_road[self._index[a]])


@dataclass(frozen=True)
class Driven:
    """A block as it would be driven.

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
    def leave_s(self) -> int:
        """Leaves its garage."""
        return self.outbound[0].depart_s

    @property
    def back_s(self) -> int:
        """Back in its garage."""
        return self.return_run[-1].arrive_s

    @property
    def duty_s(self) -> int:
        """Garage to garage."""
        return self.back_s - self.leave_s

    @property
    def drive_s(self) -> int:
        """At the wheel."""
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
        """From the garage to the first school, and from the last school to the garage."""
        return self.outbound[1].metres + self.return_run[-1].metres


def arrival_s(case: Case) -> int:
    """When a bus reaches the first venue: early as the policy says, but not before it opens."""
    visit, tz = case.visits[0], case.season.venue[case.visits[0].venue_id].tz
    opens_s = utc_s(case.session.date, visit.arrive_from, tz)
    latest_s = utc_s(case.session.date, visit.arrive_by, tz)
    return max(opens_s, latest_s - 60 * case.season.policy.arrive_early_min)


def depart_s(case: Case, visit: Visit) -> int:
    """When the bus leaves a venue."""
    return utc_s(case.session.date, visit.depart, case.season.venue[visit.venue_id].tz)


def drive(case: Case, table: RoadTable) -> Driven:
    """Drive a well-made block (`check_shape`) anew."""
    outbound = _outbound(case, table)
    return_run = _return(case, table)
    arrive_s, leave_s = arrival_s(case), depart_s(case, case.visits[-1])
    return Driven(
        outbound=outbound,
        between=_between(case, table),
        return_run=return_run,
        ride_out_s={b.group_id: arrive_s - b.begin_s for s in outbound for b in s.on},
        ride_back_s={b.group_id: b.end_s - leave_s for s in return_run for b in s.off},
    )


def _outbound(case: Case, table: RoadTable) -> tuple[StopTime, ...]:
    """Backward in time: each stop ends when the drive to the next one has to begin."""
    garage, *schools, venue = case.pair.outbound.stops
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
    clock_s -= _seconds(case, table, garage, schools[0])
    times.insert(0, _at(garage, clock_s, clock_s))
    return _with_legs(case, table, times)


def _return(case: Case, table: RoadTable) -> tuple[StopTime, ...]:
    """Forward in time from the last departure."""
    venue, *schools, garage = case.pair.return_run.stops
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
