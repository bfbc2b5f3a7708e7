"""Tariffs, budgets and what a bus pays at the least, as people type them."""

from pathlib import Path

import openpyxl
import pytest

from tourpool.events.problems import TableError
from tourpool.events.reading.read import read_season, read_season_with_warnings
from tourpool.events.season import Season

BUSES = (
    "garage_id,bus_type,count,seats_small,seats_large,usd_fixed,tariff_id,driver_min_h,"
    "usd_per_hour,free_from,free_to,min_riders\n"
    "hollandale-lot,full-size,1,77,52,0,steps,2.5,24.5,07:45,15:00,15\n"
)
TARIFFS = "tariff_id,from_mi,usd_per_mile\nsteps,100.5,1.8\nsteps,,2.45\nsteps,250,1.2\n"
BUDGETS = "payer,scope,usd\n2801890,,2500\ndelta,spring-tour,6000.50\nhills,College tour,0\n"


@pytest.fixture
def priced(tiny: Path) -> Path:
    """The tiny season with a bus on a tariff, and budgets."""
    for name, text in (("buses", BUSES), ("tariffs", TARIFFS), ("budgets", BUDGETS)):
        (tiny / f"{name}.csv").write_text(text)
    return tiny


def problems(path: Path) -> list[str]:
    with pytest.raises(TableError) as error:
        read_season(path)
    return [str(p) for p in error.value.problems]


def test_tariffs_and_budgets_that_nobody_gave_are_none(tiny: Path) -> None:
    season = read_season(tiny)
    assert (season.tariffs, season.budgets, season.tariff) == ((), (), {})
    assert {(b.tariff_id, b.driver_min_h, b.min_riders) for b in season.buses} == {(None, 0, 0)}


def test_a_bus_on_a_tariff_has_no_rate_of_its_own(priced: Path) -> None:
    season, warnings = read_season_with_warnings(priced)
    (bus,) = season.buses
    assert (bus.tariff_id, bus.usd_per_mile, warnings) == ("steps", 0, ())
    assert (bus.driver_min_h, bus.min_riders) == (2.5, 15)


def test_tiers_of_a_tariff_go_up_in_whatever_order_they_were_typed(priced: Path) -> None:
    tiers = read_season(priced).tariff["steps"]
    assert [(t.from_mi, t.usd_per_mile) for t in tiers] == [(0, 2.45), (100.5, 1.8), (250, 1.2)]


def test_a_budget_is_for_all_events_unless_it_says_for_which(priced: Path) -> None:
    budgets = read_season(priced).budgets
    assert [(b.payer, b.scope, b.usd) for b in budgets] == [
        ("2801890", "all", 2500),
        ("delta", "spring-tour", 6000.5),
        ("hills", "college_tour", 0),
    ]


def test_a_budget_of_an_ecosystem_that_has_a_number_keeps_it(priced: Path) -> None:
    """Ecosystem 123456 is not a district whose zero Excel took."""
    for file in priced.glob("*.csv"):
        file.write_text(file.read_text().replace("hills", "123456"))
    assert read_season(priced).budgets[2].payer == "123456"


def test_a_budget_of_a_district_gets_back_the_zero_that_excel_took(priced: Path) -> None:
    """Alabama is state 01; Starkville moves to Tuscaloosa, 33.2, -87.6."""
    for file in priced.glob("*.csv"):
        text = file.read_text().replace("280018901451,2800189", "10018901451,100189")
        text = text.replace("33.450484,-88.820808", "33.2,-87.6").replace("2800189,", "100189,")
        file.write_text(text.replace("hills,College tour", "100189,training"))
    season = read_season(priced)
    assert season.budgets[2].payer == season.schools[3].leaid == "0100189"


def test_a_workbook_says_the_same_of_money(priced: Path) -> None:
    season = read_season(priced)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for file in priced.glob("*.csv"):
        sheet = book.create_sheet(file.stem)
        for line in file.read_text().splitlines():
            sheet.append([_typed(cell) for cell in line.split(",")])
    path = priced.parent / "season.xlsx"
    book.save(path)
    assert _money(read_season(path)) == _money(season)


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("buses", ",2.5,24.5", ",3,24.5"),
        ("buses", "15:00,15", "15:00,16"),
        ("tariffs", "250,1.2", "250,1.1"),
        ("budgets", "6000.50", "6000"),
    ],
)
def test_another_price_or_budget_gives_another_digest(
    priced: Path, table: str, before: str, after: str
) -> None:
    digest = read_season(priced).digest
    file = priced / f"{table}.csv"
    file.write_text(file.read_text().replace(before, after))
    assert read_season(priced).digest != digest


def test_a_price_nobody_can_read_is_told_once(priced: Path) -> None:
    (priced / "buses.csv").write_text(
        BUSES.replace("tariff_id,", "tariff_id,usd_per_mile,").replace("steps,", ",two,")
    )
    (priced / "tariffs.csv").write_text(TARIFFS.replace("100.5", "far").replace("steps,,", "s,,"))
    assert problems(priced) == [  # and not that steps begins at 250, for `far` may be 0
        "buses.csv:2:usd_per_mile: 'two' is not a number; write digits with a point, as in 2.5",
        "tariffs.csv:2:from_mi: 'far' is not a number; write digits with a point, as in 2.5",
    ]


def test_tariffs_that_cannot_be_opened_are_not_said_to_be_missing(priced: Path) -> None:
    (priced / "tariffs.csv").write_bytes(b"PK\x03\x04\0\0")
    right = "save it in Excel as CSV UTF-8 (Comma delimited)"
    assert problems(priced) == [f"tariffs.csv: is not text; {right}"]


def test_a_table_of_tariffs_without_rows_has_no_tariff(priced: Path) -> None:
    (priced / "tariffs.csv").write_text("tariff_id,from_mi,usd_per_mile\n")
    assert problems(priced) == [
        "buses.csv:2:tariff_id: 'steps' is not in tariffs; add it there, or name one that is"
    ]


def test_a_bus_goes_to_two_sessions_a_day_unless_the_policy_says_one(tiny: Path) -> None:
    policy = read_season(tiny).policy
    assert (policy.run_pairs_per_day, policy.garage_break_min) == (2, 30)
    (tiny / "policy.csv").write_text("key,value\nrun_pairs_per_day,1\ngarage_break_min,45\n")
    policy = read_season(tiny).policy
    assert (policy.run_pairs_per_day, policy.garage_break_min) == (1, 45)
    (tiny / "policy.csv").write_text("key,value\nrun_pairs_per_day,3\ngarage_break_min,-1\n")
    assert problems(tiny) == [
        "policy.csv:2:value: 3 is out of range; write at least 1 and at most 2",
        "policy.csv:3:value: -1 is out of range; write at least 0 and at most 600",
    ]


def _typed(cell: str) -> object:
    """What Excel makes of a cell that somebody types."""
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def _money(season: Season) -> tuple[object, ...]:
    return season.buses, season.tariffs, season.budgets, season.digest
