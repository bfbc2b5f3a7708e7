"""OR-Tools' RoutingModel: guided local search from parallel cheapest insertion."""

import math

from ortools.constraint_solver import pywrapcp
from ortools.constraint_solver.routing_enums_pb2 import (
    FirstSolutionStrategy,
    LocalSearchMetaheuristic,
)

from benchmarks.trip import Run, Trip


def solve(trip: Trip, seconds: float) -> list[Run]:
    """The best runs found in some seconds."""
    if not len(trip.students) or not trip.vehicles:
        return []
    of = [k for k, v in enumerate(trip.vehicles) for _ in range(v.count)]
    starts = [trip.vehicles[k].start for k in of]
    index = pywrapcp.RoutingIndexManager(len(trip.out_s), len(of), starts, [trip.venue] * len(of))
    vrp = pywrapcp.RoutingModel(index)
    _costs(trip, of, vrp)
    _load(trip, of, index, vrp)
    _clock(trip, of, index, vrp)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(max(1, math.floor(1000 * seconds)))
    solution = vrp.SolveWithParameters(parameters)
    if solution is None:
        return []
    return _runs(of, index, vrp, solution)


def _costs(trip: Trip, of: list[int], vrp: pywrapcp.RoutingModel) -> None:
    """(1) min arcs + fixed costs of the buses used + prizes of the groups left."""
    by_rates: dict[tuple[int, int], int] = {}
    for bus, k in enumerate(of):
        v = trip.vehicles[k]
        rates = (v.per_m, v.per_s)
        if rates not in by_rates:
            by_rates[rates] = vrp.RegisterTransitMatrix(trip.cost(v).tolist())
        vrp.SetArcCostEvaluatorOfVehicle(by_rates[rates], bus)
        vrp.SetFixedCostOfVehicle(v.fixed, bus)


def _load(
    trip: Trip, of: list[int], index: pywrapcp.RoutingIndexManager, vrp: pywrapcp.RoutingModel
) -> None:
    """(2) load <= seats of the bus; a group may be left for its prize."""
    seats = [trip.vehicles[k].capacity for k in of]
    empty = [0] * (len(trip.out_s) - len(trip.students))
    load = vrp.RegisterUnaryTransitVector([*trip.students.tolist(), *empty])
    vrp.AddDimensionWithVehicleCapacity(load, 0, seats, True, "load")
    for i, prize in enumerate(trip.prize.tolist()):
        vrp.AddDisjunction([index.NodeToIndex(i)], prize)


def _clock(
    trip: Trip, of: list[int], index: pywrapcp.RoutingIndexManager, vrp: pywrapcp.RoutingModel
) -> None:
    """(3) boarding of i >= arrival - its limit; (4) leaving the garage >= arrival - the bus's."""
    arc = vrp.RegisterTransitMatrix(trip.out_s.tolist())
    vrp.AddDimension(arc, 0, trip.arrive_s, False, "clock")
    clock = vrp.GetDimensionOrDie("clock")
    for i, limit_s in enumerate(trip.limit_s.tolist()):
        clock.CumulVar(index.NodeToIndex(i)).SetMin(max(0, trip.arrive_s - limit_s))
    for bus, k in enumerate(of):
        clock.CumulVar(vrp.Start(bus)).SetMin(trip.arrive_s - trip.vehicles[k].limit_s)


def _runs(
    of: list[int],
    index: pywrapcp.RoutingIndexManager,
    vrp: pywrapcp.RoutingModel,
    solution: pywrapcp.Assignment,
) -> list[Run]:
    runs = []
    for bus, k in enumerate(of):
        groups, at = [], solution.Value(vrp.NextVar(vrp.Start(bus)))
        while not vrp.IsEnd(at):
            groups.append(index.IndexToNode(at))
            at = solution.Value(vrp.NextVar(at))
        if groups:
            runs.append(Run(k, groups))
    return runs
