"""Small seasons made by hand, and toy roads between their places."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tourpool.events.fleet import BusType
from tourpool.events.occasions import Event, EventKind, Session
from tourpool.events.places import District, Ecosystem, Garage, Point, School, Venue
from tourpool.events.rules import Agreement, Policy
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.roads import SCHOOL_BUS, Matrix, Path, Profile

TZ = "America/Chicago"
DAY = dt.date(2027, 3, 9)
LENDER, GUEST = "2800001", "2800002"
NEAR, FAR = "280000100001", "280000200001"


@dataclass(frozen=True)
class ToyRoads:
    """Roads from explicit tables: ``seconds[i][j]`` and ``metres[i][j]`` from point i to j."""

    points: tuple[Point, ...]
    seconds: tuple[tuple[int, ...], ...]
    metres: tuple[tuple[int, ...], ...]
    name: str = "toy"
    digest: str = "toy/1"
    estimated: bool = False
    notice: str = ""
    warnings: tuple[str, ...] = ()
    detours: tuple[tuple[str, int], ...] = ()
    """A bus_type_id or a day, and which of its legs take twice as long: every third, from where."""

    def profile(self, bus: BusType, date: dt.date) -> Profile:
        """Roads of a bus type that has detours, and of a day that has."""
        has = dict(self.detours)
        vehicle = bus.bus_type_id if bus.bus_type_id in has else SCHOOL_BUS.vehicle
        return Profile(vehicle, frozenset({date.isoformat()} & has.keys()))

    def leg(self, i: int, j: int, profile: Profile) -> tuple[int, int]:
        """Seconds and metres from point i to j."""
        times = 1
        for what, begin in self.detours:
            if what == profile.vehicle or what in profile.closures:
                times *= 1 + ((7 * i + 3 * j + begin) % 3 == 0)
        return times * self.seconds[i][j], times * self.metres[i][j]

    def matrix(self, points: Sequence[Point], profile: Profile = SCHOOL_BUS) -> Matrix:
        """Rows of the tables."""
        at = [self.points.index(p) for p in points]
        legs = np.array([[self.leg(i, j, profile) for j in at] for i in at], dtype=np.int64)
        seconds, metres = legs.reshape(len(at), len(at), 2).transpose(2, 0, 1)
        return Matrix(
            seconds=np.ascontiguousarray(seconds),
            metres=np.ascontiguousarray(metres),
            metres_to_road=np.zeros(len(at), dtype=np.int64),
        )

    def path(self, a: Point, b: Point, profile: Profile = SCHOOL_BUS) -> Path:
        """A straight line."""
        i, j = self.points.index(a), self.points.index(b)
        return Path((a, b), *self.leg(i, j, profile))


def point(n: int) -> Point:
    """The n-th of any number of places, no two alike."""
    return Point(33.0 + n / 100, -90.0)


def district(leaid: str, **changes: object) -> District:
    row = {"leaid": leaid, "name": f"District {leaid}", "ecosystem_id": "delta"}
    return District.model_validate(row | changes)


def school(ncessch: str, n: int, **changes: object) -> School:
    lat, lon = point(n)
    row: dict[str, object] = {
        "ncessch": ncessch,
        "leaid": ncessch[:7],
        "name": f"School {ncessch}",
        "lat": lat,
        "lon": lon,
        "locale": 43,
        "grade_low": 0,
        "grade_high": 12,
        "tz": TZ,
        "stop_lat": lat,
        "stop_lon": lon,
    }
    return School.model_validate(row | changes)


def venue(venue_id: str, n: int, **changes: object) -> Venue:
    lat, lon = point(n)
    row: dict[str, object] = {
        "venue_id": venue_id,
        "name": f"Venue {venue_id}",
        "lat": lat,
        "lon": lon,
        "tz": TZ,
        "stop_lat": lat,
        "stop_lon": lon,
    }
    return Venue.model_validate(row | changes)


def garage(garage_id: str, n: int, leaid: str | None, **changes: object) -> Garage:
    lat, lon = point(n)
    row = {"garage_id": garage_id, "name": f"Garage {garage_id}", "leaid": leaid, "tz": TZ}
    return Garage.model_validate(row | {"lat": lat, "lon": lon} | changes)


def event(event_id: str, **changes: object) -> Event:
    row: dict[str, object] = {
        "event_id": event_id,
        "name": f"Event {event_id}",
        "kind": EventKind.COLLEGE_TOUR,
        "ecosystem_id": "delta",
        "grade_low": 0,
    }
    return Event.model_validate(row | changes)


def session(session_id: str, **changes: object) -> Session:
    row: dict[str, object] = {
        "session_id": session_id,
        "event_id": "tour",
        "date": DAY,
        "venue_id": "college",
        "arrive_from": dt.time(9, 30),
        "arrive_by": dt.time(10),
        "depart": dt.time(12),
    }
    return Session.model_validate(row | changes)


def request(request_id: str, ncessch: str, **changes: object) -> SeatRequest:
    row: dict[str, object] = {
        "request_id": request_id,
        "ncessch": ncessch,
        "event_id": "tour",
        "grade_low": 9,
        "grade_high": 12,
        "students": 20,
        "chaperones": 2,
    }
    return SeatRequest.model_validate(row | changes)


def bus(garage_id: str = "lot", bus_type: str = "full", **changes: object) -> BusType:
    row: dict[str, object] = {
        "garage_id": garage_id,
        "bus_type": bus_type,
        "count": 1,
        "seats_small": 78,
        "seats_large": 52,
        "wheelchair_places": 1,
        "usd_fixed": 50,
        "usd_per_mile": 2.5,
        "usd_per_hour": 36,
        "usd_per_wait_hour": 18,
        "free_from": dt.time(6),
        "free_to": dt.time(18),
    }
    return BusType.model_validate(row | changes)


def agreement(lender: str = LENDER, guest: str = GUEST, **changes: object) -> Agreement:
    row: dict[str, object] = {
        "agreement_id": f"{lender}-{guest}",
        "lender_leaid": lender,
        "guest_leaid": guest,
        "valid_from": dt.date(2026, 8, 1),
        "valid_to": dt.date(2027, 6, 30),
    }
    return Agreement.model_validate(row | changes)


def two_schools(**changes: object) -> Season:
    """Two schools of two districts, one college, and one bus that takes both.

    Places: 0 the bus lot, 1 the near school, 2 the far school, 3 the college (`two_schools_roads`).
    """
    season = Season(
        name="two schools",
        ecosystems=(Ecosystem(ecosystem_id="delta", name="Delta"),),
        districts=(district(LENDER), district(GUEST)),
        schools=(school(NEAR, 1), school(FAR, 2)),
        venues=(venue("college", 3),),
        events=(event("tour"),),
        sessions=(session("morning"),),
        requests=(request("near", NEAR), request("far", FAR)),
        garages=(garage("lot", 0, LENDER),),
        buses=(bus(),),
        agreements=(agreement(),),
        policy=Policy(cost_slack_pct=0),
    )
    return with_tables(season, **changes)


def with_tables(season: Season, **tables: object) -> Season:
    """The season with other tables."""
    return season.model_copy(update=tables)


def two_schools_roads() -> ToyRoads:
    """Toy roads between the places of `two_schools`; a mile a minute, a little more one way."""
    minutes = ((0, 13, 30, 40), (11, 0, 20, 30), (31, 22, 0, 50), (41, 31, 51, 0))
    return toy_roads(minutes)


def toy_roads(minutes: Sequence[Sequence[int]]) -> ToyRoads:
    """Roads between `point` 0, 1, 2 ...: so many minutes, and 1,609 metres a minute."""
    return ToyRoads(
        points=tuple(point(n) for n in range(len(minutes))),
        seconds=tuple(tuple(60 * m for m in row) for row in minutes),
        metres=tuple(tuple(1609 * m for m in row) for row in minutes),
    )
