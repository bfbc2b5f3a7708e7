"""What is asked of each school and event: its requests, or one student and one adult for none."""

from collections.abc import Iterator

from tourpool.events.adjacency import adjacency, invited
from tourpool.events.fleet import BusType, Carries
from tourpool.events.places import Garage
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.questions.relax_buses import ALL_DAY

NOBODY = "nobody asked: "
"""Begins the id of a request that stands for a school that does not ask."""
CHARTER = "charter from elsewhere"


def with_everybody(season: Season) -> Season:
    """The season in which every school that is invited asks for every event."""
    graph = adjacency(season.ecosystems)
    asked = {(r.ncessch, r.event_id) for r in season.requests}
    offered = {s.event_id for s in season.sessions}
    others: list[SeatRequest] = []
    for event in (e for e in season.events if e.event_id in offered):
        near = invited(graph, event)
        others += (
            _one_of(school.ncessch, event.event_id, event.grade_low, event.grade_high)
            for school in season.schools
            if season.district[school.leaid].ecosystem_id in near
            and (school.ncessch, event.event_id) not in asked
        )
    return season.model_copy(update={"requests": (*season.requests, *others), "pins": ()})


def with_charter(season: Season) -> Season:
    """The season with one bus only: large, free all day, with drivers enough, for everybody."""
    venue = season.venue[season.sessions[0].venue_id]
    garage = Garage(
        garage_id=CHARTER,
        name=CHARTER,
        lat=venue.stop.lat,
        lon=venue.stop.lon,
        tz=venue.tz,
    )
    bus = BusType(
        garage_id=CHARTER,
        bus_type="coach",
        count=1000,
        seats_small=200,
        seats_large=200,
        wheelchair_places=50,
        seats_lost_per_wheelchair=0,
        usd_fixed=0,
        usd_per_hour=0,
        usd_per_wait_hour=0,
        max_duty_h=24,
        max_drive_h=24,
        carries=Carries.ALL,
        **ALL_DAY,
    )
    return season.model_copy(
        update={"garages": (*season.garages, garage), "buses": (bus,), "budgets": ()}
    )


def sessions_of(season: Season, request: SeatRequest) -> Iterator[int]:
    """Indices of the sessions that it names, or of all of its event, on closed days too."""
    named = {c.session_id for c in request.choices}
    for n, s in enumerate(season.sessions):
        if s.session_id in named if named else s.event_id == request.event_id:
            yield n


def _one_of(ncessch: str, event_id: str, low: int, high: int) -> SeatRequest:
    return SeatRequest(
        request_id=f"{NOBODY}{ncessch} {event_id}",
        ncessch=ncessch,
        event_id=event_id,
        grade_low=low,
        grade_high=high,
        students=1,
        chaperones=1,
    )
