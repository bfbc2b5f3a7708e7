"""Two coaches who ask at once both get their row, and nobody waits for ever."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.events.test_append import TINY_REQUEST
from tourpool.events.ask import add
from tourpool.events.problems import NotAddedError
from tourpool.events.reading.read import read_season
from tourpool.events.writing.lock import STALE_S, LockedError, locked

ADD_THREE = """
import sys
from pathlib import Path
from tourpool.events.ask import add, seat_request
from tourpool.events.reading.read import read_season

path, school = Path(sys.argv[1]), sys.argv[2]
season = read_season(path)
wanted = seat_request(season, school, "spring-tour", ["tour-tue"], students=9, chaperones=1)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(3):
    add(path, wanted, season.event["spring-tour"], anyway=True)
"""


def test_two_programs_that_add_at_once_lose_no_request_and_give_no_number_twice(
    tiny: Path,
) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", ADD_THREE, str(tiny), school],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for school in ("280189001037", "280204001041")
    ]
    for program in both:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in both:
        program.communicate("go\n")
        assert program.returncode == 0
    season = read_season(tiny)
    added = season.requests[3:]
    assert [r.request_id for r in added] == [f"request-{n}" for n in range(4, 10)]
    assert sorted(r.ncessch for r in added) == ["280189001037"] * 3 + ["280204001041"] * 3
    assert all([c.session_id for c in r.choices] == ["tour-tue"] for r in added)
    assert [f.name for f in tiny.iterdir() if f.name.startswith(".")] == []


def test_a_request_that_came_meanwhile_from_the_same_school_is_noticed(tiny: Path) -> None:
    event = read_season(tiny).event["spring-tour"]
    with pytest.raises(NotAddedError, match="asks for Spring campus tour already: south-delta-12"):
        add(tiny, TINY_REQUEST, event)


@pytest.mark.parametrize("name", ["season.xlsx", "season"])
def test_a_season_that_stays_locked_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    season = tmp_path / name
    season.touch() if name.endswith("xlsx") else season.mkdir()
    with (
        locked(season),
        pytest.raises(LockedError, match="somebody else is adding a request; try again"),
        locked(season, wait_s=0.1),
    ):
        pass
    with locked(season, wait_s=0):  # free again
        pass


def test_a_lock_that_a_stopped_program_left_is_taken_over(tmp_path: Path) -> None:
    lock = tmp_path / ".tourpool.lock"
    lock.touch()
    long_ago = time.time() - STALE_S - 1
    os.utime(lock, (long_ago, long_ago))
    with locked(tmp_path, wait_s=0.5):
        assert lock.exists()
    assert list(tmp_path.iterdir()) == []


def test_the_lock_goes_when_adding_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
