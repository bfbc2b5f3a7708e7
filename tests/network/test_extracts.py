"""Real extracts of OpenStreetMap, where they lie beside the repository."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csgraph, csr_matrix

from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.osm_file import MapFileError, read_map
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import CLASSES, SpeedTable

EXTRACTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "osm"
KENTUCKY = EXTRACTS / "northern_kentucky_streets.osm.pbf"
pytestmark = pytest.mark.skipif(not EXTRACTS.is_dir(), reason="no extracts are at hand")


@pytest.fixture(scope="module")
def kentucky() -> Graph:
    return graph_of(read_map(KENTUCKY), SpeedTable())[0]


@pytest.mark.parametrize(
    ("name", "nodes"),
    [
        ("northern_kentucky_streets.osm.pbf", 19_317),
        ("bangor_maine.osm.pbf", 2_803),
        ("beatty_nevada.osm.bz2", 200),
        ("andorra.osm.pbf", 1_709),
    ],
)
def test_nearly_all_junctions_are_joined_both_ways(name: str, nodes: int) -> None:
    graph, left_out = graph_of(read_map(EXTRACTS / name), SpeedTable())
    assert graph.n_nodes == pytest.approx(nodes, rel=0.02)  # as read first
    assert left_out < 0.05 * nodes


def test_every_junction_reaches_every_other(kentucky: Graph) -> None:
    n = kentucky.n_nodes
    roads = csr_matrix((np.ones(kentucky.n_edges), (kentucky.tail, kentucky.head)), shape=(n, n))
    assert csgraph.connected_components(roads, connection="strong")[0] == 1


def test_roads_lie_in_northern_kentucky_and_are_no_longer_than_it(kentucky: Graph) -> None:
    assert (kentucky.lat > 38.9e7).all()
    assert (kentucky.lat < 39.2e7).all()
    assert kentucky.metres.max() < 20_000
    mph = kentucky.metres / kentucky.seconds / 0.44704
    assert mph.min() > 2
    assert mph.max() == pytest.approx(65)


def test_interstates_are_one_way_and_their_exits_have_numbers_and_signs(kentucky: Graph) -> None:
    road_class = np.array(CLASSES)[kentucky.way_class[kentucky.way]]
    assert (kentucky.twin[road_class == "motorway"] == -1).all()
    exits = {kentucky.names[i] for i in np.unique(kentucky.way_exit)}
    assert "185" in exits or len(exits) > 10
    signs = {kentucky.names[i] for i in np.unique(kentucky.way_destination)}
    assert len(signs) > 10


def test_signs_are_read(kentucky: Graph) -> None:
    posted = ~np.isnan(kentucky.way_mph[kentucky.way, 0])
    assert posted.mean() > 0.1
    assert np.isfinite(kentucky.way_limits).any()
    assert kentucky.has(WayFlag.BRIDGE).any()


@pytest.mark.parametrize("part", [0.02, 0.5, 0.999])
def test_a_truncated_extract_is_said_to_be_damaged(tmp_path: Path, part: float) -> None:
    content = KENTUCKY.read_bytes()
    path = tmp_path / "half.osm.pbf"
    path.write_bytes(content[: int(part * len(content))])
    with pytest.raises(MapFileError, match="download it again"):
        read_map(path)


def test_an_extract_with_damage_in_the_middle_is_said_to_be_damaged(tmp_path: Path) -> None:
    content = bytearray(KENTUCKY.read_bytes())
    content[300_000:300_200] = bytes(200)
    path = tmp_path / "damaged.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(MapFileError, match="download it again"):
        read_map(path)
