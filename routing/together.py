"""Whether the buses of a day can bring all parts of a request at once, with nobody else on them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tourpool.routing.solver.columns import Columns
from tourpool.routing.solver.instance import Instance, SessionData
from tourpool.routing.solver.select import Selection
from tourpool.routing.solver.solve import solve_lexicographic
from tourpool.routing.solver.stop import Stop


def can_all_ride(m: Instance, s: SessionData, columns: Columns, of: Sequence[int]) -> bool:
    """Whether groups ``of``, all that is asked for by one request, can ride to session s.

    A group that can ride may still need another on its bus: roads can be shorter that way.
    """
    if not columns.inside[:, of].any(axis=0).all():
        return False
    if len(of) == 1:
        return True
    others = np.setdiff1d(np.arange(len(s.loc)), of)
    own = columns.keep(~np.asarray(columns.inside[:, others].any(axis=1)))
    selection = Selection(replace(m, sessions=(s,)), [own])
    return solve_lexicographic(selection, 0.0, Stop()).totals.worth > 0
