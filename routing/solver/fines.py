"""Prices of subset-row cuts, as what sets of groups pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.instance import Bools, Ints


@dataclass(frozen=True)
class Fines:
    """What a set pays that holds two or three groups of a triple (subset-row cuts).

    Attributes
    ----------
    triples, of_triple
        Groups, ``(T, 3)``, and what each triple costs, at least 0, ``(T,)``.
    at, others, price
        Of group i, from ``at[i]`` to ``at[i + 1]``: the two others of its triples, and the fine.
    """

    triples: Ints
    of_triple: Floats
    at: Ints
    others: Ints
    price: Floats

    @classmethod
    def of(cls, n: int, fined: Sequence[tuple[tuple[int, int, int], float]]) -> Self:
        """Of some triples of n groups; -1 stands for one that is not there."""
        triples = np.array([t for t, _ in fined], dtype=np.int64).reshape(-1, 3)
        price = np.array([v for _, v in fined], dtype=np.float64)
        group = triples.ravel()
        others = triples[:, [[1, 2], [0, 2], [0, 1]]].reshape(-1, 2)
        by = np.argsort(group, kind="stable")
        at = np.searchsorted(group[by], np.arange(n + 1))  # past those of -1
        return cls(triples, price, at, others[by], np.repeat(price, 3)[by])

    def of_sets(self, inside: Bools) -> Floats:
        """What each set pays, ``(sets,)``."""
        fine = np.zeros(len(inside))
        nobody = np.zeros((len(inside), 1), np.bool_)
        padded = np.concatenate([inside, nobody], axis=1)  # -1 is the last one
        for triple, price in zip(self.triples, self.of_triple, strict=True):
            fine += price * (padded[:, triple].sum(axis=1) >= 2)
        return fine
