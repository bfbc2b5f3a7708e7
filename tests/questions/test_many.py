"""Many questions at once: answers in order, whatever becomes of the processes."""

import os
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.questions import counting
from tourpool.events.problems import InputError
from tourpool.routing.questions.cluster import on_cluster
from tourpool.routing.questions.many import answers
from tourpool.routing.questions.processes import NotAnsweredError


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
