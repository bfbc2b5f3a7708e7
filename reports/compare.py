"""Plans side by side on the terminal."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tourpool.reports.compare_words import (
    RIDES,
    Compared,
    apart,
    compared,
    difference,
    estimated_told,
    figure_rows,
    followed,
    heading,
    nobody,
    riders_word,
    what,
    who,
)
from tourpool.reports.plain import plain
from tourpool.reports.words import count
from tourpool.routing.plan import Plan
from tourpool.routing.questions.changes import changes
from tourpool.routing.questions.compare import Part, parts, plan_figures

ACROSS = 4
"""Plans beside each other in 80 letters."""


def comparison(names: Sequence[str], plans: Sequence[Plan]) -> Group:
    """Tables of figures and of kinds of schools, then who gains and loses against the first."""
    of = compared(names, plans)
    word = riders_word(plans)
    rows = figure_rows(plans, [plan_figures(p) for p in plans])
    figures = [(f"{'  ' if r.is_bound else ''}{r.name}", *r.texts) for r in rows]
    return Group(
        *(Text(f"{c.letter}  {c.name}: {c.told}") for c in of),
        *(Text(told) for told in (estimated_told(of),) if told),
        *_tables("in all", of, figures),
        *_tables(f"{word}s with a seat, of asked", of, _part_rows(parts(plans))),
        *(line for other in of[1:] for line in _against(of[0], other, word)),
    )


def _tables(title: str, of: Sequence[Compared], rows: Sequence[tuple[str, ...]]) -> Iterator[Table]:
    """Tables of at most `ACROSS` plans; the first one begins each of them."""
    rest = list(range(1, len(of)))
    while True:
        shown = [0, *rest[: ACROSS - 1]]
        rest = rest[ACROSS - 1 :]
        table = Table(show_edge=False, pad_edge=False, padding=(0, 1))
        table.add_column(title)
        for k in shown:
            table.add_column(of[k].letter, justify="right", no_wrap=True)
        for name, *values in rows:
            is_heading = not any(values)
            if is_heading and table.rows:
                table.rows[-1].end_section = True
            style = "bold" if is_heading else ""
            table.add_row(Text(name, style=style), *(values[k] for k in shown))
        yield table
        if not rest:
            return


def _part_rows(found: Sequence[Part]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for kind, of_kind in groupby(found, key=lambda p: p.kind):
        of = list(of_kind)
        rows.append((f"by {kind.value}", *("" for _ in of[0].asked)))
        for part in of:
            each = zip(part.served, part.asked, strict=True)
            rows.append((f"  {plain(part.name)}", *(f"{s:,} of {a:,}" for s, a in each)))
    return rows


def _against(a: Compared, b: Compared, word: str) -> Iterator[RenderableType]:
    """What differs in all, then by name."""
    yield Text("")
    yield Text(difference(a, b, word), style="bold")
    yield from map(Text, (*apart(a, b), *followed(a, b, word)))
    found = changes(a.plan, b.plan)
    if not found:
        yield Text(nobody(b.letter))
    for kind, of_kind in groupby(found, key=lambda c: c.kind):
        these = list(of_kind)
        yield Text(f"{heading(kind, b.letter, these, word)}.")
        for change in () if kind in RIDES else these:
            text = f"{who(change)}, {count(change.request.counted, word)}: {what(a, b, change)}"
            yield Padding(Text(text), (0, 0, 0, 2), expand=False)
