"""Benchmark instances of two schemas, solved for their penalised objective and written for a judge.

``pooled-trip/1`` is one event on one day, ``pooled-season/1`` a whole season. Seats there count
students, money is whole 1e-4 US$ per metre and second, and the objective is one number: cost plus a
penalty for each weighted student left behind.
"""

import csv
import json
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tourpool.events.files import written
from tourpool.events.problems import InputError
from tourpool.routing.memory import peak_mb
from tourpool.routing.solver.choice import whole_choice
from tourpool.routing.solver.columns import best_pair
from tourpool.routing.solver.instance import FOREVER_S, Fleet, Instance, Ints, SessionData
from tourpool.routing.solver.relax import Relaxation
from tourpool.routing.solver.room import GB, Room
from tourpool.routing.solver.select import NO_PICKS, USD, Selection, Stage
from tourpool.routing.solver.solve import solve_penalised
from tourpool.routing.solver.stage import Progress, StageResult
from tourpool.routing.solver.stop import Stop
from tourpool.routing.solver.unlisted import bound_of

HEADER = (
    "name",
    "penalised_usd",
    "lower_bound_usd",
    "status",
    "weighted_served",
    "weighted_bound",
    "seconds",
    "peak_mb",
)
Json = dict[str, Any]


class BenchError(InputError):
    """A file that is not an instance; says which and why."""


@dataclass(frozen=True)
class BenchRow:
    """One line of bench.csv."""

    name: str
    penalised_usd: float
    lower_bound_usd: float
    status: str
    weighted_served: int
    weighted_bound: int
    seconds: float
    peak_mb: int


def run_bench(
    files: Iterable[Path],
    seconds: float,
    out: Path,
    report: Callable[[BenchRow], None] | None = None,
    progress: Progress | None = None,
    memory_gb: float = GB,
) -> list[BenchRow]:
    """Solve instances, each within ``seconds``; write NAME.solution.json and bench.csv to ``out``.

    Lists of columns are kept within ``memory_gb``.

    Raises
    ------
    BenchError
        When a file is not an instance; nothing has been written then.
    """
    instances = [_read(path) for path in files]
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for inst in instances:
        row, solution = solve_instance(inst, Stop(seconds), progress, memory_gb)
        with written(out / f"{row.name}.solution.json") as path:
            path.write_text(json.dumps(solution), encoding="utf-8")
        rows.append(row)
        if report:
            report(row)
    with written(out / "bench.csv") as path, path.open("w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(HEADER)
        writer.writerows(
            [
                r.name,
                f"{r.penalised_usd:.4f}",
                f"{r.lower_bound_usd:.4f}",
                r.status,
                r.weighted_served,
                r.weighted_bound,
                f"{r.seconds:.2f}",
                r.peak_mb,
            ]
            for r in rows
        )
    return rows


def solve_instance(
    inst: Json, stop: Stop, progress: Progress | None = None, memory_gb: float = GB
) -> tuple[BenchRow, Json]:
    """Solve one instance; its line of bench.csv and its solution in the judge's format."""
    begin = time.perf_counter()
    m = to_instance(inst)
    room = Room.of_memory(m, memory_gb)
    selection = whole_choice(m, stop, room)
    per_worth = int(inst["objective"]["penalty_per_weighted_student"])
    selection, result = solve_penalised(selection, per_worth * USD, stop, progress, room)
    totals = selection.totals(result.picks)
    asked = sum(g["students"] * g["priority"] for g in inst["groups"])
    row = BenchRow(
        name=inst["name"],
        penalised_usd=(totals.cost + per_worth * (asked - totals.worth)) * USD,
        lower_bound_usd=_lower_bound(result, per_worth, asked, totals.cost, totals.worth) * USD,
        status="optimal" if result.optimal else "feasible",
        weighted_served=totals.worth,
        weighted_bound=_worth_bound(selection, asked, room, stop),
        seconds=time.perf_counter() - begin,
        peak_mb=peak_mb(),
    )
    return row, {"buses": [_bus(inst, selection, *p) for p in result.picks.rows().tolist()]}


def _lower_bound(result: StageResult, per_worth: int, asked: int, cost: int, worth: int) -> int:
    """Bound of the penalised objective in 1e-4 US$; rounded down by more than solvers may err."""
    if result.optimal:
        return cost + per_worth * (asked - worth)
    safe = result.bound - 1e-7 * max(1.0, abs(result.bound))
    return max(0, math.floor(safe / USD) + per_worth * asked)


def _worth_bound(selection: Selection, asked: int, room: Room, stop: Stop) -> int:
    """Most weighted students that any plan can serve, by the relaxation of that objective."""
    stage = Stage("worth", per_worth=1.0)
    if not selection.complete:
        return min(asked, math.floor(-bound_of(selection, stage, room, stop) + 1e-3))
    relaxation = Relaxation(selection, stage, NO_PICKS)
    relaxation.solve(stop)
    return min(asked, math.floor(-relaxation.value + 1e-3)) if relaxation.complete else asked


def _read(path: Path) -> Json:
    try:
        inst = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise BenchError(f"{path}: not a readable JSON file ({e})") from e
    if not isinstance(inst, dict) or str(inst.get("schema")) not in _READERS:
        known = " or ".join(_READERS)
        raise BenchError(f"{path}: not a benchmark instance; its schema should be {known}")
    try:
        to_instance(inst)
        int(inst["objective"]["penalty_per_weighted_student"])
        if Path(inst["name"]).name != inst["name"]:
            raise ValueError(f"name {inst['name']!r} cannot be that of a file")
    except (KeyError, IndexError, TypeError, ValueError) as e:
        raise BenchError(f"{path}: not a whole {inst['schema']} instance ({e!r})") from e
    return inst


def to_instance(inst: Json) -> Instance:
    """Arrays of an instance of either schema."""
    return _READERS[inst["schema"]](inst)


def _trip(inst: Json) -> Instance:
    event = inst["event"]
    session = {
        "id": 0,
        "day": 0,
        "arrive_by_s": event["arrive_by_s"],
        "depart_s": event["depart_s"],
        "seats": FOREVER_S,
    }
    fleet = [{"free_from_s": -FOREVER_S, "free_to_s": FOREVER_S, **f} for f in inst["fleet"]]
    groups = [{"latest_dropoff_s": FOREVER_S, **g} for g in inst["groups"]]
    sessions = [_session(inst, session, event["venue_loc"], groups, list(range(len(groups))))]
    return _instance(inst, fleet, sessions, n_days=1, waiting_is_paid=False)


def _season(inst: Json) -> Instance:
    sessions, groups = [], inst["groups"]
    for event in inst["events"]:
        for s in event["sessions"]:
            accept = [
                i
                for i, g in enumerate(groups)
                if g["event"] == event["id"] and s["id"] in g["sessions"]
            ]
            sessions.append(_session(inst, s, event["venue_loc"], groups, accept))
    n_days = 1 + max(s.day for s in sessions)
    return _instance(inst, inst["fleet"], sessions, n_days=n_days, waiting_is_paid=True)


_READERS: dict[str, Callable[[Json], Instance]] = {
    "pooled-trip/1": _trip,
    "pooled-season/1": _season,
}


def _session(inst: Json, s: Json, venue: int, groups: list[Json], accept: list[int]) -> SessionData:
    """One session; each accepting group is a request of its own."""
    of = [groups[i] for i in accept]

    def column(key: str) -> Ints:
        return np.array([g[key] for g in of], dtype=np.int64)

    students, n = column("students"), len(of)
    return SessionData(
        day=s["day"],
        first=venue,
        last=venue,
        arrive_s=s["arrive_by_s"],
        depart_s=s["depart_s"],
        between_s=0,
        between_m=0,
        max_people=s["seats"],
        max_people_per_school=FOREVER_S,
        request=np.array(accept, dtype=np.int64),
        part=np.zeros(n, np.int64),
        loc=column("loc"),
        school=column("loc"),
        people=students,
        small=np.zeros(n, np.int64),
        large=students,
        wheels=np.zeros(n, np.int64),
        board_s=inst["rules"]["board_s_per_student"] * students,
        out_limit_s=np.minimum(
            column("max_ride_s"), s["arrive_by_s"] - column("earliest_pickup_s")
        ),
        back_limit_s=np.minimum(column("max_ride_s"), column("latest_dropoff_s") - s["depart_s"]),
        worth=students * column("priority"),
        dislike=np.zeros(n, np.int64),
        apart=np.zeros((n, n), np.bool_),
        carry=np.ones((len(inst["fleet"]), n), np.bool_),
        counted=students,
        alone_m=np.ones(n, np.int64),
        payer=np.zeros((0, n), np.bool_),
    )


def _instance(
    inst: Json,
    fleet: list[Json],
    sessions: list[SessionData],
    *,
    n_days: int,
    waiting_is_paid: bool,
) -> Instance:
    at = {g["id"]: g["loc"] for g in inst["garages"]}

    def column(key: str) -> Ints:
        return np.array([f[key] for f in fleet], dtype=np.int64)

    def daily(key: str) -> Ints:
        return np.repeat(column(key)[:, None], n_days, axis=1)

    zero = np.zeros(len(fleet), np.int64)
    forever = np.full(len(fleet), 100 * FOREVER_S)
    return Instance(
        seconds=np.array(inst["time_s"], dtype=np.int64),
        metres=np.array(inst["dist_m"], dtype=np.int64),
        stop_s=inst["rules"]["stop_s"],
        money_q=1,
        fleet=Fleet(
            garage=np.array([at[f["garage"]] for f in fleet], dtype=np.int64),
            seats_small=column("capacity"),
            seats_large=column("capacity"),
            places=zero,
            lost_seats=zero,
            count=daily("count"),
            free_from_s=daily("free_from_s"),
            free_to_s=daily("free_to_s"),
            fixed=column("fixed_cost"),
            per_m=column("cost_per_m"),
            per_s=column("cost_per_s"),
            per_wait_s=column("cost_per_s") if waiting_is_paid else zero,
            minimum=zero,
            per_overtime_s=zero,
            overtime_after_s=forever,
            max_duty_s=forever,
            max_drive_s=forever,
            driver_minimum=zero,
            min_riders=zero,
            tiers=np.zeros((len(fleet), 0, 2), np.int64),
        ),
        sessions=tuple(sessions),
        n_requests=len(inst["groups"]),
    )


def _bus(inst: Json, selection: Selection, s: int, a: int, k: int) -> Json:
    """One bus in the judge's format."""
    m, columns = selection.m, selection.columns[s]
    data = m.sessions[s]
    out, back = best_pair(m, data, columns, a, k)
    ids = [inst["groups"][r]["id"] for r in data.request]
    bus = {
        "fleet": inst["fleet"][k]["id"],
        "outbound": [ids[i] for i in columns.out.order(out)],
        "return": [ids[i] for i in reversed(columns.back.order(back))],
    }
    if inst["schema"] == "pooled-season/1":
        bus["session"] = [x["id"] for e in inst["events"] for x in e["sessions"]][s]
    return bus
