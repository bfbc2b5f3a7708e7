"""What signs along a way post: how fast, and how high, wide, long and heavy one may be."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tourpool.routing.network import units
from tourpool.routing.network.tags import BUSES, DIRECTIONS, Tags

Read = Callable[[str], float | None]

AXLES: Final = 1.5
"""A bus puts two thirds of its weight on the rear axle, so it may weigh this many times it."""

_LIMITS: Final[tuple[tuple[tuple[str, float], ...], ...]] = (
    (("maxheight", 1), ("maxheight:physical", 1)),
    (("maxwidth", 1), ("maxwidth:physical", 1)),
    (("maxlength", 1),),
    (("maxweight", 1), ("maxweightrating", 1), ("maxaxleload", AXLES)),
)
"""Keys of height, width, length and weight, in the order of ``Graph.way_limits``."""

_READ: Final[tuple[Read, ...]] = (units.height, units.metres, units.metres, units.tonnes)


def _variants(key: str) -> tuple[str, ...]:
    """A key for buses only, the most special first; then for everybody, and for one direction."""
    return (
        *(f"{key}:{bus}" for bus in BUSES),
        key,
        *(f"{key}:{direction}" for direction in DIRECTIONS),
    )


LIMIT_KEYS: Final = tuple(v for keys in _LIMITS for key, _ in keys for v in _variants(key))
SPEED_KEYS: Final = (*_variants("maxspeed"), "maxspeed:advisory")


@dataclass(frozen=True)
class Posted:
    """What is posted on a way.

    Attributes
    ----------
    mph
        With and against the way; NaN where none is posted.
    limits
        Height, width, length (m) and weight (t); inf where none is posted.
    unreadable
        Keys and values of limits that nobody can read.
    """

    mph: tuple[float, float]
    limits: tuple[float, float, float, float]
    unreadable: tuple[tuple[str, str], ...]


def posted(tags: Tags) -> Posted:
    """Read all that is posted on a way for a bus."""
    unreadable: list[tuple[str, str]] = []
    height, width, length, weight = (
        min(_limit(tags, key, read, unreadable) * factor for key, factor in keys)
        for keys, read in zip(_LIMITS, _READ, strict=True)
    )
    forward, backward = (_mph(tags, direction) for direction in DIRECTIONS)
    return Posted((forward, backward), (height, width, length, weight), tuple(unreadable))


def _limit(tags: Tags, key: str, read: Read, unreadable: list[tuple[str, str]]) -> float:
    for_buses = [f"{key}:{bus}" for bus in BUSES if f"{key}:{bus}" in tags]
    for_all = [v for v in (key, *(f"{key}:{way}" for way in DIRECTIONS)) if v in tags]
    found = math.inf
    for name in for_buses[:1] or for_all:
        value = read(tags[name])
        if value is None:
            unreadable.append((name, tags[name]))
        else:
            found = min(found, value)
    return found


def _mph(tags: Tags, direction: str) -> float:
    names = (*(f"maxspeed:{bus}" for bus in BUSES), f"maxspeed:{direction}", "maxspeed")
    text = next((tags[name] for name in names if name in tags), None)
    found = units.mph(text) if text else None
    advised = units.mph(tags["maxspeed:advisory"]) if "maxspeed:advisory" in tags else None
    known = [v for v in (found, advised) if v is not None and math.isfinite(v)]
    return min(known, default=math.nan)
