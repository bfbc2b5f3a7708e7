"""Papers of plans that keep every rule and in which a bus goes to two sessions of a day."""

from itertools import pairwise

import pytest

from tests.kept_day import by_garage, direct, direct_with_budgets, same_stop
from tourpool.reports.budgets import budget_figures
from tourpool.reports.map import map_html
from tourpool.reports.schedule import schedule_rows
from tourpool.reports.words import usd
from tourpool.routing.plan import Plan

DAYS = {"direct": direct(), "by garage": by_garage(), "same stop": same_stop()[1]}
every_day = pytest.mark.parametrize("plan", DAYS.values(), ids=list(DAYS))


@every_day
def test_rows_of_a_bus_are_in_the_order_of_its_clock(plan: Plan) -> None:
    moments = [t for row in schedule_rows(plan) for t in (row.arrive, row.depart) if t]
    assert all(earlier <= later for earlier, later in pairwise(moments))


@every_day
def test_miles_of_the_rows_are_those_of_the_bus(plan: Plan) -> None:
    (block,) = plan.blocks
    rows = schedule_rows(plan)
    # each row is rounded to a tenth
    assert sum(r.miles for r in rows) == pytest.approx(
        block.metres / 1609.344, abs=0.05 * len(rows)
    )


@every_day
def test_everybody_who_gets_on_gets_off(plan: Plan) -> None:
    rows = schedule_rows(plan)
    on, off = (sum(n) for n in zip(*((r.students_on, r.students_off) for r in rows), strict=True))
    assert on == off == 2 * plan.students_served  # there and back
    assert rows[-1].on_board == 0


@every_day
def test_one_row_of_the_day_says_what_is_next(plan: Plan) -> None:
    notes = [r.note for r in schedule_rows(plan) if r.note.startswith("Next: ")]
    assert len(notes) == 1
    assert notes[0].startswith("Next: Event tour at 3:30 PM CST; ")


@every_day
def test_the_venue_of_each_session_names_its_event(plan: Plan) -> None:
    named = [r.event for r in schedule_rows(plan) if r.note == f"{r.event}."]
    assert len(named) == sum(len(b.run_pairs) for b in plan.blocks)


@pytest.mark.parametrize(
    ("day", "between"),
    [
        # 6,604 s from school to school, 20 min of them driven: 12:35:28 and 5,404 s
        ("direct", "waits at School 280000100001 12:35 PM to 2:05 PM CST, paid as waiting"),
        # 11 min home from 12:35:28; 30 min before 14:25:32
        ("by garage", "stays in its garage 12:46 PM to 1:55 PM CST, off the clock"),
        # until boarding begins at 14:45:32
        ("same stop", "waits at School 280000100001 12:35 PM to 2:45 PM CST, paid as waiting"),
    ],
)
def test_both_tables_of_the_map_say_where_the_bus_is_in_between(day: str, between: str) -> None:
    assert map_html(DAYS[day]).count(f"In between it {between}.") == 2


def test_budgets_of_a_shared_bus_show_what_each_payer_bears() -> None:
    season, plan = direct_with_budgets()
    for figures, budget in zip(budget_figures(plan), season.budgets, strict=True):
        assert figures.usd == round(budget.usd * 10_000)
        assert 0 <= figures.left == figures.usd - figures.used
    lender, guest = budget_figures(plan)[:2]
    assert lender.used + guest.used == plan.cost  # one school each, all events of each


def test_the_map_has_the_budgets_in_a_table() -> None:
    _, plan = direct_with_budgets()
    html = map_html(plan)
    for b in budget_figures(plan):
        row = f'<td class="text">{b.scope}</td><td>{usd(b.usd)}</td><td>{usd(b.used)}</td>'
        assert f'<tr><th scope="row">{b.payer}</th>{row}<td>{usd(b.left)}</td></tr>' in html
    assert "<h2>Budgets</h2>" not in map_html(DAYS["direct"])
