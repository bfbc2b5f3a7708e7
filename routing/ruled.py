"""Who must be served before anything else is asked: pins, and the seats of a published plan."""

from dataclasses import dataclass

import numpy as np

from tourpool.events.calendar import acceptable
from tourpool.routing.build import Built
from tourpool.routing.pinned import broken_pins, pinned_requests
from tourpool.routing.published import Published
from tourpool.routing.reasons import unreachable
from tourpool.routing.solver.as_published import only_published, with_published
from tourpool.routing.solver.instance import Ints
from tourpool.routing.solver.keep import Kept, can_ride, keep
from tourpool.routing.solver.quick import filled
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection
from tourpool.routing.solver.stage import Progress
from tourpool.routing.solver.stop import Stop

SHARE = 0.25
"""Of the time left, at most so much for each of the three."""


@dataclass(frozen=True)
class Ruled:
    """The choice under the rules of who must be served.

    Attributes
    ----------
    start
        A plan that keeps them.
    as_was
        The published plan, as far as its blocks can still be driven; it may break rules of now.
    proven
        Whether no more seats can be kept.
    """

    selection: Selection
    start: Picks
    as_was: Picks = NO_PICKS
    proven: bool = True


def ruled(
    built: Built,
    selection: Selection,
    start: Picks,
    published: Published | None,
    stop: Stop,
    progress: Progress | None,
    room: Room,
) -> Ruled:
    """Keep pins; then as many seats of a published plan as can be, by their worth.

    Seats whose session and bus are still there come before those of people who must move anyway.

    Parameters
    ----------
    start
        A plan at hand, which need not keep any.

    Raises
    ------
    PinsError
        When pins cannot be kept together.
    OverError
        When what was driven on days that are over cannot stay as it was.
    """
    as_was = NO_PICKS
    if published is not None:
        selection, as_was = with_published(selection, published.blocks(built))
        selection, as_was = only_published(selection, as_was, published.over(built))
        start = filled(selection, NO_PICKS, as_was)

    def kept(requests: Ints, name: str) -> Kept:
        return keep(
            selection, requests, start, stop.within(SHARE * stop.left_s), progress, room, name
        )

    fixed = pinned_requests(built.season)
    if len(fixed):
        pinned = kept(fixed, "pins")
        if len(pinned.left):
            _complain(built, pinned)
        selection = pinned.selection
        start = filled(selection, _that_bring(selection, pinned.picks, fixed), as_was)
        start = start if selection.fits(start) else pinned.picks
    if published is None:
        return Ruled(selection, start)
    proven = True
    for requests in published.kept(built):
        seats = kept(requests, "seats kept")
        gone = published.gone(built, seats.left.tolist())
        if gone is not None:
            raise gone
        selection, proven = seats.selection, proven and seats.proven
        more = filled(selection, seats.picks, as_was)
        start = more if selection.fits(more) else seats.picks
    return Ruled(selection, start, as_was, proven)


def _that_bring(selection: Selection, picks: Picks, requests: Ints) -> Picks:
    """Those of some columns that bring one of some requests."""
    brings = [
        bool(np.isin(pool.request[np.asarray(pool.inside[a])], requests).any())
        for pool, a in ((selection.pools[p], a) for p, a, _ in picks.rows().tolist())
    ]
    return picks.where(np.array(brings, dtype=np.bool_))


def _complain(built: Built, pinned: Kept) -> None:
    """Name the pins that cannot be kept, and why where there is no bus whoever else rides."""
    alone = np.setdiff1d(pinned.left, can_ride(pinned.selection)).tolist()
    raise broken_pins(
        built.season,
        pinned.left.tolist(),
        why={r: _why_not(built, r) for r in alone},
        known=pinned.proven,
    )


def _why_not(built: Built, r: int) -> str:
    """Why no bus brings a request to the session it is pinned to."""
    request = built.season.requests[r]
    (pin,) = [p for p in built.season.pins if p.request_id == request.request_id]
    if pin.session_id not in {c.session_id for c in acceptable(built.season, request)}:
        return "its school is closed on that day"
    (n,) = [n for n, s in enumerate(built.sessions) if s.session_id == pin.session_id]
    of = np.flatnonzero(built.instance.sessions[n].request == r).tolist()
    return unreachable(built, n, of).text
