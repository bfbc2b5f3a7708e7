"""A policy tried at several values, against brute force on a season of two schools."""

import os
import signal

import pytest
from distributed import LocalCluster

from tests.brute import BruteForce
from tests.seasons import two_schools, two_schools_roads
from tourpool.events.problems import InputError
from tourpool.events.try_policy import SettingError, with_settings
from tourpool.routing.check import check_plan
from tourpool.routing.questions.sweep import named_values, sweep, values_of


def test_each_value_has_the_plan_that_trying_everything_finds() -> None:
    season, roads = two_schools(), two_schools_roads()
    values = ("30", "40", "60", "90")
    tried = sweep(season, "policy.max_ride_min", values, roads=roads, workers=2)
    assert [t.value for t in tried] == list(values)
    for t in tried:
        edited = with_settings(season, [f"policy.max_ride_min={t.value}"])
        best = BruteForce(edited, roads).best()
        assert (t.plan.proof.weighted_served, t.plan.cost) == best
        assert t.plan.settings == (f"policy.max_ride_min={t.value}",)
        assert check_plan(edited, roads, t.plan) == []
    # one bus for both takes over an hour
    assert [t.plan.students_served for t in tried] == [0, 20, 20, 40]


def test_a_cluster_gives_the_same_plans(cluster: LocalCluster) -> None:
    values = ("30", "40", "90")
    here, there = (
        sweep(
            two_schools(),
            "policy.max_ride_min",
            values,
            roads=two_schools_roads(),
            scheduler=scheduler,
        )
        for scheduler in (None, cluster.scheduler_address)
    )
    assert [t.plan for t in here] == [t.plan for t in there]


def test_a_cluster_gives_the_same_plans_though_a_worker_is_killed_in_the_middle(
    cluster: LocalCluster,
) -> None:
    values = ("30", "35", "40", "45", "50", "60", "80", "90")
    killed: list[str] = []

    def kill_one_that_has_a_question(done: int, total: int) -> None:
        if killed:
            return
        killed.extend(a for a, w in list(cluster.scheduler.workers.items()) if w.processing)
        victim = next(w for w in cluster.workers.values() if w.worker_address == killed[0])
        os.kill(victim.process.pid, signal.SIGKILL)

    here, there = (
        sweep(
            two_schools(),
            "policy.max_ride_min",
            values,
            roads=two_schools_roads(),
            scheduler=scheduler,
            workers=1,
            progress=progress,
        )
        for scheduler, progress in (
            (None, None),
            (cluster.scheduler_address, kill_one_that_has_a_question),
        )
    )
    assert killed
    assert [t.plan for t in here] == [t.plan for t in there]


def test_a_value_that_cannot_be_set_stops_before_anything_is_planned() -> None:
    with pytest.raises(SettingError, match="2000 is out of range"):
        sweep(two_schools(), "policy.max_ride_min", ["90", "2000"])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("75:120:15", ("75", "90", "105", "120")),
        ("75:100:10", ("75", "85", "95")),
        ("0:1:0.25", ("0", "0.25", "0.5", "0.75", "1")),
        ("0.1:0.3:0.1", ("0.1", "0.2", "0.3")),
        ("100:100:1", ("100",)),
        ("mark, require", ("mark", "require")),
        ("13:00,14:30", ("13:00", "14:30")),
        ("13:00", ("13:00",)),
        ("90,90,60", ("90", "60")),
    ],
)
def test_values_are_a_range_with_both_ends_or_a_list(text: str, values: tuple[str, ...]) -> None:
    assert values_of(text) == values


@pytest.mark.parametrize("text", ["120:75:15", "75:120:0", "75:120:-5"])
def test_a_range_that_does_not_go_up_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="does not go up; write FROM:TO:STEP"):
        values_of(text)


def test_more_than_a_hundred_values_are_too_many() -> None:
    with pytest.raises(InputError, match="0:100:1 are 101 values; write 1 to 100"):
        values_of("0:100:1")
    with pytest.raises(InputError, match="0 values"):
        values_of(",")


def test_what_is_set_stands_before_its_values() -> None:
    assert named_values("policy.stop_s=60:120:60") == ("policy.stop_s", ("60", "120"))
    with pytest.raises(InputError, match="has no values; write what is set and its values"):
        named_values("policy.stop_s")
