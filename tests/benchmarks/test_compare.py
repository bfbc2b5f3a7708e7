"""The command as a whole, on one tiny file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks import compare, generate, solvers
from benchmarks.solvers import Outcome
from tests.benchmarks.tiny import one_bus, trip


@pytest.fixture(autouse=True)
def no_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solvers, "PEERS", {"Nobody": ("no_such_package", "no_such_adapter")})


def run(folder: Path, *args: str) -> Result:
    bench = ["--bench", str(folder / "nowhere"), "--out", str(folder / "out"), "--seconds", "5"]
    return CliRunner().invoke(compare.compare, [*args, *bench])


def tiny_file(folder: Path) -> str:
    path = folder / "tiny.json"
    path.write_text(json.dumps(trip()))
    return str(path)


def test_tables_pictures_and_solutions_are_written(tmp_path: Path) -> None:
    done = run(tmp_path, tiny_file(tmp_path))
    assert done.exit_code == 0, done.output
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "over_time.png",
        "over_time.svg",
        "table.csv",
        "table.md",
        "tiny.tourpool.json",
    }
    assert "| tiny | tourpool | 199.00 | 199.00 | 0.00 | 25 of 25 |" in (
        tmp_path / "out" / "table.md"
    ).read_text(encoding="utf-8")


def test_a_peer_that_is_not_installed_is_left_out_and_named(tmp_path: Path) -> None:
    done = run(tmp_path, tiny_file(tmp_path))
    assert "Nobody is not installed and is left out" in done.stderr


def test_a_beaten_bound_fails_the_command_after_the_table_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boaster = Outcome("boaster", one_bus("abel", "beth"), 0.1, bound=2_000_000)  # it has 1,990,000
    monkeypatch.setattr(solvers, "taking_part", lambda inst: {"boaster": lambda *_: boaster})
    done = run(tmp_path, tiny_file(tmp_path))
    assert done.exit_code == 1
    assert "tiny: boaster has 199.0000 US$, but boaster says that nothing is under 200.0000" in (
        done.stderr
    )
    assert (tmp_path / "out" / "table.md").exists()


def test_without_files_or_folder_invented_instances_are_solved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate, "some", lambda: [generate.pooled_trip(5, 1, seats_per_student=2)])
    done = run(tmp_path)
    assert done.exit_code == 0, done.output
    assert "invented ones are solved instead" in done.stderr
    assert "invented-n005-s1" in done.stdout
