"""Roads by name: built from a map file once, kept, and loaded from then on."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Final

from tourpool.routing.network.archive import (
    RoadsError,
    RoadsInfo,
    cache_dir,
    check_name,
    info,
    listed,
    load,
    names,
    remove,
    save,
)
from tourpool.routing.network.graph import DEGREES, Graph
from tourpool.routing.network.osm_file import MapFile, MapFileError, Progress, read_map
from tourpool.routing.network.simplify import NoRoadsError, graph_of
from tourpool.routing.network.speeds import SpeedTable

__all__ = [
    "RoadsError",
    "RoadsInfo",
    "build_roads",
    "cache_dir",
    "info",
    "key_of",
    "listed",
    "load",
    "names",
    "remove",
    "save",
]

BUILDER_VERSION: Final = 1
"""Rises whenever the same map file would give another graph."""

MOST_UNREADABLE: Final = 20


def build_roads(
    path: Path,
    name: str,
    *,
    table: SpeedTable | None = None,
    private: bool = False,
    ferries: bool = False,
    progress: Progress = lambda text: None,
) -> Graph:
    """Build roads from a map file and keep them under a name.

    Roads that were built of the same content in the same way are loaded instead.

    Parameters
    ----------
    path
        ``.osm.pbf``, ``.osm``, ``.osm.bz2``, ``.osm.gz``, or a ``.graphml`` of OSMnx.
    name
        Letters, digits, ``-`` and ``_``.
    table
        Speeds; the default ones when None.
    private, ferries
        Whether private roads (to reach places on them) and ferries are kept.
    progress
        Is told what is being done, in a few words.

    Raises
    ------
    RoadsError
        When roads cannot have this name.
    MapFileError
        When the file cannot be read, or holds no roads for a bus.
    """
    check_name(name)
    path, table = Path(path), table or SpeedTable()
    key = key_of(path, table, private=private, ferries=ferries)
    if name in names():
        try:
            if info(name).key == key:
                return load(name)
        except RoadsError:
            pass  # damaged: built again below
    given = _given(path, private=private, ferries=ferries, progress=progress)
    progress("joining roads at junctions")
    try:
        graph, left_out = graph_of(given, table)
    except NoRoadsError as error:
        raise MapFileError(path, f"{error}; name an extract with the streets in it") from error
    progress("keeping the roads")
    save(
        graph,
        RoadsInfo(
            name=name,
            source=path.name,
            built=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            key=key,
            nodes=graph.n_nodes,
            edges=graph.n_edges,
            left_out=left_out,
            bounds=_bounds(graph),
            map_date=given.date,
            speeds=table.name,
            private=private,
            ferries=ferries,
            unreadable=_unreadable(given),
            untagged=given.untagged,
        ),
    )
    return graph


def _given(path: Path, *, private: bool, ferries: bool, progress: Progress) -> MapFile:
    if path.suffix.lower() != ".graphml":
        return read_map(path, private=private, ferries=ferries, progress=progress)
    from tourpool.routing.network.graphml import read_graphml  # OSMnx takes seconds to load

    return read_graphml(path, private=private, ferries=ferries, progress=progress)


def key_of(path: Path, table: SpeedTable, *, private: bool = False, ferries: bool = False) -> str:
    """Digest of all that decides what is built: content, builder, speeds, choices.

    Raises
    ------
    MapFileError
        When the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError as error:
        raise MapFileError(
            path, f"cannot be opened ({error.strerror}); name the map file that you downloaded"
        ) from error
    parts = (BUILDER_VERSION, size, content, table.digest(), private, ferries)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _bounds(graph: Graph) -> tuple[float, float, float, float]:
    corners = (graph.lat.min(), graph.lon.min(), graph.lat.max(), graph.lon.max())
    south, west, north, east = (round(float(c) * DEGREES, 7) for c in corners)
    return south, west, north, east


def _unreadable(given: MapFile) -> tuple[str, ...]:
    return tuple(f"way {w}: {k}={v[:40]}" for w, k, v in given.unreadable[:MOST_UNREADABLE])
