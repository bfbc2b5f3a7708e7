"""Roads kept in the user's cache folder: one file of flat arrays to a name, never pickles."""

import dataclasses
import json
import os
import re
import time
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import platformdirs
from numpy.typing import NDArray

from tourpool.events.files import written
from tourpool.events.problems import InputError
from tourpool.routing.network.graph import Graph

FORMAT: Final = 1
LICENCE: Final = (
    "\u00a9 OpenStreetMap contributors, Open Database License "
    "(https://www.openstreetmap.org/copyright)"
)
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
TAKEN: Final = frozenset(
    {"estimated", "con", "prn", "aux", "nul"}
    | {f"{port}{i}" for port in ("com", "lpt") for i in range(10)}
)
"""What papers call no roads at all, and names that Windows keeps for itself."""

LEFT_BEHIND_S: Final = 24 * 3600
_UNREADABLE: Final = (OSError, ValueError, KeyError, EOFError, TypeError, MemoryError)
_DAMAGED: Final = (*_UNREADABLE, zipfile.BadZipFile, zlib.error, NotImplementedError)


class RoadsError(InputError):
    """There are no such roads, or they are damaged; the text says what to do."""


@dataclass(frozen=True)
class RoadsInfo:
    """What is known of roads that are kept.

    Attributes
    ----------
    name
        As seasons call them.
    source
        Name of the map file.
    built
        When they were built, ISO 8601, UTC.
    key
        Changes with the content of the map file, the builder, the speeds and the choices.
    nodes, edges
        Junctions and dead ends, and directed roads between them.
    left_out
        Junctions and dead ends that roads do not join to the others in both directions.
    bounds
        South, west, north, east in degrees.
    map_date
        When the map was made, as it says; empty where it does not.
    speeds
        Name of the table of speeds.
    private, ferries
        Whether private roads and ferries are in it.
    unreadable
        Posted limits that nobody could read, such as ``way 17: maxweight=3 axles``.
    untagged
        Keys that no road has, such as ``maxweight``, because the file was saved without them.
    licence
        The sentence that every map and plan from these roads carries.
    size_bytes
        Of the file in the cache folder.
    """

    name: str
    source: str
    built: str
    key: str
    nodes: int
    edges: int
    left_out: int
    bounds: tuple[float, float, float, float]
    map_date: str
    speeds: str
    private: bool
    ferries: bool
    unreadable: tuple[str, ...] = ()
    untagged: tuple[str, ...] = ()
    licence: str = LICENCE
    size_bytes: int = 0


def cache_dir() -> Path:
    """The folder that everything is kept in; ``TOURPOOL_CACHE`` names another one."""
    return Path(os.environ.get("TOURPOOL_CACHE") or platformdirs.user_cache_dir("tourpool"))


def save(graph: Graph, info: RoadsInfo) -> None:
    """Keep roads under their name, whole or not at all, in place of older ones of that name."""
    path = _path(info.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    said = json.dumps({"format": FORMAT, **dataclasses.asdict(info)}).encode()
    with written(path) as temporary:
        arrays = {"info": np.frombuffer(said, np.uint8), **graph.to_arrays()}
        np.savez(temporary, **arrays)  # type: ignore[arg-type]  # its stub forgets **


def load(name: str) -> Graph:
    """Return the roads of a name.

    Raises
    ------
    RoadsError
        When there are none of this name, or their file is damaged.
    """
    path = _found(name)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            _info(name, arrays["info"], 0)
            return Graph.from_arrays({key: arrays[key] for key in arrays.files if key != "info"})
    except _DAMAGED as error:
        raise _damaged(name, error) from error


def info(name: str) -> RoadsInfo:
    """Return what is known of the roads of a name; raises as `load`."""
    path = _found(name)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _info(name, arrays["info"], path.stat().st_size)
    except _DAMAGED as error:
        raise _damaged(name, error) from error


def listed() -> tuple[list[RoadsInfo], list[str]]:
    """Return what is known of all roads that are kept, and the names of damaged ones."""
    found, damaged = [], []
    for name in names():
        try:
            found.append(info(name))
        except RoadsError:
            damaged.append(name)
    return found, damaged


def names() -> list[str]:
    """Names of all roads that are kept, in order."""
    return sorted(p.stem for p in _folder().glob("*.npz") if NAME.fullmatch(p.stem))


def remove(name: str) -> None:
    """Forget the roads of a name; raises RoadsError when there are none."""
    _found(name).unlink()


def check_name(name: str) -> None:
    """Raise RoadsError when roads cannot have this name."""
    if not NAME.fullmatch(name) or name.lower() in TAKEN:
        raise RoadsError(
            f"{name!r} is no name for roads; use up to 64 letters, digits, - and _, "
            "as in northern_kentucky"
        )


def _folder() -> Path:
    return cache_dir() / "roads"


def _path(name: str) -> Path:
    check_name(name)
    return _folder() / f"{name}.npz"


def _found(name: str) -> Path:
    path = _path(name)
    if not path.is_file():
        known = ", ".join(names())
        there = f"there are {known}" if known else "none are built yet"
        raise RoadsError(
            f"no roads are called {name}: {there}; build them with "
            f"`tourpool roads build FILE.osm.pbf --name {name}`"
        )
    return path


def _info(name: str, said: NDArray[np.uint8], size_bytes: int) -> RoadsInfo:
    content: dict[str, Any] = json.loads(said.tobytes())
    if content.pop("format") != FORMAT:
        raise ValueError("written by another version of tourpool")
    content |= {
        "name": name,
        "size_bytes": size_bytes,
        "bounds": tuple(content["bounds"]),
        "unreadable": tuple(content["unreadable"]),
        "untagged": tuple(content["untagged"]),
    }
    return RoadsInfo(**content)


def _damaged(name: str, error: BaseException) -> RoadsError:
    reason = " ".join(str(error).split())[:100] or type(error).__name__
    return RoadsError(
        f"the roads {name} cannot be read ({reason}); build them again with "
        f"`tourpool roads build FILE.osm.pbf --name {name}`"
    )


def _sweep(folder: Path) -> None:
    """Remove what a build that was killed left behind long ago."""
    for path in folder.glob(".*.npz"):
        if time.time() - path.stat().st_mtime > LEFT_BEHIND_S:
            path.unlink(missing_ok=True)
