"""The buses of a season as arrays; dollars and miles become integers that lose nothing."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import numpy as np

from tourpool.events.calendar import bus_hours
from tourpool.events.fleet import BusType
from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.solver.instance import FOREVER_S, Fleet, Ints, ints

MONEY_Q = 40_233_600
"""Least common multiple of 3600 s and of 1609.344 m in mm: rates per s and per m are whole."""
MILE_M = Decimal("1609.344")
PER_MILE, PER_HOUR = MONEY_Q * 1000 // 1_609_344, MONEY_Q // 3600


def fleet_arrays(season: Season, place: dict[Point, int], dates: tuple[dt.date, ...]) -> Fleet:
    """Seats, hours and rates of all rows of the table buses, on the days of the season."""
    buses = season.buses
    hours = [[bus_hours(season, b, date) for date in dates] for b in buses]
    shape = (len(buses), len(dates))

    def daily(value: Sequence[Sequence[int]]) -> Ints:
        return np.array(value, dtype=np.int64).reshape(shape)

    return Fleet(
        garage=ints([place[season.garage[b.garage_id].stop] for b in buses]),
        seats_small=ints([b.seats_small for b in buses]),
        seats_large=ints([b.seats_large for b in buses]),
        places=ints([b.wheelchair_places for b in buses]),
        lost_seats=ints([b.seats_lost_per_wheelchair for b in buses]),
        count=daily(
            [[b.count if h else 0 for h in hs] for b, hs in zip(buses, hours, strict=True)]
        ),
        free_from_s=daily([[h[0] if h else 0 for h in hs] for hs in hours]),
        free_to_s=daily([[h[1] if h else 0 for h in hs] for hs in hours]),
        fixed=ints([units(b.usd_fixed) * MONEY_Q for b in buses]),
        per_m=ints([_rates(season, b)[0][1] for b in buses]),
        per_s=ints([units(b.usd_per_hour) * PER_HOUR for b in buses]),
        per_wait_s=ints([units(b.usd_per_wait_hour) * PER_HOUR for b in buses]),
        minimum=ints([units(b.usd_minimum) * MONEY_Q for b in buses]),
        per_overtime_s=ints([_overtime(b) * PER_HOUR for b in buses]),
        overtime_after_s=ints(
            [
                FOREVER_S if b.overtime_after_h is None else hours_s(b.overtime_after_h)
                for b in buses
            ]
        ),
        max_duty_s=ints([hours_s(b.max_duty_h) for b in buses]),
        max_drive_s=ints([hours_s(b.max_drive_h) for b in buses]),
        driver_minimum=ints(
            [units(b.usd_per_hour) * PER_HOUR * hours_s(b.driver_min_h) for b in buses]
        ),
        min_riders=ints([b.min_riders for b in buses]),
        tiers=_tiers(season),
    )


def _tiers(season: Season) -> Ints:
    """Where the rate of a mile changes, and by how much; ``(K, tiers, 2)``."""
    tables = [_rates(season, b) for b in season.buses]
    most = max((len(t) for t in tables), default=1)
    tiers = np.zeros((len(tables), most - 1, 2), np.int64)
    tiers[:, :, 0] = FOREVER_S
    for k, rates in enumerate(tables):
        for t, ((_, before), (from_m, rate)) in enumerate(pairwise(rates)):
            tiers[k, t] = from_m, rate - before
    return tiers


def _rates(season: Season, bus: BusType) -> list[tuple[int, int]]:
    """Metres from which a rate holds, and the rate of a metre, ascending from 0."""
    if bus.tariff_id is None:
        return [(0, units(bus.usd_per_mile) * PER_MILE)]
    return [
        (_half_up(Decimal(repr(t.from_mi)) * MILE_M), units(t.usd_per_mile) * PER_MILE)
        for t in season.tariff[bus.tariff_id]
    ]


def units(usd: float) -> int:
    """US$ as typed in whole 1e-4 US$, half up."""
    return _half_up(Decimal(repr(usd)) * 10_000)


def hours_s(hours: float) -> int:
    """Hours as typed in whole seconds, half up."""
    return _half_up(Decimal(repr(hours)) * 3600)


def _half_up(exact: Decimal) -> int:
    return int(exact.to_integral_value(ROUND_HALF_UP))


def _overtime(bus: BusType) -> int:
    """What an overtime hour costs on top of an ordinary one, 1e-4 US$."""
    if bus.usd_per_overtime_hour is None:
        return 0
    return max(0, units(bus.usd_per_overtime_hour) - units(bus.usd_per_hour))
