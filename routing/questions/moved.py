"""What moved for whom, and on which bus, from one plan to the one that follows it."""

import datetime as dt
from collections.abc import Iterator, Sequence

from tourpool.events.clock import same_clock
from tourpool.events.rules import Policy
from tourpool.routing.plan import (
    Block,
    BusDay,
    BusMove,
    Group,
    Move,
    MoveKind,
    Place,
    PlaceKind,
    Plan,
    Seat,
)
from tourpool.routing.published import Had, held_against, seats_of

ORDER = tuple(MoveKind)


def moves(
    before: Plan, now: Plan, policy: Policy, today: dt.date | None = None
) -> tuple[Move, ...]:
    """Everything that is not as it was for groups, what is worst for them first.

    A group is told when its session, its day, its bus, its school or venue, its people, the start
    of its boarding or the end of its alighting is another one, when it has a seat and had none, and
    when it has none any more. Who rode before ``today`` and is in the tables no more has not lost a
    seat.
    """
    had, has = seats_of(before), seats_of(now)
    over = {r for r, of in had.items() if today is not None and of[0].block.date < today}
    had = {r: of for r, of in had.items() if r not in over or r in has}
    found: list[Move] = []
    for request_id in dict.fromkeys((*before.request, *now.request)):
        found += _of_request(
            before, now, policy, had.get(request_id, ()), has.get(request_id, ()), request_id
        )
    return tuple(sorted(found, key=lambda move: ORDER.index(move.kind)))


def _of_request(
    before: Plan,
    now: Plan,
    policy: Policy,
    had: Sequence[Had],
    has: Sequence[Had],
    request_id: str,
) -> Iterator[Move]:
    if had and not has:
        kind = MoveKind.LOST if request_id in now.request else MoveKind.CANCELLED
        for h in had:
            yield _move(kind, h.group, _school(before, h.group), _seat(before, h), None, 0)
    for h in has:
        school = _school(now, h.group)
        if not had:
            yield _move(MoveKind.NEW, h.group, school, None, _seat(now, h), 0)
            continue
        one, two = _seat(before, held_against(tuple(had), h.group.part)), _seat(now, h)
        moved = kind_of(one, two, school.tz)
        if moved is not None:
            points = change_of(policy, h.group.counted, one, two, school.tz)
            yield _move(moved, h.group, school, one, two, points)


def change_of(policy: Policy, riders: int, before: Seat, now: Seat, tz: str) -> int:
    """Points: counted riders times what their change counts."""
    if before.session_id != now.session_id:
        return riders * policy.change_session
    points = 0 if before.bus == now.bus and before.date == now.date else policy.change_bus
    was_s = same_clock(before.date, before.pick_up_s, now.date, tz)
    if abs(was_s - now.pick_up_s) > 60 * policy.change_time_min:
        points += policy.change_time
    return riders * points


def kind_of(before: Seat, now: Seat, tz: str) -> MoveKind | None:
    """The worst of what is not as it was; None when nothing is."""
    out_s, back_s = (
        same_clock(before.date, s, now.date, tz) for s in (before.pick_up_s, before.back_s)
    )
    changed = {
        MoveKind.SESSION: before.session_id != now.session_id,
        MoveKind.DAY: before.date != now.date,
        MoveKind.BUS: before.bus != now.bus,
        MoveKind.PLACE: before.places != now.places,
        MoveKind.RIDERS: before.people != now.people,
        MoveKind.TIMES: (out_s, back_s) != (now.pick_up_s, now.back_s),
    }
    return next((kind for kind, has in changed.items() if has), None)


def bus_moves(before: Plan, now: Plan) -> tuple[BusMove, ...]:
    """Buses that go no more, go as well, or go otherwise, by day."""
    was, goes = (
        {(b.date, b.garage_id, b.bus_type, b.bus_number): b for b in plan.blocks}
        for plan in (before, now)
    )
    found = []
    for date, *bus in sorted(was.keys() | goes.keys()):
        key = (date, bus[0], bus[1], bus[2])
        one = _bus_day(before, was.get(key))
        two = _bus_day(now, goes.get(key))
        if one != two:
            plan = now if (PlaceKind.GARAGE, bus[0]) in now.place else before
            garage = plan.place[PlaceKind.GARAGE, bus[0]]
            found.append(
                BusMove(
                    date=date,
                    garage_id=bus[0],
                    garage=garage.name,
                    tz=garage.tz,
                    bus_type=bus[1],
                    bus_number=bus[2],
                    before=one,
                    now=two,
                )
            )
    return tuple(found)


def _bus_day(plan: Plan, block: Block | None) -> BusDay | None:
    """When a bus is out, and where it stops in which order."""
    if block is None:
        return None
    stops = [s for pair in block.run_pairs for run in pair.runs for s in run.stops]
    return BusDay(
        leave_s=block.leave_s,
        back_s=block.back_s,
        people=max(pair.people for pair in block.run_pairs),
        stops=tuple(
            plan.place[s.kind, s.place_id].name for s in stops if s.kind is not PlaceKind.GARAGE
        ),
    )


def _move(
    kind: MoveKind, group: Group, school: Place, before: Seat | None, now: Seat | None, points: int
) -> Move:
    return Move(
        kind=kind,
        group_id=group.group_id,
        request_id=group.request_id,
        ncessch=group.ncessch,
        school=school.name,
        tz=school.tz,
        riders=group.counted,
        before=before,
        now=now,
        change=points,
    )


def _school(plan: Plan, group: Group) -> Place:
    return plan.place[PlaceKind.SCHOOL, group.ncessch]


def _seat(plan: Plan, had: Had) -> Seat:
    school = _school(plan, had.group)
    session = plan.session[had.session_id]
    return Seat(
        session_id=had.session_id,
        event=session.event,
        date=had.block.date,
        garage_id=had.block.garage_id,
        garage=plan.place[PlaceKind.GARAGE, had.block.garage_id].name,
        bus_type=had.block.bus_type,
        bus_number=had.bus_number,
        pick_up_s=had.pick_up_s,
        back_s=had.back_s,
        students=had.group.students,
        chaperones=had.group.chaperones,
        wheelchairs=had.group.wheelchairs,
        ncessch=had.group.ncessch,
        stop_lat=school.stop_lat,
        stop_lon=school.stop_lon,
        venue_ids=tuple(v.venue_id for v in session.visits),
    )
