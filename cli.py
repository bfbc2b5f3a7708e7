"""The command line: parse, call, print.

What is heavy (pandas, the solvers, folium) is imported inside the command that needs it, so that
``tourpool --help`` answers at once.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tourpool import __version__
from tourpool.events.problems import InputError, NotAddedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import IO, Any

    from rich.console import RenderableType

    from tourpool.events.season import Season
    from tourpool.routing.bench import BenchRow
    from tourpool.routing.network.archive import RoadsInfo
    from tourpool.routing.network.speeds import SpeedTable
    from tourpool.routing.plan import Plan

WRITING = frozenset(
    {"plan", "replan", "request", "map", "export", "compare", "sweep", "served", "why", "reach"}
)
STAGES = {"worth": "most students", "cost": "least cost", "change": "least change"}


class UserError(click.ClickException):
    """Something the user can mend: said on stderr, exit code 2."""

    exit_code = 2


class Stopped(click.ClickException):
    """Ctrl-C, where there is nothing to keep: exit code 130, as shells have it."""

    exit_code = 130

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so, on a line of its own after the ^C of the terminal."""
        click.echo(f"\n{self.message}", file=file, err=file is None)


class Commands(click.Group):
    """Turns what a user did wrong into a `UserError`; everything else is ours and shows itself."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except KeyboardInterrupt as error:
            raise Stopped("Stopped.") from error
        except OSError as error:
            raise UserError(_sentence(error)) from error
        except NotAddedError as error:
            raise click.ClickException(f"not added: {error}") from error
        except InputError as error:
            raise UserError(_list(error, ctx.invoked_subcommand)) from error


def _sentence(error: OSError) -> str:
    if error.strerror is None or error.filename is None:
        return str(error)
    return f"{error.filename}: {error.strerror.lower()}"


def _list(error: InputError, command: str | None) -> str:
    """One sentence; several are listed first, each on a line that begins with its place."""
    text = str(error)
    lines = text.splitlines()
    if len(lines) == 1:
        return text
    click.echo(text, err=True)
    written = "; nothing was written" if command in WRITING else ""
    return f"{len(lines)} things to mend{written}"


class Whole(click.IntRange):
    """A whole number, told in plain words."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read what was typed."""
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is no whole number; write digits, such as 18", param, ctx)
        if self.min is not None and number < self.min:
            self.fail(f"{number} is too few; write at least {self.min:g}", param, ctx)
        if self.max is not None and number > self.max:
            self.fail(f"{number} is too many; write at most {self.max:g}", param, ctx)
        return number


class Seconds(click.FloatRange):
    """Seconds, told in plain words."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read what was typed."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds < float("inf"):
            self.fail(
                f"{value!r} is no number of seconds; write one above 0, such as 60", param, ctx
            )
        return seconds


class Memory(click.FloatRange):
    """Gigabytes, told in plain words."""

    name = "gigabytes"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read what was typed."""
        try:
            memory = float(value)
        except ValueError:
            memory = 0.0
        if not 0 < memory < float("inf"):
            self.fail(
                f"{value!r} is no number of gigabytes; write one above 0, such as 4", param, ctx
            )
        return memory


memory_option = click.option(
    "--memory",
    type=Memory(min=0, min_open=True),
    default=4,
    show_default=True,
    help="GB that lists of columns may take; what outgrows them is priced instead, and said.",
)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write it as 2027-03-09") from None


season_argument = click.argument("season", type=click.Path(path_type=Path))
plan_argument = click.argument("plan", type=click.Path(path_type=Path))
out_folder = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder to write to; made when missing.",
)


seconds_option = click.option(
    "--seconds",
    type=Seconds(min=0, min_open=True),
    default=600,
    show_default=True,
    help="Stop by then, if it is not proven before, with the best plan so far and its gap.",
)


settings_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Try a value in place of the one in the tables: policy.max_ride_min=100; repeat.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tourpool")
def cli() -> None:
    """Pool students of remote schools into shared buses to college tours and career fairs.

    A SEASON is a folder of CSV files or one Excel workbook: `tourpool demo` and `tourpool template`
    give one to start from. A PLAN is the plan.json that `tourpool plan` wrote.

    Example: tourpool plan data/demo --out out
    """


@cli.command()
@season_argument
@out_folder
@seconds_option
@memory_option
@settings_option
def plan(season: Path, out: Path, seconds: float, memory: float, settings: tuple[str, ...]) -> None:
    """Plan a season: who rides when, on which bus, for how much.

    The plan is checked against the season by other code than made it, and only then are plan.json,
    map.html, schedule.xlsx and schedule.csv written, all of them or none. Ctrl-C stops with the
    best plan so far; exit code 130 when there is none yet.

    With --set the plan is made for other values than the tables have: of the policy, or of buses
    (buses.usd_per_hour=30, buses.GARAGE/TYPE.free_to=15:00). The plan says so.

    Example: tourpool plan data/demo --out out
    """
    try:
        _say(f"Reading {season} ...")
        from tourpool.routing.season_plan import plan_season

        given = _read(season, settings)
        _get_ready(given)
        with _progress() as progress:
            made = plan_season(given, seconds=seconds, progress=progress, memory_gb=memory)
        names = _check_and_write(given, made, out)
    except KeyboardInterrupt as error:
        raise Stopped("Stopped before there was a plan; nothing was written.") from error
    _show_written(made, names)


@cli.command()
@season_argument
@plan_argument
@out_folder
@click.option("--release", multiple=True, help="A request_id whose seat need not be kept; repeat.")
@click.option(
    "--today",
    type=_day,
    metavar="DAY",
    help="Days before it are over and stay as they were. [default: today]",
)
@seconds_option
@memory_option
@settings_option
def replan(
    season: Path,
    plan: Path,
    out: Path,
    release: tuple[str, ...],
    today: dt.date | None,
    seconds: float,
    memory: float,
    settings: tuple[str, ...],
) -> None:
    """Plan a season anew that has changed, and move as few as can be of those who had a seat.

    PLAN is the plan.json that was published. Who had a seat keeps one, unless that is impossible
    now or it is released; then the most students are served, at the least cost; and of plans that
    cost little more (policy cost_slack_pct) the one that changes least is taken. What moved for
    whom is told, on the sheet Changes too. Days that are over stay as they were.

    Example: tourpool replan data/demo out/plan.json --out again
    """
    try:
        _say(f"Reading {season} and {plan} ...")
        from tourpool.routing.planfile import read_plan
        from tourpool.routing.questions.replan import replan as plan_anew

        published = read_plan(plan)
        _spare(published, out / "plan.json")
        given = _read(season, settings)
        _get_ready(given)
        with _progress() as progress:
            made = plan_anew(
                given,
                published,
                release=release,
                today=today or _today(),
                seconds=seconds,
                progress=progress,
                memory_gb=memory,
            )
        names = _check_and_write(given, made, out, published)
    except KeyboardInterrupt as error:
        raise Stopped("Stopped before there was a plan; nothing was written.") from error
    _show_written(made, names)


@cli.command()
@season_argument
def validate(season: Path) -> None:
    """Check the tables of a season, all problems at once.

    Each problem names its file, row and column, and says what would be right.

    Example: tourpool validate data/demo
    """
    given = _read(season)
    click.echo(
        f"{season} is in order: {_count(len(given.schools), 'school')}, "
        f"{_count(len(given.sessions), 'session')}, {_count(len(given.requests), 'request')}, "
        f"{_count(sum(b.count for b in given.buses), 'bus', 'buses')}."
    )


@cli.command()
@season_argument
@plan_argument
@click.option(
    "--follows",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="The plan it follows: all that is not as there must be told.",
)
@settings_option
def check(season: Path, plan: Path, follows: Path | None, settings: tuple[str, ...]) -> None:
    """Check a plan against its season, believing none of its times and costs.

    Exit code 1 and a list when the plan breaks a rule. A plan made with --set needs the same here.

    Example: tourpool check data/demo out/plan.json
    """
    from tourpool.routing.planfile import read_plan
    from tourpool.routing.questions.same_tables import other_settings

    given, made = _read(season, settings), read_plan(plan)
    wrong = other_settings(given, made)
    if wrong:
        raise UserError(f"{plan}: {wrong}")
    _stop_if_broken(given, made, before=None if follows is None else read_plan(follows))
    buses = _count(len(made.blocks), "bus", "buses")
    served = f"{_count(made.students_served, 'student')} on {buses}"
    click.echo(f"{plan} keeps every rule: {served}.")


@cli.command()
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write compare.html and compare.xlsx to as well; made when missing.",
)
def compare(plans: tuple[Path, ...], out: Path | None) -> None:
    """Compare plans side by side: who is served, at what cost, who gains and who loses.

    The first plan is the one that others are held against. Names of those whose rides change stand
    in the page and the sheet.

    Example: tourpool compare out/plan.json out75/plan.json --out compared
    """
    from tourpool.reports.compare import comparison
    from tourpool.reports.compare_book import write_comparison_book
    from tourpool.reports.compare_page import write_comparison_page
    from tourpool.routing.planfile import read_plan
    from tourpool.routing.questions.compare import comparable

    if len(plans) < 2:
        raise UserError("one plan alone cannot be compared; name two or more plan.json")
    made, names = [read_plan(path) for path in plans], [str(path) for path in plans]
    comparable(made)
    _print(comparison(names, made))
    if out is not None:
        writers = {"compare.html": write_comparison_page, "compare.xlsx": write_comparison_book}
        click.echo(
            f"Written: {_put(out, {n: partial(w, names, made) for n, w in writers.items()})}"
        )


@cli.command()
@season_argument
@plan_argument
@click.option("--request", "requests", multiple=True, help="Only this request_id; repeat.")
@click.option(
    "--seconds",
    type=Seconds(min=0, min_open=True),
    default=None,
    show_default="100, or 45 for each --request",
    help="Look for ways until then; what is open then is said to be so.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Ask a Dask cluster: tcp://10.0.0.5:8786.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write as well: why.xlsx or why.csv.",
)
@settings_option
def why(
    season: Path,
    plan: Path,
    requests: tuple[str, ...],
    seconds: float | None,
    scheduler: str | None,
    out: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Say why requests have no seat, and what would give them one beside all who have.

    For each kind - a longer ride, one more bus, another session, more people at the session and so
    on - the least that is enough is found by planning anew, with what it costs more. Every such
    plan is checked.

    Example: tourpool why data/demo out/plan.json --request marks-two
    """
    from tourpool.reports.why import why_told
    from tourpool.reports.why_sheet import write_why_sheet
    from tourpool.routing.planfile import read_plan
    from tourpool.routing.questions.why import SECONDS, SECONDS_EACH, unserved
    from tourpool.routing.questions.why import why as ask

    if out is not None and out.suffix.lower() not in {".csv", ".xlsx"}:
        raise UserError(f"{out}: a sheet ends in .xlsx or .csv; name it {out.stem}.xlsx")
    given, made = _read(season, settings), read_plan(plan)
    asked = unserved(given, made, requests)
    _get_ready(given)
    until = seconds or min(SECONDS, SECONDS_EACH * len(requests) or SECONDS)
    found = ask(given, made, requests, seconds=until, scheduler=scheduler, progress=_asked())
    _print(why_told(made, asked, found))
    if out is not None:
        write_why_sheet(made, asked, found, out)
        click.echo(f"Written: {out}")


@cli.command()
@season_argument
@click.argument("values", metavar="NAME=FROM:TO:STEP")
@click.option(
    "--seconds",
    type=Seconds(min=0, min_open=True),
    default=600,
    show_default=True,
    help="For each plan, if it is not proven before.",
)
@memory_option
@click.option("--scheduler", metavar="ADDRESS", help="Ask a Dask cluster: tcp://10.0.0.5:8786.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write sweep.html, sweep.csv and the plans to as well; made when missing.",
)
@settings_option
def sweep(
    season: Path,
    values: str,
    seconds: float,
    memory: float,
    scheduler: str | None,
    out: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Plan a season at several values of a policy: the curve of served and cost.

    Values are FROM:TO:STEP or a list: policy.agreements=mark,require. What --set takes can be
    swept. Each plan is checked.

    Example: tourpool sweep data/demo policy.max_ride_min=75:105:30 --out swept
    """
    from tourpool.reports.sweep import sweep_told, write_sweep_csv
    from tourpool.reports.sweep_page import write_sweep_page
    from tourpool.reports.sweep_words import plan_files
    from tourpool.routing.planfile import write_plan
    from tourpool.routing.questions.sweep import named_values
    from tourpool.routing.questions.sweep import sweep as ask

    name, each = named_values(values)
    given = _read(season, settings)
    _get_ready(given)
    tried = ask(
        given,
        name,
        each,
        seconds=seconds,
        memory_gb=memory,
        scheduler=scheduler,
        progress=_asked(),
    )
    _print(sweep_told(tried))
    if out is not None:
        writers = {"sweep.html": write_sweep_page, "sweep.csv": write_sweep_csv}
        files = {file: partial(write, tried) for file, write in writers.items()}
        plans = {file: partial(write_plan, plan) for file, plan in plan_files(tried).items()}
        click.echo(f"Written: {_put(out, {**files, **plans})}")


@cli.command()
@season_argument
@plan_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write as well: served.xlsx.",
)
@settings_option
def served(season: Path, plan: Path, out: Path | None, settings: tuple[str, ...]) -> None:
    """Tell who has been served how often in three years and by this plan, and the rule of weights.

    By ecosystem, district and school; those with fewest seats come first.

    Example: tourpool served data/demo out/plan.json --out served.xlsx
    """
    from tourpool.reports.served import served_told
    from tourpool.reports.served_book import write_served_book
    from tourpool.routing.planfile import read_plan
    from tourpool.routing.questions.same_tables import other_tables
    from tourpool.routing.questions.served import served as ask
    from tourpool.routing.questions.served import window

    if out is not None and out.suffix.lower() != ".xlsx":
        raise UserError(f"{out}: a workbook ends in .xlsx; name it {out.stem}.xlsx")
    given, made = _read(season, settings), read_plan(plan)
    found, three_years = ask(given, made), window(given)
    told = other_tables(given, made)
    if told:
        click.echo(f"Look at this: {told}.", err=True)
    _print(served_told(found, three_years, given.policy))
    if out is not None:
        write_served_book(found, three_years, given.policy, made, out)
        click.echo(f"Written: {out}")


@cli.command()
@season_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write reach.html, reach.xlsx and reach.csv to as well; made when missing.",
)
@settings_option
def reach(season: Path, out: Path | None, settings: tuple[str, ...]) -> None:
    """Say which schools buses can reach at all, at which hours, and what stops them.

    Everybody is tried alone, at every session. Buses are held up by their runs to school first:
    what a substitute driver or a charter would unlock is told, with how many students that is. The
    map and the sheets tell the same of schools that do not ask.

    Example: tourpool reach data/demo --out reached
    """
    from tourpool.reports.reach import reach_told
    from tourpool.reports.reach_map import write_reach_map
    from tourpool.reports.reach_sheet import write_reach_sheet
    from tourpool.routing.questions.reach_table import reach_table
    from tourpool.routing.season_roads import roads_of

    given = _read(season, settings)
    _get_ready(given)
    roads = roads_of(given)
    rows = reach_table(given, roads)
    _print(reach_told(given, rows, estimated=roads.estimated))
    if out is not None:
        sheet = partial(write_reach_sheet, estimated=roads.estimated)
        files = {
            "reach.html": partial(write_reach_map, given, rows, roads),
            "reach.xlsx": partial(sheet, given, rows),
            "reach.csv": partial(sheet, given, rows),
        }
        click.echo(f"Written: {_put(out, files)}")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def template(file: Path) -> None:
    """Write an empty season workbook: headers, explanations, drop-downs, an example row.

    Example: tourpool template season.xlsx
    """
    from tourpool.events.writing.template import write_template

    if file.suffix.lower() != ".xlsx":
        raise UserError(f"{file}: a workbook ends in .xlsx; name it {file.stem}.xlsx")
    if file.exists():
        raise UserError(f"{file}: exists already; name a new file, so that nothing typed is lost")
    write_template(file)
    click.echo(f"Written: {file}. Fill it in, then: tourpool validate {file}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--kentucky",
    "name",
    flag_value="kentucky",
    default="mississippi",
    help="Instead, middle schools of Kentucky over both time zones.",
)
def demo(folder: Path, name: str) -> None:
    """Write the demonstration season to a folder, to look at and change.

    Schools, colleges and positions are real; requests, buses and rates are invented.

    Example: tourpool demo myseason
    """
    from tourpool.data import copy_demo

    copy_demo(folder, name)
    click.echo(f"Written: {folder}. Look at it, then: tourpool plan {folder} --out out")


@cli.command("map")
@plan_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write. [default: map.html beside the plan]",
)
def map_(plan: Path, out: Path | None) -> None:
    """Draw a plan as a map that opens without internet.

    Example: tourpool map out/plan.json --out map.html
    """
    from tourpool.events.files import written
    from tourpool.reports.map import write_map
    from tourpool.routing.planfile import read_plan

    made = read_plan(plan)
    out = plan.with_name("map.html") if out is None else out
    with written(out) as path:
        write_map(made, path)
    click.echo(f"Written: {out}")


@cli.command()
@plan_argument
@out_folder
def export(plan: Path, out: Path) -> None:
    """Write a plan as schedule.xlsx and schedule.csv, one row for each stop.

    Example: tourpool export out/plan.json --out papers
    """
    from tourpool.routing.planfile import read_plan

    click.echo(f"Written: {_write(out, read_plan(plan), everything=False)}")


@cli.command()
@season_argument
@click.option("--school", required=True, help="Its name or its 12-digit ncessch.")
@click.option("--event", required=True, help="Its name or its event_id.")
@click.option("--students", type=Whole(min=0), required=True, help="Students who ride.")
@click.option("--chaperones", type=Whole(min=0), required=True, help="Adults who ride.")
@click.option("--wheelchairs", type=Whole(min=0), help="Wheelchair places. [default: 0]")
@click.option(
    "--grade-low", type=Whole(-1, 13), help="Lowest grade; PK is -1. [default: the event's]"
)
@click.option("--grade-high", type=Whole(-1, 13), help="Highest grade. [default: the event's]")
@click.option("--may-split", is_flag=True, help="The group may ride in two parts.")
@click.option("--max-ride-min", type=Whole(min=1), help="Longest ride. [default: policy]")
@click.option("--session", "sessions", multiple=True, help="Accepted session, best first; repeat.")
@click.option(
    "--requested-on", type=_day, metavar="DAY", help="Day it is asked for. [default: today]"
)
@click.option("--dry-run", is_flag=True, help="Only say what can be reached; add nothing.")
@click.option("--anyway", is_flag=True, help="Add it as it is, whatever speaks against it.")
def request(
    season: Path,
    school: str,
    event: str,
    sessions: tuple[str, ...],
    dry_run: bool,
    anyway: bool,
    requested_on: dt.date | None,
    **values: int | bool | None,
) -> None:
    """Ask for seats: which sessions a school can reach, and with which buses.

    The request is checked like every other, and added to the season unless --dry-run is given. Exit
    code 1, and nothing added, when no session can be reached or the school asks already.

    \b
    Example: tourpool request data/demo --school "Coffeeville High School"
             --event delta-fair --students 18 --chaperones 2 --dry-run
    """
    from tourpool.events.ask import add, seat_request
    from tourpool.events.reading.read import read_season_with_warnings
    from tourpool.routing.answer import answer

    given, known = read_season_with_warnings(season)
    asked_on = requested_on or _today()
    wanted = seat_request(given, school, event, sessions, requested_on=asked_on, **values)
    told = answer(season, given, known, wanted, anyway=anyway)
    offered = given.event[wanted.event_id]
    click.echo(
        f"{given.school[wanted.ncessch].name}, {_count(wanted.students, 'student')} and "
        f"{_count(wanted.chaperones, 'chaperone')} to {offered.name}:"
    )
    width = shutil.get_terminal_size().columns
    for line in told.sessions:
        click.echo(click.wrap_text(line, width, "  ", "    "))
    if told.against is not None and not anyway:
        raise NotAddedError(told.against)
    for doubt in told.doubts:
        click.echo(f"Look at {doubt}", err=True)
    if dry_run:
        click.echo("Nothing was added (--dry-run).")
        return
    added = add(season, told.request, offered, anyway=anyway)
    click.echo(f"Added to {season} as {added.request_id}.")


@cli.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--seconds", type=Seconds(min=0, min_open=True), required=True, help="For each.")
@memory_option
@out_folder
def bench(files: tuple[Path, ...], seconds: float, memory: float, out: Path) -> None:
    """Solve benchmark instances; write their solutions and bench.csv.

    \b
    Example: tourpool bench my-instance.json --seconds 10 --out bench
    """
    from tourpool.routing.bench import run_bench
    from tourpool.routing.solver.warm import warm_up

    warm_up(_say_first_use)

    def report(row: BenchRow) -> None:
        click.echo(
            f"{row.name}: {row.penalised_usd:,.2f} US$, at least {row.lower_bound_usd:,.2f}, "
            f"{row.status}, {row.seconds:.1f} s"
        )

    run_bench(files, seconds, out, report, memory_gb=memory)
    click.echo(f"Written: {out / 'bench.csv'}")


@cli.group(cls=Commands)
def roads() -> None:
    """Roads from OpenStreetMap, kept on this computer; a season names them in its policy.

    Without them times and miles are estimated from straight lines.

    Example: tourpool roads list
    """


roads_name = click.option(
    "--name", required=True, help="What seasons call them: letters, digits, - and _."
)
speeds_option = click.option(
    "--speeds",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Your own table of speeds; `tourpool roads speeds` writes one to change.",
)
built_up_option = click.option(
    "--built-up-factor",
    type=click.FloatRange(1, 3),
    help="How much longer streets in town take, for signals and turns. [default: 1.13]",
)
private_option = click.option(
    "--private", is_flag=True, help="Private roads too, to reach schools that lie on one."
)
ferries_option = click.option("--ferries", is_flag=True, help="Ferries too; off otherwise.")


@roads.command("build")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@roads_name
@speeds_option
@built_up_option
@private_option
@ferries_option
def roads_build(
    file: Path,
    name: str,
    speeds: Path | None,
    built_up_factor: float | None,
    private: bool,
    ferries: bool,
) -> None:
    """Build roads from a map file of a state or a county, once.

    FILE ends in .osm.pbf, .osm, .osm.bz2, .osm.gz, or in .graphml as OSMnx saves it.

    Example: tourpool roads build my-county.osm.pbf --name my-county
    """
    from tourpool.routing.network.archive import info, names
    from tourpool.routing.network.store import build_roads

    table = _speeds(speeds, built_up_factor)
    if name in names():
        click.echo(f"There are roads called {name} already; these take their place.", err=True)
    with _steps() as progress:
        build_roads(file, name, table=table, private=private, ferries=ferries, progress=progress)
    click.echo("\n".join(_roads_lines(info(name))))
    click.echo(f"Kept. Write in policy of your season: roads, {name}")


@roads.command("fetch")
@click.option(
    "--season",
    type=click.Path(path_type=Path),
    required=True,
    help="Season whose counties are fetched.",
)
@roads_name
@click.option("--yes", is_flag=True, help="Do not ask when it takes more than ten queries.")
@click.option("--again", is_flag=True, help="Fetch anew what was fetched before.")
@speeds_option
@built_up_option
@private_option
@ferries_option
def roads_fetch(
    season: Path,
    name: str,
    yes: bool,
    again: bool,
    speeds: Path | None,
    built_up_factor: float | None,
    private: bool,
    ferries: bool,
) -> None:
    """Fetch the roads of the counties that a season needs over the internet, and build them.

    Asks the Overpass server of OpenStreetMap, slowly; what was answered is kept, and the same
    command goes on where it was stopped.

    Example: tourpool roads fetch --season data/demo --name delta
    """
    from tourpool.routing.network.archive import cache_dir, check_name, info
    from tourpool.routing.network.counties import counties_needed
    from tourpool.routing.network.fetch import fetch
    from tourpool.routing.network.store import build_roads

    check_name(name)
    table = _speeds(speeds, built_up_factor)
    given = _read(season)
    folder = cache_dir() / "overpass"
    target = folder / f"{name}.osm.pbf"
    with _steps() as progress:
        fetch(
            counties_needed(given),
            folder,
            target,
            ask=lambda n: yes or _may_ask(n),
            progress=lambda done, of, county: progress(f"{done} of {of} answered; {county}"),
            again=again,
        )
        build_roads(target, name, table=table, private=private, ferries=ferries, progress=progress)
    click.echo("\n".join(_roads_lines(info(name))))
    click.echo(f"Kept. Write in policy of your season: roads, {name}")


@roads.command("list")
def roads_list() -> None:
    """List all roads that are kept on this computer.

    Example: tourpool roads list
    """
    from tourpool.routing.network.archive import cache_dir, listed

    found, damaged = listed()
    for kept in found:
        click.echo(
            f"{kept.name}: {kept.nodes:,} junctions, from {kept.source}, built {kept.built[:10]}, "
            f"{kept.size_bytes / 1e6:.1f} MB"
        )
    for name in damaged:
        click.echo(f"{name}: damaged; build it again or remove it", err=True)
    if not found and not damaged:
        click.echo(f"None in {cache_dir()}. Build some: tourpool roads build --help")


@roads.command("info")
@click.argument("name")
def roads_info(name: str) -> None:
    """Tell what is known of roads: their map, its day, its size, what could not be read.

    Example: tourpool roads info my-county
    """
    from tourpool.routing.network.archive import info

    click.echo("\n".join(_roads_lines(info(name))))


@roads.command("remove")
@click.argument("name")
def roads_remove(name: str) -> None:
    """Remove roads from this computer; the map file stays where it is.

    Example: tourpool roads remove my-county
    """
    from tourpool.routing.network.archive import remove

    remove(name)
    click.echo(f"Removed: {name}")


@roads.command("speeds")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def roads_speeds(file: Path) -> None:
    """Write the table of speeds by kind of road, to change and to build with.

    Example: tourpool roads speeds speeds.csv
    """
    from tourpool.routing.network.speeds import SpeedTable
    from tourpool.routing.network.speeds_file import write_speeds

    if file.exists():
        raise UserError(f"{file}: exists already; name a new file, so that nothing typed is lost")
    write_speeds(SpeedTable(), file)
    click.echo(f"Written: {file}. Change it, then: tourpool roads build ... --speeds {file}")


@roads.command("bridges")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--season",
    type=click.Path(path_type=Path),
    required=True,
    help="Only bridges in the counties it needs; its own hazards go before.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Table to write, such as hazards.csv.",
)
def roads_bridges(file: Path, season: Path, out: Path) -> None:
    """Write weak, low and closed bridges of the National Bridge Inventory as hazards.

    FILE is a state's extract as FHWA publishes it, delimited or with fixed columns.

    Example: tourpool roads bridges MS25.txt --season data/demo --out hazards.csv
    """
    from tourpool.events.files import written
    from tourpool.events.reading.bridges import read_bridges
    from tourpool.routing.network.season_bridges import hazards_csv, with_inventory

    if out.exists():
        raise UserError(f"{out}: exists already; name a new file, so that nothing typed is lost")
    given, inventory = _read(season), read_bridges(file)
    for problem in inventory.skipped:
        click.echo(f"Look at {problem}", err=True)
    found = with_inventory(given, inventory.hazards)
    with written(out) as temporary:
        temporary.write_bytes(hazards_csv(found))
    click.echo(
        f"Written: {out} with {_count(len(found), 'hazard')}, {len(given.hazards)} of them the "
        f"season's own; the inventory has {_count(inventory.bridges, 'bridge')}."
    )


@roads.command("recheck")
@plan_argument
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def roads_recheck(plan: Path, file: Path) -> None:
    """Drive the legs of a plan again with a second engine, Valhalla, and tell what differs.

    It obeys turn restrictions, which our own roads do not. FILE is the map file that the roads of
    the plan were built from. Needs the extra: pip install tourpool[valhalla], Python 3.12 or later.

    Example: tourpool roads recheck out/plan.json my-county.osm.pbf
    """
    from tempfile import TemporaryDirectory

    from tourpool.routing.network.second_opinion import second_opinion
    from tourpool.routing.network.valhalla_engine import Valhalla, build_tiles
    from tourpool.routing.planfile import read_plan

    made = read_plan(plan)
    with TemporaryDirectory() as folder, _steps() as progress:
        tiles = Path(folder) / "tiles"
        progress("reading the map for Valhalla")
        build_tiles(file, tiles)
        opinion = second_opinion(
            made, Valhalla(tiles), progress=lambda done, of: progress(f"{done} of {of} legs")
        )
    click.echo(str(opinion))


def _speeds(file: Path | None, built_up_factor: float | None) -> SpeedTable:
    from dataclasses import replace

    from tourpool.routing.network.speeds import SpeedTable
    from tourpool.routing.network.speeds_file import read_speeds

    table = SpeedTable() if file is None else read_speeds(file)
    if built_up_factor is None:
        return table
    name = f"{table.name} (in town times {built_up_factor:g})"
    return replace(table, built_up_factor=built_up_factor, name=name)


def _may_ask(queries: int) -> bool:
    """Whether so many queries may go out; no where nobody can be asked."""
    return sys.stdin.isatty() and click.confirm(
        f"This takes {queries} queries to a server that others share, a minute or so each. Go on?"
    )


def _roads_lines(kept: RoadsInfo) -> list[str]:
    """What is known of roads, for people."""
    south, west, north, east = kept.bounds
    lines = [
        f"{kept.name}: {kept.nodes:,} junctions and dead ends, {kept.edges:,} roads between them "
        f"({kept.size_bytes / 1e6:.1f} MB)",
        f"from {kept.source}{f', map of {kept.map_date[:10]}' * bool(kept.map_date)}, built "
        f"{kept.built[:10]} with {kept.speeds} speeds"
        f"{', private roads too' * kept.private}{', ferries too' * kept.ferries}",
        f"latitude {south:.2f} to {north:.2f}, longitude {west:.2f} to {east:.2f}",
        f"{_count(kept.left_out, 'junction')} that other roads do not join left out",
    ]
    if kept.unreadable:
        lines.append("signs that could not be read: " + "; ".join(kept.unreadable))
    if kept.untagged:
        lines.append("the file was saved without: " + ", ".join(kept.untagged))
    return [*lines, kept.licence]


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    """Tell what is being done on a terminal, over what was told before."""
    if sys.stderr is None or sys.stderr.closed or not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("begins", total=None)  # map files do not say how far one has read
        yield lambda text: bar.update(task, description=text)


def _say(text: str) -> None:
    """What is being done, to somebody who looks at a terminal."""
    if sys.stderr is not None and not sys.stderr.closed and sys.stderr.isatty():
        click.echo(text, err=True)


def _get_ready(season: Season) -> None:
    """Compile what this season needs and nobody used on this computer yet."""
    from tourpool.routing.solver.warm import warm_up

    warm_up(_say_first_use)
    if season.policy.roads != "estimated":
        from tourpool.routing.network.warm import warm_up as warm_up_roads

        warm_up_roads(
            lambda: click.echo(
                "First use on this computer: getting roads ready, about 10 seconds.", err=True
            )
        )


def _say_first_use() -> None:
    click.echo("First use on this computer: getting the solver ready, about 15 seconds.", err=True)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _count(n: int, word: str, words: str | None = None) -> str:
    """1 bus, 2 buses."""
    return f"{n:,} {word if n == 1 else words or word + 's'}"


def _read(path: Path, settings: tuple[str, ...] = ()) -> Season:
    from tourpool.events.reading.read import read_season_with_warnings
    from tourpool.events.try_policy import with_settings

    season, warnings = read_season_with_warnings(path)
    for warning in warnings:
        click.echo(f"Look at {warning}", err=True)
    return with_settings(season, settings)


@contextmanager
def _progress() -> Iterator[Callable[[str, float, float], None] | None]:
    """A bar on a terminal; on a descriptor of its own, as the solver silences stderr at times."""
    if sys.stderr is None or sys.stderr.closed or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    with (
        os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8") as stderr,
        Progress(*columns, console=Console(file=stderr), transient=True) as bar,
    ):
        task = bar.add_task("listing what is possible", total=None)

        def show(stage: str, value: float, bound: float) -> None:
            gap = abs(value - bound) / max(abs(value), 1.0)
            text = f"{STAGES.get(stage, stage)}: {_so_far(stage, value)}gap {100 * gap:.2f} %"
            bar.update(task, description=text, total=1.0, completed=max(0.0, 1.0 - gap))

        yield show


def _asked() -> Callable[[int, int], None] | None:
    """Tell on a terminal how many questions are answered."""
    if sys.stderr is None or sys.stderr.closed or not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        click.echo(f"\r{done} of {total} questions answered", nl=done == total, err=True)

    return tell


def _so_far(stage: str, value: float) -> str:
    """What the plan so far reaches."""
    if stage == "worth":
        return f"{-value / 100:,.0f} weighted students, "
    return f"US$ {value:,.0f}, " if stage == "cost" else ""


def _stop_if_broken(season: Season, plan: Plan, then: str = "", before: Plan | None = None) -> None:
    from tourpool.routing.check import check_plan
    from tourpool.routing.season_roads import roads_of

    violations = check_plan(season, roads_of(season), plan, before)
    for v in violations:
        click.echo(f"{v.rule}: {v.where}: {v.text}", err=True)
    if violations:
        raise click.ClickException(f"the plan breaks {_count(len(violations), 'rule')}{then}")


def _spare(published: Plan, path: Path) -> None:
    """Plans of before are not written over by one that follows them; an earlier try of it is."""
    from tourpool.routing.planfile import read_plan

    if not path.exists():
        return
    there = read_plan(path)
    if there.plan_id == published.plan_id:
        raise UserError(
            f"{path} is the published plan, and --out would write over it; name another folder"
        )
    if there.version <= published.version and there.season == published.season:
        raise UserError(
            f"{path} is version {there.version} of a plan for {there.season}, and --out would "
            "write over it; name another folder"
        )


def _check_and_write(season: Season, plan: Plan, out: Path, before: Plan | None = None) -> str:
    """Put all files of a plan in place when it keeps every rule; give their names."""
    _say("Checking the plan, then writing its files ...")
    _stop_if_broken(season, plan, "; nothing was written", before)
    return _write(out, plan, everything=True)


def _show_written(plan: Plan, names: str) -> None:
    """The plan's summary, and what was written."""
    from tourpool.routing.memory import peak_mb

    _show(plan)
    click.echo(f"Written: {names}")
    if peak_mb() > 1024:
        click.echo(f"Most memory taken: {peak_mb() / 1024:.1f} GB.", err=True)


def _write(out: Path, plan: Plan, *, everything: bool) -> str:
    """Put the files of a plan in place together, all or none; give their names."""
    from tourpool.reports.csvfile import write_schedule_csv
    from tourpool.reports.map import write_map
    from tourpool.reports.workbook import write_workbook
    from tourpool.routing.planfile import write_plan

    writers = {"schedule.xlsx": write_workbook, "schedule.csv": write_schedule_csv}
    if everything:
        writers = {"plan.json": write_plan, "map.html": write_map, **writers}
    return _put(out, {name: partial(write, plan) for name, write in writers.items()})


def _put(out: Path, writers: Mapping[str, Callable[[Path], None]]) -> str:
    """Put files in place together, all or none; give their names."""
    from tourpool.events.files import Batch

    with Batch(out) as batch:
        for name, write in writers.items():
            write(batch.path(name))
    return ", ".join(str(out / name) for name in writers)


def _show(plan: Plan) -> None:
    from tourpool.reports.summary import summary

    _print(summary(plan))


def _print(shown: RenderableType) -> None:
    """Tables and sentences, as wide as the terminal."""
    from rich.console import Console

    Console().print(shown)
