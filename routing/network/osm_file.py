"""Map files of OpenStreetMap: .osm.pbf, .osm, .osm.bz2, .osm.gz, in any order of their contents."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np
import osmium
from numpy.typing import NDArray

from tourpool.events.problems import InputError
from tourpool.routing.network import tags as tagging
from tourpool.routing.network.bombs import too_large_unpacked
from tourpool.routing.network.ways import PLAIN_KEYS, SPECIAL_KEYS, Gatherer, Ways

SUFFIXES: Final = (".osm.pbf", ".osm", ".osm.bz2", ".osm.gz")
MOST_POINTS: Final = 100_000
"""Of one way; OpenStreetMap itself allows 2,000."""

REPORT_EVERY: Final = 20_000
_UNREADABLE: Final = (
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    MemoryError,
    osmium.InvalidLocationError,
)
"""All that osmium and the readers of compressed files raise."""

_BACKWARDS: Final = (
    b'<osm version="0.6"><node id="-2" lat="0" lon="0"/><node id="-1" lat="0" lon="0"/>'
    b'<way id="-1"><nd ref="-1"/></way></osm>'
)
"""Numbers below 0 are never kept, so it leaves nothing behind in a store of positions."""

Progress = Callable[[str], None]
"""Told what is being done, in a few words, again and again."""


class MapFileError(InputError):
    """A file that is no map, is damaged, or holds no roads; the text says what to do."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(f"{path}: {text}")
        self.path = path
        self.text = text


@dataclass(frozen=True, eq=False)
class MapFile:
    """What was read from a map file.

    Attributes
    ----------
    ways
        All ways a bus may use.
    lon, lat
        int32, as long as ``ways.refs``: position of each point in 1e-7 degrees.
    located
        bool: whether the file holds the node at all; extracts are cut at their edge.
    cut
        bool: whether a barrier stands on the point that no bus passes.
    unreadable
        Posted limits that nobody could read: way, key, value.
    date
        When the map was made, as the file says it; empty where it does not.
    untagged
        Keys that matter and that no road has: perhaps whoever saved the file left them out.
    """

    ways: Ways
    lon: NDArray[np.int32]
    lat: NDArray[np.int32]
    located: NDArray[np.bool_]
    cut: NDArray[np.bool_]
    unreadable: tuple[tuple[int, str, str], ...]
    date: str
    untagged: tuple[str, ...] = ()


def read_map(
    path: Path,
    *,
    private: bool = False,
    ferries: bool = False,
    progress: Progress = lambda text: None,
) -> MapFile:
    """Read what a bus may use from a map file.

    Parameters
    ----------
    private
        Whether private roads are kept, to reach places on them.
    ferries
        Whether ferries for vehicles are kept.

    Raises
    ------
    MapFileError
        When the file is missing, no map, damaged, or holds no road that a bus may use.
    """
    path = Path(path)
    _check(path)
    try:
        if too_large_unpacked(path):
            raise MapFileError(path, "unpacks to far more than a map of its size; it is no map")
        return _read(path, private, ferries, progress)
    except MapFileError:
        raise
    except _UNREADABLE as error:
        raise _damaged(path, error) from error


def _read(path: Path, private: bool, ferries: bool, progress: Progress) -> MapFile:
    progress("reading positions")
    nodes = _opened(path, osmium.osm.NODE).with_locations("flex_mem")
    date = nodes.header.get("osmosis_replication_timestamp") or nodes.header.get("timestamp")
    if nodes.header.has_multiple_object_versions:
        raise MapFileError(
            path, "holds changes or the history of a map; take an extract of one day instead"
        )
    exits: dict[int, str] = {}
    barriers: set[int] = set()
    nodes.with_filter(osmium.filter.EntityFilter(osmium.osm.NODE))
    for node in nodes.with_filter(osmium.filter.KeyFilter("barrier", "highway")):
        tags = node.tags
        if "barrier" in tags:
            if tagging.blocks({tag.k: tag.v for tag in tags}, private=private):
                barriers.add(node.id)
        elif tags.get("highway") == "motorway_junction" and tags.get("ref"):
            exits[node.id] = tags["ref"]
    gatherer = Gatherer(private, ferries, exits)
    _gather(path, gatherer, ferries, progress)
    ways = gatherer.ways()
    if not len(ways.osm):
        raise MapFileError(
            path, "holds no road that a bus may use; name an extract with the streets in it"
        )
    progress("putting roads on the map")
    lon, lat, located = _positions(ways.refs, _sorted(nodes))
    cut = np.isin(ways.refs, np.fromiter(barriers, np.int64, len(barriers)))
    return MapFile(ways, lon, lat, located, cut, tuple(gatherer.unreadable), date or "")


def _opened(path: Path, kind: osmium.osm.osm_entity_bits) -> osmium.FileProcessor:
    suffix = _suffix(path)
    if suffix != ".osm.pbf":
        # A reader of XML that wants nodes only stops at the first way, whatever comes behind it.
        kind = osmium.osm.ALL
    return osmium.FileProcessor(osmium.io.File(str(path), suffix[1:]), kind)


def _gather(path: Path, gatherer: Gatherer, ferries: bool, progress: Progress) -> None:
    """Add each way; most have nothing special, and only the others are looked at whole."""
    special = {way.id for way in _ways(path, SPECIAL_KEYS)}
    for number, way in enumerate(_ways(path, ("highway", "route") if ferries else ("highway",))):
        if number % REPORT_EVERY == 0:
            progress(f"reading roads: {number:,}")
        tags = way.tags
        if way.id in special:
            known = {tag.k: tag.v for tag in tags}
        else:
            get = tags.get
            known = {key: text for key in PLAIN_KEYS if (text := get(key))}
        if len(way.nodes) > MOST_POINTS:
            raise MapFileError(
                path, f"has a way of {len(way.nodes):,} points (number {way.id}); it is no map"
            )
        gatherer.add(way.id, known, (node.ref for node in way.nodes))


def _ways(path: Path, keys: Iterable[str]) -> Iterator[osmium.osm.Way]:
    ways = _opened(path, osmium.osm.WAY)
    ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
    return cast("Iterator[osmium.osm.Way]", iter(ways.with_filter(osmium.filter.KeyFilter(*keys))))


def _sorted(nodes: osmium.FileProcessor) -> osmium.index.LocationTable:
    """Have the store find nodes that came in any order.

    It sorts itself when a way follows nodes that were out of order; where only nodes were read,
    or the ways came first, no such way has come.
    """
    store = nodes.node_location_storage
    assert store is not None, "the positions were asked for"
    with osmium.io.Reader(osmium.io.FileBuffer(_BACKWARDS, "osm")) as reader:
        handler = osmium.NodeLocationsForWays(store)
        handler.ignore_errors()
        osmium.apply(reader, handler)
    return store


def _positions(
    refs: NDArray[np.int64], store: osmium.index.LocationTable
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """Look up each node once."""
    ids, of = np.unique(refs, return_inverse=True)
    lon, lat = np.zeros(len(ids), np.int32), np.zeros(len(ids), np.int32)
    located = np.zeros(len(ids), np.bool_)
    get = store.get
    for i, node in enumerate(ids.tolist()):
        try:
            place = get(node)
        except (KeyError, TypeError):  # TypeError: numbers below 0, of a map not yet uploaded
            continue
        if place.valid():
            lon[i], lat[i], located[i] = place.x, place.y, True
    return lon[of], lat[of], located[of]


def _check(path: Path) -> None:
    if not _suffix(path):
        raise MapFileError(path, f"is no map file; expected one of {', '.join(SUFFIXES)}, .graphml")
    if not path.is_file():
        raise MapFileError(path, "is not there; download an extract and name where it lies")
    if path.stat().st_size == 0:
        raise MapFileError(path, "is empty; download it again")


def _suffix(path: Path) -> str:
    return next((s for s in SUFFIXES if path.name.lower().endswith(s)), "")


def _damaged(path: Path, error: Exception) -> MapFileError:
    reason = " ".join(str(error).split())[:200]
    return MapFileError(
        path, f"is no map of OpenStreetMap, or damaged ({reason}); download it again"
    )
