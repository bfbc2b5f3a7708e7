"""Cuts from people limits: whoever comes to a session must fit it whole, not in fractions.

A crowd is the sessions among which some requests choose, as far as their people limits bind. Those
who come fill the sessions like knapsacks, and the relaxation fills them to the brim with fractions
of groups. For each crowd the best cut ``alpha @ y <= 1`` over the shares y of its groups in its
sessions is found exactly: the largest ``alpha @ y`` of all alpha that no whole filling exceeds.
Fillings are added one at a time, each the fullest for the alpha at hand (Boyd 1994,
https://doi.org/10.1287/opre.42.1.176), and are kept for the next round.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from tourpool.routing.solver.compiled import fullest, some_filling
from tourpool.routing.solver.cuts import Cuts
from tourpool.routing.solver.instance import FOREVER_S, Ints
from tourpool.routing.solver.select import Floats, Picks, Selection
from tourpool.routing.solver.stop import Stop

LEAST_VIOLATION = 1e-3
MOST_FILLINGS = 300
"""Fillings added for one cut."""
MOST_STATES = 20_000_000
"""Fillings of a crowd looked at for one alpha; a crowd with more is split into its sessions."""
SAFE = 1e-9
"""A filling may exceed its cut by so much before the cut is made weaker."""
GREEDY_GAIN = 1e-3
"""A filling found by a greedy rule is used when it exceeds the cut by so much."""
GOOD_ENOUGH = 0.5
"""A cut is taken when, made valid, it keeps this share of the violation hoped for."""
WHOLE = 1e-7
"""Shares this near to none or all break no cut."""
CORES = min(2, os.cpu_count() or 1)
ABSENT = 1e-4
"""Share that counts for a group that does not come, so that its coefficient is large too."""


@dataclass(frozen=True)
class Limit:
    """At most ``room`` people of the groups ``of`` come to session s."""

    session: int
    of: Ints
    people: Ints
    room: int


def limits(selection: Selection) -> list[Limit]:
    """People limits that cannot hold all who ask."""
    return [x for s in range(len(selection.columns)) for x in _of_session(selection, s)]


def _of_session(selection: Selection, s: int) -> Iterator[Limit]:
    data = selection.m.sessions[s]
    every = np.arange(len(data.loc))
    limited = data.school[: len(data.loc) if data.max_people_per_school < FOREVER_S else 0]
    of_schools = [
        (np.flatnonzero(data.school == c), data.max_people_per_school) for c in np.unique(limited)
    ]
    tightest: dict[tuple[int, ...], int] = {}  # of one school only, both limits hold the same
    for of, room in [(every, data.max_people), *of_schools]:
        key = tuple(of.tolist())
        tightest[key] = min(int(room), tightest.get(key, FOREVER_S))
    for key, room in tightest.items():
        of = np.array(key, dtype=np.int64)
        people = data.people[of]
        if people.sum() > room and (people <= room).any():
            yield Limit(s, of, people, room)


class Crowds:
    """The crowds of a selection, each with the fillings found so far.

    Parameters
    ----------
    apart
        Look at each session by itself: quicker, and weaker where requests choose among sessions.
    """

    def __init__(self, selection: Selection, *, apart: bool) -> None:
        self.selection = selection
        self._crowds = [
            _Crowd(selection, part)
            for together in _sharing_requests(selection, limits(selection))
            for part in _small_enough(together, 0 if apart else MOST_STATES)
        ]

    def cuts(self, picks: Picks, x: Floats, stop: Stop) -> Cuts:
        """The most violated cut of each crowd that a fractional solution breaks."""
        come = _shares(self.selection, picks, x)
        with ThreadPoolExecutor(CORES) as both:  # HiGHS and compiled code let go of the interpreter
            alphas = list(both.map(lambda crowd: crowd.separate(come, stop), self._crowds))
        found = [
            (crowd.limits, alpha)
            for crowd, alpha in zip(self._crowds, alphas, strict=True)
            if alpha is not None
        ]
        return Cuts(_tables(self.selection, found), np.ones(len(found)))


class _Crowd:
    """Limits of one crowd, and what is known of its fillings."""

    def __init__(self, selection: Selection, of: Sequence[Limit]) -> None:
        self.limits = of
        self.rooms = np.array([x.room for x in of], dtype=np.int64)
        self.people = np.concatenate([x.people for x in of])
        self.session = np.repeat(np.arange(len(of)), [len(x.of) for x in of])
        keys = [
            selection.m.sessions[x.session].request[x.of] * 1000
            + selection.m.sessions[x.session].part[x.of]
            for x in of
        ]
        _, self.item = np.unique(np.concatenate(keys), return_inverse=True)
        order = np.argsort(self.item, kind="stable")
        self._crowd = (self.people, self.session, self.item, order, self.rooms)
        self._kept: Floats = np.zeros(0)  # shares that broke no cut
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        for _ in self.people:
            self.highs.addCol(0.0, 0.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))

    def separate(self, come: list[Floats], stop: Stop) -> Floats | None:
        """The alpha of the most violated cut, or None; one entry a group of each limit."""
        y = np.concatenate([come[x.session][x.of] for x in self.limits])
        if (np.minimum(y, 1 - y) < WHOLE).all() or np.array_equal(y, self._kept):
            return None
        for column, share in enumerate(y):
            self.highs.changeColCost(column, -float(max(share, ABSENT)))
        for _ in range(MOST_FILLINGS):
            if stop.now:
                return None
            self.highs.run()
            alpha = np.clip(np.array(self.highs.getSolution().col_value), 0.0, 1.0)
            hoped = alpha @ y - 1
            if hoped <= LEAST_VIOLATION:
                break
            worth, taken = some_filling(alpha, *self._crowd)
            if worth <= 1 + GREEDY_GAIN:
                worth, taken = fullest(alpha, *self._crowd)
                safe = alpha / max(1.0, worth * (1 + SAFE))
                if safe @ y - 1 >= max(LEAST_VIOLATION, GOOD_ENOUGH * hoped):
                    return np.asarray(safe)
                if worth <= 1 + SAFE:
                    break
            of = np.flatnonzero(taken).astype(np.int32)
            self.highs.addRow(-highspy.kHighsInf, 1.0, len(of), of, np.ones(len(of)))
        self._kept = y
        return None


def _sharing_requests(selection: Selection, among: list[Limit]) -> list[list[Limit]]:
    """Limits of whole sessions that share requests, together; a school's limit by itself.

    No session is in a crowd twice: whoever comes would fill both limits, and a filling only one.
    """
    whole = [x for x in among if len(x.of) == len(selection.m.sessions[x.session].loc)]
    requests = [selection.m.sessions[x.session].request[x.of] for x in whole]
    row = np.repeat(np.arange(len(whole)), [len(r) for r in requests])
    shape = (len(whole), selection.m.n_requests)
    asks = csr_array(coo_array((np.ones(len(row)), (row, np.concatenate([*requests, []]))), shape))
    if not whole:
        return [[x] for x in among]
    n, label = connected_components(asks @ asks.T, directed=False)
    crowds = [[x for x, c in zip(whole, label, strict=True) if c == of] for of in range(n)]
    return crowds + [[x] for x in among if not any(x is y for y in whole)]


def _small_enough(together: list[Limit], most: int) -> list[list[Limit]]:
    """A crowd, or its sessions one by one when there are too many fillings of all."""
    states = sum(len(x.of) for x in together) * np.prod([x.room + 1.0 for x in together])
    return [together] if states <= most else [[x] for x in together]


def _shares(selection: Selection, picks: Picks, x: Floats) -> list[Floats]:
    """How much of each group comes to each session in a fractional solution."""
    come = [np.zeros(len(s.loc)) for s in selection.m.sessions]
    used = np.flatnonzero(x > 1e-9)
    for p, value in zip(used, x[used], strict=True):
        first, inside = 0, selection.pools[picks.pool[p]].inside[picks.set[p]]
        for s in selection.sessions[picks.pool[p]]:
            come[s] += value * inside[first : first + len(come[s])]
            first += len(come[s])
    return come


def _tables(selection: Selection, found: list[tuple[Sequence[Limit], Floats]]) -> list[csr_array]:
    """Coefficients of the sets of each pool."""
    per_session = [np.zeros((len(s.loc), len(found))) for s in selection.m.sessions]
    for cut, (of, alpha) in enumerate(found):
        first = 0
        for limit in of:
            per_session[limit.session][limit.of, cut] += alpha[first : first + len(limit.of)]
            first += len(limit.of)
    return [
        csr_array(
            csr_array(pool.inside.astype(np.float64))
            @ csr_array(np.concatenate([per_session[s] for s in sessions]))
        )
        for pool, sessions in zip(selection.pools, selection.sessions, strict=True)
    ]
