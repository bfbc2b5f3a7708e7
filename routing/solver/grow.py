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
from tourpool.routing.solver.chains import Chains
from tourpool.routing.solver.columns import Columns, listed
from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.cuts import Triple, triple_cuts
from tourpool.routing.solver.fines import Fines
from tourpool.routing.solver.instance import Bools, Instance, Ints, SessionData
from tourpool.routing.solver.labels import FIELDS, Labels, joined
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection, Stage
from tourpool.routing.solver.stop import NEVER, Stop

BEAMS = (500, 2_000, 20_000)
"""Runs of a level kept by one pricing after the other, before the exact one."""
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
    picks, x
        Columns of the relaxation, and their values.
    value, bound
        Of the relaxation over these columns; over all columns (minus infinity: none known).
    complete
        Whether no column prices out, so that both are the same.
    prices
        Of each session, what its columns are priced by.
    """

    columns: list[Columns]
    picks: Picks
    x: Floats
    value: float
    bound: float
    complete: bool
    prices: list["Prices"]


@dataclass(frozen=True)
class Prices:
    """Prices of groups, bus types, 1e-4 US$ and triples of a session, see `columns_below`.

    Prices of what budgets bear (at most 0, of 1e-4 US$, ``(B,)``) make columns dearer than that.
    """

    gain: Floats
    mu: Floats
    per_cost: float
    fines: Fines
    share: Floats

    def below(
        self,
        m: Instance,
        s: SessionData,
        threshold: float,
        most: int,
        stop: Stop,
        *,
        whole: bool,
    ) -> Columns:
        """Columns whose reduced cost, without budgets, is under the threshold."""
        return columns_below(
            m,
            s,
            self.gain,
            self.mu,
            self.per_cost,
            threshold,
            most,
            stop,
            self.fines,
            whole=whole,
        )

    def reduced(self, c: Columns) -> Floats:
        """Reduced costs of some columns, infinite where there is none, ``(sets, K)``."""
        cost = np.where(c.feasible, self.per_cost * c.cost - self.mu, np.inf)
        for payer_m, price in zip(c.payer_m.T, self.share, strict=True):
            cost = cost - price * np.where(c.feasible, borne(c, payer_m), 0)
        return np.asarray(cost + (self.fines.of_sets(c.inside) - c.inside @ self.gain)[:, None])


def borne(c: Columns, payer_m: Ints) -> Ints:
    """What a budget bears of each column, as `Selection.shares` has it, ``(sets, K)``."""
    whole = c.alone_m[:, None]
    cost = np.where(c.feasible, c.cost, 0)
    return np.asarray((2 * cost * payer_m[:, None] + whole) // (2 * whole))


def some_columns(m: Instance, s: SessionData) -> Columns:
    """Sets to begin with: all of one school, and of others those that save most.

    A group gains what its cheapest bus costs when it goes alone.
    """
    own = listed(m, replace(s, apart=s.apart | (s.school[:, None] != s.school)))
    own = own.keep(np.asarray(own.feasible.any(axis=1)))
    single = own.keep(own.inside.sum(axis=1) == 1)
    alone = single.cost.min(axis=1)
    gain = np.full(len(s.loc), alone.max(initial=0), np.float64)
    gain[single.inside.argmax(axis=1)] = alone
    no_price = np.zeros(len(m.fleet.garage))
    saving = columns_below(m, s, gain, no_price, 1.0, np.inf, BEAMS[0], NEVER)
    return merged(own, unknown(own, saving))


def grown(
    m: Instance,
    columns: Sequence[Columns],
    stage: Stage,
    most: int,
    stop: Stop,
    *,
    chains: Sequence[Chains] = (),
    start: Picks = NO_PICKS,
    triples: Sequence[Triple] = (),
) -> Grown:
    """Price columns in until none improves the relaxation of a stage, or until stopped.

    Parameters
    ----------
    columns, start
        Of each session, those known; of these, what the relaxation begins with. Where they are
        complete, none is looked for.
    most
        Runs of one direction that the exact pricing may keep.
    chains
        Blocks of two run-pairs; no others are looked for.
    triples
        Requests whose subset-row cut tightens the relaxation.
    """
    work = _Pricing(Selection(m, columns, chains), stage, most, start, triples)
    while work.round(stop):
        pass
    return work.grown


class _Pricing:
    """Rounds of relaxing and pricing."""

    def __init__(
        self, known: Selection, stage: Stage, most: int, start: Picks, triples: Sequence[Triple]
    ) -> None:
        self.m, self.chains = known.m, known.chains
        self.stage, self.triples = stage, list(triples)
        self.most = most
        self.grown = Grown(
            known.columns, start, np.zeros(0), -np.inf, -np.inf, complete=False, prices=[]
        )
        self.beam, self.swing = 0, EPS

    def round(self, stop: Stop) -> bool:
        """Relax, and price once; whether there is more to do."""
        g = self.grown
        relaxation = self._relaxed(g, stop)
        if not relaxation.complete:
            return False
        prices = [_prices(relaxation, s, self.triples) for s in range(len(g.columns))]
        exact = self.beam == len(BEAMS)
        # prices swing near the end: what would price out after the next swing comes along at once
        threshold = self.swing if exact else -EPS
        most = self.most if exact else BEAMS[self.beam]
        found = [
            nothing(c) if c.complete else p.below(self.m, s, threshold, most, stop, whole=exact)
            for c, p, s in zip(g.columns, prices, self.m.sessions, strict=True)
        ]
        fresh = [unknown(c, more) for c, more in zip(g.columns, found, strict=True)]
        reduced = [p.reduced(c) for p, c in zip(prices, fresh, strict=True)]
        new = sum(int((r.min(axis=1, initial=0.0) < -EPS).sum()) for r in reduced)
        whole, bound = all(c.complete for c in found), g.bound
        if whole:
            missed = EPS * self.m.n_requests  # by columns that are hardly better
            bound = max(bound, relaxation.value + _may_fall(self.m, reduced) - missed)
        if exact and not whole and self.swing > EPS and not stop.now:
            self.swing = EPS  # less may be little enough
            return True
        self.swing = max(EPS, -min((float(r.min(initial=0.0)) for r in reduced), default=0.0))
        columns = [
            c if c.complete else merged(c, _best(more, r))
            for c, more, r in zip(g.columns, fresh, reduced, strict=True)
        ]
        picks, x = relaxation.picks, relaxation.x
        picks = picks.first(len(x))
        self.grown = Grown(columns, picks, x, relaxation.value, bound, whole and not new, prices)
        if new <= FEW and not exact:
            self.beam += 1
            return not (whole and not new)
        return new > 0 and not stop.now

    def _relaxed(self, g: Grown, stop: Stop) -> Relaxation:
        """The relaxation over the columns priced in."""
        selection = Selection(self.m, g.columns, self.chains)
        relaxation = Relaxation(selection, self.stage, g.picks)
        if self.triples:
            relaxation.tighten(triple_cuts(selection, self.triples))
        relaxation.solve(stop)
        return relaxation


def improving(m: Instance, g: Grown, gap: float, most: int, stop: Stop) -> list[Columns]:
    """Of each session, all columns that a plan may hold that is better than the one at hand.

    ``gap`` is the value of that plan less the bound of a complete relaxation.
    """
    return [
        c if c.complete else p.below(m, s, gap, most, stop, whole=True)
        for c, p, s in zip(g.columns, g.prices, m.sessions, strict=True)
    ]


def nothing(c: Columns) -> Columns:
    """None of them, and none is missing."""
    return replace(c.keep(np.zeros(len(c.cost), np.bool_)), complete=True)


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
    return Prices(gain, mu, per_cost, Fines.of(len(gain), fined), relaxation.share_prices)


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
        out=replace(joined([a.out, b.out]), complete=False),
        back=replace(joined([a.back, b.back]), complete=False),
        out_at=np.concatenate([a.out_at, b.out_at + len(a.out.end)]),
        back_at=np.concatenate([a.back_at, b.back_at + len(a.back.end)]),
        complete=False,
    )


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
