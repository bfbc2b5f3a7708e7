"""Who gets on and off where, worked out by hand for the sample plan."""

from tourpool.reports.calls import longest_ride_min, plan_calls
from tourpool.routing.plan import Direction, Plan


def test_people_on_board_add_up_and_the_bus_comes_home_empty(plan: Plan) -> None:
    tour = [c for c in plan_calls(plan) if c.block.block_id == "b1"]
    # garage, 15 + 2 get on, 25 + 3 more, all off; on and off again between the campuses; on,
    # the 28 off, the 17 off, garage
    assert [c.people_aboard for c in tour] == [0, 17, 45, 0, 45, 0, 45, 17, 0, 0]


def test_everybody_gets_off_at_a_venue_and_on_again_when_the_bus_leaves(plan: Plan) -> None:
    between = [c for c in plan_calls(plan) if c.run.direction is Direction.BETWEEN]
    assert {g.group_id for g in between[0].on} == {"r1", "r2"}
    assert {g.group_id for g in between[1].off} == {"r1", "r2"}


def test_a_ride_runs_from_boarding_begun_to_the_venue_and_back_to_alighting_done(
    plan: Plan,
) -> None:
    pair = plan.blocks[0].run_pairs[0]
    assert pair.rides_s == {
        # 07:54:12 to 08:24:04; 13:30 Eastern is 12:30 Central, to 13:18:00 and 112 s
        "r1": (29 * 60 + 52, 48 * 60 + 112),
        # 07:30:00 to 08:24:04; 12:30 to 13:42:52 and 72 s
        "r2": (54 * 60 + 4, 72 * 60 + 52 + 72),
    }
    # 4,444 s are 74.07 min; begun minutes count
    assert longest_ride_min(plan.blocks[0].run_pairs) == 75
