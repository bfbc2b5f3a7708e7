"""A small Plan made by hand: what papers and maps must cope with, in one place.

Two buses on two days, on both sides of the line between Central and Eastern time. On 9 March a
bus takes two schools to a tour of two campuses; clocks go forward on 14 March; on 16 March
another one takes one school to a fair, across a district line and without an agreement. One
request is not served. Names are made of what must not be taken at its word.
"""

import datetime as dt
from collections.abc import Sequence

from tourpool.events.clock import utc_s
from tourpool.events.equity import Factor
from tourpool.events.fleet import BusType
from tourpool.events.occasions import EventKind
from tourpool.routing.plan import (
    Baseline,
    Block,
    Boarding,
    Direction,
    Group,
    NeedsAgreement,
    Place,
    PlaceKind,
    Plan,
    PlanRequest,
    PlanSession,
    PlanVisit,
    Proof,
    Reason,
    ReasonKind,
    Run,
    RunPair,
    StopTime,
)

CENTRAL = "America/Chicago"
EASTERN = "America/New_York"
TOUR = dt.date(2027, 3, 9)
FAIR = dt.date(2027, 3, 16)
SCRIPT_NAME = "Knob <script>alert('school')</script> High"
CELL_NAME = "=cmd|' /C calc'!A0 High"
JS_NAME = "Ridge `${alert(1)}` {{ 7*7 }} \\u003c </script> High"


def at(date: dt.date, clock: str, tz: str) -> int:
    """Seconds for a local clock written as 07:40 or 07:40:30."""
    return utc_s(date, dt.time.fromisoformat(clock), tz)


def _place(
    place_id: str, kind: PlaceKind, name: str, where: tuple[float, float], tz: str, leaid: str = ""
) -> Place:
    lat, lon = where
    return Place(
        place_id=place_id,
        kind=kind,
        name=name,
        lat=lat,
        lon=lon,
        stop_lat=lat,
        stop_lon=lon,
        tz=tz,
        metres_to_road=0,
        leaid=leaid or None,
        district={"2100010": "Adair County", "2100020": "Taylor & Green"}.get(leaid, ""),
        ecosystem_id="lake" if leaid else "",
        locale=43 if kind is PlaceKind.SCHOOL else None,
        loading_note="Use the bus loop, not the front door" if kind is PlaceKind.VENUE else "",
        contact="Ms Hall 270-555-0100" if kind is PlaceKind.SCHOOL else "",
    )


PLACES = (
    _place("210001000001", PlaceKind.SCHOOL, SCRIPT_NAME, (37.05, -85.10), CENTRAL, "2100010"),
    _place("210001000002", PlaceKind.SCHOOL, CELL_NAME, (37.18, -85.05), CENTRAL, "2100010"),
    _place("210002000003", PlaceKind.SCHOOL, JS_NAME, (37.26, -85.50), CENTRAL, "2100020"),
    _place("210002000004", PlaceKind.SCHOOL, "Far High", (36.75, -84.60), EASTERN, "2100020"),
    _place("lindsey", PlaceKind.VENUE, "Lindsey College", (37.10, -85.31), CENTRAL),
    _place("campbell", PlaceKind.VENUE, "Campbell University", (37.34, -85.35), EASTERN),
    _place("western", PlaceKind.VENUE, "Western Fair Ground", (36.985, -86.456), CENTRAL),
    _place("adair", PlaceKind.GARAGE, "Adair bus lot", (37.09, -85.29), CENTRAL, "2100010"),
)


ROUTE = BusType(
    garage_id="adair",
    bus_type="route",
    count=2,
    bus_numbers=("7", "9"),
    seats_small=72,
    seats_large=48,
    wheelchair_places=1,
    usd_fixed=120,
    usd_per_mile=1.5,
    usd_per_hour=24,
    usd_per_wait_hour=18,
    free_from=dt.time(6),
    free_to=dt.time(16),
)


def _stop(
    kind: PlaceKind,
    place_id: str,
    times: tuple[int, int],
    driven: tuple[int, int] = (0, 0),
    on: Sequence[Boarding] = (),
    off: Sequence[Boarding] = (),
    before: str | None = None,
) -> StopTime:
    """A stop; ``driven`` is (metres, seconds) from ``before``, drawn as a straight line."""
    where = {p.place_id: (p.stop_lat, p.stop_lon) for p in PLACES}
    return StopTime(
        kind=kind,
        place_id=place_id,
        arrive_s=times[0],
        depart_s=times[1],
        metres=driven[0],
        drive_s=driven[1],
        on=tuple(on),
        off=tuple(off),
        line=() if before is None else (where[before], where[place_id]),
    )


def _boarding(group_id: str, begin_s: int, seconds: int) -> Boarding:
    return Boarding(group_id=group_id, begin_s=begin_s, end_s=begin_s + seconds)


def _run(run_id: str, direction: Direction, session_id: str, number: str, *stops: StopTime) -> Run:
    return Run(
        run_id=run_id,
        direction=direction,
        session_id=session_id,
        garage_id="adair",
        bus_type="route",
        bus_number=number,
        stops=stops,
    )


def _group(group_id: str, ncessch: str, students: int, chaperones: int, wheelchairs: int) -> Group:
    request_id, _, part = group_id.partition("/")
    return Group(
        group_id=group_id,
        request_id=request_id,
        ncessch=ncessch,
        part=int(part or 1),
        parts=2 if part else 1,
        students=students,
        chaperones=chaperones,
        wheelchairs=wheelchairs,
        counted=students,
    )


def tour_block() -> Block:
    """Bus 7: two schools to two campuses and home in another order. 25 + 15 students."""
    knob, cell = "210001000001", "210001000002"

    def c(clock: str) -> int:
        return at(TOUR, clock, CENTRAL)

    def e(clock: str) -> int:
        return at(TOUR, clock, EASTERN)

    school, venue, garage = PlaceKind.SCHOOL, PlaceKind.VENUE, PlaceKind.GARAGE
    outbound = _run(
        "b1/1/out",
        Direction.OUTBOUND,
        "tour-1",
        "7",
        _stop(garage, "adair", (c("07:00"), c("07:00"))),
        _stop(
            school,
            cell,
            (c("07:30"), c("07:34:12")),
            (24000, 1800),
            on=[_boarding("r2", c("07:30"), 72)],
            before="adair",
        ),
        _stop(
            school,
            knob,
            (c("07:54:12"), c("07:59:04")),
            (16000, 1200),
            on=[_boarding("r1", c("07:54:12"), 112)],
            before=cell,
        ),
        _stop(venue, "lindsey", (c("08:24:04"), c("08:24:04")), (20000, 1500), before=knob),
    )
    between = _run(
        "b1/1/between",
        Direction.BETWEEN,
        "tour-1",
        "7",
        _stop(venue, "lindsey", (c("10:00"), c("10:00"))),
        _stop(venue, "campbell", (e("11:35"), e("11:35")), (28000, 2100), before="lindsey"),
    )
    back = _run(
        "b1/1/back",
        Direction.RETURN,
        "tour-1",
        "7",
        _stop(venue, "campbell", (e("13:30"), e("13:30"))),
        _stop(
            school,
            knob,
            (c("13:15"), c("13:19:52")),
            (36000, 2700),
            off=[_boarding("r1", c("13:18"), 112)],
            before="campbell",
        ),
        _stop(
            school,
            cell,
            (c("13:39:52"), c("13:44:04")),
            (16000, 1200),
            off=[_boarding("r2", c("13:42:52"), 72)],
            before=knob,
        ),
        _stop(garage, "adair", (c("14:14:04"), c("14:14:04")), (24000, 1800), before=cell),
    )
    return Block(
        block_id="b1",
        date=TOUR,
        garage_id="adair",
        bus_type="route",
        bus_number="7",
        run_pairs=(
            RunPair(
                session_id="tour-1",
                groups=(_group("r1", knob, 25, 3, 0), _group("r2", cell, 15, 2, 1)),
                outbound=outbound,
                between=between,
                return_run=back,
            ),
        ),
        leave_s=c("07:00"),
        back_s=c("14:14:04"),
        drive_s=1800 + 1200 + 1500 + 2100 + 2700 + 1200 + 1800,
        wait_s=c("10:00") - c("08:24:04") + e("13:30") - e("11:35"),
        metres=24000 + 16000 + 20000 + 28000 + 36000 + 16000 + 24000,
        deadhead_metres=24000 + 24000,
        cost=412_3456,
    )


def fair_block() -> Block:
    """Bus 9: guests from the next district, in two parts, after the clock change."""
    ridge = "210002000003"

    def c(clock: str) -> int:
        return at(FAIR, clock, CENTRAL)

    school, venue, garage = PlaceKind.SCHOOL, PlaceKind.VENUE, PlaceKind.GARAGE
    outbound = _run(
        "b2/1/out",
        Direction.OUTBOUND,
        "fair-1",
        "9",
        _stop(garage, "adair", (c("07:00"), c("07:00"))),
        _stop(
            school,
            ridge,
            (c("07:30"), c("07:36:12")),
            (26000, 1800),
            on=[_boarding("r3/1", c("07:30"), 96), _boarding("r3/2", c("07:31:36"), 96)],
            before="adair",
        ),
        _stop(venue, "western", (c("08:51:12"), c("08:51:12")), (95000, 4500), before=ridge),
    )
    back = _run(
        "b2/1/back",
        Direction.RETURN,
        "fair-1",
        "9",
        _stop(venue, "western", (c("12:00"), c("12:00"))),
        _stop(
            school,
            ridge,
            (c("13:15"), c("13:21:12")),
            (95000, 4500),
            off=[_boarding("r3/1", c("13:18"), 96), _boarding("r3/2", c("13:19:36"), 96)],
            before="western",
        ),
        _stop(garage, "adair", (c("13:51:12"), c("13:51:12")), (26000, 1800), before=ridge),
    )
    return Block(
        block_id="b2",
        date=FAIR,
        garage_id="adair",
        bus_type="route",
        bus_number="9",
        run_pairs=(
            RunPair(
                session_id="fair-1",
                groups=(_group("r3/1", ridge, 22, 2, 0), _group("r3/2", ridge, 22, 2, 0)),
                outbound=outbound,
                return_run=back,
                needs_agreement=(NeedsAgreement(lender_leaid="2100010", guest_leaid="2100020"),),
            ),
        ),
        leave_s=c("07:00"),
        back_s=c("13:51:12"),
        drive_s=1800 + 4500 + 4500 + 1800,
        wait_s=c("12:00") - c("08:51:12"),
        metres=2 * (26000 + 95000),
        deadhead_metres=2 * 26000,
        cost=398_7600,
    )


def _request(
    request_id: str, ncessch: str, event_id: str, students: int, chaperones: int, **fate: object
) -> PlanRequest:
    rural = Factor(name="rural", hundredths=100, why="locale 43, rural remote")
    return PlanRequest.model_validate(
        {
            "request_id": request_id,
            "ncessch": ncessch,
            "event_id": event_id,
            "students": students,
            "chaperones": chaperones,
            "wheelchairs": 0,
            "counted": students,
            "grade_low": 11,
            "grade_high": 12,
            "max_ride_min": 90,
            "weight_hundredths": 200,
            "factors": (rural,),
            "accepts": (f"{event_id}-1",),
            "session_id": None,
            **fate,
        }
    )


def sample_plan() -> Plan:
    """Two buses, two days, three schools served and one not: 84 students of 96."""
    tour = PlanSession(
        session_id="tour-1",
        event_id="tour",
        event="Two campuses in a day",
        kind=EventKind.COLLEGE_TOUR,
        ecosystem_id="lake",
        date=TOUR,
        visits=(
            PlanVisit(
                venue_id="lindsey",
                arrive_from_s=at(TOUR, "08:00", CENTRAL),
                arrive_by_s=at(TOUR, "08:45", CENTRAL),
                depart_s=at(TOUR, "10:00", CENTRAL),
            ),
            PlanVisit(
                venue_id="campbell",
                arrive_from_s=at(TOUR, "11:30", EASTERN),
                arrive_by_s=at(TOUR, "12:00", EASTERN),
                depart_s=at(TOUR, "13:30", EASTERN),
            ),
        ),
        max_people=60,
        max_people_per_school=None,
        people=45,
        students=40,
    )
    fair = PlanSession(
        session_id="fair-1",
        event_id="fair",
        event="Health careers fair",
        kind=EventKind.CAREER_FAIR,
        ecosystem_id="lake",
        date=FAIR,
        visits=(
            PlanVisit(
                venue_id="western",
                arrive_from_s=at(FAIR, "08:30", CENTRAL),
                arrive_by_s=at(FAIR, "09:00", CENTRAL),
                depart_s=at(FAIR, "12:00", CENTRAL),
            ),
        ),
        max_people=None,
        max_people_per_school=None,
        people=48,
        students=44,
    )
    too_far = Reason(
        kind=ReasonKind.RIDE_LIMIT,
        text="The shortest ride to Lindsey College takes 104 min; its limit is 90 min.",
    )
    return Plan(
        plan_id="5a3c0f9e2b7d4411",
        version=1,
        follows=None,
        made_by="tourpool 0.1.0",
        season="Lake <spring>",
        season_digest="0" * 64,
        roads="estimated",
        roads_digest="1" * 64,
        estimated=True,
        max_ride_min=90,
        ecosystems={"lake": "Lake Region"},
        buses=(ROUTE,),
        places=PLACES,
        sessions=(tour, fair),
        requests=(
            _request("r1", "210001000001", "tour", 25, 3, session_id="tour-1", rank=1),
            _request(
                "r2", "210001000002", "tour", 15, 2, wheelchairs=1, session_id="tour-1", rank=1
            ),
            _request("r3", "210002000003", "fair", 44, 4, session_id="fair-1", rank=1),
            _request("r4", "210002000004", "tour", 12, 2, reason=too_far),
        ),
        blocks=(tour_block(), fair_block()),
        proof=Proof(
            status="feasible",
            weighted_served=2 * 84 * 100,
            weighted_bound=2 * 84 * 100 + 600,
            cost=811_1056,
            cost_bound=808_0000,
            rank_sum=84,
            cost_slack_pct=1,
        ),
        alone_same_groups=Baseline(
            proven=True,
            students=84,
            weighted=2 * 84 * 100,
            groups=4,
            buses=4,
            metres=700_000,
            cost=1322_0000,
            left_out=(),
        ),
        alone_same_fleet=Baseline(
            proven=True,
            students=69,
            weighted=2 * 69 * 100,
            groups=3,
            buses=2,
            metres=380_000,
            cost=790_0000,
        ),
        warnings=("Lake Region lists no neighbours.",),
    )
