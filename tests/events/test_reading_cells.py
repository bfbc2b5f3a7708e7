"""Cells as people type them and as Excel changes them."""

import datetime as dt
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourpool.events.fleet import Carries
from tourpool.events.problems import ReadError
from tourpool.events.reading.cells import clean, digits, names, text
from tourpool.events.reading.cells_dates import EXCEL_DAY_0, clock, day
from tourpool.events.reading.cells_numbers import grade, number, whole
from tourpool.events.reading.cells_words import choice, yes_no, zone

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
CLOCKS = st.times().map(lambda t: t.replace(microsecond=0))


@given(DAYS)
def test_a_day_written_in_any_way_is_that_day(d: dt.date) -> None:
    serial = (d - EXCEL_DAY_0).days
    written: list[object] = [
        d,
        dt.datetime.combine(d, dt.time()),
        serial,
        float(serial),
        str(serial),
        f"{serial}.0",
        d.isoformat(),
        f"{d} 00:00:00",
        f"{d.year}-{d.month}-{d.day}",
        f"{d.month}/{d.day}/{d.year}",
        f"{d:%m/%d/%Y}",
        f"{d:%d-%b-%Y}",
        f"{d:%B} {d.day}, {d.year}",
    ]
    assert {day(cell) for cell in written} == {d}


@given(CLOCKS)
def test_a_clock_reading_written_in_any_way_is_that_reading(t: dt.time) -> None:
    seconds = t.hour * 3600 + t.minute * 60 + t.second
    written: list[object] = [
        t,
        dt.timedelta(seconds=seconds),
        seconds / 86400,
        f"{seconds / 86400:.6f}",  # a sixth decimal is 0.09 s
        f"{t:%H:%M:%S}",
        f"{t:%I:%M:%S %p}",
        f"{t.hour}:{t:%M:%S}.000",
    ]
    if not t.second:
        written += [f"{t:%H:%M}", f"{t.hour}:{t:%M}", f"{t:%I:%M%p}".lower(), f"{t:%H%M}"]
    assert {clock(cell) for cell in written} == {t}


@given(st.integers(1, 99), st.integers(0, 99999))
def test_an_nces_number_survives_excel(state: int, rest: int) -> None:
    leaid = state * 100_000 + rest
    for cell in (leaid, float(leaid), str(leaid), f"{leaid}.0", f"'{leaid:07}"):
        assert digits(clean(cell), 7) == f"{leaid:07}"


@given(st.floats(-1e6, 1e6))
def test_a_number_is_read_as_it_is_written(x: float) -> None:
    assert number(x) == number(repr(x)) == x


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (day, "3/9/2027", dt.date(2027, 3, 9)),
        (day, "3/9/27", dt.date(2027, 3, 9)),
        (day, "9-Mar-27", dt.date(2027, 3, 9)),
        (day, 46455, dt.date(2027, 3, 9)),  # what Excel shows when the format is lost
        (clock, 0.395833, dt.time(9, 30)),
        (clock, "9:30 a.m.", dt.time(9, 30)),
        (clock, "12:30 am", dt.time(0, 30)),
        (clock, "12:30 PM", dt.time(12, 30)),
        (clock, "9 AM", dt.time(9)),
        (clock, 930, dt.time(9, 30)),
        (clock, "0930", dt.time(9, 30)),
        (grade, "PK", -1),
        (grade, "KG", 0),
        (grade, "k", 0),
        (grade, "09", 9),
        (grade, "9th", 9),
        (grade, "Grade 9", 9),
        (grade, 9.0, 9),
        (grade, -1, -1),
        (yes_no, "X", True),
        (yes_no, True, True),
        (yes_no, 1.0, True),
        (yes_no, "No", False),
        (yes_no, 0, False),
        (number, "$2.45", 2.45),
        (number, "US$ 2.45", 2.45),
        (number, "24.5%", 24.5),
        (number, "33,1663", 33.1663),
        (number, "2,5", 2.5),
        (number, "1,234.50", 1234.5),
        (number, "$1,500", 1500.0),
        (number, "\u221290.2", -90.2),
        (whole, "20.0", 20),
        (text, 12.0, "12"),
        (names, "a; b ;", ("a", "b")),
        (names, 12, ("12",)),
        (zone, "Central", "America/Chicago"),
        (zone, "America/New_York", "America/New_York"),
    ],
)
def test_habits_are_met(read: Callable[[object], object], cell: object, value: object) -> None:
    found = read(cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("read", "cell", "message"),
    [
        (day, dt.datetime(2027, 3, 9, 14), "2027-03-09 14:00:00 has a time as well; write the day "
         "only: 2027-03-09"),
        (day, 46455.5, "46455.5 is not a day; write a day such as 2027-03-09"),
        (day, True, "'True' is not a day; write a day such as 2027-03-09"),
        (clock, dt.datetime(2027, 3, 9, 9, 30), "2027-03-09 09:30:00 has a day as well; write the "
         "time only: 09:30"),
        (clock, dt.timedelta(hours=25), "1 day, 1:00:00 is not a time of day; write it as 09:30"),
        (clock, True, "'True' is not a time of day; write it as 09:30"),
        (grade, dt.datetime(2026, 9, 12), "2026-09-12 00:00:00 is a date: Excel makes one of "
         "9-12; put the lowest grade in grade_low and the highest in grade_high"),
        (grade, "K-8", "'K-8' is more than one grade; put K in grade_low and 8 in "
         "grade_high"),
        (text, dt.datetime(2026, 3, 3), "2026-03-03 00:00:00 is a date or time that Excel "
         "made of what was typed; format the cell as Text and type it again"),
        (number, True, "'True' is not a number; write digits with a point, as in 2.5"),
        (number, "nan", "'nan' is not a number; write digits with a point, as in 2.5"),
        (number, "1,234", "'1,234' can be read in two ways; write 1234 or 1.234"),
        (number, "x" * 99, f"'{'x' * 37}...' is not a number; write digits with a point, as "
         "in 2.5"),
        (zone, "../../etc/passwd", "'../../etc/passwd' is not a time zone; write one such as "
         "America/Chicago, or leave it empty: the position tells it"),
        (zone, "America", "'America' is not a time zone; write one such as "
         "America/Chicago, or leave it empty: the position tells it"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_would_be_right(
    read: Callable[[object], object], cell: object, message: str
) -> None:
    with pytest.raises(ReadError) as error:
        read(cell)
    assert str(error.value) == message


def test_a_number_shortened_by_excel_is_refused_rather_than_guessed() -> None:
    with pytest.raises(ReadError, match="lost its last digits in Excel; format the column as Text"):
        digits("2.80018E+11", 12)


def test_a_choice_is_read_without_regard_to_capitals_and_spaces() -> None:
    assert choice(" ALL".strip(), Carries) is Carries.ALL


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("\ufeff\u00a0Simmons\u202fHigh \t", "Simmons High"),
        ("\u200b ", None),
        ('="0100005"', "0100005"),
        ("", None),
        (math.nan, None),
        (0, 0),
        (False, False),
    ],
)
def test_what_nobody_sees_is_taken_away(cell: object, seen: object) -> None:
    assert clean(cell) == seen
