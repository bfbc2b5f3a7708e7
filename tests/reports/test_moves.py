"""What a plan changes, on the terminal, in the workbook and in the schedule."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tests.broken_pins import following, seat
from tests.kept import kept_plan, sealed
from tourpool.reports.map import map_html
from tourpool.reports.moves import (
    BUS_COLUMNS,
    COLUMNS,
    bus_move_rows,
    move_rows,
    moves_sentences,
)
from tourpool.reports.schedule import schedule_rows
from tourpool.reports.summary import summary
from tourpool.reports.workbook import write_workbook
from tourpool.routing.plan import (
    BusDay,
    BusMove,
    MoveKind,
    PlaceKind,
    Plan,
    Reason,
    ReasonKind,
)


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
    assert "Change for those who had a seat and have one: 20 points." in text


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


def test_the_schedule_marks_the_stop_where_something_changes_and_says_how_it_was(
    plan: Plan,
) -> None:
    (row,) = [r for r in schedule_rows(plan) if r.changed]
    assert row.direction == "outbound"  # it is back when it was before
    assert row.changed == "was 8:15 AM, School 280000100001"
    assert row.note.startswith("Changed: was 8:15 AM, School")
    assert not any(r.changed for r in schedule_rows(kept_plan()))


def with_moves(plan: Plan, **changes: object) -> Plan:
    """The plan where the move is another one."""
    (move,) = plan.moves
    return plan.model_copy(update={"moves": (move.model_copy(update=changes),)})


def test_who_loses_a_seat_is_told_first_and_why(plan: Plan) -> None:
    (move,) = plan.moves
    lost = with_moves(plan, kind=MoveKind.LOST, now=None, change=0)
    left = lost.request["near"].model_copy(
        update={"session_id": None, "reason": Reason(kind=ReasonKind.BUDGET, text="too dear")}
    )
    requests = tuple(left if r.request_id == "near" else r for r in lost.requests)
    lost = lost.model_copy(update={"requests": requests})
    assert moves_sentences(lost)[0] == (
        f"20 students had a seat and lose it: {move.school} (Event tour). What would give it back "
        "is told by tourpool why."
    )
    (row,) = move_rows(lost)
    cells = dict(zip((c.title for c in COLUMNS), row, strict=True))
    assert cells["Why it has no seat"] == "no seat: beyond what a budget has left"


def test_other_numbers_are_told_with_those_of_before(plan: Plan) -> None:
    (move,) = plan.moves
    assert move.now is not None
    before = move.now.model_copy(update={"students": 16})
    more = with_moves(plan, kind=MoveKind.RIDERS, before=before, change=0)
    (row,) = move_rows(more)
    cells = dict(zip((c.title for c in COLUMNS), row, strict=True))
    assert (cells["Students before"], cells["Students now"]) == (16, 20)
    changed = {r.changed for r in schedule_rows(more) if r.changed}
    assert changed == {"20 students in place of 16, School 280000100001"}


def test_who_needs_a_wheelchair_place_is_not_told_to_everybody(plan: Plan) -> None:
    (move,) = plan.moves
    assert move.now is not None
    before = move.now.model_copy(update={"wheelchairs": 1})
    other = with_moves(plan, kind=MoveKind.RIDERS, before=before, change=0)
    assert "wheelchair" not in "".join(r.changed for r in schedule_rows(other))
    page = map_html(other)
    assert "<strong>Changed:</strong> getting on: other numbers, School" in page


def test_what_it_would_cost_to_go_on_as_published_is_told_where_it_is_dearer(plan: Plan) -> None:
    dearer = plan.cost + 26_7100
    proof = plan.proof.model_copy(update={"unmoved_cost": dearer})
    told = moves_sentences(plan.model_copy(update={"proof": proof}))
    assert any("would cost $" in s and "$26.71 more" in s for s in told)
    assert not any("would cost" in s for s in moves_sentences(plan))


@pytest.fixture
def two_buses(plan: Plan) -> Plan:
    """One bus goes no more; another one leaves half an hour later and has a stop less."""
    day = BusDay(leave_s=14 * 3600, back_s=20 * 3600, people=40, stops=("Near", "Far", "College"))
    later = day.model_copy(update={"leave_s": day.leave_s + 1800, "stops": ("Near", "College")})
    garage = plan.place[PlaceKind.GARAGE, "lot"]
    (block,) = plan.blocks
    moves = tuple(
        BusMove(
            date=block.date,
            garage_id="lot",
            garage=garage.name,
            tz=garage.tz,
            bus_type=block.bus_type,
            bus_number=number,
            before=day,
            now=now,
        )
        for number, now in ((block.bus_number, later), ("99", None))
    )
    return plan.model_copy(update={"bus_moves": moves})


def test_each_bus_that_does_not_go_as_before_has_a_row(two_buses: Plan) -> None:
    first, second = (
        dict(zip((c.title for c in BUS_COLUMNS), row, strict=True))
        for row in bus_move_rows(two_buses)
    )
    assert (first["What"], first["Stops no more"]) == ("other stops", "Far")
    assert (str(first["Leaves before"])[11:], str(first["Leaves now"])[11:]) == (
        "08:00:00",
        "08:30:00",
    )
    assert (second["What"], second["Leaves now"]) == ("does not go", None)
    assert "Buses, by the day: other stops: 1; does not go: 1." in moves_sentences(two_buses)


def test_the_driver_reads_it_where_the_day_begins(two_buses: Plan) -> None:
    first = next(r for r in schedule_rows(two_buses))
    assert first.changed == "no stop any more at Far; left at 8:00 AM before"


def test_the_map_has_what_changes_and_marks_the_bus(two_buses: Plan) -> None:
    page = map_html(two_buses)
    assert "<h2>What changes</h2>" in page
    assert "<strong>Changed:</strong> no stop any more at Far; left at 8:00 AM before" in page
    assert "What changes" not in map_html(kept_plan())
