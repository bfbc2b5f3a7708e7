"""Rules of buses: seats, numbers, hours, rates, and whom they carry."""

from collections.abc import Iterator

from tourpool.events.calendar import bus_hours
from tourpool.events.fleet import Carries
from tourpool.events.problems import Problem
from tourpool.events.reading.draft import Draft, Rule


def bus_hours_in_order(draft: Draft) -> Iterator[Problem]:
    """A bus is free from a time to a later one."""
    for row in draft.buses:
        b = row.record
        if b.free_from >= b.free_to:
            yield row.problem(
                "free_from",
                f"{b.free_from:%H:%M} is not before free_to {b.free_to:%H:%M}: never free",
                "mend one of them; times after noon are 13:00 and later, or have PM",
            )


def bus_is_free_some_day(draft: Draft) -> Iterator[Problem]:
    """The calendar leaves a bus free on a day with a session."""
    days = {row.record.date for row in draft.sessions}
    for row in draft.buses:
        b = row.record
        if not days or b.garage_id not in draft.season.garage or b.free_from >= b.free_to:
            continue
        try:
            free = any(bus_hours(draft.season, b, day) for day in days)
        except ValueError:
            continue  # a time that clocks skip is a problem of its own
        if not free:
            yield row.problem(
                "garage_id",
                f"the calendar leaves {b.bus_type} of {b.garage_id} no time on any day with a "
                "session",
                "mend the calendar of the garage or its district, or take this row out",
            )


def seats_small_not_fewer(draft: Draft) -> Iterator[Problem]:
    """As many small children as adults can sit in a bus, or more."""
    for row in draft.buses:
        b = row.record
        if b.seats_small < b.seats_large:
            yield row.problem(
                "seats_small",
                f"{b.seats_small} seats for small children are fewer than seats_large "
                f"{b.seats_large}",
                "swap them, or write the same number in both",
            )


def bus_numbers_match_count(draft: Draft) -> Iterator[Problem]:
    """Every bus of a row has its own number."""
    for row in draft.buses:
        b = row.record
        if len(b.bus_numbers) != b.count:
            yield row.problem(
                "bus_numbers",
                f"{'; '.join(b.bus_numbers)} does not name {b.count} buses",
                "write one number for each, separated by ; or leave it empty",
            )


def bus_numbers_differ(draft: Draft) -> Iterator[Problem]:
    """No number is painted on two buses of a garage; numbers nobody typed do not count."""
    first: dict[tuple[str, str], int] = {}
    for row in draft.buses:
        b = row.record
        if b.bus_numbers == tuple(str(n + 1) for n in range(b.count)):
            continue
        for number in b.bus_numbers:
            at = (b.garage_id, number)
            if at in first:
                yield row.problem(
                    "bus_numbers",
                    f"{number} is a bus of {b.garage_id} in row {first[at]} already",
                    "give each bus its own number",
                )
            first.setdefault(at, row.number)


def overtime_has_its_rate(draft: Draft) -> Iterator[Problem]:
    """Overtime has hours and a rate, or neither."""
    for row in draft.buses:
        b = row.record
        if b.overtime_after_h is not None and b.usd_per_overtime_hour is None:
            yield row.problem(
                "usd_per_overtime_hour",
                f"is empty though overtime_after_h is {b.overtime_after_h:g}",
                "write what an hour of overtime costs, or empty both",
            )
        if b.overtime_after_h is None and b.usd_per_overtime_hour is not None:
            yield row.problem(
                "overtime_after_h",
                f"is empty though usd_per_overtime_hour is {b.usd_per_overtime_hour:g}",
                "write after how many hours it is paid, or empty both",
            )


def overtime_not_cheaper(draft: Draft) -> Iterator[Problem]:
    """An hour of overtime costs no less than another hour."""
    for row in draft.buses:
        b = row.record
        if b.usd_per_overtime_hour is not None and b.usd_per_overtime_hour < b.usd_per_hour:
            yield row.problem(
                "usd_per_overtime_hour",
                f"{b.usd_per_overtime_hour:g} is less than usd_per_hour {b.usd_per_hour:g}",
                "write the whole rate of that hour, not the extra pay",
            )


def least_riders_fit(draft: Draft) -> Iterator[Problem]:
    """A bus has seats for the riders it wants at the least."""
    for row in draft.buses:
        b = row.record
        if b.min_riders > max(b.seats_small, b.seats_large):
            yield row.problem(
                "min_riders",
                f"{b.min_riders} are more than sit in the bus: it never goes",
                f"write at most {max(b.seats_small, b.seats_large)}, or 0 for any number",
            )


def charter_carries_others(draft: Draft) -> Iterator[Problem]:
    """A charter company has no district of its own to carry."""
    for row in draft.buses:
        garage = draft.season.garage.get(row.record.garage_id)
        if garage and garage.leaid is None and row.record.carries is Carries.OWN:
            yield row.problem(
                "carries",
                f"own, but {garage.garage_id} has no district",
                "write all, or fill in leaid in garages",
            )


def least_riders_fit_when_large(draft: Draft) -> Iterator[Problem]:
    """A bus that wants more riders than it has large seats goes for small children only."""
    for row in draft.buses:
        b = row.record
        if b.seats_large < b.min_riders <= b.seats_small:
            yield row.problem(
                "min_riders",
                f"{b.min_riders} are more than its {b.seats_large} large seats: it goes for small "
                "children only",
                f"write at most {b.seats_large}, if it is to bring older students or adults",
            )


RULES: tuple[Rule, ...] = (
    bus_hours_in_order,
    bus_is_free_some_day,
    seats_small_not_fewer,
    bus_numbers_match_count,
    bus_numbers_differ,
    overtime_has_its_rate,
    overtime_not_cheaper,
    least_riders_fit,
    charter_carries_others,
)
WARNINGS: tuple[Rule, ...] = (least_riders_fit_when_large,)
