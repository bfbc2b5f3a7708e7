"""Budgets: who pays for what, how much of it the plan takes, and what is left."""

from dataclasses import dataclass

from tourpool.events.budgets import ALL_EVENTS
from tourpool.events.occasions import EventKind
from tourpool.reports.figures import counted, event_names
from tourpool.routing.plan import Plan


@dataclass(frozen=True)
class BudgetFigures:
    """One budget in words and 1e-4 US$."""

    payer: str
    scope: str
    usd: int
    used: int

    @property
    def left(self) -> int:
        """What the plan does not take of it."""
        return self.usd - self.used


def budget_figures(plan: Plan) -> tuple[BudgetFigures, ...]:
    """All budgets in the order of the season."""
    payers = {p.leaid: p.district for p in plan.places if p.leaid and p.district}
    payers.update(plan.ecosystems)
    kinds = {kind.value: f"{kind.value.replace('_', ' ')}s" for kind in EventKind}
    scopes = {**event_names(plan), **kinds, ALL_EVENTS: "all events"}
    return tuple(
        BudgetFigures(payers.get(b.payer, b.payer), scopes.get(b.scope, b.scope), b.usd, b.used)
        for b in plan.budgets
    )


def budget_sentences(plan: Plan) -> tuple[str, ...]:
    """How the shares are reckoned, and that a bill may differ; nothing without budgets."""
    if not plan.budgets:
        return ()
    return (
        "What a budget bears of a bus is fixed when the plan is made: its cost is shared by "
        f"{counted(plan)}s times the miles there and back if they went alone. The later bill may "
        "differ.",
    )
