"""Who must be served: requests that are pinned, and seats that people have already."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from tourpool.routing.solver.instance import Instance, Ints
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.select import Picks, Selection
from tourpool.routing.solver.solve import most_worth
from tourpool.routing.solver.stage import Progress
from tourpool.routing.solver.stop import Stop


@dataclass(frozen=True)
class Kept:
    """A choice in which the seats of some requests are kept, and a plan that keeps them.

    Attributes
    ----------
    left
        Requests r of them that this plan leaves out.
    proven
        Whether no plan serves more of their worth.
    """

    selection: Selection
    picks: Picks
    left: Ints
    proven: bool


def keep(
    selection: Selection,
    requests: Ints,
    start: Picks,
    stop: Stop,
    progress: Progress | None = None,
    room: Room | None = None,
    name: str = "seats kept",
) -> Kept:
    """Serve as much as can be of the worth of some requests, and hold all later plans to that.

    Where all of them can be served, all must be; where not, as much of their worth must be.

    Parameters
    ----------
    start
        A plan at hand that the choice allows.
    """
    m = selection.m
    theirs = [replace(s, worth=s.worth * np.isin(s.request, requests)) for s in m.sessions]
    only = _valued(selection, replace(m, sessions=tuple(theirs)))
    found, result = most_worth(only, start, stop, progress, room, name)
    worth = found.totals(result.picks).worth
    served = _served(found, result.picks)
    left = np.setdiff1d(requests, served)
    ruled = (
        replace(m, held=(*m.held, (requests, worth)))
        if len(left)
        else replace(m, must=np.union1d(m.must, requests))
    )
    return Kept(_valued(found, ruled), result.picks, left, result.optimal or not len(left))


def can_ride(selection: Selection) -> Ints:
    """Requests r of which some column brings a group."""
    riding = [pool.request[np.asarray(pool.inside.any(axis=0))] for pool in selection.pools]
    return np.unique(np.concatenate([*riding, np.zeros(0, np.int64)]))


def _served(selection: Selection, picks: Picks) -> Ints:
    riding = selection.riding(picks)
    of = [s.request[rides] for s, rides in zip(selection.m.sessions, riding, strict=True)]
    return np.unique(np.concatenate([*of, np.zeros(0, np.int64)]))


def _valued(selection: Selection, m: Instance) -> Selection:
    """The same columns, worth what the groups of ``m`` are worth, under its rows."""

    def worth(p: int) -> Ints:
        of = [m.sessions[s].worth for s in selection.sessions[p]]
        return np.asarray(
            csr_array(selection.pools[p].inside.astype(np.int64)) @ np.concatenate(of)
        )

    n = len(selection.columns)
    return Selection(
        m,
        [replace(c, worth=worth(s)) for s, c in enumerate(selection.columns)],
        [replace(c, worth=worth(n + i)) for i, c in enumerate(selection.chains)],
    )
