"""Whether the buses of a day can bring all parts of a request at once, with nobody else on them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from tourpool.routing.solver.columns import Columns
from tourpool.routing.solver.instance import Instance, SessionData
from tourpool.routing.solver.select import Selection
from tourpool.routing.solver.solve import solve_lexicographic
from tourpool.routing.solver.stop import Stop

MOST_SHARING = 8
"""Parts for which sharing buses is tried: of more, the sets on one bus are too many to list."""


def can_all_ride(m: Instance, s: SessionData, columns: Columns, of: Sequence[int]) -> bool:
    """Whether groups ``of``, all that is asked for by one request, can ride to session s.

    A bus for each is tried first, then parts that share one. A single group that can ride may
    still need another on its bus: roads can be shorter that way.
    """
    if not columns.inside[:, of].any(axis=0).all():
        return False
    if len(of) == 1 or _a_bus_each(m, s, columns, of):
        return True
    if len(of) > MOST_SHARING:
        return False
    others = np.setdiff1d(np.arange(len(s.loc)), of)
    own = columns.keep(~np.asarray(columns.inside[:, others].any(axis=1)))
    selection = Selection(replace(m, sessions=(s,)), [own])
    return solve_lexicographic(selection, 0.0, Stop()).totals.worth > 0


def _a_bus_each(m: Instance, s: SessionData, columns: Columns, of: Sequence[int]) -> bool:
    """Match each group with a bus of the day that can bring it alone."""
    single = columns.inside.sum(axis=1) == 1
    can = np.zeros((len(of), columns.cost.shape[1]), np.bool_)
    for row, i in enumerate(of):
        can[row] = columns.feasible[single & columns.inside[:, i]].any(axis=0)
    count = np.minimum(m.fleet.count[:, s.day], len(of))
    slots = csr_array(np.repeat(can, count, axis=1).astype(np.int8))
    return bool((maximum_bipartite_matching(slots, perm_type="column") >= 0).all())
