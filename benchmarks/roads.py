"""Times of the road engine on the roads of a whole state, and how far it agrees with SciPy.

python -m benchmarks.roads state.osm.pbf
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.alone import peak_mb
from benchmarks.machine import machine
from tourpool.events.places import Point
from tourpool.routing.network.compiled_hierarchy import NEVER, Ints
from tourpool.routing.network.engine import OsmRoads
from tourpool.routing.network.graph import DEGREES, Graph
from tourpool.routing.network.hierarchy import MILLION, Gates, Hierarchy, Times
from tourpool.routing.network.osm_file import read_map
from tourpool.routing.network.reference import fastest
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import SpeedTable
from tourpool.routing.network.usable import Usable
from tourpool.routing.network.vehicle import FULL_SIZE
from tourpool.routing.network.warm import warm_up

STOPS, LEGS, ASIDE_M = 980, 120, 30
SOURCES, TARGETS = 25, 400
"""Of the pairs that are compared with SciPy."""

T = TypeVar("T")


@dataclass
class Meter:
    """Prints what each step takes."""

    def __call__(self, what: str, bar_s: float, step: Callable[[], T]) -> T:
        """Do a step; CPU seconds of all threads of this process."""
        wall, cpu = time.perf_counter(), time.process_time()
        answer = step()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        click.echo(f"{what:<52} {cpu:6.2f} s CPU {wall:6.2f} s  bar {bar_s:4.0f} s  {peak_mb()} MB")
        return answer


@click.command()
@click.argument("state", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seed", default=1, help="Of the places.")
def main(state: Path, seed: int) -> None:
    """Measure on the roads of a map file; make one with benchmarks.make_state."""
    meter, rng = Meter(), np.random.default_rng(seed)
    click.echo(machine())
    graph = meter("read the map", 15, lambda: graph_of(read_map(state), SpeedTable())[0])
    click.echo(f"{graph.n_nodes:,} nodes, {graph.n_edges:,} edges")
    meter("compile, at first use only", 30, lambda: warm_up(lambda: None))
    times = meter("order, arcs and times of the hierarchy", 10, lambda: _times(graph))
    for k, bar_s in ((200, 1), (1000, 4)):
        nodes = Gates.at(rng.choice(graph.n_nodes, k, replace=False))
        meter(f"matrix of {k} x {k} nodes", bar_s, lambda n=nodes: times.matrix(n, n))  # type: ignore[misc]
    points = _points(graph, rng, STOPS)
    with tempfile.TemporaryDirectory() as folder:
        roads = OsmRoads("state", graph, cache=Path(folder))
        stops = meter(f"{STOPS} stops snapped", 10, lambda: roads.snapped(points))
        points = [stop.point for stop in stops if not stop.refused]
        matrix = meter("their matrix, hierarchy included", 14, lambda: roads.matrix(points))
        again = OsmRoads("state", Graph.from_arrays(graph.to_arrays()), cache=Path(folder))
        meter("the same from the cache, digest included", 1, lambda: again.matrix(points))
        meter("and one more stop", 10, lambda: again.matrix([*points, *_points(graph, rng, 1)]))
    legs = _legs(matrix.metres, rng)
    meter(
        f"{LEGS} lines and turn lists",
        5,
        lambda: [roads.path(points[i], points[j]) for i, j in legs],
    )
    _against_scipy(graph, times, rng)


def _times(graph: Graph) -> Times:
    lon, lat = graph.lon.astype(float) * DEGREES, graph.lat.astype(float) * DEGREES
    usable = Usable.by(graph, FULL_SIZE)
    return Hierarchy.of(graph.ptr, graph.head, lon, lat).times(usable.us, usable.um)


def _points(graph: Graph, rng: np.random.Generator, n: int) -> list[Point]:
    """Places about 30 m from junctions and dead ends."""
    nodes = rng.choice(graph.n_nodes, n, replace=False)
    at = np.column_stack([graph.lat[nodes], graph.lon[nodes]]) * DEGREES
    return [Point(*p) for p in (at + rng.normal(0, ASIDE_M / 111_195, at.shape)).tolist()]


def _legs(metres: Ints, rng: np.random.Generator) -> list[tuple[int, int]]:
    """Legs of up to 60 miles, as a plan has them."""
    near = np.argwhere((metres > 0) & (metres < 60 * 1609))
    return [(int(i), int(j)) for i, j in rng.choice(near, LEGS, replace=False)]


def _against_scipy(graph: Graph, times: Times, rng: np.random.Generator) -> None:
    """Compare with float64 Dijkstra over seconds, and with the least metres among the fastest."""
    a = rng.choice(graph.n_nodes, SOURCES, replace=False)
    b = rng.choice(graph.n_nodes, TARGETS, replace=False)
    us, um = times.matrix(Gates.at(a), Gates.at(b))
    whole_us, whole_um = fastest(graph.ptr, graph.head, times.us, times.um, a)
    click.echo(f"{us.size:,} pairs, {np.mean(us < NEVER):.1%} with a way")
    click.echo(f"largest difference to SciPy, us: {np.abs(us - whole_us[:, b]).max()}")
    click.echo(f"largest difference to SciPy, um: {np.abs(um - whole_um[:, b]).max()}")
    n = graph.n_nodes
    o = np.lexsort((graph.seconds, graph.head, graph.tail))
    o = o[times.us[o] < NEVER]
    pair = graph.tail[o].astype(np.int64) * n + graph.head[o]
    o = o[np.unique(pair, return_index=True)[1]]
    roads = csr_array((graph.seconds[o], (graph.tail[o], graph.head[o])), shape=(n, n))
    seconds = dijkstra(roads, indices=a)[:, b]
    found = np.isfinite(seconds)
    worst = np.abs(seconds[found] - us[found] / MILLION).max()
    click.echo(f"largest difference to SciPy on unrounded seconds: {worst:.6f} s")


if __name__ == "__main__":
    main()
