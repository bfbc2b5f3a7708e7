"""Charts as SVG inside a page: bars in cells of tables, and points over two axes.

Every text goes through Markup.format and is escaped. A chart only repeats what a table beside it
says, so readers of tables miss nothing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT = 440, 250
LEFT, RIGHT, TOP, BOTTOM = 66, 28, 34, 44


@dataclass(frozen=True)
class Axis:
    """Numbers along one side.

    Attributes
    ----------
    title
        With the unit.
    written
        How a number is written beside its line.
    """

    title: str
    written: Callable[[float], str]


@dataclass(frozen=True)
class Point:
    """A point with a letter or none; ``bound`` is how far it could be, along y."""

    x: float
    y: float
    bound: float | None = None
    name: str = ""


def bar(part: float, most: float, *, of: float | None = None) -> Markup:
    """A bar as wide as its cell: ``part`` filled, ``of`` pale behind it, of ``most``."""
    scale = 100 / most if most > 0 else 0.0
    outline = Markup('<rect class="whole" width="{:.2f}" height="8"/>').format(
        scale * (part if of is None else of)
    )
    filled = Markup('<rect class="part" width="{:.2f}" height="8"/>').format(scale * part)
    return Markup(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{}{}'
        "</svg>"
    ).format(outline, filled)


def chart(
    label: str, x: Axis, y: Axis, points: Sequence[Point], *, x_ticks: Sequence[float] = ()
) -> Markup:
    """Points over two axes; those without names are joined by a line.

    Parameters
    ----------
    label
        What the chart shows, for those who do not see it.
    x_ticks
        Where to write numbers along x; at round ones when empty.
    """
    bounds = [p.bound for p in points if p.bound is not None]
    across = (
        _Scale.between(x_ticks, LEFT, WIDTH - RIGHT)
        if x_ticks
        else _Scale.over([p.x for p in points], LEFT, WIDTH - RIGHT, 3)
    )
    up = _Scale.over([*(p.y for p in points), *bounds], HEIGHT - BOTTOM, TOP, 5)
    line = " ".join(f"{across.at(p.x):.1f},{up.at(p.y):.1f}" for p in points if not p.name)
    drawn = [
        *_x_axis(x, across, x_ticks or across.ticks),
        *_y_axis(y, up),
        *(_whisker(across, up, p.x, p.y, p.bound) for p in points if p.bound is not None),
        Markup('<polyline class="line" points="{}"/>').format(line),
        *(_dot(across.at(p.x), up.at(p.y), p.name) for p in points),
    ]
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(WIDTH, HEIGHT, label, Markup("").join(drawn))


@dataclass(frozen=True)
class _Scale:
    """Numbers from ``low`` to ``high`` at ``begin`` to ``end`` of the drawing."""

    low: float
    high: float
    begin: float
    end: float
    step: float

    @classmethod
    def over(cls, values: Sequence[float], begin: float, end: float, parts: int) -> "_Scale":
        """Round numbers around the values, with room on both sides, in about so many parts."""
        span = max(values) - min(values) or abs(max(values)) / 2 or 1.0
        low, high = min(values) - span / 12, max(values) + span / 12
        if min(values) >= 0 > low:
            low = 0.0
        step = _round_step((high - low) / parts)
        return cls(math.floor(low / step) * step, math.ceil(high / step) * step, begin, end, step)

    @classmethod
    def between(cls, ticks: Sequence[float], begin: float, end: float) -> "_Scale":
        """From the first to the last of these numbers, with a little room on both sides."""
        room = (max(ticks) - min(ticks)) / 12 or 1.0
        return cls(min(ticks) - room, max(ticks) + room, begin, end, room)

    def at(self, value: float) -> float:
        """Where a number is in the drawing."""
        return self.begin + (value - self.low) / (self.high - self.low) * (self.end - self.begin)

    @property
    def ticks(self) -> list[float]:
        """Round numbers from end to end."""
        n = round((self.high - self.low) / self.step)
        return [self.low + k * self.step for k in range(n + 1)]


def _round_step(step: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= step * 0.999)


def _x_axis(axis: Axis, scale: _Scale, ticks: Sequence[float]) -> list[Markup]:
    base = HEIGHT - BOTTOM
    drawn = [
        Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            scale.at(t), base + 17, axis.written(t)
        )
        for t in ticks
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    title = Markup('<text class="title" x="{}" y="{}" text-anchor="middle">{}</text>').format(
        middle, HEIGHT - 8, axis.title
    )
    return [*drawn, title]


def _y_axis(axis: Axis, scale: _Scale) -> list[Markup]:
    title = Markup('<text class="title" x="6" y="14">{}</text>').format(axis.title)
    lines = [
        Markup(
            '<path class="grid" d="M{0} {1:.1f}H{2}"/>'
            '<text x="{3}" y="{4:.1f}" text-anchor="end">{5}</text>'
        ).format(LEFT, scale.at(t), WIDTH - RIGHT, LEFT - 6, scale.at(t) + 4.5, axis.written(t))
        for t in scale.ticks
    ]
    return [title, *lines]


def _whisker(across: _Scale, up: _Scale, x: float, y: float, bound: float) -> Markup:
    """From a point to how far it could be at the most, with an end."""
    return Markup('<path class="bound" d="M{0:.1f} {1:.1f}V{2:.1f}M{3:.1f} {2:.1f}h8"/>').format(
        across.at(x), up.at(y), up.at(bound), across.at(x) - 4
    )


def _dot(x: float, y: float, name: str) -> Markup:
    if not name:
        return Markup('<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="4.5"/>').format(x, y)
    return Markup(
        '<circle class="dot" cx="{0:.1f}" cy="{1:.1f}" r="10"/>'
        '<text class="letter" x="{0:.1f}" y="{2:.1f}" text-anchor="middle">{3}</text>'
    ).format(x, y, y + 4.5, name)
