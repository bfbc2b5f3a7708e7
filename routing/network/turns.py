"""A turn list that a driver can follow."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tourpool.routing.network.paths import Course
from tourpool.routing.network.runs import SHARP_BEND, Run, turned
from tourpool.routing.network.signs import Road
from tourpool.routing.network.snap import Snap
from tourpool.routing.roads import Turn

SLIP_M, GAP_M = 100.0, 30.0
"""Ramps and other roads without any sign are not told when they are shorter than this."""

ASIDE_M = 5.0
"""So far from the middle of the road a stop lies on one side of it."""

COMPASS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


@dataclass
class _Step:
    text: str
    road: Road
    metres: float


@dataclass
class _Untold:
    """What a driver passes before the next line: its length, and the way out of a roundabout."""

    metres: float = 0.0
    exits: int = 0


def turns(ways: Sequence[Run], metres: int, arrive: str) -> tuple[Turn, ...]:
    """Tell the runs of a way, line by line.

    Parameters
    ----------
    ways
        The runs in driving order.
    metres
        Length of all, as the matrix has it; the lines add up to it.
    arrive
        The last line.
    """
    steps: list[_Step] = []
    untold, ends = _Untold(), 0.0
    for n, run in enumerate(ways):
        following = ways[n + 1] if n + 1 < len(ways) else None
        if steps and following and _passed(run):
            untold.metres += run.metres
            untold.exits += run.exits
            continue
        text = _told(steps[-1].road, ends, run, following, untold.exits) if steps else _head(run)
        if text:
            steps.append(_Step(text, run.road, untold.metres + run.metres))
        else:
            steps[-1].metres += untold.metres + run.metres
            if run.road.named:
                steps[-1].road = run.road
        untold, ends = _Untold(), run.ends
    return (*_whole(steps, metres), Turn(arrive, 0))


def arrive(shape: Course, stop: Snap) -> str:
    """The last line: on which side of the road the stop lies, where that can be told."""
    if not len(shape.first) > 1 or stop.metres < ASIDE_M:
        return "Arrive"
    (north, east), ends = np.subtract(stop.point, stop.position), shape.bearings()[1][-1]
    aside = np.degrees(np.arctan2(east * np.cos(np.radians(stop.point.lat)), north))
    angle = turned(float(ends), float(aside))
    if not 30 < abs(angle) < 150:
        return "Arrive; the stop is ahead"
    return f"Arrive; the stop is on the {'right' if angle > 0 else 'left'}"


def _passed(run: Run) -> bool:
    """Whether it is driven without a line of its own."""
    short = run.metres < (SLIP_M if run.road.ramp else GAP_M)
    return run.road.roundabout or (run.road.silent and short)


def _head(run: Run) -> str:
    return f"Head {COMPASS[int((run.begins + 22.5) % 360 // 45)]} on {run.road}"


def _told(before: Road, ends: float, run: Run, following: Run | None, exits: int) -> str:
    """The line for a run; empty when a driver just goes on."""
    road, same = run.road, before.goes_on_as(run.road)
    angle = turned(ends, run.begins)
    if exits:
        return f"At the roundabout take the {_nth(exits)} exit {_onto(before, road)}"
    if road.ramp and (before.freeway or not road.named):
        return _ramp(before, angle, run, following)
    if before.ramp and road.freeway:
        return "" if str(before) == str(road) else f"Merge onto {road}"
    if same and not (run.choice and abs(angle) > SHARP_BEND):
        return ""
    if not road.named and abs(angle) < 25 and not run.choice:
        return ""
    return f"{_verb(angle)} {_onto(before, road)}"


def _ramp(before: Road, angle: float, run: Run, following: Run | None) -> str:
    road, side = run.road, "left" if run.left else "right"
    goal = f" toward {road.towards}" if road.towards else ""
    if before.ramp:
        return f"Keep {side}{goal}" if run.choice and not before.goes_on_as(road) else ""
    if not goal and road.named:
        goal = f" to {road}"
    elif not goal and following and following.road.named:
        goal = f" to {following.road}"
    if road.exit:
        return f"Take exit {road.exit}{goal}"
    if abs(angle) > SHARP_BEND:
        return f"{_verb(angle)} onto the ramp{goal}"
    return f"Take the {'exit' if before.freeway else 'ramp'} on the {side}{goal}"


def _onto(before: Road, road: Road) -> str:
    stays = before.name == road.name if road.name else before.refs == road.refs
    return f"to stay on {road}" if stays and road.named else f"onto {road}"


def _verb(angle: float) -> str:
    if abs(angle) < 25:
        return "Continue"
    if abs(angle) > 170:
        return "Make a U-turn"
    verb = "Bear" if abs(angle) < 50 else "Turn" if abs(angle) < 135 else "Turn sharply"
    return f"{verb} {'right' if angle > 0 else 'left'}"


def _nth(n: int) -> str:
    return f"{n}{'st' if n == 1 else 'nd' if n == 2 else 'rd' if n == 3 else 'th'}"


def _whole(steps: Sequence[_Step], metres: int) -> list[Turn]:
    """Lines with whole metres that add up."""
    total = sum(step.metres for step in steps)
    found, so_far, told = [], 0.0, 0
    for step in steps:
        so_far += step.metres
        here = round(so_far / total * metres) if total else 0
        found.append(Turn(step.text, here - told))
        told = here
    return found
