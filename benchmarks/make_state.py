"""Write a made-up rural state as a map file: ``python -m benchmarks.make_state OUT.osm.pbf``."""

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

from benchmarks.state_roads import State, made

SOUTH, WEST = 38.5, -99.0
MILE_DEG = math.degrees(1609.344 / 6_371_008.8)


def write_state(path: Path, junctions: int, seed: int = 1, bends: float = 1.0) -> State:
    """Write a state of about so many junctions and dead ends; the same each time."""
    state = made(junctions, seed, bends)
    middle = math.radians(SOUTH + state.height_mi / 2 * MILE_DEG)
    path.parent.mkdir(parents=True, exist_ok=True)
    with osmium.SimpleWriter(str(path), overwrite=True) as out:
        for number, (x, y) in enumerate(zip(state.x_mi, state.y_mi, strict=True), 1):
            place = WEST + x * MILE_DEG / math.cos(middle), SOUTH + y * MILE_DEG
            out.add_node(Node(id=number, version=1, location=place))
        for number, (refs, tags) in enumerate(state.ways, 1):
            out.add_way(Way(id=number, version=1, nodes=refs, tags=dict(tags)))
    return state


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="map file, such as state.osm.pbf")
    parser.add_argument("--nodes", type=int, default=500_000, help="junctions and dead ends")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bends", type=float, default=1.0, help="points between two junctions")
    given = parser.parse_args(arguments)
    state = write_state(given.out, given.nodes, given.seed, given.bends)
    print(
        f"{given.out}: {state.width_mi} x {state.height_mi} miles, "
        f"{len(state.x_mi):,} places, {len(state.ways):,} ways"
    )


if __name__ == "__main__":
    main()
