"""What a block costs, in fractions of 1e-4 US$, rounded half up once."""

from fractions import Fraction
from math import floor

from tourpool.events.fleet import BusType
from tourpool.routing.checks.drive import Driven

MILE_M = Fraction("1609.344")
HOUR_S = 3600


def typed(figure: float) -> Fraction:
    """The figure that was typed, exactly: 0.1 is one tenth."""
    return Fraction(repr(figure))


def units(usd: float) -> int:
    """US$ as typed in whole 1e-4 US$, half up."""
    return floor(typed(usd) * 10_000 + Fraction(1, 2))


def hours_s(hours: float) -> int:
    """Hours as typed in whole seconds, half up."""
    return floor(typed(hours) * HOUR_S + Fraction(1, 2))


def cost(bus: BusType, driven: Driven) -> int:
    """Cost of a block: a day's use, miles, hours, waiting, overtime, but at least the minimum."""
    paid_s = driven.duty_s - driven.wait_s
    exact = (
        units(bus.usd_fixed)
        + units(bus.usd_per_mile) * driven.metres / MILE_M
        + Fraction(units(bus.usd_per_hour) * paid_s, HOUR_S)
        + Fraction(units(bus.usd_per_wait_hour) * driven.wait_s, HOUR_S)
        + overtime(bus, driven.duty_s)
    )
    return floor(max(exact, Fraction(units(bus.usd_minimum))) + Fraction(1, 2))


def overtime(bus: BusType, duty_s: int) -> Fraction:
    """What hours of overtime cost on top of the hourly rate."""
    if bus.overtime_after_h is None or bus.usd_per_overtime_hour is None:
        return Fraction(0)
    over_s = max(0, duty_s - hours_s(bus.overtime_after_h))
    more = units(bus.usd_per_overtime_hour) - units(bus.usd_per_hour)
    return Fraction(over_s * more, HOUR_S)
