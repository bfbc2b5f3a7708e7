"""The check of a plan: that it is true, and that it keeps every hard rule.

It starts from the season and the roads alone, drives every block again, and shares no code with
what made the plan. One small function checks one rule of `Rule`.
"""

from collections.abc import Callable, Iterator, Sequence

from tourpool.events.season import Season
from tourpool.routing.checks import (
    alone,
    budget,
    bus,
    identity,
    link,
    listed,
    moved,
    parts,
    people,
    pinned,
    proof,
    ride,
    shape,
    stated,
)
from tourpool.routing.checks.case import BlockCase, Case, case_of, unknown_in_block
from tourpool.routing.checks.day import DrivenBlock, drive_block
from tourpool.routing.checks.drive import Driven
from tourpool.routing.checks.money import cost
from tourpool.routing.checks.table import RoadTable
from tourpool.routing.checks.words import Rule, Violation
from tourpool.routing.plan import Plan
from tourpool.routing.roads import Roads

__all__ = ["Rule", "Violation", "check_plan"]

CaseRule = Callable[[Case], Iterator[Violation]]
DrivenRule = Callable[[Case, Driven], Iterator[Violation]]
BlockRule = Callable[[BlockCase, DrivenBlock], Iterator[Violation]]

SHAPE: tuple[CaseRule, ...] = (
    shape.run_ends,
    shape.run_stops,
    shape.boards_once,
    shape.same_groups,
    shape.between_run,
)
"""A block that breaks one of these cannot be driven, and nothing can be said about its times."""

STANDING: tuple[CaseRule, ...] = (
    shape.block_date,
    shape.run_bus,
    bus.load,
    bus.wheelchairs,
    bus.apart,
    bus.carries,
    bus.agreement,
    bus.agreement_mark,
    bus.min_riders,
    ride.session_accepted,
    ride.closed_day,
)

DRIVING: tuple[DrivenRule, ...] = (
    ride.ride_out,
    ride.ride_back,
    ride.earliest_pickup,
    ride.latest_return,
    ride.arrival_window,
    stated.stated_lines,
)

ALL_DAY: tuple[BlockRule, ...] = (
    link.next_pick_up,
    link.cheaper_link,
    bus.hours,
    bus.duty,
    bus.wheel,
    stated.stated_times,
    stated.stated_metres,
    stated.stated_cost,
)


def check_plan(
    season: Season, roads: Roads, plan: Plan, before: Plan | None = None
) -> list[Violation]:
    """Find every hard rule that a plan breaks; empty when it may be driven as printed.

    Nothing that the plan says about times, metres, costs or bounds is believed. A garbled plan
    gives violations, not an exception. Where the plan ``before``, which it follows, is at hand,
    all that moved since must be told.
    """
    table = RoadTable(season, roads)
    found = [v for b in plan.blocks for v in unknown_in_block(season, b)]
    found += (v for b in plan.blocks for v in shape.run_pairs(season, b))
    blocks = [c for c in (case_of(season, b) for b in plan.blocks) if c is not None]
    driven: list[tuple[BlockCase, DrivenBlock]] = []
    for block in blocks:
        found += (v for rule in STANDING for case in block.pairs for v in rule(case))
        misshapen = [v for rule in SHAPE for case in block.pairs for v in rule(case)]
        misshapen += shape.link_ends(block)
        found += misshapen
        if not misshapen:
            driven.append((block, drive_block(block, table)))
            found += _on_its_way(*driven[-1])
    found += _over_all(season, roads, plan, blocks, table)
    if before is not None and not found:  # of a plan that is garbled, what moved cannot be said
        found += moved.all_moves(season, before, plan)
    found += _in_sum(season, plan, blocks, driven, table)
    return found


def _on_its_way(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """Rules on times, metres and money of one block."""
    for case, pair in zip(block.pairs, driven.pairs, strict=True):
        yield from (v for rule in DRIVING for v in rule(case, pair))
    yield from (v for rule in ALL_DAY for v in rule(block, driven))


def _over_all(
    season: Season, roads: Roads, plan: Plan, blocks: Sequence[BlockCase], table: RoadTable
) -> Iterator[Violation]:
    """Rules over more than one block."""
    cases = [case for block in blocks for case in block.pairs]
    yield from identity.plan_id(plan)
    yield from identity.season_digest(season, plan)
    yield from identity.roads_digest(roads, plan)
    yield from identity.stated_buses(season, plan)
    yield from identity.stated_tariffs(season, plan)
    yield from identity.duplicate_id(plan)
    yield from bus.buses(season, plan)
    yield from people.served_once(cases)
    yield from people.one_session(cases)
    yield from parts.group_size(season, cases)
    yield from parts.all_parts(cases)
    yield from parts.needless_cut(season, table, cases)
    yield from parts.chaperones(cases)
    yield from people.people_limit(cases)
    yield from people.school_limit(cases)
    yield from people.max_group(cases)
    yield from listed.stated_places(season, table, plan)
    yield from listed.stated_sessions(season, plan, cases)
    yield from listed.stated_requests(season, plan)
    yield from listed.request_fate(season, plan, cases)
    yield from listed.weight(season, plan)
    yield from pinned.pins(season, cases)
    yield from moved.stated_moves(season, plan, cases)
    yield from alone.stated_alone(season, table, plan, cases)


def _in_sum(
    season: Season,
    plan: Plan,
    blocks: Sequence[BlockCase],
    driven: Sequence[tuple[BlockCase, DrivenBlock]],
    table: RoadTable,
) -> Iterator[Violation]:
    """Rules on what all blocks cost, which is known when every one can be driven."""
    costs = [(block, cost(season, block.bus, d.metres, d.duty_s, d.wait_s)) for block, d in driven]
    complete = len(driven) == len(plan.blocks)
    total = proof.totals(costs, [d for _, d in driven]) if complete else None
    cases = [case for block in blocks for case in block.pairs]
    yield from budget.budget(season, table, costs)
    yield from budget.stated_budgets(season, table, plan, costs if complete else None)
    yield from proof.stated_proof(season, plan, cases, total)
    yield from proof.stated_unpooled(season, plan)
