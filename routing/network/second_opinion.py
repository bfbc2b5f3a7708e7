"""A second road engine drives the legs of a plan again; where the two disagree, people look."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple, Protocol

from tourpool.events.places import Point
from tourpool.routing.network.vehicle import Vehicle
from tourpool.routing.plan import Place, Plan

MORE_THAN = 0.10
"""Legs are told when seconds or metres differ by more than this share of ours ..."""

AT_LEAST_M, AT_LEAST_S = 300.0, 60.0
"""... and by so much: two engines put a stop on the road a little apart."""

MILE_M = 1609.344


class Driven(NamedTuple):
    """What an engine says of a way; the line where it gives one."""

    seconds: float
    metres: float
    line: tuple[Point, ...] = ()


class SecondEngine(Protocol):
    """Another road engine."""

    @property
    def name(self) -> str:
        """What people call it."""

    def drive(self, a: Point, b: Point, vehicle: Vehicle) -> Driven | None:
        """Drive from a to b; None where it knows no way."""


@dataclass(frozen=True)
class Leg:
    """A drive from one stop to the next, as the plan has it.

    Attributes
    ----------
    buses
        Who drives it, once each.
    """

    start: Place
    end: Place
    vehicle: Vehicle
    ours: Driven
    buses: tuple[str, ...]


@dataclass(frozen=True)
class Second:
    """A leg, and what the second engine says of it; None where it knows no way."""

    leg: Leg
    theirs: Driven | None

    @property
    def more_metres(self) -> float:
        """Share by which theirs is longer; less than 0 where it is shorter."""
        return _more(self.leg.ours.metres, self.theirs and self.theirs.metres)

    @property
    def more_seconds(self) -> float:
        """Share by which theirs takes longer."""
        return _more(self.leg.ours.seconds, self.theirs and self.theirs.seconds)

    @property
    def differs(self) -> bool:
        """Whether people should look at it."""
        if self.theirs is None:
            return True
        ours = self.leg.ours
        apart_s = abs(self.theirs.seconds - ours.seconds)
        apart_m = abs(self.theirs.metres - ours.metres)
        farther = apart_m > max(MORE_THAN * ours.metres, AT_LEAST_M)
        longer = apart_s > max(MORE_THAN * ours.seconds, AT_LEAST_S)
        return farther or longer

    def __str__(self) -> str:
        leg = self.leg
        who = f"{leg.start.name} to {leg.end.name} ({', '.join(leg.buses)}): {_said(leg.ours)}"
        if self.theirs is None:
            return f"{who}; the other engine knows no way for this bus"
        return f"{who}; the other engine {_said(self.theirs)}"


@dataclass(frozen=True)
class Opinion:
    """What a second engine says of a plan."""

    engine: str
    legs: tuple[Second, ...]

    @property
    def differ(self) -> tuple[Second, ...]:
        """Legs that people should look at, the farthest apart first."""
        told = [leg for leg in self.legs if leg.differs]
        return tuple(sorted(told, key=lambda s: (s.theirs is not None, -_apart(s))))

    def __str__(self) -> str:
        known = [s for s in self.legs if s.theirs is not None]
        lines = [f"{self.engine} drove {len(self.legs)} legs again"]
        if known:
            metres, seconds = (
                100 * median(values)
                for values in zip(*((s.more_metres, s.more_seconds) for s in known), strict=True)
            )
            lines[0] += f": {metres:+.1f} % miles and {seconds:+.1f} % minutes in the middle"
        lines[0] += f"; {len(self.differ)} differ by more than {MORE_THAN:.0%}"
        return "\n".join([*lines, *map(str, self.differ)])


def second_opinion(
    plan: Plan,
    engine: SecondEngine,
    *,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Opinion:
    """Drive each leg of a plan with another engine.

    Parameters
    ----------
    progress
        Is given how many legs are done, of all.
    """
    legs = list(legs_of(plan))
    answers = []
    for n, leg in enumerate(legs):
        progress(n, len(legs))
        theirs = engine.drive(_stop(leg.start), _stop(leg.end), leg.vehicle)
        answers.append(Second(leg, theirs))
    progress(len(legs), len(legs))
    return Opinion(engine.name, tuple(answers))


def legs_of(plan: Plan) -> Iterator[Leg]:
    """Give each drive between two places, once for all buses of the same measures."""
    measures = {(b.garage_id, b.bus_type): Vehicle.of(b) for b in plan.buses}
    drivers: dict[tuple[Place, Place, Vehicle, Driven], list[str]] = {}
    for block in plan.blocks:
        vehicle = measures[block.garage_id, block.bus_type]
        for pair in block.run_pairs:
            for run in pair.runs:
                for before, stop in zip(run.stops, run.stops[1:], strict=False):
                    start, end = (plan.place[s.kind, s.place_id] for s in (before, stop))
                    if _stop(start) != _stop(end):
                        ours = Driven(stop.drive_s, stop.metres)
                        drivers.setdefault((start, end, vehicle, ours), []).append(block.bus)
    for (start, end, vehicle, ours), buses in drivers.items():
        yield Leg(start, end, vehicle, ours, tuple(dict.fromkeys(buses)))


def _stop(place: Place) -> Point:
    return Point(place.stop_lat, place.stop_lon)


def _more(ours: float, theirs: float | None) -> float:
    if theirs is None:
        return 0.0
    return theirs / ours - 1 if ours else float(theirs > 0)


def _apart(second: Second) -> float:
    return max(abs(second.more_metres), abs(second.more_seconds))


def _said(driven: Driven) -> str:
    return f"{driven.metres / MILE_M:.1f} miles, {driven.seconds / 60:.0f} minutes"
