"""Why our ways differ from OSMnx's: the same pairs with one cause taken away after another.

python -m benchmarks.osmnx_causes northern_kentucky_streets.osm.pbf
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import osmium
from numpy.typing import NDArray

from benchmarks.machine import machine
from benchmarks.osmnx_ways import OsmnxWays
from benchmarks.road_engines import junctions
from tourpool.events.places import Point
from tourpool.routing.network.engine import OsmRoads
from tourpool.routing.network.graph import Graph
from tourpool.routing.network.osm_file import read_map
from tourpool.routing.network.simplify import graph_of
from tourpool.routing.network.speeds import SpeedTable
from tourpool.routing.network.vehicle import FULL_SIZE, Vehicle

WORST = 10
LIGHT = {"school_bus": Vehicle(weight_t=2, height_m=2, width_m=2, length_m=5)}
NO_CAP = (120.0, 120.0)
OURS = "as we plan"


@click.command()
@click.argument("extract", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pairs", default=1000, help="How many pairs of junctions.")
@click.option("--seed", default=1, help="Of the junctions.")
def main(extract: Path, pairs: int, seed: int) -> None:
    """Compare miles between junctions that both know, and say which cause each difference has."""
    click.echo(machine())
    graph, osmnx = graph_of(read_map(extract), SpeedTable())[0], OsmnxWays(extract)
    places = junctions(graph, 2 * pairs, seed)
    ends = zip(places[::2], places[1::2], strict=True)
    chosen = [(a, b) for a, b in ends if osmnx.knows(a) and osmnx.knows(b)]
    theirs = np.array([way.metres for a, b in chosen if (way := osmnx.drive(a, b, FULL_SIZE))])
    apart = {
        name: _metres(roads, chosen) / theirs - 1
        for name, roads in _variants(graph, advised(extract), osmnx.unposted_mph()).items()
    }
    click.echo(f"{len(chosen)} pairs; metres of ours against OSMnx's")
    for name, shares in apart.items():
        away = 100 * np.abs(shares)
        click.echo(
            f"  {name:<36} median apart {np.median(away):.2f} %, "
            f"95 % within {np.percentile(away, 95):.1f} %, "
            f"99 % within {np.percentile(away, 99):.1f} %"
        )
    for k in np.argsort(-np.abs(apart[OURS]))[:WORST].tolist():
        a, b = (f"{p.lat:.5f},{p.lon:.5f}" for p in chosen[k])
        each = ", ".join(f"{name} {100 * shares[k]:+.1f} %" for name, shares in apart.items())
        click.echo(f"  {a} to {b}: OSMnx {theirs[k]:,.0f} m; {each}")


def advised(extract: Path) -> list[int]:
    """Ways with a yellow sign that advises a speed, and no white one that limits it."""
    signs = osmium.FileProcessor(str(extract), osmium.osm.WAY).with_filter(
        osmium.filter.KeyFilter("maxspeed:advisory")
    )
    return [way.id for way in signs if "maxspeed" not in way.tags]


def _variants(
    graph: Graph, advised: Sequence[int], unposted_mph: Mapping[str, float]
) -> dict[str, OsmRoads]:
    """Our roads with one thing as OSMnx has it, and at last with all of them."""
    table = SpeedTable()
    mph = {
        road: (unposted_mph.get(road, paved), unposted_mph.get(road, unpaved))
        for road, (paved, unpaved) in table.mph.items()
    }
    brisk = graph.with_speeds(replace(table, built_up_factor=1.0))
    unadvised = graph.way_mph.copy()
    unadvised[np.isin(graph.way_osm, advised)] = np.nan
    posted = replace(graph, way_mph=unadvised)
    unposted = posted.with_speeds(replace(table, mph=mph, cap_mph=NO_CAP))
    both = posted.with_speeds(replace(table, mph=mph, cap_mph=NO_CAP, built_up_factor=1.0))
    return {
        OURS: OsmRoads("ours", graph),
        "a car that passes all signs": OsmRoads("light", graph, vehicles=LIGHT),
        "no slower where built up": OsmRoads("brisk", brisk),
        "OSMnx's speeds where none is limited": OsmRoads("unposted", unposted),
        "all of these": OsmRoads("all", both, vehicles=LIGHT),
    }


def _metres(roads: OsmRoads, pairs: Sequence[tuple[Point, Point]]) -> NDArray[np.float64]:
    return np.array([float(roads.path(a, b).metres) for a, b in pairs])


if __name__ == "__main__":
    main()
