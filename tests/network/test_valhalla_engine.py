"""Valhalla as a second engine; a stand-in answers where it is not installed."""

import json
import stat
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.network.toys import write_toy
from tourpool.events.places import Point
from tourpool.routing.network.second_opinion import Driven
from tourpool.routing.network.valhalla_engine import (
    Valhalla,
    ValhallaError,
    build_tiles,
    decoded,
)
from tourpool.routing.network.vehicle import Vehicle

SHAPE = "_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI"
A, B = Point(38.5, -98.1), Point(38.5, -98.02)
BUILDER = """#!{python}
import json, pathlib, sys
tiles = pathlib.Path(json.load(open(sys.argv[2]))["tile_dir"], "2", "000")
assert pathlib.Path(sys.argv[3]).name == "sorted.osm.pbf"
if {fails}:
    print("Detected unsorted input data", file=sys.stderr)
    sys.exit(1)
tiles.mkdir(parents=True)
(tiles / "756.gph").write_text(str(pathlib.Path(sys.argv[3]).stat().st_size))
"""


class FakeValhalla(ModuleType):
    """As much of the package as we use."""

    def __init__(self, folder: Path, *, fails: bool = False) -> None:
        super().__init__("valhalla")
        program = folder / "valhalla" / "bin" / "valhalla_build_tiles"
        program.parent.mkdir(parents=True)
        program.write_text(BUILDER.format(python=sys.executable, fails=fails))
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
        self.__file__ = str(folder / "valhalla" / "__init__.py")
        self.asked: list[dict[str, Any]] = []

    def get_config(self, *, tile_extract: str, tile_dir: str, verbose: bool) -> dict[str, Any]:
        """Settings that name a folder."""
        assert not tile_extract
        return {"tile_dir": tile_dir}

    def Actor(self, config: dict[str, Any]) -> "FakeValhalla":  # noqa: N802
        """An engine with these settings."""
        assert json.dumps(config)
        return self

    def route(self, asked: dict[str, Any]) -> dict[str, Any]:
        """A way, but none in the south."""
        self.asked.append(asked)
        if asked["locations"][0]["lat"] < 0:
            raise RuntimeError("No suitable edges near location")
        leg = {"summary": {"time": 420.5, "length": 7.25}, "shape": SHAPE}
        return {"trip": {"legs": [leg]}}


posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


@pytest.fixture
def valhalla(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeValhalla:
    module = FakeValhalla(tmp_path)
    monkeypatch.setitem(sys.modules, "valhalla", module)
    return module


@pytest.fixture
def tiles(tmp_path: Path) -> Path:
    (tmp_path / "tiles" / "2" / "000").mkdir(parents=True)
    (tmp_path / "tiles" / "2" / "000" / "756.gph").touch()
    return tmp_path / "tiles"


@posix
def test_tiles_are_built_of_the_map_in_order_and_replace_older_ones(
    tmp_path: Path, valhalla: FakeValhalla, tiles: Path
) -> None:
    (tiles / "old.gph").touch()
    build_tiles(write_toy(tmp_path / "toy.osm"), tiles)
    assert [p.name for p in tiles.rglob("*.gph")] == ["756.gph"]
    assert int((tiles / "2" / "000" / "756.gph").read_text()) > 100
    assert not list(tmp_path.glob(".tiles-*"))


@posix
def test_a_build_that_fails_says_why_and_leaves_older_tiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiles: Path
) -> None:
    monkeypatch.setitem(sys.modules, "valhalla", FakeValhalla(tmp_path, fails=True))
    with pytest.raises(ValhallaError, match=r"could not read .*toy\.osm: Detected unsorted input"):
        build_tiles(write_toy(tmp_path / "toy.osm"), tiles)
    assert list(tiles.rglob("*.gph"))
    assert not list(tmp_path.glob(".tiles-*"))


def test_a_file_that_is_no_map_is_said(tmp_path: Path, valhalla: FakeValhalla) -> None:
    (tmp_path / "no.osm.pbf").write_text("no map")
    with pytest.raises(ValhallaError, match="cannot be read"):
        build_tiles(tmp_path / "no.osm.pbf", tmp_path / "tiles")


def test_a_bus_is_driven_with_its_measures_and_margins(valhalla: FakeValhalla, tiles: Path) -> None:
    bus = Vehicle(height_m=3.2, width_m=2.5, length_m=12, weight_t=14)
    assert Valhalla(tiles).drive(A, B, bus) == Driven(420.5, 7250.0, decoded(SHAPE))
    (asked,) = valhalla.asked
    assert asked["locations"] == [{"lat": 38.5, "lon": -98.1}, {"lat": 38.5, "lon": -98.02}]
    assert asked["costing"] == "bus"
    # 15 cm above it, and a tenth of its weight
    assert asked["costing_options"]["bus"] == {
        "height": 3.35,
        "width": 2.5,
        "length": 12.0,
        "weight": 15.4,
        "use_ferry": 0.0,
    }


def test_a_bus_is_driven_through_places_without_a_stop(valhalla: FakeValhalla, tiles: Path) -> None:
    Valhalla(tiles).drive(A, B, Vehicle(), through=[Point(38.52, -98.05)])
    assert valhalla.asked[0]["locations"] == [
        {"lat": 38.5, "lon": -98.1},
        {"lat": 38.52, "lon": -98.05, "type": "through"},
        {"lat": 38.5, "lon": -98.02},
    ]


def test_a_line_is_read_as_valhalla_writes_it() -> None:
    # the example of the algorithm's description, in millionths
    assert decoded(SHAPE) == (Point(38.5, -120.2), Point(40.7, -120.95), Point(43.252, -126.453))
    assert decoded("") == ()


def test_where_valhalla_knows_no_way_none_is_said(valhalla: FakeValhalla, tiles: Path) -> None:
    assert Valhalla(tiles).drive(Point(-1, 0), B, Vehicle()) is None


def test_without_tiles_it_is_said_before_the_first_leg(
    tmp_path: Path, valhalla: FakeValhalla
) -> None:
    with pytest.raises(ValhallaError, match="holds no roads for Valhalla; build them first"):
        Valhalla(tmp_path / "nothing")


def test_without_valhalla_the_way_to_get_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "valhalla", None)
    with pytest.raises(
        ValhallaError, match=r"pip install 'tourpool\[valhalla\]' under Python 3\.12"
    ):
        build_tiles(write_toy(tmp_path / "toy.osm"), tmp_path / "tiles")
    with pytest.raises(ValhallaError, match="pip install"):
        Valhalla(tmp_path)


def test_the_real_valhalla_keeps_a_bus_off_a_weak_bridge(tmp_path: Path) -> None:
    pytest.importorskip("valhalla")
    metres = []
    for n, tags in enumerate(({}, {"maxweight": "10 st"})):
        build_tiles(write_toy(tmp_path / f"{n}.osm", tags), tmp_path / f"tiles{n}")
        driven = Valhalla(tmp_path / f"tiles{n}").drive(A, B, Vehicle())
        assert driven is not None
        metres.append(driven.metres)
    # 0.08 degrees east at 38.5 N are 6,962 m; the detour goes 0.04 north and back: 8,896 m more
    assert metres == pytest.approx([6962, 6962 + 8896], rel=0.01)
