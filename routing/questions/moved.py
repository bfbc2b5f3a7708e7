"""What moved for whom from one plan to the one that follows it; nothing else moved."""

import datetime as dt
from collections.abc import Iterator, Sequence

from tourpool.events.rules import Policy
from tourpool.routing.plan import Group, Move, MoveKind, Place, PlaceKind, Plan, Seat
from tourpool.routing.published import Had, held_against, seats_of


def moves(
    before: Plan, now: Plan, policy: Policy, today: dt.date | None = None
) -> tuple[Move, ...]:
    """Everything that is not as it was, for groups in the order of sessions and of requests.

    A group is told when its session, its bus, the start of its boarding or the end of its
    alighting is another one, when it has a seat and had none, and when it has none any more. Who
    rode before ``today`` and is in the tables no more has not lost a seat.
    """
    had, has = seats_of(before), seats_of(now)
    over = {r for r, of in had.items() if today is not None and of[0].block.date < today}
    had = {r: of for r, of in had.items() if r not in over or r in has}
    found: list[Move] = []
    for request_id in dict.fromkeys((*before.request, *now.request)):
        found += _of_request(
            before, now, policy, had.get(request_id, ()), has.get(request_id, ()), request_id
        )
    return tuple(found)


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
        old = held_against(tuple(had), h.group.part)
        one, two = _seat(before, old), _seat(now, h)
        moved = _kind(one, two)
        if moved is not None:
            yield _move(moved, h.group, school, one, two, change_of(policy, h.group, one, two))


def change_of(policy: Policy, group: Group, before: Seat, now: Seat) -> int:
    """Points: its counted riders times what its change counts."""
    if before.session_id != now.session_id:
        return group.counted * policy.change_session
    points = 0 if before.bus == now.bus and before.date == now.date else policy.change_bus
    if abs(before.pick_up_s - now.pick_up_s) > 60 * policy.change_time_min:
        points += policy.change_time
    return group.counted * points


def _kind(before: Seat, now: Seat) -> MoveKind | None:
    if before == now:
        return None
    if before.session_id != now.session_id:
        return MoveKind.SESSION
    return MoveKind.BUS if before.bus != now.bus else MoveKind.TIMES


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
    return Seat(
        session_id=had.session_id,
        event=plan.session[had.session_id].event,
        date=had.block.date,
        garage_id=had.block.garage_id,
        bus_type=had.block.bus_type,
        bus_number=had.bus_number,
        pick_up_s=had.pick_up_s,
        back_s=had.back_s,
    )
