"""One session as the peers see it: groups, buses, and arcs between them that hold everything else.

Nodes are groups, then garages, then the venue. The way back is the way out reversed, so an arc
costs both directions and one clock serves for both: a run may start boarding a group no earlier
than its limit before the arrival. A bus that would wait on the way can leave later instead, so time
windows are exact though they do not forbid waiting. Where roads differ by direction, the clock
takes the slower one, which is on the safe side.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.judge import Json

Ints = NDArray[np.int64]
FOREVER_S = 10**7


@dataclass(frozen=True)
class Vehicles:
    """Buses of one row of the fleet; money in 1e-4 US$ for both directions.

    Attributes
    ----------
    start
        Node of the garage.
    limit_s
        Seconds from leaving the garage to the arrival, at most.
    """

    fleet_id: Any
    count: int
    capacity: int
    start: int
    fixed: int
    per_m: int
    per_s: int
    limit_s: int


@dataclass(frozen=True)
class Run:
    """Groups that one bus brings, in the order of pick-up."""

    vehicle: int
    groups: list[int]


@dataclass(frozen=True)
class Trip:
    """One session.

    Attributes
    ----------
    students, limit_s, prize
        Of each group: seats, most seconds from its boarding to the arrival, price of leaving it.
    out_s
        Seconds of each arc on the clock, boarding at its tail included, ``(N, N)``.
    both_s, both_m
        Seconds and metres of each arc there and back, ``(N, N)``.
    arrive_s
        Of all runs, on a clock on which no run begins before 0.
    """

    group_ids: list[Any]
    students: Ints
    limit_s: Ints
    prize: Ints
    vehicles: list[Vehicles]
    out_s: Ints
    both_s: Ints
    both_m: Ints
    arrive_s: int

    @property
    def venue(self) -> int:
        """Node of the venue, the last one."""
        return len(self.out_s) - 1

    def cost(self, v: Vehicles) -> Ints:
        """Money of each arc for some buses, ``(N, N)``."""
        cost: Ints = self.both_m * v.per_m + self.both_s * v.per_s
        return cost

    def buses(self, runs: list[Run]) -> list[Json]:
        """Runs in the judge's format, without a return: it is the reverse of the way out."""
        return [
            {
                "fleet": self.vehicles[run.vehicle].fleet_id,
                "outbound": [self.group_ids[i] for i in run.groups],
            }
            for run in runs
        ]


def trip_of(
    inst: Json, session: Json, groups: list[Json], fleet: list[Json], *, waiting_is_paid: bool
) -> Trip:
    """The trip of some groups to one session by some buses."""
    arrive_by_s, depart_s = session["arrive_by_s"], session["depart_s"]
    free_s = {
        f["id"]: min(
            arrive_by_s - f.get("free_from_s", -FOREVER_S),
            f.get("free_to_s", FOREVER_S) - depart_s,
        )
        for f in fleet
    }
    fleet = [f for f in fleet if f["count"] > 0 and free_s[f["id"]] > 0]
    garages = list(dict.fromkeys(f["garage"] for f in fleet))
    at = {g["id"]: g["loc"] for g in inst["garages"]}
    loc = np.array([*(g["loc"] for g in groups), *map(at.get, garages), session["venue_loc"]])
    students = np.array([g["students"] for g in groups], dtype=np.int64)
    stand_s = _stand_s(inst, loc, students)
    road_s = np.array(inst["time_s"], dtype=np.int64)[np.ix_(loc, loc)]
    road_m = np.array(inst["dist_m"], dtype=np.int64)[np.ix_(loc, loc)]
    out_s = np.maximum(road_s, road_s.T) + stand_s
    out_s[len(groups) :, -1] = 0  # a bus without groups stays where it is
    limit_s = np.array([_limit_s(g, arrive_by_s, depart_s) for g in groups], dtype=np.int64)
    longest_s = int(limit_s.max(initial=0) + out_s.max())
    wait_s = depart_s - arrive_by_s if waiting_is_paid else 0
    penalty = inst["objective"]["penalty_per_weighted_student"]
    return Trip(
        group_ids=[g["id"] for g in groups],
        students=students,
        limit_s=limit_s,
        prize=penalty * np.array([g["students"] * g["priority"] for g in groups], dtype=np.int64),
        vehicles=[
            Vehicles(
                fleet_id=f["id"],
                count=f["count"],
                capacity=f["capacity"],
                start=len(groups) + garages.index(f["garage"]),
                fixed=f["fixed_cost"] + wait_s * f["cost_per_s"],
                per_m=f["cost_per_m"],
                per_s=f["cost_per_s"],
                limit_s=min(longest_s, free_s[f["id"]]),
            )
            for f in fleet
        ],
        out_s=out_s,
        both_s=road_s + road_s.T + 2 * stand_s,
        both_m=road_m + road_m.T,
        arrive_s=longest_s,
    )


def _limit_s(g: Json, arrive_by_s: int, depart_s: int) -> int:
    """Longest ride of a group, in seconds, by its limit and its hours, out and back."""
    return int(
        min(
            g["max_ride_s"],
            arrive_by_s - g["earliest_pickup_s"],
            g.get("latest_dropoff_s", FOREVER_S) - depart_s,
        )
    )


def _stand_s(inst: Json, loc: Ints, students: Ints) -> Ints:
    """Seconds a bus stands at the tail of each arc: boarding, and a stop when it then moves on."""
    n = len(students)
    stand_s = np.zeros((len(loc), len(loc)), dtype=np.int64)
    stand_s[:n] = inst["rules"]["stop_s"] * (loc[:n, None] != loc)
    stand_s[:n, -1] = inst["rules"]["stop_s"]
    stand_s[:n] += inst["rules"]["board_s_per_student"] * students[:, None]
    return stand_s
