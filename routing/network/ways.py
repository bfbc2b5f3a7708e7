"""Ways of a map that a bus may use, gathered one by one into flat arrays."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network import tags as tagging
from tourpool.routing.network.graph import WayFlag
from tourpool.routing.network.postings import LIMIT_KEYS, SPEED_KEYS, posted
from tourpool.routing.network.tags import Access, Tags

TOWARDS_KEYS: Final = ("destination:ref", "destination")
EXIT_KEY: Final = "junction:ref"
PLAIN_KEYS: Final = ("highway", "name", "ref", "surface", "oneway", "maxspeed")
SPECIAL_KEYS: Final = (
    *tagging.ACCESS_KEYS,
    *tagging.OTHER_KEYS,
    *LIMIT_KEYS,
    *(key for key in SPEED_KEYS if key != "maxspeed"),
    *TOWARDS_KEYS,
    EXIT_KEY,
)
"""Keys that matter, but that most ways do not have."""

_MEANING: Final = frozenset({*PLAIN_KEYS, *SPECIAL_KEYS} - {"name", "ref", EXIT_KEY, *TOWARDS_KEYS})
LONGEST_NAME: Final = 100


@dataclass(frozen=True)
class Road:
    """What the tags of a way say, names left out."""

    road_class: int
    forward: bool
    backward: bool
    flags: int
    mph: tuple[float, float]
    limits: tuple[float, float, float, float]
    unreadable: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Ways:
    """Ways as flat arrays, ``w`` of them with ``k`` points in all; see `Graph` for the columns.

    Attributes
    ----------
    refs
        int64 ``(k,)``: numbers of the nodes, way after way.
    count
        int32 ``(w,)``: how many points each way has.
    forward, backward
        bool ``(w,)``: in which directions a bus may drive.
    """

    refs: NDArray[np.int64]
    count: NDArray[np.int32]
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    osm: NDArray[np.int64]
    road_class: NDArray[np.int8]
    mph: NDArray[np.float32]
    flags: NDArray[np.uint16]
    limits: NDArray[np.float32]
    name: NDArray[np.int32]
    ref: NDArray[np.int32]
    destination: NDArray[np.int32]
    exit: NDArray[np.int32]
    names: tuple[str, ...]


def road(tags: Tags, *, private: bool = False, ferries: bool = False) -> Road | None:
    """Say what a way is to a bus; None when it is nothing."""
    road_class = tagging.road_class(tags, ferries=ferries)
    if road_class is None:
        return None
    who = tagging.directions(tags)
    least = Access.PRIVATE if private else Access.DESTINATION
    forward, backward = (w >= least for w in who)
    if not (forward or backward):
        return None
    flags = tagging.flags(tags)
    for usable, access in zip((forward, backward), who, strict=True):
        if usable and access <= Access.DESTINATION:
            flags |= WayFlag.DESTINATION
        if usable and access == Access.PRIVATE:
            flags |= WayFlag.PRIVATE
    signs = posted(tags)
    return Road(
        road_class, forward, backward, int(flags), signs.mph, signs.limits, signs.unreadable
    )


@dataclass
class Gatherer:
    """Gathers ways.

    Attributes
    ----------
    private, ferries
        Whether private roads and ferries are wanted.
    exits
        Numbers of exits by the node where the ramp leaves.
    unreadable
        Limits that nobody could read: way, key, value.
    """

    private: bool
    ferries: bool
    exits: Mapping[int, str]
    unreadable: list[tuple[int, str, str]] = field(default_factory=list)
    _refs: "array[int]" = field(default_factory=lambda: array("q"))
    _count: list[int] = field(default_factory=list)
    _osm: list[int] = field(default_factory=list)
    _roads: list[Road] = field(default_factory=list)
    _texts: list[tuple[int, int, int, int]] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=lambda: {"": 0})

    def __post_init__(self) -> None:
        @lru_cache(maxsize=100_000)
        def meaning(pairs: tuple[tuple[str, str], ...]) -> Road | None:
            return road(dict(pairs), private=self.private, ferries=self.ferries)

        self._meaning = meaning

    def __len__(self) -> int:
        return len(self._osm)

    def add(self, osm: int, tags: Tags, refs: Iterable[int]) -> None:
        """Add a way if a bus may use it; ``refs`` is only read then."""
        found = self._meaning(tuple(pair for pair in tags.items() if pair[0] in _MEANING))
        if found is None:
            return
        before = len(self._refs)
        self._refs.extend(refs)
        count = len(self._refs) - before
        if count < 2:
            del self._refs[before:]
            return
        self._count.append(count)
        self._osm.append(osm)
        self._roads.append(found)
        self._texts.append(self._signs(tags, self._refs[before]))
        self.unreadable += [(osm, key, text) for key, text in found.unreadable]

    def _signs(self, tags: Tags, first: int) -> tuple[int, int, int, int]:
        towards = (part.strip() for key in TOWARDS_KEYS for part in tags.get(key, "").split(";"))
        leaves = tags.get(EXIT_KEY)
        if leaves is None and tags.get("highway", "").endswith("_link"):
            leaves = self.exits.get(first)
        return (
            self._index(tags.get("name")),
            self._index(tags.get("ref")),
            self._index(", ".join(filter(None, towards))),
            self._index(leaves),
        )

    def _index(self, text: str | None) -> int:
        if not text:
            return 0
        return self._names.setdefault(printable(text), len(self._names))

    def ways(self) -> Ways:
        """Return all that was gathered."""
        r = self._roads
        texts = np.array(self._texts, np.int32).reshape(-1, 4)
        return Ways(
            refs=np.array(self._refs, np.int64),
            count=np.array(self._count, np.int32),
            forward=np.array([x.forward for x in r], np.bool_),
            backward=np.array([x.backward for x in r], np.bool_),
            osm=np.array(self._osm, np.int64),
            road_class=np.array([x.road_class for x in r], np.int8),
            mph=np.array([x.mph for x in r], np.float32).reshape(-1, 2),
            flags=np.array([x.flags for x in r], np.uint16),
            limits=np.array([x.limits for x in r], np.float32).reshape(-1, 4),
            name=texts[:, 0],
            ref=texts[:, 1],
            destination=texts[:, 2],
            exit=texts[:, 3],
            names=tuple(self._names),
        )


def printable(text: str) -> str:
    """Return a name on one line, without what no printer prints, and no longer than a sign."""
    words = "".join(c if c.isprintable() else " " for c in text[: 4 * LONGEST_NAME]).split()
    return " ".join(words)[:LONGEST_NAME]
