"""What would serve a request beside those who ride: each kind on a season small enough to reckon.

The season of two schools: the near one rides 30 min to the college and 31 back, the far one 50 and
51; the bus lot lies 30 min from the far one, 31 on the way home. A stop of 22 people takes 180 s
and 22 x 4 s.
"""

import datetime as dt
import pickle
import time
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from tests.seasons import (
    DAY,
    FAR,
    GUEST,
    LENDER,
    NEAR,
    TZ,
    bus,
    district,
    garage,
    request,
    school,
    session,
    two_schools,
    two_schools_roads,
    venue,
)
from tourpool.events.budgets import Budget
from tourpool.events.calendar import bus_hours, school_hours
from tourpool.events.clock import local
from tourpool.events.fleet import Carries
from tourpool.events.pins import Pin
from tourpool.events.problems import InputError
from tourpool.events.rules import AgreementPolicy, CalendarEntry, Policy, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Apart, Choice
from tourpool.routing.check import check_plan
from tourpool.routing.plan import MoveKind, Plan
from tourpool.routing.questions.bring import Brought
from tourpool.routing.questions.deadline import Deadline
from tourpool.routing.questions.least import Found, Missing, Search
from tourpool.routing.questions.reach_table import How, easiest, reach_table
from tourpool.routing.questions.relax_buses import LongerHours, OneMoreBus, like
from tourpool.routing.questions.relaxation import Kind, Relaxation
from tourpool.routing.questions.tried import two
from tourpool.routing.questions.why import Answer, Way, why
from tourpool.routing.season_plan import plan_season
from tourpool.routing.solver.stop import Stop

STOP_S = 180 + 22 * 4
FAR_ALONE = Decimal("50")  # a day's use
FAR_ALONE += Decimal("2.5") * 162 * 1609 / Decimal("1609.344")  # 30 + 50 + 51 + 31 min
FAR_ALONE += Decimal(36) * (162 * 60 + 2 * STOP_S) / 3600
FAR_ALONE += Decimal(18) * 130 / 60  # from 9:50, 10 min early, to 12:00
FAR_ALONE_COST = int((FAR_ALONE * 10_000).to_integral_value(ROUND_HALF_UP))


@pytest.fixture(autouse=True)
def asked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask in this process: one of its own takes longer to start than these seasons to plan."""

    def answers(function: Callable[[Any], Any], questions: Iterable[Any], **_: object) -> list[Any]:
        return [function(q) for q in questions]

    monkeypatch.setattr("tourpool.routing.questions.why.answers", answers)


def asked(season: Season, request_id: str = "far") -> dict[Kind, Answer]:
    """Ask about one request, which must be left out."""
    roads = two_schools_roads()
    plan = plan_season(season, roads=roads)
    given = why(season, plan, [request_id], roads=roads, workers=1)
    for answer in given:
        if answer.way is not None:
            assert check_plan(answer.way.season, roads, answer.way.plan) == []
            served = {r.request_id for r in answer.way.plan.requests if r.session_id}
            assert served == {r.request_id for r in answer.way.season.requests} >= {request_id}
    return {a.kind: a for a in given}


def of(season: Season) -> tuple[Season, Plan, str]:
    """A season, its plan and who is asked about."""
    return season, plan_season(season, roads=two_schools_roads()), "far"


def way(answer: Answer) -> Way:
    """The way that was found, proven."""
    assert answer.way is not None
    assert answer.known
    assert answer.way.price == answer.way.price_bound
    return answer.way


def ways(given: dict[Kind, Answer]) -> set[Kind]:
    """Kinds of which there is a way."""
    return {kind for kind, answer in given.items() if answer.way is not None}


def test_a_second_bus_brings_who_has_no_seat_for_what_it_costs_alone() -> None:
    given = asked(two_schools(buses=(bus(seats_large=30),)))
    found = way(given[Kind.BUS])
    assert found.price == FAR_ALONE_COST
    assert found.said == "one more bus of type full at Garage lot on Tue 2027-03-09"
    assert ways(given) == {Kind.BUS}


def test_a_longer_ride_is_the_least_that_is_enough() -> None:
    far = request("far", FAR, max_ride_min=50)
    given = asked(two_schools(requests=(request("near", NEAR), far)))
    found = way(given[Kind.RIDE_LIMIT])
    assert found.amount == 6  # 51 min home, 268 s for the stop: 55.5 min
    assert found.said == "56 min on board in place of 50 (6 more)"


def test_a_plan_that_serves_one_more_with_a_longer_ride_is_not_there_with_a_minute_less() -> None:
    far = request("far", FAR, max_ride_min=55)
    season = two_schools(requests=(request("near", NEAR), far))
    assert plan_season(season, roads=two_schools_roads()).request["far"].session_id is None


def test_an_earlier_departure_is_told_as_a_clock() -> None:
    far = two_schools().school[FAR].model_copy(update={"earliest_pickup": dt.time(9)})
    given = asked(two_schools(schools=(two_schools().school[NEAR], far)))
    found = way(given[Kind.PICKUP])
    assert found.amount == 5  # 9:50 less 50 min and 268 s is 8:55:32
    assert found.said == "pick-up from 08:55 in place of 09:00 (5 min earlier)"


def test_a_later_return_is_told_as_a_clock() -> None:
    far = two_schools().school[FAR].model_copy(update={"latest_return": dt.time(12, 50)})
    given = asked(two_schools(schools=(two_schools().school[NEAR], far)))
    found = way(given[Kind.RETURN])
    assert found.said == "back by 12:56 in place of 12:50 (6 min later)"  # 12:00 and 55.5 min


def test_people_limits_rise_by_what_the_plan_brings() -> None:
    offered = session("morning", max_people=40, max_people_per_school=21)
    near = request("near", NEAR, students=18)  # 20 people
    given = asked(two_schools(sessions=(offered,), requests=(near, request("far", FAR))))
    found = way(given[Kind.PEOPLE])
    assert found.amount == 2
    told = "session morning takes 42 people in place of 40, 22 of one school in place of 21"
    assert found.said == told


def test_the_limit_of_a_venue_rises_with_that_of_its_session() -> None:
    offered = session("morning", max_people=43)
    given = asked(two_schools(sessions=(offered,), venues=(venue("college", 3, max_people=43),)))
    found = way(given[Kind.PEOPLE])
    assert found.amount == 1
    told = "session morning takes 44 people in place of 43, and so does its venue college"
    assert found.said == told
    assert (found.moved, found.retimed) == (0, 0)  # the near school goes as it did


def test_other_sessions_at_the_venue_take_no_more_people() -> None:
    """Four groups of 22 fill two sessions of 44; one student more is one more at that session."""
    sessions = (session("morning"), session("later", date=DAY + dt.timedelta(days=1)))
    there = tuple(request(f"near{n}", NEAR) for n in range(4))
    only = (Choice(request_id="far", session_id="later"),)
    far = request("far", FAR, students=1, chaperones=0, choices=only)
    season = two_schools(
        sessions=sessions,
        venues=(venue("college", 3, max_people=44),),
        requests=(*there, far),
        buses=(bus(count=3),),
    )
    found = way(asked(season)[Kind.PEOPLE])
    assert found.amount == 1
    assert {s.session_id: s.students for s in found.plan.sessions} == {"morning": 40, "later": 41}
    assert found.said.startswith("session later takes 45 people in place of 44")


def test_a_school_that_lets_it_go_in_spite_of_the_calendar() -> None:
    closed = CalendarEntry(scope=Scope.DISTRICT, id=GUEST, date_from=DAY, date_to=DAY, closed=True)
    given = asked(two_schools(calendar=(closed,)))
    found = way(given[Kind.CALENDAR])
    # 9:50 less 22 + 30 min and two stops is 8:49:04; 12:00 and 31 + 20 min and two is 12:59:56
    assert found.said == "the school lets it go on Tue 2027-03-09, from 08:49 to 13:00"
    assert ways(given) == {Kind.CALENDAR}


def test_the_hours_told_are_enough_for_the_price_when_typed_and_a_minute_less_is_not() -> None:
    def typed(free_to: dt.time | None) -> int:
        entry = CalendarEntry(
            scope=Scope.DISTRICT,
            id=GUEST,
            date_from=DAY,
            date_to=DAY,
            closed=free_to is None,
            free_from=free_to and dt.time(8, 49),
            free_to=free_to,
        )
        return plan_season(two_schools(calendar=(entry,)), roads=two_schools_roads()).cost

    closed = CalendarEntry(scope=Scope.DISTRICT, id=GUEST, date_from=DAY, date_to=DAY, closed=True)
    price = way(asked(two_schools(calendar=(closed,)))[Kind.CALENDAR]).price
    assert typed(dt.time(13)) - typed(None) == price
    assert (
        typed(dt.time(12, 59)) - typed(None) > price
    )  # home by way of the near school is too late


def test_the_plan_of_a_way_costs_what_is_told_though_the_season_spends_more_on_liked_sessions() -> (
    None
):
    sessions = (session("morning"), session("next", date=DAY + dt.timedelta(days=1)))
    near, far = (
        request(i, s, choices=tuple(Choice(request_id=i, session_id=n, rank=r) for n, r in of))
        for i, s, of in (
            ("near", NEAR, (("morning", 1), ("next", 2))),
            ("far", FAR, (("next", 1),)),
        )
    )
    closed = CalendarEntry(
        scope=Scope.DISTRICT,
        id=GUEST,
        date_from=sessions[1].date,
        date_to=sessions[1].date,
        closed=True,
    )
    season = two_schools(
        sessions=sessions,
        requests=(near, far),
        calendar=(closed,),
        policy=Policy(cost_slack_pct=100),
    )
    now = plan_season(season, roads=two_schools_roads())
    assert now.request["near"].session_id == "morning"
    found = way(asked(season)[Kind.CALENDAR])
    assert found.plan.request["near"].session_id == "next"
    assert found.price == found.plan.cost - now.cost


def test_only_the_school_that_is_asked_opens_and_only_on_that_day() -> None:
    week = dt.timedelta(days=7)
    closed = CalendarEntry(
        scope=Scope.DISTRICT, id=LENDER, date_from=DAY - week, date_to=DAY + week, closed=True
    )
    yard = garage("yard", 0, None)
    given = asked(
        two_schools(
            calendar=(closed,), garages=(*two_schools().garages, yard), buses=(bus(), bus("yard"))
        ),
        "near",
    )
    entries = way(given[Kind.CALENDAR]).season.calendar
    day = dt.timedelta(days=1)
    assert [(e.scope, e.id, e.date_from, e.date_to) for e in entries] == [
        (Scope.DISTRICT, LENDER, DAY - week, DAY - day),
        (Scope.DISTRICT, LENDER, DAY + day, DAY + week),
        (Scope.GARAGE, "lot", DAY, DAY),
    ]


def test_another_session_of_the_event_is_told_with_its_day() -> None:
    next_day = DAY + dt.timedelta(days=1)
    sessions = (session("morning", max_people=30), session("next", date=next_day))
    far, near = (
        request(i, s, choices=(Choice(request_id=i, session_id="morning"),))
        for i, s in (("far", FAR), ("near", NEAR))
    )
    given = asked(two_schools(sessions=sessions, requests=(near, far)))
    found = way(given[Kind.SESSION])
    assert found.said == "it accepts session next on Wed 2027-03-10"
    assert found.price == FAR_ALONE_COST


def test_longer_hours_of_one_bus_leave_the_other_ones_as_they_are() -> None:
    short = bus(count=2, free_from=dt.time(8, 35), free_to=dt.time(17))
    far_only = two_schools(requests=(request("far", FAR),), buses=(short,))
    given = asked(far_only)
    found = way(given[Kind.HOURS])  # 9:50 less 80 min and 268 s
    assert found.said == (
        "the bus of type full at Garage lot out 08:25 to 13:27 on Tue 2027-03-09, beyond its hours "
        "of 08:35-17:00"
    )
    assert [(e.scope, e.id, e.date_from, e.date_to) for e in found.season.calendar] == [
        (Scope.BUS, "lot/full/1", DAY, DAY)
    ]
    assert ways(given) == {Kind.HOURS}


EARLY = {"date_from": DAY, "date_to": DAY, "free_to": dt.time(13)}


@pytest.mark.parametrize(
    "whose", [(Scope.GARAGE, "lot"), (Scope.DISTRICT, LENDER), (Scope.BUS, "lot/full")]
)
def test_an_early_release_does_not_bind_a_bus_that_somebody_else_drives(
    whose: tuple[Scope, str],
) -> None:
    """Reach says that a substitute driver helps, and why finds no less."""
    early = CalendarEntry(scope=whose[0], id=whose[1], **EARLY)
    season = two_schools(requests=(request("far", FAR),), calendar=(early,))
    assert easiest(reach_table(season, two_schools_roads()))["far"].how is How.DRIVER
    found = way(asked(season)[Kind.HOURS])
    assert found.said == (
        "the bus of type full at Garage lot out 08:25 to 13:27 on Tue 2027-03-09, beyond its hours "
        "of 06:00-13:00"
    )


def test_a_release_before_the_day_begins_is_told_as_no_hours() -> None:
    early = CalendarEntry(scope=Scope.GARAGE, id="lot", **EARLY | {"free_to": dt.time(6)})
    season = two_schools(requests=(request("far", FAR),), calendar=(early,))
    assert easiest(reach_table(season, two_schools_roads()))["far"].how is How.DRIVER
    assert way(asked(season)[Kind.HOURS]).said.endswith("on which it has no free hours")


@pytest.mark.parametrize(
    "whose", [(Scope.GARAGE, "lot"), (Scope.DISTRICT, LENDER), (Scope.BUS, "lot/full")]
)
def test_a_bus_that_is_closed_is_no_help_whoever_drives(whose: tuple[Scope, str]) -> None:
    closed = CalendarEntry(scope=whose[0], id=whose[1], date_from=DAY, date_to=DAY, closed=True)
    season = two_schools(requests=(request("far", FAR),), calendar=(closed,))
    assert easiest(reach_table(season, two_schools_roads()))["far"].how is How.HIRED
    assert Kind.HOURS not in asked(season)


def test_buses_beside_the_one_that_is_freed_keep_the_hours_of_that_day() -> None:
    early = CalendarEntry(scope=Scope.DISTRICT, id=LENDER, **EARLY)
    own = CalendarEntry(scope=Scope.BUS, id="lot/full/3", **EARLY | {"free_to": dt.time(12)})
    buses = (bus(count=3), bus(bus_type="small", free_to=dt.time(12, 30)), bus("yard"))
    yard = garage("yard", 0, LENDER)
    season = two_schools(garages=(*two_schools().garages, yard), buses=buses, calendar=(early, own))
    freed = LongerHours("lot/full", "1", DAY).relaxed(season, 1)
    assert school_hours(freed, freed.school[NEAR], DAY) == school_hours(
        season, season.school[NEAR], DAY
    )

    def until(of: Season) -> list[str]:
        rows = [buses[0].only((n,)) for n in "123"]
        ends = (bus_hours(of, b, DAY) for b in (*rows, *buses[1:]))
        return [f"{local(DAY, end[1], TZ):%H:%M}" for end in ends if end]

    assert until(season) == ["13:00", "13:00", "12:00", "12:30", "13:00"]
    assert until(freed) == ["23:59", "13:00", "12:00", "12:30", "13:00"]


def test_one_more_bus_is_there_on_that_day_only() -> None:
    other = session("later", date=DAY + dt.timedelta(days=3), max_people=1)
    season = two_schools(buses=(bus(seats_large=30),), sessions=(session("morning"), other))
    beside = way(asked(season)[Kind.BUS]).season
    closed = [(e.id, e.date_from, e.date_to) for e in beside.calendar]
    assert closed == [("lot/full, one more", DAY + dt.timedelta(days=1), other.date)]


def test_an_agreement_is_told_by_the_names_of_both_districts() -> None:
    strict = Policy(cost_slack_pct=0, agreements=AgreementPolicy.REQUIRE)
    given = asked(two_schools(agreements=(), policy=strict))
    found = way(given[Kind.AGREEMENT])
    assert found.said == f"District {LENDER} agrees to carry students of District {GUEST}"
    assert ways(given) == {Kind.AGREEMENT}


def test_a_budget_rises_to_the_next_whole_dollar() -> None:
    far_only = two_schools(requests=(request("far", FAR),))
    poor = Budget(payer=GUEST, usd=500)
    found = way(asked(far_only.model_copy(update={"budgets": (poor,)}))[Kind.BUDGET])
    assert found.amount == -(-(FAR_ALONE_COST - 5_000_000) // 10_000)
    assert found.price == FAR_ALONE_COST
    assert found.said == f"US$ {found.amount} more for District {GUEST}"


def test_an_agreement_between_two_others_leaves_room_for_who_has_no_seat() -> None:
    """Guests of 23 ride the charter, which alone has the place that the third district needs."""
    third = "280000300001"
    of_two = two_schools()
    season = two_schools(
        districts=(*of_two.districts, district("2800003")),
        schools=(*of_two.schools, school(third, 1)),
        garages=(*of_two.garages, garage("charter", 0, None)),
        buses=(
            bus(wheelchair_places=0, carries=Carries.AGREEMENT),
            bus("charter", seats_large=26, carries=Carries.ALL),
        ),
        requests=(
            request("guests", FAR, students=21),
            request("third", third, students=18, wheelchairs=1),
        ),
        agreements=(),
        policy=Policy(cost_slack_pct=0, agreements=AgreementPolicy.REQUIRE),
    )
    found = way(asked(season, "third")[Kind.AGREEMENT])
    assert found.said == f"District {LENDER} agrees to carry students of District {GUEST}"


def test_of_several_payers_each_is_told_its_own_shortfall() -> None:
    far_only = two_schools(requests=(request("far", FAR),))
    budgets = (Budget(payer=GUEST, usd=100), Budget(payer="delta", usd=590))
    found = way(asked(far_only.model_copy(update={"budgets": budgets}))[Kind.BUDGET])
    assert FAR_ALONE_COST == 5_964_734  # all of it is the far school's
    assert found.amount == 497
    told = f"US$ 497 more for District {GUEST} and US$ 7 more for Delta"
    assert found.said == told


def test_a_bus_that_goes_for_fewer_riders() -> None:
    far_only = two_schools(requests=(request("far", FAR),), buses=(bus(min_riders=30),))
    found = way(asked(far_only)[Kind.MIN_RIDERS])
    assert found.said == "the bus of type full at Garage lot goes for fewer than 30 riders"


def test_two_at_once_are_looked_for_only_where_no_single_one_is_enough() -> None:
    far = request("far", FAR, max_ride_min=50)
    short = bus(free_from=dt.time(8, 35))
    given = asked(two_schools(requests=(far,), buses=(short,)))
    assert ways(given) == {Kind.TWO}
    found = way(given[Kind.TWO])
    assert found.said.startswith(
        "56 min on board in place of 50 (6 more); and the bus of type full"
    )


def test_two_that_have_no_more_or_less_may_do_together() -> None:
    """The school is closed, and on any other day too the one bus is full."""
    closed = CalendarEntry(scope=Scope.SCHOOL, id=FAR, date_from=DAY, date_to=DAY, closed=True)
    given = asked(two_schools(buses=(bus(seats_large=22),), calendar=(closed,)))
    assert ways(given) == {Kind.TWO}
    found = way(given[Kind.TWO])
    assert found.price == FAR_ALONE_COST
    assert found.least
    assert found.said == (
        "the school lets it go on Tue 2027-03-09, from 08:55 to 12:56; and one more bus of type "
        "full at Garage lot on Tue 2027-03-09"
    )


def test_another_session_comes_with_what_can_be_relaxed_there() -> None:
    """The morning is full of people; the bus of the next day stands."""
    next_day = DAY + dt.timedelta(days=1)
    closed = CalendarEntry(
        scope=Scope.GARAGE, id="lot", date_from=next_day, date_to=next_day, free_to=dt.time(11)
    )
    far, near = (
        request(i, s, choices=(Choice(request_id=i, session_id="morning"),))
        for i, s in (("far", FAR), ("near", NEAR))
    )
    season = two_schools(
        sessions=(session("morning"), session("next", date=next_day)),
        requests=(near, far),
        buses=(bus(seats_large=22),),
        calendar=(closed,),
    )
    given = asked(season)
    assert Kind.TWO not in given  # one more bus is enough
    crowded = season.model_copy(
        update={"sessions": (session("morning", max_people=22), season.sessions[1])}
    )
    there = asked(crowded)[Kind.TWO]
    told = [w.said for w in (way(there), *there.others)]
    assert (
        "the bus of type full at Garage lot out 08:25 to 13:27 on Wed 2027-03-10, beyond its hours "
        "of 06:00-11:00; and it accepts session next on Wed 2027-03-10"
    ) in told


def late_and_far() -> Season:
    """The far school alone, for which the ride is too long and the return too late."""
    far = two_schools().school[FAR].model_copy(update={"latest_return": dt.time(12, 50)})
    return two_schools(
        schools=(two_schools().school[NEAR], far), requests=(request("far", FAR, max_ride_min=50),)
    )


def test_of_two_that_trade_against_each_other_no_least_is_claimed() -> None:
    found = asked(late_and_far())[Kind.TWO].way
    assert found is not None
    assert not found.least
    assert found.said == (
        "back by 12:56 in place of 12:50 (6 min later); and 56 min on board in place of 50 (6 more)"
    )


def test_a_request_that_rides_is_not_asked_about() -> None:
    with pytest.raises(InputError, match="far is served: it rides to session morning"):
        asked(two_schools())


def test_a_request_that_is_not_there_is_told_by_name() -> None:
    with pytest.raises(InputError, match="'nobody' is no request"):
        asked(two_schools(), "nobody")


def test_a_plan_of_other_tables_is_refused() -> None:
    roads = two_schools_roads()
    plan = plan_season(two_schools(), roads=roads)
    with pytest.raises(InputError, match="made for other tables"):
        why(two_schools(buses=(bus(count=2),)), plan, roads=roads)


def test_a_bus_that_is_added_may_use_the_roads_of_the_row_it_is_like() -> None:
    season = two_schools(buses=(bus(count=2, bus_numbers=("7", "8")), bus(bus_type="small")))
    for row in season.buses:
        beside = OneMoreBus(row.bus_type_id, DAY).relaxed(season, 1)
        (added,) = (b for b in beside.buses if b not in season.buses)
        assert like(season, added) == row


def test_who_fits_beside_a_plan_that_is_not_proven_is_told_so_and_nothing_else() -> None:
    roads, season = two_schools_roads(), two_schools()
    full = plan_season(season, roads=roads)
    near_only = plan_season(two_schools(requests=(request("near", NEAR),)), roads=roads)
    left_out = full.request["far"].model_copy(update={"session_id": None, "rank": None})
    open_bound = {"weighted_bound": full.proof.weighted_served, "status": "feasible"}
    hasty = near_only.model_copy(
        update={
            "season_digest": season.digest,
            "requests": (near_only.requests[0], left_out),
            "proof": near_only.proof.model_copy(update=open_bound),
        }
    )
    (given,) = why(season, hasty, roads=roads, workers=1)
    found = way(given)
    assert given.kind is Kind.NOTHING
    assert found.said == "the plan was not proven; another one serves it too"
    assert found.price == full.cost - near_only.cost


def test_when_the_time_is_over_nothing_more_is_asked_and_all_is_open() -> None:
    roads, season = two_schools_roads(), two_schools(buses=(bus(seats_large=30),))
    plan = plan_season(season, roads=roads)
    begun = time.monotonic()
    given = why(season, plan, ["far"], roads=roads, seconds=0)
    assert time.monotonic() - begun < 1  # each kind by itself takes longer
    assert {a.kind for a in given} >= {Kind.BUS, Kind.TWO}
    assert not any(a.way or a.known for a in given)


def test_what_was_found_but_not_planned_in_time_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    find = Search.find

    def last_found(search: Search, relaxation: Relaxation) -> Found | Missing:
        result = find(search, relaxation)
        if isinstance(result, Found):
            search.stop.ask()
        return result

    monkeypatch.setattr(Search, "find", last_found)
    given = asked(two_schools(buses=(bus(seats_large=30),)))
    assert (given[Kind.BUS].way, given[Kind.BUS].known) == (None, False)
    stops = two(Search(*of(late_and_far()), two_schools_roads(), Stop()), ())
    assert stops == ([], False)  # the first one is known with all there is of the second only


def test_a_price_is_not_told_where_the_cost_of_now_was_not_found_in_time() -> None:
    roads, season = two_schools_roads(), two_schools(buses=(bus(seats_large=30),))
    search = Search(season, plan_season(season, roads=roads), "far", roads, Stop())
    search.now = {search.scope(): Brought(all_ride=None)}
    assert search.find(OneMoreBus("lot/full", DAY)) == Missing(known=False)


def test_a_deadline_takes_the_seconds_that_are_left_along() -> None:
    """Whatever the clock over there shows."""
    late = Deadline(30)
    there = pickle.loads(pickle.dumps(late))
    assert late.left_s - 1 < there.left_s <= 30
    assert pickle.loads(pickle.dumps(Deadline(-1))).now


def test_that_nothing_can_be_left_as_it_is_is_no_answer() -> None:
    roads, season = two_schools_roads(), two_schools(buses=(bus(seats_large=30),))
    plan = plan_season(season, roads=roads)
    loose = {"weighted_bound": plan.proof.weighted_served + 1, "status": "feasible"}
    hasty = plan.model_copy(update={"proof": plan.proof.model_copy(update=loose)})
    assert Kind.NOTHING not in {a.kind for a in why(season, hasty, roads=roads)}


@pytest.mark.parametrize("published", ["morning", "next"])
def test_of_plans_that_cost_the_same_the_one_that_moves_nobody_is_told(published: str) -> None:
    """The near school rides alone on either day, and the far one is no matter to it."""
    season = two_schools(
        sessions=(session("morning"), session("next", date=DAY + dt.timedelta(days=1))),
        requests=(request("near", NEAR), request("far", FAR, max_ride_min=50)),
        apart=(Apart(request_a="near", request_b="far"),),
        buses=(bus(count=2),),
    )
    pin = Pin(request_id="near", session_id=published)
    roads = two_schools_roads()
    plan = plan_season(season.model_copy(update={"pins": (pin,)}), roads=roads)
    plan = plan.model_copy(update={"season_digest": season.digest})
    given = {a.kind: a for a in why(season, plan, ["far"], roads=roads)}
    found = way(given[Kind.RIDE_LIMIT])
    assert found.plan.request["near"].session_id == published
    assert (found.moved, found.retimed) == (0, 0)


def test_whom_a_way_moves_is_counted() -> None:
    """The far school's 22 ride by way of the near one, which then boards its 22 after them."""
    far = request("far", FAR, max_ride_min=50)
    season = two_schools(requests=(request("near", NEAR), far), buses=(bus(seats_large=44),))
    found = way(asked(season)[Kind.RIDE_LIMIT])
    before = plan_season(season, roads=two_schools_roads())
    told = {m.request_id: m.kind for m in found.plan.moves}
    assert before.plan_id == found.plan.follows
    assert (found.moved, found.retimed) == (0, 20)
    assert told == {"near": MoveKind.TIMES, "far": MoveKind.NEW}
