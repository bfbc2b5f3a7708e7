"""PyVRP: prizes for groups, a vehicle type for each row of the fleet, a profile for its rates."""

import warnings

import numpy as np
import pyvrp
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxRuntime

from benchmarks.trip import Run, Trip, within_seats

SEED = 1
LEAST_PENALTY = 1e5
UPDATES = 100
"""Solutions between two changes of the penalties, which have far to go; 500 is PyVRP's own."""


def solve(trip: Trip, seconds: float) -> list[Run]:
    """The best runs found in some seconds."""
    offered = within_seats(trip)
    if not offered or not trip.vehicles:
        return []
    data = _data(trip, offered)
    params = pyvrp.SolveParams(penalty=_penalties(trip))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        result = pyvrp.solve(data, MaxRuntime(seconds), SEED, params=params, display=False)
    return [
        Run(route.vehicle_type(), [offered[a.idx] for a in route if a.is_client()])
        for route in result.best.routes()
    ]


def _penalties(trip: Trip) -> pyvrp.PenaltyParams:
    """Up to the largest prize a seat or second over; PyVRP's own 1e5 makes overfull buses pay."""
    return pyvrp.PenaltyParams(
        solutions_between_updates=UPDATES,
        min_penalty=LEAST_PENALTY,
        max_penalty=max(2 * LEAST_PENALTY, float(trip.prize.max())),
    )


def _data(trip: Trip, offered: list[int]) -> pyvrp.ProblemData:
    """Locations are offered groups, then garages and the venue; costs are all in distances."""
    n, garages = len(offered), range(len(trip.students), len(trip.out_s))
    keep = np.array([*offered, *garages])
    at = np.ix_(keep, keep)
    rates = list(dict.fromkeys((v.per_m, v.per_s) for v in trip.vehicles))
    costs = {(v.per_m, v.per_s): trip.cost(v)[at] for v in trip.vehicles}
    out_s = trip.out_s[at].copy()
    for matrix in (*costs.values(), out_s):
        np.fill_diagonal(matrix, 0)
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in keep],
        clients=[
            pyvrp.Client(
                location=c,
                pickup=[int(trip.students[i])],
                tw_early=int(trip.arrive_s - trip.limit_s[i]),
                tw_late=trip.arrive_s,
                prize=int(trip.prize[i]),
                required=False,
            )
            for c, i in enumerate(offered)
        ],
        depots=[pyvrp.Depot(n + g, tw_late=trip.arrive_s) for g in range(len(garages))],
        vehicle_types=[
            pyvrp.VehicleType(
                num_available=v.count,
                capacity=[v.capacity],
                start_depot=v.start - len(trip.students),
                end_depot=len(garages) - 1,
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
