"""Every set of groups that one bus can bring, with its Pareto-best runs, one direction at a time.

A run is built from the venue outwards: outbound backward in time from the arrival, return forward
from the departure. Adding a stop at the far end changes no ride of those already on it, so a run is
feasible only if the run without its far end is: extending level by level lists every feasible set,
whatever the roads are like. For each set, far end and number of stops only the Pareto-best runs in
(seconds, metres) are kept: all that comes later grows with both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.solver.compiled import grown
from tourpool.routing.solver.instance import Bools, Fleet, Instance, Ints, SessionData
from tourpool.routing.solver.stop import NEVER, Stop

Bits = NDArray[np.uint64]


CHUNK = 20_000
"""Runs extended between two looks at the clock."""
MOST = 2_000_000
"""Runs listed for one direction of one session, where nobody says how many there is room for."""


@dataclass(frozen=True)
class Labels:
    """Pareto-best runs of one direction of one session, those of one set next to each other.

    Attributes
    ----------
    bits
        The set: bit i for group i, shape ``(L, words)``.
    end, added, parent
        Location of the far end, the group added there, the run it extends (-1: none), ``(L,)``.
    seconds, metres, stops
        Between the far end's first moment of boarding (last of alighting) and the venue, ``(L,)``.
    load
        Small and large riders, wheelchairs, ``(L, 3)``.
    complete
        Whether every feasible set is there.
    """

    bits: Bits
    end: Ints
    added: Ints
    parent: Ints
    seconds: Ints
    metres: Ints
    stops: Ints
    load: Ints
    complete: bool = True

    def order(self, label: int) -> list[int]:
        """Groups of a run from its far end to the venue."""
        groups = []
        while label >= 0:
            groups.append(int(self.added[label]))
            label = int(self.parent[label])
        return groups


def members(bits: Bits, n: int) -> Bools:
    """Unpack sets to a matrix: whether set a holds group i, shape ``(len(bits), n)``."""
    octets = np.ascontiguousarray(bits.astype("<u8")).view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little")[:, :n].astype(np.bool_)


def run_labels(
    m: Instance, s: SessionData, *, outbound: bool, stop: Stop = NEVER, most: int = MOST
) -> Labels:
    """List the Pareto-best runs of every feasible set, smallest sets first.

    When stopped, or when there are more than ``most`` of them, only the smaller sets are listed;
    the labels are then not complete, and nothing that follows is a bound.
    """
    grow = Growth(m, s, outbound=outbound)
    levels = [grow.singles()]
    first = 0
    complete = True
    while len(levels[-1].end):
        longer = grow.extend(levels[-1], first, most - first, stop)
        if longer is None:
            complete = False
            break
        first += len(levels[-1].end)
        levels.append(longer)
    whole = {f: np.concatenate([getattr(v, f) for v in levels]) for f in FIELDS}
    return Labels(**whole, complete=complete)


FIELDS = ("bits", "end", "added", "parent", "seconds", "metres", "stops", "load")


def joined(of: Sequence[Labels]) -> Labels:
    """Runs of several lists, one list after the other."""
    parts = {f: np.concatenate([getattr(v, f) for v in of]) for f in FIELDS}
    shift = np.repeat(np.cumsum([0, *(len(v.end) for v in of[:-1])]), [len(v.end) for v in of])
    parts["parent"] = np.where(parts["parent"] >= 0, parts["parent"] + shift, -1)
    return Labels(**parts, complete=all(v.complete for v in of))


class Growth:
    """One direction of one session: what a run gains from one more group at its far end."""

    def __init__(self, m: Instance, s: SessionData, *, outbound: bool) -> None:
        self.s, self.n = s, len(s.loc)
        self.words = max(1, -(-self.n // 64))
        self.stop_s = m.stop_s
        self.step_s = m.seconds.T if outbound else m.seconds  # [near end, far end]
        self.step_m = m.metres.T if outbound else m.metres
        self.venue = s.first if outbound else s.last
        self.limit_s = _within_hours(m, s, outbound=outbound)
        self.holds = _Holds(m.fleet, s)
        self.riders = np.stack([s.small, s.large, s.wheels], axis=1)
        self.clash = _packed(s.apart, self.words)

    def singles(self) -> Labels:
        """Runs with one group."""
        s, i = self.s, np.arange(self.n)
        seconds = self.step_s[self.venue, s.loc] + self.stop_s + s.board_s
        i = i[(seconds <= self.limit_s) & self.holds(s.small, s.large, s.wheels)]
        return Labels(
            bits=with_bit(np.zeros((len(i), self.words), np.uint64), i),
            end=s.loc[i],
            added=i,
            parent=np.full(len(i), -1),
            seconds=seconds[i],
            metres=self.step_m[self.venue, s.loc[i]],
            stops=np.ones(len(i), np.int64),
            load=self.riders[i],
        )

    def extend(self, level: Labels, first: int, room: int, stop: Stop) -> Labels | None:
        """Runs with one group more than those of ``level``, whose labels begin at ``first``.

        Of each (set, far end, stops) the Pareto-best are kept, sorted by set. None when stopped, or
        when there are more than ``room`` before that.
        """
        pieces: list[tuple[Ints, Ints, Ints]] = []
        for at in range(0, len(level.end), CHUNK):
            if stop.now or sum(len(p[0]) for p in pieces) > room:
                return None
            pieces.append(self._grown(level, at))
        a, i, seconds = (np.concatenate([p[c] for p in pieces]) for c in range(3))
        return self.pareto(level, first, a, i, seconds)[0]

    def pareto(
        self, level: Labels, first: int, a: Ints, i: Ints, seconds: Ints
    ) -> tuple[Labels, Ints]:
        """Runs of some ways to add group i to run a, the Pareto-best of each set; and which."""
        end, bits = self.s.loc[i], with_bit(level.bits[a], i)
        new_stop = (end != level.end[a]).astype(np.int64)
        stops = level.stops[a] + new_stop
        metres = level.metres[a] + new_stop * self.step_m[level.end[a], end]
        keys = [metres, seconds, stops, end, *bits.T]
        by = np.lexsort(keys)
        if len(by):
            same = np.logical_and.reduce([k[by[1:]] == k[by[:-1]] for k in keys[2:]])
            by = by[_least(np.append(True, ~same), metres[by])]
        load = level.load[a[by]] + self.riders[i[by]]
        labels = Labels(
            bits[by], end[by], i[by], a[by] + first, seconds[by], metres[by], stops[by], load
        )
        return labels, by

    def _grown(self, level: Labels, at: int) -> tuple[Ints, Ints, Ints]:
        """Ways to extend a chunk of labels: label, group, seconds."""
        few = slice(at, at + CHUNK)
        a, i, seconds = grown(
            level.bits[few],
            level.end[few],
            level.seconds[few],
            level.load[few],
            self.step_s,
            self.stop_s,
            self.s.loc,
            self.s.board_s,
            self.limit_s,
            self.riders,
            self.clash,
            self.holds.kinds,
        )
        return a + at, i, seconds


def with_bit(bits: Bits, i: Ints) -> Bits:
    """Sets with group ``i[a]`` added to set a."""
    bits = bits.copy()
    bits[np.arange(len(i)), i // 64] |= np.uint64(1) << (i % 64).astype(np.uint64)
    return bits


def _packed(rows: Bools, words: int) -> Bits:
    """Rows of a matrix as sets."""
    octets = np.zeros((len(rows), 8 * words), np.uint8)
    packed = np.packbits(rows, axis=1, bitorder="little")
    octets[:, : packed.shape[1]] = packed
    return octets.view("<u8").astype(np.uint64)


def _least(begins: Bools, metres: Ints) -> Bools:
    """Within each stretch, keep what has fewer metres than all before it (seconds ascend)."""
    stretch = np.cumsum(begins)
    below = int(metres.max(initial=0)) + 1  # every stretch lies below the one before
    falling = metres - stretch * below
    least = np.minimum.accumulate(falling)
    return begins | (falling < np.append(0, least[:-1]))


def _within_hours(m: Instance, s: SessionData, *, outbound: bool) -> Ints:
    """Ride limits cut to the hours in which any bus is free that day; ``(n,)``."""
    free = m.fleet.count[:, s.day] > 0
    if not free.any():
        return np.full(len(s.loc), -1)
    if outbound:
        return np.minimum(s.out_limit_s, s.arrive_s - int(m.fleet.free_from_s[free, s.day].min()))
    return np.minimum(s.back_limit_s, int(m.fleet.free_to_s[free, s.day].max()) - s.depart_s)


class _Holds:
    """Whether some bus that is free that day holds a load."""

    def __init__(self, fleet: Fleet, s: SessionData) -> None:
        free = fleet.count[:, s.day] > 0
        seats = (fleet.seats_small, fleet.seats_large, fleet.places, fleet.lost_seats)
        self.kinds = np.unique(np.stack([v[free] for v in seats], axis=1), axis=0)

    def __call__(self, small: Ints, large: Ints, wheels: Ints) -> Bools:
        shape = np.broadcast_shapes(small.shape, large.shape, wheels.shape)
        some = np.zeros(shape, np.bool_)
        for kind in self.kinds:
            some |= holds(small, large, wheels, *kind)
        return some


def holds(
    small: Ints,
    large: Ints,
    wheels: Ints,
    seats_small: Ints,
    seats_large: Ints,
    places: Ints,
    lost: Ints,
) -> Bools:
    """Seat rule: small/seats_small + large/seats_large <= 1, a used place takes large seats."""
    mixed = small * seats_large + (large + lost * wheels) * seats_small <= seats_small * seats_large
    return np.asarray(mixed & (wheels <= places))
