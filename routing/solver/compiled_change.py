"""Which pick-ups move, compiled: of runs, and of the cheapest block of each column."""

import numba
import numpy as np

from tourpool.routing.solver.compiled import NO_BLOCK, cheapest_pair
from tourpool.routing.solver.compiled_chains import Fronts, best_chain
from tourpool.routing.solver.instance import Ints


@numba.njit(cache=True)
def moved_on_runs(
    parent: Ints,
    added: Ints,
    clock_s: Ints,
    promised_s: Ints,
    most_s: int,
    points: Ints,
    riders: Ints,
) -> Ints:
    """What each run moves: riders, and points where it is by more than ``most_s``.

    A run extends another one at its far end, which moves none of those who ride there already.

    Parameters
    ----------
    parent, added, clock_s
        Of each run: the run it extends, the group it adds, when that boards or has alighted.
    promised_s, points, riders
        Of each group: when it was promised, -1 for never; what it counts when that moves.
    """
    moved = np.zeros(len(added), np.int64)
    for run in range(len(added)):
        i = added[run]
        if parent[run] >= 0:
            moved[run] = moved[parent[run]]
        by_s = abs(clock_s[run] - promised_s[i])
        if promised_s[i] >= 0 and by_s > 0:
            moved[run] += riders[i]
        if promised_s[i] >= 0 and by_s > most_s:
            moved[run] += points[i]
    return moved


@numba.njit(cache=True)
def moved_in_pairs(
    out: Ints,
    back: Ints,
    out_at: Ints,
    back_at: Ints,
    buses: Ints,
    fixed: Ints,
    board_s: Ints,
    seconds: Ints,
    metres: Ints,
    cost: Ints,
    moved: tuple[Ints, Ints],
    points: Ints,
) -> None:
    """Add to ``points[a, k]`` what the cheapest block of set a by bus k moves.

    ``moved`` is what each run moves, out and back.
    """
    for a in range(len(out_at)):
        mine, yours = out[out_at[a, 0] : out_at[a, 1]], back[back_at[a, 0] : back_at[a, 1]]
        first, second = out_at[a, 0], back_at[a, 0]
        if not (moved[0][first : out_at[a, 1]].any() or moved[1][second : back_at[a, 1]].any()):
            continue
        for k in range(len(buses)):
            if cost[a, k] != NO_BLOCK:
                _, i, j = cheapest_pair(mine, yours, buses[k], fixed, board_s[a], seconds, metres)
                points[a, k] += moved[0][first + i] + moved[1][second + j]


@numba.njit(cache=True)
def moved_in_chains(
    fronts: Fronts,
    at: Fronts,
    which: Ints,
    buses: Ints,
    fixed: Ints,
    board_s: tuple[Ints, Ints],
    break_s: int,
    seconds: Ints,
    metres: Ints,
    cost: Ints,
    moved: Fronts,
    points: Ints,
) -> None:
    """Add to ``points[p, k]`` what the cheapest block of pair p by bus k moves.

    ``moved`` is what each run moves, out and back, of the first session and of the second.
    """
    for p in range(len(which)):
        a, b = which[p, 0], which[p, 1]
        one, two = at[0][a], at[1][a]
        three, four = at[2][b], at[3][b]
        mine = (
            fronts[0][one[0] : one[1]],
            fronts[1][two[0] : two[1]],
            fronts[2][three[0] : three[1]],
            fronts[3][four[0] : four[1]],
        )
        some = moved[0][one[0] : one[1]].any() or moved[1][two[0] : two[1]].any()
        some = some or moved[2][three[0] : three[1]].any() or moved[3][four[0] : four[1]].any()
        if not some:
            continue
        boarding_s = board_s[0][a] + board_s[1][b]
        for k in range(len(buses)):
            if cost[p, k] != NO_BLOCK:
                best = best_chain(mine, buses[k], fixed, boarding_s, break_s, seconds, metres)
                points[p, k] += moved[0][one[0] + best[1]] + moved[1][two[0] + best[2]]
                points[p, k] += moved[2][three[0] + best[3]] + moved[3][four[0] + best[4]]
