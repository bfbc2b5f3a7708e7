"""A block on the clock, against arithmetic by hand."""

import datetime as dt
from collections.abc import Sequence

from hypothesis import given, settings

from tests.random_seasons import seasons
from tests.routing.arrays import laws
from tests.seasons import (
    FAR,
    NEAR,
    ToyRoads,
    point,
    school,
    session,
    two_schools,
    two_schools_roads,
    venue,
)
from tourpool.events.occasions import Visit
from tourpool.events.season import Season
from tourpool.routing.build import Built, build
from tourpool.routing.drive import between_stops, outbound_stops, return_stops
from tourpool.routing.plan import Boarding, Group, PlaceKind, StopTime
from tourpool.routing.season_plan import plan_season

MIN, HOUR = 60, 3600
ARRIVE = 15 * HOUR + 50 * MIN  # 9:50 in Chicago, ten minutes before 10:00
DEPART = 18 * HOUR  # 12:00 in Chicago
STOP, BOARD = 180, 22 * 4  # 22 people at 4 s each


def two(**changes: object) -> Built:
    return build(two_schools(**changes), two_schools_roads())


def at_one_stop() -> Built:
    """Both schools load at place 1."""
    return two(schools=(school(NEAR, 1), school(FAR, 1)))


def out(b: Built, order: Sequence[str] = ("far", "near")) -> list[StopTime]:
    return outbound_stops(b, 0, 0, [_group(b, i) for i in order])


def back(b: Built, order: Sequence[str] = ("near", "far")) -> list[StopTime]:
    return return_stops(b, 0, 0, [_group(b, i) for i in order])


def _group(b: Built, group_id: str) -> Group:
    return next(g for g in b.groups[0] if g.group_id == group_id)


def clock(stops: Sequence[StopTime]) -> list[tuple[int, int]]:
    return [(s.arrive_s, s.depart_s) for s in stops]


def test_an_outbound_run_is_timed_backward_from_its_arrival() -> None:
    leave_near = ARRIVE - 30 * MIN
    come_near = leave_near - STOP - BOARD
    leave_far = come_near - 22 * MIN
    come_far = leave_far - STOP - BOARD
    leave_lot = come_far - 30 * MIN
    assert clock(out(two())) == [
        (leave_lot, leave_lot),
        (come_far, leave_far),
        (come_near, leave_near),
        (ARRIVE, ARRIVE),
    ]


def test_a_return_run_is_timed_forward_from_its_departure() -> None:
    come_near = DEPART + 31 * MIN
    leave_near = come_near + STOP + BOARD
    come_far = leave_near + 20 * MIN
    leave_far = come_far + STOP + BOARD
    home = leave_far + 31 * MIN
    assert clock(back(two())) == [
        (DEPART, DEPART),
        (come_near, leave_near),
        (come_far, leave_far),
        (home, home),
    ]


def test_places_and_driving_are_those_of_each_leg() -> None:
    legs = [(s.kind, s.place_id, s.drive_s, s.metres) for s in out(two())]
    assert legs == [
        (PlaceKind.GARAGE, "lot", 0, 0),
        (PlaceKind.SCHOOL, FAR, 30 * MIN, 30 * 1609),
        (PlaceKind.SCHOOL, NEAR, 22 * MIN, 22 * 1609),
        (PlaceKind.VENUE, "college", 30 * MIN, 30 * 1609),
    ]


def test_a_line_is_driven_from_the_stop_before() -> None:
    lot, *rest = out(two(), ["near"])
    assert lot.line == ()
    assert [s.line for s in rest] == [(point(0), point(1)), (point(1), point(3))]


def test_outbound_a_group_boards_on_arrival_and_the_stop_passes_after_it() -> None:
    stop = out(two())[1]
    begin = stop.arrive_s
    assert stop.on == (Boarding(group_id="far", begin_s=begin, end_s=begin + BOARD),)
    assert stop.depart_s == begin + BOARD + STOP


def test_on_the_way_back_the_stop_passes_before_a_group_gets_off() -> None:
    stop = back(two())[1]
    begin = stop.arrive_s + STOP
    assert stop.off == (Boarding(group_id="near", begin_s=begin, end_s=begin + BOARD),)
    assert stop.depart_s == begin + BOARD


def test_at_the_venue_everybody_gets_off_and_on_at_once() -> None:
    assert [(m.group_id, m.begin_s, m.end_s) for m in out(two())[-1].off] == [
        ("far", ARRIVE, ARRIVE),
        ("near", ARRIVE, ARRIVE),
    ]
    assert {(m.begin_s, m.end_s) for m in back(two())[0].on} == {(DEPART, DEPART)}


def test_outbound_schools_at_one_position_share_the_last_of_the_stop() -> None:
    leave = ARRIVE - 30 * MIN
    near = leave - STOP - BOARD
    far = near - BOARD  # no stop of its own: boards, and the bus stays where it is
    assert clock(out(at_one_stop()))[1:3] == [(far, near), (near, leave)]


def test_back_schools_at_one_position_share_the_beginning_of_the_stop() -> None:
    come = DEPART + 31 * MIN
    near_off = come + STOP + BOARD
    assert clock(back(at_one_stop()))[1:3] == [(come, near_off), (near_off, near_off + BOARD)]


def test_groups_of_one_school_share_a_stop_time_one_after_another() -> None:
    split = two_schools().requests[0].model_copy(update={"may_split": True})
    b = two(requests=(split,))
    _, stop, _ = out(b, ["near/2", "near/1"])
    half = 11 * 4
    assert [(m.group_id, m.begin_s, m.end_s) for m in stop.on] == [
        ("near/2", stop.arrive_s, stop.arrive_s + half),
        ("near/1", stop.arrive_s + half, stop.arrive_s + 2 * half),
    ]
    assert stop.depart_s == stop.arrive_s + 2 * half + STOP


def test_between_the_campuses_of_a_tour_the_bus_goes_along() -> None:
    further = Visit(
        session_id="morning",
        order=2,
        venue_id="second",
        arrive_from=dt.time(13),
        arrive_by=dt.time(13, 30),
        depart=dt.time(15),
    )
    b = two(
        venues=(venue("college", 3), venue("second", 2)),
        sessions=(session("morning", further=(further,)),),
        requests=two_schools().requests[:1],
    )
    first, second = between_stops(b, 0, 0, b.groups[0])
    there = DEPART + 51 * MIN  # 12:51: nine minutes before the doors open it stands and waits
    assert (first.arrive_s, first.depart_s) == (ARRIVE, DEPART)
    assert (second.arrive_s, second.depart_s) == (there, 21 * HOUR)
    assert (second.drive_s, second.metres) == (51 * MIN, 51 * 1609)
    assert [m.begin_s for m in first.on] == [DEPART]
    assert [m.begin_s for m in second.off] == [there]
    assert back(b, ["near"])[0].depart_s == 21 * HOUR


def test_a_session_at_one_venue_has_nothing_between() -> None:
    assert between_stops(two(), 0, 0, two().groups[0]) == []


@settings(laws, max_examples=10)
@given(seasons())
def test_what_is_printed_can_be_driven_second_by_second(made: tuple[Season, ToyRoads]) -> None:
    season, roads = made
    for block in plan_season(season, roads=roads).blocks:
        for run in (r for pair in block.run_pairs for r in pair.runs):
            for before, stop in zip(run.stops[:-1], run.stops[1:], strict=True):
                assert stop.arrive_s == before.depart_s + stop.drive_s
            for stop in run.stops:
                moves = [v for m in (*stop.on, *stop.off) for v in (m.begin_s, m.end_s)]
                assert [stop.arrive_s, *moves, stop.depart_s] == sorted(
                    [stop.arrive_s, *moves, stop.depart_s]
                )


@settings(laws, max_examples=10)
@given(seasons())
def test_a_day_of_a_bus_is_driving_waiting_stops_and_boarding(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    for block in plan_season(season, roads=roads).blocks:
        (pair,) = block.run_pairs
        boarding_s = 2 * season.policy.board_s_per_rider * sum(g.people for g in pair.groups)
        stops = 0
        for run in (pair.outbound, pair.return_run):
            places = [season.school[s.place_id].stop for s in run.stops[1:-1]]
            stops += sum(n == 0 or p != places[n - 1] for n, p in enumerate(places))
        standing_s = boarding_s + stops * season.policy.stop_s
        assert block.back_s - block.leave_s == block.drive_s + block.wait_s + standing_s
