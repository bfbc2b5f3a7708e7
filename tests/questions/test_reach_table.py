"""Who can be reached, by which bus, at which hours: by hand, and against plans of one request."""

import datetime as dt
from collections.abc import Iterator

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.random_seasons import DAYS, seasons
from tests.routing.arrays import laws
from tests.seasons import (
    DAY,
    FAR,
    GUEST,
    NEAR,
    ToyRoads,
    bus,
    event,
    garage,
    request,
    school,
    session,
    two_schools,
    two_schools_roads,
    with_tables,
)
from tourpool.events.clock import local
from tourpool.events.occasions import OpenTo
from tourpool.events.places import Ecosystem
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.routing.plan import ReasonKind
from tourpool.routing.questions.least import Found, Search
from tourpool.routing.questions.reach_table import How, Reached, easiest, reach_table, students
from tourpool.routing.questions.relax_buses import LongerHours, all_day
from tourpool.routing.questions.relaxation import Kind
from tourpool.routing.questions.relaxations import families
from tourpool.routing.season_plan import plan_season
from tourpool.routing.solver.stop import Stop

STOP_MIN = (180 + 22 * 4) / 60


def far(**changes: object) -> Reached:
    """How the far school's request is reached."""
    return easiest(reach_table(two_schools(**changes), two_schools_roads()))["far"]


def clocks(row: Reached) -> tuple[str, str]:
    """When the bus that is told leaves and is back, at the lot."""
    assert row.leave_s is not None
    assert row.back_s is not None
    out, back = (local(row.date, s, "America/Chicago") for s in (row.leave_s, row.back_s))
    return f"{out:%H:%M:%S}", f"{back:%H:%M:%S}"


def test_a_bus_in_its_hours_is_told_with_when_it_is_out() -> None:
    row = far()
    assert (row.how, row.bus_type_id, row.buses, row.reason) == (How.BUSES, "lot/full", 1, None)
    assert (row.out_min, row.back_min, row.limit_min) == (50 + STOP_MIN, 51 + STOP_MIN, 90)
    # 9:50 less 30 min to the school, 268 s there and 50 min on; 12:00 and 51 min, 268 s, 31 min
    assert clocks(row) == ("08:25:32", "13:26:28")


def test_a_bus_that_is_needed_for_school_wants_a_substitute_driver() -> None:
    row = far(buses=(bus(free_from=dt.time(8, 30), free_to=dt.time(13, 30)),))
    assert (row.how, row.bus_type_id, row.charter) == (How.DRIVER, "lot/full", True)
    assert clocks(row) == ("08:25:32", "13:26:28")
    assert row.reason is not None
    assert row.reason.kind is ReasonKind.NO_BUS


def test_of_several_the_bus_that_needs_the_fewest_hours_more_is_told() -> None:
    early, late = (
        bus(bus_type="early", free_from=dt.time(8, 28)),
        bus(bus_type="late", free_to=dt.time(13, 25)),
    )
    row = far(buses=(early, late))  # 2 min 28 s before it is free; 1 min 28 s too late
    assert (row.how, row.bus_type_id) == (How.DRIVER, "lot/late")


def test_a_charter_of_the_season_is_told_apart_from_buses_of_districts() -> None:
    lots = (*two_schools().garages, garage("yard", 0, None))
    row = far(garages=lots, buses=(bus(free_from=dt.time(9)), bus("yard", "coach")))
    assert (row.how, row.bus_type_id) == (How.CHARTER, "yard/coach")


def test_whom_no_bus_of_the_season_holds_a_charter_from_elsewhere_may() -> None:
    row = far(buses=(bus(seats_large=5),))
    assert (row.how, row.charter, row.bus_type_id) == (How.HIRED, True, None)


def test_beyond_the_ride_limit_no_bus_helps() -> None:
    row = far(requests=(request("far", FAR, max_ride_min=50),))
    assert (row.how, row.charter, row.bus_type_id) == (How.NO, False, None)
    assert row.reason is not None
    assert row.reason.kind is ReasonKind.RIDE_LIMIT


def test_more_people_than_the_session_takes_are_out_of_reach_of_a_charter_too() -> None:
    row = far(sessions=(session("morning", max_people=21),))
    assert (row.how, row.charter) == (How.NO, False)


def test_a_day_on_which_the_school_is_closed_is_out_of_reach() -> None:
    closed = CalendarEntry(scope=Scope.DISTRICT, id=GUEST, date_from=DAY, date_to=DAY, closed=True)
    row = far(calendar=(closed,))
    assert row.how is How.NO
    assert row.reason is not None
    assert row.reason.kind is ReasonKind.CLOSED


def test_the_easiest_of_the_sessions_that_it_accepts_counts() -> None:
    early = session("early", arrive_by=dt.time(9), arrive_from=dt.time(8, 30))
    row = far(sessions=(early, session("morning")), buses=(bus(free_from=dt.time(8)),))
    assert (row.session_id, row.how) == ("morning", How.BUSES)


def test_a_school_that_does_not_ask_is_tried_with_one_student_and_one_adult() -> None:
    season = two_schools(requests=(request("near", NEAR),))
    (row,) = (r for r in reach_table(season, two_schools_roads()) if not r.request_id)
    assert (row.ncessch, row.how, row.riders) == (FAR, How.BUSES, 1)
    assert row.out_min == 50 + (180 + 2 * 4) / 60


def test_a_school_that_is_not_invited_has_no_row() -> None:
    season = two_schools(requests=(request("near", NEAR),))
    away = season.district[GUEST].model_copy(update={"ecosystem_id": "hills"})
    season = with_tables(
        season,
        ecosystems=(*season.ecosystems, Ecosystem(ecosystem_id="hills", name="Hills")),
        districts=(season.districts[0], away),
        events=(event("tour", open_to=OpenTo.OWN),),
    )
    assert {r.ncessch for r in reach_table(season, two_schools_roads())} == {NEAR}


def test_students_are_counted_once_under_the_easiest_way() -> None:
    season = two_schools(buses=(bus(free_from=dt.time(8, 30)),))  # near: 9:50 less 30, 5, 13 min
    found = {how: (n, riders) for how, n, riders in students(season, _rows(season))}
    assert found[How.BUSES] == (1, 20)
    assert found[How.DRIVER] == (1, 20)
    assert sum(riders for _, riders in found.values()) == 40


def _rows(season: Season) -> list[Reached]:
    return reach_table(season, two_schools_roads())


def test_schools_at_one_stop_do_not_disturb_each_other() -> None:
    twin = school("280000200002", 2)
    season = two_schools(schools=(*two_schools().schools, twin))
    rows = {r.ncessch: r for r in _rows(season)}
    assert rows[twin.ncessch].how is rows[FAR].how is How.BUSES


@settings(laws, max_examples=15)
@given(seasons(most_requests=1))
def test_in_reach_is_who_would_be_served_alone(made: tuple[Season, ToyRoads]) -> None:
    season, roads = made
    (asked,) = season.requests
    how = easiest(reach_table(season, roads))[asked.request_id].how
    rides = plan_season(season, roads=roads).requests[0].session_id is not None
    assert (how in (How.BUSES, How.CHARTER)) == rides
    if plan_season(all_day(season), roads=roads).requests[0].session_id is not None:
        assert how is not How.NO


@settings(laws, max_examples=20)
@given(seasons(most_requests=1), st.sampled_from((Scope.GARAGE, Scope.DISTRICT, Scope.BUS)))
def test_a_substitute_driver_helps_whom_why_says_it_helps(
    made: tuple[Season, ToyRoads], scope: Scope
) -> None:
    """All buses are released but for two hours, by whichever calendar."""
    season, roads = made
    released = tuple(released_by(scope, season))
    season = season.model_copy(update={"calendar": (*season.calendar, *released)})
    plan = plan_season(season, roads=roads)
    (asked,) = season.requests
    assume(plan.request[asked.request_id].session_id is None and not asked.may_split)
    how = easiest(reach_table(season, roads))[asked.request_id].how
    search = Search(season, plan, asked.request_id, roads, Stop())
    longer = (f.members for f in families(season, asked) if f.kind is Kind.HOURS)
    helps = {
        season.garage[m.bus_type_id.partition("/")[0]].leaid is not None
        for m in (m for of in longer for m in of)
        if isinstance(m, LongerHours) and isinstance(search.find(m), Found)
    }
    assert (True in helps) == (how is How.DRIVER)


def released_by(scope: Scope, season: Season) -> Iterator[CalendarEntry]:
    """Two hours left to every bus on all days, where a calendar of this scope can say so."""
    names = {
        Scope.GARAGE: [g.garage_id for g in season.garages],
        Scope.DISTRICT: [g.leaid for g in season.garages if g.leaid is not None],
        Scope.BUS: [b.bus_type_id for b in season.buses],
    }[scope]
    for name in dict.fromkeys(names):
        yield CalendarEntry(
            scope=scope,
            id=name,
            date_from=DAYS[0],
            date_to=DAYS[-1],
            free_from=dt.time(10, 30),
            free_to=dt.time(12, 30),
        )
