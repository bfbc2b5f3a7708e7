"""How the peers solve an instance: one trip, or the sessions of a season one after the other.

No peer has a way to say that a group rides to one of several sessions with buses of several days
and that a session has so many seats. So a season is shared out greedily: each session in turn takes
the groups worth most that it has seats for, of those left, and the buses left that day. Three
orders of the sessions are tried and the best is kept.
"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.judge import Json, judge
from benchmarks.trip import Run, Trip, trip_of

Peer = Callable[[Trip, float], list[Run]]


def solve_trip(peer: Peer, inst: Json, seconds: float) -> Json:
    """Solution of a pooled-trip instance; building the model counts as time of the peer."""
    end = time.perf_counter() + seconds
    trip = trip_of(inst, inst["event"], inst["groups"], inst["fleet"], waiting_is_paid=False)
    return {"buses": trip.buses(peer(trip, _left(end)))}


def solve_season(peer: Peer, inst: Json, seconds: float) -> Json:
    """Best solution of a pooled-season instance over the orders of its sessions."""
    end = time.perf_counter() + seconds
    orders = _orders(inst)
    tries = [
        _in_order(peer, inst, order, _left(end) / (len(orders) - done))
        for done, order in enumerate(orders)
    ]
    return min(tries, key=lambda solution: judge(inst, solution).penalised)


def _orders(inst: Json) -> list[list[Json]]:
    """Sessions by day, by most people who accept them, and by fewest."""
    asked: Counter[Any] = Counter()
    for g in inst["groups"]:
        asked.update(dict.fromkeys(g["sessions"], g["students"]))
    sessions = [
        {**s, "venue_loc": e["venue_loc"]}
        for e in inst["events"]
        for s in e["sessions"]
        if asked[s["id"]]
    ]
    by_asked = sorted(sessions, key=lambda s: asked[s["id"]])
    return [sorted(sessions, key=lambda s: int(s["day"])), by_asked[::-1], by_asked]


def _in_order(peer: Peer, inst: Json, sessions: list[Json], seconds: float) -> Json:
    """Each session in turn, with what is left of groups, buses and time."""
    end = time.perf_counter() + seconds
    used: Counter[tuple[Any, int]] = Counter()
    served: set[Any] = set()
    buses: list[Json] = []
    for done, s in enumerate(sessions):
        left = [g for g in inst["groups"] if s["id"] in g["sessions"] and g["id"] not in served]
        fleet = [{**f, "count": f["count"] - used[f["id"], s["day"]]} for f in inst["fleet"]]
        trip = trip_of(inst, s, within_seats(left, s["seats"]), fleet, waiting_is_paid=True)
        for bus in trip.buses(peer(trip, _left(end) / (len(sessions) - done))):
            used[bus["fleet"], s["day"]] += 1
            served.update(bus["outbound"])
            buses.append({**bus, "session": s["id"]})
    return {"buses": buses}


def within_seats(groups: list[Json], seats: int) -> list[Json]:
    """Groups worth most that fit so many seats: a knapsack, ``best[p]`` for p people at most."""
    best = np.zeros(seats + 1, dtype=np.int64)
    taken = []
    for g in groups:
        with_it = np.full_like(best, -1)
        with_it[g["students"] :] = best[: -g["students"]] + g["students"] * g["priority"]
        taken.append(with_it > best)
        best = np.maximum(best, with_it)
    chosen = []
    for g, better in zip(reversed(groups), reversed(taken), strict=True):
        if better[seats]:
            chosen.append(g)
            seats -= g["students"]
    return chosen[::-1]


def _left(end: float) -> float:
    return max(0.001, end - time.perf_counter())
