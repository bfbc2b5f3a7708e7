"""Buses told apart by their numbers, where it matters which one of a type it is."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace

import numpy as np

from tourpool.routing.solver.instance import Fleet, Instance, Ints, ints


@dataclass(frozen=True)
class Numbered:
    """An instance whose bus types are split.

    Attributes
    ----------
    m
        The instance; a type stands first with the buses that are not told apart, then each of the
        others with a count of 1 on the days for which it was named.
    parent
        Bus type k of each of its rows.
    number
        Number of each row; None for the rest of a type.
    """

    m: Instance
    parent: Ints
    number: tuple[str | None, ...]

    def rows(self, k: int) -> Ints:
        """Rows of a bus type."""
        return np.flatnonzero(self.parent == k)

    def row(self, k: int, day: int, number: str) -> int:
        """The row of a bus by number on a day; -1 when it is not told apart then."""
        own = (n == number and self.m.fleet.count[r, day] > 0 for r, n in enumerate(self.number))
        mine = np.flatnonzero((self.parent == k) & np.fromiter(own, np.bool_))
        return int(mine[0]) if len(mine) else -1


def numbered(m: Instance, named: Collection[tuple[int, int, str]]) -> Numbered:
    """Split bus types by (type k, day d, number); of each no more than there are of the type."""
    rows: list[tuple[int, str | None]] = []
    for k in range(len(m.fleet.garage)):
        rows.append((k, None))
        rows += [(k, number) for number in sorted({n for j, _, n in named if j == k})]
    parent = ints([k for k, _ in rows])
    count = m.fleet.count[parent]
    for row, (k, number) in enumerate(rows):
        for day in range(count.shape[1]):
            if count[row, day] == 0:
                continue
            apart = {n for j, d, n in named if (j, d) == (k, day)}
            count[row, day] = count[row, day] - len(apart) if number is None else number in apart
    fleet = replace(m.fleet, **{f.name: getattr(m.fleet, f.name)[parent] for f in fields(Fleet)})
    return Numbered(
        m=replace(
            m,
            fleet=replace(fleet, count=count),
            profile=None if m.profile is None else m.profile[parent],
            sessions=tuple(replace(s, carry=s.carry[parent]) for s in m.sessions),
        ),
        parent=parent,
        number=tuple(number for _, number in rows),
    )
