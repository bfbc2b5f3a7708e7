"""What the terminal shows when a season is planned."""

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tourpool.reports.figures import counted, nowhere_sentences, session_figures
from tourpool.reports.proof import alone_sentences, proof_sentences
from tourpool.reports.words import miles, usd
from tourpool.routing.plan import Plan


def summary(plan: Plan) -> Group:
    """The table of sessions, then what is proven and what it would be alone."""
    lines = (*nowhere_sentences(plan), *proof_sentences(plan), *alone_sentences(plan))
    if plan.estimated:
        lines = (*lines, "Times and miles are estimated: straight-line distances, not roads.")
    return Group(summary_table(plan), *(Text(line) for line in lines))


def summary_table(plan: Plan) -> Table:
    """Sessions in rows: who is served of who wanted, buses, miles, cost; totals at the foot."""
    metres = sum(b.metres for b in plan.blocks)
    table = Table(title=Text(plan.season), show_footer=True, title_justify="left")
    table.add_column("session", footer=Text("all"))
    table.add_column("date")
    for name, footer in (
        (f"{counted(plan)}s", f"{plan.students_served:,} of {plan.students_asked:,}"),
        ("buses", f"{len(plan.blocks):,}"),
        ("miles", f"{miles(metres):,.0f}"),
        ("cost", usd(plan.cost)),
    ):
        table.add_column(name, footer=Text(footer), justify="right", no_wrap=True)
    for figures in session_figures(plan):
        table.add_row(
            Text(figures.session.event),
            f"{figures.session.date:%a %Y-%m-%d}",
            f"{figures.served:,} of {figures.wanted:,}",
            f"{figures.buses:,}",
            f"{miles(figures.metres):,.0f}",
            usd(figures.cost),
        )
    return table
