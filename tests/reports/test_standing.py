"""What a bus does between two sessions of a day, worked out by hand."""

from typing import Any

from tests.sample_day import c, same_stop
from tourpool.reports.calls import longest_ride_min, plan_calls
from tourpool.reports.schedule import schedule_rows
from tourpool.reports.standing import Standing, between_text, day_text, standing
from tourpool.routing.plan import Block, Plan


def block_of(plan: Plan, block_id: str) -> Block:
    return next(b for b in plan.blocks if b.block_id == block_id)


def stands(plan: Plan, block: Block) -> Standing:
    assert standing(plan, block, block.run_pairs[0]) is None
    found = standing(plan, block, block.run_pairs[1])
    assert found is not None
    return found


def changed(plan: Plan, block_id: str, **fields: Any) -> Block:
    return block_of(plan, block_id).model_copy(update=fields)


def test_a_bus_that_goes_on_directly_waits_where_its_last_riders_got_off(day: Plan) -> None:
    found = stands(day, block_of(day, "b3"))
    assert (found.begin_s, found.end_s) == (c("11:04"), c("11:40"))
    assert found.text == "waits here 11:04 AM to 11:40 AM CDT, paid as waiting"


def test_a_bus_that_goes_home_stays_there_off_the_clock(day: Plan) -> None:
    found = stands(day, block_of(day, "b4"))
    assert (found.begin_s, found.end_s) == (c("11:34"), c("12:20"))
    assert found.text == "stays in its garage 11:34 AM to 12:20 PM CDT, off the clock"


def test_a_short_stay_at_home_is_paid(day: Plan) -> None:
    text = between_text(day, changed(day, "b4", off_s=0))
    assert text == "stays in its garage 11:34 AM to 12:20 PM CDT, paid as waiting"


def test_a_bus_that_need_not_wait_goes_on_at_once(day: Plan) -> None:
    block = block_of(day, "b3")
    second = block.run_pairs[1]
    first, *others = second.outbound.stops
    now = first.model_copy(update={"depart_s": first.arrive_s})
    outbound = second.outbound.model_copy(update={"stops": (now, *others)})
    pairs = (block.run_pairs[0], second.model_copy(update={"outbound": outbound}))
    assert between_text(day, block.model_copy(update={"run_pairs": pairs})) == "goes on at once"


def test_those_who_are_elsewhere_read_where_it_waits_and_what_its_day_is(day: Plan) -> None:
    assert day_text(day, block_of(day, "b3")) == (
        "2 sessions in one day: Morning in the lab, then Afternoon in the clinic. "
        "In between it waits at =cmd|' /C calc'!A0 High 11:04 AM to 11:40 AM CDT, paid as waiting."
    )
    assert day_text(day, block_of(day, "b1")) == ""


def test_the_driver_reads_it_where_the_next_session_begins(day: Plan) -> None:
    notes = [r for r in schedule_rows(day) if r.note.startswith("Next: ")]
    assert [(r.block_id, r.place_id, r.on_board) for r in notes] == [
        ("b3", "210001000002", 0),
        ("b4", "adair", 0),
    ]
    assert notes[0].note == (
        "Next: Afternoon in the clinic; waits here 11:04 AM to 11:40 AM CDT, paid as waiting, "
        "then empty to the next stop."
    )
    assert [r.arrive for r in notes] == [None, None]  # the row above says when it came


def test_groups_that_board_where_it_stood_come_when_it_has_waited(day: Plan) -> None:
    block = same_stop(block_of(day, "b3"))
    plan = day.model_copy(update={"blocks": (block,)})
    (row,) = [r for r in schedule_rows(plan) if r.note.startswith("Next: ")]
    assert row.note.endswith("waits here 11:04 AM to 12:00 PM CDT, paid as waiting.")
    assert row.arrive is not None
    assert (row.arrive.hour, row.arrive.minute, row.students_on) == (12, 0, 21)
    call = next(c for c in plan_calls(plan) if c.stands is not None)
    assert call.people_aboard == 22


def test_people_get_off_before_others_get_on(day: Plan) -> None:
    aboard = [c.people_aboard for c in plan_calls(day) if c.block.block_id == "b3"]
    # lot, 18 + 1 on, all off; on again, off at school; standing, 21 + 1 on, off; on, off, lot
    assert aboard == [0, 19, 0, 19, 0, 0, 22, 0, 22, 0, 0]


def test_the_longest_ride_is_that_of_each_session(day: Plan) -> None:
    for pair in block_of(day, "b4").run_pairs:
        assert longest_ride_min([pair]) == 34  # 3 min at the stop, 1 of boarding, 30 driven
