"""tourpool on a benchmark instance, with value and bound over time."""

import time

from benchmarks import generate
from benchmarks.judge import Json
from benchmarks.solvers import TOURPOOL, UNITS, Outcome, Point
from tourpool.routing.bench import solve_instance
from tourpool.routing.solver.stop import Stop
from tourpool.routing.solver.warm import warm_up

LOADING_S = 20.0


def load() -> None:
    """Compile what is not compiled yet, and load it by solving two toys."""
    warm_up(lambda: None)
    for toy in (
        generate.pooled_trip(4, 0, seats_per_student=2),
        generate.pooled_season(4, 2, 2, 0),
    ):
        solve_instance(toy, Stop(LOADING_S))


def solve(inst: Json, seconds: float) -> Outcome:
    """Solve within some seconds."""
    start = time.perf_counter()
    usd_per_weighted = inst["objective"]["penalty_per_weighted_student"] / UNITS
    offset = usd_per_weighted * sum(g["students"] * g["priority"] for g in inst["groups"])
    points: list[Point] = []

    def told(stage: str, value: float, bound: float) -> None:
        now = time.perf_counter() - start
        points.append(Point(now, offset + value, max(0.0, offset + bound)))

    row, solution = solve_instance(inst, Stop(seconds), told)
    points.append(Point(row.seconds, row.penalised_usd, row.lower_bound_usd))
    return Outcome(
        solver=TOURPOOL,
        solution=solution,
        seconds=time.perf_counter() - start,
        status=row.status,
        bound=round(row.lower_bound_usd * UNITS),
        weighted_bound=row.weighted_bound,
        points=tuple(points),
    )
