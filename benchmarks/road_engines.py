"""Our ways held against those of OSMnx and Valhalla, on the roads of one map file.

python -m benchmarks.road_engines northern_kentucky_streets.osm.pbf --tiles tiles --drawn maps

Valhalla needs Python 3.12 and the extra tourpool[valhalla].
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import click
import folium
import numpy as np

from benchmarks.machine import machine
from benchmarks.osmnx_ways import OsmnxWays
from tourpool.events.places import Point
from tourpool.routing.network.engine import OsmRoads
from tourpool.routing.network.graph import DEGREES, Graph
from tourpool.routing.network.osm_file import read_map
from tourpool.routing.network.second_opinion import Driven, SecondEngine
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.snap import NO_STOPS
from tourpool.routing.network.speeds import CLASSES, SpeedTable
from tourpool.routing.network.valhalla_engine import Valhalla, ValhallaError, build_tiles
from tourpool.routing.network.vehicle import FULL_SIZE

WORST, THROUGH = 10, 6
OURS, THEIRS = "#1f3864", "#c0392b"


@dataclass(frozen=True)
class Pair:
    """Two places, our way between them and another engine's."""

    a: Point
    b: Point
    ours: Driven
    theirs: Driven

    @property
    def more(self) -> tuple[float, float]:
        """Shares by which theirs takes longer and is longer."""
        return (
            self.theirs.seconds / self.ours.seconds - 1,
            self.theirs.metres / self.ours.metres - 1,
        )


@click.command()
@click.argument("extract", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pairs", default=200, help="How many pairs of junctions.")
@click.option("--seed", default=1, help="Of the junctions.")
@click.option("--tiles", type=click.Path(path_type=Path), help="Valhalla's tiles; made if missing.")
@click.option("--drawn", type=click.Path(path_type=Path), help="Folder for maps of the worst.")
def main(extract: Path, pairs: int, seed: int, tiles: Path | None, drawn: Path | None) -> None:
    """Compare miles and minutes between pairs of junctions; draw the ten farthest apart."""
    click.echo(machine())
    graph = graph_of(read_map(extract), SpeedTable())[0]
    roads = OsmRoads(extract.name, graph)
    places = junctions(graph, 2 * pairs, seed)
    ours = {pair: _ours(roads, *pair) for pair in zip(places[::2], places[1::2], strict=True)}
    for name, engine in _engines(extract, tiles):
        start = time.process_time()
        found = [
            Pair(*pair, way, theirs)
            for pair, way in ours.items()
            if (theirs := engine.drive(*pair, FULL_SIZE)) is not None
        ]
        click.echo(f"{name}: {len(found)} of {pairs} ways, {time.process_time() - start:.1f} s CPU")
        _tell(found)
        for pair in _worst(found):
            click.echo(f"  {_said(pair)}{_along(engine, pair)}")
        if drawn is not None:
            drawn.mkdir(parents=True, exist_ok=True)
            _drawn(_worst(found)).save(drawn / f"{name.lower()}.html")


def _engines(extract: Path, tiles: Path | None) -> Iterable[tuple[str, SecondEngine]]:
    yield _timed("OSMnx", lambda: OsmnxWays(extract))
    if tiles is not None:
        try:
            if not tiles.exists():
                build_tiles(extract, tiles)
            yield _timed("Valhalla", lambda: Valhalla(tiles))
        except ValhallaError as error:
            click.echo(str(error))


def _timed(name: str, make: Callable[[], SecondEngine]) -> tuple[str, SecondEngine]:
    start = time.process_time()
    engine = make()
    click.echo(f"{name} is ready: {time.process_time() - start:.1f} s CPU")
    return name, engine


def junctions(graph: Graph, n: int, seed: int) -> list[Point]:
    """Junctions at which only roads meet that a bus may stop on."""
    stops = np.isin(graph.way_class, [k for k, c in enumerate(CLASSES) if c not in NO_STOPS])
    here = stops[graph.way]
    nodes = np.setdiff1d(graph.tail[here], np.r_[graph.tail[~here], graph.head[~here]])
    chosen = np.random.default_rng(seed).choice(nodes, n, replace=False)
    at = np.column_stack([graph.lat[chosen], graph.lon[chosen]]) * DEGREES
    return [Point(*p) for p in at.tolist()]


def _ours(roads: OsmRoads, a: Point, b: Point) -> Driven:
    way = roads.path(a, b)
    return Driven(way.seconds, way.metres, way.line)


def _tell(found: list[Pair]) -> None:
    for what, column in (("metres", 1), ("seconds", 0)):
        more = 100 * np.array([pair.more[column] for pair in found])
        away = np.abs(more)
        click.echo(
            f"  {what}: median {np.median(more):+.2f} %, median apart {np.median(away):.2f} %, "
            f"95 % within {np.percentile(away, 95):.1f} %, {np.mean(away < 1):.0%} within 1 %"
        )


def _along(engine: SecondEngine, pair: Pair) -> str:
    """What the other engine says of our way."""
    line = pair.ours.line
    if isinstance(engine, Valhalla):
        through = [line[i] for i in np.linspace(0, len(line) - 1, THROUGH + 2, dtype=int)[1:-1]]
        said = engine.drive(pair.a, pair.b, FULL_SIZE, through)
    else:
        said = engine.along(line) if isinstance(engine, OsmnxWays) else None
    return "" if said is None else f"; theirs along ours {said.metres:,.0f} m {said.seconds:,.0f} s"


def _worst(found: list[Pair]) -> list[Pair]:
    return sorted(found, key=lambda pair: -abs(pair.more[1]))[:WORST]


def _said(pair: Pair) -> str:
    a, b = (f"{p.lat:.5f},{p.lon:.5f}" for p in (pair.a, pair.b))
    ours, theirs = (f"{d.metres:,.0f} m {d.seconds:,.0f} s" for d in (pair.ours, pair.theirs))
    return f"{a} to {b}: ours {ours}, theirs {theirs}"


def _drawn(pairs: list[Pair]) -> folium.Map:
    drawing = folium.Map()
    for pair in pairs:
        for driven, colour in ((pair.ours, OURS), (pair.theirs, THEIRS)):
            line: folium.PolyLine = folium.PolyLine(  # type: ignore[no-untyped-call]
                driven.line, color=colour, tooltip=_said(pair)
            )
            line.add_to(drawing)
    points = np.array([p for pair in pairs for p in (pair.a, pair.b)])
    drawing.fit_bounds([points.min(axis=0).tolist(), points.max(axis=0).tolist()])
    return drawing


if __name__ == "__main__":
    main()
