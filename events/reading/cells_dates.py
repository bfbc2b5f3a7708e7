"""Days and clock readings as people and Excel write them: words, serial numbers, fractions."""

import datetime as dt
import re

from tourpool.events.problems import ReadError
from tourpool.events.reading.cells import shown
from tourpool.events.reading.cells_numbers import number

EXCEL_DAY_0 = dt.date(1899, 12, 30)
DAY_S = 24 * 3600
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_US = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?: 0?0:00(?::00)?)?", re.ASCII)
_DAY_AND_TIME = re.compile(r"([\d/-]{6,10})[ T](\d{1,2}:\d{2}.*)", re.ASCII)
_NUMERIC = re.compile(r"\d+(\.\d*)?|\.\d+", re.ASCII)
_WORDS = ("%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y")
_CLOCK = re.compile(
    r"(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.0+)?)?)? ?(a\.?m\.?|p\.?m\.?)?", re.ASCII | re.IGNORECASE
)


def day(value: object) -> dt.date:
    """Read a day: 2027-03-09, 3/9/2027 (month first), 9-Mar-27, or Excel's serial number."""
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise ReadError(f"{value} has a time as well", f"write the day only: {value:%Y-%m-%d}")
        found = value.date()
    elif isinstance(value, dt.date):
        found = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _serial_day(float(value))
    else:
        found = _typed_day(str(value))
    if not 2000 <= found.year <= 2100:
        raise ReadError(f"{shown(value)} is the day {found}", "write a day such as 2027-03-09")
    return found


def clock(value: object) -> dt.time:
    """Read a time of day: 9:30, 9:30 AM, 0930, 0.395833 (Excel's part of a day)."""
    if isinstance(value, dt.datetime):
        raise ReadError(f"{value} has a day as well", f"write the time only: {value:%H:%M}")
    if isinstance(value, dt.time):
        return value.replace(microsecond=0)
    if isinstance(value, dt.timedelta):  # a cell formatted as [h]:mm
        return _part_of_day(value.total_seconds() / DAY_S, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_clock(float(value), value)
    return _typed_clock(str(value))


def _serial_day(serial: float) -> dt.date:
    if not serial.is_integer() or not 0 <= serial <= 100_000:
        raise ReadError(f"{shown(serial)} is not a day", "write a day such as 2027-03-09")
    return EXCEL_DAY_0 + dt.timedelta(days=int(serial))


def _typed_day(typed: str) -> dt.date:
    if _NUMERIC.fullmatch(typed):
        return _serial_day(number(typed))
    if iso := _ISO.fullmatch(typed):
        return _real_day(typed, int(iso[1]), int(iso[2]), int(iso[3]))
    if us := _US.fullmatch(typed):
        year = int(us[3]) + (2000 if len(us[3]) == 2 else 0)
        if int(us[1]) > 12 >= int(us[2]):
            raise ReadError(
                f"{shown(typed)} has {us[1]} where the month stands",
                f"write {year}-{int(us[2]):02}-{int(us[1]):02} if that is the day",
            )
        return _real_day(typed, year, int(us[1]), int(us[2]))
    if with_time := _DAY_AND_TIME.fullmatch(typed):
        raise ReadError(f"{shown(typed)} has a time as well", f"write only {with_time[1]}")
    for words in _WORDS:
        try:
            return dt.datetime.strptime(typed, words).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise ReadError(f"{shown(typed)} is not a day", "write a day such as 2027-03-09")


def _real_day(typed: str, year: int, month: int, day_of_month: int) -> dt.date:
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        raise ReadError(
            f"{shown(typed)} is not in the calendar", "write a day such as 2027-03-09"
        ) from None


def _typed_clock(typed: str) -> dt.time:
    if re.fullmatch(r"\d{4}", typed, re.ASCII):
        return _real_clock(typed, int(typed[:2]), int(typed[2:]), 0)
    if re.fullmatch(r"\d{3}|\d*\.\d*", typed, re.ASCII) and _NUMERIC.fullmatch(typed):
        return _number_clock(float(typed), typed)
    if with_day := _DAY_AND_TIME.fullmatch(typed):
        raise ReadError(f"{shown(typed)} has a day as well", f"write only {with_day[2]}")
    found = _CLOCK.fullmatch(typed)
    if not found or not (found[2] or found[4]):
        raise ReadError(f"{shown(typed)} is not a time of day", "write it as 09:30")
    hour, half = int(found[1]), (found[4] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        raise ReadError(f"{shown(typed)} is not a time of day", "write it as 09:30 or 9:30 AM")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _real_clock(typed, hour, int(found[2] or 0), int(found[3] or 0))


def _number_clock(value: float, shown_as: object) -> dt.time:
    if 0 <= value < 1:
        return _part_of_day(value, shown_as)
    if value.is_integer() and 100 <= value <= 2359:  # 930, as on a 24-hour schedule
        return _real_clock(shown_as, int(value) // 100, int(value) % 100, 0)
    raise ReadError(f"{shown(shown_as)} is not a time of day", "write it as 09:30")


def _part_of_day(part: float, shown_as: object) -> dt.time:
    seconds = round(part * DAY_S)
    if not 0 <= seconds < DAY_S:
        raise ReadError(f"{shown(shown_as)} is not a time of day", "write it as 09:30")
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _real_clock(shown_as: object, hour: int, minute: int, second: int) -> dt.time:
    if hour > 23 or minute > 59 or second > 59:
        right = "write 23:59 for the end of the day" if hour == 24 else "write it as 09:30"
        raise ReadError(f"{shown(shown_as)} is not a time of day", right)
    return dt.time(hour, minute, second)
