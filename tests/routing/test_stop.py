"""Time limits, and Ctrl-C that asks first."""

import signal
import threading
import time
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourpool.routing.solver.stop import Stop, ctrl_c_asks


def ctrl_c() -> None:
    """Send this process what a terminal sends; the handler runs before the next line does."""
    signal.raise_signal(signal.SIGINT)
    time.sleep(0.01)


@given(st.floats(-1e6, 0))
def test_a_limit_that_is_not_positive_is_over_at_once(seconds: float) -> None:
    assert Stop(seconds).now


@given(st.floats(60, 1e6))
def test_seconds_left_fall_from_the_limit(seconds: float) -> None:
    stop = Stop(seconds)
    first = stop.left_s
    assert seconds - 30 < stop.left_s <= first <= seconds
    assert not stop.now


def test_without_a_limit_there_is_time_for_ever() -> None:
    assert Stop().left_s == float("inf")
    assert not Stop().now


def test_a_stop_that_was_asked_for_stays_asked_for() -> None:
    stop = Stop(1000)
    stop.ask()
    assert stop.now
    assert stop.now


def test_ctrl_c_asks_for_an_early_end() -> None:
    stop = Stop()
    with ctrl_c_asks(stop):
        ctrl_c()
        assert stop.now


def test_a_second_ctrl_c_interrupts() -> None:
    with ctrl_c_asks(Stop()):
        ctrl_c()
        with pytest.raises(KeyboardInterrupt):
            ctrl_c()


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with ctrl_c_asks(Stop()):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    with ctrl_c_asks(Stop()):
        ctrl_c()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_failure_leaves_ctrl_c_as_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ZeroDivisionError), ctrl_c_asks(Stop()):
        raise ZeroDivisionError
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_goes_to_whom_it_went_before() -> None:
    heard: list[int] = []

    def hear(signum: int, frame: FrameType | None) -> None:
        heard.append(signum)

    before = signal.signal(signal.SIGINT, hear)
    try:
        with ctrl_c_asks(Stop()):
            ctrl_c()
            assert heard == []
            ctrl_c()
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard == [signal.SIGINT]


def test_outside_the_main_thread_nothing_is_caught_and_nothing_fails() -> None:
    handlers = []

    def work() -> None:
        with ctrl_c_asks(Stop()):
            handlers.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert handlers == [signal.getsignal(signal.SIGINT)]
