"""Map files in every format and order; damaged and hostile ones give one clear sentence."""

import bz2
import gzip
from pathlib import Path

import numpy as np
import osmium
import pytest

from tests.network.toys import PLAIN, write_map, write_toy
from tourpool.routing.network import bombs
from tourpool.routing.network.osm_file import MapFileError, read_map
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import SpeedTable

HEAD = '<?xml version="1.0"?><osm version="0.6">'
NODES = '<node id="1" lat="38.5" lon="-98.1"/><node id="2" lat="38.5" lon="-98.0"/>'
WAY = '<way id="5"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way>'


def read_text(folder: Path, content: str | bytes, name: str = "map.osm") -> str:
    """Read a file with this content; return what the error says, or fail."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(MapFileError) as error:
        read_map(path)
    text = str(error.value)
    assert text.startswith(f"{path}: ")
    assert "\n" not in text
    return text


@pytest.mark.parametrize("suffix", ["osm", "osm.pbf", "osm.bz2", "osm.gz", "OSM.PBF"])
def test_every_format_gives_the_same_graph(tmp_path: Path, suffix: str) -> None:
    plain = read_map(write_toy(tmp_path / "plain.osm", {"name": "Main Street"}))
    path = tmp_path / f"map.{suffix}"
    write_toy(tmp_path / f"map.{suffix.lower()}", {"name": "Main Street"}).rename(path)
    graph, _ = graph_of(read_map(path), SpeedTable())
    assert graph.digest == graph_of(plain, SpeedTable())[0].digest


def test_nodes_may_come_in_any_order_and_after_their_ways(tmp_path: Path) -> None:
    sorted_map = tmp_path / "sorted.osm"
    sorted_map.write_text(HEAD + NODES + WAY + "</osm>")
    late = tmp_path / "late.osm"
    back = "".join(f"<node{n}" for n in reversed(NODES.split("<node")[1:]))
    late.write_text(HEAD + WAY + back + "</osm>")
    a, b = read_map(sorted_map), read_map(late)
    assert b.located.all()
    np.testing.assert_array_equal(a.lon, b.lon)


def test_an_unsorted_pbf_is_read(tmp_path: Path) -> None:
    path = tmp_path / "map.osm.pbf"
    places = {n: (-98 - n / 1000, 38.5) for n in (5, 3, 9, 1)}
    write_map(path, places, {1: ((5, 3, 9, 1), PLAIN)})
    assert read_map(path).lon.tolist() == [round((-98 - n / 1000) * 1e7) for n in (5, 3, 9, 1)]


def test_a_way_breaks_where_the_extract_lacks_its_node(tmp_path: Path) -> None:
    places = {n: (-98 - n / 100, 38.5) for n in (1, 2, 4, 5, 6, 7)}
    ways = {1: ((1, 2, 3, 4, 5, 6), PLAIN), 2: ((5, 7), PLAIN)}
    given = read_map(write_map(tmp_path / "cut.osm", places, ways))
    assert given.located[:6].tolist() == [True, True, False, True, True, True]
    graph, left_out = graph_of(given, SpeedTable())
    assert (graph.n_nodes, left_out) == (4, 2)  # 4 to 7 are joined, 1 and 2 are another piece


def test_only_ways_for_buses_are_gathered(tmp_path: Path) -> None:
    path = write_map(
        tmp_path / "map.osm",
        {1: (-98.1, 38.5), 2: (-98.0, 38.5)},
        {1: ((1, 2), PLAIN), 2: ((1, 2), {"highway": "path"}), 3: ((1, 2), {"building": "yes"})},
    )
    assert read_map(path).ways.osm.tolist() == [1]


def test_limits_that_nobody_can_read_are_told(tmp_path: Path) -> None:
    given = read_map(write_toy(tmp_path / "map.osm", {"maxweight": "3 axles"}))
    assert given.unreadable == ((2, "maxweight", "3 axles"),)


def test_an_exit_has_the_number_of_its_junction_and_where_its_signs_lead(tmp_path: Path) -> None:
    ramp = {
        "highway": "motorway_link",
        "oneway": "yes",
        "destination": "Lexington;Airport",
        "destination:ref": "I 75 South",
    }
    path = write_map(
        tmp_path / "map.osm",
        {1: (-98.1, 38.5), 2: (-98.0, 38.5)},
        {1: ((1, 2), ramp), 2: ((2, 1), PLAIN)},
        {1: {"highway": "motorway_junction", "ref": "185"}},
    )
    graph, _ = graph_of(read_map(path), SpeedTable())
    way = graph.way_osm.tolist().index(1)
    assert graph.names[graph.way_exit[way]] == "185"
    assert graph.names[graph.way_destination[way]] == "I 75 South, Lexington, Airport"


def test_names_come_on_one_line_without_what_no_printer_prints(tmp_path: Path) -> None:
    dirty = "  Main\n\tStreet\u202e\u0007 <b>" + "x" * 200
    graph, _ = graph_of(read_map(write_toy(tmp_path / "m.osm.pbf", {"name": dirty})), SpeedTable())
    name = graph.names[graph.way_name[graph.way_osm == 2][0]]
    assert name.startswith("Main Street <b>xxx")
    assert len(name) == 100


def test_the_date_of_the_map_is_known_where_the_file_says_it(tmp_path: Path) -> None:
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2026-11-01T00:00:00Z")
    path = tmp_path / "map.osm.pbf"
    with osmium.SimpleWriter(str(path), header=header) as out:
        for node in (1, 2):
            out.add_node(osmium.osm.mutable.Node(id=node, location=(-98 - node / 100, 38.5)))
        out.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2], tags=dict(PLAIN)))
    assert read_map(path).date == "2026-11-01T00:00:00Z"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("map.osm", "hello"),
        ("map.osm.pbf", "hello, this is no map"),
        ("map.osm.bz2", "hello"),
        ("map.osm.gz", "hello"),
        ("map.osm", "<html><body>404 Not Found</body></html>"),
        ("map.osm", '<?xml version="1.0"?><osm version="0.7"></osm>'),
        ("map.osm", HEAD + NODES),
        ("map.osm", HEAD.encode() + b'<node id="1" lat="1" lon="1"><tag k="a" v="\xff"/>'),
        ("map.osm", HEAD + '<node id="1" lat="999" lon="1"/></osm>'),
        ("map.osm", HEAD + '<node id="1" lat="nan" lon="1"/></osm>'),
        ("map.osm", HEAD + '<node id="x" lat="1" lon="1"/></osm>'),
        ("map.osm", HEAD + '<way id="1"><nd ref="99999999999999999999999"/></way></osm>'),
        (
            "map.osm",
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
            '<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="a" v="&b;"/></node></osm>',
        ),
        (
            "map.osm",
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            '<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="a" v="&a;"/></node></osm>',
        ),
    ],
)
def test_what_is_no_map_is_said_to_be_none(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert "is no map of OpenStreetMap, or damaged" in read_text(tmp_path, content, name)


@pytest.mark.parametrize("suffix", ["osm", "osm.pbf", "osm.bz2", "osm.gz"])
def test_a_truncated_file_is_said_to_be_damaged(tmp_path: Path, suffix: str) -> None:
    whole = write_toy(tmp_path / f"whole.{suffix}").read_bytes()
    text = read_text(tmp_path, whole[: len(whole) // 2], f"half.{suffix}")
    assert text.endswith("download it again")


@pytest.mark.parametrize("suffix", ["osm", "osm.pbf"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, suffix: str) -> None:
    assert read_text(tmp_path, "", f"map.{suffix}").endswith("is empty; download it again")


@pytest.mark.parametrize("content", [HEAD + "</osm>", HEAD + NODES + "</osm>"])
def test_a_map_without_roads_is_refused(tmp_path: Path, content: str) -> None:
    assert "holds no road that a bus may use" in read_text(tmp_path, content)


def test_a_map_whose_roads_lead_nowhere_and_back_is_refused(tmp_path: Path) -> None:
    path = write_map(
        tmp_path / "m.osm", {1: (1, 1), 2: (1, 2)}, {1: ((1, 2), {"highway": "motorway"})}
    )
    with pytest.raises(ValueError, match="no two places"):
        graph_of(read_map(path), SpeedTable())


def test_a_map_of_a_drawing_that_was_never_uploaded_has_no_places(tmp_path: Path) -> None:
    path = tmp_path / "drawn.osm"
    path.write_text(
        HEAD + (NODES + WAY).replace('="1"', '="-1"').replace('="2"', '="-2"') + "</osm>"
    )
    assert not read_map(path).located.any()


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(MapFileError, match="is not there; download"):
        read_map(tmp_path / "none.osm.pbf")


def test_another_kind_of_file_is_refused_by_its_name(tmp_path: Path) -> None:
    assert "expected one of .osm.pbf, .osm" in read_text(tmp_path, "x", "map.zip")


def test_changes_to_a_map_are_no_map(tmp_path: Path) -> None:
    changes = '<osmChange version="0.6"><create><node id="1" lat="1" lon="1"/></create></osmChange>'
    assert "holds changes or the history of a map" in read_text(tmp_path, changes)


def test_absurd_positions_in_a_pbf_are_no_places(tmp_path: Path) -> None:
    path = write_map(
        tmp_path / "map.osm.pbf",
        {1: (-98.1, 38.5), 2: (-98.0, 38.5), 3: (200.0, 95.0)},
        {1: ((1, 2), PLAIN), 2: ((2, 3), PLAIN)},
    )
    assert read_map(path).located.tolist() == [True, True, True, False]


def test_numbers_of_nodes_may_be_as_large_as_numbers_get(tmp_path: Path) -> None:
    last = 2**62
    path = tmp_path / "map.osm"
    path.write_text(HEAD + (NODES + WAY).replace('="2"', f'="{last}"') + "</osm>")
    given = read_map(path)
    assert given.ways.refs.tolist() == [1, last]
    assert given.located.all()


@pytest.mark.parametrize(("suffix", "pack"), [("osm.bz2", bz2.compress), ("osm.gz", gzip.compress)])
def test_a_small_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, suffix: str, pack: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bombs, "FREE_BYTES", 1_000_000)
    content = (HEAD + '<way id="1">' + '<nd ref="1"/>' * 200_000 + "</way></osm>").encode()
    assert callable(pack)
    assert "unpacks to far more" in read_text(tmp_path, pack(content), f"bomb.{suffix}")


def test_a_way_of_more_points_than_a_map_can_have_is_refused(tmp_path: Path) -> None:
    way = '<way id="7">' + '<nd ref="1"/>' * 100_001 + '<tag k="highway" v="road"/></way>'
    assert "a way of 100,001 points (number 7)" in read_text(
        tmp_path, HEAD + NODES + way + "</osm>"
    )
