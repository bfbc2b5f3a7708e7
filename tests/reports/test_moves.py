"""What a plan changes, on the terminal, in the workbook and in the schedule."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tests.broken_pins import following, seat
from tests.kept import kept_plan, sealed
from tourpool.reports.moves import COLUMNS, move_rows, moves_sentences
from tourpool.reports.schedule import schedule_rows
from tourpool.reports.summary import summary
from tourpool.reports.workbook import write_workbook
from tourpool.routing.plan import Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Follows a plan that fetched the near school at 7:37:32, an hour earlier."""
    return sealed(following(seat(kept_plan())))


def test_the_terminal_says_who_moves_from_when_to_when(plan: Plan) -> None:
    console = Console(width=80, color_system=None)
    with console.capture() as capture:
        console.print(summary(plan))
    text = " ".join(capture.get().split())
    assert "What moves, and for whom" in text
    assert "Version 2, follows plan 000000000000. Students: 20 ride as published; 20 other" in text
    assert "times. Nothing else moves." in text  # 40 have a seat
    assert "Change for those who had a seat: 20 points." in text


def test_a_first_plan_says_nothing_of_changes() -> None:
    assert moves_sentences(kept_plan()) == ()


def test_a_plan_that_moves_nobody_says_so(plan: Plan) -> None:
    still = plan.model_copy(
        update={"moves": (), "proof": plan.proof.model_copy(update={"change": 0})}
    )
    assert moves_sentences(still)[0] == "Version 2, follows plan 000000000000. Nothing moves."


def test_a_row_has_both_clocks_and_a_column_for_each_value(plan: Plan) -> None:
    (row,) = move_rows(plan)
    cells = dict(zip((c.title for c in COLUMNS), row, strict=True))
    assert str(cells["Pick-up before"])[11:] == "08:15:32"  # an hour before it leaves, 9:20 - 4:28
    assert str(cells["Pick-up now"])[11:] == "09:15:32"
    assert cells["Points"] == 20
    assert cells["Zone"] == "CST"


def test_the_workbook_has_a_sheet_of_changes_only_when_a_plan_follows_another(
    plan: Plan, tmp_path: Path
) -> None:
    for made, has in ((plan, True), (kept_plan(), False)):
        path = tmp_path / f"{made.version}.xlsx"
        write_workbook(made, path)
        assert ("Changes" in load_workbook(path).sheetnames) == has


def test_the_schedule_marks_the_stops_of_those_for_whom_something_changes(plan: Plan) -> None:
    marked = [r for r in schedule_rows(plan) if r.changed]
    assert [r.direction for r in marked] == ["outbound", "return"]
    assert {r.changed for r in marked} == {"other times, School 280000100001"}
    assert all(r.note.startswith("Changed: other times, School") for r in marked)
    assert not any(r.changed for r in schedule_rows(kept_plan()))
