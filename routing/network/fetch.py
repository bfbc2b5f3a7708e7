"""Roads of some counties from an Overpass server, asked with osmnx, politely.

Each query is kept as soon as it is answered, so that a fetch which was broken off goes on where
it was. The answers are joined into a map file that is read as any other.
"""

import math
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import osmnx as ox
from osmnx._errors import CacheOnlyInterruptError
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from tourpool.events.problems import InputError
from tourpool.routing.network.counties import County
from tourpool.routing.network.overpass import AnswerError, join, read_answer

SERVER = "https://overpass-api.de/api"
ASK_ABOVE = 10  # queries; more burden a server that volunteers pay for
CONNECT_S = 20
LARGEST_M2 = 2_500_000_000.0  # of one query, as osmnx has it: about 1,000 square miles
DEGREE_M = 111_195.0
OVERLAP_DEG = 0.015  # beyond its border: the outlines are coarse
COARSE_DEG = 0.01  # corners that a query does without
ROADS = (
    '["highway"~"^((motorway|trunk|primary|secondary|tertiary)(_link)?'
    '|unclassified|residential|living_street|service|road)$"]["area"!~"yes"]'
)
INSTEAD = (
    "a state's roads come in one file, such as mississippi-latest.osm.pbf from "
    "https://download.geofabrik.de: give it to tourpool roads build"
)


class FetchError(InputError):
    """Roads could not be fetched; the text says what is kept and how to go on."""


@dataclass(frozen=True)
class Query:
    """One question to the server: the roads of a county or of a part of it."""

    name: str
    county: str
    area: Polygon


def queries(counties: Sequence[County]) -> tuple[Query, ...]:
    """The queries that some counties take: one each, and more for the very large."""
    found = []
    for county in counties:
        areas = list(_cut(county.area.simplify(COARSE_DEG).buffer(OVERLAP_DEG, quad_segs=2)))
        for part, area in enumerate(areas, 1):
            name = county.fips if len(areas) == 1 else f"{county.fips}-{part}"
            found.append(Query(name, county.name, area))
    return tuple(found)


def unanswered(counties: Sequence[County], folder: Path) -> tuple[Query, ...]:
    """The queries whose answers are not in ``folder`` yet."""
    return tuple(query for query in queries(counties) if not _kept(folder, query).exists())


def fetch(
    counties: Sequence[County],
    folder: Path,
    target: Path,
    *,
    ask: Callable[[int], bool],
    progress: Callable[[int, int, str], None] = lambda done, of, county: None,
    server: str = SERVER,
    again: bool = False,
) -> None:
    """Fetch the roads of some counties into one map file.

    Parameters
    ----------
    counties
        Whose roads; see `counties_needed`.
    folder
        Where answers are kept; those that are there are not asked for again.
    target
        The map file to write, such as ``delta.osm.pbf``.
    ask
        Is given the number of queries when there are more than ten of them, and says whether to
        send them.
    progress
        Is given the number of queries that are answered, of all, and the county that comes next.
    server
        Address of an Overpass server.
    again
        Whether to ask for everything anew, because the answers kept are old.

    Raises
    ------
    FetchError
        When the server cannot be reached, does not answer, or ``ask`` said no.
    """
    of = queries(counties)
    todo = of if again else unanswered(counties, folder)
    if len(todo) > ASK_ABOVE and not ask(len(todo)):
        raise FetchError(f"nothing was fetched; {INSTEAD}")
    with _polite(server):
        for n, query in enumerate(todo):
            progress(len(of) - len(todo) + n, len(of), query.county)
            try:
                if n == 0:
                    _reach(server)
                _send(query, folder)
            except (OSError, ValueError) as error:  # what requests and osmnx raise
                raise FetchError(
                    f"the roads of {query.county} could not be fetched from {server}: "
                    f"{_said(error)}; {len(of) - len(todo) + n} of {len(of)} answers are kept, "
                    f"the same command goes on from there. Without internet, {INSTEAD}"
                ) from error
    progress(len(of), len(of), "")
    join([_kept(folder, query) for query in of], target)


def _kept(folder: Path, query: Query) -> Path:
    return folder / f"{query.name}.json"


def _reach(server: str) -> None:
    """Fail at once where there is no connection; osmnx would wait a minute first."""
    with urlopen(f"{server}/status", timeout=CONNECT_S):
        pass


def _send(query: Query, folder: Path) -> None:
    """Ask; the answer counts as kept when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".asking-") as asking:
        ox.settings.cache_folder = asking
        with suppress(CacheOnlyInterruptError):  # how osmnx says that it has kept the answer
            ox.graph_from_polygon(query.area, custom_filter=ROADS)
        answers = list(Path(asking).glob("*.json"))
        if not answers:
            raise AnswerError("the server was too busy or gave up on it; try again later")
        read_answer(answers[0])
        shutil.move(answers[0], _kept(folder, query))


@contextmanager
def _polite(server: str) -> Iterator[None]:
    """Set osmnx: waits for a free slot, says who asks, keeps the answer and builds no graph."""
    ours: dict[str, object] = {
        "overpass_url": server,
        "overpass_rate_limit": True,
        "requests_timeout": 180,
        "http_user_agent": f"tourpool/{version('tourpool')}",
        "http_referer": "",
        "doh_url_template": None,  # nobody else is told which server is asked
        "use_cache": True,
        "cache_only_mode": True,
        "cache_folder": "",
        "max_query_area_size": math.inf,  # the areas are cut already
    }
    before = {name: getattr(ox.settings, name) for name in ours}
    looked_up = socket.getaddrinfo  # osmnx puts its own in place
    try:
        for name, value in ours.items():
            setattr(ox.settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(ox.settings, name, value)
        socket.getaddrinfo = looked_up


def _cut(area: BaseGeometry) -> Iterator[Polygon]:
    """Halve an area until each part is small enough for one query."""
    hull = area.convex_hull
    west, south, east, north = area.bounds
    shrink = math.cos(math.radians((south + north) / 2))
    whole = area if isinstance(area, Polygon) else hull
    if not isinstance(whole, Polygon):
        return  # nothing lies in this half
    if whole.area * shrink * DEGREE_M**2 <= LARGEST_M2:
        yield Polygon(whole.exterior)
        return
    if (east - west) * shrink > north - south:
        middle = (west + east) / 2
        halves = box(west, south, middle, north), box(middle, south, east, north)
    else:
        middle = (south + north) / 2
        halves = box(west, south, east, middle), box(west, middle, east, north)
    for half in halves:
        yield from _cut(area.intersection(half))


def _said(error: Exception) -> str:
    """The reason in one line; those of requests are long."""
    kind = {
        "URLError": "no connection",
        "ConnectionError": "no connection",
        "ReadTimeout": "no answer in time",
    }
    name = type(error).__name__
    return kind.get(name, " ".join(str(error).split())[:200] or name)
