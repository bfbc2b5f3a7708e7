"""What a request itself can give: a longer ride, another session."""

from dataclasses import dataclass

from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest
from tourpool.routing.plan import Plan
from tourpool.routing.questions.relaxation import Kind, Relaxation, minutes, rides_s

DAY_MIN = 1440


@dataclass(frozen=True)
class LongerRide(Relaxation):
    """Minutes on top of the limit of one request."""

    kind = Kind.RIDE_LIMIT
    request_id: str
    limit_min: int

    @property
    def most(self) -> int:
        """A whole day."""
        return DAY_MIN - self.limit_min

    def relaxed(self, season: Season, amount: int) -> Season:
        """The request with its own limit."""
        return with_request(season, self.request_id, max_ride_min=self.limit_min + amount)

    def needed(self, season: Season, plan: Plan) -> int:
        """The longest ride of the plan, beyond the limit."""
        rides = rides_s(plan, self.request_id)
        return max(1, minutes(max(max(r) for r in rides)) - self.limit_min)

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        return (
            f"{self.limit_min + amount} min on board in place of {self.limit_min} ({amount} more)"
        )


@dataclass(frozen=True)
class AnotherSession(Relaxation):
    """A session of the event that the request did not name."""

    kind = Kind.SESSION
    request_id: str
    session_id: str

    @property
    def most(self) -> int:
        """Once."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """The request that accepts it too, after all others."""
        request = season.request[self.request_id]
        last = max((c.rank for c in request.choices), default=0)
        choice = Choice(request_id=self.request_id, session_id=self.session_id, rank=last + 1)
        return with_request(season, self.request_id, choices=(*request.choices, choice))

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        session = season.session[self.session_id]
        return f"it accepts session {session.session_id} on {session.date:%a %Y-%m-%d}"


def with_request(season: Season, request_id: str, **changes: object) -> Season:
    """The season with one request changed."""

    def changed(request: SeatRequest) -> SeatRequest:
        mine = request.request_id == request_id
        return request.model_copy(update=changes) if mine else request

    return season.model_copy(update={"requests": tuple(map(changed, season.requests))})
