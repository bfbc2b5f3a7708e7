"""Who has been served how often, on the terminal."""

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tourpool.events.rules import Policy
from tourpool.reports.plain import plain
from tourpool.reports.served_words import in_short, looked_back, rule
from tourpool.routing.questions.served import Level, Served, Window

TITLES = {Level.ECOSYSTEM: "Ecosystems", Level.DISTRICT: "Districts", Level.SCHOOL: "Schools"}


def served_told(found: Sequence[Served], three_years: Window, policy: Policy) -> Group:
    """Tables of ecosystems, districts and schools, what the plan adds, and the rule of weights."""
    return Group(
        *(_table(level, [r for r in found if r.level is level]) for level in Level),
        Text(looked_back(three_years)),
        *(Text(line) for line in in_short(found, three_years)),
        Text("\nThe rule", style="bold"),
        *(Text(line) for line in rule(policy)),
    )


def _table(level: Level, rows: Sequence[Served]) -> Table:
    table = Table(title=Text(TITLES[level]), show_edge=False)
    table.title_justify = "left"
    table.add_column(level.value)
    several = level is not Level.SCHOOL
    of_schools = ("schools", "before", "after") if several else ()
    for title in (*of_schools, "times", "students", *(() if several else ("last",)), "this plan"):
        table.add_column(title, justify="right", no_wrap=True)
    for r in rows:
        schools = (f"{r.schools:,}", f"{r.before:,}", f"{r.after:,}") if several else ()
        last = () if several else (f"{r.last:%Y-%m-%d}" if r.last else "none",)
        here = f"{r.seated:,} of {r.asked:,}" if r.asked else "did not ask"
        table.add_row(Text(plain(r.name)), *schools, f"{r.times:,}", f"{r.students:,}", *last, here)
    return table
