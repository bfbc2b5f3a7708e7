"""What an empty cell means when the answer stands in other cells."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from tzfpy import get_tz

from tourpool.events.budgets import ALL_EVENTS
from tourpool.events.occasions import Event, EventKind
from tourpool.events.places import School
from tourpool.events.problems import ReadError
from tourpool.events.reading.cells import digits
from tourpool.events.records import Record
from tourpool.events.rules import Scope

Values = dict[str, Any]
Records = Mapping[str, Record]  # by key
Seen = Mapping[str, Records]  # by table
ARRIVE_FROM_MIN = 30


def fill(table: str, values: Values, seen: Seen) -> dict[str, str]:
    """Fill the empty cells of a row in place.

    Parameters
    ----------
    table
        Name of the table.
    values
        Values by column, None where the cell is empty.
    seen
        Records of other tables, by table name and key.

    Returns
    -------
    wrong
        By column, what keeps a cell from being filled.
    """
    return _FILL[table](values, seen) if table in _FILL else {}


def _place(values: Values, _seen: Seen) -> dict[str, str]:
    half = {(values.get(a) is None): a for a in ("stop_lat", "stop_lon")}
    if len(half) == 2:
        return {half[True]: f"is empty though {half[False]} is filled; fill in both or none"}
    for name in ("lat", "lon"):
        if values.get(f"stop_{name}") is None:
            values[f"stop_{name}"] = values[name]
    return _zone(values, _seen)


def _zone(values: Values, _seen: Seen) -> dict[str, str]:
    if values.get("tz") is None:
        values["tz"] = zone_at(values["lat"], values["lon"])
    return {}


@lru_cache(maxsize=4096)
def zone_at(lat: float, lon: float) -> str:
    """Name the time zone at a position."""
    return get_tz(lon, lat)  # longitude first


def _arrive_from(values: Values, _seen: Seen) -> dict[str, str]:
    if values.get("arrive_from") is None:
        by: dt.time = values["arrive_by"]
        early = max(0, by.hour * 60 + by.minute - ARRIVE_FROM_MIN)  # never the day before
        values["arrive_from"] = dt.time(early // 60, early % 60, by.second if early else 0)
    return {}


def _grades(values: Values, seen: Seen) -> dict[str, str]:
    """The event's grades, as far as the school has them."""
    event = seen["events"].get(values["event_id"])
    school = seen["schools"].get(values["ncessch"])
    spans = [(p.grade_low, p.grade_high) for p in (event, school) if isinstance(p, Event | School)]
    low = max((low for low, _ in spans), default=9)
    high = min((high for _, high in spans), default=12)
    if spans and low > high:  # a rule says so; the event's grades keep the row readable
        low, high = spans[0]
    if values.get("grade_low") is None:
        values["grade_low"] = low
    if values.get("grade_high") is None:
        values["grade_high"] = high
    return {}


def _bus(values: Values, _seen: Seen) -> dict[str, str]:
    if values.get("usd_per_wait_hour") is None:
        values["usd_per_wait_hour"] = values["usd_per_hour"]
    if not values.get("bus_numbers"):
        values["bus_numbers"] = tuple(str(n + 1) for n in range(values["count"]))
    return {}


def _tier(values: Values, _seen: Seen) -> dict[str, str]:
    if values.get("from_mi") is None:
        values["from_mi"] = 0.0
    return {}


def _budget(values: Values, seen: Seen) -> dict[str, str]:
    """The payer's zeros that Excel took; the scope as tables write it."""
    if values["payer"] not in seen["ecosystems"]:
        with suppress(ReadError):  # a rule says so
            values["payer"] = digits(values["payer"], 7)
    scope = values.get("scope") or ALL_EVENTS
    word = re.sub(r"[ -]+", "_", scope.lower())
    known = scope not in seen["events"] and word in (ALL_EVENTS, *EventKind)
    values["scope"] = word if known else scope
    return {}


def _calendar(values: Values, _seen: Seen) -> dict[str, str]:
    if values.get("date_to") is None:
        values["date_to"] = values["date_from"]
    length = {Scope.DISTRICT: 7, Scope.SCHOOL: 12}.get(values["scope"])
    if length:
        try:
            values["id"] = digits(values["id"], length)
        except ReadError as e:
            del values["id"]
            return {"id": str(e)}
    return {}


_FILL: Mapping[str, Callable[[Values, Seen], dict[str, str]]] = {
    "schools": _place,
    "venues": _place,
    "garages": _zone,
    "sessions": _arrive_from,
    "visits": _arrive_from,
    "requests": _grades,
    "buses": _bus,
    "tariffs": _tier,
    "budgets": _budget,
    "calendar": _calendar,
}
