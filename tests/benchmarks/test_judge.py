"""The judge of the benchmarks against arithmetic by hand."""

from typing import Any

import pytest

from benchmarks.judge import judge
from tests.benchmarks.tiny import AWAY_S, POOLED, one_bus, season, trip

RIDE_S = 20 * 60 + 2 * 60 + 15 * 2
"""Abel's ride with Beth: 20 minutes of driving, two stops, fifteen students."""


def test_a_bus_costs_its_day_and_what_it_drives_and_stands_both_ways() -> None:
    verdict = judge(trip(), one_bus("abel", "beth"))
    assert verdict.feasible
    assert verdict.cost == verdict.penalised == POOLED == 1_990_000
    assert (verdict.weighted_served, verdict.weighted_asked) == (10 * 1 + 5 * 3, 25)
    assert (verdict.students_served, verdict.n_buses) == (15, 1)


def test_each_weighted_student_left_costs_the_penalty() -> None:
    verdict = judge(trip(), one_bus("beth"))
    away_s = 30 * 60 + 60 + 5 * 2
    assert verdict.cost == 1_000_000 + 2 * (30_000 * 10 + away_s * 100)
    assert verdict.penalised == verdict.cost + 10 * 5_000_000


def test_groups_of_one_place_that_follow_each_other_share_a_stop() -> None:
    both_at_beth = trip(abel={"loc": 2})
    assert judge(both_at_beth, one_bus("abel", "beth")).cost == POOLED - 2 * 60 * 100


def test_a_return_of_its_own_order_costs_what_it_drives() -> None:
    verdict = judge(trip(), one_bus("abel", "beth", **{"return": ["abel", "beth"]}))
    detour_m, detour_s = 20_000, 20 * 60  # past Beth to Abel, back to Beth, and past Abel home
    assert verdict.cost == POOLED + detour_m * 10 + detour_s * 100


def test_waiting_at_the_venue_is_paid_in_a_season() -> None:
    wait_s = 46_800 - 36_000
    assert judge(season(), one_bus("abel", "beth", session="tue")).cost == POOLED + wait_s * 100


@pytest.mark.parametrize(
    ("inst", "solution"),
    [
        (trip(capacity=14), one_bus("abel", "beth")),
        (trip(abel={"max_ride_s": RIDE_S - 1}), one_bus("abel", "beth")),
        (trip(abel={"earliest_pickup_s": 36_000 - RIDE_S + 1}), one_bus("abel", "beth")),
        (trip(abel={"latest_dropoff_s": 46_800 + RIDE_S - 1}), one_bus("abel", "beth")),
        (trip(), one_bus("abel", "abel")),
        (trip(), one_bus()),
        (trip(), one_bus("abel", **{"return": ["beth"]})),
        (trip(), one_bus("abel", arrive_s=34_999)),
        (trip(), {"buses": 2 * one_bus("abel")["buses"]}),
        (season(), one_bus("beth", session="mon")),
        (season(seats=14), one_bus("abel", "beth", session="tue")),
        (season(free_from_s=36_000 - AWAY_S + 1), one_bus("abel", "beth", session="tue")),
        (season(free_to_s=46_800 + AWAY_S - 1), one_bus("abel", "beth", session="tue")),
    ],
    ids=[
        "seats",
        "ride",
        "pick-up",
        "drop-off",
        "twice",
        "empty",
        "left there",
        "arrival",
        "count",
        "not accepted",
        "session full",
        "leaves too early",
        "back too late",
    ],
)
def test_what_breaks_a_rule_by_one_is_not_feasible(inst: Any, solution: Any) -> None:
    assert not judge(inst, solution).feasible


@pytest.mark.parametrize(
    ("inst", "solution"),
    [
        (trip(abel={"max_ride_s": RIDE_S}), one_bus("abel", "beth")),
        (trip(abel={"earliest_pickup_s": 36_000 - RIDE_S}), one_bus("abel", "beth")),
        (trip(abel={"latest_dropoff_s": 46_800 + RIDE_S}), one_bus("abel", "beth")),
        (season(seats=15), one_bus("abel", "beth", session="tue")),
        (season(free_from_s=36_000 - AWAY_S), one_bus("abel", "beth", session="tue")),
        (season(free_to_s=46_800 + AWAY_S), one_bus("abel", "beth", session="tue")),
    ],
    ids=["ride", "pick-up", "drop-off", "session full", "leaves early", "back late"],
)
def test_what_just_keeps_a_rule_is_feasible(inst: Any, solution: Any) -> None:
    assert judge(inst, solution).errors == ()
