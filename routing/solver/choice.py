"""All that can be chosen: blocks of one run-pair for each session, and of two for each day."""

import numpy as np

from tourpool.routing.solver.chains import chains
from tourpool.routing.solver.columns import Columns, matched
from tourpool.routing.solver.grow import some_columns
from tourpool.routing.solver.instance import Instance, SessionData
from tourpool.routing.solver.labels import run_labels
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.select import Selection
from tourpool.routing.solver.stop import NEVER, Stop


def whole_choice(m: Instance, stop: Stop = NEVER, room: Room | None = None) -> Selection:
    """List every set of groups for one bus, and every two of them that one bus can serve.

    Of a session that has more sets than there is room for, only some are there: prices find the
    others (`unlisted.py`). Sessions with few groups come first and leave what they do not need.
    """
    room = room or Room.of_memory(m)
    order = sorted(range(len(m.sessions)), key=lambda s: len(m.sessions[s].loc))
    lists: dict[int, Columns] = {}
    left = room.runs
    for n, s in enumerate(order):
        lists[s] = _listed(m, m.sessions[s], left // (len(order) - n), stop)
        left -= len(lists[s].out.end) + len(lists[s].back.end)
    every = [lists[s] for s in range(len(m.sessions))]
    linked = chains(m, every, room.pairs, stop) if m.run_pairs > 1 else []
    alone = [c.keep(np.asarray(c.feasible.any(axis=1))) for c in every]
    return Selection(m, alone, linked)


def _listed(m: Instance, s: SessionData, most: int, stop: Stop) -> Columns:
    """Every set, or some when there are more than ``most`` runs of both directions."""
    out = run_labels(m, s, outbound=True, stop=stop, most=most)
    if out.complete or stop.now:
        back = run_labels(m, s, outbound=False, stop=stop, most=most - len(out.end))
        if back.complete or stop.now:
            return matched(m, s, out, back, stop)
    return some_columns(m, s)
