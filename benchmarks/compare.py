"""Compare tourpool with its peers: python -m benchmarks.compare --docs docs/benchmarks.md."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks import machine, over_time, solvers, summary, table, todo
from benchmarks.alone import solve_alone
from benchmarks.bounds import BoundBeatenError, assert_none_beaten
from benchmarks.judge import Json, Verdict
from benchmarks.kinds import KINDS, LIMITS, kind_of, seconds_for
from benchmarks.plot import plot
from benchmarks.shared import FOLDER, JudgesDisagreeError, instances, judged
from benchmarks.solvers import UNITS, Outcome, Point
from benchmarks.table import Row
from benchmarks.todo import Todo

PICTURE = "benchmarks.png"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER_PATH = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True)
class Setting:
    """How instances are solved: seconds of each kind, where to, who judges, and what peers get."""

    limits: tuple[float, ...]
    out: Path
    bench: Path
    by_session: bool


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option(
    "--limits",
    nargs=len(KINDS),
    type=click.FloatRange(min=0, min_open=True),
    default=LIMITS,
    show_default=True,
    help=f"Seconds for each solver on one of the {', '.join(k.name for k in KINDS)}.",
)
@click.option("--at-most", type=float, help="Seconds that shorten every limit that is longer.")
@click.option("--by-session", is_flag=True, help="Give seasons to peers session by session.")
@click.option(
    "--out",
    default=Path("out/bench"),
    show_default=True,
    type=FOLDER_PATH,
    help="Folder for the tables, the pictures and all solutions.",
)
@click.option(
    "--bench",
    default=FOLDER,
    type=FOLDER_PATH,
    help="Folder with instances/, seasons/ and judges; ../shared/bench when not given.",
)
@click.option("--docs", type=FILE, help="Page whose measured part, and picture, is made anew.")
def compare(
    files: tuple[Path, ...],
    limits: tuple[float, ...],
    at_most: float | None,
    by_session: bool,
    out: Path,
    bench: Path,
    docs: Path | None,
) -> None:
    """Run all solvers on FILES, judge what they find, and hold it against the proven bounds.

    Without FILES: on all instances of the folder of --bench, where that is not on invented ones.
    """
    for name in filter(solvers.missing, solvers.PEERS):
        click.echo(f"{name} is not installed and is left out (uv sync --group bench).", err=True)
    out.mkdir(parents=True, exist_ok=True)
    limits = tuple(min(s, at_most or s) for s in limits)
    setting = Setting(limits, out, bench, by_session)
    load, tasks = machine.load(), _tasks(files, bench, out)
    rows: list[Row] = []
    points: dict[str, tuple[Point, ...]] = {}
    try:
        for task in tasks:
            solved, points[task.inst["name"]] = _solved(task, setting)
            rows += solved
            table.write_csv(rows, out / "table.csv")
            (out / "table.md").write_text(table.markdown(rows), encoding="utf-8")
        drawn = {name: points[name] for name in _largest(tasks) if points[name]}
        over_time.write_csv(drawn, out / "over_time.csv")
        for picture in ("over_time.png", "over_time.svg"):
            plot(rows, drawn, out / picture)
        assert_none_beaten(rows)
    except (BoundBeatenError, JudgesDisagreeError) as e:
        raise click.ClickException(str(e)) from e
    kinds = {task.inst["name"]: kind_of(task.inst).name for task in tasks}
    words = tuple(sys.argv[1:])
    run = summary.Run(words, limits, rows, kinds, drawn, (load, machine.load()))
    text = summary.measured(run, PICTURE)
    (out / "measured.md").write_text(text, encoding="utf-8")
    if docs:
        summary.write_into(docs, text)
        shutil.copyfile(out / "over_time.png", docs.with_name(PICTURE))
    click.echo(f"No bound is beaten. In {out}: table.md and .csv, over_time.*, measured.md")


def _tasks(files: tuple[Path, ...], bench: Path, out: Path) -> list[Todo]:
    if files:
        return todo.named(files)
    if not instances(bench):
        click.echo(
            f"No instances in {bench}: invented ones are solved instead. Name files of schema "
            "pooled-trip/1 or pooled-season/1, or a folder with --bench, to solve others.",
            err=True,
        )
    return todo.all_of(bench, out)


def _largest(tasks: list[Todo]) -> list[str]:
    """Names of the largest trip and the largest season: what is drawn."""
    largest: dict[bool, Todo] = {}
    for task in sorted(tasks, key=lambda t: len(t.inst["groups"])):
        largest[solvers.is_season(task.inst)] = task
    return [largest[season].inst["name"] for season in sorted(largest)]


def _solved(task: Todo, setting: Setting) -> tuple[list[Row], tuple[Point, ...]]:
    """Rows of one instance, each solver in turn and its solution judged; points of tourpool."""
    name, seconds = task.inst["name"], seconds_for(task.inst, setting.limits)
    takers = solvers.taking_part(task.inst, by_session=setting.by_session)
    found = []
    for solver in takers:
        answer = setting.out / f"{name}.{solver}.outcome.json"
        outcome = solve_alone(solver, task.path, seconds, answer)
        verdict = _verdict(task.inst, outcome, setting)
        found.append((outcome, verdict))
        click.echo(_line(name, outcome, verdict))
    rows = table.rows_of(name, found)
    none = [n for n in solvers.installed() if n not in takers]
    points = next((o.points for o, _ in found if o.points), ())
    return [*rows, *([table.row_of_none(name, none)] if none else [])], points


def _verdict(inst: Json, outcome: Outcome, setting: Setting) -> Verdict | None:
    """What the judges say of a solution, which is written as they read it."""
    if outcome.solution is None:
        return None
    path = setting.out / f"{inst['name']}.{outcome.solver}.json"
    path.write_text(json.dumps(outcome.solution), encoding="utf-8")
    return judged(inst, outcome.solution, setting.bench)


def _line(name: str, outcome: Outcome, verdict: Verdict | None) -> str:
    """What is said while others are still being solved."""
    value = "" if verdict is None else f"{verdict.penalised / UNITS:,.2f}"
    status = outcome.status if verdict is None or verdict.feasible else "infeasible"
    return f"{name:<22} {outcome.solver:<9} {value:>16} US$ {outcome.seconds:6.1f} s  {status}"


if __name__ == "__main__":
    compare()
