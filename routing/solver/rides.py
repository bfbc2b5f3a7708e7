"""Least time on board: the chosen sets and bus types stay, the orders of their stops may change.

Money left over by the cost slack buys shorter rides. Each block offers its Pareto-best ways in
(cost, student-seconds); one is chosen of each, over all blocks at once.
"""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csc_array

from tourpool.routing.solver.instance import Instance, Ints
from tourpool.routing.solver.mip import Mip, solve_mip
from tourpool.routing.solver.orders import BlockRuns
from tourpool.routing.solver.stop import Stop
from tourpool.routing.solver.ways import block_ways


def shortest_rides(
    m: Instance,
    blocks: Sequence[BlockRuns],
    most_cost: int,
    stop: Stop,
    allowed: Callable[[BlockRuns, BlockRuns], bool] = lambda block, way: True,
) -> tuple[list[BlockRuns], bool]:
    """Re-order the runs of all blocks for the least student-seconds.

    Parameters
    ----------
    blocks
        What is at hand: within ``most_cost`` and all budgets.
    most_cost
        Of all blocks together, 1e-4 US$.
    allowed
        Whether a block may go in another way.

    Returns
    -------
    blocks
        In the same order, never with more student-seconds in all.
    proven
        Whether no other orders of the same sets have fewer.
    """
    whole = True
    options = []
    for block in blocks:
        found = None if stop.now else block_ways(m, block, stop)
        whole &= found is not None
        options.append(_front([block, *(way for way in found or () if allowed(block, way))]))
    chosen, proven = _chosen(m, options, blocks, most_cost, stop)
    return chosen, proven and whole


def _front(ways: list[BlockRuns]) -> list[BlockRuns]:
    """Those that cost less than all with rides as short; the first of equal ones."""
    front: list[BlockRuns] = []
    for way in sorted(ways, key=lambda w: (w.cost, w.student_s)):
        if not front or way.student_s < front[-1].student_s:
            front.append(way)
    return front


def _chosen(
    m: Instance,
    options: list[list[BlockRuns]],
    given: Sequence[BlockRuns],
    most_cost: int,
    stop: Stop,
) -> tuple[list[BlockRuns], bool]:
    """One option of each block, least student-seconds, and whether that is proven."""
    at_hand = [
        min(front, key=lambda w: (w.cost > g.cost, w.student_s))
        for front, g in zip(options, given, strict=True)
    ]
    if all(len(front) == 1 for front in options):
        return at_hand, True
    flat = [way for front in options for way in front]
    hint = np.concatenate([[w is h for w in f] for f, h in zip(options, at_hand, strict=True)])
    result = solve_mip(_program(m, options, most_cost), hint, stop)
    if result.x is None:
        return at_hand, False
    chosen = [flat[i] for i in np.flatnonzero(result.x)]
    if not _allowed(m, chosen, most_cost) or _student_s(chosen) > _student_s(at_hand):
        return at_hand, False
    return chosen, result.optimal


def _program(m: Instance, options: list[list[BlockRuns]], most_cost: int) -> Mip:
    """Least student-seconds: one option a block, cost and budgets, all beyond the least of each.

    Counted from the least, numbers are small enough for the engine to be exact.
    """
    amounts = [np.array([_amounts(m, way) for way in front]) for front in options]
    least = [a.min(axis=0) for a in amounts]
    beyond = np.concatenate([a - b for a, b in zip(amounts, least, strict=True)])
    block = np.repeat(np.arange(len(options)), [len(front) for front in options])
    one_each = block == np.arange(len(options))[:, None]
    room = np.array([most_cost, *m.budgets.tolist()]) - np.sum(least, axis=0)[1:]
    return Mip(
        cost=beyond[:, 0].astype(float),
        a=csc_array(np.concatenate([one_each, beyond[:, 1:].T]).astype(float)),
        lower=np.concatenate([np.ones(len(options)), np.full(len(room), -np.inf)]),
        upper=np.concatenate([np.ones(len(options)), room.astype(float)]),
    )


def _amounts(m: Instance, way: BlockRuns) -> list[int]:
    """Student-seconds, cost, and what each budget bears of the cost."""
    return [way.student_s, way.cost, *_shares(m, way).tolist()]


def _shares(m: Instance, way: BlockRuns) -> Ints:
    """What each budget bears: by counted riders times metres of their own ways, ``(B,)``."""
    whole, parts = 0, np.zeros(len(m.budgets), np.int64)
    for pair in way.pairs:
        s, of = m.sessions[pair.session], list(pair.outbound)
        whole += int(s.alone_m[of].sum())
        parts += s.payer[:, of] @ s.alone_m[of]
    return np.asarray((2 * way.cost * parts + whole) // (2 * whole))


def _allowed(m: Instance, chosen: Sequence[BlockRuns], most_cost: int) -> bool:
    """Whether cost and budgets hold, in whole numbers."""
    totals = np.sum([_amounts(m, way)[1:] for way in chosen], axis=0)
    room = np.array([most_cost, *m.budgets.tolist()])
    return bool((totals <= room).all())


def _student_s(blocks: Sequence[BlockRuns]) -> int:
    return sum(way.student_s for way in blocks)
