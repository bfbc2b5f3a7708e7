"""The order in which a hierarchy takes the nodes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.network.random_graphs import RandomGraph, random_graphs
from tests.routing.arrays import laws
from tourpool.routing.network.dissection import order


def ranked(g: RandomGraph) -> list[int]:
    tail = np.repeat(np.arange(g.n, dtype=np.int32), np.diff(g.ptr))
    return order(g.lon, g.lat, tail, g.head).tolist()  # type: ignore[no-any-return]


@laws
@given(random_graphs())
def test_every_node_has_a_rank_of_its_own(g: RandomGraph) -> None:
    assert sorted(ranked(g)) == list(range(g.n))


@given(st.integers(30, 60))
@laws
def test_what_joins_two_towns_comes_last(n: int) -> None:
    # two towns of n nodes, each a chain in a square, and one bridge between
    rng = np.random.default_rng(n)
    x = np.concatenate([rng.uniform(0, 1, n), rng.uniform(10, 11, n)])
    y = rng.uniform(0, 1, 2 * n)
    chain = np.delete(np.arange(2 * n - 1), n - 1)
    tail, head = np.append(chain, 0), np.append(chain + 1, n)  # the bridge is 0 - n
    rank = order(x, y, tail.astype(np.int32), head.astype(np.int32))
    assert 2 * n - 1 in (rank[0], rank[n])
