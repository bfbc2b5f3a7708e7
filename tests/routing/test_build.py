"""A season as arrays: local clocks become UTC seconds, rules become limits, requests groups."""

import datetime as dt

import numpy as np
from hypothesis import given, settings

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
    district,
    event,
    garage,
    point,
    request,
    school,
    session,
    toy_roads,
    two_schools,
    two_schools_roads,
    venue,
)
from tourpool.events.calendar import acceptable
from tourpool.events.fleet import Carries
from tourpool.events.occasions import Visit
from tourpool.events.riders import counted
from tourpool.events.rules import AgreementPolicy, CalendarEntry, Policy, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Apart, Choice
from tourpool.routing.build import Built, alone, build
from tourpool.routing.solver.instance import FOREVER_S, SessionData

HOUR, MIN = 3600, 60
CST, CDT, EST = 6 * HOUR, 5 * HOUR, 5 * HOUR
"""Hours behind UTC: Chicago in winter and in summer, New York in winter."""


def built(**changes: object) -> Built:
    return build(two_schools(**changes), two_schools_roads())


def data(**changes: object) -> SessionData:
    """The one session of two schools; index 0 is the near school, 1 the far one."""
    return built(**changes).instance.sessions[0]


def test_a_bus_arrives_early_by_policy() -> None:
    assert data().arrive_s == 9 * HOUR + 50 * MIN + CST  # 10 min before 10:00


def test_a_bus_never_arrives_before_the_doors_open() -> None:
    doors = session("morning", arrive_from=dt.time(9, 55))
    assert data(sessions=(doors,)).arrive_s == 9 * HOUR + 55 * MIN + CST


def test_times_of_a_venue_and_of_a_school_are_each_in_their_own_zone() -> None:
    s = data(
        venues=(venue("college", 3, tz="America/New_York"),),
        schools=(school(NEAR, 1, earliest_pickup=dt.time(8)), school(FAR, 2)),
        policy=Policy(max_ride_min=600),
    )
    arrive_s = 9 * HOUR + 50 * MIN + EST
    assert s.arrive_s == arrive_s  # 8:50 in Chicago
    assert s.depart_s == 12 * HOUR + EST
    assert s.out_limit_s.tolist() == [50 * MIN, 2 * HOUR + 50 * MIN]  # from 8:00, from 6:00


def test_times_follow_daylight_saving_time() -> None:
    sunday = dt.date(2027, 3, 14)  # clocks went forward at two in the morning
    s = data(sessions=(session("morning", date=sunday),))
    assert s.arrive_s == 9 * HOUR + 50 * MIN + CDT
    assert s.depart_s == 12 * HOUR + CDT


def test_a_ride_is_limited_by_policy_or_by_its_own_request() -> None:
    s = data(requests=(request("near", NEAR, max_ride_min=45), request("far", FAR)))
    assert s.out_limit_s.tolist() == s.back_limit_s.tolist() == [45 * MIN, 90 * MIN]


def test_hours_of_a_school_cut_its_rides() -> None:
    near = school(NEAR, 1, earliest_pickup=dt.time(9, 10), latest_return=dt.time(12, 30))
    s = data(schools=(near, school(FAR, 2)))
    assert s.out_limit_s.tolist() == [40 * MIN, 90 * MIN]  # 9:10 to 9:50
    assert s.back_limit_s.tolist() == [30 * MIN, 90 * MIN]  # 12:00 to 12:30


def test_an_early_release_day_cuts_the_ride_home() -> None:
    early = CalendarEntry(
        scope=Scope.DISTRICT, id=GUEST, date_from=DAY, date_to=DAY, free_to=dt.time(13)
    )
    assert data(calendar=(early,)).back_limit_s.tolist() == [90 * MIN, 60 * MIN]


def test_a_school_that_is_closed_brings_no_group() -> None:
    closed = CalendarEntry(scope=Scope.SCHOOL, id=NEAR, date_from=DAY, date_to=DAY, closed=True)
    assert [g.group_id for g in built(calendar=(closed,)).groups[0]] == ["far"]


def test_only_who_accepts_a_session_is_in_it() -> None:
    late = session("late", depart=dt.time(14))
    choice = Choice(request_id="near", session_id="late", rank=2)
    b = built(
        sessions=(session("morning"), late),
        requests=(request("near", NEAR, choices=(choice,)), request("far", FAR)),
    )
    assert [[g.group_id for g in groups] for groups in b.groups] == [["far"], ["near", "far"]]
    assert b.instance.sessions[1].dislike.tolist() == [20 * 2, 20 * 1]  # students times rank


def test_worth_is_students_times_weight_and_boarding_counts_chaperones() -> None:
    s = data()
    assert s.worth.tolist() == [20 * 300] * 2  # 100, remote 100, never served 100
    assert s.board_s.tolist() == [22 * 4] * 2
    assert s.people.tolist() == [22] * 2


def test_students_up_to_the_small_grade_of_their_district_are_small() -> None:
    s = data(
        districts=(district(LENDER, small_until_grade=6), district(GUEST)),
        requests=(
            request("near", NEAR, grade_low=5, grade_high=6),
            request("far", FAR, grade_low=5, grade_high=6),  # its district says 5
        ),
    )
    assert s.small.tolist() == [20, 0]
    assert s.large.tolist() == [2, 22]


def test_adults_are_large_whatever_grade_they_teach() -> None:
    s = data(
        events=(event("tour", adults_only=True),),
        requests=(request("near", NEAR, grade_low=1, grade_high=2),),
    )
    assert (s.small.tolist(), s.large.tolist()) == ([0], [22])


def test_the_tightest_people_limit_of_session_and_venues_counts() -> None:
    s = data(
        venues=(venue("college", 3, max_people=100),),
        sessions=(session("morning", max_people=120, max_people_per_school=30),),
    )
    assert (s.max_people, s.max_people_per_school) == (100, 30)
    assert (data().max_people, data().max_people_per_school) == (FOREVER_S, FOREVER_S)


def carried(**changes: object) -> list[list[bool]]:
    """Which bus may carry the near school, of its own district, and the far one."""
    carry: list[list[bool]] = data(**changes).carry.tolist()
    return carry


def test_a_bus_that_carries_its_own_takes_no_other_district() -> None:
    assert carried(buses=(bus(carries=Carries.OWN),)) == [[True, False]]


def test_a_bus_that_carries_all_needs_no_agreement() -> None:
    strict = Policy(agreements=AgreementPolicy.REQUIRE)
    assert carried(buses=(bus(carries=Carries.ALL),), agreements=(), policy=strict) == [[True] * 2]


def test_a_charter_carries_anybody() -> None:
    strict = Policy(agreements=AgreementPolicy.REQUIRE)
    assert carried(garages=(garage("lot", 0, None),), agreements=(), policy=strict) == [[True] * 2]


def test_guests_ride_with_a_valid_agreement_where_one_is_required() -> None:
    strict = Policy(agreements=AgreementPolicy.REQUIRE)
    until = agreement(valid_to=DAY)
    over = agreement(valid_to=DAY - dt.timedelta(days=1))
    other_way = agreement(GUEST, LENDER)
    assert carried(policy=strict, agreements=(until,)) == [[True, True]]
    assert carried(policy=strict, agreements=(over, other_way)) == [[True, False]]


def test_guests_ride_without_an_agreement_where_it_is_only_marked() -> None:
    assert carried(agreements=()) == [[True, True]]


def test_a_group_larger_than_a_venue_takes_is_carried_by_no_bus() -> None:
    requests = (request("near", NEAR, students=21), request("far", FAR))  # 23 and 22 people
    assert carried(venues=(venue("college", 3, max_group=22),), requests=requests) == [
        [False, True]
    ]


def two_campuses(arrive_by: dt.time = dt.time(13)) -> Season:
    """The college until 12:00, then a second campus, place 2, until 14:00; 51 min between them."""
    further = Visit(
        session_id="morning",
        order=2,
        venue_id="second",
        arrive_from=dt.time(12, 30),
        arrive_by=arrive_by,
        depart=dt.time(14),
    )
    return two_schools(
        venues=(venue("college", 3), venue("second", 2)),
        sessions=(session("morning", further=(further,)),),
        requests=(request("near", NEAR),),
    )


def test_a_tour_begins_at_its_first_campus_and_ends_at_its_last() -> None:
    b = build(two_campuses(), two_schools_roads())
    s = b.instance.sessions[0]
    assert s.first == b.place[point(3)]
    assert s.last == b.place[point(2)]
    assert (s.between_s, s.between_m) == (51 * MIN, 51 * 1609)
    assert s.depart_s == 14 * HOUR + CST
    assert s.wait_s == (14 * HOUR) - (9 * HOUR + 50 * MIN) - 51 * MIN


def test_nobody_rides_to_a_tour_whose_next_campus_is_reached_too_late() -> None:
    for arrive_by, can in ((dt.time(12, 51), True), (dt.time(12, 50), False)):
        b = build(two_campuses(arrive_by), two_schools_roads())
        assert b.instance.sessions[0].carry.tolist() == [[can]]


def test_requests_that_must_ride_apart_do() -> None:
    apart = data(apart=(Apart(request_a="far", request_b="near"),)).apart
    assert apart.tolist() == [[False, True], [True, False]]


def test_alone_everybody_rides_apart() -> None:
    assert alone(data()).apart.all()


def test_schools_that_load_at_one_position_are_one_location() -> None:
    b = built(schools=(school(NEAR, 1), school(FAR, 1)))
    loc = b.instance.sessions[0].loc
    assert loc[0] == loc[1]
    assert len(b.place) == 3  # school, college, bus lot


def test_days_are_those_of_the_sessions_in_order() -> None:
    later, sooner = session("later", date=DAY + dt.timedelta(days=5)), session("morning")
    b = built(sessions=(later, sooner))
    assert b.dates == (DAY, DAY + dt.timedelta(days=5))
    assert [s.day for s in b.instance.sessions] == [1, 0]


def parts(season: Season, roads: ToyRoads | None = None) -> list[list[str]]:
    """Names of the groups of each session."""
    b = build(season, roads or two_schools_roads())
    return [[g.group_id for g in groups] for groups in b.groups]


def one(**changes: object) -> Season:
    """The near school alone, 40 students and 4 chaperones unless told otherwise."""
    big = request("near", NEAR, students=40, chaperones=4)
    return two_schools(**({"requests": (big,)} | changes))


def test_a_request_that_a_bus_takes_whole_is_not_cut() -> None:
    assert parts(one(buses=(bus(seats_large=43), bus(bus_type="big", seats_large=44)))) == [
        ["near"]
    ]


def test_a_request_larger_than_every_bus_is_cut_in_the_fewest_parts_that_fit() -> None:
    assert parts(one(buses=(bus(seats_large=43, count=2),))) == [["near/1", "near/2"]]  # 22 each
    four = [[f"near/{n}" for n in (1, 2, 3, 4)]]  # in three, 20 students and 2 chaperones are 22
    assert parts(one(buses=(bus(seats_large=21, count=4),))) == four


def test_parts_may_share_a_bus_where_there_are_too_few() -> None:
    buses = (bus(seats_large=33), bus(bus_type="small", seats_large=11))
    # two parts of 22 do not fit; of 22, 11 and 11 the large bus takes 33, the small one 11
    assert parts(one(buses=buses)) == [["near/1", "near/2", "near/3"]]


def test_a_bus_that_cannot_come_does_not_keep_a_request_whole() -> None:
    small, late = bus(seats_large=43, count=2), bus(bus_type="big", free_from=dt.time(9, 30))
    assert parts(one(buses=(small, late))) == [["near/1", "near/2"]]


def test_a_request_that_may_be_split_is_cut_though_a_bus_takes_it_whole() -> None:
    split = request("near", NEAR, may_split=True)
    assert parts(one(requests=(split,))) == [["near/1", "near/2"]]


def test_a_venue_that_takes_small_groups_cuts_who_may_be_split() -> None:
    small = (venue("college", 3, max_group=15),)
    split = request("near", NEAR, students=40, chaperones=4, may_split=True)
    assert parts(one(venues=small, requests=(split,))) == [[f"near/{n}" for n in (1, 2, 3, 4)]]
    assert parts(one(venues=small)) == [["near"]]  # and stays at home


def test_cutting_does_not_help_a_school_that_is_too_far_away() -> None:
    far = request("near", NEAR, students=80, chaperones=8, max_ride_min=30)  # 30 min driving alone
    assert parts(one(requests=(far,))) == [["near"]]


def test_a_request_is_cut_for_each_session_by_the_buses_of_that_day() -> None:
    big_stays = CalendarEntry(
        scope=Scope.GARAGE, id="yard", date_from=DAY, date_to=DAY, closed=True
    )
    season = one(
        sessions=(session("morning"), session("next", date=DAY + dt.timedelta(days=1))),
        garages=(garage("lot", 0, LENDER), garage("yard", 0, None)),
        buses=(bus(seats_large=43, count=2), bus("yard")),
        calendar=(big_stays,),
    )
    assert parts(season) == [["near/1", "near/2"], ["near"]]


@settings(laws, max_examples=15)
@given(seasons())
def test_each_session_holds_all_who_accept_it_and_nobody_gets_lost(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    b = build(season, roads)
    accepts = {
        (r.request_id, c.session_id, c.rank) for r in season.requests for c in acceptable(season, r)
    }
    for s, groups, arrays in zip(b.sessions, b.groups, b.instance.sessions, strict=True):
        there = {g.request_id for g in groups}
        assert there == {r for r, session_id, _ in accepts if session_id == s.session_id}
        rank = {r: rank for r, session_id, rank in accepts if session_id == s.session_id}
        for request_id in there:
            r, of = season.request[request_id], [g for g in groups if g.request_id == request_id]
            assert [g.part for g in of] == list(range(1, of[0].parts + 1))
            assert sum(g.people for g in of) == r.people
            assert sum(g.wheelchairs for g in of) == r.wheelchairs
            at = np.flatnonzero(arrays.request == season.requests.index(r))
            assert arrays.dislike[at].sum() == counted(season, r) * rank[request_id]
            assert (arrays.small + arrays.large)[at].sum() == r.people


def test_a_season_without_requests_has_empty_sessions() -> None:
    b = built(requests=())
    assert b.groups == ((),)
    assert b.instance.sessions[0].carry.shape == (1, 0)


def test_toy_roads_are_what_the_instance_drives() -> None:
    roads = toy_roads(((0, 1, 2, 3), (4, 0, 5, 6), (7, 8, 0, 9), (10, 11, 12, 0)))
    b = build(two_schools(), roads)
    at = [b.place[point(n)] for n in (1, 3)]
    assert b.instance.seconds[at[0], at[1]] == 6 * MIN
    assert b.instance.metres[at[1], at[0]] == 11 * 1609
