"""Compare tourpool with its peers: python -m benchmarks.compare --seconds 10 --out out/bench."""

import json
from pathlib import Path

import click

from benchmarks import generate, solvers
from benchmarks.bounds import BoundBeatenError, assert_none_beaten
from benchmarks.judge import Json
from benchmarks.plot import plot
from benchmarks.shared import FOLDER, JudgesDisagreeError, instances, judged
from benchmarks.solvers import UNITS, Point
from benchmarks.table import Row, rows_of, write_csv, write_markdown

WARM_UP_S = 20.0


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seconds", default=10.0, show_default=True, help="For each solver and instance.")
@click.option(
    "--out",
    default=Path("out/bench"),
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the tables, the pictures and all solutions.",
)
@click.option(
    "--bench",
    default=FOLDER,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with instances/, seasons/ and judges; ../shared/bench when not given.",
)
def compare(files: tuple[Path, ...], seconds: float, out: Path, bench: Path) -> None:
    """Run all solvers on FILES, judge what they find, and hold it against the proven bounds.

    Without FILES: on all instances of the folder of --bench; where that is not, on invented ones.
    """
    for name in filter(solvers.missing, solvers.PEERS):
        click.echo(f"{name} is not installed and is left out (uv sync --group bench).", err=True)
    todo = _instances(files or instances(bench), bench)
    out.mkdir(parents=True, exist_ok=True)
    _warm_up()
    rows: list[Row] = []
    points: dict[str, tuple[Point, ...]] = {}
    try:
        for inst in todo:
            rows += _run(inst, seconds, out, bench, points)
            write_csv(rows, out / "table.csv")
            write_markdown(rows, out / "table.md")
        for picture in ("over_time.png", "over_time.svg"):
            plot(rows, points, out / picture)
        assert_none_beaten(rows)
    except (BoundBeatenError, JudgesDisagreeError) as e:
        raise click.ClickException(str(e)) from e
    click.echo(f"No bound is beaten. Written: {out / 'table.md'}, table.csv, over_time.png, .svg")


def _instances(files: list[Path] | tuple[Path, ...], bench: Path) -> list[Json]:
    if files:
        return [json.loads(path.read_text(encoding="utf-8")) for path in files]
    click.echo(
        f"No instances in {bench}: invented ones are solved instead. Name files of schema "
        "pooled-trip/1 or pooled-season/1, or a folder with --bench, to solve others.",
        err=True,
    )
    return generate.some()


def _warm_up() -> None:
    """Let every solver load, and tourpool compile, before time counts."""
    for inst in (
        generate.pooled_trip(4, 0, seats_per_student=2),
        generate.pooled_season(4, 2, 2, 0),
    ):
        for name, solve in solvers.taking_part(inst).items():
            solve(inst, WARM_UP_S if name == "tourpool" else 0.1)


def _run(
    inst: Json, seconds: float, out: Path, bench: Path, points: dict[str, tuple[Point, ...]]
) -> list[Row]:
    """One instance: each solver in turn, its solution written and judged."""
    found = []
    for name, solve in solvers.taking_part(inst).items():
        outcome = solve(inst, seconds)
        path = out / f"{inst['name']}.{name}.json"
        path.write_text(json.dumps(outcome.solution), encoding="utf-8")
        verdict = judged(inst, outcome.solution, bench)
        found.append((outcome, verdict))
        if outcome.points:
            points[inst["name"]] = outcome.points
        click.echo(
            f"{inst['name']:<22} {name:<9} {verdict.penalised / UNITS:>16,.2f} US$ "
            f"{outcome.seconds:6.1f} s{'' if verdict.feasible else '  infeasible'}"
        )
    return rows_of(inst["name"], found)


if __name__ == "__main__":
    compare()
