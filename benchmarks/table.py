"""The table of a comparison, for programs and for people."""

import csv
from dataclasses import dataclass
from pathlib import Path

from benchmarks import best_known
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
    "status",
    "seconds",
    "peak_mb",
)
NONE_CAN = "none can state it"


@dataclass(frozen=True)
class Row:
    """One solver on one instance, as judged; ``value`` and ``bound`` in 1e-4 US$.

    Attributes
    ----------
    gap_pct
        How far the value is over the bound that tourpool proved.
    status
        ``optimal``, ``feasible``, or why there is no value to compare.
    known_to
        Value and bound may be off by so much, in 1e-4 US$: those from a printed table.
    """

    instance: str
    solver: str
    status: str
    value: int | None = None
    bound: int | None = None
    weighted_bound: int | None = None
    gap_pct: float | None = None
    weighted_served: int | None = None
    weighted_asked: int | None = None
    n_buses: int | None = None
    seconds: float | None = None
    peak_mb: int | None = None
    feasible: bool = False
    known_to: int = 0


def rows_of(instance: str, judged: list[tuple[Outcome, Verdict | None]]) -> list[Row]:
    """A row for each solver of one instance, and one for the best known where there is one."""
    proven = max((o.bound for o, _ in judged if o.bound is not None), default=None)
    rows = [_row(instance, o, v, proven) for o, v in judged]
    best = best_known.BEST.get(instance)
    if best:
        value, bound = round(best.value_usd * UNITS), round(best.bound_usd * UNITS)
        rows.append(
            Row(
                instance=instance,
                solver=best_known.NAME,
                status="optimal" if value == bound else "feasible",
                value=value,
                bound=bound,
                gap_pct=_gap_pct(value, proven, best_known.HALF_CENT),
                feasible=True,
                known_to=best_known.HALF_CENT,
            )
        )
    return rows


def row_of_none(instance: str, names: list[str]) -> Row:
    """Say that some solvers have no way to be told an instance."""
    return Row(instance=instance, solver=", ".join(names), status=NONE_CAN)


def _row(instance: str, o: Outcome, v: Verdict | None, proven: int | None) -> Row:
    if v is None:
        return Row(
            instance=instance,
            solver=o.solver,
            status=o.status,
            bound=o.bound,
            weighted_bound=o.weighted_bound,
            seconds=o.seconds,
            peak_mb=o.peak_mb,
        )
    return Row(
        instance=instance,
        solver=o.solver,
        status=o.status if v.feasible else f"infeasible: {v.errors[0]}",
        value=v.penalised,
        bound=o.bound,
        weighted_bound=o.weighted_bound,
        gap_pct=_gap_pct(v.penalised, proven) if v.feasible else None,
        weighted_served=v.weighted_served,
        weighted_asked=v.weighted_asked,
        n_buses=v.n_buses,
        seconds=o.seconds,
        peak_mb=o.peak_mb,
        feasible=v.feasible,
    )


def _gap_pct(value: int, bound: int | None, known_to: int = 0) -> float | None:
    """Per cent of a value over a bound; none where they are as near as the value is known."""
    if not bound:
        return None
    return 0.0 if abs(value - bound) <= known_to else 100 * (value - bound) / bound


def write_csv(rows: list[Row], path: Path) -> None:
    """Write all rows."""
    with path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(HEADER)
        writer.writerows(
            [
                r.instance,
                r.solver,
                "" if r.value is None else f"{r.value / UNITS:.4f}",
                "" if r.bound is None else f"{r.bound / UNITS:.4f}",
                _shown(r.gap_pct, ".3f"),
                _shown(r.weighted_served, "d"),
                _shown(r.weighted_asked, "d"),
                _shown(r.n_buses, "d"),
                r.status,
                _shown(r.seconds, ".2f"),
                _shown(r.peak_mb, "d"),
            ]
            for r in rows
        )


def markdown(rows: list[Row]) -> str:
    """A Markdown table of all rows."""
    lines = [
        "| instance | solver | value US$ | bound US$ | gap % | served | status | s | peak MB |",
        "|---|---|--:|--:|--:|--:|---|--:|--:|",
    ]
    for r in rows:
        cells = (
            r.instance,
            r.solver,
            "" if r.value is None else f"{r.value / UNITS:,.2f}",
            _bound(r.bound),
            _shown(r.gap_pct, ".2f"),
            "" if r.weighted_served is None else f"{r.weighted_served} of {r.weighted_asked}",
            r.status,
            _shown(r.seconds, ".1f"),
            _shown(r.peak_mb, "d"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _bound(bound: int | None) -> str:
    """A bound in US$; that nothing costs less than nothing is none."""
    if bound is None:
        return ""
    return f"{bound / UNITS:,.2f}" if bound else "none yet"


def _shown(number: float | None, form: str) -> str:
    return "" if number is None else format(number, form)
