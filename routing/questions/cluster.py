"""Questions answered by the machines of a Dask cluster."""

import logging
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import tourpool
from tourpool.events.problems import InputError
from tourpool.routing.questions.processes import NotAnsweredError

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_S = 10
_ALONE = threading.Lock()


def on_cluster(
    function: Callable[[Any], Any],
    questions: Sequence[Any],
    address: str,
    progress: Callable[[int, int], None],
) -> list[Any]:
    """Answer the questions on a cluster; see `tourpool.routing.questions.many`.

    What a machine had when it dies is computed again by another one. When all are gone this waits
    for one to come back.
    """
    with _connected(address) as client:
        from distributed import KilledWorker, as_completed

        # not scattered: what is scattered dies with the machine that holds it
        shared = client.submit(pickle.loads, pickle.dumps(function), pure=False)
        futures = [client.submit(_answer, shared, q, pure=False) for q in questions]
        finished: Any = as_completed(futures, loop=client.loop)  # type: ignore[no-untyped-call]
        found: dict[Any, Any] = {}
        try:
            for future in finished:
                found[future.key] = _fetched(future, address, f"{len(found)} of {len(futures)}")
                future.release()  # else it is computed again when the machine that holds it dies
                progress(len(found), len(futures))
        except KilledWorker:
            k = next(k for k, f in enumerate(futures) if f.status == "error")
            raise NotAnsweredError(
                f"workers of the cluster died again and again while they had question {k + 1} of "
                f"{len(futures)}, as happens when memory runs out; start fewer on each machine"
            ) from None
        return [found[future.key] for future in futures]


def _fetched(future: "Future[Any]", address: str, answered: str) -> Any:
    """The answer, or what the question raised; told otherwise when the scheduler is gone."""
    raised = future.status == "error"
    try:
        return future.result()
    except (CancelledError, OSError):  # lost connections are OSErrors, as questions may raise too
        if raised:
            raise
        raise _lost(address, answered) from None


def _lost(address: str, answered: str) -> InputError:
    return InputError(
        f"the scheduler at {address} ended, or the connection to it, when {answered} questions "
        "were answered; start it and its workers again and ask again, or ask without a scheduler"
    )


def _answer(function: Callable[[Any], Any], question: Any) -> Any:
    """One question at a time in a process, whatever number of threads it has."""
    with _ALONE:
        return function(question)


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "a cluster needs dask.distributed; install it: pip install 'tourpool[cluster]'"
        ) from None
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_S, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise InputError(
            f"no scheduler answers at {address} ({error}); start one with `dask scheduler` and "
            "give the address that it prints"
        ) from error
    with _hushed(), client:
        try:
            _look(client, address)
        except OSError:
            raise _lost(address, "no") from None
        yield client


@contextmanager
def _hushed() -> Iterator[None]:
    """Without what Dask writes of a lost connection: we say it ourselves."""
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def _look(client: "Client", address: str) -> None:
    """Stop early when there is no machine, or one with another tourpool."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError:
        raise InputError(
            f"the scheduler at {address} has no workers; start one on each machine: "
            f"dask worker {address} --nworkers auto --nthreads 1"
        ) from None
    ours = _version()
    for name, theirs in client.run(_version, on_error="return").items():
        if theirs != ours:
            raise InputError(
                f"the worker {name} has not the tourpool {ours} that is here but {theirs!r}; "
                "install the same everywhere: pip install 'tourpool[cluster]'"
            )


def _version() -> str:
    """What a worker says; one without tourpool gives an error instead."""
    return tourpool.__version__
