"""Weak, low and closed bridges of the National Bridge Inventory, as hazards.

Items are those of its Recording and Coding Guide (report FHWA-PD-96-001):

- item 41 K or G: closed, or not open yet; P or B: posted for load, or about to be;
- items 64 and 66: the tonnes that it bears at the most (operating), and day after day
  (inventory); or a share of 32.4 t, as items 63 and 65 say;
- items 10, 53 and 54B: metres of clearance on it and beneath; 99.99 is none to speak of.

The inventory does not say what stands on the sign of a posted bridge. No sign allows more than
the operating rating, and the inventory rating is what a bridge bears for good: that is taken
here, the safe side. Whoever has seen the sign writes a row of hazards with the same id; it goes
before.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tourpool.events.hazards import Bridge, Hazard
from tourpool.events.problems import Problem
from tourpool.events.reading.bridge_records import (
    BY_FACTOR,
    FIXED,
    METHOD,
    Record,
    records,
)
from tourpool.events.reading.positions import misplaced

ON, HIGHWAYS = frozenset({"1", ""}), frozenset({"1", "4", "5", "6", "7", "8", ""})
CLOSED, POSTED = frozenset("KG"), frozenset("PB")
FACTOR_T = 32.4
LARGEST_FACTOR = 1.5  # of a posted bridge; larger ones are tonnes whatever item 65 says
LEAST_TONS = 3.0  # a bridge that bears less must be closed (23 CFR 650.313)
TON_T = 0.90718474
FOOT_M = 0.3048
HIGH_M = 4.6  # 15 feet: no bus is higher


@dataclass(frozen=True)
class Inventory:
    """What an extract holds.

    Attributes
    ----------
    bridges
        How many records it has.
    hazards
        Those that keep some vehicles out.
    skipped
        Those that would, but whose position cannot be read.
    """

    bridges: int
    hazards: tuple[Hazard, ...]
    skipped: tuple[Problem, ...]


def read_bridges(path: Path) -> Inventory:
    """Read an extract of the National Bridge Inventory, delimited or with fixed columns.

    Raises
    ------
    InputError
        When the file is neither.
    """
    count = 0
    hazards: dict[str, Hazard] = {}
    skipped = []
    for row, record in records(path):
        count += 1
        whole = FIXED.keys() <= record.keys()
        limits = list(_limits(record)) if whole else []
        wrong = _misplaced(record) if limits else None
        if not whole:
            skipped.append(Problem(path.name, row, "", "is cut off; download the file again"))
        elif wrong:
            text = f"{limits[0]['hazard_id']}: {wrong}; write a row of hazards for it"
            skipped.append(Problem(path.name, row, "", text))
        else:
            place = dict(zip(("lat", "lon"), _position(record), strict=True))
            found = [Hazard.model_validate(limit | place) for limit in limits]
            hazards |= {hazard.hazard_id: hazard for hazard in found}
    return Inventory(count, tuple(hazards.values()), tuple(skipped))


def with_bridges(typed: tuple[Hazard, ...], bridges: tuple[Hazard, ...]) -> tuple[Hazard, ...]:
    """Return both; what people typed goes before the inventory's row of the same id."""
    known = {hazard.hazard_id for hazard in typed}
    return (*typed, *(hazard for hazard in bridges if hazard.hazard_id not in known))


def _limits(record: Record) -> Iterator[dict[str, Any]]:
    """Give the fields of a hazard, its position left out: of the road on it, of the one beneath.

    A record of type 1 is of the road on the bridge; one of another type is of a road beneath, and
    item 10 is the clearance over that.
    """
    if record["005A"] in ON:
        if record["042A"] in HIGHWAYS:
            yield from _on(record)
        if record["054A"] == "H":
            yield from _under(record, "054B", "under")
    else:
        yield from _under(record, "010", f"under {record['005A']}")


def _on(record: Record) -> Iterator[dict[str, Any]]:
    closed, posted = (record["041"] in statuses for statuses in (CLOSED, POSTED))
    tons = _posted_tons(record) if posted else None
    feet = _feet(min(_clearance_m(record, item) for item in ("010", "053")))
    row = {"hazard_id": _id(record), "bridge": Bridge.ON}
    if closed:
        yield {**row, "name": f"{_name(record)}, closed", "closed": True}
    elif tons is not None or feet is not None:
        name = f"{_name(record)}, {'low' if tons is None else 'posted'}"
        yield {**row, "name": name, "max_tons": tons, "max_height_ft": feet}


def _under(record: Record, item: str, which: str) -> Iterator[dict[str, Any]]:
    feet = _feet(_clearance_m(record, item))
    if feet is not None:
        yield {
            "hazard_id": f"{_id(record)} {which}",
            "name": f"under {_name(record)}",
            "bridge": Bridge.UNDER,
            "max_height_ft": feet,
        }


def _id(record: Record) -> str:
    number = re.sub(r"[^\w .-]", "-", record["008"])
    return f"NBI {_state(record)} {number}"


def _state(record: Record) -> str:
    """Two digits; some years have a third one for the region."""
    return record["001"].zfill(2)[:2]


def _name(record: Record) -> str:
    carried, crossed = (_plain(record[item]) for item in ("007", "006A"))
    return f"{carried or 'bridge'} over {crossed}" if crossed else carried or "bridge"


def _plain(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text.replace("'", " "))
    return " ".join(printable.split())


def _number(record: Record, item: str) -> float | None:
    try:
        value = float(record[item])
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _posted_tons(record: Record) -> float | None:
    """Short tons, rounded down; `LEAST_TONS` where no rating is given."""
    rating = _tonnes(record, "066") or _tonnes(record, "064")
    if rating is None:
        return LEAST_TONS
    tons = max(LEAST_TONS, math.floor(rating / TON_T * 10) / 10)
    return tons if tons < 99 else None  # 99.9 says that it bears anything


def _tonnes(record: Record, item: str) -> float | None:
    rating = _number(record, item)
    if not rating or rating < 0:
        return None
    by_factor = record[METHOD[item]] in BY_FACTOR and rating <= LARGEST_FACTOR
    return rating * FACTOR_T if by_factor else rating


def _clearance_m(record: Record, item: str) -> float:
    clearance = _number(record, item)
    return clearance if clearance is not None and clearance >= 1 else math.inf


def _feet(metres: float) -> float | None:
    return math.floor(metres / FOOT_M * 100) / 100 if metres < HIGH_M else None


def _position(record: Record) -> tuple[float | None, float | None]:
    """Degrees from degrees, minutes and hundredths of seconds; the west has no sign there."""
    lat, lon = _degrees(record["016"], 2), _degrees(record["017"], 3)
    return lat, None if lon is None else -lon


def _degrees(text: str, digits: int) -> float | None:
    whole = text.strip().lstrip("-").partition(".")[0].zfill(digits + 6)
    if not re.fullmatch(rf"\d{{{digits + 6}}}", whole, re.ASCII) or not int(whole):
        return None
    degrees, minutes, seconds = int(whole[:-6]), int(whole[-6:-4]), int(whole[-4:]) / 100
    if minutes > 59 or seconds > 60:
        return None
    return round(degrees + minutes / 60 + seconds / 3600, 6)


def _misplaced(record: Record) -> str | None:
    lat, lon = _position(record)
    if lat is None or lon is None:
        return "its position cannot be read"
    found = misplaced(lat, lon, _state(record))
    return found and found.wrong
