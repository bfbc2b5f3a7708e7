"""The relaxation over all columns of sessions whose sets are too many to list.

Columns are priced in as they are needed: by a narrow beam at first, exactly at the end. When no
column prices out, the value is a bound over all columns, as if they were listed. Then only those
whose reduced cost is under the gap matter, and these can be listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tourpool.routing.solver.bounded import columns_below
from tourpool.routing.solver.columns import Columns
from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.cuts import Triple, triple_cuts
from tourpool.routing.solver.fines import Fines
from tourpool.routing.solver.instance import Bools, Instance, Ints, SessionData
from tourpool.routing.solver.labels import FIELDS, Labels
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.stop import Stop

BEAMS = (500, 2_000, 20_000, 3_000_000)
"""Runs of a level kept by one pricing after the other; the last one is to be exact."""
BATCH = 400
"""Sets of one session added in a round."""
FEW = 10
"""So few new sets in a round, and the next beam is wider."""
EPS = 1e-6


@dataclass(frozen=True)
class Grown:
    """A relaxation over all columns, as far as it came.

    Attributes
    ----------
    columns
        Those priced in, of each session.
    picks
        Columns of the relaxation.
    value, bound
        Of the relaxation over these columns; over all columns (minus infinity: none known).
    complete
        Whether no column prices out, so that both are the same.
    prices
        Of each session, what its columns are priced by.
    """

    columns: list[Columns]
    picks: Picks
    value: float
    bound: float
    complete: bool
    prices: list["Prices"]


@dataclass(frozen=True)
class Prices:
    """Prices of groups, bus types, 1e-4 US$ and triples of a session, see `columns_below`."""

    gain: Floats
    mu: Floats
    per_cost: float
    fines: Fines

    def below(
        self, m: Instance, s: SessionData, threshold: float, most: int, stop: Stop
    ) -> Columns:
        """Columns whose reduced cost is under the threshold."""
        return columns_below(
            m, s, self.gain, self.mu, self.per_cost, threshold, most, stop, self.fines
        )

    def reduced(self, c: Columns) -> Floats:
        """Reduced costs of some columns, infinite where there is none, ``(sets, K)``."""
        cost = np.where(c.feasible, self.per_cost * c.cost - self.mu, np.inf)
        return np.asarray(cost + (self.fines.of_sets(c.inside) - c.inside @ self.gain)[:, None])


def first_columns(m: Instance, s: SessionData, per_worth: float, per_cost: float) -> Columns:
    """Some columns of a session to begin with; those of single groups are among them."""
    no_price = np.zeros(len(m.fleet.garage))
    return columns_below(
        m,
        s,
        np.asarray(per_worth * s.worth, np.float64),
        no_price,
        per_cost,
        np.inf,
        BEAMS[0],
        Stop(),
    )


def grown(
    m: Instance,
    columns: Sequence[Columns],
    stage: Stage,
    stop: Stop,
    *,
    start: Picks = NO_PICKS,
    triples: Sequence[Triple] = (),
) -> Grown:
    """Price columns in until none improves the relaxation of a stage, or until stopped.

    Parameters
    ----------
    columns, start
        Of each session, those known; of these, what the relaxation begins with.
    triples
        Requests whose subset-row cut tightens the relaxation.
    """
    work = _Pricing(m, list(columns), stage, start, triples)
    while work.round(stop):
        pass
    return work.grown


class _Pricing:
    """Rounds of relaxing and pricing."""

    def __init__(
        self,
        m: Instance,
        columns: list[Columns],
        stage: Stage,
        start: Picks,
        triples: Sequence[Triple],
    ) -> None:
        self.m, self.stage, self.triples = m, stage, list(triples)
        self.grown = Grown(columns, start, -np.inf, -np.inf, complete=False, prices=[])
        self.beam, self.swing = 0, EPS

    def round(self, stop: Stop) -> bool:
        """Relax, and price once; whether there is more to do."""
        g = self.grown
        relaxation = self._relaxed(g, stop)
        if not relaxation.complete:
            return False
        prices = [_prices(relaxation, s, self.triples) for s in range(len(g.columns))]
        exact = self.beam == len(BEAMS) - 1
        # prices swing near the end: what would price out after the next swing comes along at once
        threshold = self.swing if exact else -EPS
        found = [
            p.below(self.m, s, threshold, BEAMS[self.beam], stop)
            for p, s in zip(prices, self.m.sessions, strict=True)
        ]
        fresh = [unknown(c, more) for c, more in zip(g.columns, found, strict=True)]
        reduced = [p.reduced(c) for p, c in zip(prices, fresh, strict=True)]
        new = sum(int((r.min(axis=1, initial=0.0) < -EPS).sum()) for r in reduced)
        whole, bound = all(c.complete for c in found), g.bound
        if whole:
            bound = max(bound, relaxation.value + _may_fall(self.m, reduced))
        self.swing = max(EPS, -min((float(r.min(initial=0.0)) for r in reduced), default=0.0))
        columns = [
            merged(c, _best(more, r)) for c, more, r in zip(g.columns, fresh, reduced, strict=True)
        ]
        self.grown = Grown(
            columns, relaxation.picks, relaxation.value, bound, whole and not new, prices
        )
        if new <= FEW and not exact:
            self.beam += 1
            return not (whole and not new)
        return new > 0 and not stop.now

    def _relaxed(self, g: Grown, stop: Stop) -> Relaxation:
        """The relaxation over the columns priced in."""
        selection = Selection(self.m, g.columns)
        relaxation = Relaxation(selection, self.stage, g.picks)
        if self.triples:
            relaxation.tighten(triple_cuts(selection, self.triples))
        relaxation.solve(stop)
        return relaxation


def improving(m: Instance, g: Grown, gap: float, most: int, stop: Stop) -> list[Columns]:
    """Of each session, all columns that a plan may hold that is better by less than ``gap``.

    ``gap`` is the value of a plan less the bound of a complete relaxation.
    """
    return [p.below(m, s, gap, most, stop) for p, s in zip(g.prices, m.sessions, strict=True)]


def _prices(relaxation: Relaxation, s: int, triples: Sequence[Triple]) -> Prices:
    """Prices of session s; a triple counts where at least two of its requests ride whole."""
    data = relaxation.selection.m.sessions[s]
    gain, mu, per_cost = relaxation.gains(s)
    whole = np.flatnonzero(data.parts == 1)
    group = dict(zip(data.request[whole].tolist(), whole.tolist(), strict=True))
    fined = []
    for triple, price in zip(triples, relaxation.cut_prices.tolist(), strict=True):
        i, j, k = (group.get(r, -1) for r in triple)
        if price < 0 and (i, j, k).count(-1) < 2:
            fined.append(((i, j, k), -price))
    return Prices(gain, mu, per_cost, Fines.of(len(gain), fined))


def _may_fall(m: Instance, reduced: Sequence[Floats]) -> float:
    """The most by which columns that price out may lower the relaxation; at most 0.

    Of each bus type and day no more columns can be chosen than there are buses.
    """
    least = np.zeros(m.fleet.count.shape)
    for s, r in zip(m.sessions, reduced, strict=True):
        least[:, s.day] = np.minimum(least[:, s.day], r.min(axis=0, initial=0.0))
    return float((m.fleet.count * least).sum())


def _best(c: Columns, reduced: Floats) -> Columns:
    """The sets with the least reduced costs."""
    keep = np.zeros(len(c.cost), np.bool_)
    keep[np.argsort(reduced.min(axis=1), kind="stable")[:BATCH]] = True
    return c.keep(keep)


def unknown(a: Columns, b: Columns) -> Columns:
    """Columns of ``b`` that ``a`` has not.

    A set may be in both at different costs: a narrow beam may have missed its cheapest runs.
    """
    known = set(_keys(a))
    return b.keep(np.array([key not in known for key in _keys(b)], dtype=np.bool_))


def _keys(c: Columns) -> list[bytes]:
    """Set and costs of each row."""
    return [i.tobytes() + k.tobytes() for i, k in zip(c.inside, c.cost, strict=True)]


def merged(a: Columns, b: Columns) -> Columns:
    """Columns of both; those of ``a`` keep their places."""
    b = _pruned(b)
    both: dict[str, Any] = {
        name: np.concatenate([getattr(a, name), getattr(b, name)])
        for name in ("inside", "cost", "worth", "dislike", "alone_m", "payer_m", "people", "may")
    }
    return replace(
        a,
        **both,
        out=_joined(a.out, b.out),
        back=_joined(a.back, b.back),
        out_at=np.concatenate([a.out_at, b.out_at + len(a.out.end)]),
        back_at=np.concatenate([a.back_at, b.back_at + len(a.back.end)]),
        complete=False,
    )


def _joined(a: Labels, b: Labels) -> Labels:
    parts = {f: np.concatenate([getattr(a, f), getattr(b, f)]) for f in FIELDS}
    shift = np.where(b.parent >= 0, b.parent + len(a.end), -1)
    return Labels(**{**parts, "parent": np.append(a.parent, shift)}, complete=False)


def _pruned(c: Columns) -> Columns:
    """The same without runs that no set needs."""
    out, out_at = _needed(c.out, c.out_at)
    back, back_at = _needed(c.back, c.back_at)
    return replace(c, out=out, back=back, out_at=out_at, back_at=back_at)


def _needed(labels: Labels, at: Ints) -> tuple[Labels, Ints]:
    """Runs of some stretches and those that they extend, and where the stretches are now."""
    ends = np.zeros(len(labels.end) + 1, np.int64)
    np.add.at(ends, at[:, 0], 1)
    np.add.at(ends, at[:, 1], -1)
    need: Bools = np.cumsum(ends[:-1]) > 0
    front = np.flatnonzero(need)
    while len(front):
        front = np.unique(labels.parent[front])
        front = front[front >= 0]
        front = front[~need[front]]
        need[front] = True
    place = np.append(0, np.cumsum(need))
    parts = {f: getattr(labels, f)[need] for f in FIELDS}
    parent = parts["parent"]
    parts["parent"] = np.where(parent >= 0, place[parent], -1)
    return Labels(**parts, complete=labels.complete), place[at]
