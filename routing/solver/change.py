"""What each column changes for those who had a seat, and the plan that changes least.

Change depends on the set of groups, on the bus by its number, and on the order in which its
cheapest block picks up. So bus types are split by number, and a set stands once for each change
that its buses make: change is then a figure of sets, like worth.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from tourpool.routing.solver.chains import Chains
from tourpool.routing.solver.columns import Columns, bus_table, fixed_entries, runs_table, together
from tourpool.routing.solver.compiled import NO_BLOCK
from tourpool.routing.solver.compiled_change import moved_in_chains, moved_in_pairs, moved_on_runs
from tourpool.routing.solver.instance import FOREVER_S, Bools, Instance, Ints
from tourpool.routing.solver.numbered import Numbered
from tourpool.routing.solver.orders import BlockRuns, PairRuns, rides_s
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import USD, Picks, Selection, Stage
from tourpool.routing.solver.solve import liked_stage
from tourpool.routing.solver.stage import CLOSE, TOLERANCE, Progress, solve_stage
from tourpool.routing.solver.stop import NEVER, Stop

Some = TypeVar("Some", Columns, Chains)

BOUND_SHARE = 0.5
"""Of the time left, at most so much for the bound."""
CHUNK = 10_000
"""Sets split between two looks at the clock."""
MOST_CELLS = 50_000_000
"""Sets times rows of buses, of which a few tables are held at a time: 400 MB each."""


@dataclass(frozen=True)
class Points:
    """What one rider's change counts, and by how much a pick-up may move uncounted.

    Attributes
    ----------
    finer
        A point is so much of the change that is made least. The rest, below one point, are riders
        times what is not as it was at all, times to the second: of plans that change as little,
        those that move fewest.
    rider
        What each such thing counts in the rest.
    """

    session: int
    bus: int
    time: int
    most_s: int
    finer: int
    rider: int = 1

    @property
    def without_times(self) -> "Points":
        """Whole points for sessions and buses alone."""
        return replace(self, time=0, finer=1, rider=0)


@dataclass(frozen=True)
class Promised:
    """What the groups i of one session s were promised, ``(n,)`` each.

    Attributes
    ----------
    session
        The session each had a seat in: -1 for none, a number beyond all for one that is gone.
    bus
        Row of the instance with numbers; -1 for a bus that is not there any more.
    pick_up_s, back_s
        Start of boarding, end of alighting; -1 where it had no seat in this session.
    """

    session: Ints
    bus: Ints
    pick_up_s: Ints
    back_s: Ints


@dataclass(frozen=True)
class Changed:
    """The plan that changes least, in columns of the choice it was made from.

    Attributes
    ----------
    numbers
        Number of the bus of each column; None where any of its type will do that is not told apart.
    change
        Points of all who had a seat.
    bound
        No plan within the money changes less, whatever way its buses go.
    """

    picks: Picks
    numbers: tuple[str | None, ...]
    change: int
    bound: int


def least_change(
    selection: Selection,
    plans: Sequence[Picks],
    most_cost: int,
    numbered: Numbered,
    promised: Sequence[Promised],
    points: Points,
    stop: Stop,
    progress: Progress | None = None,
) -> Changed:
    """Least change at no less worth and at most ``most_cost``; then liked sessions, then cost.

    Each bus goes its cheapest way, or the published one where that is a column. What sessions and
    buses alone change at the least, with any other times, is a bound for all ways.

    Parameters
    ----------
    plans
        The plan of the stages before, and others that may change less.
    numbered
        The buses, those of the published plan told apart.
    """
    worth = selection.totals(plans[0]).worth
    within = Stage("change", least_worth=worth, most_cost=most_cost)
    plans = [plan for plan in plans if within.allows(selection.totals(plan))]
    reach, whole = _within_reach(selection, plans, most_cost, worth, len(numbered.number), stop)
    splitting = _Splitting(selection, numbered, promised, points, stop)
    split = splitting.split(reach)
    if split is None:  # stopped in the middle: the plans at hand are what there is
        whole = False
        split = replace(splitting, stop=NEVER).split(_only(selection, plans))
    assert split is not None  # it is never stopped
    starts = [start for plan in plans if (start := split.told_apart(plan)) is not None]
    start = min(
        (p for p in starts if split.selection.fits(p)),
        key=lambda p: split.selection.totals(p).change,
    )
    stage = replace(within, per_change=1.0, granule=1.0)
    result = solve_stage(split.selection, stage, start, stop, progress)
    change = split.selection.totals(result.picks).change
    bound = 0
    if change >= points.finer and whole and selection.complete:
        some = stop.within(BOUND_SHARE * stop.left_s)
        without_times = replace(splitting, points=points.without_times, stop=some)
        bound = _bound(without_times, reach, within, split.back(result.picks), progress)
    slack = most_cost - min(selection.totals(plan).cost for plan in plans)
    stage = liked_stage(replace(within, most_change=change), slack)
    picks = solve_stage(split.selection, stage, result.picks, stop, progress).picks
    return Changed(
        picks=split.back(picks),
        numbers=tuple(numbered.number[row] for row in picks.bus.tolist()),
        change=change // points.finer,
        bound=min(bound, change // points.finer),
    )


def _bound(
    splitting: "_Splitting",
    reach: Sequence[Bools],
    within: Stage,
    known: Picks,
    progress: Progress | None,
) -> int:
    """What all plans within reach change at the least, as points count; ``known`` is one."""
    split = splitting.split(reach)
    start = None if split is None else split.told_apart(known)
    if split is None or start is None:
        return 0
    stage = replace(within, name="bound of change", per_change=1.0, granule=1.0)
    result = solve_stage(split.selection, stage, start, splitting.stop, progress)
    return max(0, int(np.ceil(result.bound - CLOSE)))


def _within_reach(
    selection: Selection,
    plans: Sequence[Picks],
    most_cost: int,
    worth: int,
    rows: int,
    stop: Stop,
) -> tuple[list[Bools], bool]:
    """Columns that a plan of at most ``most_cost`` may hold, by reduced costs, ``(sets, K)``.

    Second, whether those are all. When it is stopped before, or when with all ``rows`` of buses
    they would not fit in memory, the plans at hand are what there is.
    """
    relaxation = Relaxation(selection, Stage("cost", per_cost_usd=1.0, least_worth=worth), plans[0])
    relaxation.solve(stop)
    if not relaxation.complete:
        return _only(selection, [*plans, relaxation.picks]), False
    room = most_cost * USD - relaxation.value
    below = relaxation.below(room + CLOSE + TOLERANCE * max(1.0, most_cost * USD))
    reach = _only(selection, [*plans, below])
    if sum(int(pool.any(axis=1).sum()) for pool in reach) * rows > MOST_CELLS:
        return _only(selection, plans), False
    return reach, True


def _only(selection: Selection, known: Sequence[Picks]) -> list[Bools]:
    """The columns of some plans, ``(sets, K)``."""
    reach = [np.zeros(c.cost.shape, np.bool_) for c in selection.pools]
    for picks in known:
        for p in np.unique(picks.pool).tolist():
            of = picks.where(picks.pool == p)
            reach[p][of.set, of.bus] = True
    return reach


@dataclass(frozen=True)
class _Split:
    """The choice over sets by what they change, and where each comes from.

    Attributes
    ----------
    origin
        Of each pool, the set of the whole choice that each of its sets is, ascending.
    """

    selection: Selection
    origin: list[Ints]
    numbered: Numbered

    def back(self, picks: Picks) -> Picks:
        """The same columns as the whole choice has them."""
        sets = [int(self.origin[p][a]) for p, a, _ in picks.rows().tolist()]
        return Picks(picks.pool, np.array(sets, dtype=np.int64), self.numbered.parent[picks.bus])

    def told_apart(self, picks: Picks) -> Picks | None:
        """The same plan with the numbers of buses that change least; None with too few of them."""
        found: list[tuple[int, int, int]] = []
        days = np.array([self.selection.pools[p].day for p in picks.pool.tolist()], dtype=np.int64)
        for day, k in sorted(set(zip(days.tolist(), picks.bus.tolist(), strict=True))):
            blocks = picks.where((days == day) & (picks.bus == k)).rows().tolist()
            buses = np.repeat(
                self.numbered.rows(k), self.numbered.m.fleet.count[self.numbered.rows(k), day]
            )
            sets = [[self._set(p, a, row) for row in buses.tolist()] for p, a, _ in blocks]
            change = [
                [self._change(p, a) for a in of] for (p, _, _), of in zip(blocks, sets, strict=True)
            ]
            if len(blocks) > len(buses):
                return None
            which, at = linear_sum_assignment(np.array(change))
            found += [
                (blocks[i][0], sets[i][j], int(buses[j]))
                for i, j in zip(which.tolist(), at.tolist(), strict=True)
            ]
        return Picks(*np.array(found, dtype=np.int64).reshape(-1, 3).T)

    def _set(self, pool: int, of: int, row: int) -> int:
        """The set that is set ``of`` of the whole choice, as a bus brings it."""
        first, last = np.searchsorted(self.origin[pool], [of, of + 1])
        at = np.flatnonzero(self.selection.pools[pool].cost[first:last, row] < NO_BLOCK)
        return int(first + at[0])

    def _change(self, pool: int, a: int) -> int:
        change = self.selection.pools[pool].change
        return 0 if change is None else int(change[a])


class _StoppedError(Exception):
    """Sets are not split to the end."""


@dataclass(frozen=True)
class _Splitting:
    """Sets within reach, once for each change that they make with some bus."""

    selection: Selection
    numbered: Numbered
    promised: Sequence[Promised]
    points: Points
    stop: Stop

    @property
    def m(self) -> Instance:
        """With bus types that are not split."""
        return self.selection.m

    def split(self, reach: Sequence[Bools]) -> _Split | None:
        """Split the columns within reach; None when stopped."""
        whole, n = self.selection, len(self.selection.columns)
        try:
            columns = [
                self._in_chunks(c, reach[s], partial(self._columns, s))
                for s, c in enumerate(whole.columns)
            ]
            chains = [
                self._in_chunks(c, reach[n + i], self._chains) for i, c in enumerate(whole.chains)
            ]
        except _StoppedError:
            return None
        m = replace(self.numbered.m, must=whole.m.must, held=whole.m.held)
        return _Split(
            selection=Selection(m, [c for c, _ in columns], [c for c, _ in chains]),
            origin=[origin for _, origin in (*columns, *chains)],
            numbered=self.numbered,
        )

    def _in_chunks(
        self, pool: Some, reach: Bools, split: Callable[[Some], tuple[Some, Ints]]
    ) -> tuple[Some, Ints]:
        """Split some sets at a time, and look at the clock in between."""
        of = np.flatnonzero(reach.any(axis=1))
        found: list[tuple[Some, Ints]] = []
        for few in np.array_split(of, 1 + len(of) // CHUNK):
            if self.stop.now:
                raise _StoppedError
            made, which = split(self._cut(pool, few, reach))
            found.append((made, few[which]))
        return together([made for made, _ in found]), np.concatenate([of for _, of in found])

    def _columns(self, s: int, few: Columns) -> tuple[Columns, Ints]:
        """Of one session."""
        times = np.zeros(few.cost.shape, np.int64)
        moved = self._moved(s, few)
        if any(way.any() for way in moved):
            for p in self.m.profiles_on(few.day):
                m, data = self.m.on(p), self.m.sessions[s].on(p)
                moved_in_pairs(
                    runs_table(few.out),
                    runs_table(few.back),
                    few.out_at,
                    few.back_at,
                    bus_table(m, data),
                    fixed_entries(m, data),
                    np.asarray(few.inside @ data.board_s),
                    m.seconds,
                    m.metres,
                    self._driven(few, p),
                    moved,
                    times,
                )
        split, which = self._by_change(few, (s,), times)
        return replace(split, may=split.may[:, self.numbered.parent]), which

    def _chains(self, few: Chains) -> tuple[Chains, Ints]:
        """Of two sessions of a day."""
        times = np.zeros(few.cost.shape, np.int64)
        one, two = few.legs
        first, second = (self.m.sessions[s] for s in few.sessions)
        moved = (*self._moved(few.sessions[0], one), *self._moved(few.sessions[1], two))
        if any(way.any() for way in moved):
            for p in self.m.profiles_on(few.day):
                m = self.m.on(p)
                data = [m.sessions[s] for s in few.sessions]
                moved_in_chains(
                    (
                        runs_table(one.out),
                        runs_table(one.back),
                        runs_table(two.out),
                        runs_table(two.back),
                    ),
                    (one.out_at, one.back_at, two.out_at, two.back_at),
                    few.which,
                    bus_table(m, data[0]),
                    np.stack([fixed_entries(m, s) for s in data]),
                    (
                        np.asarray(one.inside @ first.board_s),
                        np.asarray(two.inside @ second.board_s),
                    ),
                    m.garage_break_s,
                    m.seconds,
                    m.metres,
                    self._driven(few, p),
                    moved,
                    times,
                )
        return self._by_change(few, few.sessions, times)

    def _cut(self, pool: Some, of: Ints, reach: Bools) -> Some:
        """Some sets, with the buses within reach."""
        few = pool.keep(of)
        return replace(few, cost=np.where(reach[of], few.cost, NO_BLOCK))

    def _driven(self, pool: Columns | Chains, profile: int) -> Ints:
        """Costs with the buses of one profile of roads, NO_BLOCK with others."""
        if self.m.profile is None:
            return pool.cost
        return np.where(self.m.profile[:, pool.day] == profile, pool.cost, NO_BLOCK)

    def _moved(self, s: int, c: Columns) -> tuple[Ints, Ints]:
        """What each run moves, out and back."""
        data, had, points = self.m.sessions[s], self.promised[s], self.points
        out = moved_on_runs(
            c.out.parent,
            c.out.added,
            data.arrive_s - c.out.seconds,
            had.pick_up_s,
            points.most_s,
            data.counted * points.time * points.finer,
            data.counted * points.rider,
        )
        back = moved_on_runs(
            c.back.parent,
            c.back.added,
            data.depart_s + c.back.seconds,
            had.back_s,
            FOREVER_S,
            0 * data.counted,
            data.counted * points.rider,
        )
        return out, back

    def _by_change(self, pool: Some, sessions: tuple[int, ...], times: Ints) -> tuple[Some, Ints]:
        """A set for each change it makes with some bus, and which set it was."""
        parent = self.numbered.parent
        change = times[:, parent] + self._elsewhere(pool, sessions)
        cost = np.where(
            self.numbered.m.fleet.count[:, pool.day] > 0, pool.cost[:, parent], NO_BLOCK
        )
        a, row = np.nonzero(cost < NO_BLOCK)
        width = int(change.max(initial=0)) + 1
        keys, at = np.unique(a * width + change[a, row], return_inverse=True)
        split = pool.keep(keys // width)
        by_bus = np.full((len(keys), len(parent)), NO_BLOCK)
        by_bus[at, row] = cost[a, row]
        return replace(split, cost=by_bus, change=keys % width), keys // width

    def _elsewhere(self, pool: Columns | Chains, sessions: tuple[int, ...]) -> Ints:
        """Points for another session, or else for another bus, ``(sets, rows)``."""
        data = [self.m.sessions[s] for s in sessions]
        counted = np.concatenate([d.counted for d in data])
        had = np.concatenate([self.promised[s].session for s in sessions])
        bus = np.concatenate([self.promised[s].bus for s in sessions])
        here = np.concatenate([np.full(len(d.loc), s) for s, d in zip(sessions, data, strict=True)])
        stays = had == here
        per_session = self.points.session * self.points.finer + self.points.rider
        per_bus = self.points.bus * self.points.finer + self.points.rider
        moves = counted * ((had >= 0) & ~stays) * per_session
        other = counted * stays * per_bus
        points = np.repeat(
            np.asarray(pool.inside @ (moves + other))[:, None], len(self.numbered.parent), axis=1
        )
        for row in np.unique(bus[stays & (bus >= 0)]).tolist():
            points[:, row] -= pool.inside @ (other * (bus == row))
        return points


def moves_no_more(
    m: Instance, promised: Sequence[Promised], points: Points
) -> Callable[[BlockRuns, BlockRuns], bool]:
    """Whether a block that goes in another way moves no more than it does."""

    def moved(block: BlockRuns) -> int:
        own = m.driven_by(block.bus, m.sessions[block.pairs[0].session].day)
        return sum(_moved_in(own, promised[q.session], points, q) for q in block.pairs)

    return lambda block, way: moved(way) <= moved(block)


def _moved_in(m: Instance, had: Promised, points: Points, pair: PairRuns) -> int:
    """What a run-pair moves, as columns count it."""
    s = m.sessions[pair.session]
    out_s = rides_s(m, s, pair.outbound[::-1], outbound=True)
    back_s = rides_s(m, s, pair.back, outbound=False)
    total = 0
    for i in pair.outbound:
        if had.session[i] != pair.session:
            continue
        early_s = abs(s.arrive_s - out_s[i] - int(had.pick_up_s[i]))
        late_s = abs(s.depart_s + back_s[i] - int(had.back_s[i]))
        far = points.time * points.finer * (early_s > points.most_s)
        total += int(s.counted[i]) * (far + (early_s > 0) + (late_s > 0))
    return total
