"""All ways to drive one block that may be best once riders' time counts.

A block is a sum of pieces: from the garage to the first venue, from the last venue to the garage
and, with two run-pairs, what lies between them. Each piece adds its metres, seconds of work, of
waiting and at the wheel, and its student-seconds; cost and the limits of duty and driving never
fall when one of these grows. So pieces are put together one by one, and of the sums only the
Pareto-best are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tourpool.routing.solver.columns import bus_table
from tourpool.routing.solver.compiled import (
    FREE_FROM,
    FREE_TO,
    GARAGE,
    MAX_DRIVE,
    MAX_DUTY,
)
from tourpool.routing.solver.compiled_orders import prices, undominated
from tourpool.routing.solver.fronts import Front, order_front
from tourpool.routing.solver.instance import Bools, Instance, Ints, SessionData
from tourpool.routing.solver.orders import BlockRuns, PairRuns
from tourpool.routing.solver.stop import Stop

MOST = 2_000_000
"""Sums looked at in one step; of more, the block is left as it is."""

METRES, WORK, WAIT, DRIVE, STUDENT, BY_GARAGE = range(6)
"""Columns of ``amounts``; duty is work and waiting, and of two ways alike the direct one counts."""


@dataclass(frozen=True)
class Ways:
    """Pareto-best ways to drive some pieces of a block.

    Attributes
    ----------
    amounts
        METRES ... BY_GARAGE of each, ``(ways, 6)``.
    which
        The order chosen in each front, a column each, ``(ways, fronts)``.
    """

    amounts: Ints
    which: Ints

    def best(self) -> "Ways":
        """Without those that another one is as good as."""
        by = np.lexsort(self.amounts.T[::-1])
        return self.at(by[undominated(np.zeros(len(by), np.int64), self.amounts[by])])

    def at(self, rows: Ints | Bools) -> "Ways":
        """Some of them."""
        return Ways(self.amounts[rows], self.which[rows])

    def then(self, other: "Ways") -> "Ways | None":
        """Each of these with each of the others; None when there are too many."""
        if len(self.which) * len(other.which) > MOST:
            return None
        a, b = (v.ravel() for v in np.indices((len(self.which), len(other.which))))
        which = np.concatenate([self.which[a], other.which[b]], axis=1)
        return Ways(self.amounts[a] + other.amounts[b], which)


def block_ways(m: Instance, block: BlockRuns, stop: Stop) -> list[BlockRuns] | None:
    """Pareto-best orders of a block's sets, in cost and student-seconds, cheapest first.

    None when stopped, or when there are too many.
    """
    m = m.driven_by(block.bus, m.sessions[block.pairs[0].session].day)
    fronts = []
    for pair in block.pairs:
        for outbound in (True, False):
            s = m.sessions[pair.session]
            front = order_front(m, s, pair.back, stop, outbound=outbound)
            if front is None:
                return None
            fronts.append(front)
    data = [m.sessions[pair.session] for pair in block.pairs]
    bus = bus_table(m, data[0])[block.bus]
    ways = _whole(bus, _pieces(m, bus, data, fronts))
    if ways is None:
        return None
    metres, wait_s = ways.amounts[:, METRES], ways.amounts[:, WAIT]
    cost = prices(bus, metres, ways.amounts[:, WORK] + wait_s, wait_s, m.money_q)
    values = np.stack([cost, *ways.amounts[:, [STUDENT, BY_GARAGE]].T], axis=1)
    by = np.lexsort(values.T[::-1])
    by = by[undominated(np.zeros(len(by), np.int64), values[by, :2])]
    found = []
    for (usd, student_s, by_garage), which in zip(values[by].tolist(), ways.which[by], strict=True):
        runs = [tuple(f.order[i].tolist()) for f, i in zip(fronts, which, strict=True)]
        found.append(BlockRuns(block.bus, _pairs(block, runs), bool(by_garage), usd, student_s))
    return found


def _pairs(block: BlockRuns, runs: Sequence[tuple[int, ...]]) -> tuple[PairRuns, ...]:
    """Run-pairs by their runs, given from the venue outwards."""
    ways = zip(block.pairs, runs[::2], runs[1::2], strict=True)
    return tuple(PairRuns(pair.session, out[::-1], back) for pair, out, back in ways)


def _whole(bus: Ints, pieces: Sequence[Ways | None]) -> Ways | None:
    """The pieces put together, within the hours of duty and at the wheel."""
    sums: Ways | None = Ways(np.zeros((1, 6), np.int64), np.zeros((1, 0), np.int64))
    for piece in pieces:
        sums = None if sums is None or piece is None else sums.then(piece)
        if sums is None:
            return None
        duty_s = sums.amounts[:, WORK] + sums.amounts[:, WAIT]
        within = (duty_s <= bus[MAX_DUTY]) & (sums.amounts[:, DRIVE] <= bus[MAX_DRIVE])
        sums = sums.at(within).best()
    return sums


def _pieces(
    m: Instance, bus: Ints, data: Sequence[SessionData], fronts: Sequence[Front]
) -> list[Ways | None]:
    """What a block is made of; None for a piece with too many ways."""
    fixed = np.array([[s.between_m, s.between_s, s.wait_s, s.between_s, 0, 0] for s in data])
    stays = Ways(fixed.sum(axis=0, keepdims=True), np.zeros((1, 0), np.int64))
    garage, first, last = bus[GARAGE], fronts[0], fronts[-1]
    there = _driven(m, data[0], first, m.seconds[garage, first.end], m.metres[garage, first.end])
    home = _driven(m, data[-1], last, m.seconds[last.end, garage], m.metres[last.end, garage])
    in_time = data[0].arrive_s - there.amounts[:, WORK] >= bus[FREE_FROM]
    back_in_time = data[-1].depart_s + home.amounts[:, WORK] <= bus[FREE_TO]
    links = [_linked(m, data, fronts[1], fronts[2], int(garage))] if len(data) == 2 else []
    return [stays, there.at(in_time), *links, home.at(back_in_time)]


def _driven(m: Instance, s: SessionData, front: Front, empty_s: Ints, empty_m: Ints) -> Ways:
    """Each order of a front with so much driving without riders at its far end."""
    board_s = s.board_s[front.order].sum(axis=1)
    standing_s = m.stop_s * front.stops + board_s
    work_s = front.seconds + empty_s
    none = 0 * work_s
    columns = (front.metres + empty_m, work_s, none, work_s - standing_s, front.student_s, none)
    return Ways(np.stack(columns, axis=1), np.arange(len(front))[:, None])


def _linked(
    m: Instance, data: Sequence[SessionData], back: Front, out: Front, garage: int
) -> Ways | None:
    """From the last venue of the first session to the first venue of the second.

    Between the last drop-off and the next first pick-up the bus drives on or by its garage, where a
    stay that is long enough counts neither as work nor as waiting.
    """
    home = _driven(m, data[0], back, 0 * back.end, 0 * back.end)
    pairs = home.then(_driven(m, data[1], out, 0 * out.end, 0 * out.end))
    if pairs is None:
        return None
    end, begin = back.end[pairs.which[:, 0]], out.end[pairs.which[:, 1]]
    gap_s = data[1].arrive_s - data[0].depart_s - pairs.amounts[:, WORK]
    found = []
    for by_garage in (False, True):
        if by_garage:
            drive_s = m.seconds[end, garage] + m.seconds[garage, begin]
            drive_m = m.metres[end, garage] + m.metres[garage, begin]
        else:
            drive_s, drive_m = m.seconds[end, begin], m.metres[end, begin]
        stay_s = gap_s - drive_s
        off = by_garage & (stay_s >= m.garage_break_s)
        wait_s, none = np.where(off, 0, stay_s), 0 * stay_s
        added = (drive_m, drive_s, wait_s, drive_s, none, none + by_garage)
        way = Ways(pairs.amounts + np.stack(added, axis=1), pairs.which)
        found.append(way.at(stay_s >= 0))
    amounts, which = (np.concatenate([getattr(w, f) for w in found]) for f in ("amounts", "which"))
    return Ways(amounts, which).best()
