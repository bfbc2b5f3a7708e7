"""One integer program, solved by SCIP through OR-Tools MathOpt, that can be stopped at any time.

SCIP is the engine because it is the one in MathOpt that both closes these selections (CP-SAT does
not) and takes an interrupter (HiGHS does not); it keeps its best solution when interrupted.
"""

import datetime as dt
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers.gscip import gscip_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter
from scipy.sparse import csc_array

from tourpool.routing.solver.stop import Stop

Floats = NDArray[np.float64]
POLL_S = 0.05
ROOM = 1e-8
"""Share by which a solution may exceed the hint: SCIP compares with a tolerance."""


@dataclass(frozen=True)
class Mip:
    """Minimise ``cost @ x`` with ``lower <= a @ x <= upper`` and x binary."""

    cost: Floats
    a: csc_array
    lower: Floats
    upper: Floats


@dataclass(frozen=True)
class MipResult:
    """The best solution found, a bound that no solution passes, and whether the two meet."""

    x: NDArray[np.bool_] | None
    bound: float
    optimal: bool


def solve_mip(
    mip: Mip, hint: NDArray[np.bool_] | None, stop: Stop, nodes: int | None = None
) -> MipResult:
    """Solve until proven or stopped; deterministic when it ends by proof.

    Parameters
    ----------
    hint
        A feasible solution to start from; nothing worse is looked at, from the very first
        reduction on, which a hint alone does not bring about.
    nodes
        Most nodes of the search tree; no limit when None.
    """
    if stop.now:
        return MipResult(hint, -np.inf, optimal=False)
    model = _model(mip)
    variables = list(model.variables())
    params = mathopt.SolveParameters(
        relative_gap_tolerance=0.0, absolute_gap_tolerance=0.0, node_limit=nodes, gscip=_exactly()
    )
    if np.isfinite(stop.left_s):
        params.time_limit = dt.timedelta(seconds=max(0.05, stop.left_s))
    model_params = mathopt.ModelSolveParameters()
    if hint is not None:
        at_hand = float(mip.cost @ hint)
        params.cutoff_limit = at_hand + max(1e-3, ROOM * abs(at_hand))
        values = {v: float(h) for v, h in zip(variables, hint, strict=True)}
        model_params.solution_hints.append(mathopt.SolutionHint(variable_values=values))
    try:
        result = _interruptible(model, params, model_params, stop)
    except (ValueError, AttributeError):  # MathOpt has no words for "nothing under the cutoff"
        params.cutoff_limit = None
        result = _interruptible(model, params, model_params, stop)
    bound = result.termination.objective_bounds.dual_bound
    optimal = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    if not result.has_primal_feasible_solution():
        if hint is not None and bound >= mip.cost @ hint:
            bound = -np.inf  # the hint is a solution: that is a fault, no proof
        return MipResult(hint, bound, optimal=False)
    x = np.array(result.variable_values(variables)) > 0.5
    return MipResult(x, bound, optimal)


def _exactly() -> gscip_pb2.GScipParameters:
    """Rows hold to 1e-9: at SCIP's own 1e-6 a floor of worth could be missed by a student."""
    return gscip_pb2.GScipParameters(real_params={"numerics/feastol": 1e-9})


def _model(mip: Mip) -> mathopt.Model:
    """Write the arrays straight into MathOpt's own message: expressions would take minutes."""
    n_rows, n_cols = mip.a.shape
    by_row = mip.a.tocsr()
    by_row.sort_indices()
    m = model_pb2.ModelProto()
    m.variables.ids.extend(range(n_cols))
    m.variables.lower_bounds.extend([0.0] * n_cols)
    m.variables.upper_bounds.extend([1.0] * n_cols)
    m.variables.integers.extend([True] * n_cols)
    used = np.flatnonzero(mip.cost)
    m.objective.linear_coefficients.ids.extend(used.tolist())
    m.objective.linear_coefficients.values.extend(mip.cost[used].tolist())
    m.linear_constraints.ids.extend(range(n_rows))
    m.linear_constraints.lower_bounds.extend(mip.lower.tolist())
    m.linear_constraints.upper_bounds.extend(mip.upper.tolist())
    rows = np.repeat(np.arange(n_rows), np.diff(by_row.indptr))
    m.linear_constraint_matrix.row_ids.extend(rows.tolist())
    m.linear_constraint_matrix.column_ids.extend(by_row.indices.tolist())
    m.linear_constraint_matrix.coefficients.extend(by_row.data.tolist())
    return mathopt.Model.from_model_proto(m)


def _interruptible(
    model: mathopt.Model,
    params: mathopt.SolveParameters,
    model_params: mathopt.ModelSolveParameters,
    stop: Stop,
) -> mathopt.SolveResult:
    """Solve in a thread while this one watches ``stop``."""
    interrupter = SolveInterrupter()
    results: list[mathopt.SolveResult] = []
    failures: list[Exception] = []

    def work() -> None:
        try:
            results.append(
                mathopt.solve(
                    model,
                    mathopt.SolverType.GSCIP,
                    params=params,
                    model_params=model_params,
                    interrupter=interrupter,
                )
            )
        except Exception as failure:
            failures.append(failure)

    with _without_scip_complaint():
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(POLL_S)
            if stop.now:
                interrupter.interrupt()
    if failures:
        raise failures[0]
    return results[0]


@contextmanager
def _without_scip_complaint() -> Iterator[None]:
    """Silence file descriptor 2: with an interrupter, SCIP writes two lines of its own error there.

    The complaint (SCIPcatchEvent does not support variable or row change events) changes nothing:
    interrupting works. Whoever shows progress meanwhile writes to a descriptor of their own.
    """
    _QUIET.begin()
    try:
        yield
    finally:
        _QUIET.end()


class _Quiet:
    """File descriptor 2 goes nowhere while any solve runs; several may run at once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.solves = 0
        self.kept: int | None = None

    def begin(self) -> None:
        """One solve more."""
        with self.lock:
            self.solves += 1
            if self.solves == 1:
                try:
                    self.kept = os.dup(2)
                except OSError:  # whoever started us closed it: nothing to silence
                    return
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 2)
                os.close(nowhere)

    def end(self) -> None:
        """One solve less."""
        with self.lock:
            self.solves -= 1
            if self.solves == 0 and self.kept is not None:
                os.dup2(self.kept, 2)
                os.close(self.kept)
                self.kept = None


_QUIET = _Quiet()
