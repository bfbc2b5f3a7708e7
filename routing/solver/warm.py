"""Compile the innermost loops before the clock runs: at first use on a computer, and only then.

Those of plans by insertion wait for the first season that needs them (`unlisted.py`): few do.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tourpool.routing.first_use import is_compiled
from tourpool.routing.solver import (
    compiled,
    compiled_bounds,
    compiled_chains,
    compiled_cuts,
    compiled_orders,
)
from tourpool.routing.solver.bounded import columns_below
from tourpool.routing.solver.choice import whole_choice
from tourpool.routing.solver.fines import Fines
from tourpool.routing.solver.instance import FOREVER_S, Fleet, Instance, SessionData, ints
from tourpool.routing.solver.orders import cheapest_runs
from tourpool.routing.solver.rank_one import rank_one_cuts
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.rides import shortest_rides
from tourpool.routing.solver.select import NO_PICKS, Stage
from tourpool.routing.solver.solve import solve_lexicographic
from tourpool.routing.solver.stop import NEVER


def warm_up(tell: Callable[[], None]) -> None:
    """Compile what is not in numba's cache yet; ``tell`` is called before that takes seconds."""
    if is_compiled(_MODULES):
        return
    tell()
    m = _toy()
    selection = whole_choice(m)
    solution = solve_lexicographic(selection, 0.0, NEVER)
    runs = cheapest_runs(m, selection, solution.picks)
    shortest_rides(m, runs, solution.least_cost, NEVER)
    relaxation = Relaxation(selection, Stage("worth", per_worth=1.0), NO_PICKS)
    relaxation.solve(NEVER)
    relaxation.below(0.0)
    half = np.full(len(relaxation.picks), 0.5)
    rank_one_cuts(selection, relaxation.picks, half, most=1)
    one, two, none = ints([1]), ints([0, 1]), ints([0, 0])
    compiled.some_filling(np.ones(2), ints([1, 1]), none, two, two, one)
    compiled.fullest(np.ones(2), ints([1, 1]), none, two, two, one)
    n, fines = len(m.sessions[0].loc), Fines.of(len(m.sessions[0].loc), [((0, 1, 2), 1.0)])
    price = np.zeros(len(m.fleet.garage))
    columns_below(m, m.sessions[0], np.full(n, 1e6), price, 1.0, 0.0, 1000, NEVER, fines)


_MODULES = (
    compiled,
    compiled_bounds,
    compiled_chains,
    compiled_cuts,
    compiled_orders,
)


def _toy() -> Instance:
    """Four groups, two sessions that follow each other, two buses: all that there is to compile."""
    n, hour = 4, 3600
    ones, many = np.ones(n, np.int64), np.full(n, 10**5)
    roads = 60 * np.abs(np.arange(6)[:, None] - np.arange(6)[None, :])
    session = SessionData(
        day=0,
        first=0,
        last=0,
        arrive_s=9 * hour,
        depart_s=10 * hour,
        between_s=0,
        between_m=0,
        max_people=3,
        max_people_per_school=FOREVER_S,
        request=np.arange(n),
        part=0 * ones,
        loc=np.arange(2, 2 + n),
        school=np.arange(n),
        people=ones,
        small=0 * ones,
        large=ones,
        wheels=0 * ones,
        board_s=ones,
        out_limit_s=many,
        back_limit_s=many,
        worth=ones,
        dislike=0 * ones,
        apart=np.zeros((n, n), np.bool_),
        carry=np.ones((1, n), np.bool_),
        counted=ones,
        alone_m=ones,
        payer=np.zeros((0, n), np.bool_),
    )
    one, day = ints([1]), np.ones((1, 1), np.int64)
    fleet = Fleet(
        garage=one,
        seats_small=3 * one,
        seats_large=3 * one,
        places=0 * one,
        lost_seats=0 * one,
        count=2 * day,
        free_from_s=0 * day,
        free_to_s=FOREVER_S * day,
        fixed=one,
        per_m=one,
        per_s=one,
        per_wait_s=one,
        minimum=one,
        per_overtime_s=one,
        overtime_after_s=FOREVER_S * one,
        max_duty_s=FOREVER_S * one,
        max_drive_s=FOREVER_S * one,
        driver_minimum=one,
        min_riders=0 * one,
        tiers=np.zeros((1, 0, 2), np.int64),
    )
    later = replace(session, arrive_s=14 * hour, depart_s=15 * hour)
    return Instance(
        seconds=roads,
        metres=roads,
        stop_s=60,
        money_q=1,
        fleet=fleet,
        sessions=(session, later),
        n_requests=n,
        run_pairs=2,
    )
