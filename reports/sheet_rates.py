"""Rows of the sheet Rates: what the buses on offer hold and cost."""

from collections.abc import Iterator, Sequence

from tourpool.events.fleet import BusType, Tariff
from tourpool.reports.plain import plain
from tourpool.reports.sheets import Value
from tourpool.routing.plan import PlaceKind, Plan


def rate_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a bus type, in the order of the season."""
    for bus in plan.buses:
        yield (
            plain(plan.place[PlaceKind.GARAGE, bus.garage_id].name),
            plain(bus.bus_type),
            bus.count,
            bus.seats_small,
            bus.seats_large,
            bus.wheelchair_places,
            bus.min_riders,
            bus.usd_fixed,
            _per_mile(plan, bus),
            bus.usd_per_hour,
            bus.usd_per_wait_hour,
            bus.usd_minimum,
            bus.driver_min_h,
            bus.overtime_after_h,
            bus.usd_per_overtime_hour,
        )


def tiers_text(tiers: Sequence[Tariff]) -> str:
    """Rates of a tariff as a sentence: ``$3.10 up to 100 mi, $2.40 beyond``."""
    ends = [f"up to {tier.from_mi:g} mi" for tier in tiers[1:]]
    ends.append("beyond" if ends else "per mile")
    rates = [f"${tier.usd_per_mile:,.2f} {end}" for tier, end in zip(tiers, ends, strict=True)]
    return ", ".join(rates)


def _per_mile(plan: Plan, bus: BusType) -> Value:
    if bus.tariff_id is None:
        return bus.usd_per_mile
    tiers = [tier for tier in plan.tariffs if tier.tariff_id == bus.tariff_id]
    return tiers_text(sorted(tiers, key=lambda tier: tier.from_mi))
