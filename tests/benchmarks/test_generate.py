"""Invented instances."""

from itertools import pairwise

import pytest

from benchmarks import generate
from benchmarks.judge import judge
from benchmarks.ours import solve as tourpool


def test_an_instance_is_the_same_every_time() -> None:
    assert generate.some() == generate.some()
    assert (
        generate.pooled_trip(9, 1, seats_per_student=2)["dist_m"]
        != (generate.pooled_trip(9, 2, seats_per_student=2)["dist_m"])
    )


def test_trips_have_the_seats_asked_for() -> None:
    inst = generate.pooled_trip(20, 1, seats_per_student=0.8)
    people = sum(g["students"] for g in inst["groups"])
    seats = sum(f["count"] * f["capacity"] for f in inst["fleet"])
    assert 0.8 * people - 0.5 <= seats < 0.8 * people + max(generate.RATES)


def test_a_season_has_as_many_groups_as_schools_that_ask_for_its_events() -> None:
    season = generate.pooled_season(10, 3, 2, 1, asking=4)
    assert len(season["groups"]) == 3 * 4


def test_roads_of_a_season_are_longer_one_way_by_three_per_cent_at_most() -> None:
    dist_m = generate.pooled_season(6, 2, 2, 1)["dist_m"]
    pairs = [(dist_m[i][j], dist_m[j][i]) for i in range(8) for j in range(i)]
    assert any(there != back for there, back in pairs)
    assert all(max(p) <= 1.03 * min(p) + 1 for p in pairs)


@pytest.mark.parametrize("inst", generate.some(), ids=lambda inst: inst["name"])
def test_tourpool_proves_each_of_them_and_the_judge_agrees(inst: dict) -> None:
    outcome = tourpool(inst, 60.0)
    verdict = judge(inst, outcome.solution)
    assert verdict.errors == ()
    assert verdict.penalised == outcome.bound
    assert 0 < verdict.weighted_served <= outcome.weighted_bound


def test_value_falls_and_bound_rises_over_time() -> None:
    points = tourpool(generate.pooled_trip(12, 1, seats_per_student=1.8), 60.0).points
    for earlier, later in pairwise(points):
        assert later.seconds >= earlier.seconds
        assert later.value <= earlier.value + 1e-6
        assert later.bound >= earlier.bound - 1e-3
