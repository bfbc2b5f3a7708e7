"""Budgets in the terminal and in the workbook's summary."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tests.sample_plan import ROUTE
from tourpool.events.fleet import Tariff
from tourpool.reports.budgets import BudgetFigures, budget_figures, budget_sentences
from tourpool.reports.sheet_rates import rate_rows, tiers_text
from tourpool.reports.summary import summary
from tourpool.reports.workbook import write_workbook
from tourpool.routing.plan import Plan, PlanBudget


def test_payers_and_scopes_have_names_and_amounts_add_up(day: Plan) -> None:
    assert budget_figures(day) == (
        BudgetFigures("Adair County", "all events", 9_000_000, 8_123_456),
        BudgetFigures("Taylor & Green", "Health careers fair", 4_000_000, 3_987_600),
        BudgetFigures("Lake Region", "job shadows", 8_000_001, 8_000_001),
    )
    assert [b.left for b in budget_figures(day)] == [876_544, 12_400, 0]


def test_a_payer_without_a_place_in_the_plan_has_its_number(plan: Plan) -> None:
    stranger = PlanBudget(payer="2109999", scope="no-sessions", usd=1, used=0)
    (figures,) = budget_figures(plan.model_copy(update={"budgets": (stranger,)}))
    assert (figures.payer, figures.scope) == ("2109999", "no-sessions")


def test_the_terminal_shows_them_and_says_that_the_bill_may_differ(day: Plan, plan: Plan) -> None:
    def printed(of: Plan) -> str:
        console = Console(width=100, color_system=None)
        with console.capture() as capture:
            console.print(summary(of))
        return " ".join(capture.get().split())

    assert "Adair County │ all events │ $900.00 │ $812.35 │ $87.65" in printed(day)
    assert "The later bill may differ." in printed(day)
    assert "Buses that serve two sessions in one day (here 2) count at both" in printed(day)
    assert "udget" not in printed(plan)


def test_the_summary_of_the_workbook_shows_them(day: Plan, tmp_path: Path) -> None:
    write_workbook(day, tmp_path / "schedule.xlsx")
    rows = list(load_workbook(tmp_path / "schedule.xlsx")["Summary"].iter_rows(values_only=True))
    heading = next(i for i, row in enumerate(rows) if row[0] == "Budgets")
    assert rows[heading + 1][:5] == ("Payer", "For", "Limit", "Used", "Left")
    assert rows[heading + 3][:4] == ("Taylor & Green", "Health careers fair", 400, 398.76)
    assert rows[heading + 5][0] == budget_sentences(day)[0]


@pytest.mark.parametrize(
    ("tiers", "text"),
    [
        ([(0, 3.1)], "$3.10 per mile"),
        ([(0, 3.1), (100, 2.4)], "$3.10 up to 100 mi, $2.40 beyond"),
        (
            [(0, 3.1), (62.5, 2.4), (200, 2)],
            "$3.10 up to 62.5 mi, $2.40 up to 200 mi, $2.00 beyond",
        ),
    ],
)
def test_tiers_are_told_by_their_ends(tiers: list[tuple[float, float]], text: str) -> None:
    made = [Tariff(tariff_id="t", from_mi=mi, usd_per_mile=usd) for mi, usd in tiers]
    assert tiers_text(made) == text


def test_rates_show_what_a_mile_costs_by_rate_or_by_tariff(day: Plan) -> None:
    per_mile = {row[1]: row[8] for row in rate_rows(day)}
    assert per_mile == {
        ROUTE.bus_type: 1.5,
        "tiered": "$3.10 up to 100 mi, $2.40 up to 250 mi, $2.00 beyond",
    }
