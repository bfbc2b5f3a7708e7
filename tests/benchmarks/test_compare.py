"""The command as a whole, on one tiny file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks import compare, generate, solvers, todo
from benchmarks.solvers import Outcome, Point
from tests.benchmarks.tiny import POOLED, one_bus, season, trip

BEST = Outcome(
    "tourpool",
    one_bus("abel", "beth"),
    0.1,
    status="optimal",
    bound=POOLED,
    peak_mb=123,
    points=(Point(0.1, 199.0, 199.0),),
)


@pytest.fixture(autouse=True)
def no_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solvers, "PEERS", {"Nobody": ("no_such_package", "no_such_adapter")})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Who was given which time, none of them in a process; all find the best of tiny."""
    calls: list[tuple[str, float]] = []

    def solved(solver: str, path: Path, seconds: float, answer: Path) -> Outcome:
        calls.append((solver, seconds))
        return replace(BEST, solver=solver)

    monkeypatch.setattr(compare, "solve_alone", solved)
    return calls


def run(folder: Path, *args: str) -> Result:
    bench = ["--bench", str(folder / "nowhere"), "--out", str(folder / "out")]
    return CliRunner().invoke(compare.compare, [*args, *bench])


def file_of(folder: Path, inst: dict) -> str:
    path = folder / f"{inst['name']}.json"
    path.write_text(json.dumps(inst))
    return str(path)


def table(folder: Path) -> str:
    return (folder / "out" / "table.md").read_text(encoding="utf-8")


def test_tables_pictures_and_solutions_are_written(tmp_path: Path) -> None:
    done = run(tmp_path, file_of(tmp_path, trip()))
    assert done.exit_code == 0, done.output
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "measured.md",
        "over_time.csv",
        "over_time.png",
        "over_time.svg",
        "table.csv",
        "table.md",
        "tiny.tourpool.json",
        "tiny.tourpool.outcome.json",
    }
    assert "| tiny | tourpool | 199.00 | 199.00 | 0.00 | 25 of 25 | optimal |" in table(tmp_path)


@pytest.mark.usefixtures("asked")
def test_a_peer_that_is_not_installed_is_left_out_and_named(tmp_path: Path) -> None:
    done = run(tmp_path, file_of(tmp_path, trip()))
    assert "Nobody is not installed and is left out" in done.stderr


@pytest.mark.usefixtures("asked")
def test_a_page_gets_its_measured_part_and_picture(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- measured -->\n<!-- end -->\n")
    done = run(tmp_path, file_of(tmp_path, trip()), "--docs", str(page))
    assert done.exit_code == 0, done.output
    assert "| tiny | tourpool | 199.00 | 199.00 | 0.00 | 25 of 25 | optimal | 0.1 | 123 |" in (
        page.read_text(encoding="utf-8")
    )
    assert (tmp_path / "benchmarks.png").read_bytes() == (
        tmp_path / "out" / "over_time.png"
    ).read_bytes()


def test_all_get_the_time_of_the_kind_at_most_what_is_said(
    tmp_path: Path, asked: list[tuple[str, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solvers, "installed", lambda: ["PyVRP", "VROOM"])
    run(tmp_path, file_of(tmp_path, trip()))
    assert asked == [("tourpool", 2.0), ("PyVRP", 2.0), ("VROOM", 2.0)]
    asked.clear()
    run(tmp_path, file_of(tmp_path, trip()), "--at-most", "0.5")
    assert {seconds for _, seconds in asked} == {0.5}


def test_no_peer_can_state_a_season_but_some_may_get_it_by_session(
    tmp_path: Path, asked: list[tuple[str, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solvers, "installed", lambda: ["PyVRP", "VROOM"])
    path = file_of(tmp_path, season())
    on_tuesday = one_bus("abel", "beth", session="tue")
    monkeypatch.setattr("tests.benchmarks.test_compare.BEST", replace(BEST, solution=on_tuesday))
    run(tmp_path, path)
    assert asked == [("tourpool", 20.0)]
    assert "| tiny-season | PyVRP, VROOM |  |  |  |  | none can state it |" in table(tmp_path)
    asked.clear()
    run(tmp_path, path, "--by-session")
    assert [solver for solver, _ in asked] == ["tourpool", "PyVRP"]
    assert "| tiny-season | VROOM |  |  |  |  | none can state it |" in table(tmp_path)


def test_a_beaten_bound_fails_the_command_after_the_table_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boaster = replace(BEST, solver="boaster", bound=2_000_000)  # it has 1,990,000
    monkeypatch.setattr(compare, "solve_alone", lambda *_: boaster)
    done = run(tmp_path, file_of(tmp_path, trip()))
    assert done.exit_code == 1
    assert "tiny: boaster has 199.0000 US$, but boaster says that nothing is under 200.0000" in (
        done.stderr
    )
    assert (tmp_path / "out" / "table.md").exists()


def test_without_files_or_folder_invented_instances_are_solved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [generate.pooled_trip(5, 1, seats_per_student=2)]
    monkeypatch.setattr(generate, "same_kinds", lambda: few)
    monkeypatch.setattr(todo, "MANY_SMALL", ((8, 1),))
    done = run(tmp_path)
    assert done.exit_code == 0, done.output
    assert "invented ones are solved instead" in done.stderr
    assert "invented-n005-s1" in done.stdout
    assert "small-n008-s1" in done.stdout


def test_the_largest_trip_and_the_largest_season_are_drawn() -> None:
    insts = [
        generate.pooled_trip(5, 1, seats_per_student=2),
        generate.pooled_trip(4, 1, seats_per_student=2),
        season(),
    ]
    tasks = [todo.Todo(Path("x"), inst) for inst in insts]
    assert compare._largest(tasks) == ["invented-n005-s1", "tiny-season"]
