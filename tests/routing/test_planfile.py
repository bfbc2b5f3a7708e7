"""A plan reads back as it was written; a file that is no plan says what to do."""

from pathlib import Path

import pytest

from tourpool.routing.plan import Baseline, Plan, Proof
from tourpool.routing.planfile import PlanFileError, read_plan, write_plan

ALONE = Baseline(students=0, weighted=0, groups=0, buses=0, metres=0, cost=0)
EMPTY = Plan(
    plan_id="p",
    version=1,
    made_by="tourpool",
    season="Größe ☃",
    season_digest="d",
    roads="estimated",
    roads_digest="r",
    estimated=True,
    max_ride_min=90,
    ecosystems={},
    places=(),
    sessions=(),
    requests=(),
    blocks=(),
    proof=Proof(
        status="optimal",
        weighted_served=0,
        weighted_bound=0,
        cost=0,
        cost_bound=0,
        rank_sum=0,
        cost_slack_pct=1,
    ),
    alone_same_groups=ALONE,
    alone_same_fleet=ALONE,
)


def refused(path: Path, text: str | bytes, words: str) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PlanFileError, match=words):
        read_plan(path)


def test_a_plan_reads_back_as_it_was_written(tmp_path: Path) -> None:
    write_plan(EMPTY, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == EMPTY


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "x", "school,students", "x is not a plan: .*name the plan.json")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "x", b"PK\x03\x04\xff\xfe", "x is not a plan: .*name the plan.json")


def test_json_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "x", "[1, 2]", "x is JSON but not a plan")


def test_a_plan_of_another_schema_is_refused(tmp_path: Path) -> None:
    text = '{"schema_version": "tourpool-plan/9"}'
    refused(tmp_path / "x", text, "schema 'tourpool-plan/9'.* reads 'tourpool-plan/1'; plan")


def test_a_plan_changed_by_hand_names_the_place(tmp_path: Path) -> None:
    write_plan(EMPTY, tmp_path / "plan.json")
    text = (tmp_path / "plan.json").read_text(encoding="utf-8")
    broken = text.replace('"version": 1', '"version": "two"')
    refused(tmp_path / "plan.json", broken, "changed since it was written.*: version: ")
