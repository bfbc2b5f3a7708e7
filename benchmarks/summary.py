"""The measured part of docs/benchmarks.md, between its marks: machine, tables, picture."""

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks import best_known, machine, over_time, table
from benchmarks.kinds import KINDS
from benchmarks.solvers import TOURPOOL, Point
from benchmarks.table import Row

BEGIN, END = "<!-- measured -->\n", "<!-- end -->"


@dataclass(frozen=True)
class Run:
    """What a comparison was and found.

    Attributes
    ----------
    words
        The command's arguments.
    limits
        Seconds of each kind of instances, in the order of `KINDS`.
    kinds
        Name of the kind of each instance.
    points
        Of the instances that are drawn.
    loads
        Load average before and after.
    """

    words: tuple[str, ...]
    limits: tuple[float, ...]
    rows: list[Row]
    kinds: dict[str, str]
    points: dict[str, tuple[Point, ...]]
    loads: tuple[float | None, float | None]


def filled(page: str, text: str) -> str:
    """The page with what is between its marks made anew.

    Raises
    ------
    ValueError
        When the page has no such marks.
    """
    pattern = re.escape(BEGIN) + ".*?" + re.escape(END)
    new, n = re.subn(pattern, lambda _: BEGIN + text + END, page, flags=re.DOTALL)
    if n != 1:
        raise ValueError(f"the page should have {BEGIN.strip()} and {END} once, it has {n}")
    return new


def measured(run: Run, picture: str) -> str:
    """All that was measured, as Markdown; ``picture`` is the name of the plot's file."""
    limits = ", ".join(
        f"{kind.name} {seconds:g} s" for kind, seconds in zip(KINDS, run.limits, strict=True)
    )
    names = " and ".join(run.points)
    return "\n".join(
        [
            f"`python -m benchmarks.compare {' '.join(run.words)}`".replace(" `", "`"),
            "",
            f"{machine.machine()}; {machine.versions()}.",
            f"Limits: {limits}. {_load(run.loads)}",
            "One run with one seed; seconds are noisy, by a third and more on a machine that does "
            "other work, and what is found within a limit changes with them. Values are exact.",
            "No solution beats a bound of tourpool's.",
            "",
            _means(run),
            "### Every instance",
            "",
            table.markdown(run.rows),
            "### Value and bound over time",
            "",
            f"![Value and bound of tourpool over time on {names}, with what the peers ended with: "
            f"the table below has the numbers]({picture})",
            "",
            over_time.markdown(run.points),
        ]
    )


def _load(loads: tuple[float | None, float | None]) -> str:
    before, after = loads
    if before is None or after is None:
        return "How busy the machine was is not known."
    return (
        f"Load average {before:.1f} before and {after:.1f} after; "
        "solvers themselves make 1 to 2 of it."
    )


def _means(run: Run) -> str:
    """A line for each kind: how far each solver's values are over tourpool's bound on average."""
    solvers = [
        s for s in dict.fromkeys(r.solver for r in run.rows if r.feasible) if s != best_known.NAME
    ]
    lines = [
        f"| mean gap % | instances | proven | {' | '.join(solvers)} |",
        f"|---|--:|--:|{'--:|' * len(solvers)}",
    ]
    for kind in KINDS:
        rows = [r for r in run.rows if run.kinds[r.instance] == kind.name]
        ours = [r for r in rows if r.solver == TOURPOOL]
        proven = sum(r.status == "optimal" for r in ours)
        if ours:
            cells = (_mean([r for r in rows if r.solver == s]) for s in solvers)
            lines.append(f"| {kind.name} | {len(ours)} | {proven} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _mean(rows: list[Row]) -> str:
    """The mean gap of rows, and of how many of them when not of all."""
    rows = [r for r in rows if r.status != table.NONE_CAN]
    if not rows:
        return table.NONE_CAN
    gaps = [r.gap_pct for r in rows if r.gap_pct is not None]
    if not gaps:
        return "no bound yet" if any(r.feasible for r in rows) else "none feasible"
    of = "" if len(gaps) == len(rows) else f" ({len(gaps)} of {len(rows)})"
    return f"{sum(gaps) / len(gaps):.2f}{of}"


def write_into(page: Path, text: str) -> None:
    """Make the measured part of a page anew."""
    page.write_text(filled(page.read_text(encoding="utf-8"), text), encoding="utf-8")
