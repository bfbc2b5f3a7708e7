"""Columns: for every set of groups of a session and every bus type, the cheapest block.

A set is a column's rows, a bus type its vehicle; a block here is one run-pair. Out and back are
coupled by minimum, overtime and duty, so the two Pareto fronts are combined pairwise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.instance import Bools, Instance, Ints, SessionData
from tourpool.routing.labels import Labels, holds, members, run_labels

NO_BLOCK = np.int64(2**62)
"""Cost where this bus type cannot bring this set."""


@dataclass(frozen=True)
class Columns:
    """All columns of one session.

    Attributes
    ----------
    inside
        Whether set a holds group i, shape ``(sets, n)``.
    cost
        Least cost of a block in 1e-4 US$; NO_BLOCK where there is none, ``(sets, K)``.
    worth, dislike, people
        Sums over the groups of each set, ``(sets,)``.
    out, back
        Runs of both directions.
    out_at, back_at
        First and past-the-last run of each set, ``(sets, 2)``.
    """

    inside: Bools
    cost: Ints
    worth: Ints
    dislike: Ints
    people: Ints
    out: Labels
    back: Labels
    out_at: Ints
    back_at: Ints

    @property
    def feasible(self) -> Bools:
        """Where there is a block, ``(sets, K)``."""
        return np.asarray(self.cost < NO_BLOCK)

    def keep(self, sets: NDArray[np.bool_]) -> "Columns":
        """The same with fewer sets."""
        return Columns(
            inside=self.inside[sets],
            cost=self.cost[sets],
            worth=self.worth[sets],
            dislike=self.dislike[sets],
            people=self.people[sets],
            out=self.out,
            back=self.back,
            out_at=self.out_at[sets],
            back_at=self.back_at[sets],
        )


def session_columns(m: Instance, s: SessionData) -> Columns:
    """Enumerate both directions of session s, match their sets, and price each bus type."""
    n = len(s.loc)
    out, back = run_labels(m, s, outbound=True), run_labels(m, s, outbound=False)
    out_at, back_at = _matching_sets(out, back)
    inside = members(out.bits[out_at[:, 0]], n)
    heads = inside.astype(np.int64)
    columns = Columns(
        inside=inside,
        cost=np.full((len(inside), len(m.fleet.garage)), NO_BLOCK),
        worth=heads @ s.worth,
        dislike=heads @ s.dislike,
        people=heads @ s.people,
        out=out,
        back=back,
        out_at=out_at,
        back_at=back_at,
    )
    may = _may_carry(m, s, heads) & (columns.people <= s.max_people)[:, None]
    pairs = _Pairs(out_at, back_at)
    for k in np.flatnonzero(m.fleet.count[:, s.day] > 0):
        cost = pair_costs(m, s, columns, int(k), pairs.out, pairs.back)
        columns.cost[:, k] = (
            np.where(may[:, k], np.minimum.reduceat(cost, pairs.first), NO_BLOCK)
            if len(cost)
            else NO_BLOCK
        )
    return columns.keep(np.asarray(columns.feasible.any(axis=1)))


def best_pair(m: Instance, s: SessionData, columns: Columns, a: int, k: int) -> tuple[int, int]:
    """The runs (out, back) of the cheapest block that brings set a with bus type k."""
    pairs = _Pairs(columns.out_at[a : a + 1], columns.back_at[a : a + 1])
    best = int(np.argmin(pair_costs(m, s, columns, k, pairs.out, pairs.back)))
    return int(pairs.out[best]), int(pairs.back[best])


def pair_costs(m: Instance, s: SessionData, c: Columns, k: int, out: Ints, back: Ints) -> Ints:
    """Cost of blocks of runs ``out[p]`` and ``back[p]`` by bus type k; NO_BLOCK: forbidden."""
    f, garage = m.fleet, m.fleet.garage[k]
    there_s = c.out.seconds[out] + m.seconds[garage, c.out.end[out]]
    home_s = c.back.seconds[back] + m.seconds[c.back.end[back], garage]
    metres = pair_metres(m, s, c, k, out, back)
    duty_s = there_s + home_s + (s.depart_s - s.arrive_s)
    riders_s = _boarding_s(c, s, out)
    standing_s = 2 * riders_s + m.stop_s * (c.out.stops[out] + c.back.stops[back]) + s.wait_s
    allowed = (
        (s.arrive_s - there_s >= f.free_from_s[k, s.day])
        & (s.depart_s + home_s <= f.free_to_s[k, s.day])
        & (duty_s <= f.max_duty_s[k])
        & (duty_s - standing_s <= f.max_drive_s[k])
    )
    return np.where(allowed, block_cost(m, k, metres, duty_s, s.wait_s), NO_BLOCK)


def pair_metres(m: Instance, s: SessionData, c: Columns, k: int, out: Ints, back: Ints) -> Ints:
    """Metres of the blocks made of runs ``out[p]`` and ``back[p]`` by bus type k."""
    garage, far, home = m.fleet.garage[k], c.out.end[out], c.back.end[back]
    there = c.out.metres[out] + m.metres[garage, far]
    return np.asarray(there + s.between_m + c.back.metres[back] + m.metres[home, garage])


def block_cost(m: Instance, k: int, metres: Ints, duty_s: Ints, wait_s: int) -> Ints:
    """Cost in 1e-4 US$, rounded half up once; never falls when an argument but waiting grows."""
    f = m.fleet
    exact = (
        f.fixed[k]
        + f.per_m[k] * metres
        + f.per_s[k] * (duty_s - wait_s)
        + f.per_wait_s[k] * wait_s
        + f.per_overtime_s[k] * np.maximum(0, duty_s - f.overtime_after_s[k])
    )
    rounded: Ints = (2 * np.maximum(exact, f.minimum[k]) + m.money_q) // (2 * m.money_q)
    return rounded


def _boarding_s(c: Columns, s: SessionData, out: Ints) -> Ints:
    """Boarding seconds of each run's riders."""
    labels, inverse = np.unique(out, return_inverse=True)
    return (members(c.out.bits[labels], len(s.loc)).astype(np.int64) @ s.board_s)[inverse]


def _matching_sets(out: Labels, back: Labels) -> tuple[Ints, Ints]:
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


class _Pairs:
    """All pairs of an outbound and a return run of the same set, set after set."""

    def __init__(self, out_at: Ints, back_at: Ints) -> None:
        n_out, n_back = out_at[:, 1] - out_at[:, 0], back_at[:, 1] - back_at[:, 0]
        size = n_out * n_back
        self.first = (
            np.concatenate([[0], np.cumsum(size)[:-1]]).astype(np.int64) if len(size) else size
        )
        within = np.arange(int(size.sum())) - np.repeat(self.first, size)
        self.out = np.repeat(out_at[:, 0], size) + within // np.repeat(n_back, size)
        self.back = np.repeat(back_at[:, 0], size) + within % np.repeat(n_back, size)


def _may_carry(m: Instance, s: SessionData, heads: Ints) -> Bools:
    """Whether bus type k holds set a and may carry all of it, ``(sets, K)``."""
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
    allowed: Bools = fits & ((heads @ (~s.carry.T).astype(np.int64)) == 0)
    return allowed
