"""A plan reads back as it was written; a file that is no plan says what to do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sample_day import sample_day
from tourpool.reports.csvfile import write_schedule_csv
from tourpool.reports.map import map_html
from tourpool.reports.summary import summary
from tourpool.reports.workbook import write_workbook
from tourpool.routing.plan import Baseline, Plan, Proof
from tourpool.routing.planfile import PlanFileError, read_plan, write_plan

ALONE = Baseline(proven=True, students=0, weighted=0, groups=0, buses=0, metres=0, cost=0)
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
    buses=(),
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

SAMPLE = sample_day()


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
    refused(tmp_path / "x", "[1, 2]", "x is not a plan, but some other file; name the plan.json")


def test_a_file_that_is_cut_short_is_told_in_plain_words(tmp_path: Path) -> None:
    write_plan(SAMPLE, tmp_path / "plan.json")
    half = (tmp_path / "plan.json").read_bytes()[:5000]
    told = "half is not a plan: it is cut short, or something else than a plan.json; name the plan"
    refused(tmp_path / "half", half, told)
    refused(tmp_path / "half", b"", told)


def test_of_a_folder_the_plan_in_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match=r"is a folder without a plan\.json; name"):
        read_plan(tmp_path)
    write_plan(SAMPLE, tmp_path / "plan.json")
    with pytest.raises(PlanFileError, match=r"is a folder; name .*plan\.json$"):
        read_plan(tmp_path)


def test_a_plan_of_another_schema_is_refused(tmp_path: Path) -> None:
    text = '{"schema_version": "tourpool-plan/9"}'
    refused(tmp_path / "x", text, "schema 'tourpool-plan/9'.* reads 'tourpool-plan/1'; plan")


def test_a_plan_changed_by_hand_names_the_place(tmp_path: Path) -> None:
    write_plan(EMPTY, tmp_path / "plan.json")
    text = (tmp_path / "plan.json").read_text(encoding="utf-8")
    broken = text.replace('"version": 1', '"version": "two"')
    refused(tmp_path / "plan.json", broken, "changed since it was written.*: version: ")


def test_a_whole_plan_reads_back_as_it_was_written(tmp_path: Path) -> None:
    write_plan(SAMPLE, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == SAMPLE


Content = dict[str, Any]
PAIR = ("blocks", 0, "run_pairs", 0)
STOP = (*PAIR, "outbound", "stops", 1)


def put(*where: str | int, value: object) -> Callable[[Content], None]:
    """Change one value of a plan's content."""

    def change(content: Any) -> None:
        for name in where[:-1]:
            content = content[name]
        content[where[-1]] = value

    return change


def test_time_on_board_of_a_whole_season_may_be_days(tmp_path: Path) -> None:
    assert SAMPLE.proof.student_s == 7 * 24 * 3600  # 144 students, 35 min there and 35 back
    write_plan(SAMPLE, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json").proof == SAMPLE.proof


def again(name: str) -> Callable[[Content], None]:
    return lambda content: content[name].append(content[name][0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(*STOP, "place_id", value="nowhere"), "run b1/1/out: no school nowhere"),
        (put(*STOP, "kind", value="venue"), "run b1/1/out: no venue 210001000002"),
        (put(*STOP, "on", 0, "group_id", value="r9"), "run b1/1/out: no group r9"),
        (put(*STOP, "line", 0, value=[95, 0]), "the line to 210001000002 leaves the earth"),
        (put(*PAIR, "outbound", "stops", value=[]), "run b1/1/out: needs two stops"),
        (put(*PAIR, "session_id", value="tour-2"), "block b1: no session tour-2"),
        (put(*PAIR, "groups", 0, "request_id", value="r9"), "group r1: no request r9"),
        (put("blocks", 0, "garage_id", value="x"), "block b1: no garage x"),
        (put("buses", 1, "garage_id", value="x"), "buses x/tiered: no garage x"),
        (put("blocks", 0, "run_pairs", value=[]), "block b1: drives nobody"),
        (put("requests", 0, "ncessch", value="1"), "request r1: no school 1"),
        (put("requests", 0, "session_id", value="x"), "request r1: no session x"),
        (put("requests", 3, "accepts", value=["x"]), "request r4: no session x"),
        (put("sessions", 0, "visits", 0, "venue_id", value="x"), "session tour-1: no venue x"),
        (put("sessions", 0, "visits", value=[]), "session tour-1: visits no venue"),
        (put("places", 0, "tz", value="America/Nowhere"), "'America/Nowhere' is no time zone"),
        (put("places", 0, "tz", value="../etc"), "'../etc' is no time zone"),
        (put("places", 0, "stop_lat", value=91), "school 210001000001: 91.0, -85.1 is no pos"),
        (put("places", 0, "lon", value=float("nan")), "places.0.lon: a number beyond"),
        (put("places", 0, "lat", value=float("inf")), "places.0.lat: a number beyond"),
        (put("blocks", 0, "cost", value=10**400), "blocks.0.cost: "),
        (put("blocks", 0, "back_s", value=10**9), "blocks.0.back_s: 1000000000 s is days away"),
        (put("blocks", 0, "date", value="0001-01-01"), "blocks.0.date: 0001-01-01 is in no season"),
        (again("places"), "places: school 210001000001 is there twice"),
        (again("sessions"), "sessions: tour-1 is there twice"),
        (again("requests"), "requests: r1 is there twice"),
        (again("blocks"), "blocks: b1 is there twice"),
        (put(*PAIR, "groups", 1, "group_id", value="r1"), "groups: r1 is there twice"),
    ],
)
def test_a_garbled_plan_is_refused_with_its_place(
    tmp_path: Path, change: Callable[[Content], None], words: str
) -> None:
    content = json.loads(SAMPLE.model_dump_json())
    change(content)
    refused(tmp_path / "plan.json", json.dumps(content), f"changed since .*{words}.*; plan the")


def test_a_file_of_brackets_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "x", "[" * 100_000, "x is not a plan")


def values(content: Any, where: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where each value of a plan's content stands."""
    inner = content.items() if isinstance(content, dict) else enumerate(content)
    return [
        place
        for name, value in inner
        for place in (
            (*where, name),
            *(values(value, (*where, name)) if isinstance(value, dict | list) else ()),
        )
    ]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    where=st.sampled_from(values(json.loads(SAMPLE.model_dump_json()))),
    value=st.sampled_from([None, "", "x", -1, 0, 1e300, 10**12, -(10**6), [], {}, "9999-12-31"]),
)
def test_what_is_read_can_be_drawn_and_written(
    tmp_path: Path, where: tuple[str | int, ...], value: object
) -> None:
    content = json.loads(SAMPLE.model_dump_json())
    put(*where, value=value)(content)
    (tmp_path / "plan.json").write_text(json.dumps(content))
    try:
        plan = read_plan(tmp_path / "plan.json")
    except PlanFileError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    map_html(plan)
    write_workbook(plan, tmp_path / "schedule.xlsx")
    write_schedule_csv(plan, tmp_path / "schedule.csv")
    summary(plan)
