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
    seconds: Ints,
    arrive_s: int,
    pick_up_s: Ints,
    most_s: int,
    points: Ints,
) -> Ints:
    """Points of the groups whose pick-up moves by more than ``most_s``, of each run.

    A run extends another one at its far end, which moves none of the pick-ups before.
    """
    moved = np.zeros(len(added), np.int64)
    for run in range(len(added)):
        i = added[run]
        if parent[run] >= 0:
            moved[run] = moved[parent[run]]
        if pick_up_s[i] >= 0 and abs(arrive_s - seconds[run] - pick_up_s[i]) > most_s:
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
    moved: Ints,
    points: Ints,
) -> None:
    """Add to ``points[a, k]`` what the cheapest block of set a by bus k moves on its way out."""
    for a in range(len(out_at)):
        mine, yours = out[out_at[a, 0] : out_at[a, 1]], back[back_at[a, 0] : back_at[a, 1]]
        if not moved[out_at[a, 0] : out_at[a, 1]].any():
            continue
        for k in range(len(buses)):
            if cost[a, k] != NO_BLOCK:
                _, i, _ = cheapest_pair(mine, yours, buses[k], fixed, board_s[a], seconds, metres)
                points[a, k] += moved[out_at[a, 0] + i]


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
    moved: tuple[Ints, Ints],
    points: Ints,
) -> None:
    """Add to ``points[p, k]`` what the cheapest block of pair p by bus k moves on both ways out."""
    for p in range(len(which)):
        a, b = which[p, 0], which[p, 1]
        first, second = at[0][a, 0], at[2][b, 0]
        some = moved[0][first : at[0][a, 1]].any() or moved[1][second : at[2][b, 1]].any()
        if not some:
            continue
        mine = (
            fronts[0][first : at[0][a, 1]],
            fronts[1][at[1][a, 0] : at[1][a, 1]],
            fronts[2][second : at[2][b, 1]],
            fronts[3][at[3][b, 0] : at[3][b, 1]],
        )
        boarding_s = board_s[0][a] + board_s[1][b]
        for k in range(len(buses)):
            if cost[p, k] != NO_BLOCK:
                best = best_chain(mine, buses[k], fixed, boarding_s, break_s, seconds, metres)
                points[p, k] += moved[0][first + best[1]] + moved[1][second + best[3]]
