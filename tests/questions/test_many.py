"""Many questions at once: answers in order, whatever becomes of the processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.questions import counting
from tourpool.events.problems import InputError
from tourpool.routing.questions.cluster import on_cluster
from tourpool.routing.questions.many import answers
from tourpool.routing.questions.processes import NotAnsweredError

HERE = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
"""Where another Python finds what this one finds."""


def test_answers_come_in_the_order_asked_though_the_last_is_ready_first() -> None:
    assert answers(counting.square, [0, 1, 2, 3, 4], workers=2) == [0, 1, 4, 9, 16]


def test_nothing_asked_is_nothing_answered() -> None:
    assert answers(counting.square, []) == []


def test_a_single_question_is_answered_in_this_process() -> None:
    assert answers(counting.process_of, [0]) == [os.getpid()]


def test_two_workers_are_two_other_processes() -> None:
    processes = set(answers(counting.process_of, range(4), workers=2))
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_progress_is_told_after_each_answer() -> None:
    told: list[tuple[int, int]] = []
    answers(counting.square, [4, 5, 6], workers=2, progress=lambda *p: told.append(p))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_process_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    function = partial(counting.square_unless_killed, tmp_path)
    assert answers(function, range(6), workers=2) == [0, 1, 4, 9, 16, 25]
    assert (tmp_path / "died").exists()


def test_a_question_that_always_ends_its_process_is_named() -> None:
    with pytest.raises(NotAnsweredError, match="question 3 of 4 ended its process 3 times"):
        answers(counting.kill_itself_at_two, range(4), workers=2)


SCRIPT = """
from tests.questions import counting
from tourpool.routing.questions.many import answers

{guard}print(answers(counting.square, range(4), workers=2))
"""


@pytest.mark.parametrize(
    ("guard", "said", "why"),
    [
        ('if __name__ == "__main__":\n    ', "[0, 1, 4, 9]\n", ""),
        ("", "", 'put what it does below `if __name__ == "__main__":`\n'),
    ],
)
def test_a_script_is_told_that_it_needs_a_main_guard(
    guard: str, said: str, why: str, tmp_path: Path
) -> None:
    script = tmp_path / "ask.py"
    script.write_text(SCRIPT.format(guard=guard))
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": HERE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == said
    assert done.stderr.endswith(why)
    assert done.stderr.count("Traceback") == (1 if why else 0)  # none of the processes asked


def test_what_a_question_raises_is_raised_with_where_it_happened() -> None:
    with pytest.raises(ValueError, match="7 has no answer") as raised:
        answers(counting.refuse, [7, 7], workers=2)
    assert "counting.py" in raised.value.__notes__[0]


def test_a_cluster_answers_in_order_though_one_of_two_workers_is_killed(
    cluster: LocalCluster, tmp_path: Path
) -> None:
    victim = next(iter(cluster.workers.values())).process.pid

    def kill_it_with_its_third_question() -> None:
        while len(list(tmp_path.glob(f"*-{victim}"))) < 3:
            time.sleep(0.05)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill_it_with_its_third_question, daemon=True)
    killer.start()
    function = partial(counting.wait_then_square, tmp_path)
    found = answers(function, range(12), scheduler=cluster.scheduler_address)
    killer.join(timeout=0)
    assert not killer.is_alive()
    assert found == [n * n for n in range(12)]
    begun = [path.name.partition("-")[0] for path in tmp_path.iterdir()]
    assert len(begun) > len(set(begun)) == 12  # what the dead one had was begun again


def test_a_cluster_raises_what_a_question_raises(cluster: LocalCluster) -> None:
    with pytest.raises(ValueError, match="7 has no answer"):
        answers(counting.refuse, [7], scheduler=cluster.scheduler_address)


def test_a_scheduler_that_ends_in_the_middle_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tourpool.routing.questions.cluster.CONNECT_S", 5)
    with _scheduler(tmp_path) as (scheduler, address):

        def end_it_when_some_are_asked() -> None:
            while len(list(tmp_path.glob("*-*"))) < 3:
                time.sleep(0.05)
            scheduler.kill()

        killer = threading.Thread(target=end_it_when_some_are_asked, daemon=True)
        killer.start()
        function = partial(counting.wait_then_square, tmp_path)
        with pytest.raises(InputError) as raised:
            answers(function, range(12), scheduler=address)
        killer.join(timeout=0)
        assert not killer.is_alive()
    told = str(raised.value)
    assert told.startswith(f"the scheduler at {address} ended, or the connection to it, when ")
    assert "of 12 questions were answered; start it and its workers again" in told
    assert "\n" not in told


@contextmanager
def _scheduler(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """A scheduler with one worker, each a process of its own; and its address."""
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    scheduler = _started("dask_scheduler", *common, "--host", "127.0.0.1", "--port", "0")
    worker = _started("dask_worker", *common, "--nthreads", "1", "--no-nanny")
    try:
        while not file.exists():
            assert scheduler.poll() is None
            time.sleep(0.05)
        yield scheduler, json.loads(file.read_text())["address"]
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()


def _started(command: str, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{command}", *options],
        env=os.environ | {"PYTHONPATH": HERE},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_what_a_question_raises_of_files_is_not_taken_for_a_lost_connection(
    cluster: LocalCluster,
) -> None:
    with pytest.raises(FileNotFoundError, match="roads-7"):
        answers(counting.miss_a_file, [7], scheduler=cluster.scheduler_address)


def test_an_address_where_nothing_listens_says_how_to_start_a_scheduler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tourpool.routing.questions.cluster.CONNECT_S", 0.5)
    with pytest.raises(InputError, match="start one with `dask scheduler`"):
        on_cluster(counting.square, [1], "tcp://127.0.0.1:9", lambda done, total: None)


def test_without_dask_the_error_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'tourpool\[cluster\]'"):
        answers(counting.square, [1], scheduler="tcp://127.0.0.1:8786")
