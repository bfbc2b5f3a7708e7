"""Local clocks to seconds since 00:00 UTC of a date, and back. Local time exists only here."""

import datetime as dt
from zoneinfo import ZoneInfo


def utc_s(date: dt.date, clock: dt.time, tz: str) -> int:
    """Seconds from 00:00 UTC of ``date`` to the local ``clock`` of that date in zone ``tz``.

    The first of two equal readings is meant when clocks go back (PEP 495, ``fold=0``).

    Raises
    ------
    ValueError
        When the reading does not exist because clocks go forward.
    """
    zone = ZoneInfo(tz)
    local = dt.datetime.combine(date, clock, zone)
    instant = local.astimezone(dt.UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"{clock:%H:%M} does not exist on {date} in {tz}: clocks go forward")
    midnight = dt.datetime.combine(date, dt.time(0), dt.UTC)
    return round((instant - midnight).total_seconds())


def same_clock(before: dt.date, seconds: int, now: dt.date, tz: str) -> int:
    """Seconds from 00:00 UTC of ``now`` to the reading that a clock in ``tz`` had on ``before``."""
    shift = [local(day, seconds, tz).utcoffset() for day in (before, now)]
    assert shift[0] is not None
    assert shift[1] is not None
    return seconds + round((shift[0] - shift[1]).total_seconds())


def local(date: dt.date, seconds: int, tz: str) -> dt.datetime:
    """The local date and clock at ``seconds`` since 00:00 UTC of ``date``, with its zone."""
    midnight = dt.datetime.combine(date, dt.time(0), dt.UTC)
    return (midnight + dt.timedelta(seconds=seconds)).astimezone(ZoneInfo(tz))
