"""Figures as people read them."""

import datetime as dt

import pytest

from tourpool.reports.words import clock, count, day, miles, percent, usd, usd_between


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (13_220_000, "$1,322.00"),
        (50, "$0.01"),  # half a cent goes up
        (49, "$0.00"),
        (-13_220_049, "-$1,322.00"),
        (9_999_999_950, "$1,000,000.00"),
    ],
)
def test_money_shows_cents_rounded_half_up(cost: int, text: str) -> None:
    assert usd(cost) == text


def test_what_lies_between_two_costs_is_the_difference_of_what_is_shown_of_them() -> None:
    more, less = 158_282_345, 153_601_155  # shown as $15,828.23 and $15,360.12; apart by $468.119
    assert usd_between(more, less) == usd_between(less, more) == "$468.11"


@pytest.mark.parametrize(
    ("reading", "text"),
    [("00:05", "12:05 AM"), ("11:59:59", "11:59 AM"), ("12:00", "12:00 PM"), ("13:07", "1:07 PM")],
)
def test_clocks_are_those_of_a_twelve_hour_dial_and_never_round_up(reading: str, text: str) -> None:
    moment = dt.datetime.combine(dt.date(2027, 3, 9), dt.time.fromisoformat(reading))
    assert clock(moment) == text


def test_days_name_the_weekday_and_the_year() -> None:
    assert day(dt.date(2027, 3, 9)) == "Tue, Mar 9, 2027"


def test_miles_have_one_decimal() -> None:
    assert miles(16_093) == 10.0  # 16,093.44 m are 10 miles


def test_a_noun_stands_in_the_plural_unless_there_is_one() -> None:
    assert [count(n, "bus", "buses") for n in (0, 1, 1200)] == ["0 buses", "1 bus", "1,200 buses"]


def test_a_share_that_is_not_all_does_not_read_as_all() -> None:
    assert [percent(x) for x in (0.386, 0.999, 1, 0.0009, 0)] == [
        "39 %",
        "99.9 %",
        "100 %",
        "0.1 %",
        "0 %",
    ]
