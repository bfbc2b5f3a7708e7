"""Kinds of instances by size, and how long every solver has for one of each."""

from dataclasses import dataclass

from benchmarks import many_small
from benchmarks.judge import Json
from benchmarks.solvers import is_season

ANY = float("inf")


@dataclass(frozen=True)
class Kind:
    """Instances of one schema with so many groups, of so many students each, at the most."""

    name: str
    season: bool
    seconds: float
    most_groups: float = ANY
    most_students: float = ANY


KINDS = (
    Kind("trips of many small groups", False, 60.0, most_students=many_small.MOST),
    Kind("trips to 45 groups", False, 2.0, most_groups=45),
    Kind("trips to 100 groups", False, 30.0, most_groups=100),
    Kind("larger trips", False, 60.0),
    Kind("seasons to 300 groups", True, 20.0, most_groups=300),
    Kind("larger seasons", True, 600.0),
)
LIMITS = tuple(kind.seconds for kind in KINDS)
"""Of each kind, in seconds."""


def kind_of(inst: Json) -> Kind:
    """The first kind that an instance is of."""
    groups = inst["groups"]
    most = max(g["students"] for g in groups)
    return next(
        kind
        for kind in KINDS
        if kind.season == is_season(inst)
        and len(groups) <= kind.most_groups
        and most <= kind.most_students
    )


def seconds_for(inst: Json, limits: tuple[float, ...]) -> float:
    """The limit of an instance, of those in the order of `KINDS`."""
    return limits[KINDS.index(kind_of(inst))]
