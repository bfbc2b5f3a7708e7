"""A choice as tables for a search by moves, and plans in these tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tourpool.routing.solver.columns import bus_table, fixed_entries, listed
from tourpool.routing.solver.compiled import NO_BLOCK
from tourpool.routing.solver.compiled_moves import begin, put_on
from tourpool.routing.solver.compiled_reckon import refresh
from tourpool.routing.solver.compiled_tables import state_seen, task_seen
from tourpool.routing.solver.instance import Instance, Ints, SessionData, ints
from tourpool.routing.solver.plan_tables import (
    AT,
    BLOCK_COLUMNS,
    BUS,
    REQUEST,
    SESSION,
    N,
    State,
    Task,
)

MOST_NEAR = 300
"""Requests remembered as near another one."""
FAR_M = 10**12


class Drive(NamedTuple):
    """One bus: session, bus type, and its groups i from the venue outwards, out and back."""

    session: int
    bus: int
    out: tuple[int, ...]
    back: tuple[int, ...]


@dataclass(frozen=True)
class Moves:
    """Tables of an instance; ``first`` is the number of each session's first group among all."""

    m: Instance
    task: Task
    first: Ints

    @classmethod
    def of(cls, m: Instance, per_worth: float) -> "Moves":
        """Tables in which a unit of worth gains so many 1e-4 US$."""
        first = np.cumsum([0, *(len(s.loc) for s in m.sessions)])
        school, room = _schools(m)
        group = np.concatenate([_groups(n, s) for n, s in enumerate(m.sessions)])
        group = np.insert(group, 10, school, axis=1)
        units = _units(group)
        groups = ints([g for u in units for g in u])
        unit = np.cumsum([0, *map(len, units)])
        worth = np.concatenate([s.worth for s in m.sessions])
        avoid_at, avoid = _avoided(m, first)
        f, profiles = m.fleet, [m.on(q) for q in range(1 + len(m.others))]
        task = Task(
            road_s=np.stack([t for on in profiles for t in (on.seconds.T, on.seconds)]),
            road_m=np.stack([t for on in profiles for t in (on.metres.T, on.metres)]),
            profile=(np.zeros_like(f.count) if m.profile is None else m.profile).T,
            group=group,
            payer_m=np.concatenate([(s.payer * s.alone_m).T for s in m.sessions]),
            avoid_at=avoid_at,
            avoid=avoid,
            carry=np.concatenate([s.carry for s in m.sessions], axis=1),
            hold=np.stack(
                [f.seats_small, f.seats_large, f.places, f.lost_seats, f.min_riders], axis=1
            ),
            buses=_buses(m),
            number=f.count.T,
            alone=_alone(m),
            session=np.array([(s.first, s.last, s.day, s.max_people) for s in m.sessions]),
            fixed=np.stack(
                [[fixed_entries(on, s) for s in on.sessions] for on in profiles], axis=1
            ),
            school_room=room,
            budget=m.budgets,
            unit_at=np.searchsorted([group[u[0], REQUEST] for u in units], range(m.n_requests + 1)),
            unit=unit,
            gain=np.array([float(per_worth * worth[u].sum()) for u in units]),
            groups=groups,
            near=_near(m),
        )
        # one layout of arrays, or all would be compiled for each
        return cls(m, Task._make(map(np.ascontiguousarray, task)), first)

    def nothing(self) -> State:
        """The plan that serves nobody."""
        p, m = self.task, self.m
        blocks = _most_blocks(p, m.n_requests)
        most = max((len(s.loc) for s in m.sessions), default=0)
        seats = int(p.hold[:, :2].max(initial=0))
        places = (2, blocks, min(most, seats) + 1)
        return State(
            block=np.zeros((blocks, BLOCK_COLUMNS), np.int64),
            payer_m=np.zeros((blocks, len(m.budgets)), np.int64),
            order=np.zeros(places, np.int64),
            ride=np.zeros(places, np.int64),
            slack=np.zeros(places, np.int64),
            where=np.full(len(p.group), -1),
            unit=np.full(m.n_requests, -1),
            used=np.zeros_like(p.number),
            people=np.zeros(len(m.sessions), np.int64),
            school=np.zeros(len(p.school_room), np.int64),
            spent=np.zeros(len(m.budgets), np.int64),
            total=np.zeros(2),
            touched=np.zeros(blocks, np.bool_),
        )

    def state(self, drives: Sequence[Drive]) -> State:
        """A plan of some blocks."""
        x = self.nothing()
        p, seen = task_seen(self.task), state_seen(x)
        for drive in drives:
            first = int(self.first[drive.session])
            out, back = (np.array(v) + first for v in (drive.out, drive.back))
            b = begin(p, seen, drive.bus, out[0])
            for n, g in enumerate(out[1:].tolist(), start=1):
                put_on(p, seen, b, g, n, n)
            x.order[1, b, : len(back)] = back
            refresh(p, seen, b)
        self._serve(x)
        return x

    def _serve(self, x: State) -> None:
        """Note which requests are served, by where their groups are."""
        p = self.task
        for r in range(self.m.n_requests):
            for u in range(p.unit_at[r], p.unit_at[r + 1]):
                if x.where[p.groups[p.unit[u]]] >= 0:
                    x.unit[r] = u
                    x.total[1] += p.gain[u]

    def drives(self, x: State) -> list[Drive]:
        """The blocks of a plan."""
        found = []
        for b in np.flatnonzero(x.block[:, N]).tolist():
            s, n = int(x.block[b, AT]), int(x.block[b, N])
            out, back = (tuple((x.order[d, b, :n] - self.first[s]).tolist()) for d in range(2))
            found.append(Drive(s, int(x.block[b, BUS]), out, back))
        return found


def _groups(n: int, s: SessionData) -> Ints:
    """SESSION ... PEOPLE and ALONE_M of the groups of session n."""
    columns = (
        np.full(len(s.loc), n),
        s.request,
        s.loc,
        s.board_s,
        s.out_limit_s,
        s.back_limit_s,
        s.small,
        s.large,
        s.wheels,
        s.people,
        s.alone_m,
    )
    return np.stack(columns, axis=1).astype(np.int64)


def _schools(m: Instance) -> tuple[Ints, Ints]:
    """Number of each group's school in its session, and the people that each of these may bring."""
    number: list[Ints] = []
    room: list[int] = []
    for s in m.sessions:
        schools, of = np.unique(s.school, return_inverse=True)
        number.append(of + len(room))
        room += [s.max_people_per_school] * len(schools)
    return np.concatenate(number).astype(np.int64), ints(room)


def _units(group: Ints) -> list[Ints]:
    """Groups that are served together, by request: those of one session."""
    by = np.lexsort([group[:, SESSION], group[:, REQUEST]])
    keys = group[by][:, [REQUEST, SESSION]]
    begins = np.flatnonzero((keys[1:] != keys[:-1]).any(axis=1)) + 1
    return np.split(by, begins) if len(by) else []


def _avoided(m: Instance, first: Ints) -> tuple[Ints, Ints]:
    """Where the groups begin that each group must not share a bus with, and these groups."""
    pairs = [np.argwhere(s.apart) + n for s, n in zip(m.sessions, first, strict=False)]
    of, others = np.concatenate(pairs).T
    return np.searchsorted(of, np.arange(int(first[-1]) + 1)), others


def _buses(m: Instance) -> Ints:
    """Bus types on each day, ``(days, K, ...)``."""
    on = {s.day: bus_table(m, s) for s in m.sessions}
    empty = np.zeros_like(next(iter(on.values())))
    return np.stack([on.get(d, empty) for d in range(m.fleet.count.shape[1])])


def _alone(m: Instance) -> Ints:
    """Cost of each group alone with each bus type, however few it may go for, ``(G, K)``."""
    any_load = replace(m, fleet=replace(m.fleet, min_riders=0 * m.fleet.min_riders))
    found = []
    for s in m.sessions:
        n = len(s.loc)
        single = listed(any_load, replace(s, apart=np.ones((n, n), np.bool_)))
        cost = np.full((n, len(m.fleet.garage)), NO_BLOCK)
        a, i = np.nonzero(single.inside)  # a set has a row for each profile of roads
        np.minimum.at(cost, i, single.cost[a])
        found.append(cost)
    return np.concatenate(found)


def _most_blocks(p: Task, n_requests: int) -> int:
    """Blocks that a plan can have: one for each group that rides."""
    parts = np.diff(p.unit)
    most = [parts[p.unit_at[r] : p.unit_at[r + 1]].max(initial=0) for r in range(n_requests)]
    return max(1, int(sum(most)))


def _near(m: Instance) -> Ints:
    """Of each request the nearest that accept a session on the same day, itself first; then -1."""
    loc = np.full(m.n_requests, -1)
    days = np.zeros((m.n_requests, m.fleet.count.shape[1]), np.float32)
    for s in m.sessions:
        loc[s.request] = s.loc
        days[s.request, s.day] = 1
    both_m = m.metres + m.metres.T
    most = min(MOST_NEAR, m.n_requests)
    near = np.full((m.n_requests, most), -1)
    for r in range(m.n_requests):
        far_m = np.where(days @ days[r] > 0, both_m[loc[r], loc], FAR_M)
        far_m[r] = -1 if loc[r] >= 0 else FAR_M
        by = np.argsort(far_m, kind="stable")[:most]
        near[r] = np.where(far_m[by] < FAR_M, by, -1)
    return near
