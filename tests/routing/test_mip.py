"""One integer program: proven, hinted, or stopped with the best so far."""

import os
import threading
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csc_array

from tests.routing.arrays import laws
from tourpool.routing.solver.mip import Mip, MipResult, solve_mip
from tourpool.routing.solver.stop import Stop


def binary(n: int) -> Any:
    """All 0/1 vectors of length n, ``(2**n, n)``."""
    return (np.arange(2**n)[:, None] >> np.arange(n)) & 1


@st.composite
def packings(draw: st.DrawFn) -> Mip:
    """Up to seven columns in two rows, of which none may be overfull."""
    n = draw(st.integers(1, 7))
    weights = st.lists(st.integers(0, 9), min_size=n, max_size=n)
    a = np.array([draw(weights), draw(weights)], dtype=float)
    return Mip(
        cost=np.array(draw(st.lists(st.integers(-9, 3), min_size=n, max_size=n)), dtype=float),
        a=csc_array(a),
        lower=np.zeros(2),
        upper=np.array([draw(st.integers(0, 20)), draw(st.integers(0, 20))], dtype=float),
    )


def feasible(mip: Mip) -> Any:
    x = binary(len(mip.cost))
    rows = x @ mip.a.toarray().T
    return x[((rows >= mip.lower) & (rows <= mip.upper)).all(axis=1)]


@laws
@given(packings())
def test_the_least_is_found_and_proven(mip: Mip) -> None:
    result = solve_mip(mip, None, Stop())
    assert result.optimal
    assert result.x is not None
    least = (feasible(mip) @ mip.cost).min()
    assert mip.cost @ result.x == pytest.approx(least)
    assert result.bound == pytest.approx(least)


@laws
@given(packings(), st.data())
def test_a_hint_changes_nothing_about_the_least(mip: Mip, data: st.DataObject) -> None:
    known = feasible(mip)
    hint = known[data.draw(st.integers(0, len(known) - 1))].astype(bool)
    result = solve_mip(mip, hint, Stop())
    assert result.x is not None
    assert mip.cost @ result.x == pytest.approx((known @ mip.cost).min())


def small() -> Mip:
    """Two columns of which one fits."""
    return Mip(np.array([-1.0, -2.0]), csc_array(np.ones((1, 2))), np.zeros(1), np.ones(1))


def test_an_equality_row_holds() -> None:
    mip = Mip(np.array([1.0, 2.0]), csc_array(np.ones((1, 2))), np.ones(1), np.ones(1))
    result = solve_mip(mip, None, Stop())
    assert result.x is not None
    assert result.x.tolist() == [True, False]


def test_what_cannot_be_solved_gives_no_solution() -> None:
    mip = Mip(np.ones(1), csc_array(np.ones((1, 1))), np.array([2.0]), np.array([2.0]))
    result = solve_mip(mip, None, Stop())
    assert (result.x, result.optimal) == (None, False)


def test_that_nothing_fits_though_a_solution_is_at_hand_proves_nothing() -> None:
    rows = csc_array(np.ones((2, 2)))
    mip = Mip(np.array([5.0, 1.0]), rows, np.array([-np.inf, 1.5]), np.array([1.0, np.inf]))
    result = solve_mip(mip, np.array([True, False]), Stop())
    assert (result.bound, result.optimal) == (-np.inf, False)


def test_after_the_stop_the_hint_comes_back_without_a_bound() -> None:
    stop, hint = Stop(), np.array([True, False])
    stop.ask()
    result = solve_mip(small(), hint, stop)
    assert result.x is hint
    assert (result.bound, result.optimal) == (-np.inf, False)


def hard() -> Mip:
    """A market split: 50 columns whose sums must meet 5 rows as nearly as they can.

    Cornuéjols & Dawande, https://doi.org/10.1287/ijoc.11.3.205.318; branch and bound takes hours.
    """
    n, rows = 50, 5
    d = np.random.default_rng(7).integers(0, 100, (rows, n)).astype(float)
    bits = 2.0 ** np.arange(12)
    over = np.kron(np.eye(rows), bits)
    a = np.hstack([d, over, -over])
    half = np.floor(d.sum(axis=1) / 2)
    cost = np.concatenate([np.zeros(n), np.tile(bits, 2 * rows)])
    return Mip(cost, csc_array(a), half, half)


def some(mip: Mip) -> Any:
    """A solution far from the best: no column, and every row met by what is over."""
    n_over = 12
    x = np.zeros(len(mip.cost), bool)
    for row, half in enumerate(mip.upper.astype(int).tolist()):
        x[50 + row * n_over : 50 + (row + 1) * n_over] = binary_of(half, n_over)
    return x


def binary_of(value: int, n: int) -> list[bool]:
    return [bool(value >> k & 1) for k in range(n)]


def asked_after(seconds: float) -> tuple[MipResult, float]:
    """What comes back, and how long it took once asked."""
    stop = Stop()
    timer = threading.Timer(seconds, stop.ask)
    timer.start()
    mip = hard()
    begin = time.monotonic()
    result = solve_mip(mip, some(mip), stop)
    return result, time.monotonic() - begin - seconds


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_a_long_solve_ends_soon_after_it_is_asked_to(seconds: float) -> None:
    result, late_s = asked_after(seconds)
    assert not result.optimal
    assert -0.5 < late_s < 10  # at work until asked; within 2 s unless the machine is busy


def test_a_long_solve_that_is_asked_to_stop_brings_its_best_so_far_and_a_bound() -> None:
    mip = hard()
    result, _ = asked_after(1.0)
    assert result.x is not None
    np.testing.assert_allclose(mip.a @ result.x, mip.upper)
    assert 0 <= result.bound <= mip.cost @ result.x <= mip.cost @ some(mip)


def test_a_time_limit_ends_a_long_solve() -> None:
    mip, begin = hard(), time.monotonic()
    result = solve_mip(mip, some(mip), Stop(0.5))
    assert not result.optimal
    assert 0.3 < time.monotonic() - begin < 10


def test_the_engine_writes_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    solve_mip(small(), None, Stop())
    assert capfd.readouterr() == ("", "")


def test_standard_error_works_again_after_a_solve(capfd: pytest.CaptureFixture[str]) -> None:
    solve_mip(small(), None, Stop())
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
