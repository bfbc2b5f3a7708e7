"""A proven bound that somebody beats is not one: the comparison fails then."""

from collections.abc import Iterable

from benchmarks.table import Row


class BoundBeatenError(Exception):
    """Solutions that are feasible and better than what was proven to be impossible."""


def assert_none_beaten(rows: Iterable[Row]) -> None:
    """Hold every feasible solution of an instance against the bounds stated for it.

    Raises
    ------
    BoundBeatenError
        Naming the instance, the solver, its value and the bound.
    """
    rows = list(rows)
    beaten = [
        text
        for stated in rows
        for row in rows
        if row.instance == stated.instance and row.feasible
        for text in _beaten(row, stated)
    ]
    if beaten:
        raise BoundBeatenError("\n".join(beaten))


def _beaten(row: Row, stated: Row) -> list[str]:
    """What a feasible solution is better at than its instance allows by the bounds stated."""
    who = f"{row.instance}: {row.solver}"
    texts = []
    if (
        stated.bound is not None
        and row.value is not None
        and row.value + row.known_to < stated.bound - stated.known_to
    ):
        texts.append(
            f"{who} has {row.value / 10_000:.4f} US$, but {stated.solver} says that nothing is "
            f"under {stated.bound / 10_000:.4f} US$"
        )
    if (
        stated.weighted_bound is not None
        and row.weighted_served is not None
        and row.weighted_served > stated.weighted_bound
    ):
        texts.append(
            f"{who} serves {row.weighted_served} weighted students, but {stated.solver} says "
            f"that nobody serves more than {stated.weighted_bound}"
        )
    return texts
