"""Local clocks to seconds since 00:00 UTC of a date, and back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourpool.events.clock import local, utc_s

WINTER = dt.date(2027, 3, 9)
CLOCKS_GO_FORWARD = dt.date(2027, 3, 14)
CLOCKS_GO_BACK = dt.date(2027, 11, 7)


def test_a_morning_in_winter_is_six_hours_behind_utc_in_mississippi() -> None:
    assert utc_s(WINTER, dt.time(8, 30), "America/Chicago") == (8.5 + 6) * 3600


def test_an_evening_in_mississippi_runs_past_midnight_utc_of_its_date() -> None:
    assert utc_s(WINTER, dt.time(19), "America/Chicago") == (19 + 6) * 3600  # 25 h: the day after


def test_the_same_clock_comes_an_hour_earlier_in_eastern_kentucky() -> None:
    east = utc_s(WINTER, dt.time(8, 30), "America/New_York")
    assert utc_s(WINTER, dt.time(8, 30), "America/Chicago") - east == 3600


def test_a_clock_that_is_skipped_when_clocks_go_forward_is_refused() -> None:
    with pytest.raises(ValueError, match="02:30 does not exist on 2027-03-14 in America/Chicago"):
        utc_s(CLOCKS_GO_FORWARD, dt.time(2, 30), "America/Chicago")


def test_after_clocks_go_forward_utc_is_five_hours_ahead() -> None:
    assert utc_s(CLOCKS_GO_FORWARD, dt.time(8), "America/Chicago") == (8 + 5) * 3600


def test_of_two_equal_readings_the_first_is_meant_when_clocks_go_back() -> None:
    assert utc_s(CLOCKS_GO_BACK, dt.time(1, 30), "America/Chicago") == (1.5 + 5) * 3600


@given(
    date=st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)),
    clock=st.times(dt.time(3), dt.time(23, 59)).map(lambda t: t.replace(microsecond=0)),
    tz=st.sampled_from(["America/Chicago", "America/New_York", "Pacific/Honolulu"]),
)
def test_seconds_lead_back_to_the_same_local_date_and_clock(
    date: dt.date, clock: dt.time, tz: str
) -> None:
    there = local(date, utc_s(date, clock, tz), tz)
    assert (there.date(), there.time()) == (date, clock)
