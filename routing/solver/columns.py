"""Columns: for every set of groups of a session and every bus type, the cheapest block.

A set is a column's rows, a bus type its vehicle; a block here is one run-pair (`chains.py` makes
those of two). Out and back are coupled by minimum, tiers, overtime and duty, so the two Pareto
fronts are combined pairwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tourpool.routing.solver.compiled import NO_BLOCK, cheapest_pair, least_costs
from tourpool.routing.solver.instance import Bools, Instance, Ints, SessionData, ints
from tourpool.routing.solver.labels import Labels, holds, joined, members, run_labels
from tourpool.routing.solver.stop import NEVER, Stop

CHUNK = 20_000
"""Sets priced between two looks at the clock."""


@dataclass(frozen=True)
class Pool:
    """Sets of groups that one bus can bring in a day, and what each costs with each bus type.

    Attributes
    ----------
    day
        Day d.
    request
        Request of each group, ``(n,)``.
    inside
        Whether set a holds group i, shape ``(sets, n)``.
    cost
        Least cost of a block in 1e-4 US$; NO_BLOCK where there is none, ``(sets, K)``.
    worth, dislike
        Sums over the groups of each set, ``(sets,)``.
    alone_m
        Sum of counted riders times metres of their own ways, ``(sets,)``.
    payer_m
        The same over those for whom a budget pays, ``(sets, B)``.
    complete
        Whether every feasible set is there.
    change
        What each set changes for those who had a seat, ``(sets,)``; None where nobody asks.
    """

    day: int
    request: Ints
    inside: Bools
    cost: Ints
    worth: Ints
    dislike: Ints
    alone_m: Ints
    payer_m: Ints
    complete: bool
    change: Ints | None = field(default=None, kw_only=True)

    @property
    def feasible(self) -> Bools:
        """Where there is a block, ``(sets, K)``."""
        return np.asarray(self.cost < NO_BLOCK)

    def keep(self, sets: Bools | Ints) -> Self:
        """The same with fewer sets."""
        return replace(self, **{name: getattr(self, name)[sets] for name in self.by_set()})

    def by_set(self) -> tuple[str, ...]:
        """Names of what has one row a set."""
        asked = () if self.change is None else ("change",)
        return ("inside", "cost", "worth", "dislike", "alone_m", "payer_m", *asked)


Some = TypeVar("Some", bound=Pool)


@dataclass(frozen=True)
class Columns(Pool):
    """All columns of one session.

    Attributes
    ----------
    people
        Sum over the groups of each set, ``(sets,)``.
    may
        Whether bus type k may carry set a, by seats, rules and free days, ``(sets, K)``.
    out, back
        Runs of both directions.
    out_at, back_at
        First and past-the-last run of each set, ``(sets, 2)``.
    """

    people: Ints
    may: Bools
    out: Labels
    back: Labels
    out_at: Ints
    back_at: Ints

    def by_set(self) -> tuple[str, ...]:
        """Names of what has one row a set."""
        return (*super().by_set(), "people", "may", "out_at", "back_at")


def together(parts: Sequence[Some]) -> Some:
    """Sets of one pool, taken apart before: those of the first part come first."""
    first = parts[0]
    if len(parts) == 1:
        return first
    whole: dict[str, Any] = {
        name: np.concatenate([getattr(p, name) for p in parts]) for name in first.by_set()
    }
    return replace(first, **whole)


def session_columns(m: Instance, s: SessionData, stop: Stop = NEVER) -> Columns:
    """Enumerate both directions of session s, match their sets, and price each bus type.

    When stopped, some sets are missing; those of single groups are there at the least.
    """
    columns = listed(m, s, stop)
    return columns.keep(np.asarray(columns.feasible.any(axis=1)))


def listed(m: Instance, s: SessionData, stop: Stop = NEVER) -> Columns:
    """The same with sets that no bus brings by themselves: it may in a block of two run-pairs."""
    return stacked([_listed(m.on(p), s.on(p), stop) for p in m.profiles_on(s.day)])


def stacked(of: Sequence[Columns]) -> Columns:
    """Columns of one session for buses of several profiles; a set has a row in each."""
    if len(of) == 1:
        return of[0]
    shifts = [np.cumsum([0, *(len(getattr(c, way).end) for c in of)]) for way in ("out", "back")]
    both: dict[str, Any] = {
        name: np.concatenate([getattr(c, name) for c in of])
        for name in ("inside", "cost", "worth", "dislike", "alone_m", "payer_m", "people", "may")
    }
    return replace(
        of[0],
        **both,
        out=joined([c.out for c in of]),
        back=joined([c.back for c in of]),
        out_at=np.concatenate([c.out_at + n for c, n in zip(of, shifts[0], strict=False)]),
        back_at=np.concatenate([c.back_at + n for c, n in zip(of, shifts[1], strict=False)]),
        complete=all(c.complete for c in of),
    )


def _listed(m: Instance, s: SessionData, stop: Stop) -> Columns:
    out = run_labels(m, s, outbound=True, stop=stop)
    back = run_labels(m, s, outbound=False, stop=stop)
    return matched(m, s, out, back, stop)


def matched(m: Instance, s: SessionData, out: Labels, back: Labels, stop: Stop) -> Columns:
    """Columns of the sets that have runs in both directions."""
    return assembled(m, s, (out, back), matching_sets(out, back), stop)


def assembled(
    m: Instance, s: SessionData, runs: tuple[Labels, Labels], at: tuple[Ints, Ints], stop: Stop
) -> Columns:
    """Columns of the sets whose runs (out, back) lie in the stretches ``at``, priced."""
    (out, back), (out_at, back_at) = runs, at
    inside = members(out.bits[out_at[:, 0]], len(s.loc))
    heads = csr_array(inside.astype(np.int64))
    columns = Columns(
        day=s.day,
        request=s.request,
        inside=inside,
        cost=np.full((len(inside), len(m.fleet.garage)), NO_BLOCK),
        worth=np.asarray(heads @ s.worth),
        dislike=np.asarray(heads @ s.dislike),
        alone_m=np.asarray(heads @ s.alone_m),
        payer_m=np.asarray(heads @ (s.payer * s.alone_m).T),
        people=np.asarray(heads @ s.people),
        may=_may_carry(m, s, heads),
        out=out,
        back=back,
        out_at=out_at,
        back_at=back_at,
        complete=out.complete and back.complete,
    )
    columns.cost[columns.may] = 0
    priced = _price(m, s, columns, np.asarray(heads @ s.board_s), stop)
    return columns if priced else replace(columns, complete=False)


def _price(m: Instance, s: SessionData, c: Columns, board_s: Ints, stop: Stop) -> bool:
    """Fill in least costs where they are marked by 0; False if stopped before all are."""
    out, back, buses, fixed = (
        runs_table(c.out),
        runs_table(c.back),
        bus_table(m, s),
        fixed_entries(m, s),
    )
    for a in range(0, len(c.cost), CHUNK):
        if a and stop.now:
            c.cost[a:] = NO_BLOCK
            return False
        few = slice(a, a + CHUNK)
        least_costs(
            out,
            back,
            c.out_at[few],
            c.back_at[few],
            buses,
            fixed,
            board_s[few],
            m.seconds,
            m.metres,
            c.cost[few],
        )
    return True


def best_pair(m: Instance, s: SessionData, columns: Columns, a: int, k: int) -> tuple[int, int]:
    """The runs (out, back) of the cheapest block that brings set a with bus type k."""
    out, back = columns.out_at[a], columns.back_at[a]
    _, i, j = cheapest_pair(
        runs_table(columns.out, slice(*out)),
        runs_table(columns.back, slice(*back)),
        bus_table(m, s)[k],
        fixed_entries(m, s),
        int(columns.inside[a] @ s.board_s),
        m.seconds,
        m.metres,
    )
    return int(out[0]) + i, int(back[0]) + j


def pair_metres(m: Instance, s: SessionData, c: Columns, k: int, out: int, back: int) -> int:
    """Metres of the block made of runs ``out`` and ``back`` by bus type k."""
    garage, far, home = m.fleet.garage[k], c.out.end[out], c.back.end[back]
    there = c.out.metres[out] + m.metres[garage, far]
    return int(there + s.between_m + c.back.metres[back] + m.metres[home, garage])


_EVERY = slice(None)


def runs_table(labels: Labels, which: slice = _EVERY) -> Ints:
    """END, SECONDS, METRES, STOPS of runs, as compiled code sees them."""
    columns = (labels.end, labels.seconds, labels.metres, labels.stops)
    return np.stack([c[which] for c in columns], axis=1)


def bus_table(m: Instance, s: SessionData) -> Ints:
    """GARAGE ... TIERS of all bus types on the day of session s."""
    f, day = m.fleet, s.day
    columns = (
        f.garage,
        f.free_from_s[:, day],
        f.free_to_s[:, day],
        f.max_duty_s,
        f.max_drive_s,
        f.fixed,
        f.per_m,
        f.per_s,
        f.per_wait_s,
        f.minimum,
        f.overtime_after_s,
        f.per_overtime_s,
        f.driver_minimum,
    )
    return np.concatenate(
        [np.stack(columns, axis=1), f.tiers.reshape(len(f.garage), 2 * f.tiers.shape[1])], axis=1
    )


def fixed_entries(m: Instance, s: SessionData) -> Ints:
    """ARRIVE ... MONEY_Q: what session s fixes for every block."""
    return ints([s.arrive_s, s.depart_s, s.between_m, s.wait_s, m.stop_s, m.money_q])


def matching_sets(out: Labels, back: Labels) -> tuple[Ints, Ints]:
    """Stretches of labels of those sets that have runs in both directions, ``(sets, 2)`` each."""
    begin_out, begin_back = _begins(out), _begins(back)
    keys = [_opaque(v.bits[b[:-1]]) for v, b in ((out, begin_out), (back, begin_back))]
    _, i, j = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    by = np.argsort(i, kind="stable")
    i, j = i[by], j[by]
    return (
        np.stack([begin_out[i], begin_out[i + 1]], axis=1),
        np.stack([begin_back[j], begin_back[j + 1]], axis=1),
    )


def _begins(labels: Labels) -> Ints:
    """Where each set begins, and the end; labels of one set lie next to each other."""
    n = len(labels.end)
    if n == 0:
        return np.zeros(1, np.int64)
    new = (labels.bits[1:] != labels.bits[:-1]).any(axis=1)
    return np.concatenate([[0], np.flatnonzero(new) + 1, [n]]).astype(np.int64)


def _opaque(bits: NDArray[np.uint64]) -> NDArray[np.void]:
    """Each row as one comparable value."""
    rows = np.ascontiguousarray(bits)
    return rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()


def _may_carry(m: Instance, s: SessionData, heads: csr_array) -> Bools:
    """Whether bus type k is free, holds set a and may carry all of it, ``(sets, K)``."""
    f = m.fleet
    small, large, wheels = (heads @ v for v in (s.small, s.large, s.wheels))
    fits = holds(
        small[:, None],
        large[:, None],
        wheels[:, None],
        f.seats_small,
        f.seats_large,
        f.places,
        f.lost_seats,
    )
    people = (heads @ s.people)[:, None]
    enough = (people >= f.min_riders) & (people <= s.max_people)
    allowed: Bools = fits & enough & ((heads @ (~s.carry.T).astype(np.int64)) == 0)
    return allowed & (f.count[:, s.day] > 0)
