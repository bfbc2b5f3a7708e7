"""What the tags of a way or a barrier say to a school bus.

==========================  ======================================================================
tag                         what it does here
==========================  ======================================================================
highway                     classes of `speeds.CLASSES`; tracks, paths, bus guideways and roads
                            not open yet are left out
school_bus, bus, psv,       the most special one that is there decides, in this order; so
motor_vehicle, vehicle,     ``access=no`` with ``psv=yes`` is open; with ``:forward`` or
access                      ``:backward`` it goes before within its own kind
... = no and the like       left out: agricultural, forestry, emergency, military, delivery ...
... = private and the like  left out, unless the reader is asked for private roads; then as
                            destination
... = destination,          kept, to reach a place on it but not to pass through
customers, visitors
hgv, goods, motorcar        nothing on roads: a school bus is none of them
oneway                      also implied by roundabouts and motorways; ``oneway:bus`` and the like
                            go before; reversible roads are left out
maxweight, maxweightrating  the smaller binds; ``:school_bus``, ``:bus``, ``:psv`` go before;
                            ``:hgv`` does nothing
maxaxleload                 binds as a weight half as large again: the rear axle carries two
                            thirds of a bus
maxheight, maxwidth,        bind; also ``:physical``; in one direction only they bind in both
maxlength
...:conditional, seasonal   nothing, but the way is flagged: nobody here understands the condition
ford                        left out: no children through water; ``ford=intermittent`` is kept
route=ferry                 left out, unless the reader is asked for ferries; then those that say
                            that they carry vehicles are kept
surface, maxspeed           see `speeds`
barrier (on a node)         what no bus can drive over or open cuts the way in two; gates only
                            when they are private or locked
==========================  ======================================================================
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from tourpool.routing.network.graph import WayFlag
from tourpool.routing.network.speeds import CLASSES

Tags = Mapping[str, str]

KINDS: Final = ("school_bus", "bus", "psv", "motor_vehicle", "vehicle", "access")
"""Whom an access tag speaks to, the most special first."""

BUSES: Final = ("school_bus", "bus", "psv")


class Access(IntEnum):
    """Who may drive on a road, the most open last."""

    NO = 0
    PRIVATE = 1
    DESTINATION = 2
    YES = 3


_ACCESS: Mapping[str, Access] = {
    **dict.fromkeys(
        (
            "no",
            "agricultural",
            "forestry",
            "emergency",
            "military",
            "delivery",
            "logging",
            "use_sidepath",
            "dismount",
            "hov",
        ),
        Access.NO,
    ),
    **dict.fromkeys(
        ("private", "permit", "residents", "employees", "staff", "members"), Access.PRIVATE
    ),
    **dict.fromkeys(("destination", "customers", "visitors"), Access.DESTINATION),
}
"""Values that close a road, wholly or in part; every other one leaves it open."""

UNPAVED: Final = frozenset(
    {
        "unpaved",
        "gravel",
        "fine_gravel",
        "dirt",
        "ground",
        "earth",
        "soil",
        "clay",
        "grass",
        "grass_paver",
        "sand",
        "mud",
        "compacted",
        "pebblestone",
        "rock",
        "rocks",
        "shells",
        "salt",
        "snow",
        "ice",
        "woodchips",
    }
)
SHUT: Final = frozenset({"yes", "permanent"})
BLOCKS: Final = frozenset(
    {
        "block",
        "bollard",
        "bus_trap",
        "chain",
        "cycle_barrier",
        "debris",
        "ditch",
        "fence",
        "full-height_turnstile",
        "guard_rail",
        "hedge",
        "height_restrictor",
        "horse_stile",
        "jersey_barrier",
        "kissing_gate",
        "log",
        "motorcycle_barrier",
        "planter",
        "rope",
        "stile",
        "sump_buster",
        "turnstile",
        "wall",
    }
)
"""Barriers that stop a bus, unless a tag on them says that it may pass."""

ROUND: Final = frozenset({"roundabout", "circular"})
UNFIT: Final = frozenset({"very_horrible", "impassable"})
DIRECTIONS: Final = ("forward", "backward")
_CONDITIONS: Final = tuple(
    f"{key}:conditional"
    for key in (*KINDS, "oneway", "maxheight", "maxwidth", "maxlength", "maxweight")
)
ACCESS_KEYS: Final = tuple(
    key for kind in KINDS for key in (kind, *(f"{kind}:{way}" for way in DIRECTIONS))
)
OTHER_KEYS: Final = (
    "junction",
    "bridge",
    "area",
    "ford",
    "smoothness",
    "seasonal",
    "abandoned",
    "disused",
    "route",
    "motorcar",
    *(f"oneway:{kind}" for kind in BUSES),
    *_CONDITIONS,
)
"""Keys that `directions`, `flags` and `road_class` look at besides highway, surface, oneway."""


def road_class(tags: Tags, *, ferries: bool = False) -> int | None:
    """Return the index into `CLASSES`; None for what is no road for a bus."""
    if tags.get("area") == "yes" or tags.get("smoothness") in UNFIT:
        return None
    if "yes" in (tags.get("abandoned"), tags.get("disused")):
        return None
    if tags.get("ford") in ("yes", "stepping_stones"):
        return None
    name = tags.get("highway")
    if name is None and ferries and tags.get("route") == "ferry":
        name = "ferry"
    elif name == "ferry":
        return None
    return CLASSES.index(name) if name in CLASSES else None


def access(tags: Tags, direction: str = "") -> Access | None:
    """Return who may use a road; None when no tag says anything."""
    for kind in KINDS:
        text = tags.get(f"{kind}:{direction}", tags.get(kind)) if direction else tags.get(kind)
        if text:
            return max(_ACCESS.get(part.strip(), Access.YES) for part in text.split(";"))
    return None


def directions(tags: Tags) -> tuple[Access, Access]:
    """Return who may drive with and against the way."""
    with_it, against = (_known(access(tags, way), tags) for way in DIRECTIONS)
    oneway = next(
        (tags[key] for key in (*(f"oneway:{b}" for b in BUSES), "oneway") if key in tags), None
    )
    if oneway in ("-1", "reverse"):
        return Access.NO, against
    if oneway in ("reversible", "alternating"):
        return Access.NO, Access.NO
    implied = oneway is None and (
        tags.get("junction") in ROUND or tags.get("highway") == "motorway"
    )
    if implied or oneway in ("yes", "true", "1"):
        return with_it, Access.NO
    return with_it, against


def flags(tags: Tags) -> WayFlag:
    """Return what else is known of a way, access left out."""
    found = WayFlag(0)
    if tags.get("surface", "").split(";")[0].strip() in UNPAVED:
        found |= WayFlag.UNPAVED
    if tags.get("junction") in ROUND:
        found |= WayFlag.ROUNDABOUT
    if tags.get("bridge", "no") != "no":
        found |= WayFlag.BRIDGE
    if any(key in tags for key in _CONDITIONS) or tags.get("seasonal", "no") != "no":
        found |= WayFlag.CONDITIONAL
    if "highway" not in tags:
        found |= WayFlag.FERRY
    return found


def blocks(tags: Tags, *, private: bool = False) -> bool:
    """Whether a barrier on a way stops a bus."""
    said = access(tags)
    if said is None:
        return tags.get("barrier") in BLOCKS or tags.get("locked") == "yes"
    return said < (Access.PRIVATE if private else Access.DESTINATION)


def _known(said: Access | None, tags: Tags) -> Access:
    """What holds where no tag says anything: roads are open, ferries carry no vehicles."""
    if said is not None:
        return said
    open_ = "highway" in tags or tags.get("motorcar") == "yes"
    return Access.YES if open_ else Access.NO
