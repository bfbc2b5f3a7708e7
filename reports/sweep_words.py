"""Values of a sweep in words: figures of each, who gains and who loses from one to the next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tourpool.reports.figures import counted
from tourpool.reports.plain import plain
from tourpool.routing.plan import Plan
from tourpool.routing.questions.changes import Change, ChangeKind, changes
from tourpool.routing.questions.compare import PlanFigures, plan_figures
from tourpool.routing.questions.sweep import Tried

HEADERS = (
    "value",
    "served",
    "asked",
    "weighted_served",
    "weighted_at_most",
    "usd_cost",
    "usd_at_least",
    "buses",
    "average_ride_min",
    "longest_ride_min",
    "proven",
    "plan_id",
)


@dataclass(frozen=True)
class Step:
    """From one value to the next: requests that gain a seat or lose it."""

    begin: str
    end: str
    gains: tuple[Change, ...]
    loses: tuple[Change, ...]


def steps(tried: Sequence[Tried]) -> tuple[Step, ...]:
    """The steps at which somebody gains or loses a seat."""
    found = []
    for a, b in pairwise(tried):
        of = changes(a.plan, b.plan)
        gains = tuple(c for c in of if c.kind is ChangeKind.GAINS)
        loses = tuple(c for c in of if c.kind is ChangeKind.LOSES)
        if gains or loses:
            found.append(Step(plain(a.value), plain(b.value), gains, loses))
    return tuple(found)


def sweep_rows(tried: Sequence[Tried]) -> Iterator[tuple[str | int | float | None, ...]]:
    """A row a value, in the order of `HEADERS`."""
    for t in tried:
        f = plan_figures(t.plan)
        yield (
            plain(t.value),
            f.served,
            f.asked,
            f.weighted / 100,
            f.weighted_bound / 100,
            f.cost / 10_000,
            f.cost_bound / 10_000 if f.cost_bound > 0 else None,
            f.buses,
            round(f.ride_min, 1),
            f.longest_ride_min,
            "yes" if f.optimal else "no",
            plain(t.plan.plan_id),
        )


def riders(tried: Sequence[Tried]) -> str:
    """Students, or riders where adults count somewhere."""
    return "students" if all(counted(t.plan) == "student" for t in tried) else "riders"


def at_most(f: PlanFigures) -> str:
    """What is proven of the weighted riders."""
    if f.weighted_bound <= f.weighted:
        return "proven the most"
    return f"at most {f.weighted_bound / 100:,.2f}"


def plan_files(tried: Sequence[Tried]) -> dict[str, Plan]:
    """The plan of each value by a file name made of it: ``plan-90.json``."""
    files: dict[str, Plan] = {}
    for k, t in enumerate(tried, start=1):
        stem = f"plan-{re.sub(r'[^A-Za-z0-9.]+', '-', t.value)[:40]}"
        name = f"{stem}.json"
        files[name if name not in files else f"{stem}-{k}.json"] = t.plan
    return files
