"""One chosen block on the clock: stops, arrivals, departures, boarding, from a pair of runs.

Schools at one position share a stop: each has a stop time of its own, and stop_s passes once,
before the bus leaves outbound and after it comes on the way back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tourpool.events.clock import utc_s
from tourpool.events.places import Point
from tourpool.routing.build import Built
from tourpool.routing.plan import Boarding, Group, PlaceKind, PlanTurn, StopTime
from tourpool.routing.roads import Matrix, Profile
from tourpool.routing.rules import arrive_s


@dataclass
class Call:
    """A stop in the making."""

    kind: PlaceKind
    place_id: str
    point: Point
    groups: list[Group]
    arrive_s: int = 0
    depart_s: int = 0


@dataclass(frozen=True)
class _Roads:
    """The roads that a bus may use on a day."""

    profile: Profile
    matrix: Matrix


def _roads(b: Built, session: int, bus: int) -> _Roads:
    profile = b.profile(bus, session)
    return _Roads(b.profiles[profile], b.matrices[profile])


def outbound_stops(
    b: Built, session: int, bus: int, order: Sequence[Group], after: StopTime | None = None
) -> list[StopTime]:
    """By the schools to the first venue, timed backward from the arrival.

    From the garage, or from the stop ``after`` where the run before let off its last riders.
    """
    calls = [*_schools(b, order), _venues(b, session)[0]]
    begin = _garage(b, bus) if after is None else _school(b, after.place_id, [])
    if after is None or begin.point != calls[0].point:
        calls.insert(0, begin)
    clock, way = arrive_s(b.season, b.sessions[session]), _roads(b, session, bus)
    calls[-1].arrive_s = calls[-1].depart_s = clock
    for call, following in zip(calls[-2::-1], calls[:0:-1], strict=True):
        clock -= _seconds(b, way, call, following)
        call.depart_s = clock
        clock -= _boarding_s(b, call) + _stop_s(b, call, following)
        call.arrive_s = clock
    stops = _stops(b, way, calls)
    for n, call in enumerate(calls[:-1]):
        on = _one_after_another(b, call.groups, call.arrive_s)
        stops[n] = stops[n].model_copy(update={"on": on})
    if after is not None:
        stops[0] = stops[0].model_copy(update={"arrive_s": after.depart_s})
    stops[-1] = stops[-1].model_copy(update={"off": _at_once(order, calls[-1].arrive_s)})
    return stops


def return_stops(
    b: Built, session: int, bus: int, order: Sequence[Group], *, home: bool = True
) -> list[StopTime]:
    """From the last venue by the schools, timed forward from the departure; home to the garage."""
    calls = [_venues(b, session)[-1], *_schools(b, order)]
    calls += [_garage(b, bus)] if home else []
    clock, way = b.instance.sessions[session].depart_s, _roads(b, session, bus)
    calls[0].arrive_s = calls[0].depart_s = clock
    off: list[tuple[Boarding, ...]] = [()]
    for before, call in pairwise(calls):
        call.arrive_s = clock + _seconds(b, way, before, call)
        begin = call.arrive_s + _stop_s(b, call, before)
        off.append(_one_after_another(b, call.groups, begin))
        clock = call.depart_s = begin + _boarding_s(b, call)
    stops = [
        s.model_copy(update={"off": o}) for s, o in zip(_stops(b, way, calls), off, strict=True)
    ]
    stops[0] = stops[0].model_copy(update={"on": _at_once(order, calls[0].depart_s)})
    return stops


def between_stops(b: Built, session: int, bus: int, groups: Sequence[Group]) -> list[StopTime]:
    """From venue to venue of a tour of several; empty for one venue."""
    s, calls, way = b.sessions[session], _venues(b, session), _roads(b, session, bus)
    if len(calls) == 1:
        return []
    calls[0].arrive_s = arrive_s(b.season, s)
    for n, (visit, call) in enumerate(zip(s.visits, calls, strict=True)):
        if n:
            call.arrive_s = calls[n - 1].depart_s + _seconds(b, way, calls[n - 1], call)
        call.depart_s = utc_s(s.date, visit.depart, b.season.venue[visit.venue_id].tz)
    stops = _stops(b, way, calls)
    stops[0] = stops[0].model_copy(update={"on": _at_once(groups, calls[0].depart_s)})
    stops[-1] = stops[-1].model_copy(update={"off": _at_once(groups, calls[-1].arrive_s)})
    return stops


def _garage(b: Built, bus: int) -> Call:
    garage = b.season.garage[b.season.buses[bus].garage_id]
    return Call(PlaceKind.GARAGE, garage.garage_id, garage.stop, [])


def _venues(b: Built, session: int) -> list[Call]:
    venues = [b.season.venue[v.venue_id] for v in b.sessions[session].visits]
    return [Call(PlaceKind.VENUE, v.venue_id, v.stop, []) for v in venues]


def _schools(b: Built, order: Sequence[Group]) -> list[Call]:
    """Groups of one school one after another share a stop time."""
    calls: list[Call] = []
    for group in order:
        if calls and calls[-1].place_id == group.ncessch:
            calls[-1].groups.append(group)
        else:
            calls.append(_school(b, group.ncessch, [group]))
    return calls


def _school(b: Built, ncessch: str, groups: list[Group]) -> Call:
    return Call(PlaceKind.SCHOOL, ncessch, b.season.school[ncessch].stop, groups)


def _seconds(b: Built, way: _Roads, a: Call, c: Call) -> int:
    return int(way.matrix.seconds[b.place[a.point], b.place[c.point]])


def _boarding_s(b: Built, call: Call) -> int:
    return b.season.policy.board_s_per_rider * sum(g.people for g in call.groups)


def _stop_s(b: Built, call: Call, venue_side: Call) -> int:
    """What the stop takes; nothing where nobody gets on or off, or the stop is shared."""
    shared = venue_side.kind is PlaceKind.SCHOOL and venue_side.point == call.point
    return b.season.policy.stop_s if call.groups and not shared else 0


def _stops(b: Built, way: _Roads, calls: Sequence[Call]) -> list[StopTime]:
    """Stop times with the way from the stop before, as yet without riders."""
    stops = []
    for n, call in enumerate(calls):
        metres, drive_s = 0, 0
        line: tuple[tuple[float, float], ...] = ()
        turns: tuple[PlanTurn, ...] = ()
        if n:
            p, q = calls[n - 1].point, call.point
            metres = int(way.matrix.metres[b.place[p], b.place[q]])
            drive_s = _seconds(b, way, calls[n - 1], call)
            path = b.roads.path(p, q, way.profile)
            line = _line(p, path.line, q)
            turns = tuple(PlanTurn(text=t.text, metres=t.metres) for t in path.turns)
        stops.append(
            StopTime(
                kind=call.kind,
                place_id=call.place_id,
                arrive_s=call.arrive_s,
                depart_s=call.depart_s,
                metres=metres,
                drive_s=drive_s,
                line=line,
                turns=turns,
            )
        )
    return stops


def _line(a: Point, road: Sequence[Point], b: Point) -> tuple[tuple[float, float], ...]:
    """From stop to stop: to the road, along it, and from it."""
    ends = ([] if road[:1] == (a,) else [a]), ([] if road[-1:] == (b,) else [b])
    return tuple((point.lat, point.lon) for point in (*ends[0], *road, *ends[1]))


def _one_after_another(b: Built, groups: Sequence[Group], begin: int) -> tuple[Boarding, ...]:
    boardings = []
    for group in groups:
        end = begin + b.season.policy.board_s_per_rider * group.people
        boardings.append(Boarding(group_id=group.group_id, begin_s=begin, end_s=end))
        begin = end
    return tuple(boardings)


def _at_once(groups: Sequence[Group], second: int) -> tuple[Boarding, ...]:
    """At a venue everybody gets on or off together; the visit's own times hold."""
    return tuple(Boarding(group_id=g.group_id, begin_s=second, end_s=second) for g in groups)
