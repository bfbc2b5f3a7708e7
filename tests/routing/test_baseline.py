"""What it would be without pooling, against arithmetic by hand."""

import datetime as dt

from hypothesis import given, settings

from tests.random_seasons import seasons
from tests.routing.arrays import laws
from tests.seasons import (
    FAR,
    LENDER,
    NEAR,
    ToyRoads,
    bus,
    garage,
    request,
    school,
    toy_roads,
    two_schools,
    two_schools_roads,
)
from tourpool.events.season import Season
from tourpool.routing.plan import Baseline, Plan
from tourpool.routing.season_plan import plan_season

STOP, BOARD, WAIT = 180, 22 * 4, (12 * 60 - (9 * 60 + 50)) * 60
NEAR_MIN = 13 + 30 + 31 + 11  # lot, near, college, near, lot
FAR_MIN = 30 + 50 + 51 + 31


def usd(minutes: int, fixed: float = 50) -> int:
    """One school alone on a bus, 1e-4 US$."""
    paid_s = minutes * 60 + 2 * (STOP + BOARD)
    miles = minutes * 1609 / 1609.344
    return round(10_000 * (fixed + 2.5 * miles + 36 * paid_s / 3600 + 18 * WAIT / 3600))


def planned(**changes: object) -> Plan:
    return plan_season(two_schools(**changes), roads=two_schools_roads())


def test_each_group_alone_costs_its_own_way() -> None:
    alone = planned().alone_same_groups
    assert alone.cost == usd(NEAR_MIN) + usd(FAR_MIN)
    assert alone.metres == (NEAR_MIN + FAR_MIN) * 1609
    assert (alone.students, alone.groups, alone.buses, alone.left_out) == (40, 2, 2, ())


def test_each_group_alone_takes_the_cheapest_bus_and_their_number_does_not_matter() -> None:
    buses = (bus(), bus(bus_type="cheap", usd_fixed=20, seats_large=22))
    alone = planned(buses=buses).alone_same_groups
    assert alone.cost == usd(NEAR_MIN, fixed=20) + usd(FAR_MIN, fixed=20)


def test_only_who_rides_in_the_plan_is_compared() -> None:
    alone = planned(buses=(bus(seats_large=22),)).alone_same_groups  # one bus, one school
    assert (alone.students, alone.groups) == (20, 1)
    assert alone.cost == usd(NEAR_MIN)


def test_a_group_that_could_not_come_alone_is_left_out_of_the_comparison() -> None:
    # the far school is quick to reach by way of the near one only
    roads = toy_roads(((0, 13, 999, 40), (11, 0, 20, 30), (31, 22, 0, 50), (41, 31, 51, 0)))
    plan = plan_season(two_schools(), roads=roads)
    assert plan.students_served == 40
    alone = plan.alone_same_groups
    assert alone.left_out == ("far",)
    assert (alone.students, alone.cost) == (20, usd(NEAR_MIN))


def test_with_the_same_fleet_and_one_school_a_bus_fewer_ride() -> None:
    alone = planned().alone_same_fleet  # one bus
    assert (alone.students, alone.groups, alone.buses) == (20, 1, 1)
    assert alone.cost == usd(NEAR_MIN)
    assert alone.metres == NEAR_MIN * 1609


def test_with_the_same_fleet_groups_of_one_school_share_a_bus() -> None:
    twelfth = request("twelfth", NEAR, grade_low=12)
    eleventh = request("eleventh", NEAR, grade_low=11, grade_high=11)
    alone = planned(requests=(twelfth, eleventh)).alone_same_fleet
    assert (alone.students, alone.groups, alone.buses) == (40, 2, 1)


def test_with_the_same_fleet_schools_that_load_at_one_position_are_still_two() -> None:
    one_place = (school(NEAR, 1), school(FAR, 1))
    assert planned(schools=one_place).alone_same_fleet.students == 20
    assert planned(schools=one_place).students_served == 40


def test_with_the_same_fleet_hours_and_owners_of_buses_still_count() -> None:
    late = bus("yard", free_from=dt.time(9, 30))
    alone = planned(
        garages=(garage("lot", 0, LENDER), garage("yard", 0, None)), buses=(bus(), late)
    ).alone_same_fleet
    assert alone.students == 20


def test_where_nobody_rides_there_is_nothing_to_compare() -> None:
    plan = planned(requests=())
    nothing = Baseline(proven=True, students=0, weighted=0, groups=0, buses=0, metres=0, cost=0)
    assert (plan.alone_same_groups, plan.alone_same_fleet) == (nothing, nothing)


@settings(laws, max_examples=8)
@given(seasons())
def test_pooling_never_serves_fewer_nor_costs_more_than_as_many_alone(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    plan = plan_season(season, roads=roads)
    assert plan.alone_same_fleet.weighted <= plan.proof.weighted_served
    if plan.alone_same_fleet.weighted == plan.proof.weighted_served:
        assert plan.proof.cost_bound <= plan.alone_same_fleet.cost
    alone = plan.alone_same_groups
    assert alone.students + sum(plan.group[g].students for g in alone.left_out) == (
        plan.students_served
    )
