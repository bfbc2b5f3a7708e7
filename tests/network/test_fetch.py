"""Roads fetched from an Overpass server, which here runs on this machine."""

import socket
from pathlib import Path

import osmium
import osmnx
import pytest
from shapely import MultiPolygon, box

from tests.network.overpass_server import answer, node, overpass, way
from tourpool.routing.network.counties import County
from tourpool.routing.network.fetch import FetchError, fetch, queries, unanswered

WEST = County("21001", "Adair, Kentucky", MultiPolygon([box(-85.5, 37.0, -85.25, 37.2)]))
EAST = County("21045", "Casey, Kentucky", MultiPolygon([box(-85.25, 37.0, -85.0, 37.2)]))
BIG = County("02290", "Yukon, Alaska", MultiPolygon([box(-150, 64, -148, 65)]))

NODES = [node(1, 37.1, -85.3), node(2, 37.1, -85.2), node(3, 37.15, -85.1)]
ROAD = way(10, 1, 2, highway="primary", maxweight="10 st", name="Main Street")
ROAD_EAST = way(11, 2, 3, highway="tertiary")
WESTERN = answer(*NODES[:2], ROAD, date="2026-11-20T00:00:00Z")
EASTERN = answer(*NODES, ROAD, ROAD_EAST, date="2026-11-21T00:00:00Z")


def yes(_queries: int) -> bool:
    return True


def no(_queries: int) -> bool:
    return False


def contents(path: Path) -> tuple[list[int], dict[int, tuple[list[int], dict[str, str]]]]:
    """Node numbers, and nodes and tags of each way, in the order of the file."""
    nodes, ways = [], {}
    for element in osmium.FileProcessor(str(path)):
        if element.is_node():
            nodes.append(element.id)
        else:
            ways[element.id] = ([n.ref for n in element.nodes], dict(element.tags))
    return nodes, ways


def test_counties_become_one_map_file_with_all_tags(tmp_path: Path) -> None:
    target = tmp_path / "roads.osm.pbf"
    with overpass(WESTERN, EASTERN) as server:
        fetch([WEST, EAST], tmp_path / "kept", target, ask=no, server=server.url)
    nodes, ways = contents(target)
    assert nodes == [1, 2, 3]
    assert ways[10] == ([1, 2], ROAD["tags"])
    assert ways[11] == ([2, 3], {"highway": "tertiary"})


def test_barriers_and_numbers_of_exits_stay_on_their_nodes(tmp_path: Path) -> None:
    gate = {**NODES[1], "tags": {"barrier": "bollard"}}
    with overpass(answer(NODES[0], gate, ROAD)) as server:
        fetch([WEST], tmp_path / "kept", tmp_path / "a.osm.pbf", ask=no, server=server.url)
    read = osmium.FileProcessor(str(tmp_path / "a.osm.pbf"), osmium.osm.NODE)
    assert [dict(n.tags) for n in read] == [{}, {"barrier": "bollard"}]


def test_the_file_is_as_old_as_its_oldest_answer(tmp_path: Path) -> None:
    target = tmp_path / "roads.osm.pbf"
    with overpass(WESTERN, EASTERN) as server:
        fetch([WEST, EAST], tmp_path / "kept", target, ask=no, server=server.url)
    with osmium.io.Reader(str(target)) as reader:
        date = reader.header().get("osmosis_replication_timestamp")
    assert date == "2026-11-20T00:00:00Z"


def test_a_county_is_one_query_for_roads_that_says_who_asks(tmp_path: Path) -> None:
    with overpass(WESTERN) as server:
        fetch([WEST], tmp_path / "kept", tmp_path / "roads.osm.pbf", ask=no, server=server.url)
    (asked,) = server.asked
    assert asked.startswith("[out:json][timeout:180]")
    assert 'way["highway"~"^((motorway|' in asked
    assert "footway" not in asked
    assert server.agents[0].startswith("tourpool/")


def test_a_county_larger_than_a_query_may_be_is_cut(tmp_path: Path) -> None:
    # 2 x 1 degrees at 64.5 N: 222 km x cos 64.5 (0.43) x 111 km, about 10,900 km2 with its rim,
    # more than 4 x 2,500 km2; halved three times each part is within it
    assert [q.name for q in queries([BIG])] == [f"02290-{n}" for n in range(1, 9)]
    with overpass(WESTERN) as server:
        fetch([BIG], tmp_path / "kept", tmp_path / "roads.osm.pbf", ask=no, server=server.url)
    assert len(server.asked) == 8


def test_more_than_ten_queries_are_asked_about_first(tmp_path: Path) -> None:
    counties = [BIG, *(County(f"{n}", f"{n}", WEST.area) for n in range(3))]  # 8 + 3
    asked: list[int] = []
    with overpass(WESTERN) as server:
        with pytest.raises(FetchError, match="nothing was fetched; a state's roads come in one"):
            fetch(
                counties,
                tmp_path / "kept",
                tmp_path / "roads.osm.pbf",
                ask=lambda n: bool(asked.append(n)),
                server=server.url,
            )
        assert asked == [11]
        assert not server.asked
        fetch(counties, tmp_path / "kept", tmp_path / "r.osm.pbf", ask=yes, server=server.url)
        assert len(server.asked) == 11


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    kept, target = tmp_path / "kept", tmp_path / "roads.osm.pbf"
    with overpass(WESTERN, EASTERN) as server:
        fetch([WEST], kept, target, ask=no, server=server.url)
        assert [q.name for q in unanswered([WEST, EAST], kept)] == ["21045"]
        fetch([WEST, EAST], kept, target, ask=no, server=server.url)
        assert len(server.asked) == 2
        fetch([WEST, EAST], kept, target, ask=no, server=server.url, again=True)
        assert len(server.asked) == 4


def test_a_fetch_that_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    kept, target = tmp_path / "kept", tmp_path / "roads.osm.pbf"
    busy = {**answer(), "remark": "runtime error: Query timed out"}
    with overpass(WESTERN, busy) as server, pytest.raises(FetchError) as e:
        fetch([WEST, EAST], kept, target, ask=no, server=server.url)
    assert "Casey, Kentucky could not be fetched" in str(e.value)
    assert "the server was too busy" in str(e.value)
    assert "1 of 2 answers are kept" in str(e.value)
    assert not target.exists()
    assert [p.name for p in kept.iterdir()] == ["21001.json"]
    with overpass(EASTERN) as server:
        fetch([WEST, EAST], kept, target, ask=no, server=server.url)
        assert len(server.asked) == 1
    assert contents(target)[0] == [1, 2, 3]


@pytest.mark.parametrize(
    "garbled",
    [
        {"elements": [{"type": "node", "id": 1, "lat": 91, "lon": 0}]},
        {"elements": [{"type": "node", "id": "1", "lat": 1, "lon": 0}]},
        {"elements": [{"type": "way", "id": 1, "nodes": ["<b>"]}]},
        {"elements": [{"type": "way", "id": 1, "nodes": [1], "tags": {"highway": 1}}]},
        {"elements": ["<script>"]},
        {"answer": 42},
    ],
)
def test_an_answer_that_is_none_is_not_kept(tmp_path: Path, garbled: dict[str, object]) -> None:
    kept = tmp_path / "kept"
    with overpass(garbled) as server, pytest.raises(FetchError, match="no whole answer"):
        fetch([WEST], kept, tmp_path / "roads.osm.pbf", ask=no, server=server.url)
    assert not list(kept.iterdir())


def test_without_internet_the_way_out_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:  # a port where nobody listens
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api"
        with pytest.raises(FetchError) as e:
            fetch([WEST], tmp_path / "kept", tmp_path / "roads.osm.pbf", ask=no, server=url)
    assert "no connection" in str(e.value)
    assert "download.geofabrik.de" in str(e.value)
    assert "\n" not in str(e.value)


def test_who_uses_osmnx_besides_finds_it_as_it_was(tmp_path: Path) -> None:
    before = {k: v for k, v in vars(osmnx.settings).items() if k.islower()}
    looked_up = socket.getaddrinfo
    with overpass(WESTERN) as server:
        fetch([WEST], tmp_path / "kept", tmp_path / "roads.osm.pbf", ask=no, server=server.url)
    assert {k: v for k, v in vars(osmnx.settings).items() if k.islower()} == before
    assert socket.getaddrinfo is looked_up


def test_progress_counts_what_is_answered(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    with overpass(WESTERN) as server:
        fetch(
            [WEST, EAST],
            tmp_path / "kept",
            tmp_path / "roads.osm.pbf",
            ask=no,
            progress=lambda *now: told.append(now),
            server=server.url,
        )
    assert told == [(0, 2, "Adair, Kentucky"), (1, 2, "Casey, Kentucky"), (2, 2, "")]
