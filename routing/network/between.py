"""Times, lengths and ways between stops on one road network, for one bus on one day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from tourpool.routing.network.compiled_hierarchy import NEVER, Ints
from tourpool.routing.network.doors import Doors, Rows, gates
from tourpool.routing.network.driven import Door, Piece, Way
from tourpool.routing.network.graph import Graph
from tourpool.routing.network.hierarchy import Times
from tourpool.routing.network.snap import Snap
from tourpool.routing.network.usable import Bools, Usable


class Between:
    """Answers for stops that are put on roads already."""

    def __init__(self, graph: Graph, times: Times, usable: Usable, access_only: Bools) -> None:
        self._times = times
        self._doors = Doors(graph, usable, access_only)
        self._only = access_only

    def matrix(self, sources: Sequence[Snap], targets: Sequence[Snap]) -> tuple[Ints, Ints]:
        """Microseconds from each source to each target and micrometres of the way they take.

        Of ways that take equally long the shortest counts; `NEVER` and 0 where there is none.
        """
        out, source = gates([self._doors.leaving(s) for s in sources])
        into, target = gates([self._doors.arriving(t) for t in targets])
        row_us, row_um = self._times.matrix(out, into)
        us = np.full((len(sources), len(targets)), NEVER)
        um = np.zeros_like(us)
        for rows in _one_a_stop(source):
            for columns in _one_a_stop(target):
                new = np.ix_(rows, columns)
                here = np.ix_(source[rows], target[columns])
                _improve(us, um, row_us[new], row_um[new], here)
        for i, j in self._pairs_nearby(sources, targets):
            way = self._doors.direct(sources[i], targets[j])
            if way and (way.us, way.um) < (us[i, j], um[i, j]):
                us[i, j], um[i, j] = way.us, way.um
        return us, um

    def way(self, a: Snap, b: Snap) -> Way | None:
        """The fastest way from a to b, as long as the matrix says; None where there is none."""
        ways = [self._doors.direct(a, b), self._over_network(a, b)]
        return min((w for w in ways if w), key=lambda w: (w.us, w.um), default=None)

    def _over_network(self, a: Snap, b: Snap) -> Way | None:
        out, into = self._doors.leaving(a), self._doors.arriving(b)
        (start, _), (end, _) = gates([out]), gates([into])
        first, last, edges = self._times.walk(start, end)
        if first < 0:
            return None
        begin, finish = _door(out, first), _door(into, last)
        us = begin.us + int(self._times.us[edges].sum()) + finish.us
        um = begin.um + int(self._times.um[edges].sum()) + finish.um
        return Way(us, um, (*begin.pieces, *map(Piece, edges.tolist()), *finish.pieces))

    def _pairs_nearby(
        self, sources: Sequence[Snap], targets: Sequence[Snap]
    ) -> Iterator[tuple[int, int]]:
        """Pairs that may have a way without a door: on one road, or both on roads for access."""
        by_road = defaultdict(list)
        for j, stop in enumerate(targets):
            by_road[self._road(stop)].append(j)
        for i, stop in enumerate(sources):
            for j in by_road.get(self._road(stop), ()):
                yield i, j

    def _road(self, stop: Snap) -> int:
        return -1 if self._only[stop.edge] else stop.edge


def _one_a_stop(owner: Ints) -> list[Ints]:
    """Split rows so that each part has at most one of any stop; owners ascend."""
    nth = np.arange(len(owner)) - np.searchsorted(owner, owner)
    return [np.flatnonzero(nth == k) for k in range(nth.max(initial=-1) + 1)]


def _improve(us: Ints, um: Ints, new_us: Ints, new_um: Ints, here: tuple[Ints, ...]) -> None:
    """Put the new values where they are better."""
    old_us, old_um = us[here], um[here]
    better = (new_us < old_us) | ((new_us == old_us) & (new_um < old_um))
    us[here], um[here] = np.where(better, new_us, old_us), np.where(better, new_um, old_um)


def _door(rows: Rows, number: int) -> Door:
    """The door that a node of `Gates`, numbered row by row, stands for."""
    return [row for row in rows if row][number // 2][number % 2]
