"""Hours that a bus or a school has left on a day, and the sessions a school can accept."""

import datetime as dt

import pytest

from tourpool.events.calendar import acceptable, bus_hours, school_hours
from tourpool.events.fleet import BusType
from tourpool.events.occasions import Event, EventKind, Session
from tourpool.events.places import District, Ecosystem, Garage, School, Venue
from tourpool.events.rules import CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest

TUE, THU = dt.date(2027, 3, 9), dt.date(2027, 3, 11)
CST_H = 6  # hours from Central time to UTC before 14 March
LEAID, NCESSCH = "2801890", "280189001037"

SCHOOL = School(
    ncessch=NCESSCH,
    leaid=LEAID,
    name="Simmons High School",
    lat=33.166303,
    lon=-90.859891,
    locale=33,
    grade_low=7,
    grade_high=12,
    tz="America/Chicago",
    stop_lat=33.166303,
    stop_lon=-90.859891,
    earliest_pickup=dt.time(6, 30),
    latest_return=dt.time(17),
)
BUS = BusType(
    garage_id="lot",
    bus_type="full-size",
    count=1,
    seats_small=77,
    seats_large=52,
    usd_fixed=0,
    usd_per_mile=2.45,
    usd_per_hour=24.5,
    usd_per_wait_hour=18,
    free_from=dt.time(8),
    free_to=dt.time(14),
)
CHARTER = BUS.model_copy(update={"garage_id": "yard"})
REQUEST = SeatRequest(
    request_id="simmons-12",
    ncessch=NCESSCH,
    event_id="tour",
    grade_low=12,
    grade_high=12,
    students=20,
    chaperones=2,
)


def entry(scope: Scope, whose: str, **changes: object) -> CalendarEntry:
    return CalendarEntry.model_validate(
        {"scope": scope, "id": whose, "date_from": TUE, "date_to": TUE, **changes}
    )


def session(session_id: str, date: dt.date, event_id: str = "tour") -> Session:
    return Session(
        session_id=session_id,
        event_id=event_id,
        date=date,
        venue_id="dsu",
        arrive_from=dt.time(10),
        arrive_by=dt.time(10, 30),
        depart=dt.time(12, 30),
    )


def season(*calendar: CalendarEntry) -> Season:
    where = {"lat": 33.17, "lon": -90.86, "tz": "America/Chicago"}
    return Season(
        name="small",
        ecosystems=(Ecosystem(ecosystem_id="delta", name="Delta"),),
        districts=(District(leaid=LEAID, name="Hollandale", ecosystem_id="delta"),),
        schools=(SCHOOL,),
        venues=(
            Venue.model_validate(
                {"venue_id": "dsu", "name": "DSU", "stop_lat": 33.7, "stop_lon": -90.7, **where}
            ),
        ),
        events=tuple(
            Event(event_id=e, name=e, kind=EventKind.COLLEGE_TOUR, ecosystem_id="delta")
            for e in ("tour", "fair")
        ),
        sessions=(session("thu", THU), session("tue", TUE), session("fair", TUE, "fair")),
        requests=(REQUEST,),
        garages=(
            Garage.model_validate({"garage_id": "lot", "name": "Lot", "leaid": LEAID, **where}),
            Garage.model_validate({"garage_id": "yard", "name": "Yard", **where}),
        ),
        buses=(BUS, CHARTER),
        calendar=calendar,
    )


def h(local_hours: float) -> float:
    """Seconds since 00:00 UTC at so many hours of Central time."""
    return (local_hours + CST_H) * 3600


def test_without_calendar_the_hours_are_those_of_the_row() -> None:
    assert bus_hours(season(), BUS, TUE) == (h(8), h(14))
    assert school_hours(season(), SCHOOL, TUE) == (h(6.5), h(17))


@pytest.mark.parametrize(("scope", "whose"), [(Scope.GARAGE, "lot"), (Scope.DISTRICT, LEAID)])
def test_buses_are_held_to_the_calendar_of_their_garage_and_of_its_district(
    scope: Scope, whose: str
) -> None:
    early_release = entry(scope, whose, free_to=dt.time(12))
    assert bus_hours(season(early_release), BUS, TUE) == (h(8), h(12))
    assert bus_hours(season(entry(scope, whose, closed=True)), BUS, TUE) is None


def test_a_charter_bus_is_not_held_to_the_calendar_of_a_district() -> None:
    assert bus_hours(season(entry(Scope.DISTRICT, LEAID, closed=True)), CHARTER, TUE) is not None


@pytest.mark.parametrize(("scope", "whose"), [(Scope.SCHOOL, NCESSCH), (Scope.DISTRICT, LEAID)])
def test_a_school_is_held_to_its_own_calendar_and_to_that_of_its_district(
    scope: Scope, whose: str
) -> None:
    late_start = entry(scope, whose, free_from=dt.time(9))
    assert school_hours(season(late_start), SCHOOL, TUE) == (h(9), h(17))
    assert school_hours(season(entry(scope, whose, closed=True)), SCHOOL, TUE) is None


def test_the_same_id_under_another_scope_is_somebody_else() -> None:
    assert bus_hours(season(entry(Scope.VENUE, "lot", closed=True)), BUS, TUE) == (h(8), h(14))


def test_an_entry_can_only_narrow_the_hours() -> None:
    wide = entry(Scope.GARAGE, "lot", free_from=dt.time(0), free_to=dt.time(23))
    assert bus_hours(season(wide), BUS, TUE) == (h(8), h(14))


def test_of_several_entries_the_latest_opening_and_the_earliest_closing_count() -> None:
    day = season(
        entry(Scope.GARAGE, "lot", free_from=dt.time(9), free_to=dt.time(13)),
        entry(Scope.DISTRICT, LEAID, free_from=dt.time(10)),
    )
    assert bus_hours(day, BUS, TUE) == (h(10), h(13))


def test_what_is_said_of_a_bus_by_its_name_stands_in_place_of_its_row() -> None:
    name = BUS.bus_type_id
    longer = entry(Scope.BUS, name, free_from=dt.time(6), free_to=dt.time(18))
    assert bus_hours(season(longer), BUS, TUE) == (h(6), h(18))
    assert bus_hours(season(longer), BUS, THU) == (h(8), h(14))
    garage = entry(Scope.GARAGE, "lot", free_to=dt.time(13))
    assert bus_hours(season(longer, garage), BUS, TUE) == (h(6), h(13))
    assert bus_hours(season(entry(Scope.BUS, name, closed=True)), BUS, TUE) is None


def test_one_bus_of_several_stands_while_the_others_go() -> None:
    two = BUS.only(("7", "8"))
    broken = entry(Scope.BUS, f"{BUS.bus_type_id}/7", closed=True)
    day = season(broken).model_copy(update={"buses": (two,)})
    assert bus_hours(day, two, TUE) == (h(8), h(14))
    assert bus_hours(day, two.only(("7",)), TUE) is None
    assert bus_hours(day, two.only(("8",)), TUE) == (h(8), h(14))


def test_hours_that_are_narrowed_to_nothing_are_none() -> None:
    assert bus_hours(season(entry(Scope.GARAGE, "lot", free_from=dt.time(14))), BUS, TUE) is None


@pytest.mark.parametrize(
    ("day", "free"),
    [(dt.date(2027, 3, 8), True), (TUE, False), (THU, False), (dt.date(2027, 3, 12), True)],
)
def test_both_dates_of_an_entry_are_included(day: dt.date, free: bool) -> None:
    break_days = entry(Scope.GARAGE, "lot", date_from=TUE, date_to=THU, closed=True)
    assert (bus_hours(season(break_days), BUS, day) is not None) == free


def test_a_request_that_names_no_session_accepts_all_of_its_event_alike() -> None:
    choices = acceptable(season(), REQUEST)
    assert [(c.session_id, c.rank) for c in choices] == [("thu", 1), ("tue", 1)]


def test_named_sessions_come_best_liked_first() -> None:
    named = tuple(
        Choice(request_id="simmons-12", session_id=s, rank=rank)
        for s, rank in [("thu", 2), ("tue", 1)]
    )
    request = REQUEST.model_copy(update={"choices": named})
    assert [c.session_id for c in acceptable(season(), request)] == ["tue", "thu"]


def test_a_session_on_a_day_when_the_school_is_closed_is_not_acceptable() -> None:
    closed = season(entry(Scope.SCHOOL, NCESSCH, closed=True))
    assert [c.session_id for c in acceptable(closed, REQUEST)] == ["thu"]
