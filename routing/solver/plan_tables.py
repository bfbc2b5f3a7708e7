"""Tables of a plan under construction, both ways of each bus at once.

A direction is 0 on the way out, 1 on the way back. Orders are held from the venue outwards, so that
what is added at the far end changes no ride of those already on. `moves.py` makes the tables.
"""

from typing import NamedTuple, cast

import numpy as np

from tourpool.routing.solver.compiled import Floats
from tourpool.routing.solver.instance import Bools, Ints

SESSION, REQUEST, LOC, BOARD, LIMIT, LIMIT_BACK, SMALL, LARGE, WHEELS, PEOPLE, SCHOOL, ALONE_M = (
    range(12)
)
"""Columns of a table of groups of all sessions; SCHOOL is that of one school in one session."""

FIRST, LAST, DAY, MAX_PEOPLE = range(4)
"""Columns of a table of sessions."""

SEATS_SMALL, SEATS_LARGE, PLACES, LOST, MIN_RIDERS = range(5)
"""Columns of a table of what bus types hold."""

(BUS, AT, N, COST, RIDERS_SMALL, RIDERS_LARGE, RIDERS_WHEELS, RIDERS, BOARDING, OWN_M) = range(10)
SECS, METRES, STOPS, END = 10, 12, 14, 16
"""Columns of a table of blocks; from SECS, METRES, STOPS and END on one for each direction: from
the venue to the far end."""
BLOCK_COLUMNS = 18

NOT, ZERO = cast("int", np.int64(-1)), cast("int", np.int64(0))
"""-1 and 0 as variables: for literals code would be compiled a second time."""

PER_SECOND = 1e-6
"""What a second counts for on top of its price, so that of ways that cost the same the shorter one
is taken."""


class Task(NamedTuple):
    """What does not change.

    Attributes
    ----------
    road_s, road_m
        Seconds and metres: of profile q of roads, direction d at ``2 * q + d``, ``(2 Q, near,
        far)``.
    profile
        Of bus types on each day, ``(days, K)``.
    group, payer_m, avoid_at, avoid
        Groups, ``(G, 12)``; riders times metres that each budget pays for, ``(G, B)``; from
        ``avoid_at[g]`` to ``avoid_at[g + 1]`` those that must not share a bus with g.
    carry, hold, buses, number, alone
        Of bus types: whom they may carry, ``(K, G)``; what they hold; their tables of each day,
        ``(days, K, ...)``; how many there are, ``(days, K)``; cost with one group, ``(G, K)``.
    session, fixed, school_room, budget
        Of sessions, ``(S, 4)``, and for each profile ``(S, Q, 6)``; people of one school in one;
        limits of budgets.
    unit_at, unit, gain, groups
        Request r can be served by each of the units from ``unit_at[r]`` to ``unit_at[r + 1]``: the
        groups from ``unit[u]`` to ``unit[u + 1]`` all together, for which ``gain[u]`` is given.
    near
        Of each request the nearest ones, itself first, ``(R, most)``.
    """

    road_s: Ints
    road_m: Ints
    profile: Ints
    group: Ints
    payer_m: Ints
    avoid_at: Ints
    avoid: Ints
    carry: Bools
    hold: Ints
    buses: Ints
    number: Ints
    alone: Ints
    session: Ints
    fixed: Ints
    school_room: Ints
    budget: Ints
    unit_at: Ints
    unit: Ints
    gain: Floats
    groups: Ints
    near: Ints


class State(NamedTuple):
    """A plan, and what of each limit it uses.

    Attributes
    ----------
    block, payer_m
        Blocks, ``(blocks, 18)``; a row with no groups stands for none.
    order, ride, slack
        Of each direction and block the groups from the venue outwards, their seconds on board, and
        by how much all from here on may ride longer, ``(2, blocks, most)``.
    where, unit
        Of each group its block, of each request its unit; -1 for none.
    used, people, school, spent
        Buses of each day and type, people of sessions and of schools in them, budgets.
    total
        Cost, and what the requests served gain, ``(2,)``.
    touched
        Blocks changed since the last look.
    """

    block: Ints
    payer_m: Ints
    order: Ints
    ride: Ints
    slack: Ints
    where: Ints
    unit: Ints
    used: Ints
    people: Ints
    school: Ints
    spent: Ints
    total: Floats
    touched: Bools
