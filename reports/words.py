"""Figures as people read them: money, miles, clocks and days."""

import datetime as dt
from collections.abc import Sequence

from tourpool.reports.plain import plain

METRES_PER_MILE = 1609.344


def usd(cost: int) -> str:
    """1e-4 US$ as dollars and cents, half a cent up: ``$1,322.00``."""
    shown = abs(cents(cost))
    return f"{'-' if cost < 0 else ''}${shown // 100:,}.{shown % 100:02d}"


def cents(cost: int) -> int:
    """1e-4 US$ as whole cents, half a cent up: what is shown, so that differences agree with it."""
    whole = (abs(cost) + 50) // 100
    return -whole if cost < 0 else whole


def usd_between(cost: int, other: int) -> str:
    """How far two costs are apart as both are shown: ``$308.19``."""
    return usd(100 * abs(cents(cost) - cents(other)))


def miles(metres: int) -> float:
    """Miles with one decimal."""
    return round(metres / METRES_PER_MILE, 1)


def hours(seconds: int) -> float:
    """Hours with two decimals."""
    return round(seconds / 3600, 2)


def clock(moment: dt.datetime) -> str:
    """Clock to the minute begun, as printed schedules show it: ``7:42 AM``."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"


def day(date: dt.date) -> str:
    """Day as people say it: ``Tue, Mar 9, 2027``."""
    return f"{date:%a, %b} {date.day}, {date.year}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 bus``, ``1,200 students``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share of 1 as %, with a decimal where it would otherwise read 0 or 100."""
    text = f"{100 * share:.0f}"
    return f"{100 * share:.1f} %" if text in {"0", "100"} and share not in {0, 1} else f"{text} %"


def tried(settings: Sequence[str]) -> tuple[str, ...]:
    """A sentence on what was set for a plan in place of the season's tables; nothing when none."""
    if not settings:
        return ()
    return (f"Tried, in place of what the tables say: {', '.join(map(plain, settings))}.",)
