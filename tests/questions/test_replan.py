"""A plan that follows a published one, by hand."""

import datetime as dt

import pytest

from tests.seasons import (
    DAY,
    FAR,
    NEAR,
    bus,
    request,
    session,
    two_schools,
    two_schools_roads,
    with_tables,
)
from tourpool.events.pins import Pin
from tourpool.events.rules import CalendarEntry, Policy, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Apart, Choice, SeatRequest
from tourpool.routing.check import check_plan
from tourpool.routing.pinned import PinsError
from tourpool.routing.plan import MoveKind, Plan, ReasonKind
from tourpool.routing.published import OverError
from tourpool.routing.questions.relaxation import Kind
from tourpool.routing.questions.replan import ReplanError, replan
from tourpool.routing.questions.why import why
from tourpool.routing.season_plan import plan_season
from tourpool.routing.solver import change

ROADS = two_schools_roads()
SMALL = (session("morning", max_people=31),)
"""Room for 22 people of the near school, or 31 of the far one, not for both."""
FULL = request("far", FAR, students=28, chaperones=3)


def planned(season: Season) -> Plan:
    return plan_season(season, roads=ROADS)


def followed(season: Season, plan: Plan, *release: str) -> Plan:
    """The plan that follows; it keeps every rule."""
    made = replan(season, plan, release=release, roads=ROADS)
    assert check_plan(season, ROADS, made, plan) == []
    return made


def served(plan: Plan) -> set[str]:
    return {r.request_id for r in plan.requests if r.session_id is not None}


def told(plan: Plan) -> dict[str, MoveKind]:
    return {m.group_id: m.kind for m in plan.moves}


@pytest.fixture(scope="module")
def near_first() -> Plan:
    """The near school was alone in asking."""
    return planned(two_schools(sessions=SMALL, requests=(request("near", NEAR),)))


def test_a_seat_is_kept_though_more_students_ask_for_it(near_first: Plan) -> None:
    season = two_schools(sessions=SMALL, requests=(request("near", NEAR), FULL))
    assert served(planned(season)) == {"far"}  # 28 students count more than 20
    plan = followed(season, near_first)
    assert served(plan) == {"near"}
    assert plan.moves == ()
    reason = plan.request["far"].reason
    assert reason is not None
    assert "room for 9 of its 31 people" in reason.text


def test_who_is_left_out_for_a_seat_that_is_kept_is_told_so() -> None:
    small = (bus(seats_large=31),)  # 22 people of the near school, or 31 of the far one
    published = planned(two_schools(buses=small, requests=(request("near", NEAR),)))
    plan = followed(two_schools(buses=small, requests=(request("near", NEAR), FULL)), published)
    reason = plan.request["far"].reason
    assert reason is not None
    assert reason.text.endswith("as many weighted students elsewhere, or a seat that is kept")


def test_a_seat_is_kept_though_to_lose_it_would_count_as_no_change() -> None:
    """The bus is another one: 20 riders move, where 20 others could have ridden and none moved."""
    small = bus(seats_large=31)
    published = planned(two_schools(buses=(small,), requests=(request("near", NEAR),)))
    other = small.model_copy(update={"bus_type": "other"})
    both = (request("near", NEAR), request("near-too", NEAR))
    policy = Policy(cost_slack_pct=100)
    plan = followed(two_schools(buses=(other,), requests=both, policy=policy), published)
    assert served(plan) == {"near"}
    assert plan.proof.change == 20 * 2


def test_a_seat_that_is_released_goes_to_those_who_count_more(near_first: Plan) -> None:
    season = two_schools(sessions=SMALL, requests=(request("near", NEAR), FULL))
    plan = followed(season, near_first, "near")
    assert served(plan) == {"far"}
    assert told(plan) == {"near": MoveKind.LOST, "far": MoveKind.NEW}
    assert plan.proof.change == 0  # who has no seat any more has nothing that changes


def test_a_plan_is_one_version_higher_and_names_the_one_it_follows(near_first: Plan) -> None:
    season = two_schools(sessions=SMALL, requests=(request("near", NEAR),))
    second = followed(season, near_first)
    third = followed(season, second)
    assert [(p.version, p.follows) for p in (near_first, second, third)] == [
        (1, None),
        (2, near_first.plan_id),
        (3, second.plan_id),
    ]


def test_who_cannot_ride_any_more_loses_the_seat_and_who_asks_no_more_has_cancelled() -> None:
    published = planned(two_schools())
    closed = CalendarEntry(scope=Scope.SCHOOL, id=FAR, date_from=DAY, date_to=DAY, closed=True)
    assert told(followed(two_schools(calendar=(closed,)), published))["far"] is MoveKind.LOST
    gone = two_schools(requests=(request("near", NEAR),))
    assert told(followed(gone, published))["far"] is MoveKind.CANCELLED


def test_a_bus_keeps_its_number_when_the_one_before_it_goes_no_more() -> None:
    apart = (Apart(request_a="near", request_b="far"),)
    season = two_schools(buses=(bus(count=2, bus_numbers=("7", "8")),), apart=apart)
    published = planned(season)
    number = {g.request_id: b.bus_number for b in published.blocks for g in b.run_pairs[0].groups}
    assert number == {"near": "8", "far": "7"}  # the far one leaves first
    now = with_tables(season, requests=(request("near", NEAR),), apart=())
    assert [b.bus_number for b in planned(now).blocks] == ["7"]
    plan = followed(now, published)
    assert [b.bus_number for b in plan.blocks] == ["8"]
    assert told(plan) == {"far": MoveKind.CANCELLED}


def test_who_must_take_another_bus_counts_two_and_one_when_the_pick_up_moves_too() -> None:
    published = planned(two_schools())
    other = two_schools(buses=(bus(bus_type="other"),))
    plan = followed(other, published)
    assert told(plan) == {"near": MoveKind.BUS, "far": MoveKind.BUS}
    assert plan.proof.change == (20 + 20) * 2  # the same orders of stops: no pick-up moves


def test_money_within_the_slack_keeps_people_on_their_bus() -> None:
    """The old bus costs 150 US$ a day, a new one 50: at 0 % all change, at 30 % nobody does."""
    published = planned(two_schools(buses=(bus(usd_fixed=150),)))
    both = (bus(usd_fixed=150), bus(bus_type="cheap"))
    for slack_pct, points in ((0, (20 + 20) * 2), (30, 0)):
        policy = Policy(cost_slack_pct=slack_pct)
        plan = followed(two_schools(buses=both, policy=policy), published)
        assert plan.proof.change == points
        assert plan.proof.change_least
        assert plan.proof.cost_bound == 6_080_324  # of the cheap one, with the same stops


def test_another_session_counts_eight_whatever_else_changes() -> None:
    both = (
        session("early"),
        session("late", arrive_by="13:00", arrive_from="12:30", depart="15:00"),
    )
    season = two_schools(sessions=both, requests=(request("near", NEAR),))
    published = planned(season)
    (was,) = served_in(published).values()
    (other,) = {"early", "late"} - {was}
    pins = (Pin(request_id="near", session_id=other),)
    plan = followed(with_tables(season, pins=pins), published)
    assert served_in(plan) == {"near": other}
    assert plan.proof.change == 20 * 8


def served_in(plan: Plan) -> dict[str, str]:
    return {r.request_id: r.session_id for r in plan.requests if r.session_id is not None}


def test_only_a_seat_that_is_there_can_be_released(near_first: Plan) -> None:
    season = two_schools(sessions=SMALL, requests=(request("near", NEAR), FULL))
    with pytest.raises(ReplanError) as error:
        replan(season, near_first, release=("naer", "zzz"), roads=ROADS)
    assert str(error.value) == (
        "--release naer: is no request of the plan; did you mean near?\n"
        "--release zzz: is no request of the plan; there is nothing to release"
    )


def test_who_is_pinned_rides_though_others_count_more() -> None:
    season = two_schools(
        sessions=SMALL,
        requests=(request("near", NEAR), FULL),
        pins=(Pin(request_id="near", session_id="morning"),),
    )
    plan = planned(season)
    assert served(plan) == {"near"}
    assert check_plan(season, ROADS, plan) == []


def test_a_pin_names_its_bus_by_type_or_by_number() -> None:
    both = (bus(), bus(bus_type="dear", usd_fixed=500, count=2, bus_numbers=("D1", "D2")))
    for on, number in (("lot/full", "1"), ("lot/dear", "D1"), ("lot/dear/D2", "D2")):
        season = two_schools(
            buses=both, pins=(Pin(request_id="far", session_id="morning", bus=on),)
        )
        plan = planned(season)
        assert check_plan(season, ROADS, plan) == []
        (block,) = [b for b in plan.blocks if b.run_pairs[0].groups[-1].request_id == "far"]
        assert block.bus_number == number


def test_pins_that_cannot_be_kept_are_named() -> None:
    pins = (
        Pin(request_id="near", session_id="morning"),
        Pin(request_id="far", session_id="morning", bus="lot/full/1"),
    )
    with pytest.raises(PinsError) as error:
        planned(two_schools(pins=pins, sessions=(session("morning", max_people=30),)))
    assert str(error.value) == (
        "pins cannot be kept: there is no plan with far in morning on lot/full/1 beside near in "
        "morning. Take them out or change them"
    )
    why = "no bus brings near in morning: straight to session morning takes 35 min out"
    with pytest.raises(PinsError, match=why):
        planned(two_schools(pins=pins, policy=Policy(max_ride_min=10)))


def test_a_plan_that_is_stopped_at_once_keeps_seats_too() -> None:
    published = planned(two_schools())
    more = two_schools(requests=(request("near", NEAR), request("far", FAR), FULL_TOO))
    plan = replan(more, published, roads=ROADS, seconds=1e-9)
    assert check_plan(more, ROADS, plan) == []
    assert {"near", "far"} <= served(plan)


FULL_TOO = request("far-too", FAR, students=28, chaperones=3)


LATER = session("later", date=DAY + dt.timedelta(days=7))
BOTH = (session("morning"), LATER)
AFTER = DAY + dt.timedelta(days=1)


def only_on(request_id: str, ncessch: str, session_id: str) -> SeatRequest:
    """A request that names one session."""
    choice = Choice(request_id=request_id, session_id=session_id)
    return request(request_id, ncessch, choices=(choice,))


@pytest.fixture(scope="module")
def half_driven() -> Plan:
    """The near school rides in the first session, the far one a week later."""
    return planned(two_schools(sessions=BOTH, requests=HALVES))


HALVES = (only_on("near", NEAR, "morning"), only_on("far", FAR, "later"))


def test_nobody_gets_a_seat_on_a_day_that_is_over(half_driven: Plan) -> None:
    asks = (*HALVES, only_on("too-late", NEAR, "morning"), request("in-time", NEAR, students=10))
    season = two_schools(sessions=BOTH, requests=asks)
    assert served_in(followed(season, half_driven))["too-late"] == "morning"
    plan = replan(season, half_driven, today=AFTER, roads=ROADS)
    assert check_plan(season, ROADS, plan) == []
    assert served_in(plan) == {"near": "morning", "far": "later", "in-time": "later"}
    assert plan.over_before == AFTER
    reason = plan.request["too-late"].reason
    assert reason is not None
    assert reason.kind is ReasonKind.OVER
    assert plan.blocks[0] == half_driven.blocks[0]


def test_what_would_serve_a_request_is_not_looked_for_on_days_that_are_over(
    half_driven: Plan,
) -> None:
    """Another session of its event would do for the late request, were it not over."""
    full = (session("morning"), session("later", date=LATER.date, max_people=22))
    season = two_schools(sessions=full, requests=(*HALVES, only_on("more", NEAR, "later")))
    first = replan(season, half_driven, roads=ROADS)
    then = replan(season, half_driven, today=AFTER, roads=ROADS)
    kinds = [
        {a.kind for a in why(season, plan, ["more"], roads=ROADS, workers=1) if a.way}
        for plan in (first, then)
    ]
    assert kinds[0] - kinds[1] == {Kind.SESSION}
    assert Kind.PEOPLE in kinds[1]


def test_who_rode_on_a_day_that_is_over_has_nothing_to_release(half_driven: Plan) -> None:
    season = two_schools(sessions=BOTH, requests=HALVES)
    with pytest.raises(ReplanError) as error:
        replan(season, half_driven, release=("near",), today=AFTER, roads=ROADS)
    assert str(error.value) == (
        "--release near: rode to morning, which is over; there is nothing to release"
    )


def test_what_was_driven_stays_in_the_tables_or_it_is_said_what_is_missing(
    half_driven: Plan,
) -> None:
    other = two_schools(sessions=BOTH, requests=HALVES, buses=(bus(bus_type="other"),))
    with pytest.raises(OverError, match="before 2027-03-10 rode near to morning, and the tables"):
        replan(other, half_driven, today=AFTER, roads=ROADS)


def test_who_rode_and_is_in_the_tables_no_more_is_not_told_to_have_lost_anything(
    half_driven: Plan,
) -> None:
    season = two_schools(sessions=BOTH, requests=HALVES[1:])
    assert told(followed(season, half_driven)) == {"near": MoveKind.CANCELLED}
    assert replan(season, half_driven, today=AFTER, roads=ROADS).moves == ()


def test_a_plan_of_another_season_is_not_followed(half_driven: Plan) -> None:
    other = two_schools(sessions=(session("x"),), requests=(request("y", NEAR),))
    with pytest.raises(ReplanError, match="none of its sessions and requests is in two schools"):
        replan(other, half_driven, roads=ROADS)


def test_who_has_to_move_anyway_does_not_take_the_seat_of_who_need_not() -> None:
    """One session is cancelled; in the other there is room for 31 people, of 22 and of 31."""
    both = (session("early"), session("late", date=LATER.date, max_people=31))
    far = request("far", FAR, students=28, chaperones=3)
    near = only_on("near", NEAR, "late")
    published = planned(two_schools(sessions=both, requests=(near, far)))
    assert served_in(published) == {"near": "late", "far": "early"}
    now = two_schools(sessions=both[1:], requests=(near, far))
    assert served(planned(now)) == {"far"}  # 28 students count more than 20
    plan = followed(now, published)
    assert served(plan) == {"near"}
    assert told(plan) == {"far": MoveKind.LOST}


def test_two_sessions_of_a_bus_that_are_no_more_on_one_day_become_two_errands() -> None:
    twice = (
        session("a"),
        session("b", arrive_by="15:00", arrive_from="14:30", depart="16:00"),
    )
    late = bus(free_to=dt.time(19))
    schools = tuple(
        s.model_copy(update={"latest_return": dt.time(18)}) for s in two_schools().schools
    )
    asks = (only_on("near", NEAR, "a"), only_on("far", FAR, "b"))
    season = two_schools(sessions=twice, requests=asks, buses=(late,), schools=schools)
    published = planned(season)
    assert [len(b.run_pairs) for b in published.blocks] == [2]
    moved = (twice[0], twice[1].model_copy(update={"date": LATER.date}))
    plan = followed(with_tables(season, sessions=moved), published)
    assert [len(b.run_pairs) for b in plan.blocks] == [1, 1]
    assert plan.proof.status == "optimal"
    assert plan.proof.change == 20 * 2  # the far one rides on another day, with times as before


def test_a_plan_that_two_days_become_one_has_no_buses_for_is_not_begun_with() -> None:
    """One cheap bus on two days; on one day the second group takes a dearer one."""
    both = (session("a"), session("b", date=LATER.date))
    asks = (only_on("near", NEAR, "a"), only_on("far", FAR, "b"))
    buses = (bus(), bus(bus_type="dear", usd_fixed=80))
    apart = (Apart(request_a="near", request_b="far"),)
    season = two_schools(sessions=both, requests=asks, buses=buses, apart=apart)
    policy = Policy(cost_slack_pct=0, run_pairs_per_day=1)
    season = with_tables(season, policy=policy)
    published = planned(season)
    now = with_tables(season, sessions=(both[0], both[1].model_copy(update={"date": DAY})))
    for release in ((), ("far",), ("near", "far")):
        plan = followed(now, published, *release)
        assert served(plan) == {"near", "far"}
        assert plan.proof.status == "optimal"


def test_pins_do_not_make_a_plan_that_is_stopped_forget_the_published_one() -> None:
    apart = (Apart(request_a="near", request_b="far"),)
    season = two_schools(buses=(bus(count=2),), apart=apart)
    published = planned(season)
    other = (bus(bus_type="other"), bus(count=2))
    pins = (Pin(request_id="far", session_id="morning", bus="lot/other"),)
    now = with_tables(season, buses=other, pins=pins)
    plan = replan(now, published, roads=ROADS, seconds=1e-9)
    assert check_plan(now, ROADS, plan) == []
    assert served(plan) == {"near", "far"}


def swapped() -> tuple[Season, Plan]:
    """Two buses of one type are replaced by two of another: somebody has to move."""
    apart = (Apart(request_a="near", request_b="far"),)
    season = two_schools(buses=(bus(count=2),), apart=apart)
    return with_tables(season, buses=(bus(bus_type="other", count=2),)), planned(season)


def test_sets_that_are_split_a_few_at_a_time_give_the_same_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, published = swapped()
    whole = followed(now, published)
    monkeypatch.setattr(change, "CHUNK", 1)
    assert followed(now, published) == whole
    assert whole.proof.change_bound == whole.proof.change == (20 + 20) * 2


def test_where_split_sets_would_not_fit_in_memory_nothing_is_claimed_of_the_least_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, published = swapped()
    monkeypatch.setattr(change, "MOST_CELLS", 0)
    plan = followed(now, published)
    assert plan.proof.change == (20 + 20) * 2
    assert plan.proof.change_bound == 0


def test_another_order_of_stops_may_change_less_so_the_bound_counts_no_times() -> None:
    """Who gets on first is fetched 11 min earlier than was promised; the bus is the same."""
    published = planned(two_schools(requests=(request("far", FAR),)))
    policy = Policy(cost_slack_pct=0, change_time_min=0)
    both = two_schools(requests=(request("near", NEAR), request("far", FAR)), policy=policy)
    plan = followed(both, published)
    assert told(plan)["far"] is MoveKind.TIMES
    assert (plan.proof.change, plan.proof.change_bound) == (20, 0)
