"""Graphs that OSMnx saved."""

from pathlib import Path

import networkx as nx
import numpy as np
import osmnx as ox
import pytest
from shapely import LineString

from tests.network.read_toys import direct_edges
from tests.network.toys import DIRECT, write_toy
from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.graphml import read_graphml
from tourpool.routing.network.osm_file import MapFileError, read_map
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import SpeedTable
from tourpool.routing.network.store import build_roads, info


def toy(folder: Path, tags: dict[str, str] | None = None, *, simplify: bool = True) -> Path:
    """The toy map as OSMnx saves it, with the tags that matter."""
    path = write_toy(folder / "toy.osm", tags)
    before = ox.settings.useful_tags_way
    try:
        ox.settings.useful_tags_way = [*before, "surface", "maxweight", "maxheight", "bus"]
        graph = ox.graph_from_xml(path, retain_all=True, simplify=simplify)
    finally:
        ox.settings.useful_tags_way = before
    ox.save_graphml(graph, folder / "toy.graphml")
    return folder / "toy.graphml"


def leaving(graph: Graph) -> list[int]:
    """Where the edges of the direct road that a bus may use begin."""
    return graph.lon[graph.tail[direct_edges(graph)]].tolist()  # type: ignore[no-any-return]


def edge(number: int | list[int], **tags: object) -> dict[str, object]:
    return {"osmid": number, "highway": "tertiary", "oneway": False, "length": 1000.0, **tags}


def saved(folder: Path, edges: list[tuple[int, int, dict[str, object]]]) -> Path:
    """A graph in which nodes lie 0.01 degrees apart on one parallel."""
    graph = nx.MultiDiGraph(crs="epsg:4326", simplified=True, created_date="2026-11-20 10:00:00")
    graph.add_nodes_from((n, {"x": -90 + n / 100, "y": 33.0}) for n in range(1, 9))
    graph.add_edges_from(edges)
    ox.save_graphml(graph, folder / "graph.graphml")
    return folder / "graph.graphml"


def both(u: int, v: int, data: dict[str, object]) -> list[tuple[int, int, dict[str, object]]]:
    return [(u, v, data), (v, u, data)]


def built(path: Path) -> Graph:
    return graph_of(read_graphml(path), SpeedTable())[0]


def roads(graph: Graph) -> list[tuple[int, float, float]]:
    """Way, metres and seconds of all edges, rounded, in order."""
    way = graph.way_osm[graph.way].tolist()
    return sorted(zip(way, graph.metres.round(2), graph.seconds.round(2), strict=True))


@pytest.mark.parametrize("simplify", [True, False])
def test_a_graph_holds_the_same_roads_as_the_map_it_was_made_of(
    tmp_path: Path, simplify: bool
) -> None:
    of_graph = built(toy(tmp_path, {"name": "Main Street"}, simplify=simplify))
    of_map = graph_of(read_map(tmp_path / "toy.osm"), SpeedTable())[0]
    # OSMnx joins ways 1 and 2 and the like only where they meet no other: the toy's do not
    assert roads(of_graph) == roads(of_map)
    assert of_graph.n_nodes == of_map.n_nodes
    assert (of_graph.twin >= 0).all()
    assert "Main Street" in of_graph.names


@pytest.mark.parametrize(
    ("tags", "directions"),
    [
        ({}, 2),
        ({"oneway": "yes"}, 1),
        ({"oneway": "-1"}, 1),
        ({"maxweight": "10 st"}, 0),
        ({"maxweight": "20 st"}, 2),
        ({"maxheight": "10'0\""}, 0),
        ({"bus": "no"}, 0),
        ({"access": "private"}, 0),
        ({"access": "destination"}, 2),
    ],
)
def test_tags_mean_what_they_mean_in_a_map(
    tmp_path: Path, tags: dict[str, str], directions: int
) -> None:
    graph = built(toy(tmp_path, tags))
    assert len(direct_edges(graph)) == directions
    of_map = graph_of(read_map(tmp_path / "toy.osm"), SpeedTable())[0]
    assert leaving(graph) == leaving(of_map)


def test_one_way_roads_of_opaque_direction_are_driven_as_their_edge_goes(tmp_path: Path) -> None:
    ring = [(1, 2, edge(1, oneway=True)), (2, 3, edge(2, oneway=True)), (3, 1, edge(3))]
    graph = built(saved(tmp_path, [*ring, (1, 3, edge(3))]))
    to = {(int(u), int(v)) for u, v in zip(graph.tail, graph.head, strict=True)}
    assert to == {(0, 1), (1, 2), (2, 0), (0, 2)}
    assert (graph.twin >= 0).sum() == 2


def test_two_roads_between_the_same_junctions_stay_two(tmp_path: Path) -> None:
    long = edge(1, length=1500.0)
    graph = built(saved(tmp_path, [*both(1, 2, edge(1)), *both(1, 2, long)]))
    assert graph.n_edges == 4
    assert (graph.twin[graph.twin] == np.arange(4)).all()


@pytest.mark.parametrize(
    ("key", "values", "kept"),
    [
        ("highway", ["primary", "residential"], "residential"),
        ("maxweight", ["20 st", "10 st", "15 t"], "10 st"),
        ("maxheight", ["4.0", "13'0\""], "13'0\""),  # 3.96 m
        ("maxspeed", ["55 mph", "35 mph"], "35 mph"),
    ],
)
def test_the_strictest_value_of_a_list_counts(
    tmp_path: Path, key: str, values: list[str], kept: str
) -> None:
    def of(value: object) -> Graph:
        return built(saved(tmp_path, both(1, 2, edge([7, 8], **{key: value}))))

    a, b = of(values), of(kept)
    assert a.way_class.tolist() == b.way_class.tolist()
    assert a.way_limits.tolist() == b.way_limits.tolist()
    np.testing.assert_array_equal(a.way_mph, b.way_mph)
    assert a.way_osm.tolist() == [7]


def test_a_road_that_is_private_or_gravel_in_part_is_so_as_a_whole(tmp_path: Path) -> None:
    others = [*both(1, 2, edge(1)), *both(2, 3, edge(2, access=["yes", "private"]))]
    assert set(built(saved(tmp_path, others)).way_osm) == {1}
    gravel = built(saved(tmp_path, both(1, 2, edge(1, surface=["asphalt", "gravel"]))))
    assert gravel.way_flags.tolist() == [WayFlag.UNPAVED]
    bridge = built(saved(tmp_path, both(1, 2, edge(1, bridge=["no", "yes"]))))
    assert bridge.way_flags.tolist() == [WayFlag.BRIDGE]


def test_all_names_of_a_road_are_kept(tmp_path: Path) -> None:
    graph = built(saved(tmp_path, both(1, 2, edge(1, name=["Oak Road", "Main Street"]))))
    assert graph.names[graph.way_name[0]] == "Main Street; Oak Road"


def test_the_shape_of_an_edge_is_kept(tmp_path: Path) -> None:
    line = LineString([(-89.99, 33), (-89.985, 33.004), (-89.98, 33)])
    back = LineString(list(line.coords)[::-1])
    edges = [(1, 2, edge(1, geometry=line)), (2, 1, edge(1, geometry=back))]
    graph = built(saved(tmp_path, edges))
    assert graph.shape_lat.tolist() == [330000000, 330040000, 330000000]
    # 0.005 degrees east at 33 N are 466.3 m, 0.004 north 444.8 m: twice 644.4 m
    assert graph.metres.tolist() == pytest.approx([1288.8] * 2, abs=1)


def test_keys_that_were_not_saved_are_told(tmp_path: Path) -> None:
    path = saved(tmp_path, both(1, 2, edge(1, maxspeed="35 mph")))
    given = read_graphml(path)
    assert given.untagged == ("surface", "maxweight", "maxheight")
    assert given.date == "2026-11-20 10:00:00"


def test_roads_are_built_from_a_graph_as_from_a_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOURPOOL_CACHE", str(tmp_path / "cache"))
    graph = build_roads(toy(tmp_path, {"maxweight": "10 st"}), "toy")
    assert set(graph.way_osm) >= {DIRECT}
    assert info("toy").source == "toy.graphml"
    assert "maxheight" in info("toy").untagged
    assert "maxweight" not in info("toy").untagged


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><graphml>&i;</graphml>"
)


@pytest.mark.parametrize(
    "content",
    ["", "<", "PK", "<html><body>Not found</body></html>", BOMB, "<graphml></graphml>"],
)
def test_another_file_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.graphml"
    path.write_text(content)
    with pytest.raises(MapFileError, match="is no graph that OSMnx saved, or damaged") as e:
        read_graphml(path)
    assert "\n" not in str(e.value)


def test_a_graph_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = toy(tmp_path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(MapFileError, match="damaged"):
        read_graphml(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("epsg:4326", "epsg:32616"), "is projected"),
        (("tertiary", "footway"), "holds no road that a bus may use"),
        (('<data key="d4">33.0</data>', '<data key="d4">93.0</data>'), "not on earth"),
        (('<data key="d4">33.0</data>', '<data key="d4">nan</data>'), "not on earth"),
    ],
)
def test_what_is_wrong_with_a_graph_is_said(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    path = saved(tmp_path, both(1, 2, edge(1)))
    assert change[0] in path.read_text()
    path.write_text(path.read_text().replace(*change))
    with pytest.raises(MapFileError, match=said):
        read_graphml(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(MapFileError, match="is not there"):
        read_graphml(tmp_path / "none.graphml")
