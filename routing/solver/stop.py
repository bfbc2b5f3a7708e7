"""When to stop: a time limit, or Ctrl-C asked for politely."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Says whether work should end now with the best found so far.

    Parameters
    ----------
    seconds
        Time limit from now on; None for no limit.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds
        self._asked = threading.Event()

    def within(self, seconds: float) -> "Stop":
        """Give a part of the work its own limit; it ends with the whole all the same."""
        part = Stop(min(seconds, self.left_s))
        part._asked = self._asked
        return part

    def ask(self) -> None:
        """Ask for an early end."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether an early end was asked for."""
        return self._asked.is_set()

    @property
    def now(self) -> bool:
        """Whether the time is over or an early end was asked for."""
        return self._asked.is_set() or self.left_s <= 0

    @property
    def left_s(self) -> float:
        """Seconds left; infinite without a limit."""
        return float("inf") if self._end is None else self._end - time.monotonic()


NEVER = Stop()
"""No limit, and nobody asks."""


@contextmanager
def ctrl_c_asks(stop: Stop) -> Iterator[None]:
    """Let the first Ctrl-C ask for an early end; a second one interrupts as usual.

    Does nothing outside the main thread, where signals cannot be caught.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def ask(signum: int, frame: FrameType | None) -> None:
        stop.ask()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
