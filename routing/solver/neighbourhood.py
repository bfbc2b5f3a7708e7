"""Neighbourhoods of a plan: nearby requests and the buses that bring them, set free together."""

import numpy as np

from tourpool.routing.solver.instance import Bools
from tourpool.routing.solver.part import Part, part_of
from tourpool.routing.solver.select import Floats, Picks, Selection, Stage

SIZE = 30
"""Requests set free at first."""
FEW, MANY = 2_000, 8_000
"""Neighbourhoods grow while they hold fewer sets x bus types, and shrink when they hold more."""
STEP = 1.2
SAME_SESSION = 0.1
SPREAD = 0.4
"""How much chance may stretch a distance, so that neighbourhoods of one request differ."""


class Neighbourhoods:
    """Draws one neighbourhood after another; the same ones for the same seed.

    Requests are near when their schools are, and only if some sessions they accept share a day:
    otherwise they compete for nothing. Every other one draws those of the same sessions nearer,
    because people limits bind all of a session.
    """

    def __init__(self, selection: Selection, seed: int = 0) -> None:
        self.rng = np.random.default_rng(seed)
        self.apart_m, self.same = _apart_m(selection)
        self.size = float(SIZE)
        self.live = np.flatnonzero(np.isfinite(self.apart_m).any(axis=1))

    def part(self, selection: Selection, stage: Stage, plan: Picks) -> Part:
        """Set free the requests nearest to a random one, with the buses that bring them."""
        brings = _requests_of(selection, plan)
        seed = int(self.rng.choice(self.live))
        stretch = 1 + SPREAD * self.rng.random(len(self.apart_m))
        distance: Floats = self.apart_m[seed] * stretch
        if self.rng.random() < 0.5:
            distance = np.where(self.same[seed], distance * SAME_SESSION, distance)
        free = np.zeros(len(distance), np.bool_)
        freed = np.zeros(len(plan), np.bool_)
        for r in np.argsort(distance, kind="stable"):
            if free.sum() >= self.size or not np.isfinite(distance[r]):
                break
            free[r] = True
            freed |= brings[:, r]
            free |= brings[freed].any(axis=0)
        freed |= (brings & free).any(axis=1)
        free |= brings[freed].any(axis=0)
        part = part_of(selection, stage, _sets_within(selection, free), plan.where(~freed))
        self._fit(sum(int(c.feasible.sum()) for c in part.selection.pools))
        return part

    def _fit(self, columns: int) -> None:
        """Let the next neighbourhood be larger or smaller."""
        if columns < FEW:
            self.size = min(self.size * STEP, float(len(self.live)))
        elif columns > MANY:
            self.size = max(self.size / STEP, 5.0)


def _apart_m(selection: Selection) -> tuple[Floats, Bools]:
    """Metres between the schools of two requests, infinite where they share no day.

    And whether they accept a common session.
    """
    m = selection.m
    loc = np.zeros(m.n_requests, np.int64)
    days = np.zeros((m.n_requests, selection.days), np.bool_)
    sessions = np.zeros((m.n_requests, len(m.sessions)), np.bool_)
    for n, s in enumerate(m.sessions):
        loc[s.request] = s.loc
        days[s.request, s.day] = True
        sessions[s.request, n] = True
    metres = (m.metres + m.metres.T)[np.ix_(loc, loc)].astype(np.float64)
    return np.where(_common(days), metres, np.inf), _common(sessions)


def _common(has: Bools) -> Bools:
    """Whether two rows have something in common."""
    return np.asarray((has.astype(np.int64) @ has.T.astype(np.int64)) > 0)


def _requests_of(selection: Selection, plan: Picks) -> Bools:
    """Which requests each chosen column brings, ``(P, requests)``."""
    brings = np.zeros((len(plan), selection.m.n_requests), np.bool_)
    for p, (s, a, _) in enumerate(plan.rows().tolist()):
        brings[p, selection.pools[s].request[selection.pools[s].inside[a]]] = True
    return brings


def _sets_within(selection: Selection, free: Bools) -> list[Bools]:
    """Of each session, the sets all of whose requests are free."""
    return [np.asarray(~c.inside[:, ~free[c.request]].any(axis=1)) for c in selection.pools]
