"""Instances of many small groups: the same for a seed, and a bus takes many of them."""

from benchmarks.many_small import many_small


def test_a_seed_makes_one_instance() -> None:
    assert many_small(20, 1) == many_small(20, 1)
    assert many_small(20, 1) != many_small(20, 2)


def test_the_largest_bus_takes_eight_groups_or_more() -> None:
    inst = many_small(60, 1)
    largest = max(f["capacity"] for f in inst["fleet"])  # 48
    assert largest // max(g["students"] for g in inst["groups"]) >= 8  # 48 // 6
    assert sum(f["capacity"] * f["count"] for f in inst["fleet"]) >= sum(
        g["students"] for g in inst["groups"]
    )


def test_a_ride_may_last_as_long_as_said() -> None:
    inst = many_small(20, 1, max_ride_min=180)
    assert {g["max_ride_s"] for g in inst["groups"]} == {180 * 60}
    assert all(g["earliest_pickup_s"] <= 10 * 3600 - 180 * 60 for g in inst["groups"])
