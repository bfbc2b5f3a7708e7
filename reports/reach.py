"""What the terminal says of reach: how many can be reached how, and what stops the others."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tourpool.events.season import Season
from tourpool.reports.plain import plain
from tourpool.reports.reach_words import asked, hours, ride, stopped, unlocked, worst_first
from tourpool.reports.words import count, tried
from tourpool.routing.questions.reach_table import How, Reached, students


def reach_told(season: Season, rows: Sequence[Reached], *, estimated: bool) -> Group:
    """Requests by what it takes, then each that no bus reaches in its hours, the worst first."""
    shown: list[RenderableType] = [*map(Text, tried(season.settings)), _summary(season, rows)]
    shown += map(Text, unlocked(season, rows))
    if estimated:
        shown.append(Text("Times are estimated: straight-line distances, not roads."))
    for row in worst_first(rows):
        if row.how is not How.BUSES:
            shown += ["", *_hard(season, row)]
    return Group(*shown)


def _summary(season: Season, rows: Sequence[Reached]) -> Table:
    title = f"{season.name}: each request alone, where it is reached most easily"
    table = Table(title=Text(plain(title)), title_justify="left")
    table.add_column("reached by", min_width=len(title) - 30)
    table.add_column("requests", justify="right")
    table.add_column("students", justify="right")
    for how, requests, riders in students(season, rows):
        table.add_row(how.value, f"{requests:,}", f"{riders:,}")
    return table


def _hard(season: Season, row: Reached) -> Iterator[RenderableType]:
    """A request that no bus reaches in its hours: what it takes, and what stops them."""
    who = f"{row.request_id}: {asked(season, row)}, {count(row.riders, 'student')}"
    yield Text(plain(who), style="bold")
    told = [f"{row.how.value.capitalize()}. {_sentence(hours(season, row))}".strip(), stopped(row)]
    if ride(row):
        told.append(f"Ride there and back: {ride(row)} min allowed.")
    yield from (Padding(Text(t), (0, 0, 0, 2)) for t in told if t)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
