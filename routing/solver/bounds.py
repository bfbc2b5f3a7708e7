"""What a bus costs at the least and what a run can still gain, for `bounded.py`.

All values are reduced costs of one direction; half of the gains, of the prices of buses, and of
what a bus costs whatever it does belongs to each.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.compiled_bounds import completions, masks_from, through
from tourpool.routing.solver.instance import FOREVER_S, Instance, Ints, SessionData
from tourpool.routing.solver.labels import Growth, Labels

UNITS = 72
"""Steps of load, where riders cannot be counted one by one."""


STATES = 30_000_000
"""States of one direction at the most, 8 bytes each."""


@dataclass(frozen=True)
class Detail:
    """How closely the bounds look.

    Attributes
    ----------
    near
        Groups near a far end whose presence on board they remember.
    width_s
        Length of a step of time.
    """

    near: int
    width_s: int


ROUGH, FINE = Detail(near=3, width_s=600), Detail(near=4, width_s=120)


@dataclass(frozen=True)
class Classes:
    """Bus types c of the same seats and rates.

    Attributes
    ----------
    of
        Class of each bus type, -1 for those not free that day, ``(K,)``.
    per_m, per_s
        What a metre and a second of duty cost at the least, ``(C,)``.
    half
        Half of what each bus type costs whatever it does, less half of its price, ``(K,)``.
    half_gain
        Of each group, ``(n,)``.
    weight, room
        Whole units of load of each group, rounded down, and of the bus, ``(C, n)`` and ``(C,)``.
    """

    of: Ints
    per_m: Floats
    per_s: Floats
    half: Floats
    half_gain: Floats
    weight: Ints
    room: Ints

    @classmethod
    def of_day(cls, m: Instance, s: SessionData, gain: Floats, mu: Floats, per_cost: float) -> Self:
        """What the bus types of the session's day cost at the least.

        Minimum, overtime, the driver's least pay and dearer tiers only add to it; rounding may take
        half of 1e-4 US$.
        """
        f, of = m.fleet, np.full(len(m.fleet.garage), -1)
        free = np.flatnonzero(f.count[:, s.day] > 0)
        key = np.stack([f.seats_small, f.seats_large, f.lost_seats, f.least_per_m, f.per_s], axis=1)
        rows, which = np.unique(key[free], axis=0, return_inverse=True)
        of[free] = which.ravel()
        unit = float(per_cost) / m.money_q
        always = f.fixed + f.per_wait_s * s.wait_s
        always = always + f.least_per_m * s.between_m + f.per_s * s.between_s
        loads = [_units(s, *row[:3]) for row in rows.tolist()]
        room = np.array([units for _, units in loads], dtype=np.int64)
        weight = np.array([load for load, _ in loads], dtype=np.int64).reshape(len(rows), len(gain))
        may = np.array([s.carry[of == c].any(axis=0) for c in range(len(rows))], dtype=np.bool_)
        return cls(
            of=of,
            per_m=np.asarray(unit * rows[:, 3]),
            per_s=np.asarray(unit * rows[:, 4]),
            half=(unit * always - per_cost / 2 - mu) / 2,
            half_gain=gain / 2,
            weight=np.where(may.reshape(weight.shape), weight, room[:, None] + 1),
            room=room,
        )


def _units(s: SessionData, small: int, large: int, lost: int) -> tuple[Ints, int]:
    """Load of each group and room of a bus in few whole units; at least one for each group."""
    load = s.small * large + (s.large + lost * s.wheels) * small
    room = small * large
    common = int(np.gcd.reduce(load, initial=room))
    load, room = load // common, room // common
    if room <= UNITS:
        return load, room
    units = max(UNITS, -(-room // int(load.min(initial=room))))
    return load * units // room, units


@dataclass(frozen=True)
class Side:
    """One direction of a session.

    Attributes
    ----------
    first, arc, end
        Value of a run's first group, of going on from i to j, of ending at i: ``(C, n)``,
        ``(C, n, n)``, ``(C, n)``.
    first_s, step_s, limit_s, soonest_s
        Seconds of a run's first group, of going on; ride limits; the least seconds at a group.
    bit, seen_by
        Masks of the groups nearby, see `compiled_bounds.completions`.
    rest
        The least that follows, ``(C, n, times, units, masks)``.
    """

    growth: Growth
    classes: Classes
    first: Floats
    arc: Floats
    end: Floats
    first_s: Ints
    step_s: Ints
    limit_s: Ints
    soonest_s: Ints
    bit: Ints
    seen_by: Ints
    rest: Floats
    width_s: int

    @classmethod
    def of(
        cls, m: Instance, s: SessionData, classes: Classes, detail: Detail, *, outbound: bool
    ) -> Self:
        """The values of one direction."""
        g = Growth(m, s, outbound=outbound)
        per_m, per_s = classes.per_m[:, None], classes.per_s[:, None]
        board_s = m.stop_s + s.board_s
        first_s = g.step_s[g.venue, s.loc] + board_s
        first = per_m * g.step_m[g.venue, s.loc] + per_s * first_s - classes.half_gain
        here, legs = s.loc[:, None] == s.loc, np.ix_(s.loc, s.loc)
        step_s = np.where(here, s.board_s, g.step_s[legs] + board_s)
        step_m = np.where(here, 0, g.step_m[legs])
        arc = per_m[:, None] * step_m + per_s[:, None] * step_s - classes.half_gain
        end = _homes(m, s, classes, g)
        near, bit = _nearby(step_s, detail.near)
        seen_by = masks_from(near, bit)
        width_s, shape = _states(classes, detail, g.limit_s, seen_by.shape[2])
        soonest_s = _soonest(first_s, step_s, g.limit_s)
        rest = np.full(shape, np.inf)
        for c, room in enumerate(classes.room.tolist()):
            completions(
                arc[c],
                end[c],
                classes.weight[c],
                room,
                step_s,
                g.limit_s,
                soonest_s,
                width_s,
                bit,
                seen_by,
                rest[c],
            )
        return cls(
            g,
            classes,
            first,
            arc,
            end,
            first_s,
            step_s,
            g.limit_s,
            soonest_s,
            bit,
            seen_by,
            rest,
            width_s,
        )

    def after(self, i: Ints, seconds: Ints, used: Ints) -> Floats:
        """The least that follows a run of group i alone, ``(C, len(i))``."""
        room, c = self.classes.room[:, None], np.arange(len(self.end))[:, None]
        left = room - used - self.classes.weight[:, i]
        least = self.rest[c, i, seconds // self.width_s, np.maximum(left, 0), 0]
        return np.where(left >= 0, least, np.inf)

    def alone(self) -> Floats:
        """Least value of this direction with group j, whoever i else is there, ``(C, n, n)``."""
        classes, n = self.end.shape
        values = np.empty((classes, n, n))
        for c, room in enumerate(self.classes.room.tolist()):
            values[c] = through(
                self.first[c],
                self.arc[c],
                self.classes.weight[c],
                room,
                self.first_s,
                self.step_s,
                self.limit_s,
                self.soonest_s,
                self.width_s,
                self.bit,
                self.seen_by,
                self.rest[c],
            )
        return values

    def so_far(self, labels: Labels, gained: Floats) -> Floats:
        """Value of runs without what follows, ``(L, C)``."""
        c = self.classes
        driven = labels.metres[:, None] * c.per_m + labels.seconds[:, None] * c.per_s
        return np.asarray(driven - gained[:, None])


def _states(
    classes: Classes, detail: Detail, limit_s: Ints, masks: int
) -> tuple[int, tuple[int, int, int, int, int]]:
    """Length of a step of time, and shape of the completions: ``(C, n, times, units, masks)``.

    Steps are longer where there would be too many states.
    """
    width_s, longest_s = detail.width_s, max(0, int(limit_s.max()))
    while True:
        times = longest_s // width_s + 1
        shape = (len(classes.room), len(limit_s), times, int(classes.room.max()) + 1, masks)
        if times == 1 or math.prod(shape) <= STATES:
            return width_s, shape
        width_s *= 2


def _homes(m: Instance, s: SessionData, classes: Classes, g: Growth) -> Floats:
    """Least value of ending at each group, over the garages of each class, ``(C, n)``."""
    garage, c = m.fleet.garage[:, None], classes.of
    home = g.step_s[s.loc, garage] * classes.per_s[c][:, None]
    home = home + g.step_m[s.loc, garage] * classes.per_m[c][:, None] + classes.half[:, None]
    return np.array([home[c == k].min(axis=0) for k in range(len(classes.room))])


def _nearby(step_s: Ints, most: int) -> tuple[Ints, Ints]:
    """The groups nearest to each group, ``(n, bits)``, and the bits of these, ``(n, n)``."""
    n = len(step_s)
    both = step_s + step_s.T
    np.fill_diagonal(both, 2 * FOREVER_S)
    near = np.argsort(both, axis=1, kind="stable")[:, : min(most, n - 1)]
    bit = np.zeros((n, n), np.int64)
    np.put_along_axis(bit, near, 1 << np.arange(near.shape[1]), axis=1)
    return near, bit


def _soonest(first_s: Ints, step_s: Ints, limit_s: Ints) -> Ints:
    """The least seconds of any run at each group."""
    soonest = np.where(first_s <= limit_s, first_s, FOREVER_S)
    while True:
        via = (soonest[:, None] + step_s).min(axis=0)
        if (via >= soonest).all():
            return soonest
        soonest = np.minimum(soonest, via)
