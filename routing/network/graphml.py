"""Graphs that OSMnx saved as .graphml, read as a map file.

OSMnx joins the ways between two junctions into one edge; where their tags differ it keeps a list
of values. The strictest value of a list counts: the slowest class, the lowest limit, the most
closed access. Which tags there are was decided before the download, by ``useful_tags_way``; its
default has neither surfaces nor posted weights, and `MapFile.untagged` says so.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import networkx as nx
import numpy as np
import osmnx as ox
import shapely

from tourpool.routing.network.osm_file import MapFile, MapFileError, Progress
from tourpool.routing.network.postings import LIMIT_KEYS, SPEED_KEYS, posted
from tourpool.routing.network.speeds import CLASSES
from tourpool.routing.network.tags import ACCESS_KEYS, UNPAVED, access
from tourpool.routing.network.ways import PLAIN_KEYS, SPECIAL_KEYS, Gatherer

SUFFIX: Final = ".graphml"
NEEDED: Final = ("surface", "maxspeed", "maxweight", "maxheight")
DEGREES: Final = "epsg:4326"
SAME_M: Final = 0.5  # the two directions of a road are as long as each other
_KEYS: Final = frozenset({*PLAIN_KEYS, *SPECIAL_KEYS} - {"oneway"})
_UNREADABLE: Final = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    SyntaxError,  # of XML, and of lists
    MemoryError,
    RecursionError,
    nx.NetworkXException,
    shapely.errors.ShapelyError,
)

Tags = dict[str, str]
Edge = tuple[int, int, dict[str, Any]]


def read_graphml(
    path: Path,
    *,
    private: bool = False,
    ferries: bool = False,
    progress: Progress = lambda text: None,
) -> MapFile:
    """Read what a bus may use from a graph of OSMnx; the options are those of `read_map`.

    Raises
    ------
    MapFileError
        When the file is no graph of OSMnx in degrees, or holds no road that a bus may use.
    """
    path = Path(path)
    if not path.is_file():
        raise MapFileError(path, "is not there; name a graph that OSMnx saved")
    progress("reading the graph")
    try:
        return _read(path, Gatherer(private, ferries, exits={}), progress)
    except MapFileError:
        raise
    except _UNREADABLE as error:
        reason = " ".join(f"{type(error).__name__} {error}".split())[:200]
        raise MapFileError(
            path, f"is no graph that OSMnx saved, or damaged ({reason}); save it again"
        ) from error


def _read(path: Path, gatherer: Gatherer, progress: Progress) -> MapFile:
    graph = ox.load_graphml(path)
    if str(graph.graph["crs"]).lower() != DEGREES:
        raise MapFileError(path, "is projected; save the graph in degrees (epsg:4326)")
    if not graph.graph.get("simplified"):
        graph = ox.simplify_graph(graph)
    progress("reading roads")
    position = {node: (float(d["x"]), float(d["y"])) for node, d in graph.nodes(data=True)}
    unused = min(0, *position) - 1  # numbers for points that are no junction
    for (u, v, data), both in _roads(graph):
        between = list(data["geometry"].coords)[1:-1] if "geometry" in data else []
        points = range(unused, unused - len(between), -1)
        unused -= len(between)
        position.update(zip(points, between, strict=True))
        gatherer.add(_number(data), _tags(data, both=both), (u, *points, v))
    ways = gatherer.ways()
    if not len(ways.osm):
        raise MapFileError(path, "holds no road that a bus may use")
    places = np.array([position[ref] for ref in ways.refs.tolist()])
    if not (np.isfinite(places).all() and (np.abs(places) <= (180, 90)).all()):
        raise MapFileError(path, "has places that are not on earth; save it again")
    lon, lat = np.rint(places * 1e7).astype(np.int32).T
    return MapFile(
        ways=ways,
        lon=lon,
        lat=lat,
        located=np.ones(len(lon), np.bool_),
        cut=np.zeros(len(lon), np.bool_),
        unreadable=tuple(gatherer.unreadable),
        date=str(graph.graph.get("created_date", "")),
        untagged=_untagged(graph),
    )


def _roads(graph: "nx.MultiDiGraph[int]") -> Iterator[tuple[Edge, bool]]:
    """Give each road once, and whether it is driven both ways."""
    waiting: dict[tuple[int, int, str], list[Edge]] = defaultdict(list)
    for u, v, data in graph.edges(data=True):
        ways = str(sorted(_listed(data.get("osmid", 0))))
        backward = waiting[v, u, ways]
        same = next((e for e in backward if abs(e[2]["length"] - data["length"]) < SAME_M), None)
        if data.get("oneway") or same is None:
            waiting[u, v, ways].append((u, v, data))
        else:
            backward.remove(same)
            yield same, True
    for edges in waiting.values():
        for edge in edges:
            yield edge, False


def _number(data: dict[str, Any]) -> int:
    """OpenStreetMap's number of the first of its ways; 0 when it has none."""
    first = _listed(data.get("osmid", 0))[0]
    return first if isinstance(first, int) else 0


def _tags(data: dict[str, Any], *, both: bool) -> Tags:
    tags = {}
    for key in _KEYS & data.keys():
        values = [str(value) for value in _listed(data[key])]
        if key in ("name", "ref", "destination"):
            tags[key] = "; ".join(sorted(set(values)))
        else:
            tags[key] = min(values, key=lambda value: _room(key, value))
    return {**tags, "oneway": "no" if both else "yes"}


def _room(key: str, value: str) -> float:
    """How much a value lets through: the strictest one the least."""
    if key == "highway":
        return -CLASSES.index(value) if value in CLASSES else -len(CLASSES)
    if key in ACCESS_KEYS:
        said = access({"access": value})
        return float("inf") if said is None else float(said)
    if key in LIMIT_KEYS:
        return min(posted({key: value}).limits)
    if key in SPEED_KEYS:
        return float(np.nan_to_num(min(posted({key: value}).mph), nan=np.inf))
    if key == "surface":
        return float(value not in UNPAVED)
    return float(value == "no")


def _untagged(graph: "nx.MultiDiGraph[int]") -> tuple[str, ...]:
    there = {key for _, _, data in graph.edges(data=True) for key in NEEDED if key in data}
    return tuple(key for key in NEEDED if key not in there)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) and value else [value]
