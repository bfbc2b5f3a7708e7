"""Which counties a season needs."""

import pytest

from tests.seasons import two_schools, with_tables
from tourpool.events.places import Point
from tourpool.events.problems import InputError
from tourpool.routing.network.counties import counties_between, counties_needed

COLUMBIA = Point(37.1028, -85.3064)  # the middle of Adair County, Kentucky
GREENSBURG = Point(37.2606, -85.4989)  # 14 miles north-west, in Green County
INDIANOLA = Point(33.4510, -90.6551)
TUPELO = Point(34.2576, -88.7034)


def test_a_place_needs_its_own_county() -> None:
    found = counties_between([COLUMBIA])
    assert ("21001", "Adair, Kentucky") in {(c.fips, c.name) for c in found}


def test_a_county_within_five_miles_is_needed_too() -> None:
    # Greensburg lies 4.9 miles from Taylor County, and 30 miles from Barren County's seat
    names = {c.name for c in counties_between([GREENSBURG])}
    assert "Green, Kentucky" in names
    assert "Taylor, Kentucky" in names
    assert "Warren, Kentucky" not in names


def test_counties_without_any_place_are_needed_where_a_way_passes() -> None:
    names = {c.name for c in counties_between([INDIANOLA, TUPELO])}
    assert "Calhoun, Mississippi" in names  # halfway
    assert "Hinds, Mississippi" not in names  # 60 miles south of the line


def test_more_places_need_the_same_counties_and_more() -> None:
    few = counties_between([INDIANOLA, TUPELO])
    more = counties_between([INDIANOLA, TUPELO, Point(32.2988, -90.1848)])
    assert {c.fips for c in few} < {c.fips for c in more}


def test_schools_venues_and_garages_of_a_season_count() -> None:
    season = two_schools()  # at 90 W, 33.0 to 33.1 N: Holmes and Attala County
    alone = {c.fips for c in counties_needed(season)}
    assert "28051" in alone
    moved = season.venues[0].model_copy(update={"stop_lat": 34.2576, "stop_lon": -88.7034})
    with_tupelo = {c.fips for c in counties_needed(with_tables(season, venues=(moved,)))}
    assert "28081" in with_tupelo - alone  # Lee County, where Tupelo is


def test_a_school_that_asks_for_no_seats_needs_no_roads() -> None:
    season = two_schools()
    one = season.requests[:1]
    far = season.school[season.requests[1].ncessch].model_copy(
        update={"stop_lat": 34.2576, "stop_lon": -88.7034}
    )
    schools = (season.school[one[0].ncessch], far)
    without = with_tables(season, schools=schools, requests=one)
    assert "28081" not in {c.fips for c in counties_needed(without)}
    assert "28081" in {c.fips for c in counties_needed(with_tables(season, schools=schools))}


def test_a_season_without_places_says_so() -> None:
    with pytest.raises(InputError, match="no places yet"):
        counties_between([])


def test_places_abroad_are_in_no_county() -> None:
    with pytest.raises(InputError, match="no county of the United States"):
        counties_between([Point(48.8566, 2.3522)])
