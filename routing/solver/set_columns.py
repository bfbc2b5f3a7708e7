"""Columns of some sets of groups, as a list of all sets would have them.

Of a set that is not large all Pareto-best runs are found, so that its costs are the least; of a
large one the runs are those given.
"""

from collections.abc import Sequence

import numpy as np

from tourpool.routing.solver.columns import Columns, assembled
from tourpool.routing.solver.compiled_sets import pareto_orders
from tourpool.routing.solver.instance import Instance, Ints, SessionData
from tourpool.routing.solver.labels import FIELDS, Growth, Labels, with_bit
from tourpool.routing.solver.stop import NEVER, Stop

LARGE = 10
"""Groups of a set from which on only the runs given are looked at."""
MOST_RUNS = 200_000
"""Runs held while looking for those of one set."""

Orders = tuple[tuple[int, ...], tuple[int, ...]]
"""Groups of a set from the venue outwards, out and back."""


def columns_of(m: Instance, s: SessionData, sets: Sequence[Orders], stop: Stop = NEVER) -> Columns:
    """Columns of some different sets, each given by a run of each direction that keeps all limits.

    Those that no bus brings are left out.
    """
    runs, at = [], []
    for d in range(2):
        growth = Growth(m, s, outbound=d == 0)
        orders = [_orders(growth, m, orders[d]) for orders in sets]
        runs.append(_labels(growth, m, [order for of in orders for order in of]))
        ends = np.cumsum([0, *map(len, orders)])
        at.append(np.stack([ends[:-1], ends[1:]], axis=1))
    columns = assembled(m, s, (runs[0], runs[1]), (at[0], at[1]), stop)
    return columns.keep(np.asarray(columns.feasible.any(axis=1)))


def _orders(g: Growth, m: Instance, known: Sequence[int]) -> list[Ints]:
    """Pareto-best orders of the groups of a known one."""
    order = np.array(known, dtype=np.int64)
    if len(order) >= LARGE:
        return [order]
    i = np.sort(order)
    loc, board_s = g.s.loc[i], g.s.board_s[i]
    own_stop = loc[:, None] != loc
    legs = np.ix_(loc, loc)
    found = pareto_orders(
        g.step_s[g.venue, loc] + m.stop_s + board_s,
        g.step_m[g.venue, loc],
        np.where(own_stop, g.step_s[legs] + m.stop_s, 0) + board_s,
        np.where(own_stop, g.step_m[legs], 0),
        own_stop,
        g.limit_s[i],
        MOST_RUNS,
    )
    return [i[row] for row in found] or [order]


def _labels(g: Growth, m: Instance, orders: Sequence[Ints]) -> Labels:
    """Runs of some orders, in this order, and after them those that they extend."""
    runs = [_followed(g, m, order) for order in orders]
    length = np.array([len(order) for order in orders], dtype=np.int64)
    before = len(orders) + np.cumsum(length - 1) - (length - 1)  # place of what a run begins with
    fields = [np.concatenate([getattr(run, f)[-1:] for run in runs]) for f in FIELDS]
    longer = [np.concatenate([getattr(run, f)[:-1] for run in runs]) for f in FIELDS]
    whole = {
        f: np.concatenate(v) for f, v in zip(FIELDS, zip(fields, longer, strict=True), strict=True)
    }
    at = np.concatenate(
        [np.zeros(0, np.int64), length - 2, *(np.arange(n - 1) - 1 for n in length)]
    )
    shift = np.concatenate([before, np.repeat(before, length - 1)])
    whole["parent"] = np.where(at >= 0, at + shift, -1)
    return Labels(**whole, complete=False)


def _followed(g: Growth, m: Instance, order: Ints) -> Labels:
    """A run of one order and all that it extends, shortest first; parents are not yet there."""
    loc, near = g.s.loc[order], np.append(g.venue, g.s.loc[order][:-1])
    moves = loc != near
    moves[0] = True
    steps_s = np.where(moves, g.step_s[near, loc] + m.stop_s, 0) + g.s.board_s[order]
    bits = np.zeros((len(order), g.words), np.uint64)
    bits = np.bitwise_or.accumulate(with_bit(bits, order), axis=0)
    return Labels(
        bits=bits,
        end=loc,
        added=order,
        parent=np.full(len(order), -1),
        seconds=np.cumsum(steps_s),
        metres=np.cumsum(np.where(moves, g.step_m[near, loc], 0)),
        stops=np.cumsum(moves),
        load=np.cumsum(g.riders[order], axis=0),
    )
