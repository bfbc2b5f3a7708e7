"""Random small seasons for hypothesis: tight enough that every limit binds now and then.

`seasons` has one run-pair a day and plain rates; `full_seasons` has all else too.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.seasons import (
    DAY,
    ToyRoads,
    agreement,
    bus,
    district,
    event,
    garage,
    point,
    request,
    school,
    session,
    venue,
)
from tourpool.events.budgets import Budget
from tourpool.events.fleet import BusType, Carries, Tariff
from tourpool.events.occasions import Event, EventKind, Session, Visit
from tourpool.events.places import Ecosystem
from tourpool.events.rules import AgreementPolicy, CalendarEntry, Participation, Policy, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Apart, Choice, SeatRequest

LEAIDS = ("2800001", "2800002", "2800003")
DAYS = (DAY, DAY + dt.timedelta(days=2))
CROWD = 100
Draw = Any
"""What `st.composite` gives; hypothesis types it as DrawFn, whose results are Any."""


def maybe(draw: Draw, value: st.SearchStrategy[Any], one_in: int = 4) -> Any:
    """A value now and then, None mostly."""
    return draw(value) if draw(st.integers(1, one_in)) == one_in else None


def a_time(first_hour: int, last_hour: int) -> st.SearchStrategy[dt.time]:
    """A quarter of an hour."""
    quarters = st.integers(first_hour * 4, last_hour * 4)
    return quarters.map(lambda q: dt.time(q // 4, q % 4 * 15))


@st.composite
def seasons(draw: Draw, most_requests: int = 6) -> tuple[Season, ToyRoads]:
    """A season of a few schools, one or two events and days, and the roads between its places.

    A bus goes to one session a day.
    """
    n_schools, n_garages, n_venues = draw(
        st.tuples(st.integers(1, 5), st.integers(1, 2), st.integers(1, 2))
    )
    schools = []
    for n in range(n_schools):
        leaid = draw(st.sampled_from(LEAIDS))
        schools.append(draw_school(draw, f"{leaid}{n:05d}", n))
    venues = tuple(
        venue(
            f"venue{n}",
            n_schools + n,
            max_people=maybe(draw, st.integers(20, 70)),
            max_group=maybe(draw, st.integers(10, 30), 6),
            students_per_chaperone=maybe(draw, st.integers(5, 12), 6),
        )
        for n in range(n_venues)
    )
    garages = tuple(
        garage(f"lot{n}", n_schools + n_venues + n, draw(st.sampled_from((None, *LEAIDS))))
        for n in range(n_garages)
    )
    events = tuple(draw_event(draw, n) for n in range(draw(st.integers(1, 2))))
    sessions = tuple(
        draw_session(draw, n, events, n_venues) for n in range(draw(st.integers(1, 3)))
    )
    requests = tuple(
        draw_request(draw, n, [s.ncessch for s in schools], sessions, events)
        for n in range(draw(st.integers(1, most_requests)))
    )
    season = Season(
        name="random",
        ecosystems=(Ecosystem(ecosystem_id="delta", name="Delta"),),
        districts=tuple(
            district(i, college_career_ready_pct=maybe(draw, st.integers(0, 100), 2))
            for i in LEAIDS
        ),
        schools=tuple(schools),
        venues=venues,
        events=events,
        sessions=sessions,
        requests=requests,
        apart=draw_apart(draw, len(requests)),
        garages=garages,
        buses=tuple(draw_bus(draw, n, garages) for n in range(draw(st.integers(1, 3)))),
        calendar=draw_calendar(draw, schools[0].ncessch),
        agreements=tuple(
            agreement(a, b, valid_to=draw(st.sampled_from(DAYS)))
            for a in LEAIDS
            for b in LEAIDS
            if a != b and draw(st.booleans())
        ),
        participation=draw_participation(draw, schools[0].ncessch),
        policy=draw_policy(draw),
    )
    return season, draw_roads(draw, n_schools + n_venues + n_garages)


@st.composite
def full_seasons(draw: Draw, most_requests: int = 6) -> tuple[Season, ToyRoads]:
    """Seasons in which a bus may go to two sessions a day, with tariffs, minimums and budgets.

    Some sessions are in the afternoon, most on one day; hours are long and buses few, so that it
    pays now and then to use one twice.
    """
    season, roads = draw(seasons(most_requests=most_requests))
    last = season.sessions[-1].model_copy(update={"session_id": "afternoon"})
    season = season.model_copy(
        update={
            "sessions": (*(_any_hour(draw, s) for s in season.sessions), _later(draw, last)),
            "schools": tuple(
                s.model_copy(update={"latest_return": draw(a_time(16, 20))}) for s in season.schools
            ),
            "requests": tuple(_or_later(draw, r, last.event_id) for r in season.requests),
            "tariffs": draw_tariffs(draw),
            "policy": season.policy.model_copy(
                update={
                    "max_ride_min": draw(st.sampled_from((60, 150))),
                    "run_pairs_per_day": draw(st.sampled_from((1, 2, 2, 2))),
                    "garage_break_min": draw(st.sampled_from((0, 15, 30, 120))),
                }
            ),
        }
    )
    buses = tuple(draw_terms(draw, b, season.tariffs) for b in season.buses)
    return season.model_copy(update={"buses": buses, "budgets": draw_budgets(draw, season)}), roads


def _any_hour(draw: Draw, offered: Session) -> Session:
    """The session on the first day mostly, in the afternoon as often as not."""
    if draw(st.integers(1, 4)) > 1:
        offered = offered.model_copy(update={"date": DAYS[0]})
    return _later(draw, offered) if draw(st.booleans()) else offered


def _later(draw: Draw, offered: Session) -> Session:
    """The session in the afternoon of the first day, at one venue."""
    arrive_by = draw(a_time(14, 15))
    return offered.model_copy(
        update={
            "date": DAYS[0],
            "arrive_from": dt.time(arrive_by.hour - 1, arrive_by.minute),
            "arrive_by": arrive_by,
            "depart": dt.time(15, 15),
            "further": (),
        }
    )


def _or_later(draw: Draw, asked: SeatRequest, event_id: str) -> SeatRequest:
    """The request, which now and then takes the afternoon only."""
    if asked.event_id != event_id or draw(st.booleans()):
        return asked
    choice = Choice(request_id=asked.request_id, session_id="afternoon", rank=1)
    return asked.model_copy(update={"choices": (choice,)})


def draw_tariffs(draw: Draw) -> tuple[Tariff, ...]:
    """Tiers that fall or rise; roads of a toy season are some ten miles long."""
    miles = draw(st.lists(st.sampled_from((1.5, 12.0, 33.3, 70.0)), max_size=2, unique=True))
    return tuple(
        Tariff(
            tariff_id="tiers",
            from_mi=from_mi,
            usd_per_mile=draw(st.sampled_from((0.0, 1.2345, 4.0, 9.0))),
        )
        for from_mi in (0.0, *miles)
    )


def draw_terms(draw: Draw, row: BusType, tariffs: tuple[Tariff, ...]) -> BusType:
    """The bus on further terms: a tariff, paid hours and riders at the least, longer hours."""
    tariff = draw(st.integers(1, 3)) == 3
    carries = draw(st.sampled_from((Carries.ALL, row.carries)))
    hourly = row.usd_per_hour
    return row.model_copy(
        update={
            "count": draw(st.sampled_from((1, 1, row.count))),
            "carries": carries,
            "seats_large": row.seats_large + 10,
            "seats_small": row.seats_small + 10,
            "free_to": draw(a_time(16, 20)),
            "max_duty_h": draw(st.sampled_from((15, 15, 9, 7))),
            "max_drive_h": draw(st.sampled_from((10, 10, 4))),
            "usd_fixed": draw(st.sampled_from((row.usd_fixed, 350.25))),
            "tariff_id": tariffs[0].tariff_id if tariff else None,
            "usd_per_mile": 0.0 if tariff else row.usd_per_mile,
            "usd_per_wait_hour": hourly * draw(st.sampled_from((0, 0.5, 1, 1, 1.5))),
            "driver_min_h": draw(st.sampled_from((0, 0, 5.5, 9))),
            "min_riders": draw(st.sampled_from((0, 0, 0, 9, 20))),
        }
    )


def draw_budgets(draw: Draw, season: Season) -> tuple[Budget, ...]:
    """None mostly, or one or two, of a district or of all, for some events or for all."""
    payers = st.sampled_from((*LEAIDS, "delta"))
    events = (e.event_id for e in season.events)
    scopes = st.sampled_from(("all", "college_tour", *events))
    keys = draw(st.lists(st.tuples(payers, scopes), max_size=2, unique=True))
    return tuple(
        Budget(payer=p, scope=s, usd=draw(st.sampled_from((0.0, 99.9999, 300.0, 800.0))))
        for p, s in keys
        if draw(st.integers(1, 3)) > 1
    )


@st.composite
def crowded(draw: Draw) -> tuple[Season, ToyRoads]:
    """A season with a hundred times as many students and seats: worths near a million.

    Numbers of students differ in their last digits too, so that two plans may differ by very
    little of what they serve. The tables allow no such buses, the solver does not mind. All are
    students with few chaperones: so many adults could be cut in far too many ways to try.
    """
    season, roads = draw(seasons(most_requests=5))
    requests = tuple(
        r.model_copy(update={"students": CROWD * r.students + draw(st.integers(1, 9))})
        for r in season.requests
    )
    policy = season.policy
    per_chaperone = CROWD * policy.students_per_chaperone
    quick = {"board_s_per_rider": 0, "students_per_chaperone": per_chaperone}
    return season.model_copy(
        update={
            "events": tuple(e.model_copy(update={"adults_only": False}) for e in season.events),
            "requests": requests,
            "buses": tuple(_times(b, "seats_small", "seats_large") for b in season.buses),
            "sessions": tuple(
                _times(s, "max_people", "max_people_per_school") for s in season.sessions
            ),
            "venues": tuple(
                _times(v, "max_people", "max_group", "students_per_chaperone")
                for v in season.venues
            ),
            "policy": policy.model_copy(update=quick),
        }
    ), roads


def _times(record: Any, *fields: str) -> Any:
    """The record with some figures so many times as large, where it has them."""
    figures = {f: getattr(record, f) for f in fields}
    return record.model_copy(update={f: CROWD * n for f, n in figures.items() if n is not None})


def draw_school(draw: Draw, ncessch: str, n: int) -> Any:
    """A school; sometimes it loads where the one before it does."""
    lat, lon = point(n - 1 if n and draw(st.integers(1, 5)) == 5 else n)
    return school(
        ncessch,
        n,
        stop_lat=lat,
        stop_lon=lon,
        locale=draw(st.sampled_from((13, 33, 41, 43))),
        earliest_pickup=draw(a_time(6, 8)),
        latest_return=draw(a_time(13, 17)),
    )


def draw_event(draw: Draw, n: int) -> Event:
    """A tour, or now and then a training to which adults ride."""
    adults = draw(st.integers(1, 6)) == 6
    kind = EventKind.TRAINING if adults else EventKind.COLLEGE_TOUR
    return event(f"event{n}", adults_only=adults, kind=kind)


def draw_session(draw: Draw, n: int, events: tuple[Event, ...], n_venues: int) -> Session:
    """A session; now and then it goes on to a second venue."""
    arrive_by, early = dt.time(10, draw(st.sampled_from((0, 30)))), dt.time(9, 50)
    further: tuple[Visit, ...] = ()
    if draw(st.integers(1, 3)) == 3:
        further = (
            Visit(
                session_id=f"session{n}",
                order=2,
                venue_id=f"venue{draw(st.integers(0, n_venues - 1))}",
                arrive_from=dt.time(12, 30),
                arrive_by=dt.time(12, 45),
                depart=dt.time(13, 30),
            ),
        )
    return session(
        f"session{n}",
        event_id=draw(st.sampled_from(events)).event_id,
        date=draw(st.sampled_from(DAYS)),
        venue_id=f"venue{draw(st.integers(0, n_venues - 1))}",
        arrive_from=draw(st.sampled_from((dt.time(9, 30), early))),
        arrive_by=arrive_by,
        depart=dt.time(12),
        max_people=maybe(draw, st.integers(20, 60)),
        max_people_per_school=maybe(draw, st.integers(15, 40), 6),
        further=further,
    )


def draw_request(
    draw: Draw,
    n: int,
    ncesschs: list[str],
    sessions: tuple[Session, ...],
    events: tuple[Event, ...],
) -> SeatRequest:
    """Seats for some students, any of the event's sessions or some by rank.

    To a training adults come, typed as chaperones or as students.
    """
    event_id = draw(st.sampled_from(sessions)).event_id
    offered = [s.session_id for s in sessions if s.event_id == event_id]
    named = draw(st.lists(st.sampled_from(offered), unique=True)) if draw(st.booleans()) else []
    name = f"request{n}"
    adults = next(e.adults_only for e in events if e.event_id == event_id)
    students = draw(st.integers(1, 24))
    chaperones = draw(st.integers(0, 3))
    if adults:
        students = draw(st.sampled_from((0, students)))
        chaperones = draw(st.integers(0 if students else 1, 14))
    return request(
        name,
        draw(st.sampled_from(ncesschs)),
        event_id=event_id,
        grade_high=draw(st.sampled_from((5, 12))),
        grade_low=5,
        students=students,
        chaperones=chaperones,
        wheelchairs=draw(st.sampled_from((0, 0, 0, 1, 2))),
        may_split=draw(st.integers(1, 5)) == 5,
        max_ride_min=maybe(draw, st.integers(30, 120), 3),
        choices=tuple(
            Choice(request_id=name, session_id=s, rank=draw(st.integers(1, 3))) for s in named
        ),
    )


def draw_bus(draw: Draw, n: int, garages: tuple[Any, ...]) -> BusType:
    """A bus with few seats, short hours, and all that can be priced."""
    home = draw(st.sampled_from(garages))
    large = draw(st.integers(8, 56))
    hourly = draw(st.sampled_from((0.0, 20.0, 36.4)))
    overtime = draw(st.booleans())
    own = () if home.leaid is None else (Carries.OWN,)
    return bus(
        home.garage_id,
        f"type{n}",
        count=draw(st.integers(1, 2)),
        seats_small=large + draw(st.integers(0, large // 2)),
        seats_large=large,
        wheelchair_places=draw(st.integers(0, 2)),
        seats_lost_per_wheelchair=draw(st.integers(0, 4)),
        usd_fixed=draw(st.sampled_from((0.0, 80.0, 350.25))),
        usd_per_mile=draw(st.sampled_from((0.0, 1.2345, 4.0))),
        usd_per_hour=hourly,
        usd_per_wait_hour=draw(st.sampled_from((0.0, 18.0, 50.0))),
        usd_minimum=draw(st.sampled_from((0.0, 0.0, 400.0))),
        overtime_after_h=draw(st.sampled_from((4.0, 5.5))) if overtime else None,
        usd_per_overtime_hour=hourly + draw(st.integers(0, 60)) if overtime else None,
        free_from=draw(a_time(6, 8)),
        free_to=draw(a_time(13, 17)),
        max_duty_h=draw(st.sampled_from((15, 7.25, 6))),
        max_drive_h=draw(st.sampled_from((10, 4, 2.5))),
        carries=draw(st.sampled_from((Carries.AGREEMENT, Carries.ALL, *own))),
    )


def draw_apart(draw: Draw, n_requests: int) -> tuple[Apart, ...]:
    """Now and then two requests that must not share a bus."""
    if n_requests < 2 or draw(st.booleans()):
        return ()
    return (Apart(request_a="request1", request_b="request0"),)


def draw_calendar(draw: Draw, ncessch: str) -> tuple[CalendarEntry, ...]:
    """A day on which a school, a district or a garage is closed, or open for fewer hours."""
    scope, name = draw(
        st.sampled_from(
            (
                (Scope.SCHOOL, ncessch),
                (Scope.DISTRICT, LEAIDS[0]),
                (Scope.DISTRICT, LEAIDS[1]),
                (Scope.GARAGE, "lot0"),
            )
        )
    )
    closed = draw(st.booleans())
    entry = CalendarEntry(
        scope=scope,
        id=name,
        date_from=DAYS[0],
        date_to=draw(st.sampled_from(DAYS)),
        closed=closed,
        free_from=None if closed else draw(st.none() | a_time(7, 9)),
        free_to=None if closed else draw(st.none() | a_time(12, 16)),
    )
    return (entry,) if draw(st.integers(1, 3)) == 3 else ()


def draw_participation(draw: Draw, ncessch: str) -> tuple[Participation, ...]:
    """Now and then the first school has been served before."""
    row = Participation(
        ncessch=ncessch, date=dt.date(2026, 3, 1), event_kind=EventKind.COLLEGE_TOUR, students=9
    )
    return (row,) if draw(st.booleans()) else ()


def draw_policy(draw: Draw) -> Policy:
    """Limits that bind."""
    return Policy(
        max_ride_min=draw(st.sampled_from((60, 90, 150))),
        stop_s=draw(st.sampled_from((0, 180))),
        board_s_per_rider=draw(st.sampled_from((0, 4))),
        arrive_early_min=draw(st.sampled_from((0, 10))),
        cost_slack_pct=draw(st.sampled_from((0, 0, 5))),
        agreements=draw(st.sampled_from(AgreementPolicy)),
        run_pairs_per_day=1,
    )


def draw_roads(draw: Draw, n: int) -> ToyRoads:
    """Roads that are neither symmetric nor metric: a way round can be shorter."""
    legs = draw(
        st.lists(st.tuples(st.integers(1, 30), st.integers(0, 59)), min_size=n * n, max_size=n * n)
    )
    seconds = [
        [0 if i == j else 60 * legs[i * n + j][0] + legs[i * n + j][1] for j in range(n)]
        for i in range(n)
    ]
    metres = [
        [0 if i == j else 20 * seconds[i][j] - 7 * legs[j * n + i][0] for j in range(n)]
        for i in range(n)
    ]
    return ToyRoads(
        points=tuple(point(k) for k in range(n)),
        seconds=tuple(map(tuple, seconds)),
        metres=tuple(tuple(max(0, m) for m in row) for row in metres),
    )


@st.composite
def seasons_on_several_roads(draw: Draw) -> tuple[Season, ToyRoads]:
    """Full seasons in which some buses, or some days, must go long ways round."""
    season, roads = draw(full_seasons(most_requests=5))
    who = [*(b.bus_type_id for b in season.buses), *(s.date.isoformat() for s in season.sessions)]
    barred = draw(st.lists(st.sampled_from(sorted(set(who))), min_size=1, max_size=3, unique=True))
    detours = tuple((name, draw(st.integers(0, 2))) for name in barred)
    return season, replace(roads, detours=detours)
