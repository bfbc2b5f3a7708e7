"""All orders of one set of groups in one direction that may be best once riders' time counts.

As in `labels.py` a run grows from the venue outwards and only Pareto-best ones are kept, but of a
single set, and in (seconds, metres, student-seconds) for the same subset, far end and number of
stops: whatever is added later costs more the larger each of the three is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tourpool.routing.solver.compiled_orders import undominated
from tourpool.routing.solver.instance import Instance, Ints, SessionData
from tourpool.routing.solver.stop import Stop

MOST = 500_000
"""Runs with one number of groups, about 200 bytes each; of more, no front is made."""


@dataclass(frozen=True)
class Front:
    """Pareto-best orders of one set in one direction.

    Attributes
    ----------
    order
        Groups from the venue outwards, ``(orders, n)``.
    end
        Location of the far end, ``(orders,)``.
    seconds, metres, stops, student_s
        Between the venue and the far end; riders' seconds on board, ``(orders,)``.
    """

    order: Ints
    end: Ints
    seconds: Ints
    metres: Ints
    stops: Ints
    student_s: Ints

    def __len__(self) -> int:
        return len(self.end)

    def at(self, which: Ints) -> "Front":
        """Some of them."""
        names = ("order", "end", "seconds", "metres", "stops", "student_s")
        return Front(*(getattr(self, name)[which] for name in names))


def order_front(
    m: Instance, s: SessionData, of: Sequence[int], stop: Stop, *, outbound: bool
) -> Front | None:
    """List the Pareto-best orders that keep each group's ride limit.

    None when stopped, or when there are more than MOST runs on the way.
    """
    front = Front(np.zeros((1, 0), np.int64), *(np.full(1, v) for v in (-1, 0, 0, 0, 0)))
    for _ in of:
        grown = [_extended(m, s, front, i, outbound=outbound) for i in of]
        if stop.now or sum(len(g) for g in grown) > MOST:
            return None
        front = _pareto(grown)
    return front


def _extended(m: Instance, s: SessionData, front: Front, i: int, *, outbound: bool) -> Front:
    """Runs with group i added at the far end, where it is not yet on and its limit allows it."""
    front = front.at(np.flatnonzero((front.order != i).all(axis=1)))
    step_s, step_m = (m.seconds.T, m.metres.T) if outbound else (m.seconds, m.metres)
    venue = s.first if outbound else s.last
    here, there = np.where(front.end < 0, venue, front.end), int(s.loc[i])
    new_stop = (front.end != there).astype(np.int64)
    seconds = front.seconds + new_stop * (step_s[here, there] + m.stop_s) + int(s.board_s[i])
    limit_s = (s.out_limit_s if outbound else s.back_limit_s)[i]
    added = np.full((len(front), 1), i)
    grown = Front(
        order=np.concatenate([front.order, added], axis=1),
        end=np.full(len(front), there),
        seconds=seconds,
        metres=front.metres + new_stop * step_m[here, there],
        stops=front.stops + new_stop,
        student_s=front.student_s + int(s.counted[i]) * seconds,
    )
    return grown.at(np.flatnonzero(seconds <= limit_s))


def _pareto(pieces: Sequence[Front]) -> Front:
    """The best of all runs, for each subset, far end and number of stops."""
    names = ("order", "end", "seconds", "metres", "stops", "student_s")
    whole = Front(*(np.concatenate([getattr(p, name) for p in pieces]) for name in names))
    subset = np.sort(whole.order, axis=1)
    keys = np.concatenate([subset, whole.end[:, None], whole.stops[:, None]], axis=1)
    values = np.stack([whole.seconds, whole.metres, whole.student_s], axis=1)
    by = np.lexsort([*values.T[::-1], *keys.T[::-1]])
    new = (keys[by[1:]] != keys[by[:-1]]).any(axis=1)
    kind = np.append(0, np.cumsum(new)) if len(by) else by
    return whole.at(by[undominated(kind, values[by])])
