"""Hazards as people type them, and the days on which they hold."""

import datetime as dt
from pathlib import Path

import pytest

from tourpool.events.hazards import Bridge, Hazard
from tourpool.events.reading.read import read_season

MONDAY, TUESDAY, FRIDAY = dt.date(2027, 3, 8), dt.date(2027, 3, 9), dt.date(2027, 3, 12)


def test_hazards_are_read_as_typed(tiny: Path) -> None:
    (tiny / "hazards.csv").write_text(
        "hazard_id,lat,lon,osm_way,bridge,closed,max_tons,max_height_ft,date_from,date_to\n"
        "mill,33.2,-90.8,,On,,8,,,\n"
        'tracks,33.2,-90.8,,under,no,,"10.5",,\n'
        "main,,,17823344,,yes,,,3/8/2027,3/12/2027\n"
    )
    assert read_season(tiny).hazards == (
        Hazard(hazard_id="mill", lat=33.2, lon=-90.8, bridge=Bridge.ON, max_tons=8),
        Hazard(hazard_id="tracks", lat=33.2, lon=-90.8, bridge=Bridge.UNDER, max_height_ft=10.5),
        Hazard(hazard_id="main", osm_way=17823344, closed=True, date_from=MONDAY, date_to=FRIDAY),
    )


def test_a_hazard_changes_the_digest_of_its_season(tiny: Path) -> None:
    before = read_season(tiny).digest
    (tiny / "hazards.csv").write_text("hazard_id,osm_way,closed\nmain,17823344,yes\n")
    assert read_season(tiny).digest != before


def test_a_position_that_lost_its_minus_sign_is_told(tiny: Path) -> None:
    (tiny / "hazards.csv").write_text("hazard_id,lat,lon,closed\nmill,33.2,90.8,yes\n")
    with pytest.raises(ValueError, match=r"hazards\.csv:2:lon: 90\.8 has lost its minus sign"):
        read_season(tiny)


def test_both_days_of_a_hazard_count_and_open_ends_are_always() -> None:
    week = Hazard(hazard_id="w", osm_way=1, closed=True, date_from=TUESDAY, date_to=FRIDAY)
    day = dt.timedelta(days=1)
    assert not week.holds_on(MONDAY)
    assert week.holds_on(TUESDAY)
    assert week.holds_on(FRIDAY)
    assert not week.holds_on(FRIDAY + day)
    since = week.model_copy(update={"date_to": None})
    assert since.holds_on(FRIDAY + 1000 * day)
    until = week.model_copy(update={"date_from": None})
    assert until.holds_on(MONDAY - 1000 * day)
