"""Instances small enough for paper: schools on one straight road to the venue.

Positions in minutes of driving from the venue at a kilometre a minute: Abel at 20, Beth at 10, the
garage at 30. A stop takes 60 s, boarding 2 s a student. A bus costs 100 US$, 1 US$ a kilometre and
0.01 US$ a second.
"""

from typing import Any

Json = dict[str, Any]
POSITIONS = (0, 20, 10, 30)
"""Of the venue, Abel, Beth and the garage."""
ABEL = {"id": "abel", "loc": 1, "students": 10, "priority": 1, "max_ride_s": 3600}
BETH = {"id": "beth", "loc": 2, "students": 5, "priority": 3, "max_ride_s": 3600}
BUS = {
    "id": "bus",
    "garage": "yard",
    "capacity": 15,
    "count": 1,
    "fixed_cost": 1_000_000,
    "cost_per_m": 10,
    "cost_per_s": 100,
}
AWAY_S = 30 * 60 + 2 * 60 + 15 * 2
"""Of both schools on one bus, one way: 30 minutes of driving, two stops, fifteen students."""
POOLED = 1_000_000 + 2 * (30_000 * 10 + AWAY_S * 100)
"""Cost of that bus there and back: 1,990,000, so 199 US$."""
HOURS = {"earliest_pickup_s": 0, "latest_dropoff_s": 86_400}


def trip(*, capacity: int = 15, count: int = 1, abel: Json | None = None) -> Json:
    """One event from 10:00 to 13:00."""
    return {
        **_roads("pooled-trip/1", "tiny"),
        "event": {
            "venue_loc": 0,
            "arrive_from_s": 35_000,
            "arrive_by_s": 36_000,
            "depart_s": 46_800,
        },
        "groups": [ABEL | HOURS | (abel or {}), BETH | HOURS],
        "fleet": [BUS | {"capacity": capacity, "count": count}],
    }


def season(*, seats: int = 100, free_from_s: int = 0, free_to_s: int = 86_400) -> Json:
    """One event on two days, both accepted by Abel and the second one by Beth."""
    hours = {"arrive_from_s": 35_000, "arrive_by_s": 36_000, "depart_s": 46_800, "seats": seats}
    sessions = [{"id": "mon", "day": 0} | hours, {"id": "tue", "day": 1} | hours]
    return {
        **_roads("pooled-season/1", "tiny-season"),
        "events": [{"id": "fair", "venue_loc": 0, "sessions": sessions}],
        "groups": [
            ABEL | HOURS | {"event": "fair", "sessions": ["mon", "tue"]},
            BETH | HOURS | {"event": "fair", "sessions": ["tue"]},
        ],
        "fleet": [BUS | {"free_from_s": free_from_s, "free_to_s": free_to_s}],
    }


def one_bus(*outbound: str, **more: Any) -> Json:
    """A solution of one bus."""
    return {"buses": [{"fleet": "bus", "outbound": list(outbound), **more}]}


def _roads(schema: str, name: str) -> Json:
    apart = [[abs(a - b) for b in POSITIONS] for a in POSITIONS]
    return {
        "schema": schema,
        "name": name,
        "rules": {"stop_s": 60, "board_s_per_student": 2},
        "objective": {"penalty_per_weighted_student": 5_000_000},
        "garages": [{"id": "yard", "loc": 3}],
        "dist_m": [[1000 * d for d in row] for row in apart],
        "time_s": [[60 * d for d in row] for row in apart],
    }
