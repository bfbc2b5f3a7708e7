"""Functions that processes of their own can be given."""

import os
import signal
import time
from pathlib import Path


def square(n: int) -> int:
    """The later it is asked, the sooner it is answered."""
    time.sleep(max(0.0, 0.1 - 0.02 * n))
    return n * n


def process_of(n: int) -> int:
    """Which process answered."""
    time.sleep(0.2)
    return os.getpid()


def square_unless_killed(folder: Path, n: int) -> int:
    """At 3 its process dies, as one does that the system kills; not when asked again."""
    died = folder / "died"
    if n == 3 and not died.exists():
        died.write_text("once")
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


def kill_itself_at_two(n: int) -> int:
    """Its process dies at 2, however often it is asked."""
    if n == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def refuse(n: int) -> int:
    """It cannot be answered."""
    raise ValueError(f"{n} has no answer")


def miss_a_file(n: int) -> int:
    """It lacks what it needs."""
    raise FileNotFoundError(f"roads-{n} is not here")


def wait_then_square(folder: Path, n: int) -> int:
    """Tell that it has begun, then take half a second."""
    (folder / f"{n}-{os.getpid()}").touch()
    time.sleep(0.5)
    return n * n
