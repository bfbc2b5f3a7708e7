"""What the peers are given is what the judge counts."""

import random

import pytest

from benchmarks import generate
from benchmarks.judge import judge
from benchmarks.trip import Run, Trip, trip_of
from tests.benchmarks.tiny import AWAY_S, POOLED, season, trip


def model(inst: dict, **changes: int) -> Trip:
    fleet = [f | changes for f in inst["fleet"]]
    return trip_of(inst, inst["event"], inst["groups"], fleet, waiting_is_paid=False)


def cost_of(t: Trip, run: Run) -> int:
    v = t.vehicles[run.vehicle]
    nodes = [v.start, *run.groups, t.venue]
    return int(v.fixed + t.cost(v)[nodes[:-1], nodes[1:]].sum())


def test_arcs_of_a_run_add_up_to_its_cost_and_its_time() -> None:
    t = model(trip())
    assert cost_of(t, Run(0, [0, 1])) == POOLED
    assert t.out_s[[2, 0, 1], [0, 1, 3]].sum() == AWAY_S


@pytest.mark.parametrize("seed", range(5))
def test_arcs_cost_what_the_judge_counts_on_any_run(seed: int) -> None:
    rng = random.Random(seed)
    inst = generate.pooled_trip(12, seed, seats_per_student=2)
    t = model(inst)
    run = Run(rng.randrange(len(t.vehicles)), rng.sample(range(12), 4))
    assert cost_of(t, run) == judge(inst, {"buses": t.buses([run])}).cost


def test_the_limit_of_a_group_is_the_shortest_of_its_ride_its_morning_and_its_evening() -> None:
    for change in (
        {"max_ride_s": 999},
        {"earliest_pickup_s": 35_001},
        {"latest_dropoff_s": 47_799},
    ):
        assert model(trip(abel=change)).limit_s[0] == 999


def test_a_bus_has_the_shorter_of_its_hours_before_and_after_the_event() -> None:
    inst = season(free_from_s=36_000 - 2000, free_to_s=46_800 + 1900)
    session = inst["events"][0]["sessions"][0] | {"venue_loc": 0}
    t = trip_of(inst, session, inst["groups"], inst["fleet"], waiting_is_paid=True)
    assert t.vehicles[0].limit_s == 1900
    assert t.vehicles[0].fixed == 1_000_000 + (46_800 - 36_000) * 100


def test_buses_that_are_all_in_use_are_not_offered() -> None:
    assert model(trip(), count=0).vehicles == []
