"""Questions answered by processes of this computer; one that dies is replaced."""

import multiprocessing
import pickle
import signal
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from tourpool.events.problems import InputError

TRIES = 3
"""So often may a question end its process before it is given up."""
GOING_S = 5
"""A process whose pipe is closed is gone by then."""
_BEGUN = b"begun"
"""The first word of each process; no pickle."""


class NotAnsweredError(InputError):
    """A question ended every process that it was given to."""


def in_processes(
    function: Callable[[Any], Any],
    questions: Sequence[Any],
    workers: int,
    progress: Callable[[int, int], None],
) -> list[Any]:
    """Answer the questions with so many processes; see `tourpool.routing.questions.many`."""
    shared = pickle.dumps(function)
    waiting, tries = deque(range(len(questions))), Counter[int]()
    found: dict[int, Any] = {}
    with _team(shared, workers) as team:
        while len(found) < len(questions):
            for worker in team:
                if worker.question is None and waiting:
                    worker.ask(waiting.popleft(), questions)
            for worker, k in _ready(team):
                try:
                    said = worker.pipe.recv_bytes()
                except (EOFError, OSError):
                    tries[k] += 1
                    _look(worker, tries[k], f"question {k + 1} of {len(questions)}")
                    waiting.appendleft(k)
                    worker.stop()
                    team[team.index(worker)] = _hired(shared)
                    continue
                if said == _BEGUN:
                    worker.begun = True
                    continue
                worker.question = None
                went_well, answer = pickle.loads(said)
                if not went_well:
                    raise answer
                found[k] = answer
                progress(len(found), len(questions))
    return [found[k] for k in range(len(questions))]


@dataclass
class _Worker:
    """A process, this end of the pipe to it, whether it began, the number of its question."""

    process: BaseProcess
    pipe: Connection
    begun: bool = False
    question: int | None = None

    def ask(self, k: int, questions: Sequence[Any]) -> None:
        """Give it a question; one that is dead by then is found out when its answer is read."""
        self.question = k
        question = pickle.dumps(questions[k])
        with suppress(OSError):
            self.pipe.send_bytes(question)

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


@contextmanager
def _team(shared: bytes, workers: int) -> Iterator[list[_Worker]]:
    team: list[_Worker] = []
    try:
        for _ in range(workers):
            team.append(_hired(shared))
        yield team
    finally:
        for worker in team:
            worker.stop()


def _hired(shared: bytes) -> _Worker:
    """Start a process afresh: a fork would share locks of threads that it does not have."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(there, shared), daemon=True)
    try:
        process.start()
    except RuntimeError as error:
        if "bootstrapping phase" not in str(error):
            raise
        # this is such a process itself, and runs the script that asks; that one says what to do
        raise SystemExit(1) from None
    there.close()  # else its death would leave the pipe open
    return _Worker(process, here)


def _ready(team: Sequence[_Worker]) -> list[tuple[_Worker, int]]:
    """Wait until somebody has an answer to a question, or is dead."""
    busy = [(w, w.question) for w in team if w.question is not None]
    ready = wait([w.pipe for w, _ in busy])
    return [(w, k) for w, k in busy if w.pipe in ready]


def _look(worker: _Worker, tries: int, question: str) -> None:
    """Tell what a dead process died of, unless its question may be asked again."""
    worker.process.join(GOING_S)
    if not worker.begun and (worker.process.exitcode or 0) > 0:
        raise NotAnsweredError(
            "processes that answer questions ended before they began: each runs the script that "
            "asks, so save it as a file and put what it does below "
            '`if __name__ == "__main__":`'
        ) from None
    if tries == TRIES:
        raise NotAnsweredError(
            f"{question} ended its process {TRIES} times, as happens when memory runs out; ask "
            "fewer at a time"
        ) from None


def _serve(pipe: Connection, shared: bytes) -> None:
    """Answer questions until the pipe ends; Ctrl-C is the asking process's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send_bytes(_BEGUN)
        while True:
            pipe.send_bytes(_answered(shared, pipe.recv_bytes()))


def _answered(shared: bytes, question: bytes) -> bytes:
    """Whether it went well, and the answer or what was raised."""
    try:
        return pickle.dumps((True, _loaded(shared)(pickle.loads(question))))
    except Exception as error:
        error.add_note(f"In a process of its own:\n{traceback.format_exc()}")
        return pickle.dumps((False, _sendable(error)))


@cache
def _loaded(shared: bytes) -> Callable[[Any], Any]:
    """The function, with all that its questions share."""
    function: Callable[[Any], Any] = pickle.loads(shared)
    return function


def _sendable(error: Exception) -> Exception:
    """The error itself where it comes out of a pickle as it went in, else its text."""
    try:
        copy = pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    same = type(copy) is type(error) and str(copy) == str(error)
    return error if same else RuntimeError(f"{type(error).__name__}: {error}")
