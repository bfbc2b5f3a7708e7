"""The columns that prices make worth having, where all of them are too many to list.

Runs grow level by level as in `labels.py`, but one is dropped when no set that it can grow to comes
below a threshold of reduced cost. What a set costs less what its groups gain is shared between the
two directions: half of the gains, of the bus and of its fixed costs to each. The bound of a run is
what it has cost, the best that can follow (`compiled_bounds.completions`), and the best that the
other direction can be with the groups on board. Reduced costs of what is found are exact.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from tourpool.routing.solver.bounds import FINE, ROUGH, Classes, Side
from tourpool.routing.solver.columns import Columns, assembled, matching_sets, session_columns
from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.compiled_bounds import grown_below, least_with, more_fined, worst_pair
from tourpool.routing.solver.fines import Fines
from tourpool.routing.solver.instance import Bools, Instance, Ints, SessionData
from tourpool.routing.solver.labels import CHUNK, FIELDS, Labels
from tourpool.routing.solver.stop import Stop

WAYS = 4
"""Ways to grow held at a time, before the Pareto-best of each set are kept: so often ``most``, or
once where all must be kept."""
NARROW = 2_000
"""A beam up to here is narrow."""


def columns_below(
    m: Instance,
    s: SessionData,
    gain: Floats,
    mu: Floats,
    per_cost: float,
    threshold: float,
    most: int,
    stop: Stop,
    fines: Fines | None = None,
    *,
    whole: bool = False,
) -> Columns:
    """The columns of session s whose reduced cost is below a threshold with some bus type.

    The reduced cost of set a with bus type k is ``per_cost * cost[a, k] - sum(gain[inside[a]]) -
    mu[k]``.

    Parameters
    ----------
    gain, mu
        Of each group, any sign, ``(n,)``; of each bus type, at most 0, ``(K,)``.
    per_cost
        Of 1e-4 US$; at least 0.
    most
        Runs kept of a level and direction; those with the lowest bounds when there are more. A
        narrow beam is guided by rougher bounds.
    fines
        What sets with two of three groups pay on top.
    whole
        Give up when not every such column can be found: ``most`` is then for all levels of a
        direction together, and what is returned is empty when it is not complete.

    Returns
    -------
    Columns
        ``complete`` when every such set is there: not stopped, and never more than ``most``.
    """
    fines = fines or Fines.of(len(gain), [])
    classes = Classes.of_day(m, s, gain, mu, per_cost)
    if not len(gain) or not len(classes.room):
        return session_columns(m, s, stop)
    margin = 1e-9 * (1 + abs(threshold) + np.abs(gain).sum() + np.abs(mu).max())
    detail = FINE if most > NARROW else ROUGH
    there = Side.of(m, s, classes, detail, outbound=True)
    home = Side.of(m, s, classes, detail, outbound=False)
    beam = _Beam(most, whole)
    out = kept(there, home.alone(), fines, threshold + margin, beam, stop)
    hopeful, with_pair = _hopeful(there, out, threshold + margin)
    back = kept(home, with_pair, Fines.of(len(gain), []), threshold + margin, beam, stop)
    out_at, back_at = matching_sets(out.labels, back.labels)
    so_many = np.append(0, np.cumsum(hopeful))
    keep = so_many[out_at[:, 1]] > so_many[out_at[:, 0]]
    columns = assembled(m, s, (out.labels, back.labels), (out_at[keep], back_at[keep]), stop)
    reduced = np.where(columns.feasible, per_cost * columns.cost - mu, np.inf).min(axis=1)
    reduced = reduced - columns.inside @ gain + fines.of_sets(columns.inside)
    return columns.keep(reduced < threshold)


@dataclass(frozen=True)
class Kept:
    """Runs of one direction.

    Attributes
    ----------
    gained
        Half of what the groups of each run gain, ``(L,)``.
    other
        The least value of the other direction with them, ``(L, C)``.
    used
        Their load in units, ``(L, C)``.
    fine
        What they pay as triples, ``(L,)``.
    low
        Bound of what each run can grow to, ``(L,)``.
    """

    labels: Labels
    gained: Floats
    other: Floats
    used: Ints
    fine: Floats
    low: Floats

    def at(self, which: Ints) -> Self:
        """Some of them."""
        labels = Labels(**{f: getattr(self.labels, f)[which] for f in FIELDS})
        return type(self)(labels, *(getattr(self, f)[which] for f in _SUMS))


_SUMS = ("gained", "other", "used", "fine", "low")


@dataclass(frozen=True)
class _Beam:
    """How many runs are kept: of a level, or of all levels together if it must be all of them."""

    most: int
    whole: bool

    def after(self, kept: int) -> int:
        """Runs of the next level, when so many are kept."""
        return max(0, self.most - kept) if self.whole else self.most


def kept(side: Side, pair: Floats, fines: Fines, threshold: float, beam: _Beam, stop: Stop) -> Kept:
    """Runs that can grow to a set below the threshold.

    ``pair[c, i, j]`` is the least value of the other direction with both i and j.
    """
    levels = [_singles(side, pair, threshold)]
    first, complete = 0, True
    while len(levels[-1].low):
        longer, whole = _extend(side, levels[-1], first, pair, fines, threshold, beam, stop)
        first += len(levels[-1].low)
        complete = complete and whole
        if beam.whole and not complete:
            levels = [levels[0].at(np.zeros(0, np.int64))]
            break
        levels.append(longer)
    labels = Labels(
        **{f: np.concatenate([getattr(v.labels, f) for v in levels]) for f in FIELDS},
        complete=complete,
    )
    return Kept(labels, *(np.concatenate([getattr(v, f) for v in levels]) for f in _SUMS))


def _singles(side: Side, pair: Floats, threshold: float) -> Kept:
    labels = side.growth.singles()
    i = labels.added
    none = np.zeros((len(side.classes.room), len(i)), np.int64)
    bounds = side.first[:, i] + side.after(i, labels.seconds, none) + pair[:, i, i]
    low = bounds.min(axis=0)
    whole = Kept(
        labels,
        side.classes.half_gain[i],
        pair[:, i, i].T.copy(),
        side.classes.weight[:, i].T.copy(),
        np.zeros(len(i)),
        low,
    )
    return whole.at(np.flatnonzero(low < threshold))


def _extend(
    side: Side,
    level: Kept,
    first: int,
    pair: Floats,
    fines: Fines,
    threshold: float,
    beam: _Beam,
    stop: Stop,
) -> tuple[Kept, bool]:
    """Runs with one group more, and whether they are all that come below the threshold."""
    most = beam.after(first + len(level.low))
    ways, complete = _Ways(most if beam.whole else WAYS * most), True
    for at in range(0, len(level.low), CHUNK):
        if stop.now or (beam.whole and not ways.complete):
            complete = False
            break
        ways.add(at, _ways(side, level, slice(at, at + CHUNK), pair, fines, threshold))
    a, i, seconds, low = ways.all()
    labels, by = side.growth.pareto(level.labels, first, a, i, seconds)
    a, i, low = a[by], i[by], low[by]
    if len(low) > most:
        complete = False
        few = np.sort(np.argpartition(low, most)[:most])
    else:
        few = np.arange(len(low))
    bits = level.labels.bits[a]
    return Kept(
        labels,
        level.gained[a] + side.classes.half_gain[i],
        worst_pair(bits, i, level.other[a], pair),
        level.used[a] + side.classes.weight[:, i].T,
        level.fine[a] + more_fined(bits, i, fines.at, fines.others, fines.price),
        low,
    ).at(few), complete and ways.complete


def _ways(
    side: Side, level: Kept, few: slice, pair: Floats, fines: Fines, threshold: float
) -> tuple[Ints, Ints, Ints, Floats]:
    """Ways to extend some runs: run, group, seconds, bound."""
    v, g = level.labels, side.growth
    return grown_below(
        v.bits[few],
        v.added[few],
        v.seconds[few],
        v.load[few],
        side.so_far(v, level.gained)[few],
        level.other[few],
        level.used[few],
        level.fine[few],
        side.step_s,
        side.limit_s,
        g.riders,
        g.clash,
        g.holds.kinds,
        side.arc,
        side.classes.weight,
        side.classes.room,
        pair,
        side.rest,
        side.width_s,
        side.bit,
        fines.at,
        fines.others,
        fines.price,
        threshold,
    )


class _Ways:
    """Ways to grow a level; when there are too many, those with the lowest bounds."""

    def __init__(self, most: int) -> None:
        self.most, self.complete = most, True
        none = np.zeros(0, np.int64)
        self.pieces: list[tuple[Ints, Ints, Ints, Floats]] = [(none, none, none, np.zeros(0))]

    def add(self, at: int, more: tuple[Ints, Ints, Ints, Floats]) -> None:
        """Add those of a chunk of runs that begins at ``at``."""
        self.pieces.append((more[0] + at, *more[1:]))
        if sum(len(p[0]) for p in self.pieces) > 2 * self.most:
            a, i, seconds, low = self.all()
            few = np.argpartition(low, self.most)[: self.most]
            self.pieces, self.complete = [(a[few], i[few], seconds[few], low[few])], False

    def all(self) -> tuple[Ints, Ints, Ints, Floats]:
        """Run, group, seconds, bound of each."""
        a, i, seconds, low = (np.concatenate([p[c] for p in self.pieces]) for c in range(4))
        return a, i, seconds, low


def _hopeful(side: Side, out: Kept, threshold: float) -> tuple[Bools, Floats]:
    """Runs whose set, as it is, may come below the threshold; least values with each two groups.

    The return of no other set is wanted, so the least over these bounds the other direction.
    """
    value = side.so_far(out.labels, out.gained) + out.fine[:, None]
    value = value + side.end[:, out.labels.added].T
    fits = out.used <= side.classes.room
    value = np.where(fits & (value + out.other < threshold), value, np.inf)
    pair = least_with(out.labels.bits, value, len(side.growth.s.loc))
    return np.asarray(np.isfinite(value).any(axis=1)), pair
