"""Values tried in place of those in the tables."""

import datetime as dt
from pathlib import Path

import pytest

from tourpool.data import copy_demo
from tourpool.events.fleet import BusType
from tourpool.events.reading.read import read_season
from tourpool.events.season import Season
from tourpool.events.try_policy import SettingError, with_settings


@pytest.fixture
def season(tiny: Path) -> Season:
    """Policy: 100 minutes. A garage with bus 12 and a charter with coaches C1 and C2."""
    return read_season(tiny)


def row(season: Season, name: str) -> BusType:
    (found,) = (b for b in season.buses if b.bus_type_id == name)
    return found


def test_a_key_of_the_policy_is_set_and_nothing_else(season: Season) -> None:
    tried = with_settings(season, ["policy.max_ride_min=120"])
    assert tried.policy == season.policy.model_copy(update={"max_ride_min": 120})
    assert tried.buses == season.buses


def test_a_season_remembers_what_was_set_as_it_was_typed(season: Season) -> None:
    tried = with_settings(season, [" policy.max_ride_min = 120", "policy.agreements=Require"])
    assert tried.settings == ("policy.max_ride_min=120", "policy.agreements=Require")
    assert tried.policy.agreements == "require"


def test_what_is_set_makes_another_digest_and_the_same_value_the_same(season: Season) -> None:
    assert with_settings(season, ["policy.max_ride_min=120"]).digest != season.digest
    assert with_settings(season, ["policy.max_ride_min=100"]).digest == season.digest


def test_a_column_is_set_for_all_buses_for_a_garage_or_for_a_type(season: Season) -> None:
    of_all = with_settings(season, ["buses.usd_per_hour=30"])
    assert [b.usd_per_hour for b in of_all.buses] == [30, 30]
    of_garage = with_settings(season, ["buses.delta-coach.usd_per_hour=40"])
    assert [b.usd_per_hour for b in of_garage.buses] == [24.5, 40]
    of_type = with_settings(season, ["buses.hollandale-lot/full-size.free_to=16:30"])
    assert row(of_type, "hollandale-lot/full-size").free_to == dt.time(16, 30)
    assert row(of_type, "delta-coach/coach").free_to == dt.time(18)


def test_fewer_buses_are_the_first_ones_and_more_need_their_numbers(season: Season) -> None:
    fewer = with_settings(season, ["buses.delta-coach.count=1"])
    assert row(fewer, "delta-coach/coach").bus_numbers == ("C1",)
    with pytest.raises(SettingError, match="buses delta-coach/coach:bus_numbers: C1; C2 does not"):
        with_settings(season, ["buses.delta-coach.count=3"])
    more = with_settings(
        season, ["buses.delta-coach.count=3", "buses.delta-coach.bus_numbers=C1;C2;C9"]
    )
    assert row(more, "delta-coach/coach").bus_numbers == ("C1", "C2", "C9")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("policy.max_ride=90", "'max_ride' is no key of policy; did you mean policy.max_ride_min?"),
        ("policy.max_ride_min=long", "'long' is not a number; write digits"),
        ("policy.max_ride_min=9.5", "9.5 is not a whole number"),
        ("policy.max_ride_min=2000", "2000 is out of range; write more than 0 and at most 1440"),
        ("policy.max_ride_min=", "has no value; write one, such as 90"),
        ("policy.agreements=maybe", "'maybe' is not one of mark, require"),
        ("max_ride_min=90", "is nothing that can be set; write policy.max_ride_min=100"),
        ("policy.max_ride_min", "is nothing that can be set"),
        ("schools.tz=x", "is nothing that can be set"),
        ("buses.garage_id=x", "'garage_id' is no key of buses"),
        (
            "buses.delta-couch.count=1",
            "no buses are called 'delta-couch'; did you mean delta",
        ),
        ("buses.free_to=05:00", "buses delta-coach/coach:free_from: 06:00 is not before free_to"),
        (
            "policy.students_per_chaperone=9",
            "requests simmons-12:chaperones: 2 for 20 students, and 1 to 9 is wanted; write at",
        ),
    ],
)
def test_what_cannot_be_set_says_what_would_be_right(season: Season, text: str, said: str) -> None:
    with pytest.raises(SettingError) as raised:
        with_settings(season, [text])
    assert str(raised.value).startswith(f"--set {text}: ")
    assert said in str(raised.value)


def test_all_that_is_wrong_is_said_at_once(season: Season) -> None:
    wrong = ["policy.max_ride=1", "policy.stop_s=-1", "policy.stop_s=60", "policy.stop_s=90"]
    with pytest.raises(SettingError) as raised:
        with_settings(season, wrong)
    said = str(raised.value).splitlines()
    assert len(said) == 3
    assert said[-1] == "--set policy.stop_s: is set 2 times; set it once"


@pytest.mark.parametrize("name", ["mississippi", "kentucky"])
def test_a_season_in_order_stays_in_order_when_a_value_is_set_anew(
    tmp_path: Path, name: str
) -> None:
    copy_demo(tmp_path / "demo", name)
    season = read_season(tmp_path / "demo")
    again = with_settings(season, [f"policy.max_ride_min={season.policy.max_ride_min}"])
    assert again.digest == season.digest


def test_what_was_set_before_is_not_set_again(season: Season) -> None:
    tried = with_settings(season, ["policy.max_ride_min=120"])
    with pytest.raises(SettingError, match=r"policy\.max_ride_min: is set 2 times"):
        with_settings(tried, ["policy.max_ride_min=90"])
    assert with_settings(tried, ["policy.stop_s=60"]).settings == (
        "policy.max_ride_min=120",
        "policy.stop_s=60",
    )


def test_what_was_wrong_before_does_not_stop_it(season: Season) -> None:
    late = season.buses[0].model_copy(update={"free_from": dt.time(23)})
    odd = season.model_copy(update={"buses": (late, season.buses[1])})
    assert with_settings(odd, ["policy.max_ride_min=120"]).policy.max_ride_min == 120
