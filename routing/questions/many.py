"""The one door through which many questions are asked at once: here, or on a cluster."""

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

from tourpool.routing.questions.cluster import on_cluster
from tourpool.routing.questions.processes import in_processes

Q = TypeVar("Q")
A = TypeVar("A")


def answers(
    function: Callable[[Q], A],
    questions: Iterable[Q],
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[A]:
    """Answer each question alone, several at a time; the answers come in the order asked.

    A process or a machine that dies in the middle loses nothing: its question is asked again.

    Parameters
    ----------
    function
        Answers one question. A function of a module, or a `functools.partial` of one: what all
        questions share (a season, roads) goes into the partial and is sent once a process.
    questions
        Whatever can be pickled.
    scheduler
        Address of a Dask scheduler, ``tcp://10.0.0.5:8786``; processes of this computer when None.
    workers
        Processes on this computer, one for each core when None. A single question is answered in
        this process.
    progress
        Told how many are answered, of how many.

    Raises
    ------
    InputError
        When the cluster cannot be reached, or a question ends its process again and again.
    Exception
        The first one that ``function`` raises; the other questions are dropped then.
    """
    asked = list(questions)
    tell = progress or _silent
    if not asked:
        return []
    if scheduler is not None:
        return on_cluster(function, asked, scheduler, tell)
    if len(asked) == 1:
        answer = function(asked[0])
        tell(1, 1)
        return [answer]
    return in_processes(function, asked, min(workers or cores(), len(asked)), tell)


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _silent(done: int, total: int) -> None:
    """Nobody wants to know."""
