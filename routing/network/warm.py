"""Compile the loops of the hierarchy before anybody waits for roads: at first use on a computer."""

from collections.abc import Callable

import numpy as np

from tourpool.routing.first_use import is_compiled
from tourpool.routing.network import compiled_hierarchy, compiled_walk
from tourpool.routing.network.hierarchy import Gates, Hierarchy


def warm_up(tell: Callable[[], None]) -> None:
    """Compile what is not in numba's cache yet; ``tell`` is called before that takes seconds."""
    if is_compiled((compiled_hierarchy, compiled_walk)):
        return
    tell()
    two, one = np.arange(2), np.ones(2, np.int64)
    times = Hierarchy.of(np.arange(3), two[::-1], np.arange(2.0), np.zeros(2)).times(one, one)
    times.matrix(Gates.at(two), Gates.at(two))
    times.walk(Gates.at(two[:1]), Gates.at(two[1:]))
