"""What a bus's day costs, and who bears it, said once more in plain fractions for brute force.

It shares no code with the solver nor with the check, on purpose.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import floor
from typing import NamedTuple

from tourpool.events.fleet import BusType
from tourpool.events.season import Season

HALF = Fraction(1, 2)


class Payee(NamedTuple):
    """A group on a bus: its district, its event, its counted riders and its own way."""

    leaid: str
    event_id: str
    riders: int
    metres: int


def dollars(season: Season, bus: BusType, metres: int, duty: int, wait: int) -> int:
    """Cost in 1e-4 US$; rates of toy seasons have four decimals at the most."""
    hours = rate(bus.usd_per_hour) * Fraction(duty - wait, 3600)
    hours += rate(bus.usd_per_wait_hour) * Fraction(wait, 3600)
    if bus.overtime_after_h is not None and bus.usd_per_overtime_hour is not None:
        over = max(0, duty - round(bus.overtime_after_h * 3600))
        more = rate(bus.usd_per_overtime_hour) - rate(bus.usd_per_hour)
        hours += more * Fraction(over, 3600)
    at_least = rate(bus.usd_per_hour) * Fraction(round(bus.driver_min_h * 3600), 3600)
    cost = rate(bus.usd_fixed) + max(hours, at_least) + miles(season, bus, metres)
    return floor(max(cost, rate(bus.usd_minimum)) + HALF)


def miles(season: Season, bus: BusType, metres: int) -> Fraction:
    """Tier by tier, from the one of the most miles down: what lies beyond its start costs it."""
    if bus.tariff_id is None:
        return rate(bus.usd_per_mile) * Fraction(metres * 1000, 1609344)
    cost = Fraction(0)
    tiers = [t for t in season.tariffs if t.tariff_id == bus.tariff_id]
    for tier in sorted(tiers, key=lambda t: -t.from_mi):
        start = floor(Fraction(str(tier.from_mi)) * Fraction(1609344, 1000) + HALF)
        beyond = max(0, metres - start)
        cost += rate(tier.usd_per_mile) * Fraction(beyond * 1000, 1609344)
        metres -= beyond
    return cost


def shares(season: Season, cost: int, aboard: Iterable[Payee]) -> tuple[int, ...]:
    """What each budget bears of a block: by riders times metres, rounded half up."""
    total = 0
    borne = [0] * len(season.budgets)
    for payee in aboard:
        ecosystem = season.district[payee.leaid].ecosystem_id
        kind = season.event[payee.event_id].kind.value
        size = payee.riders * max(1, payee.metres)
        total += size
        for n, budget in enumerate(season.budgets):
            if budget.payer in (payee.leaid, ecosystem):
                borne[n] += size if budget.scope in ("all", payee.event_id, kind) else 0
    return tuple(floor(Fraction(cost * size, total) + HALF) for size in borne)


def rate(usd: float) -> Fraction:
    """US$ in whole 1e-4 US$."""
    return Fraction(round(usd * 10000))
