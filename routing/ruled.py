"""Who must be served before anything else is asked: pins, and the seats of a published plan."""

from dataclasses import dataclass

import numpy as np

from tourpool.routing.build import Built
from tourpool.routing.pinned import broken_pins, pinned_requests
from tourpool.routing.published import Published
from tourpool.routing.solver.as_published import only_published, with_published
from tourpool.routing.solver.keep import can_ride, keep
from tourpool.routing.solver.quick import in_order
from tourpool.routing.solver.room import Room
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection
from tourpool.routing.solver.stage import Progress
from tourpool.routing.solver.stop import Stop

SHARE = 0.3
"""Of the time left, at most so much for each of the two."""


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
        start = in_order(selection, as_was, np.arange(len(as_was)))
        start = as_was if selection.fits(as_was) else start
    fixed = pinned_requests(built.season)
    if len(fixed):
        within = stop.within(SHARE * stop.left_s)
        kept = keep(selection, fixed, start, within, progress, room, "pins")
        if len(kept.left):
            alone = np.setdiff1d(kept.left, can_ride(kept.selection))
            raise broken_pins(
                built.season, kept.left.tolist(), alone=alone.tolist(), known=kept.proven
            )
        selection, start = kept.selection, kept.picks
    if published is None:
        return Ruled(selection, start)
    start = as_was if selection.fits(as_was) else start
    within = stop.within(SHARE * stop.left_s)
    kept = keep(selection, published.kept(built), start, within, progress, room)
    gone = published.gone(built, kept.left.tolist())
    if gone is not None:
        raise gone
    return Ruled(kept.selection, kept.picks, as_was, kept.proven)
