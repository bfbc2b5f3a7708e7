"""Plans that break one rule each, for `tests/routing/test_check.py`.

Most are the plan of `tests.kept` with one thing changed: in the plan, or, where a limit is broken,
in the season, whose limit the plan then passes. The others start from a plan of the solver.
"""

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from tests.kept import COST, kept_plan, sealed
from tests.seasons import (
    DAY,
    FAR,
    GUEST,
    LENDER,
    NEAR,
    ToyRoads,
    agreement,
    bus,
    garage,
    point,
    request,
    school,
    session,
    toy_roads,
    two_schools,
    two_schools_roads,
    venue,
    with_tables,
)
from tourpool.events.fleet import Carries
from tourpool.events.occasions import Visit
from tourpool.events.rules import AgreementPolicy, CalendarEntry, Policy, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Apart, Choice
from tourpool.routing.checks.words import Rule
from tourpool.routing.plan import (
    Baseline,
    Direction,
    NeedsAgreement,
    Plan,
    Reason,
    ReasonKind,
)
from tourpool.routing.season_plan import plan_season

Model = TypeVar("Model", bound=BaseModel)
TOMORROW = DAY + dt.timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """A plan, the season and roads it is held against, and what else must break with it.

    Digests, plan id and buses are made to fit, unless a case is about them: ``as_is``.
    """

    plan: Plan
    season: Season = field(default_factory=two_schools)
    roads: ToyRoads = field(default_factory=two_schools_roads)
    also: frozenset[str] = frozenset()
    as_is: bool = False

    @property
    def sealed_plan(self) -> Plan:
        """The plan as it would be written for that season."""
        if self.as_is:
            return self.plan
        season = self.season
        fits: dict[str, object] = {"buses": season.buses, "tariffs": season.tariffs}
        fits |= {"season_digest": season.digest, "pins": season.pins}
        return sealed(self.plan.model_copy(update=fits))


BROKEN: list[tuple[Rule, Callable[[], Case]]] = []


def breaks(rule: Rule) -> Callable[[Callable[[], Case]], Callable[[], Case]]:
    """Register a case under the one rule it breaks."""

    def register(make: Callable[[], Case]) -> Callable[[], Case]:
        BROKEN.append((rule, make))
        return make

    return register


def change(model: Model, path: str, **values: Any) -> Model:
    """A copy with values changed at ``path``, such as ``blocks.0.run_pairs.0``."""
    if not path:
        return model.model_copy(update=values)
    name, _, rest = path.partition(".")
    child = getattr(model, name)
    if isinstance(child, tuple):
        number, _, rest = rest.partition(".")
        n = int(number)
        changed = (*child[:n], change(child[n], rest, **values), *child[n + 1 :])
    else:
        changed = change(child, rest, **values)
    return model.model_copy(update={name: changed})


def planned(path: str, **values: Any) -> Case:
    """The kept plan with something changed in it."""
    return Case(change(kept_plan(), path, **values))


def held_to(**tables: Any) -> Case:
    """The kept plan held against a season with other tables."""
    season = two_schools(**tables)
    return Case(kept_plan(season), season)


def accepting(plan: Plan, offered: tuple[str, ...], far: tuple[str, ...]) -> Plan:
    """The plan where more sessions are listed, and the far school accepts some of them."""
    empty = change(plan.sessions[0], "", people=0, students=0)
    more = tuple(change(empty, "", session_id=i) for i in offered if i != "morning")
    plan = plan.model_copy(update={"sessions": (*plan.sessions, *more)})
    return change(change(plan, "requests.0", accepts=offered), "requests.1", accepts=far)


PAIR = "blocks.0.run_pairs.0"
OUT, BACK = f"{PAIR}.outbound", f"{PAIR}.return_run"
NOBODY = Baseline(
    proven=True,
    students=0,
    weighted=0,
    groups=0,
    buses=0,
    metres=0,
    cost=0,
    left_out=("far", "near"),
)
"""What it is alone where no bus can bring one school."""
SPARE = bus(bus_type="spare", carries=Carries.ALL)
"""As dear as the other, so that what schools cost alone stays the same."""


# What the plan is about


@breaks(Rule.PLAN_ID)
def with_the_id_of_another_plan() -> Case:
    return Case(change(kept_plan(), "", plan_id="0123456789ab"), as_is=True)


@breaks(Rule.PLAN_ID)
def whose_warnings_were_taken_out() -> Case:
    plan = sealed(change(kept_plan(), "", warnings=("look at the map",)))
    return Case(change(plan, "", warnings=()), as_is=True)


@breaks(Rule.PLAN_ID)
def that_is_second_and_follows_none() -> Case:
    return planned("", version=2)


@breaks(Rule.PLAN_ID)
def that_is_first_and_follows_another() -> Case:
    return planned("", follows="0123456789ab")


@breaks(Rule.STATED_BUSES)
def with_another_rate_on_paper() -> Case:
    return Case(sealed(change(kept_plan(), "buses.0", usd_per_mile=2.4)), as_is=True)


@breaks(Rule.STATED_BUSES)
def that_forgets_a_bus() -> Case:
    season = two_schools(buses=(bus(), SPARE))
    plan = change(kept_plan(season), "", buses=season.buses[:1])
    return Case(sealed(plan), season, as_is=True)


@breaks(Rule.SEASON_DIGEST)
def of_another_season() -> Case:
    return Case(sealed(change(kept_plan(), "", season_digest="other")), as_is=True)


@breaks(Rule.SEASON_DIGEST)
def with_another_ride_limit_on_paper() -> Case:
    return planned("", max_ride_min=60)


@breaks(Rule.ROADS_DIGEST)
def on_other_roads() -> Case:
    return planned("", roads_digest="other")


@breaks(Rule.ROADS_DIGEST)
def estimated_and_not_saying_so() -> Case:
    return planned("", estimated=True)


UNPLANNED = frozenset(
    {Rule.REQUEST_FATE, Rule.STATED_SESSIONS, Rule.STATED_PROOF, Rule.STATED_ALONE}
)
"""A block that cannot be looked up brings nobody, so what is said of its riders fails too."""


@breaks(Rule.UNKNOWN_REFERENCE)
def by_an_unknown_bus() -> Case:
    return Case(planned("blocks.0", bus_type="ferry").plan, also=UNPLANNED)


@breaks(Rule.UNKNOWN_REFERENCE)
def with_a_group_that_is_none_of_its_own() -> Case:
    stranger = change(kept_plan(), f"{OUT}.stops.1.on.0", group_id="stranger")
    return Case(stranger, also=UNPLANNED)


@breaks(Rule.UNKNOWN_REFERENCE)
def with_a_group_of_an_unknown_school() -> Case:
    plan = change(kept_plan(), f"{PAIR}.groups.0", ncessch="280000900001")
    return Case(plan, also=UNPLANNED)


@breaks(Rule.DUPLICATE_ID)
def with_two_runs_of_one_name() -> Case:
    return planned(BACK, run_id="outbound")


# How a block is made


@breaks(Rule.RUN_PAIRS)
def without_runs() -> Case:
    return Case(planned("blocks.0", run_pairs=()).plan, also=UNPLANNED)


@breaks(Rule.BLOCK_DATE)
def on_the_day_after() -> Case:
    return planned("blocks.0", date=TOMORROW)


@breaks(Rule.RUN_BUS)
def home_by_another_bus() -> Case:
    return planned(BACK, bus_number="2")


@breaks(Rule.RUN_BUS)
def whose_way_back_says_outbound() -> Case:
    return planned(BACK, direction=Direction.OUTBOUND)


@breaks(Rule.RUN_ENDS)
def that_begins_at_a_school() -> Case:
    return planned(OUT, stops=kept_plan().blocks[0].run_pairs[0].outbound.stops[1:])


@breaks(Rule.RUN_ENDS)
def that_does_not_come_home() -> Case:
    return planned(BACK, stops=kept_plan().blocks[0].run_pairs[0].return_run.stops[:-1])


@breaks(Rule.RUN_STOPS)
def that_passes_by_its_garage() -> Case:
    lot, *others = kept_plan().blocks[0].run_pairs[0].outbound.stops
    return planned(OUT, stops=(lot, lot, *others))


@breaks(Rule.BOARDS_ONCE)
def where_a_group_boards_twice() -> Case:
    _, far, near, _ = kept_plan().blocks[0].run_pairs[0].outbound.stops
    return planned(f"{OUT}.stops.2", on=(*near.on, *far.on))


@breaks(Rule.BOARDS_ONCE)
def where_groups_board_at_each_others_school() -> Case:
    _, far, near, _ = kept_plan().blocks[0].run_pairs[0].outbound.stops
    swapped = change(kept_plan(), f"{OUT}.stops.1", on=near.on)
    return Case(change(swapped, f"{OUT}.stops.2", on=far.on))


@breaks(Rule.SAME_GROUPS)
def that_leaves_a_group_behind() -> Case:
    college, near, _, lot = kept_plan().blocks[0].run_pairs[0].return_run.stops
    college = college.model_copy(update={"on": near.off})
    return planned(BACK, stops=(college, near, lot))


@breaks(Rule.BETWEEN_RUN)
def that_goes_along_to_a_single_visit() -> Case:
    plan = kept_plan()
    pair = plan.blocks[0].run_pairs[0]
    stay = pair.outbound.stops[-1].model_copy(update={"on": pair.return_run.stops[0].on})
    along = pair.outbound.model_copy(
        update={"run_id": "along", "direction": Direction.BETWEEN, "stops": (stay,)}
    )
    return Case(change(plan, PAIR, between=along))


@breaks(Rule.BETWEEN_RUN)
def of_a_tour_that_stays_at_the_first_venue() -> Case:
    season, roads, plan = tour()
    return Case(change(plan, PAIR, between=None), season, roads)


# What a bus may do


@breaks(Rule.LOAD)
def with_one_seat_too_few() -> Case:
    return held_to(buses=(bus(seats_small=65, seats_large=43),))  # 22 + 22 people


@breaks(Rule.LOAD)
def where_small_and_large_are_one_too_many() -> Case:
    requests = (request("near", NEAR, grade_low=1, grade_high=5), request("far", FAR))
    season = two_schools(requests=requests, buses=(bus(seats_small=45, seats_large=43),))
    return Case(kept_plan(season), season)  # 20/45 + 24/43 is 1.0025; 20/45 + 24/44 is 0.99


@breaks(Rule.WHEELCHAIRS)
def with_more_wheelchairs_than_places() -> Case:
    requests = (request("near", NEAR, wheelchairs=1), request("far", FAR, wheelchairs=1))
    season = two_schools(requests=requests)  # 2 in 1 place; 44 + 2 x 4 seats of 52
    return Case(kept_plan(season), season)


@breaks(Rule.APART)
def with_two_who_must_not_share() -> Case:
    return held_to(apart=(Apart(request_a="far", request_b="near"),))


@breaks(Rule.CARRIES)
def with_guests_on_a_bus_for_its_own() -> Case:
    return held_to(buses=(bus(carries=Carries.OWN), SPARE))


@breaks(Rule.AGREEMENT)
def with_guests_and_no_agreement() -> Case:
    policy = Policy(cost_slack_pct=0, agreements=AgreementPolicy.REQUIRE)
    return held_to(agreements=(), policy=policy, buses=(bus(), SPARE))


@breaks(Rule.AGREEMENT)
def with_guests_on_an_agreement_that_ended_the_day_before() -> Case:
    policy = Policy(cost_slack_pct=0, agreements=AgreementPolicy.REQUIRE)
    ended = agreement(valid_to=DAY - dt.timedelta(days=1))
    return held_to(agreements=(ended,), policy=policy, buses=(bus(), SPARE))


@breaks(Rule.AGREEMENT_MARK)
def that_hides_a_missing_agreement() -> Case:
    return held_to(agreements=())


@breaks(Rule.AGREEMENT_MARK)
def that_marks_what_is_not_missing() -> Case:
    return planned(PAIR, needs_agreement=(NeedsAgreement(lender_leaid=LENDER, guest_leaid=GUEST),))


@breaks(Rule.BUS_HOURS)
def that_leaves_before_the_bus_is_free() -> Case:
    return held_to(buses=(bus(free_from=dt.time(8, 20)),))  # leaves at 08:19:04


@breaks(Rule.BUS_HOURS)
def that_comes_back_when_the_bus_is_needed() -> Case:
    return held_to(buses=(bus(free_to=dt.time(13, 30)),))  # back at 13:30:56


@breaks(Rule.BUS_HOURS)
def on_a_day_when_that_very_bus_is_in_the_workshop() -> Case:
    number = kept_plan().blocks[0].bus_number
    broken = CalendarEntry(
        scope=Scope.BUS, id=f"lot/full/{number}", date_from=DAY, date_to=DAY, closed=True
    )
    return held_to(calendar=(broken,), buses=(bus(count=2),))


@breaks(Rule.BUS_HOURS)
def on_a_day_when_the_garage_is_closed() -> Case:
    closed = CalendarEntry(
        scope=Scope.GARAGE, id="lot", date_from=DAY, date_to=TOMORROW, closed=True
    )
    garages = (garage("lot", 0, LENDER), garage("yard", 0, LENDER))
    case = held_to(calendar=(closed,), garages=garages, buses=(bus(), bus("yard")))
    yard = change(case.plan.places[-1], "", place_id="yard", name="Garage yard")
    return Case(change(case.plan, "", places=(*case.plan.places, yard)), case.season)


@breaks(Rule.DUTY)
def longer_than_a_driver_may_be_on_duty() -> Case:
    return held_to(buses=(bus(max_duty_h=5.19),))  # 18,684 s; it takes 18,712 s


@breaks(Rule.DRIVE)
def longer_than_a_driver_may_drive() -> Case:
    return held_to(buses=(bus(max_drive_h=2.72),))  # 163.2 min; it takes 164


@breaks(Rule.BUS_NUMBER)
def by_a_bus_of_no_such_number() -> Case:
    return held_to(buses=(bus(bus_numbers=("7",)),))


@breaks(Rule.BUS_TWICE)
def where_one_bus_is_in_two_places() -> Case:
    season, plan = two_buses()
    for run in ("run_pairs.0.outbound", "run_pairs.0.return_run", ""):
        plan = change(plan, f"blocks.1.{run}".rstrip("."), bus_number="1")
    return Case(plan, season)


@breaks(Rule.BUS_COUNT)
def by_more_buses_than_there_are() -> Case:
    season, plan = two_buses()
    one = season.buses[0].model_copy(update={"count": 1, "bus_numbers": ("1", "2")})
    plan = change(plan, "", alone_same_fleet=kept_plan().alone_same_fleet)  # one bus there too
    return Case(plan, with_tables(season, buses=(one,)))


# What riders are promised


@breaks(Rule.RIDE_OUT)
def too_long_out() -> Case:
    requests = (request("near", NEAR), request("far", FAR, max_ride_min=60))
    return held_to(requests=requests)  # 60:56 out, 59:56 back


@breaks(Rule.RIDE_BACK)
def too_long_back() -> Case:
    requests = (request("near", NEAR, max_ride_min=35), request("far", FAR))
    case = held_to(requests=requests)  # 34:28 out, 35:28 back, and no less alone
    alone: dict[str, Any] = {"students": 20, "cost": 5_964_734, "left_out": ("near",)}
    alone |= {"groups": 1, "buses": 1, "metres": 162 * 1609}
    weighted = 20 * case.plan.requests[1].weight_hundredths
    plan = change(case.plan, "alone_same_groups", weighted=weighted, **alone)
    return Case(plan, case.season)


@breaks(Rule.EARLIEST_PICKUP)
def that_fetches_a_school_too_early() -> Case:
    schools = (school(NEAR, 1), school(FAR, 2, earliest_pickup=dt.time(8, 50)))
    return held_to(schools=schools)  # 08:49:04


@breaks(Rule.LATEST_RETURN)
def that_brings_a_school_back_too_late() -> Case:
    schools = (school(NEAR, 1), school(FAR, 2, latest_return=dt.time(12, 59)))
    return held_to(schools=schools)  # 12:59:56


@breaks(Rule.LATEST_RETURN)
def that_comes_back_after_an_early_release() -> Case:
    early = CalendarEntry(
        scope=Scope.DISTRICT, id=GUEST, date_from=DAY, date_to=DAY, free_to=dt.time(12, 59)
    )
    return held_to(calendar=(early,))


@breaks(Rule.ARRIVAL_WINDOW)
def that_comes_late_to_the_second_visit() -> Case:
    season, roads, plan = tour()
    by = dt.time(12, 19)  # it leaves at 12:00 and drives 20 minutes
    late = change(season.sessions[0], "further.0", arrive_by=by)
    season = with_tables(season, sessions=(late,))
    plan = change(plan, "sessions.0.visits.1", arrive_by_s=(18 * 60 + 19) * 60)
    # nor does a bus for one school come in time
    return Case(change(plan, "", alone_same_groups=NOBODY), season, roads)


@breaks(Rule.SESSION_ACCEPTED)
def to_a_session_that_was_not_asked_for() -> Case:
    choice = Choice(request_id="far", session_id="other")
    requests = (request("near", NEAR), request("far", FAR, choices=(choice,)))
    season = two_schools(sessions=(session("morning"), session("other")), requests=requests)
    return Case(accepting(kept_plan(season), ("morning", "other"), ("other",)), season)


@breaks(Rule.CLOSED_DAY)
def on_a_day_when_a_school_is_closed() -> Case:
    closed = CalendarEntry(scope=Scope.SCHOOL, id=FAR, date_from=DAY, date_to=DAY, closed=True)
    season = two_schools(calendar=(closed,))
    return Case(accepting(kept_plan(season), ("morning",), ()), season)


@breaks(Rule.SERVED_ONCE)
def where_a_group_rides_twice() -> Case:
    season, plan = two_buses()
    plan = change(plan, "sessions.0", people=66, students=60)
    total = plan.cost + plan.blocks[0].cost
    seconds = plan.proof.student_s + 20 * (3268 + 3328)  # the far school out and back
    plan = change(plan, "proof", cost=total, cost_bound=total, student_s=seconds)
    plan = change(plan, "alone_same_fleet", cost=total)
    season = with_tables(season, buses=(bus(count=3),))
    again = change(plan.blocks[0], "", block_id="again", bus_number="3")
    for name in ("outbound", "return_run"):
        again = change(again, f"run_pairs.0.{name}", run_id=f"again {name}", bus_number="3")
    return Case(plan.model_copy(update={"blocks": (*plan.blocks, again)}), season)


@breaks(Rule.GROUP_SIZE)
def where_a_student_is_counted_as_an_adult() -> Case:
    plan = change(kept_plan(), f"{PAIR}.groups.0", students=19, chaperones=3, counted=19)
    seconds = plan.proof.student_s - (2068 + 2128)
    plan = change(plan, "proof", student_s=seconds)
    return Case(change(plan, "sessions.0", students=39))


@breaks(Rule.GROUP_SIZE)
def where_a_chaperone_is_counted() -> Case:
    return planned(f"{PAIR}.groups.0", counted=22)


@breaks(Rule.GROUP_SIZE)
def whose_parts_are_not_equal() -> Case:
    season, plan = cut()
    for n, students in enumerate((8, 12)):
        group = plan.blocks[n].run_pairs[0].groups[0]
        chaperones = group.people - students
        plan = change(
            plan,
            f"blocks.{n}.run_pairs.0.groups.0",
            students=students,
            chaperones=chaperones,
            counted=students,
        )
    policy = Policy(cost_slack_pct=0, students_per_chaperone=30)
    season = with_tables(season, policy=policy)
    return Case(plan, season, also=frozenset({Rule.CHAPERONES}))  # 12 students, -1 chaperones


@breaks(Rule.ALL_PARTS)
def that_brings_half_a_request() -> Case:
    season, plan = cut()
    plan = change(plan, "sessions.0", people=11, students=10)
    both = plan.alone_same_groups
    alone = {"students": 10, "weighted": both.weighted // 2, "cost": both.cost // 2}
    alone |= {"groups": 1, "buses": 1, "metres": both.metres // 2}
    plan = change(plan, "alone_same_groups", **alone)
    cost, seconds = plan.blocks[0].cost, plan.proof.student_s // 2
    plan = change(plan, "proof", cost=cost, cost_bound=cost, student_s=seconds)
    return Case(plan.model_copy(update={"blocks": plan.blocks[:1]}), season)


@breaks(Rule.ONE_SESSION)
def whose_parts_go_to_two_sessions() -> Case:
    season, plan = cut()
    season = with_tables(season, sessions=(session("morning"), session("other")))
    for path in ("", ".outbound", ".return_run"):
        plan = change(plan, f"blocks.1.run_pairs.0{path}", session_id="other")
    half = change(plan.sessions[0], "", people=11, students=10)
    sessions = (half, change(half, "", session_id="other"))
    plan = plan.model_copy(update={"sessions": sessions})
    plan = change(plan, "requests.0", session_id="other", accepts=("morning", "other"))
    return Case(plan, season)


@breaks(Rule.NEEDLESS_CUT)
def cut_although_a_bus_brings_the_whole() -> Case:
    season, plan = cut()
    whole = (request("near", NEAR),)  # does not say may_split
    alone = {"groups": 1, "buses": 1, "metres": 85 * 1609, "cost": 3_578_146}
    plan = change(plan, "alone_same_groups", **alone)
    return Case(plan, with_tables(season, requests=whole, buses=(bus(count=2),)))


@breaks(Rule.NEEDLESS_CUT)
def cut_in_three_although_two_parts_would_do() -> Case:
    larger = request("near", NEAR, students=30, chaperones=3, may_split=True)
    season = two_schools(requests=(larger,), buses=(bus(count=3, seats_small=12, seats_large=12),))
    plan = plan_season(season, roads=two_schools_roads())  # 11 in each; in two parts 17 and 16
    whole = {"groups": 1, "buses": 1, "metres": 85 * 1609, "cost": 3_586_946}
    plan = change(plan, "alone_same_groups", **whole)  # 11 more board at 4 s, twice: 0.88
    wider = bus(count=3, seats_small=50, seats_large=50)
    return Case(plan, with_tables(season, buses=(wider,)))


@breaks(Rule.CHAPERONES)
def whose_parts_lack_chaperones() -> Case:
    season, plan = cut()
    policy = Policy(cost_slack_pct=0, students_per_chaperone=9)  # 10 students ride with 1
    return Case(plan, with_tables(season, policy=policy))


# What venues allow


@breaks(Rule.PEOPLE_LIMIT)
def with_one_too_many_for_the_session() -> Case:
    case = held_to(sessions=(session("morning", max_people=43),))
    return Case(change(case.plan, "sessions.0", max_people=43), case.season)


@breaks(Rule.PEOPLE_LIMIT)
def with_one_too_many_for_the_venue() -> Case:
    case = held_to(venues=(venue("college", 3, max_people=43),))
    return Case(change(case.plan, "sessions.0", max_people=43), case.season)


@breaks(Rule.SCHOOL_LIMIT)
def with_one_too_many_of_a_school() -> Case:
    case = held_to(sessions=(session("morning", max_people_per_school=21),))
    return Case(change(case.plan, "sessions.0", max_people_per_school=21), case.season)


@breaks(Rule.MAX_GROUP)
def with_a_group_too_large_for_the_venue() -> Case:
    case = held_to(venues=(venue("college", 3, max_group=21),))
    return Case(change(case.plan, "", alone_same_groups=NOBODY), case.season)


# What the plan says of itself


@breaks(Rule.STATED_TIMES)
def that_reaches_the_venue_a_minute_early_on_paper() -> Case:
    stop = kept_plan().blocks[0].run_pairs[0].outbound.stops[-1]
    return planned(f"{OUT}.stops.3", arrive_s=stop.arrive_s - 60)


@breaks(Rule.STATED_TIMES)
def whose_boarding_is_a_second_short() -> Case:
    on = kept_plan().blocks[0].run_pairs[0].outbound.stops[1].on[0]
    return planned(f"{OUT}.stops.1.on.0", end_s=on.end_s - 1)


@breaks(Rule.STATED_TIMES)
def that_leaves_later_on_paper() -> Case:
    return planned("blocks.0", leave_s=kept_plan().blocks[0].leave_s + 1)


@breaks(Rule.STATED_TIMES)
def that_waits_longer_on_paper() -> Case:
    return planned("blocks.0", wait_s=kept_plan().blocks[0].wait_s + 1)


@breaks(Rule.STATED_METRES)
def with_a_shorter_leg_on_paper() -> Case:
    return planned(f"{BACK}.stops.1", metres=1)


@breaks(Rule.STATED_METRES)
def with_fewer_empty_metres_on_paper() -> Case:
    return planned("blocks.0", deadhead_metres=0)


@breaks(Rule.STATED_COST)
def cheaper_by_a_hundredth_of_a_cent() -> Case:
    return planned("blocks.0", cost=kept_plan().blocks[0].cost - 1)


@breaks(Rule.STATED_PROOF)
def that_claims_to_serve_more() -> Case:
    served = kept_plan().proof.weighted_served + 1
    return planned("proof", weighted_served=served, weighted_bound=served)


@breaks(Rule.STATED_PROOF)
def whose_bound_is_below_what_it_serves() -> Case:
    proof = kept_plan().proof
    bound = proof.weighted_served - 1
    return planned("proof", status="feasible", weighted_bound=bound)


@breaks(Rule.STATED_PROOF)
def that_claims_a_lower_total() -> Case:
    cost = kept_plan().proof.cost - 1
    return planned("proof", cost=cost, cost_bound=cost)


@breaks(Rule.STATED_PROOF)
def whose_cost_bound_is_above_its_cost() -> Case:
    return planned("proof", status="feasible", cost_bound=kept_plan().proof.cost + 1)


@breaks(Rule.STATED_PROOF)
def that_calls_itself_optimal_beside_its_bound() -> Case:
    return planned("proof", cost_bound=kept_plan().proof.cost - 1)


@breaks(Rule.STATED_PROOF)
def that_claims_better_liked_sessions() -> Case:
    return planned("proof", rank_sum=39)


@breaks(Rule.STATED_ALONE)
def that_claims_to_save_more() -> Case:
    return planned("alone_same_groups", cost=kept_plan().alone_same_groups.cost + 1)


@breaks(Rule.STATED_PLACES)
def that_draws_a_school_elsewhere() -> Case:
    return planned("places.0", stop_lat=point(2).lat)


@breaks(Rule.STATED_PLACES)
def that_does_not_say_where_the_garage_is() -> Case:
    return planned("", places=kept_plan().places[:-1])


@breaks(Rule.STATED_SESSIONS)
def that_prints_another_departure() -> Case:
    visit = kept_plan().sessions[0].visits[0]
    return planned("sessions.0.visits.0", depart_s=visit.depart_s + 60)


@breaks(Rule.STATED_SESSIONS)
def that_forgets_a_session() -> Case:
    return planned("", sessions=())


@breaks(Rule.STATED_REQUESTS)
def that_asks_for_fewer_students() -> Case:
    return planned("requests.0", students=19)


@breaks(Rule.STATED_REQUESTS)
def that_forgets_a_request() -> Case:
    season = two_schools()
    return Case(kept_plan(), two_schools(requests=(*season.requests, request("third", FAR))))


@breaks(Rule.REQUEST_FATE)
def that_says_a_rider_stays() -> Case:
    reason = Reason(kind=ReasonKind.NO_BUS, text="no bus")
    return planned("requests.0", session_id=None, rank=None, reason=reason)


@breaks(Rule.REQUEST_FATE)
def that_gives_a_reason_to_one_who_rides() -> Case:
    return planned("requests.0", reason=Reason(kind=ReasonKind.NO_BUS, text="no bus"))


@breaks(Rule.REQUEST_FATE)
def that_leaves_one_out_without_a_word() -> Case:
    season = two_schools(buses=())
    plan = plan_season(season, roads=two_schools_roads())
    return Case(change(plan, "requests.0", reason=None), season)


@breaks(Rule.WEIGHT)
def that_weighs_a_school_more() -> Case:
    weight = kept_plan().requests[0].weight_hundredths
    return planned("requests.0", weight_hundredths=weight + 1)


@breaks(Rule.WEIGHT)
def that_hides_a_reason_for_a_weight() -> Case:
    return planned("requests.0", factors=())


def misstates(rule: Rule, path: str, **values: Any) -> None:
    """Register the kept plan once for each figure that it states wrongly."""

    def make(figure: dict[str, Any]) -> Case:
        return planned(path, **figure)

    for name, value in values.items():
        case = functools.partial(make, {name: value})
        case.__name__ = f"that_misstates_{name}"  # type: ignore[attr-defined]
        BROKEN.append((rule, case))


AWAY = (point(9), point(1))
SERVED = kept_plan().proof.weighted_served
misstates(Rule.STATED_LINES, f"{OUT}.stops.0", line=AWAY)
misstates(Rule.STATED_LINES, f"{OUT}.stops.1", line=())
misstates(Rule.STATED_LINES, f"{OUT}.stops.1", line=AWAY)  # from elsewhere to the near school
misstates(Rule.STATED_LINES, f"{BACK}.stops.3", line=(point(2), point(1), point(9)))
misstates(
    Rule.STATED_PLACES,
    "places.0",
    name="Another",
    tz="America/New_York",
    contact="nobody",
    loading_note="at the back",
    leaid=GUEST,
    district="Another",
    ecosystem_id="another",
    locale=11,
    metres_to_road=1,
)
misstates(
    Rule.STATED_REQUESTS,
    "requests.0",
    chaperones=3,
    wheelchairs=1,
    counted=22,
    grade_low=8,
    grade_high=11,
    max_ride_min=91,
    accepts=(),
)
misstates(Rule.STATED_SESSIONS, "sessions.0", people=43, students=39, event="Another")
misstates(
    Rule.STATED_ALONE,
    "alone_same_groups",
    proven=False,
    students=39,
    weighted=SERVED - 1,
    groups=1,
    buses=1,
    metres=1,
    left_out=("near",),
)
misstates(Rule.STATED_PROOF, "proof", note="nothing is proven", cost_slack_pct=0.5)
misstates(
    Rule.STATED_UNPOOLED,
    "alone_same_fleet",
    students=41,  # of 40
    weighted=SERVED + 1,
    groups=0,
    buses=2,  # of one, on one day
    metres=-1,
    cost=-1,
    left_out=("near",),
)


@breaks(Rule.STATED_UNPOOLED)
def that_says_as_many_ride_alone_for_less_than_its_bound() -> Case:
    return planned("alone_same_fleet", students=40, weighted=SERVED, cost=COST - 1)


@breaks(Rule.STATED_PROOF)
def that_spent_more_on_liked_sessions_than_the_policy_allows() -> Case:
    more = {"cost_slack_pct": 1.0, "cost_bound": round(COST / 1.01)}
    return Case(change(kept_plan(), "proof", **more))


# Seasons whose plans come from the solver


def two_buses() -> tuple[Season, Plan]:
    """Two schools that must not share, each on a bus of its own."""
    season = two_schools(buses=(bus(count=2),), apart=(Apart(request_a="near", request_b="far"),))
    return season, plan_season(season, roads=two_schools_roads())


def cut() -> tuple[Season, Plan]:
    """Twenty students and two chaperones in two parts, each on a bus of twelve seats."""
    season = two_schools(
        requests=(request("near", NEAR, may_split=True),),
        buses=(bus(count=2, seats_small=12, seats_large=12),),
    )
    return season, plan_season(season, roads=two_schools_roads())


def tour() -> tuple[Season, ToyRoads, Plan]:
    """Two schools on one bus to two venues."""
    fair = Visit(
        session_id="morning",
        order=2,
        venue_id="fair",
        arrive_from=dt.time(12, 10),
        arrive_by=dt.time(12, 30),
        depart=dt.time(13, 30),
    )
    season = two_schools(
        venues=(venue("college", 3), venue("fair", 4)),
        sessions=(session("morning", further=(fair,)),),
    )
    minutes = ((0, 13, 30, 40, 40), (11, 0, 20, 30, 30), (31, 22, 0, 50, 50))
    roads = toy_roads((*minutes, (41, 31, 51, 0, 20), (41, 31, 51, 20, 0)))
    return season, roads, plan_season(season, roads=roads)
