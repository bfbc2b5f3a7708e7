"""Who takes part: tourpool and the peers that are installed."""

import importlib
import importlib.util
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks.judge import Json
from benchmarks.sessions import solve_season, solve_trip
from tourpool.routing.bench import solve_instance
from tourpool.routing.solver.stop import Stop

UNITS = 10_000
"""Of money in one US$."""


@dataclass(frozen=True)
class Point:
    """What was known some seconds after the start; US$."""

    seconds: float
    value: float
    bound: float


@dataclass(frozen=True)
class Outcome:
    """What one solver made of one instance.

    Attributes
    ----------
    bound
        No solution has a lower penalised cost, 1e-4 US$; None where a solver states none.
    weighted_bound
        No solution serves more weighted students.
    points
        Value and bound over time, of solvers that tell.
    """

    solver: str
    solution: Json
    seconds: float
    bound: int | None = None
    weighted_bound: int | None = None
    points: tuple[Point, ...] = ()


Solver = Callable[[Json, float], Outcome]
PEERS = {
    "PyVRP": ("pyvrp", "benchmarks.peers.with_pyvrp"),
    "OR-Tools": ("ortools", "benchmarks.peers.with_ortools"),
    "VROOM": ("vroom", "benchmarks.peers.with_vroom"),
}
"""Package and adapter of each."""
SEASONS = ("PyVRP", "OR-Tools")
"""Peers that also take seasons, session by session."""


def tourpool(inst: Json, seconds: float) -> Outcome:
    """Solve by tourpool, with value and bound over time."""
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
        solver="tourpool",
        solution=solution,
        seconds=time.perf_counter() - start,
        bound=round(row.lower_bound_usd * UNITS),
        weighted_bound=row.weighted_bound,
        points=tuple(points),
    )


def peer(name: str, inst: Json, seconds: float) -> Outcome:
    """Solve by a peer."""
    start = time.perf_counter()
    adapter = importlib.import_module(PEERS[name][1])
    solve = solve_trip if inst["schema"] == "pooled-trip/1" else solve_season
    solution = solve(adapter.solve, inst, seconds)
    return Outcome(name, solution, time.perf_counter() - start)


def missing(name: str) -> bool:
    """Whether the package of a peer is not installed."""
    return importlib.util.find_spec(PEERS[name][0]) is None


def taking_part(inst: Json) -> dict[str, Solver]:
    """Solvers that are installed and take instances of this schema, tourpool first."""
    season = inst["schema"] == "pooled-season/1"
    names = [n for n in PEERS if not missing(n) and (not season or n in SEASONS)]
    return {"tourpool": tourpool, **{name: partial(peer, name) for name in names}}
