"""How the peers solve an instance: one trip, or the sessions of a season one after the other.

No peer has a way to say that a group rides to one of several sessions with buses of several days,
so a season is shared out greedily: each session in turn offers itself to the groups and buses that
are left, and gets its share of the time that is left.
"""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.judge import Json
from benchmarks.trip import Run, Trip, trip_of

Peer = Callable[[Trip, float], list[Run]]


def solve_trip(peer: Peer, inst: Json, seconds: float) -> Json:
    """Solution of a pooled-trip instance; building the model counts as time of the peer."""
    end = time.perf_counter() + seconds
    trip = trip_of(inst, inst["event"], inst["groups"], inst["fleet"], waiting_is_paid=False)
    return {"buses": trip.buses(peer(trip, _left(end)))}


def solve_season(peer: Peer, inst: Json, seconds: float) -> Json:
    """Solution of a pooled-season instance, session by session in the order of days."""
    end = time.perf_counter() + seconds
    sessions = [(e, s) for e in inst["events"] for s in e["sessions"]]
    sessions.sort(key=lambda pair: int(pair[1]["day"]))
    used: Counter[tuple[Any, int]] = Counter()
    served: set[Any] = set()
    buses: list[Json] = []
    for done, (event, s) in enumerate(sessions):
        groups = [g for g in inst["groups"] if s["id"] in g["sessions"] and g["id"] not in served]
        fleet = [{**f, "count": f["count"] - used[f["id"], s["day"]]} for f in inst["fleet"]]
        if not groups:
            continue
        session = {**s, "venue_loc": event["venue_loc"]}
        trip = trip_of(inst, session, groups, fleet, waiting_is_paid=True)
        for bus in trip.buses(peer(trip, _left(end) / (len(sessions) - done))):
            used[bus["fleet"], s["day"]] += 1
            served.update(bus["outbound"])
            buses.append({**bus, "session": s["id"]})
    return {"buses": buses}


def _left(end: float) -> float:
    return max(0.001, end - time.perf_counter())
