"""What a block costs, in fractions of 1e-4 US$, rounded half up once."""

from fractions import Fraction
from math import floor

from tourpool.events.fleet import BusType
from tourpool.events.season import Season

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


def cost(season: Season, bus: BusType, metres: int, duty_s: int, wait_s: int) -> int:
    """Cost of a block: a day's use, miles and hours, but at least the minimum."""
    exact = units(bus.usd_fixed) + miles(season, bus, metres) + hours(bus, duty_s, wait_s)
    return floor(max(exact, Fraction(units(bus.usd_minimum))) + Fraction(1, 2))


def miles(season: Season, bus: BusType, metres: int) -> Fraction:
    """What the miles of a day cost, by their rate or tier by tier."""
    if bus.tariff_id is None:
        return units(bus.usd_per_mile) * metres / MILE_M
    tiers = sorted(
        (t for t in season.tariffs if t.tariff_id == bus.tariff_id), key=lambda t: t.from_mi
    )
    begins = [floor(typed(t.from_mi) * MILE_M + Fraction(1, 2)) for t in tiers]
    paid = (
        units(tier.usd_per_mile) * max(0, min(metres, end_m) - begin_m)
        for tier, begin_m, end_m in zip(tiers, begins, [*begins[1:], metres], strict=True)
    )
    return sum(paid) / MILE_M


def hours(bus: BusType, duty_s: int, wait_s: int) -> Fraction:
    """What the hours of a day cost, waiting and overtime too, but at least the driver's minimum."""
    worked = Fraction(units(bus.usd_per_hour) * (duty_s - wait_s), HOUR_S)
    waited = Fraction(units(bus.usd_per_wait_hour) * wait_s, HOUR_S)
    least = Fraction(units(bus.usd_per_hour) * hours_s(bus.driver_min_h), HOUR_S)
    return max(worked + waited + overtime(bus, duty_s), least)


def overtime(bus: BusType, duty_s: int) -> Fraction:
    """What hours of overtime cost on top of the hourly rate."""
    if bus.overtime_after_h is None or bus.usd_per_overtime_hour is None:
        return Fraction(0)
    over_s = max(0, duty_s - hours_s(bus.overtime_after_h))
    more = units(bus.usd_per_overtime_hour) - units(bus.usd_per_hour)
    return Fraction(over_s * more, HOUR_S)
