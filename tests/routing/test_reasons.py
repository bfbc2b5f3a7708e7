"""Each kind of reason has its season, and its sentence has the figures."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

from tests.random_seasons import seasons
from tests.routing.arrays import laws
from tests.seasons import (
    DAY,
    FAR,
    NEAR,
    ToyRoads,
    bus,
    request,
    school,
    session,
    two_schools,
    two_schools_roads,
    venue,
)
from tourpool.events.budgets import Budget as SeasonBudget
from tourpool.events.calendar import acceptable
from tourpool.events.fleet import Carries
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Apart
from tourpool.routing.plan import Plan, Reason, ReasonKind
from tourpool.routing.season_plan import plan_season

APART = (Apart(request_a="near", request_b="far"),)


def planned(seconds: float | None = None, **changes: Any) -> Plan:
    return plan_season(two_schools(**changes), roads=two_schools_roads(), seconds=seconds)


def reason(request_id: str = "far", **changes: Any) -> Reason:
    """Why a request of two schools is left out."""
    found = planned(**changes).request[request_id].reason
    assert found is not None
    return found


def test_who_is_served_needs_no_reason() -> None:
    assert [r.reason for r in planned().requests] == [None, None]


def test_beyond_its_ride_limit() -> None:
    why = reason(requests=(request("far", FAR, max_ride_min=40),))
    assert why.kind is ReasonKind.RIDE_LIMIT
    # 50 min out and 51 back, and 180 + 88 s to stop and board: 54.5 and 55.5
    assert "morning takes 55 min out and 56 min back" in why.text
    assert "its limit is 40 min" in why.text


def test_beyond_the_hours_of_its_school() -> None:
    hours = {"earliest_pickup": dt.time(9), "latest_return": dt.time(13)}
    why = reason(schools=(school(NEAR, 1), school(FAR, 2, **hours)))
    assert why.kind is ReasonKind.SCHOOL_HOURS
    assert "55 min out and 56 min back" in why.text
    assert "pick-up leaves 50 min for the way there" in why.text  # 9:00 to 9:50
    assert "return 60 min for the way back" in why.text  # 12:00 to 13:00


def test_a_school_that_opens_after_the_arrival_has_no_time_left() -> None:
    why = reason(schools=(school(NEAR, 1), school(FAR, 2, earliest_pickup=dt.time(10))))
    assert why.kind is ReasonKind.SCHOOL_HOURS
    assert "leaves no time for the way there" in why.text


def test_closed_on_every_day_it_accepts() -> None:
    closed = CalendarEntry(scope=Scope.SCHOOL, id=FAR, date_from=DAY, date_to=DAY, closed=True)
    assert reason(calendar=(closed,)).kind is ReasonKind.CLOSED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"carries": Carries.OWN}, "1 may not carry it"),
        ({"seats_large": 22, "free_from": dt.time(9)}, "1 would have to leave before"),
        ({"free_to": dt.time(13)}, "1 would be back after"),
        ({"max_duty_h": 3}, "1 would pass their driver's hours"),
        ({"max_drive_h": 2}, "1 would pass their driver's hours"),
    ],
)
def test_no_bus_for_it_and_what_each_fails_on(changes: dict[str, Any], words: str) -> None:
    why = reason(buses=(bus(**changes),))
    assert why.kind is ReasonKind.NO_BUS
    assert f"session morning: of 1 kind of bus {words}" in why.text


def test_no_bus_with_seats_or_wheelchair_places_for_it() -> None:
    why = reason(requests=(request("far", FAR, wheelchairs=1),), buses=(bus(wheelchair_places=0),))
    assert why.kind is ReasonKind.NO_WHEELCHAIR
    assert "without its 1 wheelchair place it could ride" in why.text
    assert "of 1 kind of bus 1 without enough wheelchair places" in why.text


def test_more_parts_than_buses_to_bring_them_at_once() -> None:
    why = reason(requests=(request("far", FAR, students=80, chaperones=8),))  # 88 people, one bus
    assert why.kind is ReasonKind.NO_BUS
    assert "no bus holds its 88 people, and its parts need more buses than can come" in why.text


def test_fewer_riders_than_every_bus_that_could_bring_them_is_kept_for() -> None:
    why = reason(requests=(request("far", FAR),), buses=(bus(min_riders=30),))  # 22 people
    assert why.kind is ReasonKind.FEW_RIDERS
    assert "22 people, and the bus that could bring them is kept for 30 riders or more" in why.text


def test_too_few_riders_in_all_parts_of_a_cut_request() -> None:
    parts = request("far", FAR, may_split=True)  # two of 11 people on one bus: 22
    why = reason(requests=(parts,), buses=(bus(min_riders=30),))
    assert why.kind is ReasonKind.FEW_RIDERS
    assert "22 people" in why.text


def test_a_budget_with_less_left_than_a_bus_that_stands_idle_costs() -> None:
    far = SeasonBudget(payer="2800002", usd=200)
    plan = planned(buses=(bus(count=2),), budgets=(far,), apart=APART)
    why = plan.request["far"].reason
    assert why is not None
    assert why.kind is ReasonKind.BUDGET
    assert "the budget of District 2800002 for all events has $200.00 left of $200.00" in why.text
    price = float(why.text.split("by itself for $")[1].split(",")[0])
    assert price > 200


def test_a_budget_is_no_reason_where_no_bus_stands_idle() -> None:
    plenty = SeasonBudget(payer="2800002", usd=1)
    more = request("near", NEAR, students=21)
    why = reason(requests=(more, request("far", FAR)), apart=APART, budgets=(plenty,))
    assert why.kind is ReasonKind.OUTWEIGHED


def test_no_bus_on_that_day() -> None:
    closed = CalendarEntry(scope=Scope.GARAGE, id="lot", date_from=DAY, date_to=DAY, closed=True)
    why = reason(calendar=(closed,))
    assert why.kind is ReasonKind.NO_BUS
    assert "of 1 kind of bus 1 not free that day" in why.text


def test_each_bus_is_counted_under_the_first_thing_it_fails_on() -> None:
    tight = bus(bus_type="tight", seats_large=9, free_to=dt.time(13))
    own = bus(bus_type="own", carries=Carries.OWN, seats_large=9)
    why = reason(buses=(bus(free_to=dt.time(13)), tight, own))
    assert "of 3 kinds of bus 1 may not carry it" in why.text
    assert "1 too small" in why.text
    assert "1 would be back after" in why.text


def test_more_people_than_the_session_takes() -> None:
    why = reason(requests=(request("far", FAR),), sessions=(session("morning", max_people=21),))
    assert why.kind is ReasonKind.PEOPLE_LIMIT
    assert "22 people, and session morning takes 21" in why.text


def test_more_people_than_the_venue_takes() -> None:
    why = reason(requests=(request("far", FAR),), venues=(venue("college", 3, max_people=20),))
    assert why.kind is ReasonKind.PEOPLE_LIMIT
    assert "22 people, and session morning takes 20" in why.text


def test_more_people_than_one_school_may_bring() -> None:
    one_school = session("morning", max_people_per_school=15)
    why = reason(sessions=(one_school,))
    assert why.kind is ReasonKind.PEOPLE_LIMIT
    assert "22 people, and session morning takes 15 of one school" in why.text


def test_a_group_larger_than_the_venue_takes() -> None:
    why = reason(venues=(venue("college", 3, max_group=15),))
    assert why.kind is ReasonKind.PEOPLE_LIMIT
    assert "a group of 22 people, and session morning takes groups of 15" in why.text


def test_no_room_beside_those_whom_the_plan_brings() -> None:
    more = request("near", NEAR, students=21)  # 23 people, worth more than the far school's 22
    why = reason(
        requests=(more, request("far", FAR)), sessions=(session("morning", max_people=40),)
    )
    assert why.kind is ReasonKind.PEOPLE_LIMIT
    assert "session morning has room for 17 of its 22 people" in why.text


def test_no_room_beside_those_of_its_own_school() -> None:
    why = reason(
        "second",
        requests=(request("first", NEAR, students=21), request("second", NEAR)),
        sessions=(session("morning", max_people_per_school=40),),
    )
    assert why.kind is ReasonKind.PEOPLE_LIMIT
    assert "has room for 17 of its 22 people" in why.text


def test_outweighed_by_those_who_take_the_bus() -> None:
    more = request("near", NEAR, students=21)
    apart = (Apart(request_a="near", request_b="far"),)
    why = reason(requests=(more, request("far", FAR)), apart=apart)
    assert why.kind is ReasonKind.OUTWEIGHED
    assert why.text.startswith("a bus can bring it to morning, but every plan that does so")


def test_a_plan_without_proof_does_not_claim_that_others_outweigh() -> None:
    plan = planned(seconds=0, requests=(request("far", FAR, may_split=True),))
    why = plan.requests[0].reason  # cut requests need more than no time
    assert plan.proof.status == "feasible"
    assert why is not None
    assert why.text.startswith("a bus can bring it to morning; the plan found in the time given")


def test_of_two_sessions_the_reason_that_is_easier_to_lift_is_told_with_both_texts() -> None:
    full = session("morning", max_people=5)
    early = session("early", arrive_from=dt.time(6), arrive_by=dt.time(6, 30))  # bus free from 6
    why = reason(requests=(request("far", FAR),), sessions=(early, full))
    assert why.kind is ReasonKind.PEOPLE_LIMIT
    assert "session early" in why.text
    assert "session morning takes 5" in why.text


@settings(laws, max_examples=15)
@given(seasons())
def test_just_who_is_left_out_has_a_reason_and_it_names_a_session_unless_all_are_closed(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    for r in plan_season(season, roads=roads).requests:
        assert (r.reason is None) == (r.session_id is not None)
        if r.reason is None:
            continue
        accepted = acceptable(season, season.request[r.request_id])
        assert (r.reason.kind is ReasonKind.CLOSED) == (not accepted)
        named = [c.session_id for c in accepted if c.session_id in r.reason.text]
        assert bool(named) == bool(accepted)
