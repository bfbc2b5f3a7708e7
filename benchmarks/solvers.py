"""Who takes part: tourpool and the peers that are installed."""

import importlib
import importlib.util
import time
from dataclasses import dataclass

from benchmarks.judge import Json
from benchmarks.sessions import solve_season, solve_trip

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
    solution
        In the judge's format; None where there is none.
    status
        What the solver claims: ``optimal``, ``feasible``, or why there is no solution.
    bound
        No solution has a lower penalised cost, 1e-4 US$; None where a solver states none.
    weighted_bound
        No solution serves more weighted students.
    peak_mb
        Most memory that the process has held, in MiB; None where that is not known.
    points
        Value and bound over time, of solvers that tell.
    """

    solver: str
    solution: Json | None
    seconds: float
    status: str = "feasible"
    bound: int | None = None
    weighted_bound: int | None = None
    peak_mb: int | None = None
    points: tuple[Point, ...] = ()


TOURPOOL = "tourpool"
PEERS = {
    "PyVRP": ("pyvrp", "benchmarks.peers.with_pyvrp"),
    "OR-Tools": ("ortools", "benchmarks.peers.with_ortools"),
    "VROOM": ("vroom", "benchmarks.peers.with_vroom"),
}
"""Package and adapter of each."""
BY_SESSION = ("PyVRP", "OR-Tools")
"""Peers that can be given a season one session after the other."""


def solve(name: str, inst: Json, seconds: float) -> Outcome:
    """Solve by tourpool or by a peer; loading and compiling come before the clock."""
    if name == TOURPOOL:
        ours = importlib.import_module("benchmarks.ours")  # its memory is not that of the peers
        ours.load()
        found: Outcome = ours.solve(inst, seconds)
        return found
    adapter = importlib.import_module(PEERS[name][1])
    start = time.perf_counter()
    if is_season(inst):
        solution, status = solve_season(adapter.solve, inst, seconds), "feasible, by session"
    else:
        solution, status = solve_trip(adapter.solve, inst, seconds), "feasible"
    return Outcome(name, solution, time.perf_counter() - start, status)


def is_season(inst: Json) -> bool:
    """Whether groups choose among sessions."""
    return bool(inst["schema"] == "pooled-season/1")


def missing(name: str) -> bool:
    """Whether the package of a peer is not installed."""
    return importlib.util.find_spec(PEERS[name][0]) is None


def installed() -> list[str]:
    """Peers that are."""
    return [name for name in PEERS if not missing(name)]


def taking_part(inst: Json, *, by_session: bool) -> list[str]:
    """Who solves an instance, tourpool first; a season as a whole is beyond the peers."""
    names = installed()
    if is_season(inst):
        names = [n for n in names if n in BY_SESSION] if by_session else []
    return [TOURPOOL, *names]
