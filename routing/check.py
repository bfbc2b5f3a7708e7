"""The check of a plan: that it is true, and that it keeps every hard rule.

It starts from the season and the roads alone, drives every block again, and shares no code with
what made the plan. One small function checks one rule of `Rule`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from tourpool.events.season import Season
from tourpool.routing import (
    check_alone,
    check_bus,
    check_listed,
    check_people,
    check_ride,
    check_shape,
    check_stated,
)
from tourpool.routing.check_case import Case, case_of, unknown_in_block
from tourpool.routing.check_drive import Driven, RoadTable, drive
from tourpool.routing.check_money import cost
from tourpool.routing.check_words import Rule, Violation
from tourpool.routing.plan import Plan
from tourpool.routing.roads import Roads

__all__ = ["Rule", "Violation", "check_plan"]

CaseRule = Callable[[Case], Iterator[Violation]]
DrivenRule = Callable[[Case, Driven], Iterator[Violation]]

SHAPE: tuple[CaseRule, ...] = (
    check_shape.run_ends,
    check_shape.run_stops,
    check_shape.boards_once,
    check_shape.same_groups,
    check_shape.between_run,
)
"""A block that breaks one of these cannot be driven, and nothing can be said about its times."""

STANDING: tuple[CaseRule, ...] = (
    check_shape.block_date,
    check_shape.run_bus,
    check_bus.load,
    check_bus.wheelchairs,
    check_bus.apart,
    check_bus.carries,
    check_bus.agreement,
    check_bus.agreement_mark,
    check_ride.session_accepted,
    check_ride.closed_day,
)

DRIVING: tuple[DrivenRule, ...] = (
    check_bus.hours,
    check_bus.duty,
    check_bus.wheel,
    check_ride.ride_out,
    check_ride.ride_back,
    check_ride.earliest_pickup,
    check_ride.latest_return,
    check_ride.arrival_window,
    check_stated.stated_times,
    check_stated.stated_metres,
    check_stated.stated_cost,
)


def check_plan(season: Season, roads: Roads, plan: Plan) -> list[Violation]:
    """Find every hard rule that a plan breaks; empty when it may be driven as printed.

    Nothing that the plan says about times, metres, costs or bounds is believed. A garbled plan
    gives violations, not an exception.
    """
    table = RoadTable(season, roads)
    found = [v for b in plan.blocks for v in unknown_in_block(season, b)]
    found += (v for b in plan.blocks for v in check_shape.one_run_pair(b))
    cases = [c for c in (case_of(season, b) for b in plan.blocks) if c is not None]
    total: int | None = 0
    for case in cases:
        found += (v for rule in STANDING for v in rule(case))
        misshapen = [v for rule in SHAPE for v in rule(case)]
        found += misshapen
        if misshapen:
            total = None
            continue
        driven = drive(case, table)
        found += (v for rule in DRIVING for v in rule(case, driven))
        total = None if total is None else total + cost(case.bus, driven)
    if len(cases) < len(plan.blocks):
        total = None
    found += _over_all(season, roads, plan, cases, table, total)
    return found


def _over_all(
    season: Season,
    roads: Roads,
    plan: Plan,
    cases: Sequence[Case],
    table: RoadTable,
    total: int | None,
) -> Iterable[Violation]:
    """Rules over more than one block."""
    yield from check_listed.season_digest(season, plan)
    yield from check_listed.roads_digest(roads, plan)
    yield from check_listed.duplicate_id(plan)
    yield from check_bus.buses(season, plan)
    yield from check_people.served_once(cases)
    yield from check_people.group_size(season, cases)
    yield from check_people.all_parts(cases)
    yield from check_people.one_session(cases)
    yield from check_alone.needless_cut(season, table, cases)
    yield from check_people.chaperones(cases)
    yield from check_people.people_limit(cases)
    yield from check_people.school_limit(cases)
    yield from check_people.max_group(cases)
    yield from check_listed.stated_places(season, table, plan)
    yield from check_listed.stated_sessions(season, plan, cases)
    yield from check_listed.stated_requests(season, plan)
    yield from check_listed.request_fate(season, plan, cases)
    yield from check_listed.weight(season, plan)
    yield from check_stated.stated_proof(season, plan, cases, total)
    yield from check_alone.stated_alone(season, table, plan, cases)
