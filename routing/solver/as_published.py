"""Blocks as they were published become columns beside the cheapest ones of the same sets.

A published block may have dearer and shorter rides than the cheapest one, and it is the one that
moves nobody. Who does not ask any more is left out of it; its pick-ups stay as near as that allows.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from tourpool.routing.solver.chains import Chains, chained
from tourpool.routing.solver.columns import Columns, assembled, stacked
from tourpool.routing.solver.compiled import NO_BLOCK
from tourpool.routing.solver.grow import merged
from tourpool.routing.solver.instance import Instance, Ints, SessionData
from tourpool.routing.solver.labels import Growth, Labels, with_bit
from tourpool.routing.solver.orders import BlockRuns, PairRuns
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection
from tourpool.routing.solver.stop import NEVER

Some = TypeVar("Some", Columns, Chains)


def with_published(selection: Selection, blocks: Sequence[BlockRuns]) -> tuple[Selection, Picks]:
    """Add columns for blocks as they were published, as far as they can still be driven.

    Returns
    -------
    selection
        Those of before keep their places.
    picks
        The published plan: its columns, of those blocks whose buses are still there.
    """
    m, columns = selection.m, list(selection.columns)
    extra: list[Chains] = []
    found: list[tuple[int, int, int]] = []
    for block in blocks:
        legs = [_as_driven(m, pair) for pair in block.pairs]
        if any(leg is None or not len(leg.cost) for leg in legs):
            continue
        known = [leg for leg in legs if leg is not None]
        if len(known) == 1 or not _follows(m, block):
            for pair, leg in zip(block.pairs, known, strict=True):
                s, few = pair.session, leg.keep(np.asarray(leg.feasible.any(axis=1)))
                at = len(columns[s].cost)
                if len(few.cost):
                    columns[s] = replace(merged(columns[s], few), complete=columns[s].complete)
                found += [(s, at + a, block.bus) for a in _with(few, block.bus)]
        else:
            for chain in _chains(m, block, known):
                if len(chain.cost):
                    p = len(columns) + len(selection.chains) + len(extra)
                    extra.append(chain)
                    found += [(p, a, block.bus) for a in _with(chain, block.bus)]
    picks = Picks(*np.array(found, dtype=np.int64).T) if found else NO_PICKS
    return Selection(m, columns, [*selection.chains, *extra]), picks


def only_published(
    selection: Selection, picks: Picks, sessions: Sequence[int]
) -> tuple[Selection, Picks]:
    """The choice where of some sessions the columns ``picks`` are all there are.

    Returns
    -------
    selection
        With fewer columns.
    picks
        The same in it.
    """
    n = len(selection.columns)
    held = [not set(sessions).isdisjoint(of) for of in selection.sessions]
    columns = [_only(c, p, picks) if held[p] else c for p, c in enumerate(selection.columns)]
    chains = [_only(c, n + p, picks) if held[n + p] else c for p, c in enumerate(selection.chains)]
    found = picks.set.copy()
    for p in np.flatnonzero(held).tolist():
        mine = picks.pool == p
        found[mine] = np.unique(picks.set[mine], return_inverse=True)[1]
    return Selection(selection.m, columns, chains), replace(picks, set=found)


def _only(pool: Some, p: int, picks: Picks) -> Some:
    """Of pool p the columns picked, as if there were no others."""
    mine = picks.where(picks.pool == p)
    sets, of = np.unique(mine.set, return_inverse=True)
    few = pool.keep(sets)
    cost = np.full(few.cost.shape, NO_BLOCK)
    cost[of, mine.bus] = few.cost[of, mine.bus]
    return replace(few, cost=cost, complete=True)


def _follows(m: Instance, block: BlockRuns) -> bool:
    """Whether the second session of a block comes after the first one, on one day."""
    first, second = (m.sessions[pair.session] for pair in block.pairs)
    return first.day == second.day and first.depart_s < second.arrive_s


def _with(pool: Columns | Chains, bus: int) -> list[int]:
    """The set that a bus type brings, if any; -1 is a bus that is not there any more."""
    if bus < 0:
        return []
    return [int(a) for a in np.flatnonzero(pool.feasible[:, bus])[:1]]


def _chains(m: Instance, block: BlockRuns, legs: Sequence[Columns]) -> list[Chains]:
    """The block of two run-pairs for the buses of each profile of roads."""
    first, second = (pair.session for pair in block.pairs)
    found = []
    for p in m.profiles_on(m.sessions[first].day):
        pair = [_as_driven(m.on(p), q) for q in block.pairs]
        if pair[0] is not None and pair[1] is not None:
            both = (pair[0], pair[1])
            chain = chained(
                m.on(p), (first, second), both, np.zeros((1, 2), np.int64), NEVER, whole=True
            )
            found.append(chain)
    return found


def _as_driven(m: Instance, pair: PairRuns) -> Columns | None:
    """The one set of a run-pair in its published orders, with a row for each profile of roads."""
    if not pair.outbound:
        return None
    s = m.sessions[pair.session]
    of = [_one(m.on(p), s.on(p), pair) for p in m.profiles_on(s.day)]
    known = [c for c in of if c is not None]
    return stacked(known) if known else None


def _one(m: Instance, s: SessionData, pair: PairRuns) -> Columns | None:
    riders = list(pair.outbound)
    if s.apart[np.ix_(riders, riders)].any():
        return None
    out = _run(m, s, pair.outbound[::-1], outbound=True)
    back = _run(m, s, pair.back, outbound=False)
    if out is None or back is None:
        return None
    at = [np.array([[len(v.end) - 1, len(v.end)]], dtype=np.int64) for v in (out, back)]
    return assembled(m, s, (out, back), (at[0], at[1]), NEVER)


def _run(m: Instance, s: SessionData, order: Sequence[int], *, outbound: bool) -> Labels | None:
    """The run with groups in this order, from the venue outwards; None when it takes too long."""
    grow = Growth(m, s, outbound=outbound)
    here, seconds, metres, stops = grow.venue, 0, 0, 0
    bits = np.zeros((1, grow.words), np.uint64)
    load = np.zeros(3, np.int64)
    rows: list[tuple[int, int, int, int]] = []
    sets, loads = [], []
    for n, i in enumerate(order):
        there = int(s.loc[i])
        if n == 0 or there != here:
            seconds += int(grow.step_s[here, there]) + m.stop_s
            metres += int(grow.step_m[here, there])
            stops += 1
        seconds += int(s.board_s[i])
        if seconds > grow.limit_s[i]:
            return None
        bits, load, here = with_bit(bits, np.array([i])), load + grow.riders[i], there
        rows.append((there, seconds, metres, stops))
        sets.append(bits[0])
        loads.append(load)
    end, took, far, count = (np.array(v, dtype=np.int64) for v in zip(*rows, strict=True))
    return Labels(
        bits=np.array(sets),
        end=end,
        added=_whole(order),
        parent=np.arange(len(order)) - 1,
        seconds=took,
        metres=far,
        stops=count,
        load=np.array(loads),
    )


def _whole(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
