"""Benchmark instances: their judge accepts what we write, and nothing is written for a bad file."""

import csv
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import choices, laws, selection, square
from tourpool.routing.bench import BenchError, BenchRow, run_bench, solve_instance, to_instance
from tourpool.routing.solver.stop import Stop

BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "bench"
"""The instances and judges lie beside the repository, where there are any."""

HEADER = "name,penalised_usd,lower_bound_usd,status,weighted_served,weighted_bound,seconds,peak_mb"
BEST = {
    "ms-n008-s1": 5979.19,
    "ms-n008-s2": 4521.20,
    "ms-n008-s3": 317724.77,
    "ms-n015-s1": 5607.39,
    "ms-n015-s2": 9658.68,
    "ms-n015-s3": 730216.25,
    "ms-n025-s1": 8642.39,
    "ms-n025-s2": 9382.44,
    "ms-n025-s3": 952245.93,
    "season-25x6x4-s1": 2451708.85,
}
"""Proven optimal, penalised US$, from the README beside the instances."""

Json = dict[str, Any]


def trip(**changes: Any) -> Json:
    """Two groups, one bus of 20 seats; venue, garage and both schools 600 s and 1000 m apart."""
    legs = range(4)
    inst = {
        "schema": "pooled-trip/1",
        "name": "two",
        "event": {
            "venue_loc": 0,
            "arrive_from_s": 35_000,
            "arrive_by_s": 36_000,
            "depart_s": 43_200,
        },
        "rules": {"stop_s": 60, "board_s_per_student": 2},
        "dist_m": [[1000 * (i != j) for j in legs] for i in legs],
        "time_s": [[600 * (i != j) for j in legs] for i in legs],
        "groups": [
            {
                "id": f"g{n}",
                "loc": 2 + n,
                "students": 10,
                "priority": 1 + n,
                "max_ride_s": 5400,
                "earliest_pickup_s": 20_000,
            }
            for n in range(2)
        ],
        "garages": [{"id": "lot", "loc": 1}],
        "fleet": [
            {
                "id": "bus",
                "garage": "lot",
                "capacity": 20,
                "count": 1,
                "fixed_cost": 50_000,
                "cost_per_m": 3,
                "cost_per_s": 2,
            }
        ],
        "objective": {"penalty_per_weighted_student": 100_000},
    }
    return inst | changes


def season(**changes: Any) -> Json:
    """The same two groups and bus as a season of one session."""
    one = trip()
    window = {"arrive_by_s": 36_000, "depart_s": 43_200}
    at = {"id": "s0", "day": 0, "seats": 30, **window}
    groups = [
        {**g, "event": "e", "sessions": ["s0"], "latest_dropoff_s": 80_000} for g in one["groups"]
    ]
    inst = one | {
        "schema": "pooled-season/1",
        "events": [{"id": "e", "venue_loc": 0, "sessions": [at]}],
        "groups": groups,
        "fleet": [{**one["fleet"][0], "free_from_s": 20_000, "free_to_s": 60_000}],
    }
    del inst["event"]
    return inst | changes


def saved(tmp_path: Path, *instances: Any) -> list[Path]:
    paths = [tmp_path / f"in{n}.json" for n in range(len(instances))]
    for path, inst in zip(paths, instances, strict=True):
        path.write_text(inst if isinstance(inst, str) else json.dumps(inst))
    return paths


def test_a_trip_costs_by_hand_what_it_costs_here() -> None:
    row, solution = solve_instance(trip(), Stop())
    metres = 6 * 1000  # lot, both schools, venue, both schools, lot
    seconds = 6 * 600 + 4 * 60 + 2 * 20 * 2
    cost = 50_000 + 3 * metres + 2 * seconds  # waiting at the venue is not paid
    assert row.penalised_usd == pytest.approx(cost / 10_000)
    assert (row.status, row.lower_bound_usd) == ("optimal", row.penalised_usd)
    assert (row.weighted_served, row.weighted_bound) == (10 * 1 + 10 * 2, 30)
    (bus,) = solution["buses"]
    assert (bus["fleet"], set(bus["outbound"]), set(bus["return"])) == ("bus", *[{"g0", "g1"}] * 2)


def test_a_season_pays_for_waiting_and_names_the_session() -> None:
    row, solution = solve_instance(season(), Stop())
    seconds = 6 * 600 + 4 * 60 + 2 * 20 * 2 + (43_200 - 36_000)
    assert row.penalised_usd == pytest.approx((50_000 + 3 * 6000 + 2 * seconds) / 10_000)
    assert [b["session"] for b in solution["buses"]] == ["s0"]


def test_who_is_left_behind_costs_the_penalty() -> None:
    inst = trip()
    inst["fleet"][0]["capacity"] = 10
    row, _ = solve_instance(inst, Stop())
    cost = 50_000 + 3 * 4000 + 2 * (4 * 600 + 2 * 60 + 2 * 10 * 2)
    assert row.penalised_usd == pytest.approx((cost + 100_000 * 10 * 1) / 10_000)
    assert (row.weighted_served, row.weighted_bound) == (20, 20)


def test_seats_of_a_session_limit_who_comes() -> None:
    inst = season()
    inst["events"][0]["sessions"][0]["seats"] = 19
    row, _ = solve_instance(inst, Stop())
    assert row.weighted_served == 20  # the group of priority 2


def test_solutions_and_a_line_for_each_are_written(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    files = saved(tmp_path, trip(), season(name="other"))
    told: list[BenchRow] = []
    rows = run_bench(files, 60, out, report=told.append)
    assert told == rows
    assert sorted(p.name for p in out.iterdir()) == [
        "bench.csv",
        "other.solution.json",
        "two.solution.json",
    ]
    header, first, second = (out / "bench.csv").read_text().splitlines()
    assert header == HEADER
    usd = f"{rows[0].penalised_usd:.4f}"
    assert first.split(",")[:6] == ["two", usd, usd, "optimal", "30", "30"]
    assert second.startswith("other,")
    assert len(json.loads((out / "two.solution.json").read_text())["buses"]) == 1


def test_a_solve_that_is_out_of_time_is_feasible_and_its_bound_is_below(tmp_path: Path) -> None:
    (row,) = run_bench(saved(tmp_path, trip()), 0, tmp_path / "out")
    assert row.status == "feasible"
    optimum = solve_instance(trip(), Stop())[0].penalised_usd
    assert 0 <= row.lower_bound_usd <= optimum <= row.penalised_usd
    assert row.weighted_bound >= 30


def broken(change: Callable[[Json], object]) -> Json:
    inst = trip()
    change(inst)
    return inst


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("no json", "not a readable JSON file"),
        ("[1, 2]", "its schema should be pooled-trip/1 or pooled-season/1"),
        ({"schema": "pooled-trip/2"}, "its schema should be pooled-trip/1 or pooled-season/1"),
        ({"schema": ["pooled-trip/1"]}, "its schema should be pooled-trip/1"),
        ({"schema": "pooled-trip/1"}, "not a whole pooled-trip/1 instance"),
        ({"schema": "pooled-season/1"}, "not a whole pooled-season/1 instance"),
        (broken(lambda i: i.pop("objective")), "objective"),
        (broken(lambda i: i["groups"][1].pop("students")), "students"),
        (broken(lambda i: i["fleet"][0].update(garage="elsewhere")), "elsewhere"),
        (broken(lambda i: i.update(name="../two")), "cannot be that of a file"),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_written(tmp_path: Path, bad: Any, words: str) -> None:
    good, worse = saved(tmp_path, trip(), bad)
    with pytest.raises(BenchError, match=words) as failure:
        run_bench([good, worse], 60, tmp_path / "out")
    assert str(worse) in str(failure.value)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"missing\.json"):
        run_bench([tmp_path / "missing.json"], 60, tmp_path / "out")


@st.composite
def trips(draw: Any) -> Json:
    """The trip of two groups on any roads, with any sizes."""
    inst = trip(time_s=square(draw, 4).tolist(), dist_m=square(draw, 4).tolist())
    for group in inst["groups"]:
        group |= {
            "students": draw(st.integers(1, 15)),
            "priority": draw(st.integers(1, 4)),
            "max_ride_s": draw(st.integers(600, 4000)),
            "loc": draw(st.integers(2, 3)),
        }
    inst["objective"] = {"penalty_per_weighted_student": draw(st.sampled_from((0, 900, 10**6)))}
    return inst


@laws
@given(trips())
def test_no_choice_is_cheaper_penalties_included(inst: Json) -> None:
    row, _ = solve_instance(inst, Stop())
    penalty = inst["objective"]["penalty_per_weighted_student"]
    asked = sum(g["students"] * g["priority"] for g in inst["groups"])
    sel = selection(to_instance(inst))
    totals = [sel.totals(picks) for picks in choices(sel)]
    least = min(t.cost + penalty * (asked - t.worth) for t in totals)
    assert row.status == "optimal"
    assert row.penalised_usd == pytest.approx(least / 1e4)
    assert row.lower_bound_usd == pytest.approx(least / 1e4)
    assert row.weighted_bound >= max(t.worth for t in totals)


def judge(name: str) -> Any:
    """The judge of that schema, from its file."""
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not BENCH.is_dir(), reason="the benchmark instances are not beside us")
def test_the_judge_accepts_every_solution_at_the_best_value_known(tmp_path: Path) -> None:
    folders = {"ms": BENCH / "instances", "season": BENCH / "seasons"}
    files = [folders[name.split("-")[0]] / f"{name}.json" for name in BEST]
    run_bench(files, 60, tmp_path)
    with (tmp_path / "bench.csv").open(newline="") as table:
        rows = {row["name"]: row for row in csv.DictReader(table)}
    assert list(rows) == list(BEST)
    for path, (name, usd) in zip(files, BEST.items(), strict=True):
        kind = "evaluate" if name.startswith("ms") else "evaluate_season"
        solution = json.loads((tmp_path / f"{name}.solution.json").read_text())
        verdict = judge(kind).evaluate(json.loads(path.read_text()), solution)
        assert verdict["errors"] == []
        assert verdict["penalised"] / 1e4 == pytest.approx(float(rows[name]["penalised_usd"]))
        assert round(verdict["penalised"] / 1e4, 2) == usd
        assert rows[name]["status"] == "optimal"
        assert float(rows[name]["lower_bound_usd"]) == pytest.approx(usd, abs=0.006)
        assert int(rows[name]["weighted_served"]) == verdict["weighted_served"]
        assert int(rows[name]["weighted_bound"]) >= verdict["weighted_served"]
