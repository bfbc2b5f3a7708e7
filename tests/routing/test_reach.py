"""What a coach is told: yes with which buses, or no and why."""

import datetime as dt

from hypothesis import given, settings

from tests.random_seasons import seasons
from tests.routing.arrays import laws
from tests.seasons import (
    DAY,
    FAR,
    LENDER,
    NEAR,
    ToyRoads,
    bus,
    garage,
    request,
    session,
    two_schools,
    two_schools_roads,
    venue,
)
from tourpool.events.budgets import Budget
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest
from tourpool.routing.plan import ReasonKind
from tourpool.routing.reach import Reach, reach
from tourpool.routing.season_plan import plan_season

NEW = request("new", NEAR)


def tried(asked: SeatRequest = NEW, **changes: object) -> list[Reach]:
    return reach(two_schools(**changes), asked, two_schools_roads())


def test_a_session_within_reach_names_its_buses_and_rides() -> None:
    (found,) = tried()
    assert (found.session_id, found.date, found.buses, found.parts) == (
        "morning",
        DAY,
        ("lot/full",),
        1,
    )
    assert found.reason is None
    stop_min = (180 + 22 * 4) / 60
    assert (found.ride_out_min, found.ride_back_min) == (30 + stop_min, 31 + stop_min)


def test_only_buses_that_can_bring_it_are_named() -> None:
    (found,) = tried(
        garages=(garage("lot", 0, LENDER), garage("yard", 0, None)),
        buses=(bus(seats_large=21), bus("yard"), bus("yard", "late", free_from=dt.time(9, 30))),
    )
    assert found.buses == ("yard/full",)


def test_a_bus_that_wants_more_riders_is_named_with_how_many() -> None:
    (found,) = tried(buses=(bus(min_riders=30), bus(bus_type="van", min_riders=25)))  # it has 22
    assert found.buses == ("lot/full", "lot/van")
    assert found.provided == ("at least 25 riders share a bus",)
    (enough,) = tried(buses=(bus(min_riders=22),))
    assert enough.provided == ()


def test_a_budget_below_what_going_alone_costs_is_told() -> None:
    small, large = (Budget(payer=p, usd=usd) for p, usd in ((LENDER, 100), ("delta", 10_000)))
    (found,) = tried(budgets=(small, large))
    (told,) = found.provided
    assert told.startswith("sharing brings its $")
    assert told.endswith(" alone within the budget of District 2800001 for all events, $100.00")


def test_a_session_out_of_reach_says_why() -> None:
    (found,) = tried(request("new", NEAR, max_ride_min=30))
    assert found.buses == ()
    assert found.reason is not None
    assert found.reason.kind is ReasonKind.RIDE_LIMIT


def test_a_request_that_no_bus_takes_whole_is_reached_in_parts() -> None:
    many = request("new", NEAR, students=80, chaperones=8)  # 88 people, 52 seats
    (found,) = tried(many, buses=(bus(count=2),))
    assert found.parts == 2
    assert found.reason is None


def test_a_request_with_more_parts_than_buses_is_out_of_reach() -> None:
    (found,) = tried(request("new", NEAR, students=80, chaperones=8))
    assert found.reason is not None
    assert "its parts need more buses than can come at once" in found.reason.text


def test_a_day_on_which_its_school_is_closed_is_told() -> None:
    closed = CalendarEntry(scope=Scope.SCHOOL, id=NEAR, date_from=DAY, date_to=DAY, closed=True)
    next_day = session("next", date=DAY + dt.timedelta(days=1))
    found = tried(calendar=(closed,), sessions=(session("morning"), next_day))
    assert [r.reason and r.reason.kind for r in found] == [ReasonKind.CLOSED, None]


def test_only_the_sessions_that_it_names_are_tried() -> None:
    named = request("new", NEAR, choices=(Choice(request_id="new", session_id="noon"),))
    found = tried(named, sessions=(session("morning"), session("noon")))
    assert [r.session_id for r in found] == ["noon"]


def test_a_session_that_takes_fewer_people_is_out_of_reach() -> None:
    (found,) = tried(sessions=(session("morning", max_people=21),))
    assert found.reason is not None
    assert found.reason.kind is ReasonKind.PEOPLE_LIMIT


def test_a_session_that_takes_fewer_people_of_one_school_is_out_of_reach() -> None:
    (found,) = tried(sessions=(session("morning", max_people_per_school=21),))
    assert found.reason is not None
    assert found.reason.kind is ReasonKind.PEOPLE_LIMIT


def test_a_session_that_takes_each_part_but_not_all_of_them_is_out_of_reach() -> None:
    many = request("new", NEAR, students=80, chaperones=8)
    full = session("morning", max_people=60)
    (found,) = tried(many, sessions=(full,), buses=(bus(count=2),))
    assert found.reason is not None
    assert "88 people, and session morning takes 60" in found.reason.text


def test_a_venue_that_takes_only_smaller_groups_is_out_of_reach() -> None:
    (found,) = tried(venues=(venue("college", 3, max_group=21),))
    assert found.reason is not None
    assert "groups of 21" in found.reason.text


def test_a_request_can_be_tried_on_a_season_that_has_been_planned() -> None:
    season = two_schools()
    plan_season(season, roads=two_schools_roads())
    (found,) = reach(season, NEW, two_schools_roads())
    assert found.buses == ("lot/full",)


def test_without_roads_distances_are_estimated() -> None:
    (found,) = reach(two_schools(), NEW)  # two hundredths of a degree of latitude: 1.7 miles
    assert 4 < found.ride_out_min < 10


@settings(laws, max_examples=12)
@given(seasons(most_requests=1))
def test_who_asks_alone_is_served_just_when_a_session_is_within_reach(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    (asked,) = season.requests
    yes = {found.session_id for found in reach(season, asked, roads) if found.reason is None}
    given_to = plan_season(season, roads=roads).requests[0].session_id
    assert (given_to is not None) == bool(yes)
    assert given_to is None or given_to in yes


def test_far_requests_are_tried_on_the_far_roads() -> None:
    (found,) = tried(request("new", FAR))
    assert found.ride_out_min == 50 + (180 + 88) / 60
