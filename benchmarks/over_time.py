"""Value and bound over time as a table: what the picture shows, for those who cannot see it."""

import csv
from bisect import bisect_right
from pathlib import Path

from benchmarks.solvers import Point

TIMES_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600)


def write_csv(points: dict[str, tuple[Point, ...]], path: Path) -> None:
    """Write every point of every instance."""
    with path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(("instance", "seconds", "value_usd", "bound_usd"))
        writer.writerows(
            (name, f"{p.seconds:.3f}", f"{p.value:.4f}", f"{p.bound:.4f}")
            for name, told in points.items()
            for p in told
        )


def markdown(points: dict[str, tuple[Point, ...]]) -> str:
    """A Markdown table of what was known at some round times and at the end."""
    lines = [
        "| instance | seconds | value US$ | bound US$ | gap % |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, told in points.items():
        for seconds, p in _at_times(told):
            gap = f"{100 * (p.value - p.bound) / p.bound:.3f}" if p.bound > 0 else "no bound yet"
            lines.append(f"| {name} | {seconds:g} | {p.value:,.2f} | {p.bound:,.2f} | {gap} |")
    return "\n".join(lines) + "\n"


def _at_times(told: tuple[Point, ...]) -> list[tuple[float, Point]]:
    """The last point before each round time at which something new was known, and the last."""
    at, shown = [p.seconds for p in told], []
    known = 0
    for seconds in TIMES_S:
        n = bisect_right(at, seconds)
        if known < n < len(told):
            shown.append((float(seconds), told[n - 1]))
            known = n
    return [*shown, (round(told[-1].seconds, 1), told[-1])]
