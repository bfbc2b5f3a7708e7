"""Each folder of ``broken/`` is one rule, broken: its files replace those of the tiny season.

``problems.txt`` holds all that reading must say, ``warnings.txt`` all that it must say of a season
that can be used nevertheless.
"""

import shutil
from pathlib import Path

import pytest

from tourpool.events.problems import TableError
from tourpool.events.read import read_season_with_warnings
from tourpool.events.validate import RULES, WARNINGS

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
