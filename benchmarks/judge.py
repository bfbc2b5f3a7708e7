"""What a solution of either schema is worth, driven on paper; shares no code with any solver.

Outbound: at a stop, groups board one after another, then ``stop_s`` passes, then the bus leaves; a
ride lasts from the start of the group's own boarding to the arrival. Return: ``stop_s`` first, then
groups alight one after another; a ride lasts from the departure to the end of the group's own
alighting. Consecutive groups of one position share a stop.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What a solution breaks, and what it comes to; money in 1e-4 US$."""

    errors: tuple[str, ...]
    cost: int
    penalised: int
    weighted_served: int
    weighted_asked: int
    students_served: int
    n_buses: int

    @property
    def feasible(self) -> bool:
        """Whether nothing is broken."""
        return not self.errors


def judge(inst: Json, solution: Json) -> Verdict:
    """Drive every bus of a solution and count what it breaks and costs."""
    court = _Court(inst)
    cost = sum(court.drive(n, bus) for n, bus in enumerate(solution["buses"]))
    court.count()
    groups = inst["groups"]
    served = [g for g in groups if court.rides[g["id"]]]
    weighted = sum(g["students"] * g["priority"] for g in served)
    asked = sum(g["students"] * g["priority"] for g in groups)
    return Verdict(
        errors=tuple(court.errors),
        cost=cost,
        penalised=cost + inst["objective"]["penalty_per_weighted_student"] * (asked - weighted),
        weighted_served=weighted,
        weighted_asked=asked,
        students_served=sum(g["students"] for g in served),
        n_buses=len(solution["buses"]),
    )


class _Court:
    """The instance by ids, what the solution used of it, and what it broke."""

    def __init__(self, inst: Json) -> None:
        self.inst = inst
        self.season = inst["schema"] == "pooled-season/1"
        self.group = {g["id"]: g for g in inst["groups"]}
        self.fleet = {f["id"]: f for f in inst["fleet"]}
        self.home = {g["id"]: g["loc"] for g in inst["garages"]}
        self.session = {
            s["id"]: {**s, "event": e["id"], "venue_loc": e["venue_loc"]}
            for e in inst.get("events", ())
            for s in e["sessions"]
        }
        self.errors: list[str] = []
        self.rides: Counter[Any] = Counter()
        self.used: Counter[tuple[Any, int]] = Counter()
        self.seats: Counter[Any] = Counter()

    def drive(self, n: int, bus: Json) -> int:
        """Cost of one bus."""
        f = self.fleet[bus["fleet"]]
        s = self.session[bus["session"]] if self.season else self.inst["event"]
        out = bus["outbound"]
        back = bus.get("return", out[::-1])
        if not out or sorted(out) != sorted(back):
            self.errors.append(f"bus {n}: empty, or brings others back than it took")
            return 0
        self.rides.update(out)
        self.used[f["id"], s.get("day", 0)] += 1
        load = sum(self.group[g]["students"] for g in out)
        self.seats[bus.get("session")] += load
        if load > f["capacity"]:
            self.errors.append(f"bus {n}: {load} on {f['capacity']} seats")
        if self.season and any(s["id"] not in self.group[g]["sessions"] for g in out):
            self.errors.append(f"bus {n}: a group does not accept session {s['id']}")
        arrive_s = bus.get("arrive_s", s["arrive_by_s"])
        if not s["arrive_from_s"] <= arrive_s <= s["arrive_by_s"]:
            self.errors.append(f"bus {n}: arrives at {arrive_s}")
        away_s, away_m = self._outbound(n, f, s["venue_loc"], out, arrive_s)
        back_s, back_m = self._return(n, f, s["venue_loc"], back, s["depart_s"])
        if arrive_s - away_s < f.get("free_from_s", -(10**9)):
            self.errors.append(f"bus {n}: leaves its garage before it is free")
        if s["depart_s"] + back_s > f.get("free_to_s", 10**9):
            self.errors.append(f"bus {n}: is back after it is free")
        paid_s = away_s + back_s + (s["depart_s"] - arrive_s if self.season else 0)
        driven = (away_m + back_m) * f["cost_per_m"] + paid_s * f["cost_per_s"]
        return int(f["fixed_cost"] + driven)

    def _outbound(
        self, n: int, f: Json, venue: int, order: list[Any], arrive_s: int
    ) -> tuple[int, int]:
        """Seconds and metres from the garage to the venue, told backwards from the arrival."""
        away_s = away_m = 0
        at = None
        for g in map(self.group.__getitem__, reversed(order)):
            if g["loc"] != at:
                to = venue if at is None else at
                away_s += self.inst["time_s"][g["loc"]][to] + self.inst["rules"]["stop_s"]
                away_m += self.inst["dist_m"][g["loc"]][to]
            away_s += self.inst["rules"]["board_s_per_student"] * g["students"]
            at = g["loc"]
            if away_s > g["max_ride_s"]:
                self.errors.append(f"bus {n}: {g['id']} rides {away_s} s out")
            if arrive_s - away_s < g["earliest_pickup_s"]:
                self.errors.append(f"bus {n}: {g['id']} is picked up too early")
        home = self.home[f["garage"]]
        return away_s + self.inst["time_s"][home][at], away_m + self.inst["dist_m"][home][at]

    def _return(
        self, n: int, f: Json, venue: int, order: list[Any], depart_s: int
    ) -> tuple[int, int]:
        """Seconds and metres from the venue to the garage."""
        away_s = away_m = 0
        at = None
        for g in map(self.group.__getitem__, order):
            if g["loc"] != at:
                start = venue if at is None else at
                away_s += self.inst["time_s"][start][g["loc"]] + self.inst["rules"]["stop_s"]
                away_m += self.inst["dist_m"][start][g["loc"]]
            away_s += self.inst["rules"]["board_s_per_student"] * g["students"]
            at = g["loc"]
            if away_s > g["max_ride_s"]:
                self.errors.append(f"bus {n}: {g['id']} rides {away_s} s back")
            if depart_s + away_s > g.get("latest_dropoff_s", 10**9):
                self.errors.append(f"bus {n}: {g['id']} is home too late")
        home = self.home[f["garage"]]
        return away_s + self.inst["time_s"][at][home], away_m + self.inst["dist_m"][at][home]

    def count(self) -> None:
        """Rules over all buses: groups once, buses of a kind a day, seats of a session."""
        self.errors += [f"group {g} rides {n} times" for g, n in self.rides.items() if n > 1]
        for (f, day), n in self.used.items():
            if n > self.fleet[f]["count"]:
                self.errors.append(f"fleet {f}: {n} buses on day {day}")
        for s, n in self.seats.items():
            if self.season and n > self.session[s]["seats"]:
                self.errors.append(f"session {s}: {n} people")
