"""How much may be listed: what fits in the memory given."""

from dataclasses import dataclass
from typing import Self

from tourpool.routing.solver.instance import Instance

GB = 4.0
"""Memory where none is given."""
FOR_LISTS = 0.75
"""Of the memory; the rest is for the engines, the program itself and what is freed late."""
PER_RUN, PER_RUN_AND_BUS = 200, 11
"""Bytes of a run with its share of the columns and of their rows in the choice.

Measured as peak memory of listing, pricing and relaxing, all runs of both directions counted: 265
bytes at 8 bus types (0.24 million runs), 274 at 10 (2.1 million), 328 at 12 (4.8 million).
"""
PER_PAIR, PER_PAIR_AND_BUS = 400, 25
"""Bytes of a pair of sets: their members twice, and its costs twice, as a list is made shorter."""
PER_SEARCHED = 1_500
"""Bytes of a run of a search by prices, in both directions, with its bounds and ways to grow.

Measured: 610 to 970 (0.7 to 2.4 million runs in each direction); the rest is for what is listed of
other sessions meanwhile.
"""
LEAST_SEARCH = 100_000
"""But never fewer: some 100 MB, about what the program itself takes."""


@dataclass(frozen=True)
class Room:
    """How many runs and pairs of sets may be held at a time.

    Attributes
    ----------
    runs
        Of all sessions and both directions.
    pairs
        Of all two sessions that one bus can serve in a day.
    search
        Of one direction of one session in a search by prices that must find all, see `bounded.py`.
    """

    runs: int
    pairs: int
    search: int

    @classmethod
    def of_memory(cls, m: Instance, gb: float = GB) -> Self:
        """What fits in so many GB (of 2^30 bytes)."""
        k = len(m.fleet.garage)
        free = FOR_LISTS * gb * 2**30
        share = 0.5 if m.run_pairs > 1 else 1.0  # the other half is for pairs
        runs = int(share * free / (PER_RUN + PER_RUN_AND_BUS * k))
        pairs = int(0.5 * free / (PER_PAIR + PER_PAIR_AND_BUS * k))
        return cls(runs, pairs, max(LEAST_SEARCH, int(free / PER_SEARCHED)))
