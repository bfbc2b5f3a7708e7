"""Roads are built once, kept by name, and believed only when they are whole."""

import dataclasses
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.network.toys import write_toy
from tourpool.routing.network import archive, store
from tourpool.routing.network.osm_file import MapFileError
from tourpool.routing.network.speeds import SpeedTable
from tourpool.routing.network.store import RoadsError, build_roads, info, listed, load, remove


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("TOURPOOL_CACHE", str(folder))
    return folder


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    return write_toy(tmp_path / "toy.osm.pbf", {"name": "Main Street", "maxweight": "8 st"})


def test_roads_that_were_built_are_loaded_as_they_were(toy: Path) -> None:
    built = build_roads(toy, "toy")
    loaded = load("toy")
    assert loaded.digest == built.digest
    assert loaded.names == built.names == ("", "Main Street")
    np.testing.assert_array_equal(loaded.way_limits, built.way_limits)


def test_what_is_known_of_roads_is_listed(toy: Path, cache: Path) -> None:
    assert listed() == ([], [])
    build_roads(toy, "toy", private=True)
    (known,), damaged = listed()
    assert damaged == []
    assert (known.name, known.source, known.nodes, known.edges) == ("toy", "toy.osm.pbf", 4, 8)
    assert known.bounds == (38.5, -98.1, 38.5, -98.02)  # of junctions; the detour has none
    assert known.size_bytes == (cache / "roads" / "toy.npz").stat().st_size
    assert (known.private, known.ferries, known.speeds) == (True, False, "default")
    assert "OpenStreetMap contributors" in known.licence


def test_the_same_map_is_not_read_again(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_roads(toy, "toy")
    monkeypatch.setattr(store, "read_map", None)
    assert build_roads(toy, "toy").n_nodes == 4


def test_another_map_choice_or_speed_is_built_anew(toy: Path) -> None:
    slow = SpeedTable(built_up_factor=2.0)
    keys = {
        store.key_of(toy, SpeedTable()),
        store.key_of(toy, slow),
        store.key_of(toy, SpeedTable(), private=True),
        store.key_of(toy, SpeedTable(), ferries=True),
        store.key_of(write_toy(toy.with_name("b.osm.pbf")), SpeedTable()),
    }
    assert len(keys) == 5
    build_roads(toy, "toy")
    build_roads(toy, "toy", table=slow)
    assert info("toy").key == store.key_of(toy, slow)


def test_a_map_that_cannot_be_read_leaves_nothing(tmp_path: Path, cache: Path) -> None:
    bad = tmp_path / "bad.osm"
    bad.write_text("hello")
    with pytest.raises(MapFileError):
        build_roads(bad, "bad")
    assert [p for p in cache.rglob("*") if p.is_file()] == []


def test_a_map_that_cannot_be_read_leaves_the_roads_of_before(tmp_path: Path, toy: Path) -> None:
    before = build_roads(toy, "toy").digest
    bad = tmp_path / "bad.osm"
    bad.write_text("hello")
    with pytest.raises(MapFileError):
        build_roads(bad, "toy")
    assert load("toy").digest == before


def test_a_map_without_roads_both_ways_is_refused(tmp_path: Path) -> None:
    path = write_toy(tmp_path / "toy.osm")
    path.write_text(path.read_text().replace('v="tertiary"', 'v="motorway"'))
    with pytest.raises(MapFileError, match="no two places are joined"):
        build_roads(path, "toy")


def test_a_build_that_is_killed_is_built_again(toy: Path, cache: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path; import numpy as np\n"
        "from tourpool.routing.network import store\n"
        "def half(file, **arrays): Path(file).write_bytes(b'PK half'); os._exit(9)\n"
        "np.savez = half\n"
        "store.build_roads(Path(sys.argv[1]), 'toy')\n"
    )
    done = subprocess.run([sys.executable, "-c", killed, str(toy)], check=False)
    assert done.returncode == 9
    assert len(list((cache / "roads").iterdir())) == 1  # what was left half-written
    assert listed() == ([], [])
    build_roads(toy, "toy")
    assert load("toy").n_nodes == 4


def test_what_a_killed_build_left_is_swept_away_after_a_day(toy: Path, cache: Path) -> None:
    folder = cache / "roads"
    folder.mkdir(parents=True)
    old, young = folder / ".toy.1234.npz", folder / ".toy.5678.npz"
    for path in (old, young):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    build_roads(toy, "toy")
    assert not old.exists()
    assert young.exists()  # may be of a build that is running


@pytest.mark.parametrize("damage", ["truncated", "overwritten", "empty", "text"])
def test_a_damaged_file_says_how_to_build_again(toy: Path, cache: Path, damage: str) -> None:
    build_roads(toy, "toy")
    path = cache / "roads" / "toy.npz"
    whole = path.read_bytes()
    middle = whole.index(b"metres.npy") + 200
    path.write_bytes(
        {
            "truncated": whole[: len(whole) // 2],
            "overwritten": whole[:middle] + b"XXXXXXXX" + whole[middle + 8 :],
            "empty": b"",
            "text": b"hello",
        }[damage]
    )
    with pytest.raises(RoadsError, match=r"build them again with `tourpool roads build"):
        load("toy")
    assert build_roads(toy, "toy").n_nodes == 4
    assert load("toy").n_nodes == 4


def test_a_damaged_file_is_listed_as_such(toy: Path, cache: Path) -> None:
    build_roads(toy, "toy")
    build_roads(toy, "other")
    (cache / "roads" / "toy.npz").write_bytes(b"hello")
    known, damaged = listed()
    assert [i.name for i in known] == ["other"]
    assert damaged == ["toy"]


@pytest.mark.parametrize(
    ("array", "value"),
    [
        ("head", 4),
        ("head", -1),
        ("twin", 8),
        ("way", 4),
        ("shape_end", 99),
        ("ptr", 7),
        ("way_class", 100),
        ("way_name", 50),
        ("names_end", 10**9),
        ("seconds", np.nan),
        ("metres", -1.0),
    ],
)
def test_arrays_that_point_where_nothing_is_are_not_believed(
    toy: Path, array: str, value: float
) -> None:
    graph = build_roads(toy, "toy")
    arrays = graph.to_arrays()
    arrays[array] = arrays[array].copy()
    arrays[array][-1] = value
    with pytest.raises(ValueError, match="not as it was written"):
        type(graph).from_arrays(arrays)


def test_an_array_that_is_missing_or_of_another_kind_is_not_believed(toy: Path) -> None:
    graph = build_roads(toy, "toy")
    arrays = graph.to_arrays()
    for wrong in (
        {k: v for k, v in arrays.items() if k != "twin"},
        {**arrays, "twin": arrays["twin"].astype(np.int64)},
        {**arrays, "twin": arrays["twin"][:-1]},
    ):
        with pytest.raises(ValueError, match="twin is"):
            type(graph).from_arrays(wrong)


def test_a_file_with_a_pickle_in_it_is_not_opened(toy: Path, cache: Path) -> None:
    build_roads(toy, "toy")
    path = cache / "roads" / "toy.npz"
    with np.load(path) as arrays:
        content = dict(arrays)
    content["head"] = np.array([print], dtype=object)
    np.savez(path, **content)
    with pytest.raises(RoadsError, match="cannot be read"):
        load("toy")


def test_roads_of_another_version_are_built_again(
    toy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "FORMAT", 0)
    build_roads(toy, "toy")
    monkeypatch.undo()
    monkeypatch.setenv("TOURPOOL_CACHE", str(toy.parent / "cache"))
    with pytest.raises(RoadsError, match="another version of tourpool"):
        load("toy")


def test_roads_that_are_not_there_are_named_with_those_that_are(toy: Path) -> None:
    with pytest.raises(RoadsError, match="no roads are called delta: none are built yet"):
        load("delta")
    build_roads(toy, "toy")
    with pytest.raises(RoadsError, match="no roads are called delta: there are toy"):
        load("delta")


def test_removed_roads_are_gone(toy: Path) -> None:
    build_roads(toy, "toy")
    remove("toy")
    assert listed() == ([], [])
    with pytest.raises(RoadsError):
        remove("toy")


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", "a\\b", "-a", "a b", "nul", "COM1", "estimated", "x" * 65, "a.b"]
)
def test_a_name_that_is_no_name_is_refused(toy: Path, name: str) -> None:
    with pytest.raises(RoadsError, match="is no name for roads"):
        build_roads(toy, name)


def test_a_map_that_cannot_be_opened_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(MapFileError, match="cannot be opened"):
        build_roads(tmp_path / "none.osm.pbf", "none")


def test_the_file_of_roads_is_a_plain_archive_of_arrays(toy: Path, cache: Path) -> None:
    graph = build_roads(toy, "toy")
    inside = {
        n.removesuffix(".npy") for n in zipfile.ZipFile(cache / "roads" / "toy.npz").namelist()
    }
    assert inside == {*graph.to_arrays(), "info"}


def test_every_column_of_a_graph_is_checked() -> None:
    from tourpool.routing.network.graph import Graph
    from tourpool.routing.network.sound import LAID_OUT

    fields = {f.name for f in dataclasses.fields(Graph)} - {"names"}
    assert set(LAID_OUT) == fields | {"names_utf8", "names_end"}
