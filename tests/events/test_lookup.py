"""Schools and events are found by id or name; what is not found says what was perhaps meant."""

import pytest

from tourpool.events.lookup import NotFoundError, find_event, find_school
from tourpool.events.occasions import Event, EventKind
from tourpool.events.places import District, Ecosystem, School
from tourpool.events.season import Season


def school(ncessch: str, leaid: str, name: str) -> School:
    return School(
        ncessch=ncessch,
        leaid=leaid,
        name=name,
        lat=33.4,
        lon=-90.2,
        stop_lat=33.4,
        stop_lon=-90.2,
        tz="America/Chicago",
        locale=43,
        grade_low=9,
        grade_high=12,
    )


@pytest.fixture
def season() -> Season:
    return Season(
        name="x",
        ecosystems=(Ecosystem(ecosystem_id="e3", name="Ecosystem 3"),),
        districts=(
            District(leaid="2800001", name="Holmes", ecosystem_id="e3"),
            District(leaid="2800002", name="Leflore", ecosystem_id="e3"),
        ),
        schools=(
            school("280000100001", "2800001", "Holmes County Central High School"),
            school("280000100002", "2800001", "Central High School"),
            school("280000200003", "2800002", "Greenwood High School"),
            school("280000200004", "2800002", "Eastside High School"),
            school("280000100005", "2800001", "Eastside High School"),
        ),
        venues=(),
        events=(
            Event(
                event_id="msu", name="Tour of State", kind=EventKind.COLLEGE_TOUR, ecosystem_id="e3"
            ),
        ),
        sessions=(),
        requests=(),
        garages=(),
        buses=(),
    )


def test_a_school_is_found_by_its_number(season: Season) -> None:
    assert find_school(season, "280000200003").name == "Greenwood High School"


def test_a_school_is_found_by_a_part_of_its_name_in_any_case(season: Season) -> None:
    assert find_school(season, "  greenwood ").ncessch == "280000200003"


def test_a_whole_name_wins_over_a_longer_name_that_holds_it(season: Season) -> None:
    assert find_school(season, "Central High School").ncessch == "280000100002"


def test_a_name_of_two_schools_asks_for_the_number(season: Season) -> None:
    with pytest.raises(NotFoundError, match=r"2 schools go by .*280000200004 .*Leflore.*Holmes"):
        find_school(season, "Eastside")


def test_a_misspelt_school_gets_the_nearest_name_first(season: Season) -> None:
    with pytest.raises(NotFoundError, match="perhaps: 280000200003 Greenwood High School"):
        find_school(season, "Grenwood High")


def test_an_event_is_found_by_its_id_or_name(season: Season) -> None:
    assert find_event(season, "MSU") == find_event(season, "tour of state")


def test_an_unknown_event_names_those_there_are(season: Season) -> None:
    with pytest.raises(NotFoundError, match="no event goes by 'ole miss'; perhaps: msu Tour"):
        find_event(season, "ole miss")
