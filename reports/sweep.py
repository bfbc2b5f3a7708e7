"""A sweep on the terminal and as CSV."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tourpool.events.files import written
from tourpool.events.neutral import guarded
from tourpool.reports.plain import plain
from tourpool.reports.sweep_words import HEADERS, riders, steps, sweep_rows
from tourpool.reports.words import count
from tourpool.routing.questions.changes import Change
from tourpool.routing.questions.compare import plan_figures
from tourpool.routing.questions.sweep import Tried


def sweep_told(tried: Sequence[Tried]) -> Group:
    """A table of served and cost with their bounds, then who gains and loses at which step."""
    word = riders(tried)
    table = Table(title=Text(f"{plain(tried[0].plan.season)}: {plain(tried[0].name)}"))
    table.show_edge, table.title_justify = False, "left"
    for title in ("value", f"{word}", "weighted", "at most", "cost", "at least", "buses", "ride"):
        table.add_column(title, justify="right", no_wrap=True)
    for t in tried:
        f = plan_figures(t.plan)
        table.add_row(
            Text(plain(t.value)),
            f"{f.served:,} of {f.asked:,}",
            f"{f.weighted / 100:,.0f}",
            f"{f.weighted_bound / 100:,.0f}",
            _dollars(f.cost),
            _dollars(f.cost_bound) if f.cost_bound > 0 else "-",
            f"{f.buses:,}",
            f"{f.ride_min:.0f} min",
        )
    return Group(table, *(Text(line) for line in _told(tried)))


def _told(tried: Sequence[Tried]) -> Iterator[str]:
    yield (
        f"{riders(tried).capitalize()} with a seat, of asked; weighted ones, and the most that any "
        "plan serves; cost, and the least that any plan costs that serves as much; ride each way."
    )
    found = steps(tried)
    if not found:
        yield "The same requests have seats at all of these values."
    for step in found:
        for verb, of in (("gain a seat", step.gains), ("lose their seat", step.loses)):
            if of:
                yield f"From {step.begin} to {step.end} {verb}: {'; '.join(map(_who, of))}."


def _dollars(cost: int) -> str:
    return f"${cost / 10_000:,.0f}"


def _who(change: Change) -> str:
    r = change.request
    riders_of = count(r.counted, "student" if r.counted == r.students else "rider")
    return f"{plain(change.school)} to {plain(change.event)}, {riders_of}"


def write_sweep_csv(tried: Sequence[Tried], path: Path) -> None:
    """Write a row a value: UTF-8 with BOM, as Excel opens it."""
    with (
        written(Path(path)) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        table = csv.writer(file)
        table.writerow(HEADERS)
        for row in sweep_rows(tried):
            table.writerow([guarded(v) if isinstance(v, str) else v for v in row])
