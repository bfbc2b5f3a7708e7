"""A season shared out among its sessions."""

from benchmarks.judge import judge
from benchmarks.sessions import solve_season, within_seats
from benchmarks.trip import Run, Trip
from tests.benchmarks.tiny import season


def groups(*sizes: tuple[int, int]) -> list[dict[str, int]]:
    return [{"students": students, "priority": priority} for students, priority in sizes]


def all_on_the_first_bus(trip: Trip, seconds: float) -> list[Run]:
    return [Run(0, list(range(len(trip.students))))] if len(trip.students) else []


def test_a_session_takes_the_groups_worth_most_that_it_has_seats_for() -> None:
    asked = groups((6, 2), (5, 1), (5, 2))
    assert within_seats(asked, 16) == asked
    assert within_seats(asked, 11) == [asked[0], asked[2]]  # 12 + 10 beats 12 + 5
    assert within_seats(asked, 10) == [asked[1], asked[2]]  # 5 + 10 beats 12
    assert within_seats(asked, 4) == []


def test_no_group_rides_twice_and_the_best_order_is_kept() -> None:
    solution = solve_season(all_on_the_first_bus, season(), 1.0)
    assert [b["outbound"] for b in solution["buses"]] == [["abel", "beth"]]  # Tuesday first
    assert judge(season(), solution).feasible
