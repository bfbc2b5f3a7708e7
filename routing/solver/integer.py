"""The choice among some columns as an integer program.

Beside the columns stand two kinds of yes or no. A switch says that a cut request is served in a
session. A place says that a group comes to a session whose people limit may bind: it is the sum of
its columns, and the limit is written over places. Branching on "does this group come" splits the
choice far better than branching on one column of thousands.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from tourpool.routing.solver.mip import Mip
from tourpool.routing.solver.people_cuts import Limit, limits
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.select import Picks, Selection


@dataclass(frozen=True)
class Program:
    """An integer program and how to read and write its solutions.

    Attributes
    ----------
    mip
        Columns are switches, places, and then the picks.
    picks
        The columns to choose from.
    """

    mip: Mip
    picks: Picks
    _places: csr_array
    _selection: Selection

    def hint(self, chosen: Picks) -> NDArray[np.bool_]:
        """Values of all variables for a plan whose columns are among the picks."""
        x = _among(self.picks, chosen)
        switches = self._selection.switched(chosen)
        return np.concatenate([switches, self._places @ x > 0.5, x])

    def chosen(self, x: NDArray[np.bool_]) -> Picks:
        """The columns that a solution chooses."""
        return self.picks.where(x[len(x) - len(self.picks) :])


def program(relaxation: Relaxation, picks: Picks) -> Program:
    """The integer program of a stage over some columns."""
    selection, stage = relaxation.selection, relaxation.stage
    switches = selection.switches()
    lower, upper = relaxation.bounds()
    binding = limits(selection)
    places = _places(selection, binding, picks)
    n = places.shape[0]
    pad = np.zeros((len(lower) - len(selection.lower), switches.shape[1]))
    left = csc_array(np.vstack([switches.toarray(), pad]))
    top = hstack([left, csc_array((len(lower), n)), relaxation.rows_of(picks)], format="csc")
    blank = csc_array((n, left.shape[1]))
    link = hstack([blank, -eye_array(n), places], format="csc")
    rooms = _rooms(binding, left.shape[1], n, len(picks))
    cost = selection.objective(stage, picks)
    mip = Mip(
        cost=np.concatenate([np.zeros(left.shape[1] + n), cost]),
        a=csc_array(vstack([top, link, rooms], format="csc")),
        lower=np.concatenate([lower, np.zeros(n), np.full(len(binding), -np.inf)]),
        upper=np.concatenate([upper, np.zeros(n), [float(x.room) for x in binding]]),
    )
    return Program(mip, picks, places, selection)


def _places(selection: Selection, binding: list[Limit], picks: Picks) -> csr_array:
    """Which columns bring each group of each limit, ``(places, P)``."""
    tables = []
    for pool, sessions in zip(selection.pools, selection.sessions, strict=True):
        sizes = [len(selection.m.sessions[s].loc) for s in sessions]
        first = dict(zip(sessions, np.cumsum([0, *sizes]).tolist(), strict=False))
        inside = csc_array(pool.inside.astype(np.float64))
        nothing = csc_array((inside.shape[0], 0))
        pieces = [
            inside[:, first[x.session] + x.of]
            if x.session in first
            else csc_array((inside.shape[0], len(x.of)))
            for x in binding
        ]
        tables.append(csr_array(hstack([nothing, *pieces], format="csr")))
    return csr_array(selection.stacked(tables, picks))


def _rooms(binding: list[Limit], before: int, n: int, after: int) -> csc_array:
    """The people limits over places, ``(limits, variables)``."""
    rows = np.repeat(np.arange(len(binding)), [len(x.of) for x in binding])
    people = np.concatenate([x.people for x in binding]) if binding else np.zeros(0)
    shape = (len(binding), before + n + after)
    return csc_array((people.astype(float), (rows, before + np.arange(n))), shape=shape)


def _among(picks: Picks, chosen: Picks) -> NDArray[np.bool_]:
    """Which of the columns are chosen."""
    wanted = {tuple(row) for row in chosen.rows().tolist()}
    return np.array([tuple(row) in wanted for row in picks.rows().tolist()], dtype=np.bool_)
