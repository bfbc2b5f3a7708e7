"""Each folder of ``broken/`` is one rule, broken: its files replace those of the tiny season.

``problems.txt`` holds all that reading must say, ``warnings.txt`` all that it must say of a season
that can be used nevertheless.
"""

import csv
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tourpool.events.problems import TableError
from tourpool.events.reading.read import read_season_with_warnings
from tourpool.events.reading.tables import TABLE
from tourpool.events.reading.validate import RULES, WARNINGS

BROKEN = Path(__file__).parent / "broken"
ERRORS = sorted(p.parent for p in BROKEN.glob("*/problems.txt"))
DOUBTS = sorted(p.parent for p in BROKEN.glob("*/warnings.txt"))


def breaks(season: Path, rule: str) -> Path:
    """Put the files of a rule into a season."""
    return Path(shutil.copytree(BROKEN / rule, season, dirs_exist_ok=True))


def test_the_season_that_is_broken_here_is_whole_and_without_warnings(tiny: Path) -> None:
    _, warnings = read_season_with_warnings(tiny)
    assert warnings == ()


@pytest.mark.parametrize("rule", ERRORS, ids=lambda rule: rule.name)
def test_a_broken_rule_names_its_place_and_its_mending_and_nothing_else(
    rule: Path, tiny: Path
) -> None:
    with pytest.raises(TableError) as error:
        read_season_with_warnings(breaks(tiny, rule.name))
    assert str(error.value) == (rule / "problems.txt").read_text().rstrip("\n")


@pytest.mark.parametrize("rule", DOUBTS, ids=lambda rule: rule.name)
def test_a_doubt_is_said_and_the_season_is_read(rule: Path, tiny: Path) -> None:
    _, warnings = read_season_with_warnings(breaks(tiny, rule.name))
    assert "\n".join(map(str, warnings)) == (rule / "warnings.txt").read_text().rstrip("\n")


def test_every_rule_has_a_broken_file() -> None:
    assert {rule.__name__ for rule in RULES} <= {folder.name for folder in ERRORS}
    assert {rule.__name__ for rule in WARNINGS} <= {folder.name for folder in DOUBTS}


def test_every_message_says_what_is_wrong_and_what_would_be_right() -> None:
    messages = [p.read_text().splitlines() for p in BROKEN.glob("*/*.txt")]
    assert all("; " in line.split(": ", 1)[1] for lines in messages for line in lines)


def test_all_problems_of_all_tables_are_said_at_once(tiny: Path) -> None:
    for rule in ("agreement_days_in_order", "not_a_number", "apart_are_two"):
        breaks(tiny, rule)
    with pytest.raises(TableError) as error:
        read_season_with_warnings(tiny)
    assert [(p.file, p.row, p.column) for p in error.value.problems] == [
        ("venues.csv", 2, "lat"),
        ("buses.csv", 2, "usd_per_mile"),
        ("buses.csv", 3, "usd_per_mile"),
        ("apart.csv", 2, "request_b"),
        ("agreements.csv", 2, "valid_to"),
    ]


def test_a_row_that_cannot_be_read_is_not_missed_by_the_rows_that_name_it(tiny: Path) -> None:
    schools = tiny / "schools.csv"
    schools.write_text(schools.read_text().replace(",33,7,12", ",far away,7,12"))
    with pytest.raises(TableError) as error:
        read_season_with_warnings(tiny)
    assert str(error.value) == (
        "schools.csv:2:locale: 'far away' is not a number; write digits with a point, as in 2.5"
    )


def test_adults_need_neither_students_nor_chaperones_nor_grades(tiny: Path) -> None:
    (tiny / "events.csv").write_text(
        "event_id,name,kind,ecosystem_id,adults_only\n"
        "spring-tour,Spring campus tour,college_tour,delta,\n"
        "training,Coach training,training,delta,yes\n"
    )
    with (tiny / "sessions.csv").open("a") as sessions:
        sessions.write("training-fri,training,2027-03-12,dsu,10:30,12:30\n")
    with (tiny / "requests.csv").open("a") as requests:
        requests.write("coaches,280189001037,training,0,2,0\nothers,280204001041,training,3,0,0\n")
    season, _ = read_season_with_warnings(tiny)
    assert [r.people for r in season.requests[-2:]] == [2, 3]


def test_a_group_that_may_be_split_may_be_larger_than_a_venue_takes_at_once(tiny: Path) -> None:
    breaks(tiny, "group_fits_venue")  # 31 people, groups of 30
    header, *rows = (tiny / "requests.csv").read_text().splitlines()
    split = [f"{header},may_split", *(f"{row},yes" for row in rows)]
    (tiny / "requests.csv").write_text("\n".join(split))
    read_season_with_warnings(tiny)


def test_visits_in_two_zones_are_compared_by_the_sun_and_not_by_the_clock(tiny: Path) -> None:
    """12:30 at dsu is 13:30 in Atlanta: arriving there by 13:15 is before leaving."""
    with (tiny / "venues.csv").open("a") as venues:
        venues.write("gsu,Georgia State University,33.753,-84.385,,\n")
    (tiny / "visits.csv").write_text(
        "session_id,order,venue_id,arrive_by,depart\n"
        "tour-tue,2,gsu,13:15,15:00\ntour-thu,2,gsu,13:45,15:00\n"
    )
    with pytest.raises(TableError) as error:
        read_season_with_warnings(tiny)
    assert [(p.file, p.row, p.column) for p in error.value.problems] == [
        ("visits.csv", 2, "arrive_by")
    ]


ABSENT = {  # tables that the tiny season does without
    "apart": "request_a,request_b\nsimmons-12,humphreys-11\n",
    "visits": "session_id,order,venue_id,arrive_by,depart\ntour-tue,2,dsu,13:00,14:00\n",
    "tariffs": "tariff_id,from_mi,usd_per_mile\nsteps,0,4.1\nsteps,100,3.2\n",
    "hazards": "hazard_id,osm_way,closed\nold-mill,1,yes\nmain-street,2,yes\n",
    "pins": "request_id,session_id,bus\nsimmons-12,tour-tue,delta-coach/coach/C1\n",
    "budgets": "payer,scope,usd\n2801890,all,2500\ndelta,spring-tour,6000\n",
}
NASTY = st.sampled_from(
    ["", "0", "-1", "1e9", "9" * 400, "24:00", "02:30", "2027-03-14", "1/1/1", "x", "yes", "#N/A"]
) | st.text(max_size=12)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(data=st.data())
def test_whatever_is_typed_is_read_or_told(tiny: Path, data: st.DataObject) -> None:
    file = tiny / f"{data.draw(st.sampled_from(sorted(TABLE)))}.csv"
    original = file.read_text() if file.exists() else ABSENT[file.stem]
    table = list(csv.reader(original.splitlines()))
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(table))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(NASTY)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(table)
    with suppress(TableError):
        read_season_with_warnings(tiny)
    file.write_text(original)
