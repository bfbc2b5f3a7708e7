"""Blocks of two run-pairs: one bus serves two sessions of a day, one after the other.

From its last drop-off the bus goes on to the next first pick-up, directly or by its garage.
Minimum, tiers, overtime, duty and the driver's least pay belong to the block, and a dearer, faster
order may be the one that fits: all four fronts of runs are combined. A bus type whose waiting costs
more than its driving does one run-pair a day: its fronts would not hold the cheapest pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tourpool.routing.solver.columns import Columns, Pool, bus_table, fixed_entries, runs_table
from tourpool.routing.solver.compiled import NO_BLOCK
from tourpool.routing.solver.compiled_chains import best_chain, chain_costs, in_time
from tourpool.routing.solver.instance import Instance, Ints
from tourpool.routing.solver.stop import Stop

CHUNK = 20_000
"""Pairs of sets priced between two looks at the clock."""


@dataclass(frozen=True)
class Chains(Pool):
    """All blocks that serve two sessions, the earlier one first.

    Attributes
    ----------
    sessions
        Indices of the two.
    legs
        Their columns, those included that no bus brings by themselves.
    which
        Sets of both, ``(sets, 2)``.
    """

    sessions: tuple[int, int]
    legs: tuple[Columns, Columns]
    which: Ints

    def by_set(self) -> tuple[str, ...]:
        """Names of what has one row a set."""
        return (*super().by_set(), "which")


def chains(m: Instance, listed: Sequence[Columns | None], most: int, stop: Stop) -> list[Chains]:
    """Blocks over every two sessions of a day that follow each other, ``most`` in all.

    Of sessions with no columns in ``listed``, None, there are no blocks.
    """
    found: list[Chains] = []
    for a, (first, one) in enumerate(zip(m.sessions, listed, strict=True)):
        for b, (second, two) in enumerate(zip(m.sessions, listed, strict=True)):
            follows = first.day == second.day and first.depart_s < second.arrive_s
            if follows and one is not None and two is not None:
                left = most - sum(len(c.cost) for c in found)
                found.append(_chained(m, (a, b), (one, two), left, stop))
    return [c for c in found if len(c.cost) or not c.complete]


def _chained(
    m: Instance, sessions: tuple[int, int], legs: tuple[Columns, Columns], most: int, stop: Stop
) -> Chains:
    one, two = legs
    data = tuple(m.sessions[s] for s in sessions)
    early = data[0].depart_s + _least(one.back_at, one.back.seconds)
    late = data[1].arrive_s - _least(two.out_at, two.out.seconds)
    which, whole = in_time(early, late, one.may, two.may, most)
    shared = one.request[:, None] == two.request[None, :]
    if shared.any():  # a request that accepts both sessions comes to one of them
        twice = (one.inside[which[:, 0]].astype(np.int64) @ shared.astype(np.int64)) > 0
        which = which[~(twice & two.inside[which[:, 1]]).any(axis=1)]
    return chained(m, sessions, legs, which, stop, whole=whole)


def chained(
    m: Instance,
    sessions: tuple[int, int],
    legs: tuple[Columns, Columns],
    which: Ints,
    stop: Stop,
    *,
    whole: bool,
) -> Chains:
    """Blocks that serve the pairs ``which`` of sets of two sessions, priced.

    ``whole`` says that no other pairs can be served one after the other.
    """
    one, two = legs
    data = tuple(m.sessions[s] for s in sessions)
    board = [np.asarray(c.inside @ s.board_s) for c, s in zip(legs, data, strict=True)]
    cost = np.full((len(which), len(m.fleet.garage)), NO_BLOCK)
    pays = m.fleet.per_wait_s <= m.fleet.per_s  # else the slower way home may be the cheaper one
    cost[one.may[which[:, 0]] & two.may[which[:, 1]] & pays] = 0
    buses = bus_table(m, data[0])
    fixed = np.stack([fixed_entries(m, s) for s in data])
    for at in range(0, len(which), CHUNK):
        few = slice(at, at + CHUNK)
        if stop.now:
            cost[at:], whole = NO_BLOCK, False
            break
        chain_costs(
            _four([runs_table(r) for r in (one.out, one.back, two.out, two.back)]),
            (one.out_at, one.back_at, two.out_at, two.back_at),
            which[few],
            buses,
            fixed,
            (board[0], board[1]),
            m.garage_break_s,
            m.seconds,
            m.metres,
            cost[few],
        )
    pool = Chains(
        day=one.day,
        request=np.concatenate([one.request, two.request]),
        inside=np.concatenate([one.inside[which[:, 0]], two.inside[which[:, 1]]], axis=1),
        cost=cost,
        worth=one.worth[which[:, 0]] + two.worth[which[:, 1]],
        dislike=one.dislike[which[:, 0]] + two.dislike[which[:, 1]],
        alone_m=one.alone_m[which[:, 0]] + two.alone_m[which[:, 1]],
        payer_m=one.payer_m[which[:, 0]] + two.payer_m[which[:, 1]],
        complete=whole and one.complete and two.complete,
        sessions=sessions,
        legs=legs,
        which=which,
    )
    return pool.keep(np.asarray(pool.feasible.any(axis=1)))


def cheapest_chain(
    m: Instance, c: Chains, p: int, k: int
) -> tuple[tuple[int, int, int, int], bool]:
    """The four runs of the cheapest block of pair p with bus type k, and whether by the garage.

    Runs are outbound and return of the first session, then of the second, as their legs count them.
    """
    one, two = c.legs
    a, b = c.which[p]
    at = (one.out_at[a], one.back_at[a], two.out_at[b], two.back_at[b])
    labels = (one.out, one.back, two.out, two.back)
    data = [m.sessions[s] for s in c.sessions]
    board_s = sum(
        int(leg.inside[i] @ s.board_s) for leg, i, s in zip(c.legs, (a, b), data, strict=True)
    )
    _, *best, by_garage = best_chain(
        _four([runs_table(r, slice(*w)) for r, w in zip(labels, at, strict=True)]),
        bus_table(m, data[0])[k],
        np.stack([fixed_entries(m, s) for s in data]),
        board_s,
        m.garage_break_s,
        m.seconds,
        m.metres,
    )
    runs = tuple(int(w[0]) + i for w, i in zip(at, best, strict=True))
    return (runs[0], runs[1], runs[2], runs[3]), by_garage


def _four(tables: Sequence[Ints]) -> tuple[Ints, Ints, Ints, Ints]:
    out, back, out_2, back_2 = tables
    return out, back, out_2, back_2


def _least(at: Ints, values: Ints) -> Ints:
    """The least value of each stretch."""
    return np.array([values[a:b].min() for a, b in at.tolist()], dtype=np.int64)
