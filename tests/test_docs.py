"""The docs speak of what there is: every command with its help, every link with its target."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tourpool import plan_season, read_season
from tourpool.cli import cli
from tourpool.data import demo_path

ROOT = Path(__file__).parents[1]
COMMANDS = sorted(cli.commands)
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def help_of(name: str) -> str:
    done = CliRunner().invoke(cli, [name, "--help"], prog_name="tourpool", terminal_width=80)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_gives_an_example(name: str) -> None:
    text = " ".join(help_of(name).split())
    assert re.search(rf"\. Example: tourpool {name} ", text), text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    options = [p for p in cli.commands[name].params if isinstance(p, click.Option)]
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


def test_the_readme_shows_what_its_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (shown,) = re.findall(r"```\n(\$ tourpool.*?)```", README, flags=re.DOTALL)
    printed = ""
    for line in re.findall(r"^\$ (.*)$", shown, flags=re.MULTILINE):
        done = CliRunner().invoke(cli, shlex.split(line)[1:])
        printed += f"$ {line}\n{done.output}"
    assert shown == printed


def test_the_readme_shows_the_figures_of_the_demonstration() -> None:
    plan = plan_season(read_season(demo_path()))
    assert f"{plan.students_served:,} of {plan.students_asked:,}" in README
    assert f"${plan.cost / 10_000:,.2f}" in README
