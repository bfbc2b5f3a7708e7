"""A good plan at once where sets of groups are too many to list, and columns to go on from.

A first plan puts everybody where it costs least; then some leave their buses and are put back,
again and again (`compiled_insertion.py`). The blocks of the plans on the way become columns, so
that the choice among all of them can be better than each of these plans.
"""

from dataclasses import dataclass

import numpy as np

from tourpool.routing.solver import compiled_insertion, compiled_sets
from tourpool.routing.solver.columns import best_pair
from tourpool.routing.solver.compiled_insertion import search
from tourpool.routing.solver.compiled_tables import state_seen, task_seen
from tourpool.routing.solver.grow import merged, unknown
from tourpool.routing.solver.instance import Instance
from tourpool.routing.solver.moves import Drive, Moves
from tourpool.routing.solver.plan_tables import N, State
from tourpool.routing.solver.select import USD, Picks, Selection, Stage
from tourpool.routing.solver.set_columns import Orders, columns_of
from tourpool.routing.solver.stop import Stop

COMPILED = (compiled_insertion, compiled_sets)
"""What takes a quarter of a minute when it is used for the first time on a computer."""

ROUNDS = 500
"""Ruins between two looks at the clock, and at the blocks of the plan."""
HOT, COLD = 0.5, 0.003
"""Of what a block costs on average: what a plan may be worse by at first, and at last."""
MOST_SETS = 3_000
"""Sets of groups remembered, those of the last plans."""
WORTH_FIRST = 1e8
"""1e-4 US$ of a unit of worth where that comes before cost: 1,000,000 US$ of a student."""
SEED = 88172645463325252


@dataclass(frozen=True)
class Effort:
    """How much a search does: times that some leave their buses, for each request.

    ``share`` is the most of the time left.
    """

    rounds: int
    share: float


SHORT = Effort(rounds=20, share=0.02)
LONG = Effort(rounds=300, share=0.06)


class Insertion:
    """A search for plans of one stage, which goes on from a plan, or from nothing."""

    def __init__(self, selection: Selection, stage: Stage, start: Picks) -> None:
        self.stage = stage
        self.moves = Moves.of(selection.m, _per_worth(stage))
        self.rng = np.array([SEED], np.uint64)
        self.met: dict[tuple[int, frozenset[int]], Drive] = {}
        self.begin(selection, start)

    def begin(self, selection: Selection, start: Picks) -> None:
        """Go on from a plan."""
        self.plan = self.moves.state(drives(selection, start))
        self.kept, self.best = (State._make(v.copy() for v in self.plan) for _ in range(2))
        plans = (state_seen(plan) for plan in (self.plan, self.kept, self.best))
        self.tables = (task_seen(self.moves.task), *plans)

    @property
    def serves_all(self) -> bool:
        """Whether everybody rides who accepts a session."""
        accepts = np.diff(self.moves.task.unit_at) > 0
        return bool((self.best.unit[accepts] >= 0).all())

    def look(self, effort: Effort, stop: Stop) -> None:
        """Ruin and recreate; plans that are worse are gone on with less and less."""
        rounds, share_s = effort.rounds * len(self.plan.unit), effort.share * stop.left_s
        part = stop.within(share_s)
        for done in range(0, max(1, rounds), ROUNDS):
            if done and (part.now or (self.serves_all and not self.stage.per_cost_usd)):
                return
            in_time = 1 - part.left_s / share_s if 0 < share_s < np.inf else 0.0
            heat = self._block_cost * HOT * (COLD / HOT) ** max(done / max(1, rounds), in_time)
            p, x, kept, best = self.tables
            search(p, x, kept, best, self.rng, heat, ROUNDS)
            self._note()

    @property
    def _block_cost(self) -> float:
        """What a block of the best plan costs on average."""
        return float(self.best.total[0] / max(1, np.count_nonzero(self.best.block[:, N])))

    def _note(self) -> None:
        """Remember the blocks of the plan of now."""
        for drive in self.moves.drives(self.kept):
            key = drive.session, frozenset(drive.out)
            self.met.pop(key, None)
            self.met[key] = drive

    def into(self, selection: Selection) -> tuple[Selection, Picks]:
        """The selection with the columns found, and the best plan among these columns."""
        best, m = self.moves.drives(self.best), selection.m
        latest = [*list(self.met.values())[-MOST_SETS:], *best]
        sets: dict[tuple[int, int], dict[frozenset[int], Orders]] = {}
        for d in latest:
            key = d.session, _profile(m, d)
            sets.setdefault(key, {})[frozenset(d.out)] = d.out, d.back
        columns = list(selection.columns)
        for (s, q), orders in sorted(sets.items()):
            if not selection.columns[s].complete:
                on = m.on(q)
                found = columns_of(on, on.sessions[s], list(orders.values()))
                columns[s] = merged(columns[s], unknown(columns[s], found))
        whole = Selection(selection.m, columns, selection.chains)
        return whole, _picks(whole, best)


def _per_worth(stage: Stage) -> float:
    """What a unit of worth gains, in 1e-4 US$."""
    if stage.per_worth and stage.per_cost_usd:
        return stage.per_worth / (stage.per_cost_usd * USD)
    return WORTH_FIRST


def _profile(m: Instance, drive: Drive) -> int:
    """Profile of roads of a block."""
    return 0 if m.profile is None else int(m.profile[drive.bus, m.sessions[drive.session].day])


def drives(selection: Selection, picks: Picks) -> list[Drive]:
    """Blocks of one run-pair of a plan."""
    m, found = selection.m, []
    for s, a, k in picks.rows().tolist():
        if s < len(selection.columns):
            c = selection.columns[s]
            own = m.driven_by(k, c.day)
            out, back = best_pair(own, own.sessions[s], c, a, k)
            orders = (tuple(v[::-1]) for v in (c.out.order(out), c.back.order(back)))
            found.append(Drive(s, k, *orders))
    return found


def _picks(selection: Selection, best: list[Drive]) -> Picks:
    """The columns of some blocks."""
    rows = []
    for s, c in enumerate(selection.columns):
        here = [d for d in best if d.session == s]
        if not here:
            continue
        sets: dict[bytes, list[int]] = {}
        for a, inside in enumerate(c.inside):
            sets.setdefault(inside.tobytes(), []).append(a)
        for drive in here:
            inside = np.zeros(c.inside.shape[1], np.bool_)
            inside[list(drive.out)] = True
            a = min(sets[inside.tobytes()], key=lambda a: int(c.cost[a, drive.bus]))
            rows.append((s, a, drive.bus))
    return Picks(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)
