"""Buses as arrays: rates become whole numbers that lose nothing, hours those of each day."""

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import laws
from tests.seasons import DAY, LENDER, bus, garage, point, two_schools
from tourpool.events.fleet import BusType
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.routing.fleet import MONEY_Q, fleet_arrays, hours_s, units
from tourpool.routing.solver.instance import FOREVER_S, Fleet

HOUR = 3600
CST = 6 * HOUR  # Chicago in winter is six hours behind UTC


def arrays(season: Season, *days: dt.date) -> Fleet:
    place = {g.stop: n for n, g in enumerate(season.garages)}
    return fleet_arrays(season, place, days or (DAY,))


def of(one: BusType) -> Fleet:
    return arrays(two_schools(buses=(one,)))


def test_seats_places_and_limits_are_those_of_the_row() -> None:
    f = of(bus(wheelchair_places=2, seats_lost_per_wheelchair=3, max_duty_h=9.5, max_drive_h=4.25))
    assert (f.seats_small.tolist(), f.seats_large.tolist()) == ([78], [52])
    assert (f.places.tolist(), f.lost_seats.tolist()) == ([2], [3])
    assert (f.max_duty_s.tolist(), f.max_drive_s.tolist()) == ([34_200], [15_300])


def test_a_garage_is_where_its_buses_stand() -> None:
    season = two_schools(
        garages=(garage("lot", 0, LENDER), garage("yard", 4, None)),
        buses=(bus("yard"), bus("lot")),
    )
    f = fleet_arrays(season, {point(0): 5, point(4): 7}, (DAY,))
    assert f.garage.tolist() == [7, 5]


def test_free_hours_are_utc_seconds_of_the_day() -> None:
    f = of(bus(free_from=dt.time(8, 30), free_to=dt.time(13, 30)))
    assert f.free_from_s.tolist() == [[8 * HOUR + 1800 + CST]]
    assert f.free_to_s.tolist() == [[13 * HOUR + 1800 + CST]]


def test_hours_follow_daylight_saving_time() -> None:
    saturday, sunday = dt.date(2027, 3, 13), dt.date(2027, 3, 14)  # clocks go forward on the 14th
    f = arrays(two_schools(buses=(bus(free_from=dt.time(8)),)), saturday, sunday)
    assert f.free_from_s.tolist() == [[8 * HOUR + CST, 8 * HOUR + CST - HOUR]]


def test_no_bus_counts_on_a_day_when_its_garage_is_closed() -> None:
    closed = CalendarEntry(scope=Scope.GARAGE, id="lot", date_from=DAY, date_to=DAY, closed=True)
    season = two_schools(buses=(bus(count=3),), calendar=(closed,))
    assert arrays(season, DAY, DAY + dt.timedelta(days=1)).count.tolist() == [[0, 3]]


def test_the_calendar_of_its_district_narrows_the_hours_of_a_bus() -> None:
    early = CalendarEntry(
        scope=Scope.DISTRICT, id=LENDER, date_from=DAY, date_to=DAY, free_to=dt.time(12)
    )
    f = arrays(two_schools(calendar=(early,)))
    assert f.free_to_s.tolist() == [[12 * HOUR + CST]]


def test_overtime_costs_what_it_is_above_the_ordinary_hour() -> None:
    f = of(bus(usd_per_hour=24, overtime_after_h=8, usd_per_overtime_hour=36))
    assert Fraction(int(f.per_overtime_s[0]), MONEY_Q) * HOUR == 120_000  # 12 US$
    assert f.overtime_after_s.tolist() == [8 * HOUR]


def test_without_overtime_none_is_ever_paid() -> None:
    f = of(bus())
    assert (f.per_overtime_s.tolist(), f.overtime_after_s.tolist()) == ([0], [FOREVER_S])


money = st.integers(0, 10**7).map(lambda n: n / 10_000)


@laws
@given(money, money, money, money, money)
def test_rates_lose_nothing(
    fixed: float, mile: float, hour: float, wait: float, minimum: float
) -> None:
    f = of(
        bus(
            usd_fixed=fixed,
            usd_per_mile=mile,
            usd_per_hour=hour,
            usd_per_wait_hour=wait,
            usd_minimum=minimum,
        )
    )

    def rate(column: int) -> Fraction:
        return Fraction(column, MONEY_Q)

    assert rate(int(f.fixed[0])) == round(fixed * 10_000)
    assert rate(int(f.minimum[0])) == round(minimum * 10_000)
    assert rate(int(f.per_m[0])) * Fraction(1_609_344, 1000) == round(mile * 10_000)
    assert rate(int(f.per_s[0])) * HOUR == round(hour * 10_000)
    assert rate(int(f.per_wait_s[0])) * HOUR == round(wait * 10_000)


def test_dollars_and_hours_are_rounded_to_what_they_mean() -> None:
    assert units(2.45) == 24_500
    assert units(0.285) == 2_850
    assert hours_s(7.25) == 26_100
    assert hours_s(1 / 3) == 1_200
