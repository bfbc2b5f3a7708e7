"""Plan a season: tables in, plan out."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

import tourpool
from tourpool.events.calendar import acceptable
from tourpool.events.equity import weights
from tourpool.events.places import Garage, School, Venue
from tourpool.events.riders import counted
from tourpool.events.season import Season
from tourpool.routing.baseline import Unpooled, alone_same_fleet, alone_same_groups
from tourpool.routing.budgets import plan_budgets
from tourpool.routing.build import Built, build
from tourpool.routing.following import Following
from tourpool.routing.over import sessions_over
from tourpool.routing.plan import (
    Baseline,
    Block,
    Place,
    PlaceKind,
    Plan,
    PlanRequest,
    Proof,
    Reason,
)
from tourpool.routing.plan_sessions import plan_sessions
from tourpool.routing.promise import blocks
from tourpool.routing.published import Published
from tourpool.routing.reasons import reasons
from tourpool.routing.roads import FAR_M, Roads
from tourpool.routing.ruled import Ruled, ruled
from tourpool.routing.season_roads import roads_of
from tourpool.routing.solver.change import Changed
from tourpool.routing.solver.choice import whole_choice
from tourpool.routing.solver.orders import BlockRuns, cheapest_runs
from tourpool.routing.solver.rides import shortest_rides
from tourpool.routing.solver.room import GB, Room
from tourpool.routing.solver.select import NO_PICKS, Picks, Selection
from tourpool.routing.solver.solve import Solution, liked, solve_cheapest
from tourpool.routing.solver.stage import Progress
from tourpool.routing.solver.stop import Stop, ctrl_c_asks
from tourpool.routing.solver.unlisted import can_be_priced

NOT_ALL_LISTED = (
    "There were more sets of groups for one bus than could be listed in the memory given: this is "
    "the best plan among those listed, and how much cheaper another can be is not known. More "
    "memory (--memory) may help."
)
NOT_ALL_SEEN = (
    "Not all sets of groups for one bus could be looked at by then: how much cheaper another plan "
    "can be is not known."
)
PRICED = (
    "There were more sets of groups for one bus than fit in the memory given: columns were priced "
    "instead, and the bound holds for all of them."
)
TWO_A_DAY_NOT_LISTED = (
    "There were more sets of groups for one bus, or for one bus that serves two sessions a day, "
    "than fit in the memory given: this is the best plan among those looked at, and how much "
    "cheaper another can be is not known. More memory (--memory) may help, or one session a day "
    "for each bus (policy run_pairs_per_day 1)."
)
UNPOOLED_SHARE = 0.15
"""Of the time, for the plan with one school a bus; the pooled plan starts from it."""
LAST = 0.05
"""Of the time, for that at the end, where a plan follows another."""
CHANGE_SHARE = 0.3
"""Of the time left, at least so much for changing little, where a plan follows another."""


def plan_season(
    season: Season,
    *,
    roads: Roads | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
    memory_gb: float = GB,
    published: Published | None = None,
) -> Plan:
    """Plan all sessions and days at once: most weighted students, then least cost.

    Pins of the season are kept, or `PinsError` names those that cannot be.

    Parameters
    ----------
    roads
        Road engine; what the season's policy names when None.
    seconds
        Time limit; the best plan so far is returned with its gap. Ctrl-C does the same.
    progress
        Told the stage, the value of the plan so far and its bound.
    memory_gb
        What lists of columns are kept within; where they outgrow it, columns are priced instead.
    published
        A plan whose seats are kept and which is changed as little as can be; see `replan`.
    """
    stop = Stop(seconds)
    with ctrl_c_asks(stop):
        now = season if published is None else published.now(season)
        built = build(now, roads or roads_of(season))
        m = built.instance
        room = Room.of_memory(m, memory_gb)
        selection = whole_choice(m, stop, room)

        def alone(share: float) -> Unpooled:
            return alone_same_fleet(built, selection, stop.within(share * stop.left_s))

        unpooled = alone(UNPOOLED_SHARE) if published is None else None
        start, share, first = NO_PICKS, 1.0 - CHANGE_SHARE, stop.within((1 - LAST) * stop.left_s)
        if unpooled is not None:  # a plan to begin with; who follows a plan begins with that
            start, share, first = unpooled.picks, 1.0, stop
        rules = ruled(built, selection, start, published, first, progress, room)
        cheapest = solve_cheapest(
            rules.selection, first.within(share * first.left_s), progress, rules.start, room
        )
        cheapest = replace(cheapest, optimal=cheapest.optimal and rules.proven)
        chosen = _within_slack(built, cheapest, rules, published, first, progress, room)
        unpooled = unpooled or alone(1.0)
        today = None if published is None else published.today
        return _plan(built, season, chosen, _proof(chosen, stop), unpooled.baseline, today)


@dataclass(frozen=True)
class _Chosen:
    """The plan chosen: its columns, its blocks, and whether no other orders have shorter rides.

    ``changed`` is what it changes of a published plan, ``unmoved_cost`` what that would cost as it
    was, where it serves as many.
    """

    solution: Solution
    runs: list[BlockRuns]
    made: tuple[Block, ...]
    least_rides: bool
    changed: Changed | None = None
    unmoved_cost: int | None = None


def _within_slack(
    built: Built,
    cheapest: Solution,
    rules: Ruled,
    published: Published | None,
    stop: Stop,
    progress: Progress | None,
    room: Room,
) -> _Chosen:
    """What the slack over the least cost buys: little change, liked sessions, shorter rides."""
    m, slack_pct = built.instance, built.season.policy.cost_slack_pct
    most_cost = cheapest.least_cost + int(cheapest.least_cost * slack_pct / 100)

    def chosen(selection: Selection, picks: Picks) -> tuple[Solution, list[BlockRuns]]:
        totals = selection.totals(picks)
        solution = replace(cheapest, selection=selection, picks=picks, totals=totals)
        return solution, cheapest_runs(m, selection, picks)

    if published is None:
        solution, runs = chosen(
            *liked(cheapest.selection, cheapest.picks, slack_pct, stop, progress, room)
        )
        runs, least = shortest_rides(m, runs, most_cost, stop)
        return _Chosen(solution, runs, blocks(built, runs), least)
    following = Following(built, published)
    changed = following.changed(cheapest, rules, most_cost, stop, progress)
    solution, runs = chosen(cheapest.selection, changed.picks)
    runs, least = following.shortest_rides(runs, most_cost, stop)
    made = blocks(built, runs, changed.numbers, following.named)
    was = cheapest.selection.totals(rules.as_was)
    same = was.worth == solution.totals.worth and cheapest.selection.fits(rules.as_was)
    return _Chosen(solution, runs, made, least, changed, was.cost if same else None)


def _plan(
    built: Built,
    season: Season,
    chosen: _Chosen,
    proof: Proof,
    unpooled: Baseline,
    today: dt.date | None,
) -> Plan:
    """Write the plan down.

    ``season`` is as it was given, with no row of buses told apart; days before ``today`` are over.
    """
    roads, solution, made = built.roads, chosen.solution, chosen.made
    over = sessions_over(season, today)
    why = reasons(built, solution.selection, solution.picks, over, optimal=solution.optimal)
    plan = Plan(
        plan_id="",
        version=1,
        over_before=today if over else None,
        made_by=f"tourpool {tourpool.__version__}",
        season=season.name,
        season_digest=season.digest,
        settings=season.settings,
        roads=roads.name,
        roads_digest=roads.digest,
        roads_notice=roads.notice,
        estimated=roads.estimated,
        max_ride_min=season.policy.max_ride_min,
        ecosystems={e.ecosystem_id: e.name for e in season.ecosystems},
        buses=season.buses,
        tariffs=season.tariffs,
        budgets=plan_budgets(built, chosen.runs),
        pins=season.pins,
        places=_places(built),
        sessions=plan_sessions(season, made),
        requests=_requests(season, made, why),
        blocks=made,
        proof=proof,
        alone_same_groups=alone_same_groups(built, made),
        alone_same_fleet=unpooled,
        warnings=(*roads.warnings, *_far(built)),
    )
    return with_id(plan)


def with_id(plan: Plan) -> Plan:
    """The plan with its id: twelve digits of a digest of all that is planned."""
    content = plan.model_dump_json(exclude={"plan_id", "made_by"})
    plan_id = hashlib.sha256(content.encode()).hexdigest()[:12]
    return plan.model_copy(update={"plan_id": plan_id})


def _proof(chosen: _Chosen, stop: Stop) -> Proof:
    solution, changed = chosen.solution, chosen.changed
    selection, totals = solution.selection, solution.totals
    cost = sum(r.cost for r in chosen.runs)
    over = 100 * (cost - solution.least_cost) / max(1, solution.least_cost)
    return Proof(
        status="optimal" if solution.optimal else "feasible",
        stopped="" if solution.optimal or not stop.now else "asked" if stop.asked else "time",
        weighted_served=totals.worth,
        weighted_bound=solution.worth_bound,
        cost=cost,
        cost_bound=solution.cost_bound,
        rank_sum=totals.dislike,
        cost_slack_pct=round(over, 6),
        student_s=sum(r.student_s for r in chosen.runs),
        student_s_least=chosen.least_rides and selection.complete,
        change=0 if changed is None else changed.change,
        change_bound=0 if changed is None else changed.bound,
        unmoved_cost=chosen.unmoved_cost,
        note="" if selection.complete or solution.optimal else _not_listed(solution, stop),
    )


def _not_listed(solution: Solution, stop: Stop) -> str:
    """What it means for the plan that not every set was listed."""
    if solution.cost_bound > 0:
        return PRICED
    if stop.now:
        return NOT_ALL_SEEN
    return NOT_ALL_LISTED if can_be_priced(solution.selection) else TWO_A_DAY_NOT_LISTED


def _requests(
    season: Season, made: tuple[Block, ...], why: dict[str, Reason]
) -> tuple[PlanRequest, ...]:
    given = {g.request_id: p.session_id for b in made for p in b.run_pairs for g in p.groups}
    weight = weights(season)
    planned = []
    for r in season.requests:
        rank = {c.session_id: c.rank for c in acceptable(season, r)}
        session_id = given.get(r.request_id)
        planned.append(
            PlanRequest(
                request_id=r.request_id,
                ncessch=r.ncessch,
                event_id=r.event_id,
                students=r.students,
                chaperones=r.chaperones,
                wheelchairs=r.wheelchairs,
                counted=counted(season, r),
                grade_low=r.grade_low,
                grade_high=r.grade_high,
                max_ride_min=r.max_ride_min or season.policy.max_ride_min,
                weight_hundredths=weight[r.request_id].hundredths,
                factors=weight[r.request_id].factors,
                accepts=tuple(rank),
                session_id=session_id,
                rank=None if session_id is None else rank[session_id],
                reason=None if session_id is not None else why[r.request_id],
            )
        )
    return tuple(planned)


def _far(built: Built) -> tuple[str, ...]:
    """Places so far from their road that they may not be where they are said to be."""
    return tuple(
        f"{place.kind.value} {place.place_id} ({place.name}) lies {place.metres_to_road} m from "
        "the nearest road that a bus may stop on; look at its position, or say where the bus "
        "loads in stop_lat and stop_lon"
        for place in _places(built)
        if place.metres_to_road > FAR_M
    )


def _places(built: Built) -> tuple[Place, ...]:
    season = built.season
    schools = dict.fromkeys(season.school[r.ncessch] for r in season.requests)
    venues = dict.fromkeys(season.venue[v.venue_id] for s in season.sessions for v in s.visits)
    garages = dict.fromkeys(season.garage[b.garage_id] for b in season.buses)
    return (
        *(_place(built, PlaceKind.SCHOOL, s, s.ncessch) for s in schools),
        *(_place(built, PlaceKind.VENUE, v, v.venue_id) for v in venues),
        *(_place(built, PlaceKind.GARAGE, g, g.garage_id) for g in garages),
    )


def _place(built: Built, kind: PlaceKind, of: School | Venue | Garage, place_id: str) -> Place:
    leaid = None if isinstance(of, Venue) else of.leaid
    district = None if leaid is None else built.season.district[leaid]
    return Place(
        place_id=place_id,
        kind=kind,
        name=of.name,
        lat=of.lat,
        lon=of.lon,
        stop_lat=of.stop.lat,
        stop_lon=of.stop.lon,
        tz=of.tz,
        metres_to_road=int(built.matrix.metres_to_road[built.place[of.stop]]),
        leaid=leaid,
        district="" if district is None else district.name,
        ecosystem_id="" if district is None else district.ecosystem_id,
        locale=of.locale if isinstance(of, School) else None,
        ready_pct=None if district is None else district.college_career_ready_pct,
        loading_note="" if isinstance(of, Garage) else of.loading_note,
        contact=of.contact,
    )
