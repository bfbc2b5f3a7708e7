"""Whom a weight counts: students, and at an event for adults everybody who rides."""

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest


def counted(season: Season, request: SeatRequest) -> int:
    """Riders of a request whom its weight counts, however they were typed at an adults' event."""
    adults = season.event[request.event_id].adults_only
    return request.people if adults else request.students
