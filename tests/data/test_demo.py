"""The demonstration seasons: what they hold, and that their facts agree with the public data."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from tourpool.data import DEMOS, copy_demo, demo_path
from tourpool.events.reading.read import read_season
from tourpool.events.season import Season

PUBLIC = Path(__file__).parents[2].parent / "shared" / "data"
public = pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public data are not at hand")

ECOSYSTEM_3 = {
    "Bolivar",
    "Carroll",
    "Holmes",
    "Humphreys",
    "Issaquena",
    "Leflore",
    "Sharkey",
    "Sunflower",
    "Washington",
}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def mississippi() -> Season:
    return read_season(demo_path("mississippi"))


@pytest.fixture(scope="module")
def kentucky() -> Season:
    return read_season(demo_path("kentucky"))


def test_an_unknown_season_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'ohio'; there are mississippi and kentucky"):
        demo_path("ohio")


@pytest.mark.parametrize("name", DEMOS)
def test_the_copy_holds_every_table_as_shipped(tmp_path: Path, name: str) -> None:
    copied = copy_demo(tmp_path / "a" / "season", name)
    shipped = {f.name: f.read_bytes() for f in demo_path(name).iterdir()}
    assert {f.name: f.read_bytes() for f in copied} == shipped
    assert {f.name for f in (tmp_path / "a" / "season").iterdir()} == set(shipped)


def test_the_copy_fills_an_empty_folder(tmp_path: Path) -> None:
    assert tmp_path / "requests.csv" in copy_demo(tmp_path)


def test_the_copy_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "requests.csv").write_text("mine")
    with pytest.raises(FileExistsError, match="is not empty; name a new folder"):
        copy_demo(tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["requests.csv"]
    assert (tmp_path / "requests.csv").read_text() == "mine"


def test_the_copy_refuses_a_file(tmp_path: Path) -> None:
    file = tmp_path / "season.xlsx"
    file.write_text("mine")
    with pytest.raises(FileExistsError, match="is a file; name a new folder"):
        copy_demo(file)
    assert file.read_text() == "mine"


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        if source.name == "buses.csv":
            target.write_bytes(source.read_bytes()[:100])
            raise OSError("no space left on device")
        target.write_bytes(source.read_bytes())

    monkeypatch.setattr("tourpool.data.shutil.copyfile", full)
    with pytest.raises(OSError, match="no space left"):
        copy_demo(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_mississippi_has_ecosystems_that_adjoin(mississippi: Season) -> None:
    assert len(mississippi.ecosystems) >= 3
    assert all(e.adjacent for e in mississippi.ecosystems)
    assert {d.ecosystem_id for d in mississippi.districts} == {
        e.ecosystem_id for e in mississippi.ecosystems
    }


def test_most_of_the_schools_of_mississippi_are_remote(mississippi: Season) -> None:
    remote = [s for s in mississippi.schools if s.locale in (42, 43)]
    assert len(mississippi.schools) >= 25
    assert len(remote) > 2 / 3 * len(mississippi.schools)


def test_mississippi_has_six_sessions_on_four_school_days(mississippi: Season) -> None:
    days = {s.date for s in mississippi.sessions}
    assert len(mississippi.sessions) == 6
    assert len(days) == 4
    assert all(day.weekday() < 5 for day in days)  # Monday to Friday


def test_one_tour_of_mississippi_sees_two_campuses_and_one_event_has_two_dates(
    mississippi: Season,
) -> None:
    assert [len(s.visits) for s in mississippi.sessions].count(2) == 1
    assert sorted(Counter(s.event_id for s in mississippi.sessions).values()) == [1, 1, 1, 1, 2]


def test_a_request_of_mississippi_is_bigger_than_any_bus(mississippi: Season) -> None:
    seats = max(b.seats_large for b in mississippi.buses)
    assert [r.request_id for r in mississippi.requests if r.people > seats] == ["ackerman-msu"]


def test_mississippi_shows_what_a_season_may_hold(mississippi: Season) -> None:
    assert any(r.wheelchairs for r in mississippi.requests)
    assert any(b.wheelchair_places for b in mississippi.buses)
    assert any(g.leaid is None for g in mississippi.garages)  # a charter company
    assert any(c.closed for c in mississippi.calendar)  # a break
    assert any(c.free_to for c in mississippi.calendar)  # an early-release day
    assert mississippi.apart
    assert mississippi.agreements
    assert mississippi.participation


def test_kentucky_has_middle_schools_in_both_time_zones(kentucky: Season) -> None:
    zones = {
        s.ncessch: "Central" if s.tz == "America/Chicago" else "Eastern" for s in kentucky.schools
    }
    assert set(zones.values()) == {"Central", "Eastern"}
    assert {v.tz for v in kentucky.venues} == {"America/Chicago", "America/New_York"}
    assert all(6 <= r.grade_low <= r.grade_high <= 8 for r in kentucky.requests)
    assert len(kentucky.sessions) == 3


def test_a_training_of_kentucky_is_for_adults(kentucky: Season) -> None:
    assert [e.event_id for e in kentucky.events if e.adults_only] == ["coach-day"]
    riders = [(r.students, r.chaperones) for r in kentucky.requests if r.event_id == "coach-day"]
    assert sum(students for students, _ in riders) == 0
    assert sum(coaches for _, coaches in riders) == 14  # 2 + 2 + 2 + 3 + 2 + 3


@pytest.mark.parametrize("name", DEMOS)
@pytest.mark.parametrize(
    "table", ["districts", "schools", "venues", "garages", "buses", "requests"]
)
def test_every_row_says_what_is_invented(name: str, table: str) -> None:
    for row in rows(demo_path(name) / f"{table}.csv"):
        assert "invented" in row["note"] or "unknown" in row["note"], row


def test_only_the_nine_known_counties_are_in_ecosystem_3(mississippi: Season) -> None:
    for row in rows(demo_path("mississippi") / "schools.csv"):
        county = row["note"].split(", ")[1].split(" County")[0]
        ecosystem_id = mississippi.district[row["leaid"]].ecosystem_id
        assert (ecosystem_id == "E3") == (county in ECOSYSTEM_3), row


@public
@pytest.mark.parametrize(("name", "state"), [("mississippi", "ms"), ("kentucky", "ky")])
def test_schools_agree_with_the_public_data(name: str, state: str) -> None:
    known = {r["ncessch"]: r for r in rows(PUBLIC / f"{state}_schools.csv")}
    for row in rows(demo_path(name) / "schools.csv"):
        fact = known[row["ncessch"]]
        assert fact["coord_source"] == "edge_2014_15"
        assert fact["regular_high" if state == "ms" else "regular_middle"] == "True"
        assert row["leaid"] == fact["leaid"]
        assert (float(row["lat"]), float(row["lon"])) == (float(fact["lat"]), float(fact["lon"]))
        assert row["locale"] == fact["locale_code"]
        assert row["grade_low"].zfill(2) == fact["grade_low"]
        assert row["grade_high"].zfill(2) == fact["grade_high"]
        assert f"{fact['county']} County" in row["note"]


@public
@pytest.mark.parametrize("name", DEMOS)
def test_colleges_agree_with_the_public_data(name: str) -> None:
    known = {r["ipedsid"]: r for r in rows(PUBLIC / "colleges.csv")}
    for row in rows(demo_path(name) / "venues.csv"):
        fact = known[row["note"].removeprefix("IPEDS ").split(";")[0]]
        assert row["name"].lower() == fact["name"].lower()
        assert (float(row["lat"]), float(row["lon"])) == (float(fact["lat"]), float(fact["lon"]))
