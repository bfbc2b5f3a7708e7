"""Groups: riders of one request who travel together; a request too large for a bus is cut."""

from collections.abc import Iterator

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Group


def whole(request: SeatRequest) -> tuple[Group, ...]:
    """The request as one group."""
    return _parts(request, 1)


def cuts(season: Season, request: SeatRequest, session_id: str) -> Iterator[tuple[Group, ...]]:
    """The request cut into more and more near-equal parts, each keeping the chaperone ratio.

    A request that says may_split starts at two parts where it can be cut at all.
    """
    ratio = students_per_chaperone(season, session_id)
    adults = season.event[request.event_id].adults_only
    most = request.students if adults else min(request.students, request.chaperones)
    first = 2 if request.may_split and most >= 2 else 1
    for parts in range(first, max(1, most) + 1):
        groups = _parts(request, parts)
        if parts == 1 or adults or all(g.students <= ratio * g.chaperones for g in groups):
            yield groups


def students_per_chaperone(season: Season, session_id: str) -> int:
    """The tightest ratio among the venues of a session; policy where a venue asks for none."""
    asked = (
        season.venue[v.venue_id].students_per_chaperone for v in season.session[session_id].visits
    )
    return min(a or season.policy.students_per_chaperone for a in asked)


def _parts(request: SeatRequest, parts: int) -> tuple[Group, ...]:
    """Near-equal parts; the first ones take what does not divide."""

    def share(total: int, part: int) -> int:
        return total // parts + (part < total % parts)

    return tuple(
        Group(
            group_id=request.request_id if parts == 1 else f"{request.request_id}/{part + 1}",
            request_id=request.request_id,
            ncessch=request.ncessch,
            part=part + 1,
            parts=parts,
            students=share(request.students, part),
            chaperones=share(request.chaperones, part),
            wheelchairs=share(request.wheelchairs, part),
        )
        for part in range(parts)
    )
