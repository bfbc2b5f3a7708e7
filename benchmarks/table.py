"""The table of a comparison, for programs and for people."""

import csv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judge import Verdict
from benchmarks.solvers import UNITS, Outcome

HEADER = (
    "instance",
    "solver",
    "value_usd",
    "bound_usd",
    "gap_pct",
    "weighted_served",
    "weighted_asked",
    "buses",
    "seconds",
    "feasible",
    "error",
)


@dataclass(frozen=True)
class Row:
    """One solver on one instance, as judged; ``value`` and ``bound`` in 1e-4 US$.

    ``gap_pct`` is how far the value is over the best bound that is known for the instance.
    """

    instance: str
    solver: str
    value: int
    bound: int | None
    weighted_bound: int | None
    gap_pct: float | None
    weighted_served: int
    weighted_asked: int
    n_buses: int
    seconds: float
    feasible: bool
    error: str


def rows_of(instance: str, judged: list[tuple[Outcome, Verdict]]) -> list[Row]:
    """A row for each solver of one instance."""
    best = max((o.bound for o, _ in judged if o.bound is not None), default=None)
    return [
        Row(
            instance=instance,
            solver=o.solver,
            value=v.penalised,
            bound=o.bound,
            weighted_bound=o.weighted_bound,
            gap_pct=100 * (v.penalised - best) / best if best and v.feasible else None,
            weighted_served=v.weighted_served,
            weighted_asked=v.weighted_asked,
            n_buses=v.n_buses,
            seconds=o.seconds,
            feasible=v.feasible,
            error=v.errors[0] if v.errors else "",
        )
        for o, v in judged
    ]


def write_csv(rows: list[Row], path: Path) -> None:
    """Write all rows."""
    with path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(HEADER)
        for r in rows:
            writer.writerow(
                [
                    r.instance,
                    r.solver,
                    f"{r.value / UNITS:.4f}",
                    "" if r.bound is None else f"{r.bound / UNITS:.4f}",
                    "" if r.gap_pct is None else f"{r.gap_pct:.3f}",
                    r.weighted_served,
                    r.weighted_asked,
                    r.n_buses,
                    f"{r.seconds:.2f}",
                    "yes" if r.feasible else "no",
                    r.error,
                ]
            )


def write_markdown(rows: list[Row], path: Path) -> None:
    """Write all rows as a Markdown table."""
    path.write_text(markdown(rows), encoding="utf-8")


def markdown(rows: list[Row]) -> str:
    """A Markdown table."""
    lines = [
        "| instance | solver | value US$ | bound US$ | gap % | served | seconds | feasible |",
        "|---|---|--:|--:|--:|--:|--:|---|",
    ]
    for r in rows:
        cells = (
            r.instance,
            r.solver,
            f"{r.value / UNITS:,.2f}",
            "" if r.bound is None else f"{r.bound / UNITS:,.2f}",
            "" if r.gap_pct is None else f"{r.gap_pct:.2f}",
            f"{r.weighted_served} of {r.weighted_asked}",
            f"{r.seconds:.1f}",
            "yes" if r.feasible else f"no: {r.error}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
