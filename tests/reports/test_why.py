"""Why, as it is printed and as a sheet."""

import csv
import dataclasses
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tests.seasons import FAR, NEAR, bus, request, two_schools, two_schools_roads
from tourpool.events.season import Season
from tourpool.reports.why import moved_text, price_text, why_told
from tourpool.reports.why_sheet import COLUMNS, why_rows, write_why_sheet
from tourpool.routing.plan import Plan
from tourpool.routing.questions.relaxation import Kind
from tourpool.routing.questions.why import Answer, unserved, why
from tourpool.routing.season_plan import plan_season

Asked = tuple[Season, Plan, list[Answer]]


@pytest.fixture(scope="module")
def asked() -> Asked:
    """One bus for one of two groups; the far one stays behind, under a name to be careful with."""
    season = two_schools(
        buses=(bus(seats_large=30),),
        requests=(request("near", NEAR), request("=far", FAR)),
        schools=(
            two_schools().school[NEAR],
            two_schools().school[FAR].model_copy(update={"name": "[red]Far\n<b>"}),
        ),
    )
    plan = plan_season(season, roads=two_schools_roads())
    return season, plan, why(season, plan, roads=two_schools_roads(), workers=1)


def printed(season: Season, plan: Plan, answers: list[Answer]) -> str:
    text = StringIO()
    Console(file=text, width=80).print(why_told(plan, unserved(season, plan), answers))
    return text.getvalue()


def test_a_request_is_told_with_its_reason_and_each_way_with_its_price(asked: Asked) -> None:
    text = printed(*asked)
    assert "=far: [red]Far <b>, 20 students to Event tour" in text
    assert "Outweighed by others." in text
    told = " ".join(text.split())
    assert "One more bus of type full at Garage lot on Tue nobody $" in told
    (way,) = (a.way for a in asked[2] if a.way is not None)
    assert f"${way.price / 10_000:,.2f} more" in text
    assert max(map(len, text.splitlines())) <= 80


def test_kinds_that_never_help_are_told_apart_from_those_that_were_not_searched(
    asked: Asked,
) -> None:
    season, plan, answers = asked
    text = " ".join(printed(season, plan, answers).split())
    assert "Not enough, however much of it: a longer ride, an earlier departure" in text
    assert "not all was searched" not in text
    late = [dataclasses.replace(a, known=a.kind is not Kind.RIDE_LIMIT) for a in answers]
    text = " ".join(printed(season, plan, late).split())
    assert "Not found, but not all was searched +: a longer ride." in text
    assert "+ Not all was searched: the time was over" in text


def test_the_cheapest_way_is_told_first_whatever_its_kind(asked: Asked, tmp_path: Path) -> None:
    season, plan, answers = asked
    (bus_more,) = (a for a in answers if a.way is not None)
    cheap, dear = (
        dataclasses.replace(
            bus_more,
            kind=kind,
            way=dataclasses.replace(bus_more.way, kind=kind, said=said, price=price),
        )
        for kind, said, price in (
            (Kind.BUDGET, "cheap", bus_more.way.price - 10_000),
            (Kind.RIDE_LIMIT, "dear", bus_more.way.price + 10_000),
        )
    )
    alike = dataclasses.replace(bus_more, way=dataclasses.replace(bus_more.way, said="alike"))
    found = [dear, bus_more, alike, cheap]
    told = printed(season, plan, found)
    at = [told.index(said) for said in ("Cheap", "One more bus", "Alike", "Dear")]
    assert at == sorted(at)
    rows = list(why_rows(plan, unserved(season, plan), found))
    assert [row[8] for row in rows] == ["cheap", bus_more.way.said, "alike", "dear"]


def test_where_neither_one_change_nor_two_help_the_last_line_says_so(asked: Asked) -> None:
    season, plan, _ = asked
    none = [Answer("=far", kind, None, (), known=True) for kind in (Kind.BUS, Kind.TWO)]
    lines = [line.strip() for line in printed(season, plan, none).splitlines() if line.strip()]
    assert lines[-2:] == [
        "Not enough, however much of it: one more bus.",
        "No single change, and no two of these at once, serve it.",
    ]
    late = [none[0], dataclasses.replace(none[1], known=False)]
    text = " ".join(printed(season, plan, late).split())
    assert "No single change" not in text
    assert "Not found, but not all was searched +: two of these at once." in text


def test_how_many_others_a_way_moves_is_told(asked: Asked) -> None:
    (way,) = (a.way for a in asked[2] if a.way is not None)
    some = dataclasses.replace(way, moved=42, retimed=1_044)
    assert moved_text(some) == "42; 1,044 times"
    assert moved_text(dataclasses.replace(some, moved=0)) == "1,044 times"
    assert moved_text(dataclasses.replace(some, moved=0, retimed=0)) == "nobody"


def test_a_price_that_is_not_proven_is_told_as_at_most(asked: Asked) -> None:
    (way,) = (a.way for a in asked[2] if a.way is not None)
    loose = dataclasses.replace(way, price=5_041_234, price_bound=4_000_000)
    assert price_text(loose) == "at most $504.12 more"
    assert price_text(dataclasses.replace(loose, price_bound=5_041_234)) == "$504.12 more"
    saves = dataclasses.replace(way, price=-15_000, price_bound=-15_000)
    assert price_text(saves) == "$1.50 less"


def test_a_plan_that_serves_all_says_so() -> None:
    season = two_schools()
    plan = plan_season(season, roads=two_schools_roads())
    assert printed(season, plan, []) == "Every request has a seat.\n"


def test_the_csv_has_one_row_a_way_and_defuses_formulas(asked: Asked, tmp_path: Path) -> None:
    season, plan, answers = asked
    write_why_sheet(plan, unserved(season, plan), answers, tmp_path / "why.csv")
    with (tmp_path / "why.csv").open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    assert header == [c.title for c in COLUMNS]
    told = dict(zip(header, row, strict=True))
    assert told["Request"] == "'=far"
    assert told["School"] == "[red]Far <b>"
    assert told["What is given up"] == "one more bus"
    assert told["Least and cheapest"] == "proven"
    assert float(told["More cost, US$"]) == float(told["At least, US$"]) > 0


def test_the_sheet_says_the_same(asked: Asked, tmp_path: Path) -> None:
    season, plan, answers = asked
    write_why_sheet(plan, unserved(season, plan), answers, tmp_path / "why.xlsx")
    sheet = load_workbook(tmp_path / "why.xlsx")["Why"]
    assert [c.value for c in sheet[1]] == [c.title for c in COLUMNS]
    assert sheet["A2"].value == "=far"
    assert sheet["A2"].data_type == "s"
    assert sheet.max_row == 2
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"


def test_a_request_that_nothing_serves_has_a_row_that_says_so(asked: Asked, tmp_path: Path) -> None:
    season, plan, _ = asked
    write_why_sheet(plan, unserved(season, plan), [], tmp_path / "why.xlsx")
    row = [c.value for c in load_workbook(tmp_path / "why.xlsx")["Why"][2]]
    assert "nothing that was tried" in row
