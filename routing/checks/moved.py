"""What a plan says of itself as one that follows another."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tourpool.events.clock import same_clock
from tourpool.events.rules import Policy
from tourpool.events.season import Season
from tourpool.routing.checks.case import Case
from tourpool.routing.checks.words import Rule, Violation
from tourpool.routing.plan import Block, Group, Move, MoveKind, Plan, RunPair, Seat


def stated_moves(season: Season, plan: Plan, cases: Sequence[Case]) -> Iterator[Violation]:
    """Where it says a group rides now the group rides, and its points are those of the policy.

    Where the group rode before stands in the plan before alone; see `all_moves`.
    """
    if plan.follows is None and (plan.moves or plan.bus_moves or plan.proof.change):
        yield _wrong("plan", "it says what moved, and follows no plan")
    points = sum(move.change for move in plan.moves)
    if points != plan.proof.change:
        text = f"change: the proof says {plan.proof.change}, and what moved adds up to {points}"
        yield _wrong("plan", text)
    for group_id, n in Counter(move.group_id for move in plan.moves).items():
        if n > 1:
            yield _wrong(f"group {group_id}", f"it is told {n} times what moved for it")
    rides = {r.group.group_id: _now(c, r.group, r.counted) for c in cases for r in c.riders}
    for move in plan.moves:
        where = f"group {move.group_id}"
        has = rides.get(move.group_id) if move.now is not None else None
        if move.now is None and not _rides_no_more(plan, move):
            yield _wrong(where, f"it says {move.kind.value}, and {move.request_id} has a seat")
        if move.now is not None and has != _said(move):
            yield _wrong(where, f"it says {_said(move)}, and it is {has}")
        for what, said, right in _recomputed(season, move):
            if said != right:
                yield _wrong(where, f"{what}: it says {said}, and it is {right}")


def all_moves(season: Season, before: Plan, plan: Plan) -> Iterator[Violation]:
    """All that is not as it was in the plan before is told, as it was there, and nothing else."""
    if plan.follows != before.plan_id:
        yield _wrong("plan", f"it follows {plan.follows}, and not {before.plan_id}")
        return
    told = {move.group_id: move for move in plan.moves}
    was, now = _rides(before), _rides(plan)
    of_request: dict[str, list[_Ride]] = {}
    for ride in was.values():
        of_request.setdefault(ride.group.request_id, []).append(ride)
    changed = set()
    for group_id, ride in now.items():
        seats = sorted(of_request.get(ride.group.request_id, []), key=lambda r: r.group.part)
        old = seats[min(ride.group.part, len(seats)) - 1] if seats else None
        tz = season.school[ride.group.ncessch].tz
        if old is None or old.at(ride.block.date, tz) != ride.at(ride.block.date, tz):
            changed.add(group_id)
        move = told.get(group_id)
        if move is not None and _as_was(move.before) != (None if old is None else old.raw):
            yield _wrong(f"group {group_id}", "it did not ride before as it is told")
    riding = {ride.group.request_id for ride in now.values()}
    for group_id, ride in was.items():
        is_over = plan.over_before is not None and ride.block.date < plan.over_before
        if ride.group.request_id not in riding and not is_over:
            changed.add(group_id)
    for group_id in sorted(changed - told.keys()):
        yield _wrong(f"group {group_id}", "it does not ride as before, and that is not told")
    for group_id in sorted(told.keys() - changed):
        yield _wrong(f"group {group_id}", "it is told to move, and rides as before")


@dataclass(frozen=True)
class _Ride:
    """A group on its bus."""

    block: Block
    pair: RunPair
    group: Group
    venue_ids: tuple[str, ...]
    stop: tuple[float, float]

    @property
    def times_s(self) -> tuple[int, int]:
        """Start of boarding, end of alighting."""
        begins, ends = _times_s(self.pair, self.group)
        return (begins or [-1])[0], (ends or [-1])[0]

    @property
    def raw(self) -> tuple[object, ...]:
        """As a seat tells it."""
        block, group = self.block, self.group
        bus = (block.garage_id, block.bus_type, block.bus_number)
        people = (group.students, group.chaperones, group.wheelchairs)
        return self.pair.session_id, block.date, bus, *self.times_s, people, self.venue_ids

    def at(self, date: dt.date, tz: str) -> tuple[object, ...]:
        """All that may not change, with clocks as on another day."""
        clocks = [same_clock(self.block.date, s, date, tz) for s in self.times_s]
        return (*self.raw[:3], *clocks, *self.raw[5:], self.group.ncessch, self.stop)


def _rides(plan: Plan) -> dict[str, _Ride]:
    """Each group's ride."""
    venues = {s.session_id: tuple(v.venue_id for v in s.visits) for s in plan.sessions}
    stop = {(p.kind.value, p.place_id): (p.stop_lat, p.stop_lon) for p in plan.places}
    return {
        g.group_id: _Ride(b, p, g, venues[p.session_id], stop["school", g.ncessch])
        for b in plan.blocks
        for p in b.run_pairs
        for g in p.groups
    }


def _as_was(seat: Seat | None) -> tuple[object, ...] | None:
    if seat is None:
        return None
    s = seat
    return s.session_id, s.date, s.bus, s.pick_up_s, s.back_s, s.people, s.venue_ids


def _recomputed(season: Season, move: Move) -> Iterator[tuple[str, object, object]]:
    """What a move says, and what follows from the seats it names, the season and its policy."""
    school = season.school.get(move.ncessch)
    if school is not None:
        yield "school", move.school, school.name
        yield "zone", move.tz, school.tz
    both = move.before is not None and move.now is not None
    kinds = {
        (True, True): set(MoveKind) - {MoveKind.LOST, MoveKind.CANCELLED, MoveKind.NEW},
        (True, False): {MoveKind.LOST, MoveKind.CANCELLED},
        (False, True): {MoveKind.NEW},
    }.get((move.before is not None, move.now is not None), set())
    yield "what", move.kind in kinds, True
    points = 0
    if both and move.before is not None and move.now is not None:
        points = _points(season.policy, move.before, move.now, move.tz) * move.riders
    yield "points", move.change, points


def _points(policy: Policy, before: Seat, now: Seat, tz: str) -> int:
    """Of one rider."""
    if before.session_id != now.session_id:
        return policy.change_session
    moved_s = abs(same_clock(before.date, before.pick_up_s, now.date, tz) - now.pick_up_s)
    same_bus = (before.date, before.bus) == (now.date, now.bus)
    late = moved_s > policy.change_time_min * 60
    return policy.change_bus * (not same_bus) + policy.change_time * late


def _rides_no_more(plan: Plan, move: Move) -> bool:
    request = plan.request.get(move.request_id)
    if request is None:
        return move.kind is MoveKind.CANCELLED
    return request.session_id is None and move.kind is MoveKind.LOST


def _said(move: Move) -> tuple[object, ...] | None:
    if move.now is None:
        return None
    now = move.now
    times = (now.pick_up_s, now.back_s)
    return (move.ncessch, move.riders, now.session_id, now.date, *now.bus, *times, *now.people)


def _now(case: Case, group: Group, counted: int) -> tuple[object, ...]:
    """School, riders, session, day, bus, start of boarding and end of alighting, and people."""
    block, pair = case.block, case.pair
    begins, ends = _times_s(pair, group)
    bus = (block.garage_id, block.bus_type, block.bus_number)
    people = (group.students, group.chaperones, group.wheelchairs)
    who = (group.ncessch, counted)
    return (*who, pair.session_id, block.date, *bus, *begins[:1], *ends[:1], *people)


def _times_s(pair: RunPair, group: Group) -> tuple[list[int], list[int]]:
    """Starts of boarding and ends of alighting; one each, but in a garbled plan."""
    begins = [b.begin_s for s in pair.outbound.stops for b in s.on if b.group_id == group.group_id]
    ends = [b.end_s for s in pair.return_run.stops for b in s.off if b.group_id == group.group_id]
    return begins, ends


def _wrong(where: str, text: str) -> Violation:
    return Violation(Rule.STATED_MOVES, where, text)
