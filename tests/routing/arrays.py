"""Small instances written straight in arrays, random ones, and answers by trying everything.

Location 0 is the venue, location 1 the garage, groups stand at 2, 3 ... unless told otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tourpool.routing.solver.columns import Columns, session_columns
from tourpool.routing.solver.instance import (
    FOREVER_S,
    Bools,
    Fleet,
    Instance,
    Ints,
    SessionData,
    ints,
)
from tourpool.routing.solver.select import Picks, Selection, Totals

VENUE, GARAGE = 0, 1
HOUR = 3600
ARRIVE_S, DEPART_S = 10 * HOUR, 12 * HOUR
DAY_S = 24 * HOUR

laws = settings(
    max_examples=30,
    deadline=None,  # the first one loads the engines
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""For laws that take milliseconds an example."""
slow_laws = settings(laws, max_examples=15)
"""For laws that solve, or try every choice."""

SESSION = SessionData(
    day=0,
    first=VENUE,
    last=VENUE,
    arrive_s=ARRIVE_S,
    depart_s=DEPART_S,
    between_s=0,
    between_m=0,
    max_people=FOREVER_S,
    max_people_per_school=FOREVER_S,
    request=ints([]),
    part=ints([]),
    loc=ints([]),
    school=ints([]),
    people=ints([]),
    small=ints([]),
    large=ints([]),
    wheels=ints([]),
    board_s=ints([]),
    out_limit_s=ints([]),
    back_limit_s=ints([]),
    worth=ints([]),
    dislike=ints([]),
    apart=np.zeros((0, 0), np.bool_),
    carry=np.zeros((1, 0), np.bool_),
    counted=ints([]),
    alone_m=ints([]),
    payer=np.zeros((0, 0), np.bool_),
)


def fleet(**columns: Any) -> Fleet:
    """Bus types of 50 seats that stand at the garage and cost 1 for each metre.

    A column that is given says how many types there are; ``count`` and free hours are per type and
    hold on all days.
    """
    days = columns.pop("days", 1)
    n = max((len(v) for v in columns.values()), default=1)
    plain = {
        "garage": GARAGE,
        "seats_small": 75,
        "seats_large": 50,
        "places": 0,
        "lost_seats": 4,
        "count": 1,
        "free_from_s": 0,
        "free_to_s": DAY_S,
        "fixed": 0,
        "per_m": 1,
        "per_s": 0,
        "per_wait_s": 0,
        "minimum": 0,
        "per_overtime_s": 0,
        "overtime_after_s": FOREVER_S,
        "max_duty_s": FOREVER_S,
        "max_drive_s": FOREVER_S,
        "driver_minimum": 0,
        "min_riders": 0,
    }
    tiers = np.array(columns.pop("tiers", [[]] * n), np.int64).reshape(n, -1, 2)
    arrays = {name: ints(columns.get(name, [value] * n)) for name, value in plain.items()}
    for name in ("count", "free_from_s", "free_to_s"):
        arrays[name] = np.repeat(arrays[name][:, None], days, axis=1)
    return Fleet(**arrays, tiers=tiers)


def session(loc: Sequence[int], *, buses: int = 1, **changes: Any) -> SessionData:
    """A session of groups at these locations: 10 large riders each, all of other requests."""
    n = len(loc)
    rows: dict[str, Any] = {
        "request": range(n),
        "part": [0] * n,
        "loc": loc,
        "school": loc,
        "large": [10] * n,
        "small": [0] * n,
        "wheels": [0] * n,
        "board_s": [0] * n,
        "out_limit_s": [DAY_S] * n,
        "back_limit_s": [DAY_S] * n,
        "worth": [1000] * n,
        "dislike": [0] * n,
        "counted": [10] * n,
        "alone_m": [1] * n,
    }
    rows |= {name: changes.pop(name) for name in tuple(rows) if name in changes}
    arrays: dict[str, Any] = {name: ints(list(value)) for name, value in rows.items()}
    arrays["people"] = ints(list(changes.pop("people", arrays["large"] + arrays["small"])))
    apart = np.zeros((n, n), np.bool_)
    for i, j in changes.pop("apart", ()):
        apart[i, j] = apart[j, i] = True
    carry = np.array(changes.pop("carry", np.ones((buses, n), np.bool_)), np.bool_)
    payer = np.array(changes.pop("payer", np.zeros((0, n))), np.bool_)
    return replace(SESSION, **arrays, apart=apart, carry=carry, payer=payer, **changes)


def instance(
    seconds: Sequence[Sequence[int]],
    *sessions: SessionData,
    metres: Sequence[Sequence[int]] | None = None,
    buses: Fleet | None = None,
    stop_s: int = 0,
    money_q: int = 1,
) -> Instance:
    """An instance; metres are the seconds unless given."""
    table = np.array(seconds, dtype=np.int64)
    requests = [int(r) for s in sessions for r in s.request]
    return Instance(
        seconds=table,
        metres=table if metres is None else np.array(metres, dtype=np.int64),
        stop_s=stop_s,
        money_q=money_q,
        fleet=buses or fleet(),
        sessions=sessions,
        n_requests=max(requests, default=-1) + 1,
    )


def same_way(n: int, seconds: int = 600) -> list[list[int]]:
    """So many seconds from each of n locations to each other."""
    return [[0 if i == j else seconds for j in range(n)] for i in range(n)]


def selection(m: Instance) -> Selection:
    """All columns of all sessions."""
    return Selection(m, [session_columns(m, s) for s in m.sessions])


def all_picks(columns: Sequence[Columns]) -> Picks:
    """Every column that can be driven."""
    rows = [(s, a, k) for s, c in enumerate(columns) for a, k in np.argwhere(c.feasible).tolist()]
    return Picks(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def choices(sel: Selection) -> Iterator[Picks]:
    """Every choice of columns that keeps the rules, by trying all; the empty one is the first."""
    rows = all_picks(sel.columns).rows()
    groups = [
        frozenset((int(s), int(i)) for i in np.flatnonzero(sel.columns[s].inside[a]))
        for s, a, _ in rows
    ]
    chosen: list[int] = []

    def grow(first: int) -> Iterator[Picks]:
        picks = Picks(*rows[np.array(chosen, dtype=np.int64)].T)
        if keeps_rules(sel.m, sel.columns, picks):
            yield picks
        for p in range(first, len(rows)):
            if all(groups[p].isdisjoint(groups[q]) for q in chosen):
                chosen.append(p)
                yield from grow(p + 1)
                chosen.pop()

    return grow(0)


def keeps_rules(m: Instance, columns: Sequence[Columns], picks: Picks) -> bool:
    """Requests once and whole, people limits, buses of a type on a day; from the data alone."""
    aboard: list[tuple[int, int]] = []
    used: dict[tuple[int, int], int] = {}
    for s, a, k in picks.rows().tolist():
        aboard += [(s, i) for i in np.flatnonzero(columns[s].inside[a]).tolist()]
        day = m.sessions[s].day
        used[k, day] = used.get((k, day), 0) + 1
    if len(set(aboard)) < len(aboard):
        return False
    if any(n > m.fleet.count[k, day] for (k, day), n in used.items()):
        return False
    went: dict[int, int] = {}
    for s, data in enumerate(m.sessions):
        here = [i for t, i in aboard if t == s]
        if data.people[here].sum() > data.max_people:
            return False
        for school in set(data.school[here].tolist()):
            of = [i for i in here if data.school[i] == school]
            if data.people[of].sum() > data.max_people_per_school:
                return False
        for r in set(data.request[here].tolist()):
            if r in went or (data.request[here] == r).sum() < (data.request == r).sum():
                return False
            went[r] = s
    return True


def best(sel: Selection) -> Totals:
    """Most worth, and the least cost at which it can be had, by trying all."""
    found = [sel.totals(p) for p in choices(sel)]
    worth = max(t.worth for t in found)
    return min((t for t in found if t.worth == worth), key=lambda t: (t.cost, t.dislike))


def subsets(n: int) -> Iterator[tuple[int, ...]]:
    """All sets of 0 .. n-1 that are not empty."""
    for size in range(1, n + 1):
        yield from combinations(range(n), size)


def sets_of(inside: Bools) -> list[tuple[int, ...]]:
    """Rows of a membership matrix as tuples of groups."""
    return [tuple(np.flatnonzero(row).tolist()) for row in inside]


def square(draw: Any, n: int, most: int = 1500) -> Ints:
    """Random legs between n locations, neither symmetric nor metric; 0 on the spot."""
    legs = draw(st.lists(st.integers(60, most), min_size=n * n, max_size=n * n))
    table = np.array(legs, dtype=np.int64).reshape(n, n)
    np.fill_diagonal(table, 0)
    return table


def now_and_then(draw: Any, value: Any, usual: Any, one_in: int = 4) -> Any:
    """A value that binds, once in a while."""
    return value if draw(st.integers(1, one_in)) == one_in else usual


@st.composite
def small_instances(draw: Any, most_groups: int = 4, most_sessions: int = 1) -> Instance:
    """A few groups, one or two bus types, roads of any kind, and limits that bind now and then."""
    n = most_groups - now_and_then(draw, draw(st.integers(1, most_groups - 1)), 0)
    locations = 2 + n
    n_buses = draw(st.integers(1, 2))
    sessions = tuple(
        _drawn_session(draw, n, n_buses, day=d % 2)
        for d in range(draw(st.integers(1, most_sessions)))
    )

    def per_bus(low: int, high: int) -> Any:
        return draw(st.lists(st.integers(low, high), min_size=n_buses, max_size=n_buses))

    large = per_bus(12, 40)
    buses = fleet(
        days=2,
        garage=[GARAGE] * n_buses,
        seats_large=large,
        seats_small=[v + draw(st.integers(0, v // 2)) for v in large],
        places=per_bus(0, 2),
        lost_seats=per_bus(0, 4),
        count=[now_and_then(draw, 0, 1 + k, 6) for k in range(n_buses)],
        free_from_s=now_and_then(draw, per_bus(8 * HOUR, 9 * HOUR), [0] * n_buses),
        free_to_s=now_and_then(draw, per_bus(13 * HOUR, 14 * HOUR), [DAY_S] * n_buses),
        fixed=per_bus(0, 9000),
        per_m=per_bus(0, 3),
        per_s=per_bus(0, 3),
        per_wait_s=per_bus(0, 2),
        minimum=per_bus(0, 12000),
        overtime_after_s=per_bus(3 * HOUR, 4 * HOUR),
        per_overtime_s=per_bus(0, 3),
        max_duty_s=now_and_then(draw, per_bus(3 * HOUR, 5 * HOUR), [DAY_S] * n_buses),
        max_drive_s=now_and_then(draw, per_bus(1 * HOUR, 2 * HOUR), [DAY_S] * n_buses),
    )
    return instance(
        square(draw, locations).tolist(),
        *sessions,
        metres=square(draw, locations, 4000).tolist(),
        buses=buses,
        stop_s=draw(st.sampled_from((0, 180))),
        money_q=draw(st.sampled_from((1, 7))),
    )


def _drawn_session(draw: Any, n: int, n_buses: int, day: int) -> SessionData:
    def of(low: int, high: int) -> Any:
        return draw(st.lists(st.integers(low, high), min_size=n, max_size=n))

    loc = [2 + now_and_then(draw, 0, i, 6) for i in range(n)]  # some at one place
    large, small = of(1, 8), now_and_then(draw, of(0, 8), [0] * n, 2)
    pairs = list(combinations(range(n), 2))
    apart = now_and_then(draw, pairs[:1], [])
    cut = n >= 2 and draw(st.integers(1, 4)) == 4  # the last two are parts of one request
    carry = np.ones((n_buses, n), np.bool_)
    carry[0, 0] = now_and_then(draw, False, True)
    return session(
        loc,
        buses=n_buses,
        day=day,
        request=[*range(n - 1), n - 2] if cut else range(n),
        part=[*[0] * (n - 1), 1] if cut else [0] * n,
        large=large,
        small=small,
        wheels=[now_and_then(draw, 1, 0, 8) for _ in range(n)],
        board_s=[4 * (a + b) for a, b in zip(large, small, strict=True)],
        out_limit_s=[now_and_then(draw, v, 6000, 3) for v in of(600, 3000)],
        back_limit_s=[now_and_then(draw, v, 6000, 3) for v in of(600, 3000)],
        worth=[100 * v for v in of(1, 9)],
        dislike=of(0, 9),
        apart=apart,
        carry=carry,
        max_people=now_and_then(draw, 20, FOREVER_S),
        max_people_per_school=now_and_then(draw, 12, FOREVER_S),
    )
