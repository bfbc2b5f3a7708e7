"""Reach, as it is printed, as sheets and as a map."""

import csv
import dataclasses
import datetime as dt
import re
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tests.seasons import FAR, GUEST, NEAR, bus, request, two_schools, two_schools_roads
from tourpool.events.season import Season
from tourpool.reports.reach import reach_told
from tourpool.reports.reach_map import SIGNS, reach_html
from tourpool.reports.reach_sheet import COLUMNS, reach_cells, write_reach_sheet
from tourpool.reports.reach_words import publicly, worst_first
from tourpool.routing.questions.reach_table import How, Reached, reach_table

Table = tuple[Season, list[Reached]]
EVIL = "</script><b>`${x}{{ 7*7 }}"


@pytest.fixture(scope="module")
def table() -> Table:
    """A near school within reach, a far one that wants a substitute driver."""
    far = two_schools().school[FAR].model_copy(update={"name": EVIL})
    season = two_schools(
        schools=(two_schools().school[NEAR], far),
        buses=(bus(free_from=dt.time(8, 30), free_to=dt.time(15)),),
        requests=(request("near", NEAR), request("-far", FAR)),
    )
    return season, reach_table(season, two_schools_roads())


def printed(table: Table) -> str:
    text = StringIO()
    Console(file=text, width=80).print(reach_told(*table, estimated=True))
    return text.getvalue()


def test_students_are_counted_by_what_it_takes(table: Table) -> None:
    text = printed(table)
    (line,) = (line for line in text.splitlines() if "a bus in its hours" in line)
    assert [cell.strip() for cell in line.split("│")[2:4]] == ["1", "20"]
    plain = " ".join(text.split())
    assert (
        "A substitute driver would unlock 1 request of 20 students; a charter that is free all "
        "day 1 request of 20 students." in plain
    )
    assert max(map(len, text.splitlines())) <= 80


def test_who_is_out_of_reach_in_their_hours_is_told_with_bus_and_clock(table: Table) -> None:
    plain = " ".join(printed(table).split())
    assert f"-far: {EVIL} to Event tour, 20 students" in plain
    assert "Only with a substitute driver. Bus of type full at Garage lot, out 8:25 AM," in plain
    assert "back 1:27 PM; free 08:30 to 15:00." in plain
    assert "Ride there and back: 55/56 of 90 min allowed." in plain
    assert "near: " not in plain


def test_the_csv_has_a_row_for_each_school_and_session(table: Table, tmp_path: Path) -> None:
    write_reach_sheet(*table, tmp_path / "reach.csv", estimated=True)
    with (tmp_path / "reach.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["Request"] for r in rows] == ["near", "'-far"]
    assert (rows[1]["Out"], rows[1]["Back"], rows[1]["Free from"]) == ("08:25", "13:27", "08:30")
    assert (rows[1]["Ride there, min"], rows[1]["Reached by"]) == ("55", How.DRIVER.value)
    assert rows[0]["What stops buses in their hours"] == ""


def test_the_sheet_has_the_same_columns(table: Table, tmp_path: Path) -> None:
    write_reach_sheet(*table, tmp_path / "reach.xlsx", estimated=True)
    sheet = load_workbook(tmp_path / "reach.xlsx")["Reach"]
    assert [c.value for c in sheet[1]] == [c.title for c in COLUMNS]
    assert sheet.max_row == 3
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"


def test_values_stand_below_their_headers(table: Table) -> None:
    season, rows = table
    far = dict(zip((c.title for c in COLUMNS), list(reach_cells(season, rows))[1], strict=True))
    assert (far["District"], far["Venue"]) == (f"District {GUEST}", "Venue college")
    assert (far["Locale"], far["Session"], far["Request"]) == (43, "morning", "-far")
    assert (far["Bus"], far["Garage"], far["Students who ask"]) == ("full", "Garage lot", 20)
    assert (far["Free from"].hour, far["Free to"].hour) == (8, 15)
    assert str(far["What stops buses in their hours"]).startswith("No bus that can bring it")


def test_what_was_tried_is_told_everywhere(table: Table, tmp_path: Path) -> None:
    season, rows = table
    season = season.model_copy(update={"settings": ("policy.max_ride_min=999",)})
    told = "Tried, in place of what the tables say: policy.max_ride_min=999."
    assert told in printed((season, rows))
    assert told in reach_html(season, rows, two_schools_roads())
    write_reach_sheet(season, rows, tmp_path / "reach.xlsx", estimated=False)
    summary = load_workbook(tmp_path / "reach.xlsx")["Summary"]
    assert told in [c.value for c in summary["A"]]
    assert "Tried" not in printed(table)


def test_those_that_need_most_come_first(table: Table) -> None:
    season, rows = table
    assert [r.request_id for r in worst_first(rows)] == ["-far", "near"]
    out = dataclasses.replace(rows[0], how=How.NO)
    assert [r.request_id for r in worst_first([rows[1], out])] == ["near", "-far"]
    page = reach_html(*table, two_schools_roads()).split("<tbody>")[1]
    assert page.index("Only with a substitute driver.") < page.index("A bus in its hours.")
    text = printed((season, [rows[1], out]))
    assert text.index("near: ") < text.index("-far: ")


def test_the_map_has_a_layer_for_each_way_and_escapes_names(table: Table) -> None:
    page = reach_html(*table, two_schools_roads())
    assert "A bus in its hours (1)" in page
    assert "Only with a substitute driver (1)" in page
    assert EVIL not in page
    assert "&lt;/script&gt;" in page
    assert "49}}" not in page
    assert 'http-equiv="Content-Security-Policy"' in page


def test_the_same_rows_give_the_same_page(table: Table) -> None:
    roads = two_schools_roads()
    assert reach_html(*table, roads) == reach_html(*table, roads)


def test_no_two_ways_look_alike() -> None:
    assert len({s.letter for s in SIGNS.values()}) == len({s.colour for s in SIGNS.values()})
    assert set(SIGNS) == set(How)


def test_the_page_leaves_out_the_bus_of_who_needs_a_wheelchair_place() -> None:
    """One with a lift is free from 8:30 only, one without all day."""
    lift = bus(bus_type="wheelchair lift", free_from=dt.time(8, 30), free_to=dt.time(15))
    season = two_schools(
        buses=(lift, bus(bus_type="full", wheelchair_places=0)),
        requests=(request("near", NEAR), request("far", FAR, wheelchairs=1)),
    )
    rows = reach_table(season, two_schools_roads())
    told = " ".join(printed((season, rows)).split())
    assert "far: School 280000200001 to Event tour, 20 students Only with a substitute" in told
    assert "Bus of type wheelchair lift at Garage lot, out 8:25 AM" in told
    page = reach_html(season, rows, two_schools_roads())
    assert "wheelchair" not in page.lower()
    (cell,) = re.findall(r"School 280000200001<.*?<td class=\"text\">(.*?)</td>", page)
    assert cell == (
        "<strong>Only with a substitute driver.</strong> No bus that fits its needs. Ride "
        "there/back 55/56 of 90 min."
    )


def test_a_type_called_by_its_lift_is_not_told_on_the_page() -> None:
    season = two_schools(
        buses=(bus(bus_type="Wheelchair"),), requests=(request("near", NEAR, wheelchairs=1),)
    )
    rows = reach_table(season, two_schools_roads())
    page = reach_html(season, rows, two_schools_roads())
    assert "wheelchair" not in page.lower()
    assert "A bus in its hours.</strong> Bus at Garage lot, out " in page


def test_sums_of_what_stops_buses_say_nothing_of_wheelchairs() -> None:
    season = two_schools(
        buses=(bus(wheelchair_places=0),), requests=(request("near", NEAR, wheelchairs=1),)
    )
    rows = reach_table(season, two_schools_roads())
    rows = [dataclasses.replace(r, how=How.NO) for r in rows]  # nor a charter from elsewhere
    page = reach_html(season, rows, two_schools_roads())
    assert "wheelchair" not in page.lower()
    assert "No bus helps: no bus that fits its needs, 20 students." in page


def test_the_map_says_nothing_of_wheelchairs() -> None:
    assert (
        publicly("Without its 1 wheelchair place it could ride.") == "No bus that fits its needs."
    )
    assert publicly("Beyond every ride limit.") == "Beyond every ride limit."
