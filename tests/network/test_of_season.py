"""A season on real roads, those of Northern Kentucky: planned, checked, and driven as printed.

Schools and positions are from the public lists of NCES; the extract is OpenStreetMap's.
"""

import datetime as dt
import pickle
from itertools import pairwise
from pathlib import Path

import pytest

from tests.seasons import bus, district, event, garage, request, school, session, venue
from tourpool.events.hazards import Hazard
from tourpool.events.places import Ecosystem, Point
from tourpool.events.problems import InputError
from tourpool.events.rules import Policy
from tourpool.events.season import Season
from tourpool.routing.check import check_plan
from tourpool.routing.network.of_season import OfSeason
from tourpool.routing.network.store import build_roads
from tourpool.routing.season_plan import plan_season
from tourpool.routing.season_roads import roads_of

EXTRACT = Path(__file__).parents[3] / "shared/data/osm/northern_kentucky_streets.osm.pbf"
TUESDAY = dt.date(2027, 3, 9)
OCKERMAN, CAMPBELL, TICHENOR = "210045000100", "210090000200", "210150000300"
PLACES = {
    OCKERMAN: Point(38.988641, -84.616995),
    CAMPBELL: Point(38.965523, -84.391534),
    TICHENOR: Point(39.044167, -84.498439),
}
UNIVERSITY = Point(39.0312, -84.4643)


def place_at(point: Point) -> dict[str, object]:
    lat, lon = point
    return {"lat": lat, "lon": lon, "tz": "America/New_York"}


def stop_at(point: Point) -> dict[str, object]:
    return {**place_at(point), "stop_lat": point.lat, "stop_lon": point.lon}


def season(**changes: object) -> Season:
    tables = Season(
        name="nky",
        ecosystems=(Ecosystem(ecosystem_id="delta", name="Northern Kentucky"),),
        districts=tuple(district(ncessch[:7]) for ncessch in PLACES),
        schools=tuple(school(s, 0, **stop_at(p)) for s, p in PLACES.items()),
        venues=(venue("college", 0, **stop_at(UNIVERSITY)),),
        events=(event("tour"),),
        sessions=(
            session("tuesday", date=TUESDAY),
            session("thursday", date=dt.date(2027, 3, 11)),
        ),
        requests=tuple(request(s[-6:], s) for s in PLACES),
        garages=(garage("lot", 0, None, **place_at(PLACES[OCKERMAN])),),
        buses=(bus(count=1, carries="all"), bus(bus_type="small", carries="all", seats_large=24)),
        policy=Policy(roads="nky", cost_slack_pct=0),
    )
    return tables.model_copy(update=changes)


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not EXTRACT.exists():
        pytest.skip("the extract is not at hand")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOURPOOL_CACHE", str(tmp_path_factory.mktemp("cache")))
        build_roads(EXTRACT, "nky")
        yield


@pytest.mark.usefixtures("roads")
def test_a_season_names_its_roads_and_its_plan_is_driven_on_them() -> None:
    given = season()
    plan = plan_season(given)
    assert check_plan(given, roads_of(given), plan) == []
    assert (plan.roads, plan.estimated) == ("nky", False)
    assert "OpenStreetMap" in plan.roads_notice
    for stops in (run.stops for b in plan.blocks for p in b.run_pairs for run in p.runs):
        for before, stop in pairwise(stops):
            assert len(stop.line) > 2 or stop.metres < 100
            assert sum(t.metres for t in stop.turns) == stop.metres
            assert stop.turns or stop.place_id == before.place_id


@pytest.mark.usefixtures("roads")
def test_a_road_that_is_closed_on_a_day_is_gone_round_on_that_day_only() -> None:
    usual = OfSeason.load(season())
    way = usual.path(PLACES[OCKERMAN], UNIVERSITY)
    middle = way.line[len(way.line) // 2]
    works = Hazard(
        hazard_id="works",
        lat=middle.lat,
        lon=middle.lon,
        closed=True,
        date_from=TUESDAY,
        date_to=TUESDAY,
    )
    closed = OfSeason.load(season(hazards=(works,)))
    bus_ = season().buses[0]
    tuesday, thursday = (closed.profile(bus_, d) for d in (TUESDAY, dt.date(2027, 3, 11)))
    pair = [PLACES[OCKERMAN], UNIVERSITY]
    assert closed.matrix(pair, thursday).seconds[0, 1] == way.seconds
    assert closed.matrix(pair, tuesday).seconds[0, 1] > way.seconds
    plan = plan_season(season(hazards=(works,)))
    assert check_plan(season(hazards=(works,)), closed, plan) == []


@pytest.mark.usefixtures("roads")
def test_buses_that_pass_the_same_signs_are_one_vehicle() -> None:
    small = {"height_ft": 9, "length_ft": 25}
    light, heavy = bus(**small, weight_tons=5), bus(bus_type="heavy", weight_tons=18)
    alike = bus(bus_type="alike", weight_tons=18.01)
    at = OfSeason.load(season(buses=(light, heavy, alike)))
    profiles = [at.profile(b, TUESDAY) for b in (light, heavy, alike)]
    assert profiles[0] != profiles[1] == profiles[2]  # posted bridges over the Ohio


@pytest.mark.usefixtures("roads")
def test_hazards_that_lie_on_no_road_are_told() -> None:
    lost = Hazard(hazard_id="lost", lat=33.0, lon=-90.0, closed=True)
    assert plan_season(season(hazards=(lost,))).warnings == (
        "hazard lost lies on no road of nky: look at its position",
    )


@pytest.mark.usefixtures("roads")
def test_a_school_far_from_any_road_is_refused_by_name() -> None:
    far = season().schools[0].model_copy(update={"stop_lat": 39.3, "stop_lon": -84.6})
    with pytest.raises(InputError, match=rf"school {OCKERMAN} .*stop_lat and stop_lon"):
        plan_season(season(schools=(far, *season().schools[1:])))


@pytest.mark.usefixtures("roads")
def test_roads_go_to_another_process_by_name() -> None:
    here = OfSeason.load(season())
    there = pickle.loads(pickle.dumps(here))  # our own words, not a stranger's
    assert there.digest == here.digest


def test_roads_that_nobody_built_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOURPOOL_CACHE", str(tmp_path))
    with pytest.raises(InputError, match="tourpool roads build"):
        plan_season(season())


def test_a_season_without_roads_is_estimated_and_says_so() -> None:
    assert plan_season(season(policy=Policy())).estimated
