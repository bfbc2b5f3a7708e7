"""Speeds, lengths and weights as map makers type them: ``45 mph``, ``13'6"``, ``8 st``."""

import math
import re
from collections.abc import Callable

from tourpool.routing.network.vehicle import FOOT_M, POUND_T

INCH_M = FOOT_M / 12
KM_MI = 1 / 1.609344
US_TON_T = 2000 * POUND_T
HIGHEST_M = 7.5
HEAVIEST_T = 200.0
"""A bare number above these is no metres and no tonnes: it was meant in feet and in pounds."""

LONGEST = 60
"""Nobody's sign needs more letters; what is longer is not looked at."""

NOTHING_POSTED = frozenset(
    {
        "none",
        "no",
        "default",
        "unsigned",
        "unposted",
        "no_sign",
        "no_indications",
        "below_default",
        "above_default",
        "unlimited",
        "unknown",
    }
)
NOT_A_SPEED = frozenset({"signals", "variable", "walk", "national"})

_NUMBER = r"([0-9]{1,7}(?:[.,][0-9]{1,6})?)"
_FEET = re.compile(rf"{_NUMBER} ?(?:'|ft|feet|foot)(?: ?-? ?{_NUMBER} ?(?:\"|''|in|inches)?)?")
_INCHES = re.compile(rf"{_NUMBER} ?(?:\"|''|in|inch|inches)")
_METRES = re.compile(rf"{_NUMBER} ?(m|meters?|metres?|cm)?")
_WEIGHT = re.compile(rf"{_NUMBER} ?(t|st|kg|lbs?|pounds|tons?|tonnes?|short tons?|long tons?|lt)?")
_SPEED = re.compile(rf"{_NUMBER} ?(mph|kmh|km/h|kph|knots)?")
_TONNES = {
    "t": 1.0,
    "tonne": 1.0,
    "tonnes": 1.0,
    "kg": 0.001,
    "lb": POUND_T,
    "lbs": POUND_T,
    "pounds": POUND_T,
    "st": US_TON_T,
    "ton": US_TON_T,
    "tons": US_TON_T,
    "short ton": US_TON_T,
    "short tons": US_TON_T,
    "lt": 2240 * POUND_T,
    "long ton": 2240 * POUND_T,
    "long tons": 2240 * POUND_T,
}
_MPH = {"mph": 1.0, "kmh": KM_MI, "km/h": KM_MI, "kph": KM_MI, None: KM_MI, "knots": 1.150779}


def tonnes(text: str) -> float | None:
    """Read a weight in tonnes; inf when none is posted, None when nobody can read it.

    A bare number is tonnes, as OpenStreetMap has it. Whoever meant US tons by it has posted a
    tenth less than is read: the margin of `Vehicle` is as large.
    """
    return _least(text, _tonnes)


def metres(text: str) -> float | None:
    """Read a length in metres; inf when none is posted, None when nobody can read it."""
    return _least(text, _metres)


def height(text: str) -> float | None:
    """Read a height as `metres` does; a bare number above 7.5 was meant in feet."""
    return _least(text, _height)


def mph(text: str) -> float | None:
    """Read a speed in miles an hour; inf when none is posted, None when nobody can read it."""
    if text.strip().lower() in NOT_A_SPEED:
        return math.inf
    return _least(text, _mph)


def _least(text: str, read: Callable[[str], float | None]) -> float | None:
    """The smallest of the values separated by ``;``, and None when one of them is unreadable."""
    if len(text) > LONGEST:
        return None
    values = [
        math.inf if part in NOTHING_POSTED else read(part)
        for part in (p.strip() for p in text.lower().replace("\u2032", "'").split(";"))
        if part
    ]
    known = [v for v in values if v is not None and v > 0]
    return min(known) if values and len(known) == len(values) else None


def _tonnes(text: str) -> float | None:
    found = _WEIGHT.fullmatch(text)
    if not found:
        return None
    value = _float(found[1])
    if found[2] is None:
        return value if value <= HEAVIEST_T else value * POUND_T
    return value * _TONNES[found[2]]


def _metres(text: str) -> float | None:
    if found := _FEET.fullmatch(text):
        return _float(found[1]) * FOOT_M + (_float(found[2]) * INCH_M if found[2] else 0.0)
    if found := _INCHES.fullmatch(text):
        return _float(found[1]) * INCH_M
    if found := _METRES.fullmatch(text):
        return _float(found[1]) * (0.01 if found[2] == "cm" else 1.0)
    return None


def _height(text: str) -> float | None:
    value = _metres(text)
    bare = text.replace(",", "").replace(".", "").isdigit()
    return value * FOOT_M if value is not None and bare and value > HIGHEST_M else value


def _mph(text: str) -> float | None:
    found = _SPEED.fullmatch(text)
    value = _float(found[1]) * _MPH[found[2]] if found else 0.0
    return value if value >= 2 else None


def _float(digits: str) -> float:
    return float(digits.replace(",", "."))
