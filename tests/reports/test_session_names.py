"""What sessions are called on papers and map."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sample_day import EARLY, LATE, c
from tourpool.reports.map import map_html
from tourpool.reports.schedule import schedule_rows
from tourpool.reports.session_names import session_name
from tourpool.reports.standing import day_text
from tourpool.reports.workbook import write_workbook
from tourpool.routing.plan import Plan


@pytest.fixture
def twice(day: Plan) -> Plan:
    """Morning and afternoon of 18 March are two sessions of one event."""
    return offered_twice(day, {EARLY: "08:40", LATE: "13:30"})


def offered_twice(day: Plan, arrive_by: dict[str, str]) -> Plan:
    sessions = []
    for session in day.sessions:
        if session.session_id in arrive_by:
            visit = session.visits[0].model_copy(
                update={"arrive_by_s": c(arrive_by[session.session_id])}
            )
            changes = {"event": "In the lab", "event_id": "lab", "visits": (visit,)}
            sessions.append(session.model_copy(update=changes))
        else:
            sessions.append(session)
    return day.model_copy(update={"sessions": tuple(sessions)})


def names(plan: Plan) -> list[str]:
    return [session_name(plan, session) for session in plan.sessions[2:]]


def test_a_session_is_called_by_its_event(day: Plan) -> None:
    assert names(day) == ["Morning in the lab", "Afternoon in the clinic"]


def test_an_event_that_is_offered_twice_a_day_has_its_clock(twice: Plan) -> None:
    assert names(twice) == ["In the lab at 8:40 AM CDT", "In the lab at 1:30 PM CDT"]


def test_sessions_of_one_clock_have_their_ids(day: Plan) -> None:
    both = offered_twice(day, {EARLY: "09:00", LATE: "09:00"})
    assert names(both) == [
        f"In the lab at 9:00 AM CDT ({EARLY})",
        f"In the lab at 9:00 AM CDT ({LATE})",
    ]


def test_another_day_is_no_reason_for_a_clock(twice: Plan) -> None:
    other = twice.sessions[2].date.replace(day=19)
    moved = twice.sessions[3].model_copy(update={"date": other})
    plan = twice.model_copy(update={"sessions": (*twice.sessions[:3], moved)})
    assert names(plan) == ["In the lab"] * 2


def test_the_driver_is_told_which_of_the_two_is_next(twice: Plan) -> None:
    notes = [r.note for r in schedule_rows(twice) if r.note.startswith("Next: ")]
    assert [note.partition(";")[0] for note in notes] == ["Next: In the lab at 1:30 PM CDT"] * 2
    block = next(b for b in twice.blocks if b.block_id == "b3")
    assert "In the lab at 8:40 AM CDT, then In the lab at 1:30 PM CDT." in day_text(twice, block)


def test_the_map_offers_and_shows_them_apart(twice: Plan) -> None:
    html = map_html(twice)
    for name in names(twice):
        assert f"<h2>{name}, Thu, Mar 18, 2027</h2>" in html
        assert f">{name}, Thu, Mar 18, 2027</option>" in html


def test_every_sheet_of_the_workbook_tells_them_apart(twice: Plan, tmp_path: Path) -> None:
    write_workbook(twice, tmp_path / "schedule.xlsx")
    book = load_workbook(tmp_path / "schedule.xlsx")
    for sheet in ("Summary", "Requests", "Buses"):
        cells = [str(v) for row in book[sheet].iter_rows(values_only=True) for v in row]
        for name in names(twice):
            assert any(name in cell for cell in cells), (sheet, name)
