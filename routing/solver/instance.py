"""Instance: a season as the solver sees it, in arrays and integers.

Letters (docs/method.md): i groups of a session, k bus types, d days, s sessions. Times are
seconds, distances metres, money whole numbers of ``1e-4 / money_q`` US$.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def ints(values: Sequence[int]) -> Ints:
    """Whole numbers as an array."""
    return np.array(values, dtype=np.int64)


FOREVER_S = 10**7
"""A limit that no run reaches: 115 days."""


@dataclass(frozen=True)
class Fleet:
    """Bus types k on days d.

    Attributes
    ----------
    garage
        Location, shape ``(K,)``.
    seats_small, seats_large, places, lost_seats
        Seats by age, wheelchair places, large seats lost to each used place, ``(K,)``.
    count, free_from_s, free_to_s
        Buses and their free hours, ``(K, days)``; 0 buses where none is free.
    fixed, per_m, per_s, per_wait_s, minimum, per_overtime_s
        Rates; overtime is what its seconds cost on top of ``per_s``, ``(K,)``.
    overtime_after_s, max_duty_s, max_drive_s
        Limits of the block, ``(K,)``.
    driver_minimum
        The least that a block's hours cost, ``(K,)``.
    min_riders
        People below whom a bus does not go to a session, ``(K,)``.
    tiers
        Beyond ``tiers[k, t, 0]`` metres of a block each costs ``tiers[k, t, 1]`` more (or less)
        than before, ascending, ``(K, tiers, 2)``.
    """

    garage: Ints
    seats_small: Ints
    seats_large: Ints
    places: Ints
    lost_seats: Ints
    count: Ints
    free_from_s: Ints
    free_to_s: Ints
    fixed: Ints
    per_m: Ints
    per_s: Ints
    per_wait_s: Ints
    minimum: Ints
    per_overtime_s: Ints
    overtime_after_s: Ints
    max_duty_s: Ints
    max_drive_s: Ints
    driver_minimum: Ints
    min_riders: Ints
    tiers: Ints

    @property
    def least_per_m(self) -> Ints:
        """The rate of the cheapest tier, ``(K,)``: no metre costs less."""
        rates = self.per_m[:, None] + np.cumsum(self.tiers[:, :, 1], axis=1)
        return np.asarray(np.minimum(self.per_m, rates.min(axis=1, initial=FOREVER_S * 10**6)))


@dataclass(frozen=True)
class SessionData:
    """One session s and the groups i that accept it.

    Attributes
    ----------
    day, first, last
        Day d; locations of the first and the last venue.
    arrive_s, depart_s
        Arrival of every bus at the first venue, departure from the last one.
    between_s, between_m
        Driving from venue to venue of the chain.
    max_people
        People limit of the session.
    request, part, loc, school
        Of each group: index of its request, number of its part from 0, location, school, ``(n,)``.
    people, small, large, wheels, board_s
        Of each group: people, small and large riders, wheelchairs, boarding seconds, ``(n,)``.
    out_limit_s, back_limit_s
        Longest ride out (also from earliest pick-up) and back (latest return), ``(n,)``.
    worth, dislike
        Students times weight; students times rank, ``(n,)``.
    apart
        Pairs that must not share a bus, ``(n, n)``.
    carry
        Whether bus type k may carry group i and the venues take so large a group, ``(K, n)``.
    counted
        Of each group, riders whom the weight counts, ``(n,)``.
    alone_m
        Of each group, counted riders times the metres of its own way out and back, ``(n,)``.
    payer
        Whether budget b pays for group i, ``(B, n)``.
    others_between
        ``between_s`` and ``between_m`` on the roads of the profiles 1, 2 ...
    """

    day: int
    first: int
    last: int
    arrive_s: int
    depart_s: int
    between_s: int
    between_m: int
    max_people: int
    max_people_per_school: int
    request: Ints
    part: Ints
    loc: Ints
    school: Ints
    people: Ints
    small: Ints
    large: Ints
    wheels: Ints
    board_s: Ints
    out_limit_s: Ints
    back_limit_s: Ints
    worth: Ints
    dislike: Ints
    apart: Bools
    carry: Bools
    counted: Ints
    alone_m: Ints
    payer: Bools
    others_between: tuple[tuple[int, int], ...] = ()

    def on(self, profile: int) -> "SessionData":
        """The session as buses of one profile of roads drive it."""
        if not self.others_between:
            return self
        both = (self.between_s, self.between_m), *self.others_between
        return replace(
            self, between_s=both[profile][0], between_m=both[profile][1], others_between=()
        )

    @property
    def wait_s(self) -> int:
        """Seconds that a bus stands at venues."""
        return self.depart_s - self.arrive_s - self.between_s

    @property
    def parts(self) -> Ints:
        """Into how many parts each group's request is cut for this session, ``(n,)``."""
        return np.array([int((self.request == r).sum()) for r in self.request], dtype=np.int64)


@dataclass(frozen=True)
class Instance:
    """Roads, fleet and sessions; ``seconds[p, q]`` and ``metres[p, q]`` between locations.

    Attributes
    ----------
    run_pairs
        Most run-pairs of a block, 1 or 2.
    garage_break_s
        A stay in the garage between two run-pairs is off the clock when it is at least so long.
    budgets
        Limits in 1e-4 US$, ``(B,)``.
    others
        Seconds and metres of the profiles of roads 1, 2 ...: 0 is the instance's own.
    profile
        Profile of bus type k on day d, ``(K, days)``; None when all have the same.
    must
        Requests r that are served in every plan.
    held
        Some requests r, and the least worth of them that is served, as often as there are such.
    """

    seconds: Ints
    metres: Ints
    stop_s: int
    money_q: int
    fleet: Fleet
    sessions: tuple[SessionData, ...]
    n_requests: int
    run_pairs: int = 1
    garage_break_s: int = 0
    budgets: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    others: tuple[tuple[Ints, Ints], ...] = ()
    profile: Ints | None = None
    must: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    held: tuple[tuple[Ints, int], ...] = ()

    def profiles_on(self, day: int) -> list[int]:
        """Profiles of the buses of a day; there is one at the least."""
        if self.profile is None:
            return [0]
        return np.unique(self.profile[self.fleet.count[:, day] > 0, day]).tolist() or [0]

    def on(self, profile: int) -> "Instance":
        """The instance as buses of one profile see it: its roads, and no buses of others."""
        if self.profile is None:
            return self
        seconds, metres = ((self.seconds, self.metres), *self.others)[profile]
        count = np.where(self.profile == profile, self.fleet.count, 0)
        return replace(
            self,
            seconds=seconds,
            metres=metres,
            fleet=replace(self.fleet, count=count),
            sessions=tuple(s.on(profile) for s in self.sessions),
            others=(),
            profile=None,
        )

    def driven_by(self, bus: int, day: int) -> "Instance":
        """The instance as a bus type sees it on a day."""
        return self if self.profile is None else self.on(int(self.profile[bus, day]))
