"""PyVRP: prizes for groups, a vehicle type for each row of the fleet, a profile for its rates."""

import warnings
from typing import Any

import numpy as np
import pyvrp
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxRuntime

from benchmarks.trip import Run, Trip

SEED = 1
LEAST_PENALTY = 1e5
UPDATES = 100
"""Solutions between two changes of the penalties, which have far to go; 500 is PyVRP's own."""


def solve(trip: Trip, seconds: float) -> list[Run]:
    """The best runs found in some seconds."""
    if not len(trip.students) or not trip.vehicles:
        return []
    data = _data(trip)
    params = pyvrp.SolveParams(penalty=_penalties(trip))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        result = pyvrp.solve(data, MaxRuntime(seconds), SEED, params=params, display=False)
    return [
        Run(route.vehicle_type(), [a.idx for a in route if a.is_client()])
        for route in result.best.routes()
    ]


def _penalties(trip: Trip) -> pyvrp.PenaltyParams:
    """Up to the largest prize a seat or second over; PyVRP's own 1e5 makes overfull buses pay."""
    return pyvrp.PenaltyParams(
        solutions_between_updates=UPDATES,
        min_penalty=LEAST_PENALTY,
        max_penalty=max(2 * LEAST_PENALTY, float(trip.prize.max())),
    )


def _data(trip: Trip) -> pyvrp.ProblemData:
    """Locations are the nodes; costs are all in distances."""
    n, n_nodes = len(trip.students), len(trip.out_s)
    rates = list(dict.fromkeys((v.per_m, v.per_s) for v in trip.vehicles))
    costs: dict[tuple[int, int], Any] = {(v.per_m, v.per_s): trip.cost(v) for v in trip.vehicles}
    out_s: Any = trip.out_s.copy()
    for matrix in (*costs.values(), out_s):
        np.fill_diagonal(matrix, 0)
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(n_nodes)],
        clients=[
            pyvrp.Client(
                location=i,
                pickup=[int(trip.students[i])],
                tw_early=int(trip.arrive_s - trip.limit_s[i]),
                tw_late=trip.arrive_s,
                prize=int(trip.prize[i]),
                required=False,
            )
            for i in range(n)
        ],
        depots=[pyvrp.Depot(node, tw_late=trip.arrive_s) for node in range(n, n_nodes)],
        vehicle_types=[
            pyvrp.VehicleType(
                num_available=v.count,
                capacity=[v.capacity],
                start_depot=v.start - n,
                end_depot=trip.venue - n,
                fixed_cost=v.fixed,
                tw_early=trip.arrive_s - v.limit_s,
                unit_distance_cost=1,
                profile=rates.index((v.per_m, v.per_s)),
            )
            for v in trip.vehicles
        ],
        distance_matrices=[costs[r] for r in rates],
        duration_matrices=[out_s for _ in rates],
    )
