"""The docs speak of what there is: every command with its help, every link with its target."""

import csv
import datetime as dt
import json
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from benchmarks.generate import pooled_trip
from tests.events.test_bridges import delimited
from tests.network.toys import write_toy
from tourpool.cli import cli
from tourpool.data import copy_demo
from tourpool.reports.words import usd
from tourpool.routing.planfile import read_plan

ROOT = Path(__file__).parents[1]
COMMANDS = sorted(
    full
    for name, command in cli.commands.items()
    for full in (name, *(f"{name} {sub}" for sub in getattr(command, "commands", ())))
)
ELSEWHERE = {"plan", "roads fetch", "roads recheck"}
"""Typed first of all; asks a server; needs an extra library."""
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def help_of(name: str) -> str:
    words = [*name.split(), "--help"]
    done = CliRunner().invoke(cli, words, prog_name="tourpool", terminal_width=80)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_gives_an_example(name: str) -> None:
    text = " ".join(help_of(name).split())
    assert re.search(rf"\. Example: tourpool {name} ", text), text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    group, _, sub = name.partition(" ")
    command = cli.commands[group]
    command = getattr(command, "commands", {}).get(sub, command)
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [o.name for o in options if not o.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help_in_the_docs(name: str) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert f"## tourpool {name}\n```\n{help_of(name)}```\n" in page, f"paste tourpool {name} --help"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


class Desk:
    """A folder where commands are typed one after another, in a window 100 letters wide."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed: dict[str, str] = {}

    def heard(self, line: str) -> str:
        """What a command printed; it is typed if it was not yet."""
        return self.printed[line] if line in self.printed else self.type(line)

    def type(self, line: str) -> str:
        """What a command prints; it must succeed."""
        words = shlex.split(line)
        assert words[0] == "tourpool"
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setenv("COLUMNS", "100")
            patch.setenv("TOURPOOL_CACHE", str(self.folder / "cache"))
            patch.setattr("tourpool.cli._today", lambda: dt.date(2027, 1, 15))
            done = CliRunner().invoke(cli, words[1:], prog_name="tourpool", catch_exceptions=False)
        assert done.exit_code == 0, f"{line}\n{done.output}"
        self.printed[line] = done.output
        return done.output


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """With the files that the examples speak of."""
    folder = tmp_path_factory.mktemp("desk")
    copy_demo(folder / "data" / "demo")
    instance = pooled_trip(4, 1, seats_per_student=1.5)
    (folder / "my-instance.json").write_text(json.dumps(instance), encoding="utf-8")
    made = Desk(folder)
    write_toy(folder / "my-county.osm.pbf")
    delimited(folder, {"041": "K"}, {"008": "2"})  # MS25.txt
    made.type("tourpool roads build my-county.osm.pbf --name my-county")
    return made


@pytest.fixture(scope="module")
def planned(desk: Desk) -> str:
    """What `make demo` prints; its plan is there for other commands, beside one for comparison."""
    desk.type("tourpool plan data/demo --out out75 --set policy.max_ride_min=75")
    return desk.type("tourpool plan data/demo --out out")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ELSEWHERE])
def test_the_example_of_every_command_works_as_typed(name: str, desk: Desk, planned: str) -> None:
    assert "Written: out/plan.json" in planned
    text = " ".join(help_of(name).partition("Example:")[2].partition("Options:")[0].split())
    assert desk.type(text)


def test_the_readme_shows_what_a_coach_hears(desk: Desk) -> None:
    (shown,) = re.findall(r"```\n(\$ tourpool.*?)```", README, flags=re.DOTALL)
    lines = re.findall(r"^\$ (.*)$", shown, flags=re.MULTILINE)
    assert shown == "".join(f"$ {line}\n{desk.type(line)}" for line in lines)


def test_the_readme_shows_what_the_demonstration_prints(planned: str) -> None:
    printed = "\n".join(line.rstrip() for line in planned.splitlines())
    assert f"```\n{printed}\n```\n" in README, "paste what `make demo` prints, 100 letters wide"


def test_the_page_of_comparisons_shows_what_its_commands_print(desk: Desk, planned: str) -> None:
    page = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    shown = re.findall(r"```\n\$ (tourpool [^\n]*)\n(.*?)\n```", page, flags=re.DOTALL)
    assert [line.split()[1] for line, _ in shown] == ["compare", "sweep", "served"]
    for line, output in shown:
        printed = "\n".join(text.rstrip() for text in desk.type(line).rstrip().splitlines())
        assert output == printed, f"paste what `{line}` prints, 100 letters wide"


@pytest.fixture(scope="module")
def after(desk: Desk, planned: str) -> Path:
    """The demonstration without the bus of Carroll County."""
    folder = desk.folder / "data" / "after"
    shutil.copytree(desk.folder / "data" / "demo", folder)
    buses = (folder / "buses.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    left = [line for line in buses if not line.startswith("CARR,route,")]
    assert len(left) == len(buses) - 1
    (folder / "buses.csv").write_text("".join(left), encoding="utf-8")
    return folder


def test_the_page_of_changed_plans_shows_what_its_commands_print(desk: Desk, after: Path) -> None:
    page = (ROOT / "docs" / "replan.md").read_text(encoding="utf-8")
    shown = re.findall(r"```\n\$ (tourpool [^\n]*)\n(.*?)\n```", page, flags=re.DOTALL)
    tables = re.findall(r"(?<=\n)\| (request_id .*?)\n\n", page, flags=re.DOTALL)
    pins = [[c.strip() for c in row.strip("| ").split("|")] for row in tables[0].split("\n")]
    for (line, output), rows in zip(shown, ([], [pins[0], *pins[2:]]), strict=True):
        text = "".join(",".join([*row, ""][:3]) + "\n" for row in rows)
        (after / "pins.csv").write_text(text or "request_id,session_id,bus\n", encoding="utf-8")
        printed = "\n".join(text.rstrip() for text in desk.type(line).splitlines())
        assert output.strip(".\n") in printed, f"paste what `{line}` prints, 100 letters wide"


def test_the_page_of_changed_plans_plans_in_python(
    desk: Desk, after: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (after / "pins.csv").unlink(missing_ok=True)
    page = (ROOT / "docs" / "replan.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(desk.folder)
    exec(code, {})
    assert capsys.readouterr().out == "another session J. Z. George High School 18 144\n"


WHY = (ROOT / "docs" / "why.md").read_text(encoding="utf-8")


def test_the_page_of_reasons_shows_what_its_command_prints(desk: Desk, planned: str) -> None:
    ((line, output),) = re.findall(r"```\n\$ (tourpool [^\n]*)\n(.*?)\n```", WHY, flags=re.DOTALL)
    printed = "\n".join(text.rstrip() for text in desk.heard(line).rstrip().splitlines())
    assert output == printed, f"paste what `{line}` prints, 100 letters wide"


def test_the_row_that_the_page_of_reasons_types_costs_what_it_says(
    desk: Desk, planned: str
) -> None:
    rows = re.findall(r"^\| (?:scope|bus) \|.*$", WHY, flags=re.MULTILINE)
    names_of, values = ([c.strip() for c in row.strip("|").split("|")] for row in rows)
    typed = dict(zip(names_of, values, strict=True))
    folder = desk.folder / "data" / "typed"
    shutil.copytree(desk.folder / "data" / "demo", folder)
    with (folder / "calendar.csv").open("r+", encoding="utf-8-sig", newline="") as file:
        names = csv.DictReader(file).fieldnames
        assert names is not None
        file.seek(0, 2)
        csv.DictWriter(file, names, restval="").writerow(typed)
    desk.type("tourpool plan data/typed --out typed")
    before, after = (read_plan(desk.folder / f / "plan.json") for f in ("out", "typed"))
    more = usd(after.proof.cost_bound - before.proof.cost_bound)
    told = f"serves {after.students_served} students in place of {before.students_served}, and the"
    assert told in WHY
    assert f"rises by {more}, a cent of rounding aside" in WHY
    assert f"{more} more\n" in WHY.partition("would serve it")[2].partition("beyond")[0]


def test_the_page_of_comparisons_compares_in_python(
    desk: Desk, planned: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(desk.folder)
    exec(code, {})
    first, *by_name = capsys.readouterr().out.splitlines()
    assert first == "-52"
    assert sum(line.startswith("loses its seat") for line in by_name) == 4
