"""A plan for `two_schools` made by hand, with its arithmetic. It keeps every rule."""

import hashlib
from itertools import pairwise
from typing import Any

from tests.seasons import DAY, FAR, LENDER, NEAR, TZ, two_schools
from tourpool.events.equity import weights
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import (
    Baseline,
    Block,
    Boarding,
    Direction,
    Group,
    Place,
    PlaceKind,
    Plan,
    PlanRequest,
    PlanSession,
    PlanVisit,
    Proof,
    Run,
    RunPair,
    StopTime,
)

HOUR = 3600
ARRIVE = 15 * HOUR + 50 * 60
"""9:50 in Chicago, ten minutes before 10:00: 15:50 UTC."""
DEPART = 18 * HOUR
"""12:00 in Chicago."""
STOP, BOARD = 180, 22 * 4
"""Seconds: one stop, and 22 people who board at 4 s each."""
MILE = 1609
"""Metres driven in each minute."""

NEAR_OUT = ARRIVE - 30 * 60  # leaves the near school
FAR_OUT = NEAR_OUT - STOP - BOARD - 22 * 60  # leaves the far school
LEAVE = FAR_OUT - STOP - BOARD - 30 * 60  # leaves the lot
NEAR_BACK = DEPART + 31 * 60  # comes to the near school
FAR_BACK = NEAR_BACK + STOP + BOARD + 20 * 60
BACK = FAR_BACK + STOP + BOARD + 31 * 60

MINUTES = 30 + 22 + 30 + 31 + 20 + 31
"""At the wheel: lot - far - near - college - near - far - lot."""
WAIT = DEPART - ARRIVE
COST = 6_080_324
"""50 US$, 164 x 1609 m = 163.96495 miles at 2.50, 10912 s at 36/h, 7800 s at 18/h: 608.0324."""
ALONE = 3_578_146 + 5_964_734
"""Each school by itself: 85 and 162 minutes at the wheel, 5636 s and 10256 s paid in full."""


def kept_plan(season: Season | None = None) -> Plan:
    """The plan; weights are those of ``season``."""
    season = season or two_schools()
    weight = weights(season)
    worth = sum(20 * w.hundredths for w in weight.values())
    plan = Plan(
        plan_id="",
        version=1,
        made_by="hand",
        season="two schools",
        season_digest=season.digest,
        roads="toy",
        roads_digest="toy/1",
        estimated=False,
        max_ride_min=90,
        ecosystems={"delta": "Delta"},
        buses=season.buses,
        pins=season.pins,
        places=places(season),
        sessions=(_session(),),
        requests=tuple(
            PlanRequest(
                request_id=r.request_id,
                ncessch=r.ncessch,
                event_id="tour",
                students=20,
                chaperones=2,
                wheelchairs=r.wheelchairs,
                counted=20,
                grade_low=r.grade_low,
                grade_high=r.grade_high,
                max_ride_min=r.max_ride_min or 90,
                weight_hundredths=weight[r.request_id].hundredths,
                factors=weight[r.request_id].factors,
                accepts=("morning",),
                session_id="morning",
                rank=1,
            )
            for r in season.requests
        ),
        blocks=(_block(season),),
        proof=Proof(
            status="optimal",
            weighted_served=worth,
            weighted_bound=worth,
            cost=COST,
            cost_bound=COST,
            rank_sum=40,
            student_s=20 * (3656 + 2068 + 2128 + 3596),
            cost_slack_pct=0,
        ),
        alone_same_groups=Baseline(
            proven=True,
            students=40,
            weighted=worth,
            groups=2,
            buses=2,
            metres=(85 + 162) * MILE,
            cost=ALONE,
        ),
        alone_same_fleet=Baseline(
            proven=True,
            students=20,
            weighted=worth // 2,
            groups=1,
            buses=1,
            metres=85 * MILE,
            cost=3_578_146,
        ),
    )
    return sealed(plan)


def sealed(plan: Plan) -> Plan:
    """The plan with the id that its content gives it."""
    content = plan.model_dump_json(exclude={"plan_id", "made_by"})
    digest = hashlib.sha256(content.encode()).hexdigest()
    return plan.model_copy(update={"plan_id": digest[:12]})


def places(season: Season) -> tuple[Place, ...]:
    """Every place of the season."""
    rows = [(PlaceKind.SCHOOL, s.ncessch, s.leaid, s) for s in season.schools]
    listed = [
        Place(
            place_id=place_id,
            kind=kind,
            name=s.name,
            lat=s.lat,
            lon=s.lon,
            stop_lat=s.stop_lat,
            stop_lon=s.stop_lon,
            tz=TZ,
            metres_to_road=0,
            leaid=leaid,
            district=f"District {leaid}",
            ecosystem_id="delta",
            locale=43,
        )
        for kind, place_id, leaid, s in rows
    ]
    for kind, name, leaid, n in (
        (PlaceKind.VENUE, "college", None, season.venues[0].stop),
        (PlaceKind.GARAGE, "lot", LENDER, season.garages[0].stop),
    ):
        place = listed[0].model_dump() | {
            "place_id": name,
            "kind": kind,
            "name": f"{kind.value.title()} {name}",
            "lat": n.lat,
            "stop_lat": n.lat,
            "leaid": leaid,
            "district": f"District {leaid}" if leaid else "",
            "ecosystem_id": "delta" if leaid else "",
            "locale": None,
        }
        listed.append(Place.model_validate(place))
    return tuple(listed)


def _session() -> PlanSession:
    visit = PlanVisit(
        venue_id="college",
        arrive_from_s=ARRIVE - 20 * 60,
        arrive_by_s=ARRIVE + 10 * 60,
        depart_s=DEPART,
    )
    return PlanSession(
        session_id="morning",
        event_id="tour",
        event="Event tour",
        kind="college_tour",
        ecosystem_id="delta",
        date=DAY,
        visits=(visit,),
        max_people=None,
        max_people_per_school=None,
        people=44,
        students=40,
    )


def group(request: SeatRequest) -> Group:
    """All riders of a request."""
    return Group(
        group_id=request.request_id,
        request_id=request.request_id,
        ncessch=request.ncessch,
        part=1,
        parts=1,
        students=20,
        chaperones=2,
        wheelchairs=request.wheelchairs,
        counted=20,
    )


def boarding(group_id: str, begin: int, seconds: int = BOARD) -> tuple[Boarding, ...]:
    """A group getting on or off."""
    return (Boarding(group_id=group_id, begin_s=begin, end_s=begin + seconds),)


def stop(
    kind: PlaceKind, place_id: str, arrive: int, depart: int, minutes: int, **moves: Any
) -> StopTime:
    """A stop, so many minutes and as many times 1,609 m from the one before."""
    return StopTime(
        kind=kind,
        place_id=place_id,
        arrive_s=arrive,
        depart_s=depart,
        metres=minutes * MILE,
        drive_s=minutes * 60,
        **moves,
    )


def _outbound() -> tuple[StopTime, ...]:
    far, near = FAR_OUT - STOP - BOARD, NEAR_OUT - STOP - BOARD
    off = (*boarding("far", ARRIVE, 0), *boarding("near", ARRIVE, 0))
    stops = (
        stop(PlaceKind.GARAGE, "lot", LEAVE, LEAVE, 0),
        stop(PlaceKind.SCHOOL, FAR, far, FAR_OUT, 30),
        stop(PlaceKind.SCHOOL, NEAR, near, NEAR_OUT, 22),
        stop(PlaceKind.VENUE, "college", ARRIVE, ARRIVE, 30),
    )
    moves: tuple[dict[str, tuple[Boarding, ...]], ...] = (
        {},
        {"on": boarding("far", far)},
        {"on": boarding("near", near)},
        {"off": off},
    )
    return tuple(s.model_copy(update=m) for s, m in zip(stops, moves, strict=True))


def _return() -> tuple[StopTime, ...]:
    near, far = NEAR_BACK + STOP, FAR_BACK + STOP
    on = (*boarding("near", DEPART, 0), *boarding("far", DEPART, 0))
    stops = (
        stop(PlaceKind.VENUE, "college", DEPART, DEPART, 0),
        stop(PlaceKind.SCHOOL, NEAR, NEAR_BACK, near + BOARD, 31),
        stop(PlaceKind.SCHOOL, FAR, FAR_BACK, far + BOARD, 20),
        stop(PlaceKind.GARAGE, "lot", BACK, BACK, 31),
    )
    moves: tuple[dict[str, tuple[Boarding, ...]], ...] = (
        {"on": on},
        {"off": boarding("near", near)},
        {"off": boarding("far", far)},
        {},
    )
    return tuple(s.model_copy(update=m) for s, m in zip(stops, moves, strict=True))


def with_lines(stops: tuple[StopTime, ...], season: Season) -> tuple[StopTime, ...]:
    """Straight lines from stop to stop."""
    by_id = {s.ncessch: s.stop for s in season.schools}
    by_id |= {v.venue_id: v.stop for v in season.venues}
    by_id |= {g.garage_id: g.stop for g in season.garages}
    points = [tuple(by_id[s.place_id]) for s in stops]
    legs = ((), *pairwise(points))
    return tuple(s.model_copy(update={"line": g}) for s, g in zip(stops, legs, strict=True))


def _block(season: Season) -> Block:
    def run(direction: Direction, stops: tuple[StopTime, ...]) -> Run:
        return Run(
            run_id=direction.value,
            direction=direction,
            session_id="morning",
            garage_id="lot",
            bus_type="full",
            bus_number="1",
            stops=with_lines(stops, season),
        )

    pair = RunPair(
        session_id="morning",
        groups=tuple(group(r) for r in season.requests),
        outbound=run(Direction.OUTBOUND, _outbound()),
        return_run=run(Direction.RETURN, _return()),
    )
    return Block(
        block_id="block",
        date=DAY,
        garage_id="lot",
        bus_type="full",
        bus_number="1",
        run_pairs=(pair,),
        leave_s=LEAVE,
        back_s=BACK,
        drive_s=MINUTES * 60,
        wait_s=WAIT,
        metres=MINUTES * MILE,
        deadhead_metres=(30 + 31) * MILE,
        cost=COST,
    )
