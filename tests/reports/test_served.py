"""Who has been served how often, in words and sheets."""

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tourpool.events.equity import highest_weight
from tourpool.events.rules import Policy
from tourpool.reports.served import served_told
from tourpool.reports.served_book import write_served_book
from tourpool.reports.served_words import in_short, rule, years
from tourpool.routing.plan import Plan
from tourpool.routing.questions.served import Level, Served, Window

THREE = Window(dt.date(2024, 3, 9), dt.date(2027, 3, 9))


def school(name: str, *, before: int, seated: int, asked: int) -> Served:
    """A school that rode once with 30 before, or never."""
    return Served(
        level=Level.SCHOOL,
        name=name,
        within="Adair",
        schools=1,
        before=before,
        after=int(before or seated > 0),
        times=before,
        students=30 * before,
        last=dt.date(2025, 10, 14) if before else None,
        by_year={2023: 0, 2024: 0, 2025: 30 * before, 2026: 0},
        asked=asked,
        seated=seated,
        occasions=int(seated > 0),
    )


FOUND = (
    school("New High", before=0, seated=12, asked=12),
    school("=Waiting High", before=0, seated=0, asked=14),
    school("[b]Quiet[/b] High", before=0, seated=0, asked=0),
    school("Old High", before=1, seated=20, asked=20),
)


def test_it_says_who_is_served_for_the_first_time_and_who_is_still_without() -> None:
    assert in_short(FOUND, THREE) == (
        "In the three years before 2027-03-09, 1 of 4 schools (25 %) had seats; with this plan 2 "
        "have (50 %).",
        "Served for the first time in three years (1): New High.",
        "Asked, and still without a seat (1): =Waiting High.",
        "Without a seat, and did not ask (1): [b]Quiet[/b] High.",
    )


def test_the_rule_has_the_figures_of_the_policy() -> None:
    told = rule(Policy(weight_rural=0.7, weight_rural_fringe=0, weight_never_served=0.8))
    assert told[0] == "Every student for whom a seat is asked counts 1.00. To this is added:"
    assert told[1].startswith("+ 0.70 where the school is distant or remote rural")
    assert told[2].startswith("+ up to 1.00 the fewer of the district's students are college and")
    assert told[3].startswith("+ 0.80 where the school had no seat in the three years")
    assert told[4] == "So a student counts between 1.00 and 3.50."  # 1 + 0.7 + 1 + 0.8


def test_without_weights_all_students_count_alike() -> None:
    nothing = Policy(
        weight_rural=0, weight_rural_fringe=0, weight_low_readiness=0, weight_never_served=0
    )
    assert rule(nothing)[0].endswith("Nothing is added: all students count alike.")
    assert not any("turns go round" in line for line in rule(nothing))


def test_the_highest_weight_takes_the_larger_of_the_two_for_distance() -> None:
    assert highest_weight(Policy()) == 400
    assert highest_weight(Policy(weight_rural=0.2, weight_rural_fringe=0.5)) == 350


def test_the_terminal_shows_schools_with_fewest_seats_first() -> None:
    written = io.StringIO()
    Console(width=80, file=written).print(served_told(FOUND, THREE, Policy()))
    text = written.getvalue()
    assert "[b]Quiet[/b] High" in text
    assert text.index("New High") < text.index("Old High")
    assert "2025-10-14" in text
    assert "did not ask" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_school_years_are_written_as_people_do() -> None:
    assert years(THREE) == ("2023-24", "2024-25", "2025-26", "2026-27")


def test_the_workbook_has_a_sheet_a_level_and_the_rule(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "served.xlsx"
    write_served_book(FOUND, THREE, Policy(), plan, path)
    book = load_workbook(path)
    assert book.sheetnames == ["Schools", "Districts", "Ecosystems", "Rule"]
    rows = list(book["Schools"].iter_rows(values_only=True))
    table = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert table["Old High"]["Students 2025-26"] == 30
    assert table["Old High"]["Seats in this plan"] == 20
    new = table["New High"]
    assert (new["Had seats before"], new["Has seats after"], new["Times in three years"]) == (
        0,
        1,
        0,
    )
    assert "Schools" not in new  # it would be 1 in each row
    assert "Schools" in [c.value for c in book["Districts"][1]]
    waiting = next(c for c in book["Schools"]["A"] if c.value == "=Waiting High")
    assert (waiting.data_type, waiting.quotePrefix) == ("s", True)
    assert "Every student" in book["Rule"]["A2"].value


@pytest.mark.parametrize("level", Level)
def test_every_level_has_its_table(level: Level) -> None:
    written = io.StringIO()
    Console(width=80, file=written).print(served_told(FOUND, THREE, Policy()))
    assert f"\n {level.value} " in written.getvalue()
