"""The choice of blocks over all sessions and days at once, as rows and columns.

Rows, in this order: a request is served once at the most; those who had a seat keep so much of it;
the parts of a cut request are all served or none, in one session; people of a session, and of one
school in it; buses of type k on day d; budgets. A stage may add three: the least students' worth,
the greatest cost, the greatest change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, vstack

from tourpool.routing.solver.chains import Chains
from tourpool.routing.solver.columns import Columns, Pool
from tourpool.routing.solver.instance import FOREVER_S, Bools, Instance, Ints, SessionData, ints

Floats = NDArray[np.float64]
USD = 1e-4


@dataclass(frozen=True)
class Picks:
    """Some columns: pool, set and bus type of each, ``(P,)``."""

    pool: Ints
    set: Ints
    bus: Ints

    def __len__(self) -> int:
        return len(self.pool)

    def where(self, mask: NDArray[np.bool_]) -> "Picks":
        """Those where the mask is true."""
        return Picks(self.pool[mask], self.set[mask], self.bus[mask])

    def at(self, positions: Ints) -> "Picks":
        """Those at some positions."""
        return Picks(self.pool[positions], self.set[positions], self.bus[positions])

    def first(self, n: int) -> "Picks":
        """The first n of them."""
        return Picks(self.pool[:n], self.set[:n], self.bus[:n])

    def union(self, other: "Picks") -> "Picks":
        """Both without repetition, in a fixed order."""
        rows = np.concatenate([self.rows(), other.rows()])
        return Picks(*np.unique(rows, axis=0).T) if len(rows) else self

    def rows(self) -> Ints:
        """One row a column, ``(P, 3)``."""
        return np.stack([self.pool, self.set, self.bus], axis=1)


NO_PICKS = Picks(*np.zeros((3, 0), np.int64))


@dataclass(frozen=True)
class Stage:
    """One objective: minimise a sum over the chosen columns, under what earlier stages fixed.

    Attributes
    ----------
    per_worth, per_cost_usd, per_dislike, per_change
        What one unit of each adds to the objective; worth counts against it.
    least_worth, most_cost, most_change
        What earlier stages reached: students' worth, cost in 1e-4 US$, change.
    granule
        Two different values of the objective differ by this at least.
    """

    name: str
    per_worth: float = 0.0
    per_cost_usd: float = 0.0
    per_dislike: float = 0.0
    per_change: float = 0.0
    least_worth: int | None = None
    most_cost: int | None = None
    most_change: int | None = None
    granule: float = USD

    def allows(self, totals: "Totals") -> bool:
        """Whether totals keep what earlier stages reached, in whole numbers."""
        enough = self.least_worth is None or totals.worth >= self.least_worth
        cheap = self.most_cost is None or totals.cost <= self.most_cost
        return enough and cheap and (self.most_change is None or totals.change <= self.most_change)


@dataclass(frozen=True)
class Totals:
    """What a set of columns adds up to, exactly."""

    worth: int
    cost: int
    dislike: int
    change: int = 0


class Selection:
    """Rows and columns of the choice; all columns of all pools, none written out in full.

    Parameters
    ----------
    m
        The instance.
    columns
        For each of its sessions.
    chains
        Blocks of two run-pairs.
    """

    def __init__(
        self, m: Instance, columns: Sequence[Columns], chains: Sequence[Chains] = ()
    ) -> None:
        self.m, self.columns, self.chains = m, list(columns), list(chains)
        self.pools: list[Pool] = [*self.columns, *self.chains]
        self.sessions = [(s,) for s in range(len(self.columns))] + [c.sessions for c in self.chains]
        self.complete = all(c.complete for c in self.pools)
        self._day = ints([c.day for c in self.pools])
        self.buses, self.days = m.fleet.count.shape
        self.lower: list[float] = [-np.inf] * m.n_requests
        self.upper: list[float] = [1.0] * m.n_requests
        for r in m.must.tolist():
            self.lower[r] = 1.0
        self.held_rows = [self._row(least, np.inf) for _, least in m.held]
        self.part_rows: dict[tuple[int, int], list[int]] = {}  # of a cut request in a session
        entries = [self._entries(s, data) for s, data in enumerate(m.sessions)]
        self.n_set_rows = len(self.lower)
        self.tables = [
            _table(e, len(s.loc), self.n_set_rows) for e, s in zip(entries, m.sessions, strict=True)
        ]
        self.sets = [
            csr_array(csr_array(c.inside.astype(np.float64)) @ vstack([self.tables[s] for s in of]))
            for c, of in zip(self.pools, self.sessions, strict=True)
        ]
        self.lower += [-np.inf] * (self.buses * self.days)
        self.upper += m.fleet.count.T.ravel().astype(float).tolist()  # row of (day, bus type)
        self.lower += [-np.inf] * len(m.budgets)
        self.upper += (m.budgets * USD).tolist()

    def _entries(self, s: int, data: SessionData) -> list[tuple[int, int, float]]:
        """(group, row, coefficient) of the set rows of session s; makes the rows it needs."""
        entries, parts = [], data.parts
        for row, (requests, _) in zip(self.held_rows, self.m.held, strict=True):
            had = np.flatnonzero(np.isin(data.request, requests))
            entries += [(int(i), row, float(data.worth[i])) for i in had]
        for i in range(len(data.loc)):
            if parts[i] == 1:
                entries.append((i, int(data.request[i]), 1.0))
            else:
                row = self._row(0.0, 0.0)
                self.part_rows.setdefault((int(data.request[i]), s), []).append(row)
                entries.append((i, row, 1.0))
        if data.max_people < FOREVER_S and len(data.loc):
            row = self._row(-np.inf, data.max_people)
            entries += [(i, row, float(data.people[i])) for i in range(len(data.loc))]
        if data.max_people_per_school < FOREVER_S:
            for school in np.unique(data.school):
                row = self._row(-np.inf, data.max_people_per_school)
                of = np.flatnonzero(data.school == school)
                entries += [(int(i), row, float(data.people[i])) for i in of]
        return entries

    def _row(self, lower: float, upper: float) -> int:
        self.lower.append(lower)
        self.upper.append(float(upper))
        return len(self.lower) - 1

    def bus_row(self, pool: Ints | int, bus: Ints) -> Ints:
        """Row of a bus type on a pool's day."""
        return np.asarray(self.n_set_rows + self._day[pool] * self.buses + bus)

    def switches(self) -> csc_array:
        """Columns that say 'request r is served in session s', for cut requests only."""
        a = np.zeros((len(self.lower), len(self.part_rows)))
        for column, ((request, _), rows) in enumerate(sorted(self.part_rows.items())):
            a[request, column] = 1.0
            a[rows, column] = -1.0
        return csc_array(a)

    def matrix(self, picks: Picks) -> csc_array:
        """Coefficients of some columns, ``(rows, P)``."""
        at = self.bus_row(picks.pool, picks.bus) - self.n_set_rows
        shape = (self.buses * self.days, len(picks))
        bus = csc_array((np.ones(len(picks)), (at, np.arange(len(picks)))), shape)
        pieces = [self.stacked(self.sets, picks), bus]
        if len(self.m.budgets):
            pieces.append(csc_array(self.shares(picks).T * USD))
        return csc_array(vstack(pieces, format="csc"))

    def shares(self, picks: Picks) -> Ints:
        """What each budget bears of some columns, 1e-4 US$, ``(P, B)``.

        By counted riders times metres of their own ways, rounded half up once a column.
        """
        cost, whole = self.gather("cost", picks)[:, None], self.gather("alone_m", picks)[:, None]
        part = np.zeros((len(picks), len(self.m.budgets)), np.int64)
        for p in np.unique(picks.pool):
            of = picks.pool == p
            part[of] = self.pools[p].payer_m[picks.set[of]]
        return np.asarray((2 * cost * part + whole) // (2 * whole))

    def stacked(self, tables: Sequence[csr_array], picks: Picks) -> csc_array:
        """Of tables with one row a set, those of some columns: each becomes a column."""
        if not len(picks):
            return csc_array((tables[0].shape[1] if tables else 0, 0))
        pieces = [tables[s][picks.set[picks.pool == s]] for s in np.unique(picks.pool)]
        back_in_order = np.argsort(np.argsort(picks.pool, kind="stable"))
        return csc_array(vstack(pieces, format="csr")[back_in_order].T)

    def gather(self, name: str, picks: Picks) -> Ints:
        """``worth``, ``cost``, ``dislike``, ``change`` or ``alone_m`` of some columns, exact."""
        values = np.zeros(len(picks), np.int64)
        for s in np.unique(picks.pool):
            of, table = picks.pool == s, getattr(self.pools[s], name)
            if table is None:
                continue
            values[of] = (
                table[picks.set[of], picks.bus[of]] if name == "cost" else table[picks.set[of]]
            )
        return values

    def totals(self, picks: Picks) -> Totals:
        """What some columns add up to."""
        of = ("worth", "cost", "dislike", "change")
        return Totals(*(int(self.gather(f, picks).sum()) for f in of))

    def riding(self, picks: Picks) -> list[Bools]:
        """Of each session, which groups some columns bring to it."""
        rides = [np.zeros(len(s.loc), np.bool_) for s in self.m.sessions]
        for p, a in zip(picks.pool.tolist(), picks.set.tolist(), strict=True):
            first, inside = 0, self.pools[p].inside[a]
            for s in self.sessions[p]:
                rides[s] |= inside[first : first + len(rides[s])]
                first += len(rides[s])
        return rides

    def objective(self, stage: Stage, picks: Picks) -> Floats:
        """Objective of each column at a stage."""
        return np.asarray(
            stage.per_cost_usd * USD * self.gather("cost", picks)
            + stage.per_dislike * self.gather("dislike", picks)
            + stage.per_change * self.gather("change", picks)
            - stage.per_worth * self.gather("worth", picks)
        )

    def fits(self, picks: Picks) -> bool:
        """Whether some columns keep all rows."""
        used = np.asarray(self.matrix(picks).sum(axis=1)).ravel()
        used += self.switches() @ self.switched(picks)
        upper, lower = np.array(self.upper), np.array(self.lower)
        kept = (used <= upper + 1e-6).all() and (used >= lower - 1e-6).all()
        return bool(kept) and self.within_budgets(picks)

    def within_budgets(self, picks: Picks) -> bool:
        """Whether some columns keep all budgets, in whole numbers."""
        if not len(self.m.budgets):
            return True
        return bool((self.shares(picks).sum(axis=0) <= self.m.budgets).all())

    def switched(self, picks: Picks) -> NDArray[np.bool_]:
        """Values of the switches that go with some chosen columns."""
        reached = np.asarray(self.matrix(picks).sum(axis=1)).ravel()
        return np.array(
            [reached[rows[0]] > 0 for _, rows in sorted(self.part_rows.items())], dtype=np.bool_
        )


def _table(entries: list[tuple[int, int, float]], n: int, rows: int) -> csr_array:
    """Sparse (groups, rows) table of entries."""
    if not entries:
        return csr_array((n, rows))
    i, row, value = zip(*entries, strict=True)
    return csr_array((value, (i, row)), shape=(n, rows))
