"""The order of stops: of each chosen column the runs of its cheapest block."""

from collections.abc import Sequence
from dataclasses import dataclass

from tourpool.routing.solver.chains import Chains, cheapest_chain
from tourpool.routing.solver.columns import Columns, best_pair
from tourpool.routing.solver.instance import Instance, SessionData
from tourpool.routing.solver.select import Picks, Selection


@dataclass(frozen=True)
class PairRuns:
    """One bus to one session and home again.

    Attributes
    ----------
    session
        Session s.
    outbound, back
        Groups i of that session in the order in which they board, and alight.
    """

    session: int
    outbound: tuple[int, ...]
    back: tuple[int, ...]


@dataclass(frozen=True)
class BlockRuns:
    """What one bus does on one day.

    Attributes
    ----------
    bus
        Bus type k.
    pairs
        One or two run-pairs in time order.
    by_garage
        Whether the bus goes home between them.
    cost
        In 1e-4 US$.
    student_s
        Counted riders times seconds on board, out and back.
    """

    bus: int
    pairs: tuple[PairRuns, ...]
    by_garage: bool
    cost: int
    student_s: int


def cheapest_runs(m: Instance, selection: Selection, picks: Picks) -> list[BlockRuns]:
    """Of each chosen column, the runs of its cheapest block."""
    blocks = []
    for p, a, k in picks.rows().tolist():
        pool, by_garage = selection.pools[p], False
        own = m.driven_by(k, pool.day)
        if isinstance(pool, Chains):
            (out, back, out_2, back_2), by_garage = cheapest_chain(own, pool, a, k)
            first, second = pool.sessions
            pairs: tuple[PairRuns, ...] = (
                _pair(first, pool.legs[0], out, back),
                _pair(second, pool.legs[1], out_2, back_2),
            )
        else:
            columns = selection.columns[p]
            pairs = (_pair(p, columns, *best_pair(own, own.sessions[p], columns, a, k)),)
        cost, student_s = int(pool.cost[a, k]), sum(pair_student_s(own, q) for q in pairs)
        blocks.append(BlockRuns(k, pairs, by_garage, cost, student_s))
    return blocks


def _pair(s: int, columns: Columns, out: int, back: int) -> PairRuns:
    """Runs by their labels; both are listed from the far end to the venue."""
    outbound, home = columns.out.order(out), columns.back.order(back)
    return PairRuns(s, tuple(outbound), tuple(reversed(home)))


def pair_student_s(m: Instance, pair: PairRuns) -> int:
    """Counted riders times seconds on board, out and back."""
    s = m.sessions[pair.session]
    there = rides_s(m, s, pair.outbound[::-1], outbound=True)
    home = rides_s(m, s, pair.back, outbound=False)
    return sum(int(s.counted[i]) * seconds for way in (there, home) for i, seconds in way.items())


def rides_s(m: Instance, s: SessionData, order: Sequence[int], *, outbound: bool) -> dict[int, int]:
    """Seconds on board of each group of a run, given from the venue outwards."""
    here = s.first if outbound else s.last
    ride_s, rides = 0, {}
    for n, i in enumerate(order):
        there = int(s.loc[i])
        if n == 0 or there != here:  # those who follow each other at one place share a stop
            leg = (there, here) if outbound else (here, there)
            ride_s += int(m.seconds[leg]) + m.stop_s
        ride_s += int(s.board_s[i])
        rides[i] = ride_s
        here = there
    return rides
