"""All that can be chosen: blocks of one run-pair for each session, and of two for each day."""

import numpy as np

from tourpool.routing.solver.chains import Chains, chains
from tourpool.routing.solver.columns import Columns, matched, stacked
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
    lists: dict[int, dict[int, Columns]] = {}
    left = room.runs
    for n, s in enumerate(order):
        lists[s] = _by_profile(m, s, left // (len(order) - n), stop)
        left -= sum(len(c.out.end) + len(c.back.end) for c in lists[s].values())
    every = [lists[s] for s in range(len(m.sessions))]
    linked = _linked(m, every, room.pairs, stop) if m.run_pairs > 1 else []
    whole = [stacked(list(of.values())) for of in every]
    return Selection(m, [c.keep(np.asarray(c.feasible.any(axis=1))) for c in whole], linked)


def _by_profile(m: Instance, s: int, most: int, stop: Stop) -> dict[int, Columns]:
    """Columns of session s for the buses of each profile of roads."""
    profiles = m.profiles_on(m.sessions[s].day)
    few = most // len(profiles)
    return {p: _listed(m.on(p), m.sessions[s].on(p), few, stop) for p in profiles}


def _linked(m: Instance, every: list[dict[int, Columns]], most: int, stop: Stop) -> list[Chains]:
    """Blocks of two run-pairs: a bus has one profile the whole day."""
    found: list[Chains] = []
    for p in sorted({p for of in every for p in of}):
        left = most - sum(len(c.cost) for c in found)
        found += chains(m.on(p), [of.get(p) for of in every], left, stop)
    return found


def _listed(m: Instance, s: SessionData, most: int, stop: Stop) -> Columns:
    """Every set, or some when there are more than ``most`` runs of both directions."""
    out = run_labels(m, s, outbound=True, stop=stop, most=most)
    if out.complete or stop.now:
        back = run_labels(m, s, outbound=False, stop=stop, most=most - len(out.end))
        if back.complete or stop.now:
            return matched(m, s, out, back, stop)
    return some_columns(m, s)
