"""All that can be chosen: blocks of one run-pair for each session, and of two for each day."""

import numpy as np

from tourpool.routing.solver.chains import chains
from tourpool.routing.solver.columns import listed
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.select import Selection
from tourpool.routing.solver.stop import NEVER, Stop


def whole_choice(m: Instance, stop: Stop = NEVER) -> Selection:
    """List every set of groups for one bus, and every two of them that one bus can serve."""
    lists = [listed(m, s, stop) for s in m.sessions]
    linked = chains(m, lists, stop) if m.run_pairs > 1 else []
    alone = [c.keep(np.asarray(c.feasible.any(axis=1))) for c in lists]
    return Selection(m, alone, linked)
