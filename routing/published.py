"""A published plan as the solver sees it: who had which seat, and how its buses went."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tourpool.events.calendar import acceptable, bus_hours
from tourpool.events.clock import same_clock
from tourpool.events.problems import InputError
from tourpool.events.riders import counted
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.build import Built
from tourpool.routing.over import after_days_over, sessions_over
from tourpool.routing.plan import Block, Group, Plan, RunPair
from tourpool.routing.solver.change import Points, Promised
from tourpool.routing.solver.instance import Ints, ints
from tourpool.routing.solver.numbered import Numbered, numbered
from tourpool.routing.solver.orders import BlockRuns, PairRuns

GONE = 10**6
"""In place of a session that is not offered any more."""


class OverError(InputError):
    """What was driven on days that are over cannot stay as it was; the text says what and why."""


@dataclass(frozen=True)
class Had:
    """The seat of a published group: its session, its bus, the start of its boarding."""

    session_id: str
    bus_number: str
    pick_up_s: int
    back_s: int
    block: Block
    group: Group


def seats_of(plan: Plan) -> dict[str, tuple[Had, ...]]:
    """Of each request with a seat, what its groups had, by their parts."""
    found: dict[str, list[Had]] = {}
    for block in plan.blocks:
        for pair in block.run_pairs:
            begins = {b.group_id: b.begin_s for s in pair.outbound.stops for b in s.on}
            ends = {b.group_id: b.end_s for s in pair.return_run.stops for b in s.off}
            for g in pair.groups:
                seat = Had(
                    session_id=pair.session_id,
                    bus_number=block.bus_number,
                    pick_up_s=begins[g.group_id],
                    back_s=ends[g.group_id],
                    block=block,
                    group=g,
                )
                found.setdefault(g.request_id, []).append(seat)
    return {r: tuple(sorted(of, key=lambda h: h.group.part)) for r, of in sorted(found.items())}


def held_against(seats: tuple[Had, ...], part: int) -> Had:
    """The published seat that a part is held against: that of its number, or the last one."""
    return seats[min(part, len(seats)) - 1]


@dataclass(frozen=True)
class Published:
    """A published plan, held against the season as it is now.

    Attributes
    ----------
    released
        Requests whose seats need not be kept.
    today
        Days before it are over: what was driven on them stays as it was.
    """

    plan: Plan
    released: frozenset[str] = frozenset()
    today: dt.date | None = None

    def now(self, season: Season) -> Season:
        """The season in which nobody chooses any more what is over."""
        return after_days_over(season, self.plan, self.today)

    def over(self, built: Built) -> list[int]:
        """Sessions s that are over."""
        names = sessions_over(built.season, self.today)
        return [s for s, session in enumerate(built.sessions) if session.session_id in names]

    def gone(self, built: Built, left: Sequence[int]) -> OverError | None:
        """What to say when requests r in ``left``, or some of them, rode on days that are over."""
        over = sessions_over(built.season, self.today)
        rode = [r for r in self.plan.requests if r.session_id in over]
        ids = {built.season.requests[r].request_id for r in left}
        lost = [r for r in rode if r.request_id in ids]
        if not lost:
            return None
        named = ", ".join(f"{r.request_id} to {r.session_id}" for r in lost)
        return OverError(
            f"before {self.today} rode {named}, and the tables do not allow it any more as it was: "
            "leave buses, hours and limits of days that are over as they were then, or name an "
            "earlier --today"
        )

    @cached_property
    def seats(self) -> dict[str, tuple[Had, ...]]:
        """Of each request with a seat, what its groups had."""
        return seats_of(self.plan)

    def kept(self, built: Built) -> tuple[Ints, Ints]:
        """Requests r that keep their seats: those whose very seat is still there, then all others.

        It is there while the request accepts the session, on the day of before, the bus goes on
        that day, and there are no more people.
        """
        first: list[int] = []
        others: list[int] = []
        for r, request in enumerate(built.season.requests):
            seats = self.seats.get(request.request_id)
            if seats is not None and request.request_id not in self.released:
                (first if self._is_there(built, request, seats) else others).append(r)
        return ints(first), ints(others)

    def _is_there(self, built: Built, request: SeatRequest, seats: tuple[Had, ...]) -> bool:
        season, groups = built.season, [h.group for h in seats]
        had = (sum(g.people for g in groups), sum(g.wheelchairs for g in groups))
        accepted = {c.session_id for c in acceptable(season, request)}
        return (
            request.people <= had[0]
            and request.wheelchairs <= had[1]
            and all(
                h.session_id in accepted
                and season.session[h.session_id].date == h.block.date
                and (k := bus_row(built, h.block)) >= 0
                and bus_hours(season, season.buses[k], h.block.date) is not None
                for h in seats
            )
        )

    def points(self, built: Built) -> Points:
        """What change counts."""
        policy = built.season.policy
        return Points(
            policy.change_session,
            policy.change_bus,
            policy.change_time,
            60 * policy.change_time_min,
            finer=1 + 4 * sum(counted(built.season, r) for r in built.season.requests),
        )

    def numbered(self, built: Built) -> Numbered:
        """The buses of now; on each day those that the plan used are told apart."""
        day = {date: d for d, date in enumerate(built.dates)}
        named = {
            (k, day[b.date], b.bus_number)
            for b in self.plan.blocks
            if b.date in day and (k := bus_row(built, b)) >= 0
        }
        return numbered(built.instance, named)

    def promised(self, built: Built, buses: Numbered) -> list[Promised]:
        """What the groups of each session had."""
        number = {s.session_id: n for n, s in enumerate(built.sessions)}
        found = []
        for s, groups in enumerate(built.groups):
            n = len(groups)
            session, bus, pick_up, back = (np.full(n, -1, np.int64) for _ in range(4))
            for i, group in enumerate(groups):
                seats = self.seats.get(group.request_id)
                if seats is None:
                    continue
                had = held_against(seats, group.part)
                session[i] = number.get(had.session_id, GONE)
                if session[i] == s:
                    tz = built.season.school[group.ncessch].tz
                    pick_up[i], back[i] = (
                        same_clock(had.block.date, seconds, built.sessions[s].date, tz)
                        for seconds in (had.pick_up_s, had.back_s)
                    )
                    k = bus_row(built, had.block)
                    if k >= 0 and had.block.date == built.sessions[s].date:
                        bus[i] = buses.row(k, built.instance.sessions[s].day, had.bus_number)
            found.append(Promised(session, bus, pick_up, back))
        return found

    def blocks(self, built: Built) -> list[BlockRuns]:
        """How its buses went, less those who ask no more or can no more ride in that session."""
        found: list[BlockRuns] = []
        for block in self.plan.blocks:
            pairs = [q for p in block.run_pairs if (q := _pair(built, p)) is not None]
            k = bus_row(built, block)
            at_once = [tuple(pairs)] if built.instance.run_pairs > 1 else [(q,) for q in pairs]
            found += [BlockRuns(k, of, block.by_garage, 0, 0) for of in at_once if of]
        return found


def bus_row(built: Built, block: Block) -> int:
    """Row k of the bus of a block; -1 when it is not there any more."""
    for k, bus in enumerate(built.season.buses):
        same = (bus.garage_id, bus.bus_type) == (block.garage_id, block.bus_type)
        if same and block.bus_number in bus.numbers:
            return k
    return -1


def _pair(built: Built, pair: RunPair) -> PairRuns | None:
    """The run-pair with those of its groups that still ask for this session."""
    number = {s.session_id: n for n, s in enumerate(built.sessions)}
    s = number.get(pair.session_id)
    if s is None:
        return None
    place = {g.group_id: i for i, g in enumerate(built.groups[s])}
    out = [b.group_id for stop in pair.outbound.stops for b in stop.on]
    back = [b.group_id for stop in pair.return_run.stops for b in stop.off]
    orders = [tuple(place[g] for g in of if g in place) for of in (out, back)]
    return PairRuns(s, orders[0], orders[1]) if orders[0] else None
