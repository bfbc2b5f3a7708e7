"""What it takes to read a map file, to keep its roads and to load them: time and memory.

python -m benchmarks.read_map state.osm.pbf

Nothing else is done by the process, so that its peak memory is that of reading.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from benchmarks.alone import peak_mb
from benchmarks.machine import load, machine
from tourpool.routing.network import store
from tourpool.routing.network.graph import Graph


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Measure on a map file; make one with benchmarks.make_state."""
    click.echo(machine())
    if (waiting := load()) is not None:
        click.echo(f"{waiting:.1f} processes wanted a core in the last minute")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TOURPOOL_CACHE"] = folder
        graph = _measured("read, join and keep", lambda: store.build_roads(file, "measured"))
        _measured("load", lambda: store.load("measured"))
        kept_mb = store.info("measured").size_bytes / 1e6
    click.echo(
        f"{graph.n_nodes:,} junctions and dead ends, {graph.n_edges:,} edges, "
        f"{len(graph.shape_lon):,} points, {kept_mb:.1f} MB kept"
    )


def _measured(what: str, step: Callable[[], Graph]) -> Graph:
    wall, cpu = time.perf_counter(), time.process_time()
    graph = step()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    click.echo(f"{what:<20} {cpu:6.2f} s CPU {wall:6.2f} s, peak {peak_mb()} MiB")
    return graph


if __name__ == "__main__":
    main()
