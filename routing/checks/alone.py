"""One group alone on a bus: whether it can be brought so, and for how much at the least."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tourpool.events.equity import weights
from tourpool.events.fleet import BusType
from tourpool.events.season import Season
from tourpool.routing.checks import bus as bus_rules
from tourpool.routing.checks import ride as ride_rules
from tourpool.routing.checks.case import Case, rider_of
from tourpool.routing.checks.drive import Driven, RoadTable, drive
from tourpool.routing.checks.money import cost
from tourpool.routing.checks.people import groups_by_request
from tourpool.routing.checks.words import Rule, Violation
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


def stated_alone(
    season: Season, table: RoadTable, plan: Plan, cases: Sequence[Case]
) -> Iterator[Violation]:
    """What the groups would cost alone, each on its cheapest bus, is what the plan says."""
    weight = {r: w.hundredths for r, w in weights(season).items()}
    total = students = weighted = 0
    left_out: list[str] = []
    rides = {r.group.group_id: (c, r.group) for c in cases for r in c.riders}
    for case, group in rides.values():
        least = least_alone(season, table, case, group)
        if least is None:
            left_out.append(group.group_id)
        else:
            total, students = total + least, students + group.students
            weighted += weight[group.request_id] * group.students
    stated = plan.alone_same_groups
    for what, says, is_ in (
        ("cost in 1e-4 US$", stated.cost, total),
        ("students", stated.students, students),
        ("weighted students", stated.weighted, weighted),
        ("groups left out", sorted(stated.left_out), sorted(left_out)),
    ):
        if says != is_:
            text = f"{what}: it says {says}, and it is {is_}"
            yield Violation(Rule.STATED_ALONE, "alone, same groups", text)


def needless_cut(season: Season, table: RoadTable, cases: Sequence[Case]) -> Iterator[Violation]:
    """A request that may not be split is cut only when no bus can bring it whole."""
    session = {r.request.request_id: c for c in cases for r in c.riders}
    for request_id, groups in groups_by_request(cases).items():
        request, case = season.request[request_id], session[request_id]
        if len(groups) == 1 or request.may_split:
            continue
        whole = Group(
            group_id=request_id,
            request_id=request_id,
            ncessch=request.ncessch,
            part=1,
            parts=1,
            students=request.students,
            chaperones=request.chaperones,
            wheelchairs=request.wheelchairs,
        )
        least = least_alone(season, table, case, whole)
        if least is not None:
            text = f"it may not be split, and a bus brings it whole for {least / 1e4:.2f} US$"
            yield Violation(Rule.NEEDLESS_CUT, f"request {request_id}", text)


def least_alone(season: Season, table: RoadTable, case: Case, group: Group) -> int | None:
    """Least cost of one group alone to the session of ``case``, any bus; None: none can."""
    costs = []
    for home in season.garages:
        buses = [b for b in season.buses if b.garage_id == home.garage_id]
        if not buses:
            continue
        alone = _alone(season, case, buses[0], group)
        driven = drive(alone, table)  # buses of one garage drive the same way
        if any(_too_late(alone, driven)):
            continue
        for bus in buses:
            if not any(_refused(replace(alone, bus=bus), driven)):
                costs.append(cost(bus, driven))
    return min(costs, default=None)


def _too_late(case: Case, driven: Driven) -> Iterator[Violation]:
    """What riders would not be promised, whichever bus of this garage comes."""
    yield from ride_rules.ride_out(case, driven)
    yield from ride_rules.ride_back(case, driven)
    yield from ride_rules.earliest_pickup(case, driven)
    yield from ride_rules.latest_return(case, driven)
    yield from ride_rules.arrival_window(case, driven)


def _refused(case: Case, driven: Driven) -> Iterator[Violation]:
    """Why this bus cannot bring this group."""
    yield from bus_rules.load(case)
    yield from bus_rules.wheelchairs(case)
    yield from bus_rules.carries(case)
    yield from bus_rules.agreement(case)
    yield from bus_rules.hours(case, driven)
    yield from bus_rules.duty(case, driven)
    yield from bus_rules.wheel(case, driven)


def _alone(season: Season, case: Case, bus: BusType, group: Group) -> Case:
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
    return Case(season, block, pair, bus, home, case.session, (rider_of(season, group),))


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
