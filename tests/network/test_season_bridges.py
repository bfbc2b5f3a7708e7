"""Bridges of the inventory become a season's hazards where its buses may come to them."""

from pathlib import Path

from tests.events.test_bridges import delimited
from tests.seasons import two_schools, venue
from tourpool.data import copy_demo
from tourpool.events.hazards import Hazard
from tourpool.events.reading.bridges import read_bridges
from tourpool.events.reading.read import read_season
from tourpool.routing.network.season_bridges import hazards_csv, with_inventory


def closed(hazard_id: str, lat: float, lon: float) -> Hazard:
    return Hazard(hazard_id=hazard_id, lat=lat, lon=lon, closed=True)


def test_bridges_of_other_counties_are_left_out_and_typed_hazards_stay() -> None:
    mine = closed("mine", 36.9, -84.0)
    near, far = closed("near", 33.4, -90.7), closed("far", 31.0, -89.0)
    season = two_schools(hazards=(mine,))  # around 33.0, -90.0
    around = {"stop_lat": 33.41, "stop_lon": -90.75}
    season = season.model_copy(update={"venues": (venue("college", 3, **around),)})
    assert with_inventory(season, (near, far)) == (mine, near)


def test_a_typed_row_goes_before_the_inventory_s_of_the_same_id() -> None:
    mine = closed("near", 33.4, -90.7)
    season = two_schools(hazards=(mine,))
    seen = mine.model_copy(update={"closed": False, "max_tons": 12.0})
    assert with_inventory(season, (seen,)) == (mine,)


def test_the_table_is_read_back_as_it_was(tmp_path: Path) -> None:
    copy_demo(tmp_path / "demo")
    file = delimited(tmp_path, {"041": "K"}, {"008": "2", "041": "P", "066": "9"})
    found = read_bridges(file).hazards
    (tmp_path / "demo" / "hazards.csv").write_bytes(hazards_csv(found))
    assert read_season(tmp_path / "demo").hazards == found
    assert len(found) == 2


def test_no_hazards_are_a_table_with_a_header(tmp_path: Path) -> None:
    copy_demo(tmp_path / "demo")
    (tmp_path / "demo" / "hazards.csv").write_bytes(hazards_csv(()))
    assert read_season(tmp_path / "demo").hazards == ()
