"""VROOM: jobs with priorities, a vehicle for each bus, matrices of seconds and of money for rates.

VROOM serves the most priority first and then the least cost; it ends by itself, before any time
limit, when its searches have.
"""

from datetime import timedelta

import numpy as np
import vroom

from benchmarks.trip import Ints, Run, Trip

THOROUGH = 5
MOST_PRIORITY = 100
MOST_COST = 2**30
"""Matrices hold 32 bits."""


def solve(trip: Trip, seconds: float) -> list[Run]:
    """The runs that VROOM ends with, or has when the seconds are over."""
    if not len(trip.students) or not trip.vehicles:
        return []
    problem = vroom.Input()
    _roads(trip, problem)
    of = [k for k, v in enumerate(trip.vehicles) for _ in range(v.count)]
    for bus, k in enumerate(of):
        v = trip.vehicles[k]
        problem.add_vehicle(
            vroom.Vehicle(
                bus,
                start=v.start,
                end=trip.venue,
                profile=f"{v.per_m} {v.per_s}",
                capacity=[v.capacity],
                costs=vroom.VehicleCosts(fixed=v.fixed),
                time_window=(trip.arrive_s - v.limit_s, trip.arrive_s),
            )
        )
    priorities = _priorities(trip)
    for i in range(len(trip.students)):
        early_s = min(int(trip.arrive_s - trip.limit_s[i]), trip.arrive_s)
        problem.add_job(
            vroom.Job(
                i,
                location=i,
                pickup=[int(trip.students[i])],
                priority=int(priorities[i]),
                time_windows=[(early_s, trip.arrive_s)],
            )
        )
    limit = timedelta(seconds=seconds)
    solution = problem.solve(exploration_level=THOROUGH, nb_threads=2, timeout=limit)
    runs: dict[int, list[int]] = {}
    for step in solution.routes.to_dict("records"):
        if step["type"] == "job":
            runs.setdefault(int(step["vehicle_id"]), []).append(int(step["id"]))
    return [Run(of[bus], groups) for bus, groups in runs.items()]


def _roads(trip: Trip, problem: vroom.Input) -> None:
    for v in {(v.per_m, v.per_s): v for v in trip.vehicles}.values():
        name = f"{v.per_m} {v.per_s}"
        seconds, cost = trip.out_s.copy(), np.minimum(trip.cost(v), MOST_COST)
        for matrix in (seconds, cost):
            np.fill_diagonal(matrix, 0)
        problem.set_durations_matrix(name, seconds.astype(np.uint32))
        problem.set_costs_matrix(name, cost.astype(np.uint32))


def _priorities(trip: Trip) -> Ints:
    """Prizes on VROOM's scale up to 100; exact when no prize is more than 100 weighted students."""
    unit = int(np.gcd.reduce(trip.prize))
    scaled = trip.prize // max(unit, 1)
    most = max(int(scaled.max()), 1)
    if most <= MOST_PRIORITY:
        return np.asarray(scaled, dtype=np.int64)
    return np.maximum(1, np.rint(scaled * MOST_PRIORITY / most)).astype(np.int64)
