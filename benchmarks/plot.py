"""Value and bound of tourpool over time, and what the peers ended with.

Lines differ by dashes, solvers by the shape of their marks, and each has its name beside the panel
with a line to it: nothing is told by colour alone.
"""

from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks import best_known
from benchmarks.solvers import PEERS, TOURPOOL, UNITS, Point
from benchmarks.table import NONE_CAN, Row

BLUE, GREY = "#0072b2", "#555555"
COLOURS = {"PyVRP": "#d55e00", "OR-Tools": "#009e73", "VROOM": "#cc79a7"}
"""Colours that people with any kind of colour vision tell apart (Okabe and Ito)."""
MARKS = {"PyVRP": "s", "OR-Tools": "^", "VROOM": "D"}
FIRST_S = 0.1
"""Where the time axis begins at the latest; it is logarithmic."""
WORST, LOWEST = 1.25, 0.95
"""Of the last value, what is still in the picture: the first values are many times that."""
ROOM = 0.08
"""Share of the picture's height above the highest and below the lowest value."""
APART = 0.07
"""Between two names, of a panel's height."""


@dataclass(frozen=True)
class Name:
    """What is written beside a panel, and the point that it speaks of."""

    text: str
    seconds: float
    usd: float


def plot(rows: list[Row], points: dict[str, tuple[Point, ...]], path: Path) -> None:
    """Draw a panel for each instance of ``points``; the ending of the path says PNG or SVG."""
    figure = Figure(figsize=(9, 4.5 * max(1, len(points))), layout="constrained")
    panels = figure.subplots(max(1, len(points)), 1, squeeze=False).flat
    for (name, told), axes in zip(points.items(), panels, strict=False):
        _panel(axes, name, [r for r in rows if r.instance == name], told)
    figure.savefig(path, dpi=110)


def _panel(axes: Axes, name: str, rows: list[Row], told: tuple[Point, ...]) -> None:
    peers = [r for r in rows if r.feasible and r.solver in MARKS]
    end = max([told[-1].seconds, *(r.seconds or 0.0 for r in peers)])
    beyond = f" ({', '.join(PEERS)}: {NONE_CAN})" if any(r.status == NONE_CAN for r in rows) else ""
    axes.set(
        title=name + beyond,
        xlabel="seconds (logarithmic)",
        ylabel="cost and penalties, US$",
        xscale="log",
        xlim=(min(FIRST_S, 0.8 * told[0].seconds), 1.1 * end),
        ylim=_limits(peers, told),
    )
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.grid(visible=True, alpha=0.3)
    names = [
        _line(axes, told, "value", [p.value for p in told], "-", end),
        _line(axes, told, "bound", [p.bound for p in told], "--", end),
        *(_mark(axes, r) for r in peers),
    ]
    best = best_known.BEST.get(name)
    if best:
        axes.axhline(best.value_usd, color=GREY, ls=":", lw=1)
        names.append(Name(f"known before {best.value_usd:,.0f}", 1.1 * end, best.value_usd))
    _write(axes, names)


def _limits(peers: list[Row], told: tuple[Point, ...]) -> tuple[float, float]:
    """What the picture shows: the last value, what was near it, and what the peers have."""
    last = told[-1].value
    shown = [p.value for p in told if p.value <= WORST * last]
    shown += [p.bound for p in told if p.bound >= LOWEST * last] + [told[-1].bound]
    shown += [(r.value or 0) / UNITS for r in peers if (r.value or 0) / UNITS <= WORST * last]
    margin = ROOM * max(max(shown) - min(shown), 0.01 * last)
    return min(shown) - margin, max(shown) + margin


def _line(
    axes: Axes, told: tuple[Point, ...], what: str, usd: list[float], dashes: str, end: float
) -> Name:
    seconds = [*(p.seconds for p in told), end]
    axes.step(seconds, [*usd, usd[-1]], where="post", color=BLUE, ls=dashes, lw=2)
    return Name(f"{TOURPOOL}: {what} {usd[-1]:,.0f}", end, usd[-1])


def _mark(axes: Axes, r: Row) -> Name:
    seconds, usd = r.seconds or 0.0, (r.value or 0) / UNITS
    axes.plot(seconds, usd, MARKS[r.solver], color=COLOURS[r.solver], markersize=8)
    return Name(f"{r.solver} {usd:,.0f}", seconds, usd)


def _write(axes: Axes, names: list[Name]) -> None:
    """Write names beside the panel in the order of their heights, none over another."""
    low, high = axes.get_ylim()
    at = -APART
    for name in sorted(names, key=lambda n: n.usd):
        shown = min(max(name.usd, low), high)
        at = max(at + APART, (shown - low) / (high - low))
        axes.annotate(
            name.text,
            (name.seconds, shown),
            xytext=(1.04, at),
            textcoords="axes fraction",
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.6, "relpos": (0, 0.5)},
        )
