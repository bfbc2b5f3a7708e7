"""Chosen columns as blocks: numbers, marks, sums."""

import datetime as dt

import pytest
from hypothesis import given, settings

from tests.kept_day import (
    CHEAP_MILES,
    by_garage,
    direct,
    direct_with_budgets,
    same_stop,
    two_sessions,
)
from tests.random_seasons import seasons
from tests.routing.arrays import laws
from tests.seasons import (
    DAY,
    FAR,
    GUEST,
    LENDER,
    NEAR,
    ToyRoads,
    agreement,
    bus,
    garage,
    request,
    session,
    two_schools,
    two_schools_roads,
    venue,
)
from tourpool.events.fleet import Carries
from tourpool.events.occasions import Visit
from tourpool.events.season import Season
from tourpool.events.seats import Apart, Choice
from tourpool.routing.plan import Block, Direction, NeedsAgreement, Plan
from tourpool.routing.season_plan import plan_season

MIN, HOUR = 60, 3600
ARRIVE, DEPART = 15 * HOUR + 50 * MIN, 18 * HOUR
STOP, BOARD, MILE = 180, 22 * 4, 1609
APART = (Apart(request_a="near", request_b="far"),)


def blocks(**changes: object) -> tuple[Block, ...]:
    return plan_season(two_schools(**changes), roads=two_schools_roads()).blocks


def test_a_block_adds_up_its_runs() -> None:
    (block,) = blocks()
    minutes = 30 + 22 + 30 + 31 + 20 + 31  # lot, far, near, college, near, far, lot
    assert block.drive_s == minutes * MIN
    assert block.metres == minutes * MILE
    assert block.deadhead_metres == (30 + 31) * MILE
    assert block.leave_s == ARRIVE - (30 + 22 + 30) * MIN - 2 * (STOP + BOARD)
    assert block.back_s == DEPART + (31 + 20 + 31) * MIN + 2 * (STOP + BOARD)
    assert block.wait_s == DEPART - ARRIVE


def test_a_block_costs_what_its_rates_say() -> None:
    (block,) = blocks()
    minutes = 30 + 22 + 30 + 31 + 20 + 31
    paid_s = minutes * MIN + 4 * (STOP + BOARD)
    usd = 50 + minutes * 1609 / 1609.344 * 2.50 + paid_s / 3600 * 36 + 7800 / 3600 * 18
    assert block.cost == round(usd * 10_000)


def test_every_run_names_its_bus_and_session() -> None:
    (block,) = blocks()
    (pair,) = block.run_pairs
    assert [r.direction for r in pair.runs] == [Direction.OUTBOUND, Direction.RETURN]
    for run in pair.runs:
        bus_of_run = (run.garage_id, run.bus_type, run.bus_number)
        assert bus_of_run == (block.garage_id, block.bus_type, block.bus_number)
        assert run.session_id == "morning"
    assert pair.between is None


def test_buses_of_a_type_have_the_numbers_painted_on_them() -> None:
    made = blocks(buses=(bus(count=2, bus_numbers=("12", "47")),), apart=APART)
    assert [b.bus_number for b in made] == ["12", "47"]


def test_buses_without_numbers_are_counted_from_one() -> None:
    assert [b.bus_number for b in blocks(buses=(bus(count=2),), apart=APART)] == ["1", "2"]


def test_numbers_begin_again_on_another_day() -> None:
    days = (session("morning"), session("next", date=DAY + dt.timedelta(days=1)))
    wishes = (
        request("near", NEAR, choices=(Choice(request_id="near", session_id="morning"),)),
        request("far", FAR, choices=(Choice(request_id="far", session_id="next"),)),
    )
    made = blocks(sessions=days, requests=wishes)
    assert [(b.date, b.bus_number) for b in made] == [
        (DAY, "1"),
        (DAY + dt.timedelta(days=1), "1"),
    ]


def needs(**changes: object) -> set[NeedsAgreement]:
    return {n for b in blocks(**changes) for p in b.run_pairs for n in p.needs_agreement}


def test_a_run_pair_with_guests_and_no_paper_needs_an_agreement() -> None:
    assert needs(agreements=()) == {NeedsAgreement(lender_leaid=LENDER, guest_leaid=GUEST)}


def test_a_valid_paper_is_enough() -> None:
    assert needs() == set()


def test_a_paper_that_is_over_is_none() -> None:
    over = agreement(valid_to=DAY - dt.timedelta(days=1))
    assert needs(agreements=(over,)) == {NeedsAgreement(lender_leaid=LENDER, guest_leaid=GUEST)}


def test_charters_and_buses_that_carry_all_need_no_paper() -> None:
    assert needs(agreements=(), garages=(garage("lot", 0, None),)) == set()
    assert needs(agreements=(), buses=(bus(carries=Carries.ALL),)) == set()


def test_a_district_without_guests_needs_no_paper() -> None:
    assert needs(agreements=(), requests=(request("near", NEAR),)) == set()


def test_a_tour_has_a_run_between_its_campuses_with_everybody_on_board() -> None:
    further = Visit(
        session_id="morning",
        order=2,
        venue_id="second",
        arrive_from=dt.time(12, 30),
        arrive_by=dt.time(13),
        depart=dt.time(14),
    )
    (block,) = blocks(
        venues=(venue("college", 3), venue("second", 2)),
        sessions=(session("morning", further=(further,)),),
        requests=(request("near", NEAR),),
    )
    (pair,) = block.run_pairs
    assert pair.between is not None
    assert [s.place_id for s in pair.between.stops] == ["college", "second"]
    minutes = 13 + 30 + 51 + 22 + 11  # lot, near, college, second (place 2), near, lot
    assert block.drive_s == minutes * MIN
    assert block.metres == minutes * MILE
    assert block.wait_s == (20 * HOUR - ARRIVE) - 51 * MIN
    assert block.deadhead_metres == (13 + 11) * MILE


def without_names(block: Block) -> dict[str, object]:
    """A block but for the names of its runs, which plans made by hand choose otherwise."""
    runs = {"outbound": {"run_id": True}, "return_run": {"run_id": True}}
    return block.model_dump(exclude={"block_id": True, "run_pairs": {"__all__": runs}})


@pytest.mark.parametrize(
    ("season", "by_hand"),
    [
        (two_sessions(), direct()),
        (two_sessions(buses=(CHEAP_MILES,)), by_garage()),
        same_stop(),
        direct_with_budgets(),
    ],
    ids=["direct", "by the garage", "same stop", "budgets"],
)
def test_a_day_with_two_sessions_is_promised_as_worked_out_by_hand(
    season: Season, by_hand: Plan
) -> None:
    plan = plan_season(season, roads=two_schools_roads())
    assert [without_names(b) for b in plan.blocks] == [without_names(b) for b in by_hand.blocks]
    assert plan.budgets == by_hand.budgets
    assert plan.proof.student_s == by_hand.proof.student_s


def test_runs_of_one_day_have_names_of_their_own() -> None:
    plan = plan_season(two_sessions(), roads=two_schools_roads())
    runs = [run.run_id for b in plan.blocks for p in b.run_pairs for run in p.runs]
    assert len(set(runs)) == len(runs) == 4


@settings(laws, max_examples=10)
@given(seasons())
def test_no_bus_is_promised_twice_on_a_day(made: tuple[Season, ToyRoads]) -> None:
    season, roads = made
    plan = plan_season(season, roads=roads)
    buses = [(b.date, b.garage_id, b.bus_type, b.bus_number) for b in plan.blocks]
    assert len(set(buses)) == len(buses)
    count = {b.bus_type_id: b.count for b in season.buses}
    for block in plan.blocks:
        assert 1 <= int(block.bus_number) <= count[f"{block.garage_id}/{block.bus_type}"]
    assert [b.date for b in plan.blocks] == sorted(b.date for b in plan.blocks)
    assert len({b.block_id for b in plan.blocks}) == len(plan.blocks)


@settings(laws, max_examples=10)
@given(seasons())
def test_just_the_missing_papers_are_marked(made: tuple[Season, ToyRoads]) -> None:
    season, roads = made
    for block in plan_season(season, roads=roads).blocks:
        owner = season.garage[block.garage_id].leaid
        (kind,) = (
            b for b in season.buses if b.bus_type_id == f"{block.garage_id}/{block.bus_type}"
        )
        papers = {
            a.guest_leaid
            for a in season.agreements
            if a.lender_leaid == owner and a.valid_from <= block.date <= a.valid_to
        }
        for pair in block.run_pairs:
            districts = {season.school[g.ncessch].leaid for g in pair.groups}
            missing = districts - papers - {owner}
            if owner is None or kind.carries is Carries.ALL:
                missing = set()
            assert {n.guest_leaid for n in pair.needs_agreement} == missing
