"""A toy map: a direct road with the tags to be tried, and an open detour three times as long.

::

        5 ------- 6
        |         |
    1 - 2 ======= 3 - 4        way 2 is the direct road, 2 to 3
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

Tags = Mapping[str, str]

PLACES = {
    1: (-98.10, 38.50),
    2: (-98.08, 38.50),
    3: (-98.04, 38.50),
    4: (-98.02, 38.50),
    5: (-98.08, 38.54),
    6: (-98.04, 38.54),
}
"""Longitude and latitude of the nodes; a middle node 9 lies half-way along the direct road."""

MIDDLE = 9
DIRECT = 2
"""OpenStreetMap's number of the direct road."""

PLAIN: Tags = {"highway": "tertiary", "surface": "asphalt"}


def write_map(
    path: Path,
    nodes: Mapping[int, tuple[float, float]],
    ways: Mapping[int, tuple[Sequence[int], Tags]],
    node_tags: Mapping[int, Tags] | None = None,
) -> Path:
    """Write nodes (lon, lat) and ways (node numbers, tags); the suffix says in which format."""
    tagged = node_tags or {}
    with osmium.SimpleWriter(str(path), overwrite=True) as out:
        for node, place in nodes.items():
            out.add_node(Node(id=node, location=place, version=1, tags=dict(tagged.get(node, {}))))
        for way, (refs, tags) in ways.items():
            out.add_way(Way(id=way, nodes=list(refs), version=1, tags=dict(tags)))
    return path


def write_toy(
    path: Path,
    tags: Tags | None = None,
    *,
    middle: Tags | None = None,
    order: Sequence[int] = (2, MIDDLE, 3),
) -> Path:
    """Write the toy map.

    Parameters
    ----------
    path
        ``.osm``, ``.osm.pbf``, ``.osm.bz2`` or ``.osm.gz``.
    tags
        Of the direct road, besides those of `PLAIN`; an empty text takes one away.
    middle
        Tags of the node in the middle of the direct road.
    order
        In which the direct road is drawn.
    """
    direct = {key: text for key, text in {**PLAIN, **(tags or {})}.items() if text}
    ways = {
        1: ((1, 2), PLAIN),
        DIRECT: (tuple(order), direct),
        3: ((3, 4), PLAIN),
        4: ((2, 5, 6, 3), PLAIN),
    }
    nodes = {**PLACES, MIDDLE: (-98.06, 38.50)}
    return write_map(path, nodes, ways, {MIDDLE: middle or {}})
