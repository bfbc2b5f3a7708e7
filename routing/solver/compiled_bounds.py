"""Bounds on what a run can still gain, compiled by numba at first use and kept in its cache.

A run in the making is seen through a few things only: its far end, its time in steps, the room
left on the bus, and which groups near its far end it has brought (a bit mask over the ``bits``
nearest ones; ng-routes of Baldacci, Mingozzi & Roberti 2011,
https://doi.org/10.1287/opre.1110.0975). Times and loads are rounded in the run's favour, so nothing
that a run can do is missed.
"""

import numba
import numpy as np

from tourpool.routing.solver.compiled import Bits, Floats, may_add
from tourpool.routing.solver.instance import Ints


@numba.njit(cache=True)
def completions(
    arc: Floats,
    end: Floats,
    weight: Ints,
    room: int,
    step_s: Ints,
    limit_s: Ints,
    soonest_s: Ints,
    width_s: int,
    bit: Ints,
    seen_by: Ints,
    best: Floats,
) -> None:
    """Fill in the least value of what follows a run's far end, ``(n, times, units, masks)``.

    Parameters
    ----------
    arc, end
        Value of going on from group i to j, and of ending at i (to the garage).
    weight, room
        Of each group; of the whole bus.
    step_s, limit_s, soonest_s
        Seconds that going on from i to j takes; ride limits; the least seconds at i.
    width_s
        Length of a step of time.
    bit, seen_by
        Bit of j in the masks of i, 0 for none; mask at j of a run with that mask at i.
    """
    n, times = best.shape[:2]
    for left in range(room + 1):
        for time in range(times):
            for i in range(n):
                row = best[i, time, left]
                row[:] = end[i]
                now_s = max(time * width_s, soonest_s[i])
                for j in range(n):
                    then_s = now_s + step_s[i, j]
                    if i == j or weight[j] > left or then_s > limit_s[j]:
                        continue
                    onward = best[j, then_s // width_s, left - weight[j]]
                    if arc[i, j] + onward[0] < end[i]:
                        _go_on(row, arc[i, j], onward, bit[i, j], seen_by[i, j])


@numba.njit(cache=True)
def _go_on(row: Floats, value: float, onward: Floats, bit: int, seen_by: Ints) -> None:
    """Lower the values at i where going on to j is better."""
    for mask in range(len(row)):
        if not mask & bit:
            row[mask] = min(row[mask], value + onward[seen_by[mask]])


@numba.njit(cache=True)
def through(
    first: Floats,
    arc: Floats,
    weight: Ints,
    room: int,
    first_s: Ints,
    step_s: Ints,
    limit_s: Ints,
    soonest_s: Ints,
    width_s: int,
    bit: Ints,
    seen_by: Ints,
    rest: Floats,
) -> Floats:
    """Least value of a whole run that brings group i, ``(n,)``.

    Parameters
    ----------
    first, first_s
        Value and seconds of beginning with group i.
    rest
        The completions; all others as there.
    """
    n, times, _, masks = rest.shape
    found = np.full(n, np.inf)
    best = np.full((room + 1, n, times, masks), np.inf)
    for i in range(n):
        if weight[i] <= room and first_s[i] <= limit_s[i]:
            at = best[weight[i], i, first_s[i] // width_s]
            at[0] = min(at[0], first[i])
    for load in range(room + 1):
        for i in range(n):
            for time in range(times):
                row = best[load, i, time]
                here = rest[i, time, room - load]
                least = np.inf
                for mask in range(masks):
                    least = min(least, row[mask])
                    found[i] = min(found[i], row[mask] + here[mask])
                if least == np.inf:
                    continue
                now_s = max(time * width_s, soonest_s[i])
                for j in range(n):
                    then_s = now_s + step_s[i, j]
                    if i == j or load + weight[j] > room or then_s > limit_s[j]:
                        continue
                    onward = best[load + weight[j], j, then_s // width_s]
                    for mask in range(masks):
                        if row[mask] < np.inf and not mask & bit[i, j]:
                            then = seen_by[i, j, mask]
                            onward[then] = min(onward[then], row[mask] + arc[i, j])
    return found


@numba.njit(cache=True)
def masks_from(near: Ints, bit: Ints) -> Ints:
    """Mask at j of a run that goes on to j from i with each mask there, ``(n, n, masks)``."""
    n, bits = near.shape
    seen_by = np.zeros((n, n, 2**bits), np.int64)
    for i in range(n):
        for j in range(n):
            for mask in range(2**bits):
                seen = bit[j, i]
                for b in range(bits):
                    if mask >> b & 1:
                        seen |= bit[j, near[i, b]]
                seen_by[i, j, mask] = seen
    return seen_by


@numba.njit(cache=True)
def grown_below(
    bits: Bits,
    added: Ints,
    seconds: Ints,
    load: Ints,
    value: Floats,
    other: Floats,
    used: Ints,
    fine: Floats,
    step_s: Ints,
    limit_s: Ints,
    riders: Ints,
    clash: Bits,
    kinds: Ints,
    arc: Floats,
    weight: Ints,
    room: Ints,
    pair: Floats,
    rest: Floats,
    width_s: int,
    bit: Ints,
    fine_at: Ints,
    fine_with: Ints,
    fines: Floats,
    threshold: float,
) -> tuple[Ints, Ints, Ints, Floats]:
    """Ways to add one group to a run that may come below a threshold: (run, group, seconds, bound).

    The bound is the least, over classes c of bus types, of: the run's value, the best that can
    follow it, and the best that the other direction can be with these groups; and the fines of the
    triples of which two are on board. Those of group i are at ``fine_at[i]`` up to
    ``fine_at[i + 1]``, with the two others in ``fine_with``.
    """
    n, classes = len(limit_s), len(room)
    count, size = 0, 4 * len(added) + 16
    label, group = np.empty(size, np.int64), np.empty(size, np.int64)
    total, low = np.empty(size, np.int64), np.empty(size)
    on = np.empty(n, np.int64)
    for a in range(len(added)):
        members = _members(bits[a], on)
        for i in range(n):
            then_s = seconds[a] + step_s[added[a], i]
            if then_s > limit_s[i] or not may_add(bits[a], load[a], i, riders[i], clash[i], kinds):
                continue
            mask = bit[i, on[0]]
            for x in range(1, members):
                mask |= bit[i, on[x]]
            bound = np.inf
            fined = fine[a] + _fined(bits[a], fine_at[i], fine_at[i + 1], fine_with, fines)
            for c in range(classes):
                left = room[c] - used[a, c] - weight[c, i]
                if left < 0:
                    continue
                least = fined + value[a, c] + arc[c, added[a], i]
                least += rest[c, i, then_s // width_s, left, mask]
                more = max(other[a, c], pair[c, i, i])
                if least + more >= min(bound, threshold):
                    continue
                for x in range(members):
                    more = max(more, pair[c, i, on[x]])
                bound = min(bound, least + more)
            if bound < threshold:
                if count == size:
                    size *= 2
                    label, group = _longer(label, size), _longer(group, size)
                    total, low = _longer(total, size), _longer(low, size)
                label[count], group[count], total[count], low[count] = a, i, then_s, bound
                count += 1
    return label[:count], group[:count], total[:count], low[:count]


@numba.njit(cache=True)
def _members(bits: Bits, on: Ints) -> int:
    """Write the groups of a set to ``on``; how many there are."""
    count = 0
    for i in range(len(on)):
        if _holds(bits, i):
            on[count] = i
            count += 1
    return count


@numba.njit(cache=True)
def _fined(bits: Bits, begin: int, end: int, fine_with: Ints, fines: Floats) -> float:
    """Fines of the triples of one more group of which exactly one other is on board."""
    fine = 0.0
    for t in range(begin, end):
        if _holds(bits, fine_with[t, 0]) != _holds(bits, fine_with[t, 1]):
            fine += fines[t]
    return fine


@numba.njit(cache=True)
def _holds(bits: Bits, i: int) -> bool:
    """Whether group i is in a set; -1 is in none."""
    return i >= 0 and (bits[i // 64] >> np.uint64(i % 64)) & np.uint64(1) != 0


@numba.njit(cache=True)
def more_fined(bits: Bits, group: Ints, fine_at: Ints, fine_with: Ints, fines: Floats) -> Floats:
    """What adding ``group[a]`` to set a is fined, ``(len(bits),)``."""
    fine = np.empty(len(bits))
    for a in range(len(bits)):
        i = group[a]
        fine[a] = _fined(bits[a], fine_at[i], fine_at[i + 1], fine_with, fines)
    return fine


@numba.njit(cache=True)
def _longer(v, size):  # type: ignore[no-untyped-def]
    """The same with more room at the end."""
    longer = np.empty(size, v.dtype)
    longer[: len(v)] = v
    return longer


@numba.njit(cache=True)
def worst_pair(bits: Bits, group: Ints, other: Floats, pair: Floats) -> Floats:
    """Bound of the other direction after adding ``group[a]`` to set a, ``(len(bits), classes)``."""
    after = other.copy()
    on = np.empty(pair.shape[1], np.int64)
    for a in range(len(bits)):
        i = group[a]
        members = _members(bits[a], on)
        for c in range(len(pair)):
            after[a, c] = max(after[a, c], pair[c, i, i])
            for x in range(members):
                after[a, c] = max(after[a, c], pair[c, i, on[x]])
    return after


@numba.njit(cache=True)
def least_with(bits: Bits, value: Floats, n: int) -> Floats:
    """Least value of the sets that hold both i and j, ``(classes, n, n)``; infinite for none."""
    classes = value.shape[1]
    pair = np.full((classes, n, n), np.inf)
    on = np.empty(n, np.int64)
    for a in range(len(bits)):
        members = _members(bits[a], on)
        for c in range(classes):
            for x in range(members):
                for y in range(members):
                    if value[a, c] < pair[c, on[x], on[y]]:
                        pair[c, on[x], on[y]] = value[a, c]
    return pair
