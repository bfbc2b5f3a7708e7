"""The example rows of the template. Together they are a season; only its places are real.

Positions and numbers of the school and the two universities are from NCES and IPEDS.
"""

import datetime as dt
from collections.abc import Mapping

from tourpool.events.reading.tables import EXAMPLE
from tourpool.events.rules import Policy

Value = str | int | float | dt.date | dt.time
Row = Mapping[str, Value]

HOLLANDALE, HUMPHREYS, SIMMONS = "2801890", "2802040", "280189001037"
DAY = dt.date(2027, 3, 9)

EXAMPLE_ROWS: Mapping[str, tuple[Row, ...]] = {
    "ecosystems": (
        {"ecosystem_id": "delta", "name": "Delta", "adjacent": "hills"},
        {"ecosystem_id": "hills", "name": "Hills", "adjacent": "delta"},
    ),
    "districts": (
        {
            "leaid": HOLLANDALE,
            "name": "Hollandale School District",
            "ecosystem_id": "delta",
            "college_career_ready_pct": 24.5,
            "small_until_grade": 5,
        },
        {"leaid": HUMPHREYS, "name": "Humphreys County School District", "ecosystem_id": "delta"},
    ),
    "schools": (
        {
            "ncessch": SIMMONS,
            "leaid": HOLLANDALE,
            "name": "Simmons High School",
            "lat": 33.166303,
            "lon": -90.859891,
            "locale": 33,
            "grade_low": 7,
            "grade_high": 12,
            "tz": "America/Chicago",
            "loading_note": "load on the gym side, away from the car line",
            "contact": "front office, 662-555-0100",
            "earliest_pickup": dt.time(6, 30),
            "latest_return": dt.time(17),
        },
    ),
    "venues": (
        {
            "venue_id": "dsu",
            "name": "Delta State University",
            "lat": 33.743896,
            "lon": -90.734378,
            "loading_note": "unload at the visitors' stop",
            "contact": "visits office, 662-555-0101",
            "max_people": 120,
            "max_group": 60,
            "students_per_chaperone": 10,
        },
        {
            "venue_id": "mvsu",
            "name": "Mississippi Valley State University",
            "lat": 33.513214,
            "lon": -90.341774,
        },
    ),
    "events": (
        {
            "event_id": "spring-tour",
            "name": "Spring campus tour",
            "kind": "college_tour",
            "ecosystem_id": "delta",
            "open_to": "adjacent",
            "grade_low": 9,
            "grade_high": 12,
            "adults_only": "no",
            "lead_days": 14,
        },
    ),
    "sessions": (
        {
            "session_id": "tour-tue",
            "event_id": "spring-tour",
            "date": DAY,
            "venue_id": "dsu",
            "arrive_from": dt.time(9),
            "arrive_by": dt.time(9, 30),
            "depart": dt.time(11),
            "max_people": 100,
            "max_people_per_school": 60,
        },
    ),
    "visits": (
        {
            "session_id": "tour-tue",
            "order": 2,
            "venue_id": "mvsu",
            "arrive_from": dt.time(11, 30),
            "arrive_by": dt.time(12, 15),
            "depart": dt.time(13, 30),
        },
    ),
    "requests": (
        {
            "request_id": "simmons-12",
            "ncessch": SIMMONS,
            "event_id": "spring-tour",
            "grade_low": 12,
            "grade_high": 12,
            "students": 20,
            "chaperones": 2,
            "wheelchairs": 1,
            "may_split": "no",
            "requested_on": dt.date(2027, 1, 15),
        },
        {
            "request_id": "simmons-9",
            "ncessch": SIMMONS,
            "event_id": "spring-tour",
            "grade_low": 9,
            "grade_high": 9,
            "students": 18,
            "chaperones": 2,
            "requested_on": dt.date(2027, 1, 20),
        },
    ),
    "request_sessions": ({"request_id": "simmons-12", "session_id": "tour-tue", "rank": 1},),
    "apart": ({"request_a": "simmons-12", "request_b": "simmons-9"},),
    "garages": (
        {
            "garage_id": "hollandale-lot",
            "name": "Hollandale bus lot",
            "leaid": HOLLANDALE,
            "lat": 33.169,
            "lon": -90.854,
            "contact": "dispatch, 662-555-0102",
        },
    ),
    "buses": (
        {
            "garage_id": "hollandale-lot",
            "bus_type": "full-size",
            "count": 2,
            "bus_numbers": "12; 14",
            "seats_small": 77,
            "seats_large": 52,
            "wheelchair_places": 1,
            "usd_fixed": 0,
            "usd_per_mile": 2.45,
            "usd_per_hour": 24.5,
            "usd_per_wait_hour": 18,
            "usd_minimum": 150,
            "driver_min_h": 2,
            "overtime_after_h": 8,
            "usd_per_overtime_hour": 36.75,
            "free_from": dt.time(7, 45),
            "free_to": dt.time(16),
            "min_riders": 10,
            "carries": "agreement",
        },
    ),
    "tariffs": (
        {"tariff_id": "long-days", "from_mi": 0, "usd_per_mile": 2.45},
        {"tariff_id": "long-days", "from_mi": 100, "usd_per_mile": 1.8},
    ),
    "calendar": (
        {
            "scope": "district",
            "id": HOLLANDALE,
            "date_from": dt.date(2027, 3, 15),
            "date_to": dt.date(2027, 3, 19),
            "closed": "yes",
        },
        {
            "scope": "garage",
            "id": "hollandale-lot",
            "date_from": DAY,
            "free_from": dt.time(8),
            "free_to": dt.time(16),
        },
    ),
    "agreements": (
        {
            "agreement_id": "hollandale-humphreys",
            "lender_leaid": HOLLANDALE,
            "guest_leaid": HUMPHREYS,
            "valid_from": dt.date(2026, 8, 1),
            "valid_to": dt.date(2027, 6, 30),
            "kind": "agreement",
            "reference": "board minutes of 2026-07-20, item 9",
        },
    ),
    "budgets": (
        {"payer": HOLLANDALE, "scope": "all", "usd": 2500},
        {"payer": "delta", "scope": "spring-tour", "usd": 6000},
    ),
    "participation": (
        {
            "ncessch": SIMMONS,
            "date": dt.date(2025, 10, 14),
            "event_kind": "college_tour",
            "students": 24,
        },
    ),
    "hazards": (
        {
            "hazard_id": "old-mill-bridge",
            "name": "Old Mill bridge, posted since the flood",
            "lat": 33.2101,
            "lon": -90.8044,
            "bridge": "on",
            "max_tons": 8,
        },
        {
            "hazard_id": "main-street",
            "name": "Main Street, paving",
            "osm_way": 17823344,
            "closed": "yes",
            "date_from": dt.date(2027, 3, 8),
            "date_to": dt.date(2027, 3, 12),
        },
    ),
    "pins": (
        {
            "request_id": "simmons-12",
            "session_id": "tour-tue",
            "bus": "hollandale-lot/full-size/12",
        },
    ),
    "policy": tuple(
        {
            "key": key,
            "value": getattr(Policy(), key),
            "note": f"{EXAMPLE}, the default; to change it delete this note: {info.description}",
        }
        for key, info in Policy.model_fields.items()
    ),
}
