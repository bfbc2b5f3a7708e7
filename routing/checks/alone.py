"""One group alone on a bus: whether it can be brought so, and for how much at the least."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tourpool.events.calendar import bus_hours
from tourpool.events.equity import weights
from tourpool.events.fleet import BusType
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.checks import bus as bus_rules
from tourpool.routing.checks import ride as ride_rules
from tourpool.routing.checks.case import BlockCase, Case, rider_of
from tourpool.routing.checks.day import DrivenBlock, drive_block
from tourpool.routing.checks.drive import Driven
from tourpool.routing.checks.money import cost
from tourpool.routing.checks.people import groups_by_request
from tourpool.routing.checks.table import RoadTable
from tourpool.routing.checks.words import Rule, Violation, differ, usd_text
from tourpool.routing.plan import (
    Block,
    Boarding,
    Direction,
    Group,
    PlaceKind,
    Plan,
    Run,
    RunPair,
    StopTime,
)


@dataclass(frozen=True)
class Least:
    """The least that one group alone costs.

    Attributes
    ----------
    buses
        Every bus type that can bring it, by id.
    metres
        The fewest and the most metres among those at the least cost.
    """

    cost: int
    buses: frozenset[str]
    metres: tuple[int, int]


def stated_alone(
    season: Season, table: RoadTable, plan: Plan, cases: Sequence[Case]
) -> Iterator[Violation]:
    """What those who ride would cost alone, each on its cheapest bus, is what the plan says."""
    weight = {r: w.hundredths for r, w in weights(season).items()}
    sums = Counter[str]()
    left_out: list[str] = []
    for group, least in _units(season, table, cases):
        if least is None:
            left_out.append(group.group_id)
            continue
        counted = rider_of(season, group).counted
        sums.update(students=counted, weighted=weight[group.request_id] * counted, groups=1)
        sums.update(cost=least.cost, fewest=least.metres[0], most=least.metres[1])
    where, says = "alone, same groups", plan.alone_same_groups
    same: list[tuple[str, object, object]] = [
        ("cost", usd_text(says.cost), usd_text(sums["cost"])),
        ("students", says.students, sums["students"]),
        ("weighted students", says.weighted, sums["weighted"]),
        ("groups", says.groups, sums["groups"]),
        ("buses", says.buses, sums["groups"]),
        ("groups left out", sorted(says.left_out), sorted(left_out)),
        ("proven", says.proven, True),  # each on its cheapest: there is nothing to search
    ]
    yield from differ(Rule.STATED_ALONE, where, same)
    if not sums["fewest"] <= says.metres <= sums["most"]:
        text = f"{says.metres} metres; on the cheapest buses they are {sums['fewest']}"
        yield Violation(Rule.STATED_ALONE, where, text)


def _units(
    season: Season, table: RoadTable, cases: Sequence[Case]
) -> Iterator[tuple[Group, Least | None]]:
    """Each request that rides: whole where a bus brings it so, else each of its parts."""
    session = {r.request.request_id: c for c in cases for r in c.riders}
    for request_id, groups in groups_by_request(cases).items():
        case, one = session[request_id], whole(season, season.request[request_id])
        least = least_alone(season, table, case, one)
        if least is not None:
            yield one, least
        else:
            yield from ((g, least_alone(season, table, case, g)) for g in groups)


def whole(season: Season, request: SeatRequest, **size: int) -> Group:
    """The request as one group; with ``size``, one part of it that is handled by itself."""
    group = Group(
        group_id=request.request_id,
        request_id=request.request_id,
        ncessch=request.ncessch,
        part=1,
        parts=1,
        students=request.students,
        chaperones=request.chaperones,
        wheelchairs=request.wheelchairs,
        counted=0,
    ).model_copy(update=size)
    return group.model_copy(update={"counted": rider_of(season, group).counted})


def least_alone(season: Season, table: RoadTable, case: Case, group: Group) -> Least | None:
    """Least cost of one group alone to the session of ``case``, any bus; None: none can.

    Limits of a venue on the size of a group hold for it too; that a bus goes only with so many
    riders does not: alone is what it is compared with.
    """
    limits = (season.venue[v.venue_id].max_group for v in case.visits)
    if any(limit is not None and group.people > limit for limit in limits):
        return None
    by_roads: dict[RoadTable, list[BusType]] = {}
    for bus in season.buses:
        by_roads.setdefault(table.of(bus, case.session.date), []).append(bus)
    found: dict[str, tuple[int, int]] = {}
    for own, buses in by_roads.items():
        found |= _costs_alone(season, own, case, group, buses)
    if not found:
        return None
    least = min(found.values())[0]
    metres = [m for c, m in found.values() if c == least]
    return Least(least, frozenset(found), (min(metres), max(metres)))


def _costs_alone(
    season: Season, table: RoadTable, case: Case, group: Group, alike: Sequence[BusType]
) -> dict[str, tuple[int, int]]:
    """Cost and metres of each bus that brings a group alone, of buses that use the same roads."""
    found: dict[str, tuple[int, int]] = {}
    between: tuple[int, int] | None = None  # first at the school, last there: for all garages
    for home in season.garages:
        buses = [b for b in alike if b.garage_id == home.garage_id]
        if between is not None:
            buses = [b for b in buses if _is_out_in_hours(season, table, b, case, group, between)]
        if not buses:
            continue
        alone = _alone(season, case, buses[0], group)
        driven = drive_block(alone, table)  # buses of one garage drive the same way
        if between is None:
            if any(_too_late(alone.pairs[0], driven.pairs[0])):  # whichever garage it comes from
                return {}
            there, back = driven.pairs[0].outbound[1], driven.pairs[0].return_run[-2]
            between = there.arrive_s, back.depart_s
        for bus in buses:
            pair = replace(alone.pairs[0], bus=bus)
            block = replace(alone, bus=bus, pairs=(pair,))
            if not any(_refused(block, driven)) and _has_hours(block, driven):
                paid = cost(season, bus, driven.metres, driven.duty_s, driven.wait_s)
                found[bus.bus_type_id] = (paid, driven.metres)
    return found


def _is_out_in_hours(
    season: Season,
    table: RoadTable,
    bus: BusType,
    case: Case,
    group: Group,
    between: tuple[int, int],
) -> bool:
    """Whether a bus may be out from leaving for the school until it is home from there."""
    garage, school = season.garage[bus.garage_id].stop, season.school[group.ncessch].stop
    leave_s = between[0] - table.seconds(garage, school)
    back_s = between[1] + table.seconds(school, garage)
    hours = [bus_hours(season, bus.only((n,)), case.session.date) for n in bus.numbers]
    return any(free is not None and free[0] <= leave_s and back_s <= free[1] for free in hours)


def _too_late(case: Case, driven: Driven) -> Iterator[Violation]:
    """What riders would not be promised, whichever bus of this garage comes."""
    yield from ride_rules.ride_out(case, driven)
    yield from ride_rules.ride_back(case, driven)
    yield from ride_rules.earliest_pickup(case, driven)
    yield from ride_rules.latest_return(case, driven)
    yield from ride_rules.arrival_window(case, driven)


def _refused(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """Why this bus cannot bring this group."""
    (case,) = block.pairs
    yield from bus_rules.load(case)
    yield from bus_rules.wheelchairs(case)
    yield from bus_rules.carries(case)
    yield from bus_rules.agreement(case)
    yield from bus_rules.duty(block, driven)
    yield from bus_rules.wheel(block, driven)


def _has_hours(block: BlockCase, driven: DrivenBlock) -> bool:
    """Whether one of the buses of the row is free; the calendar may name them one by one."""
    numbered = (
        replace(block, block=block.block.model_copy(update={"bus_number": n}))
        for n in block.bus.numbers
    )
    return any(not any(bus_rules.hours(one, driven)) for one in numbered)


def _alone(season: Season, case: Case, bus: BusType, group: Group) -> BlockCase:
    """A block with this group only; its times are not needed, it is driven anew."""
    garage, venues = (PlaceKind.GARAGE, bus.garage_id), [v.venue_id for v in case.visits]
    school = (PlaceKind.SCHOOL, group.ncessch)
    first, last = (PlaceKind.VENUE, venues[0]), (PlaceKind.VENUE, venues[-1])

    def run(direction: Direction, *places: tuple[PlaceKind, str]) -> Run:
        moves = (Boarding(group_id=group.group_id, begin_s=0, end_s=0),)
        here = {Direction.OUTBOUND: "on", Direction.RETURN: "off"}.get(direction)
        stops = (
            _stop(p, {here: moves} if here and p[0] is PlaceKind.SCHOOL else {}) for p in places
        )
        return Run(
            run_id="",
            direction=direction,
            session_id=case.session.session_id,
            garage_id=bus.garage_id,
            bus_type=bus.bus_type,
            bus_number="",
            stops=tuple(stops),
        )

    along = run(Direction.BETWEEN, *((PlaceKind.VENUE, v) for v in venues))
    pair = RunPair(
        session_id=case.session.session_id,
        groups=(group,),
        outbound=run(Direction.OUTBOUND, garage, school, first),
        between=along if len(venues) > 1 else None,
        return_run=run(Direction.RETURN, last, school, garage),
    )
    block = Block(
        block_id="",
        date=case.session.date,
        garage_id=bus.garage_id,
        bus_type=bus.bus_type,
        bus_number="",
        run_pairs=(pair,),
        leave_s=0,
        back_s=0,
        drive_s=0,
        wait_s=0,
        metres=0,
        deadhead_metres=0,
        cost=0,
    )
    home = season.garage[bus.garage_id]
    alone = Case(season, block, pair, bus, home, case.session, (rider_of(season, group),))
    return BlockCase(season, block, bus, home, (alone,))


def _stop(place: tuple[PlaceKind, str], moves: dict[str, tuple[Boarding, ...]]) -> StopTime:
    kind, place_id = place
    return StopTime(
        kind=kind,
        place_id=place_id,
        arrive_s=0,
        depart_s=0,
        metres=0,
        drive_s=0,
        on=moves.get("on", ()),
        off=moves.get("off", ()),
    )
