"""Value and bound of tourpool over time, and what the peers ended with."""

import math
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.solvers import UNITS, Point
from benchmarks.table import Row

COLUMNS = 3
COLOURS = {"tourpool": "C0", "PyVRP": "C1", "OR-Tools": "C2", "VROOM": "C3"}
FIRST_S = 0.005
"""Where the time axis begins; it is logarithmic, as proofs take from hundredths of a second."""
ROOM = 0.08
"""Share of the picture's height above the highest and below the lowest value."""


def plot(rows: list[Row], points: dict[str, tuple[Point, ...]], path: Path) -> None:
    """Draw a panel for each instance; the ending of the path says PNG or SVG."""
    names = list(dict.fromkeys(r.instance for r in rows))
    n_rows = math.ceil(len(names) / COLUMNS)
    figure = Figure(figsize=(5 * COLUMNS, 3.2 * n_rows), layout="constrained")
    panels = figure.subplots(n_rows, COLUMNS, squeeze=False).flat
    for name, axes in zip(names, panels, strict=False):
        _panel(axes, name, [r for r in rows if r.instance == name], points.get(name, ()))
    for axes in panels:
        axes.set_axis_off()
    figure.savefig(path, dpi=100)


def _panel(axes: Axes, name: str, rows: list[Row], points: tuple[Point, ...]) -> None:
    end = max(r.seconds for r in rows)
    ended = [r.value / UNITS for r in rows if r.feasible]
    bounds = [r.bound / UNITS for r in rows if r.bound is not None]
    low, high = min([*ended, *bounds]), max([*ended, *bounds])
    margin = ROOM * max(high - low, 0.01 * high)
    if points:
        seconds = [*(p.seconds for p in points), end]
        values = [*(p.value for p in points), points[-1].value]
        lower = [*(p.bound for p in points), points[-1].bound]
        axes.step(seconds, values, where="post", color=COLOURS["tourpool"], label="tourpool")
        axes.step(seconds, lower, where="post", color=COLOURS["tourpool"], ls="--", label="bound")
    for r in rows:
        if r.solver != "tourpool" and r.feasible:
            colour = COLOURS.get(r.solver, "C7")
            axes.plot(r.seconds, r.value / UNITS, "o", color=colour, label=r.solver)
    axes.set(
        title=name,
        xlabel="seconds",
        ylabel="penalised US$",
        xscale="log",
        xlim=(FIRST_S, 1.2 * end),
    )
    axes.set_ylim(low - margin, high + margin)
    axes.ticklabel_format(axis="y", useOffset=False, style="plain")
    axes.legend(fontsize="x-small")
