"""Synthetic instances of both schemas in an invented country, for machines without others.

Towns are points on a plane of 130 by 130 km, venues near its middle; roads are a quarter longer
than straight lines and driven at 72 km/h, in seasons up to 3 % longer one way than the other.
"""

import random

from benchmarks.judge import Json

SIDE_M = 130_000
DETOUR = 1.25
M_PER_S = 20
RATES = {14: (1_500_000, 9, 65), 30: (2_200_000, 12, 72), 50: (3_000_000, 15, 78)}
"""By seats: for the day, a metre, a second; 1e-4 US$."""
STARTS = ("Al", "Bren", "Cor", "Dun", "El", "Fen", "Gar", "Hol", "Ister", "Lor", "Mar", "Nor")
ENDS = ("by", "dale", "ford", "grove", "ham", "mere", "stead", "ton", "wick", "wood")
SIDES = ("East", "West")
PENALTY = 50_000_000
HOUR_S = 3600


def pooled_trip(n: int, seed: int, *, seats_per_student: float, max_ride_min: int = 90) -> Json:
    """One event on one day for n schools, one group each; garages at every fourth school."""
    rng = random.Random(f"trip {n} {seed}")
    places = _places(rng, n, 1)
    groups = [
        _group(rng, i, i, max_ride_min) | {"earliest_pickup_s": round(rng.uniform(7, 8) * HOUR_S)}
        for i in range(n)
    ]
    garages = [{"id": i, "loc": i} for i in range(0, n, 4)]
    people = sum(g["students"] for g in groups)
    event = {
        "venue_loc": n,
        "arrive_from_s": 9 * HOUR_S,
        "arrive_by_s": 10 * HOUR_S,
        "depart_s": 14 * HOUR_S,
    }
    fleet = _fleet(rng, garages, round(seats_per_student * people))
    return {
        **_whole("pooled-trip/1", f"invented-n{n:03d}-s{seed}", places, _roads(rng, places, 0)),
        "event": event,
        "groups": groups,
        "garages": garages,
        "fleet": fleet,
    }


def pooled_season(
    n: int, n_events: int, n_days: int, seed: int, *, asking: int | None = None
) -> Json:
    """A season: every event has sessions on two days, and some schools ask for it, else half."""
    rng = random.Random(f"season {n} {n_events} {n_days} {seed}")
    places = _places(rng, n, n_events)
    events, groups = [], []
    for e in range(n_events):
        days = sorted(rng.sample(range(n_days), min(2, n_days)))
        sessions = [_session(rng, f"E{e}-{day}", day) for day in days]
        events.append({"id": f"E{e}", "venue_loc": n + e, "sessions": sessions})
        for i in rng.sample(range(n), asking or max(2, n // 2)):
            accepted = rng.sample(sessions, rng.randint(1, len(sessions)))
            hours = {"earliest_pickup_s": 6 * HOUR_S, "latest_dropoff_s": 17 * HOUR_S}
            asked = {"event": f"E{e}", "sessions": sorted(s["id"] for s in accepted)}
            groups.append(_group(rng, f"E{e}-{i}", i, 120) | hours | asked)
    garages = [{"id": i, "loc": i} for i in range(0, n, 3)]
    fleet = _fleet(rng, garages, 20 * n)
    for f in fleet:
        f["free_from_s"] = rng.choice((6, 7, 8)) * HOUR_S
        f["free_to_s"] = rng.choice((15, 17, 19)) * HOUR_S
    name = f"invented-{n}x{n_events}x{n_days}-s{seed}"
    return {
        **_whole("pooled-season/1", name, places, _roads(rng, places, 0.03)),
        "events": events,
        "groups": groups,
        "garages": garages,
        "fleet": fleet,
    }


def some() -> list[Json]:
    """A few that every solver can be run on in a minute."""
    return [
        pooled_trip(12, 1, seats_per_student=1.8),
        pooled_trip(25, 2, seats_per_student=1.8, max_ride_min=120),
        pooled_trip(25, 3, seats_per_student=0.8),
        pooled_season(12, 4, 3, 1),
    ]


def same_kinds() -> list[Json]:
    """Of the kinds and sizes that the folder of instances has."""
    return [
        pooled_trip(25, 1, seats_per_student=1.8),
        pooled_trip(80, 1, seats_per_student=1.8),
        pooled_trip(80, 3, seats_per_student=0.8),
        pooled_trip(150, 1, seats_per_student=1.8),
        pooled_trip(150, 3, seats_per_student=0.8),
        pooled_season(60, 12, 8, 1, asking=15),
        pooled_season(184, 40, 20, 1, asking=17),
    ]


def _places(rng: random.Random, n: int, n_venues: int) -> list[tuple[str, float, float]]:
    """Schools anywhere, then venues in the middle third."""
    towns = [a + b for a in STARTS for b in ENDS]
    if n + n_venues > len(towns):
        towns += [f"{side} {town}" for side in SIDES for town in towns]
    names = rng.sample(towns, n + n_venues)
    ranges = [(0, SIDE_M)] * n + [(SIDE_M / 3, 2 * SIDE_M / 3)] * n_venues
    return [
        (name, rng.uniform(*side), rng.uniform(*side))
        for name, side in zip(names, ranges, strict=True)
    ]


def _roads(rng: random.Random, places: list[tuple[str, float, float]], uneven: float) -> Json:
    dist_m = [
        [
            round(DETOUR * (1 + rng.uniform(0, uneven)) * abs(complex(x - u, y - v)))
            for _, u, v in places
        ]
        for _, x, y in places
    ]
    return {"dist_m": dist_m, "time_s": [[round(m / M_PER_S) for m in row] for row in dist_m]}


def _whole(schema: str, name: str, places: list[tuple[str, float, float]], roads: Json) -> Json:
    return {
        "schema": schema,
        "name": name,
        "rules": {"stop_s": 180, "board_s_per_student": 4},
        "objective": {"penalty_per_weighted_student": PENALTY},
        "locations": [{"name": town} for town, _, _ in places],
        **roads,
    }


def _group(rng: random.Random, group_id: int | str, loc: int, max_ride_min: int) -> Json:
    return {
        "id": group_id,
        "loc": loc,
        "students": rng.randint(6, 28),
        "priority": rng.choice((1, 1, 2, 3)),
        "max_ride_s": 60 * max_ride_min,
    }


def _session(rng: random.Random, session_id: str, day: int) -> Json:
    return {
        "id": session_id,
        "day": day,
        "arrive_from_s": 9 * HOUR_S,
        "arrive_by_s": 10 * HOUR_S,
        "depart_s": 13 * HOUR_S,
        "seats": rng.choice((60, 90, 120)),
    }


def _fleet(rng: random.Random, garages: list[Json], seats: int) -> list[Json]:
    """Buses of random sizes, garage after garage, until they have so many seats."""
    count: dict[tuple[int, int], int] = {}
    n = 0
    while sum(size * c for (_, size), c in count.items()) < seats:
        key = (garages[n % len(garages)]["id"], rng.choice(list(RATES)))
        count[key] = count.get(key, 0) + 1
        n += 1
    return [
        {
            "id": k,
            "garage": garage,
            "capacity": size,
            "count": c,
            "fixed_cost": RATES[size][0],
            "cost_per_m": RATES[size][1],
            "cost_per_s": RATES[size][2],
        }
        for k, ((garage, size), c) in enumerate(sorted(count.items()))
    ]
