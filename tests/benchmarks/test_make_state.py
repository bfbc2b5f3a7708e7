"""The made-up state: the same each time, as large as asked for, with what real maps have."""

from collections import Counter

import numpy as np
import pytest

from benchmarks.make_state import main
from benchmarks.state_roads import made
from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.osm_file import read_map
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import CLASSES, SpeedTable

ASKED = 5000


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    path = tmp_path_factory.mktemp("state") / "state.osm.pbf"
    main([str(path), "--nodes", str(ASKED)])
    graph, left_out = graph_of(read_map(path), SpeedTable())
    assert left_out < 0.02 * graph.n_nodes
    return graph


def test_a_state_is_the_same_every_time() -> None:
    assert made(1000).ways == made(1000).ways
    assert made(1000).x_mi == made(1000).x_mi
    assert made(1000).ways != made(1000, seed=2).ways


def test_a_state_is_about_as_large_as_asked_for(state: Graph) -> None:
    assert state.n_nodes == pytest.approx(ASKED, rel=0.3)  # within 1 % for a whole state


def test_more_bends_give_more_points_and_the_same_junctions() -> None:
    plain, bent = made(1000, bends=0), made(1000, bends=5)
    assert len(bent.x_mi) > 3 * len(plain.x_mi)


def test_a_state_has_every_kind_of_road(state: Graph) -> None:
    kinds = Counter(CLASSES[c] for c in state.way_class.tolist())
    assert {"motorway", "motorway_link", "primary", "secondary", "tertiary"} <= set(kinds)
    assert kinds["residential"] > kinds["primary"]


def test_a_state_has_gravel_posted_bridges_one_way_roads_and_towns(state: Graph) -> None:
    assert 0.1 < state.has(WayFlag.UNPAVED).mean() < 0.6
    assert np.isfinite(state.way_limits).any(axis=0).tolist() == [True, False, False, True]
    assert 0 < (state.twin < 0).mean() < 0.2
    assert 0.02 < state.built_up.mean() < 0.8
