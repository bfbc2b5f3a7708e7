"""What signs say of a road."""

from dataclasses import dataclass

from tourpool.routing.network.graph import Graph, WayFlag
from tourpool.routing.network.speeds import CLASSES


@dataclass(frozen=True)
class Road:
    """A road as its signs tell it.

    Attributes
    ----------
    kind
        Its class in OpenStreetMap.
    refs
        Its numbers, such as ``US 42``.
    towards, exit
        Of a ramp: where it leads, and the number of the exit.
    """

    kind: str
    name: str
    refs: tuple[str, ...]
    towards: str
    exit: str
    roundabout: bool

    @property
    def ramp(self) -> bool:
        """Whether it only connects other roads."""
        return self.kind.endswith("_link")

    @property
    def freeway(self) -> bool:
        """Whether one leaves it by exits."""
        return self.kind in ("motorway", "trunk")

    @property
    def named(self) -> bool:
        """Whether it has a name or a number."""
        return bool(self.name or self.refs)

    @property
    def silent(self) -> bool:
        """Whether no sign tells anything of it."""
        return not (self.named or self.towards or self.exit)

    def goes_on_as(self, other: "Road") -> bool:
        """Whether people would say that it is still the same road."""
        if self.silent or other.silent:
            return self.silent and other.silent and self.ramp == other.ramp
        if self.ramp and other.ramp:
            return self.towards == other.towards or not other.towards
        same_name = bool(self.name) and self.name == other.name
        return self.ramp == other.ramp and (same_name or not set(self.refs).isdisjoint(other.refs))

    def __str__(self) -> str:
        numbers = "/".join(self.refs)
        if (self.freeway and numbers) or not self.name:
            return numbers or _nameless(self.kind)
        return f"{self.name} ({numbers})" if numbers and numbers != self.name else self.name


def _nameless(kind: str) -> str:
    if kind.endswith("_link"):
        return "the ramp"
    return {"service": "a driveway", "motorway": "the freeway", "ferry": "the ferry"}.get(
        kind, "a road without a name"
    )


def road(graph: Graph, way: int) -> Road:
    """Read what a graph knows of a way."""
    name, ref, towards, leaves = (
        graph.names[int(index[way])]
        for index in (graph.way_name, graph.way_ref, graph.way_destination, graph.way_exit)
    )
    return Road(
        kind=CLASSES[graph.way_class[way]],
        name=name,
        refs=tuple(part.strip() for part in ref.split(";") if part.strip()),
        towards=towards,
        exit=leaves,
        roundabout=bool(graph.way_flags[way] & WayFlag.ROUNDABOUT),
    )
