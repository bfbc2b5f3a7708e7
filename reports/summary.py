"""What the terminal shows when a season is planned."""

from collections.abc import Iterable

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tourpool.reports.budgets import budget_figures, budget_sentences
from tourpool.reports.figures import (
    counted,
    nowhere_sentences,
    session_figures,
    twice_sentences,
)
from tourpool.reports.moves import moves_sentences, moves_table
from tourpool.reports.proof import alone_sentences, proof_sentences
from tourpool.reports.session_names import session_name
from tourpool.reports.words import miles, tried, usd
from tourpool.routing.plan import Plan


def summary(plan: Plan) -> Group:
    """The tables of sessions and budgets, what is proven and what it would be alone."""
    of_sessions = (*nowhere_sentences(plan), *twice_sentences(plan))
    of_plan = (*proof_sentences(plan), *alone_sentences(plan))
    if plan.estimated:
        of_plan = (*of_plan, "Times and miles are estimated: straight-line distances, not roads.")
    of_plan = (*of_plan, *(f"Look at {warning}." for warning in plan.warnings))
    return Group(
        summary_table(plan),
        *_lines((*of_sessions, *tried(plan.settings))),
        *([budget_table(plan)] if plan.budgets else []),
        *_lines(budget_sentences(plan)),
        *([moves_table(plan)] if plan.moves else []),
        *_lines((*moves_sentences(plan), *of_plan)),
    )


def _lines(sentences: Iterable[str]) -> list[Text]:
    return [Text(sentence) for sentence in sentences]


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
            Text(session_name(plan, figures.session)),
            f"{figures.session.date:%a %Y-%m-%d}",
            f"{figures.served:,} of {figures.wanted:,}",
            f"{figures.buses:,}",
            f"{miles(figures.metres):,.0f}",
            usd(figures.cost),
        )
    return table


def budget_table(plan: Plan) -> Table:
    """Budgets in rows: who pays, for what, how much, and what the plan takes of it."""
    table = Table(title="Budgets", title_justify="left")
    table.add_column("payer")
    table.add_column("for")
    for name in ("limit", "used", "left"):
        table.add_column(name, justify="right", no_wrap=True)
    for b in budget_figures(plan):
        table.add_row(Text(b.payer), Text(b.scope), usd(b.usd), usd(b.used), usd(b.left))
    return table
