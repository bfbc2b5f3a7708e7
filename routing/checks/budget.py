"""Rules on budgets: what each payer bears of the blocks, and that it is not too much."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor

from tourpool.events.budgets import Budget
from tourpool.events.season import Season
from tourpool.routing.checks.case import BlockCase, Case, Rider
from tourpool.routing.checks.money import units
from tourpool.routing.checks.table import RoadTable
from tourpool.routing.checks.words import Rule, Violation, differ, usd_text
from tourpool.routing.plan import Plan

Costs = Sequence[tuple[BlockCase, int]]
"""Blocks, each with what it costs."""


def budget(season: Season, table: RoadTable, costs: Costs) -> Iterator[Violation]:
    """No payer bears more than its budget."""
    for row in season.budgets:
        used = borne(table, row, costs)
        if used > units(row.usd):
            text = f"its share of the blocks is {usd_text(used)}, of {usd_text(units(row.usd))}"
            yield Violation(Rule.BUDGET, _where(row.payer, row.scope), text)


def stated_budgets(
    season: Season, table: RoadTable, plan: Plan, costs: Costs | None
) -> Iterator[Violation]:
    """Every budget of the season, with what the plan takes of it.

    ``costs`` is None when there is a block that cannot be driven.
    """
    says, is_ = ([(b.payer, b.scope) for b in rows] for rows in (plan.budgets, season.budgets))
    yield from differ(Rule.STATED_BUDGETS, "plan", [("budgets", says, is_)])
    for stated, row in zip(plan.budgets, season.budgets, strict=False):
        if (stated.payer, stated.scope) == (row.payer, row.scope):
            same = [("usd", usd_text(stated.usd), usd_text(units(row.usd)))]
            if costs is not None:
                used = borne(table, row, costs)
                same.append(("used", usd_text(stated.used), usd_text(used)))
            yield from differ(Rule.STATED_BUDGETS, _where(row.payer, row.scope), same)


def borne(table: RoadTable, row: Budget, costs: Costs) -> int:
    """What a budget bears of all blocks, 1e-4 US$; each block's share is rounded half up."""
    shares = 0
    for block, cost in costs:
        all_, mine = 0, 0
        for case in block.pairs:
            for rider in case.riders:
                load = rider.counted * max(1, own_metres(table, case, rider))
                all_ += load
                mine += load if _pays(row, rider) else 0
        shares += floor(Fraction(cost * mine, all_) + Fraction(1, 2)) if all_ else 0
    return shares


def own_metres(table: RoadTable, case: Case, rider: Rider) -> int:
    """Metres from a school to the venues of a session, along them, and home."""
    venues = [case.season.venue[v.venue_id].stop for v in case.visits]
    way = [rider.school.stop, *venues, rider.school.stop]
    return sum(table.metres(a, b) for a, b in pairwise(way))


def _pays(row: Budget, rider: Rider) -> bool:
    """Whether a group is of the payer's schools, and its event one of those it pays for."""
    payers = {rider.district.leaid, rider.district.ecosystem_id}
    scopes = {"all", rider.event.event_id, rider.event.kind.value}
    return row.payer in payers and row.scope in scopes


def _where(payer: str, scope: str) -> str:
    return f"budget {payer} {scope}"
