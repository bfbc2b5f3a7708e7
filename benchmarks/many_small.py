"""Instances whose feasible sets are too many to list: small groups, long rides, large buses.

A bus of 48 seats takes a dozen groups of two to six, and rides of up to three hours leave it the
time to. Same invented country as in `generate.py`.
"""

import random

from benchmarks.generate import HOUR_S, RATES, pooled_trip
from benchmarks.judge import Json

FEWEST, MOST = 2, 6
"""Students of a group."""
SEATS = (30, 48)
RATES_48 = (2_900_000, 14, 78)
"""For the day, a metre, a second; 1e-4 US$."""


def many_small(n: int, seed: int, *, max_ride_min: int = 165) -> Json:
    """One event on one day for n schools with one small group each; buses at every tenth school."""
    inst = pooled_trip(n, seed, seats_per_student=0, max_ride_min=max_ride_min)
    rng = random.Random(f"many small {n} {seed}")
    groups = [
        {**g, "students": rng.randint(FEWEST, MOST), "earliest_pickup_s": 6 * HOUR_S}
        for g in inst["groups"]
    ]
    garages = [{"id": i, "loc": i} for i in range(0, n, 10)]
    kinds = [(g["id"], seats) for g in garages for seats in SEATS]
    return {
        **inst,
        "name": f"small-n{n:03d}-s{seed}",
        "groups": groups,
        "garages": garages,
        "fleet": [_buses(k, *kind) for k, kind in enumerate(kinds)],
    }


def _buses(fleet_id: int, garage: int, seats: int) -> Json:
    """Two buses of one size in one garage."""
    fixed, per_m, per_s = RATES_48 if seats == max(SEATS) else RATES[seats]
    return {
        "id": fleet_id,
        "garage": garage,
        "capacity": seats,
        "count": 2,
        "fixed_cost": fixed,
        "cost_per_m": per_m,
        "cost_per_s": per_s,
    }
