"""What a person sees who types a command: files, sentences and exit codes."""

import io
import json
import signal
import subprocess
import sys
import tomllib
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tourpool
from tourpool.cli import _progress, cli
from tourpool.routing.checks.words import Rule, Violation

ROOT = Path(__file__).parents[1]
FOUR = {"plan.json", "map.html", "schedule.xlsx", "schedule.csv"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="tourpool")


def told(*arguments: object) -> str:
    """What stderr says to a user who did something wrong."""
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert done.stderr.startswith("Error: ")
    return done.stderr.removeprefix("Error: ").rstrip("\n")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def planned(tiny: Path, tmp_path: Path) -> Path:
    """The folder of a plan of the tiny season."""
    out = tmp_path / "out"
    done = run("plan", tiny, "--out", out)
    assert done.exit_code == 0, done.output
    return out


def test_plan_writes_its_four_files_and_nothing_else(planned: Path) -> None:
    assert names(planned) == FOUR


def test_plan_prints_who_is_served_the_proof_and_what_it_would_be_alone(
    tiny: Path, tmp_path: Path
) -> None:
    said = run("plan", tiny, "--out", tmp_path / "out").stdout
    assert "66 of 66" in said  # 20 + 28 + 18 students
    for word in ("miles", "cost", "Alone", "estimated", "Written: "):
        assert word in said


def test_plan_with_a_time_limit_still_gives_a_plan_that_passes_the_check(
    tiny: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run("plan", tiny, "--out", out, "--seconds", "0.01").exit_code == 0
    assert run("check", tiny, out / "plan.json").exit_code == 0


def test_plan_in_hardly_any_memory_is_the_same_plan(
    tiny: Path, planned: Path, tmp_path: Path
) -> None:
    out = tmp_path / "little"
    assert run("plan", tiny, "--out", out, "--memory", "0.000000001").exit_code == 0
    little, plenty = (json.loads((of / "plan.json").read_text()) for of in (out, planned))
    for figure in ("status", "weighted_bound", "cost_bound", "note"):
        assert little["proof"][figure] == plenty["proof"][figure]


def test_ctrl_c_writes_the_best_plan_so_far(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed: list[str] = []

    def press(stage: str, value: float, bound: float) -> None:
        if not pressed:
            pressed.append(stage)
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("tourpool.cli._progress", lambda: nullcontext(press))
    out = tmp_path / "out"
    assert run("plan", tiny, "--out", out).exit_code == 0
    assert pressed == ["worth"]
    assert run("check", tiny, out / "plan.json").exit_code == 0


def test_ctrl_c_before_there_is_a_plan_is_one_sentence_and_130(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("tourpool.routing.season_plan.plan_season", press)
    done = run("plan", tiny, "--out", tmp_path / "out")
    assert done.exit_code == 130
    assert done.stderr == "\nStopped before there was a plan; nothing was written.\n"
    assert not (tmp_path / "out").exists()


def test_ctrl_c_in_another_command_is_one_word_and_130(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("tourpool.cli._read", press)
    done = run("validate", tiny)
    assert (done.exit_code, done.stderr) == (130, "\nStopped.\n")


@pytest.mark.parametrize("stderr", [None, io.StringIO()], ids=["none", "closed"])
def test_progress_does_without_a_stderr(
    stderr: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stderr is not None:
        stderr.close()
    monkeypatch.setattr(sys, "stderr", stderr)
    with _progress() as progress:
        assert progress is None


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "inf", "nan"])
def test_seconds_are_refused_in_plain_words(seconds: str, tiny: Path, tmp_path: Path) -> None:
    done = run("plan", tiny, "--out", tmp_path / "out", "--seconds", seconds)
    assert done.exit_code == 2
    assert f"'{seconds}' is no number of seconds; write one above 0" in done.stderr


@pytest.mark.parametrize("memory", ["much", "0", "-1", "inf", "nan"])
def test_memory_is_refused_in_plain_words(memory: str, tiny: Path, tmp_path: Path) -> None:
    done = run("plan", tiny, "--out", tmp_path / "out", "--memory", memory)
    assert done.exit_code == 2
    assert f"'{memory}' is no number of gigabytes; write one above 0" in done.stderr


def test_a_plan_that_fails_its_check_is_never_written(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Violation(Rule.LOAD, "block 1", "53 people on 52 seats")
    monkeypatch.setattr("tourpool.routing.check.check_plan", lambda *_: [broken])
    done = run("plan", tiny, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "load: block 1: 53 people on 52 seats" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_failure_while_writing_leaves_the_old_files_whole(
    tiny: Path, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(*_: object) -> None:
        raise OSError(28, "No space left on device", "schedule.csv")

    old = {path: path.read_bytes() for path in planned.iterdir()}
    (tiny / "requests.csv").write_text(
        (tiny / "requests.csv").read_text(encoding="utf-8").replace(",28,", ",27,"),
        encoding="utf-8",
    )
    monkeypatch.setattr("tourpool.reports.csvfile.write_schedule_csv", disk_full)
    assert told("plan", tiny, "--out", planned) == "schedule.csv: no space left on device"
    assert {path: path.read_bytes() for path in planned.iterdir()} == old


def test_a_season_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    said = told("plan", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert "nowhere" in said
    assert "\n" not in said


def test_validate_says_what_the_season_holds(tiny: Path) -> None:
    done = run("validate", tiny)
    assert done.exit_code == 0
    assert "4 schools, 2 sessions, 3 requests, 3 buses" in done.stdout


def test_validate_lists_all_problems_with_their_place(tiny: Path) -> None:
    requests = tiny / "requests.csv"
    text = requests.read_text(encoding="utf-8")
    requests.write_text(
        text.replace(",20,2,", ",many,2,").replace("humphreys-11,280204001041", "humphreys-11,28"),
        encoding="utf-8",
    )
    done = run("validate", tiny)
    assert done.exit_code == 2
    first, second, last = done.stderr.splitlines()
    assert first.startswith("requests.csv:2:students: ")
    assert second.startswith("requests.csv:3:ncessch: ")
    assert last == "Error: 2 things to mend"


def test_plan_writes_nothing_for_a_broken_season(tiny: Path, tmp_path: Path) -> None:
    (tiny / "venues.csv").unlink()
    assert "venues" in told("plan", tiny, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_check_accepts_the_plan_that_plan_wrote(tiny: Path, planned: Path) -> None:
    done = run("check", tiny, planned / "plan.json")
    assert done.exit_code == 0, done.output
    assert "keeps every rule" in done.stdout


def test_check_refuses_a_plan_whose_cost_was_changed_by_hand(tiny: Path, planned: Path) -> None:
    path = planned / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    plan["blocks"][0]["cost"] -= 10_000
    path.write_text(json.dumps(plan), encoding="utf-8")
    done = run("check", tiny, path)
    assert done.exit_code == 1
    assert "cost" in done.stderr


@pytest.mark.parametrize("command", ["check", "plan"])
def test_only_a_command_that_writes_says_that_nothing_was_written(
    command: str, tiny: Path, planned: Path
) -> None:
    requests = tiny / "requests.csv"
    requests.write_text(requests.read_text(encoding="utf-8").replace(",2,", ",two,"))
    last = {"check": planned / "plan.json", "plan": "--out"}[command]
    done = run(command, tiny, last, *([planned] if command == "plan" else []))
    assert done.exit_code == 2
    assert ("nothing was written" in done.stderr) == (command == "plan")


def test_a_plan_that_breaks_one_rule_is_told_in_the_singular(
    tiny: Path, planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Violation(Rule.LOAD, "block 1", "53 people on 52 seats")
    monkeypatch.setattr("tourpool.routing.check.check_plan", lambda *_: [broken])
    said = run("check", tiny, planned / "plan.json").stderr
    assert said.endswith("Error: the plan breaks 1 rule\n")


def test_check_of_a_file_that_is_no_plan_says_what_to_name(tiny: Path) -> None:
    said = told("check", tiny, tiny / "schools.csv")
    assert "schools.csv is not a plan" in said
    assert said.endswith("name the plan.json that `tourpool plan` wrote")


def test_template_writes_a_workbook(tmp_path: Path) -> None:
    assert run("template", tmp_path / "season.xlsx").exit_code == 0
    assert (tmp_path / "season.xlsx").read_bytes().startswith(b"PK")


def test_template_spares_a_workbook_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "season.xlsx").write_text("typed all day")
    assert "exists already; name a new file" in told("template", tmp_path / "season.xlsx")
    assert (tmp_path / "season.xlsx").read_text() == "typed all day"


def test_template_is_a_workbook_by_name(tmp_path: Path) -> None:
    assert told("template", tmp_path / "a.csv").endswith("name it a.xlsx")
    assert not (tmp_path / "a.csv").exists()


def test_demo_writes_a_season_that_is_in_order(tmp_path: Path) -> None:
    assert run("demo", tmp_path / "mine").exit_code == 0
    assert run("validate", tmp_path / "mine").exit_code == 0


def test_demo_kentucky_writes_the_other_season(tmp_path: Path) -> None:
    assert run("demo", tmp_path / "mine", "--kentucky").exit_code == 0
    leaids = (tmp_path / "mine" / "districts.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(line.startswith("21") for line in leaids)  # Kentucky's NCES number


def test_demo_spares_a_folder_that_holds_something(tiny: Path) -> None:
    before = names(tiny)
    assert "not empty" in told("demo", tiny)
    assert names(tiny) == before


def test_map_is_written_beside_the_plan(planned: Path) -> None:
    (planned / "map.html").unlink()
    assert run("map", planned / "plan.json").exit_code == 0
    assert "leaflet" in (planned / "map.html").read_text(encoding="utf-8")


def test_export_writes_the_same_schedule_as_plan(planned: Path, tmp_path: Path) -> None:
    assert run("export", planned / "plan.json", "--out", tmp_path / "papers").exit_code == 0
    assert names(tmp_path / "papers") == {"schedule.xlsx", "schedule.csv"}
    again = (tmp_path / "papers" / "schedule.csv").read_bytes()
    assert again == (planned / "schedule.csv").read_bytes()


def test_help_answers_without_loading_pandas_or_a_solver() -> None:
    code = "import sys, tourpool.cli; print({'pandas', 'ortools', 'folium'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run("--version").stdout == f"tourpool, version {project['version']}\n"


def test_python_offers_two_functions() -> None:
    from tourpool.events.reading.read import read_season
    from tourpool.routing.season_plan import plan_season

    assert tourpool.read_season is read_season
    assert tourpool.plan_season is plan_season


def test_python_offers_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solve'"):
        _ = tourpool.solve
