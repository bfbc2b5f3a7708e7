"""Groups: riders of one request who travel together; a request too large for a bus is cut."""

from collections.abc import Iterator

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Group


def whole(season: Season, request: SeatRequest) -> tuple[Group, ...]:
    """The request as one group."""
    return _groups(season, request, [request.students], [request.chaperones])


def cuts(season: Season, request: SeatRequest, session_id: str) -> Iterator[tuple[Group, ...]]:
    """The request cut into more and more parts, each keeping the chaperone ratio.

    Chaperones are shared near-equally, then students as equally as their chaperones allow. A
    request that says may_split starts at two parts where it can be cut at all.
    """
    adults = season.event[request.event_id].adults_only
    ratio = None if adults else students_per_chaperone(season, session_id)
    pick = max if adults else min
    most = max(1, pick(request.students, request.chaperones))
    for parts in range(min(most, 2 if request.may_split else 1), most + 1):
        chaperones = _near_equal(request.chaperones, parts)
        students = _filled(request.students, chaperones, ratio)
        if parts == 1 or sum(students) == request.students:
            yield _groups(season, request, students, chaperones)


def students_per_chaperone(season: Season, session_id: str) -> int:
    """The tightest ratio among the venues of a session; policy where a venue asks for none."""
    asked = (
        season.venue[v.venue_id].students_per_chaperone for v in season.session[session_id].visits
    )
    return min(a or season.policy.students_per_chaperone for a in asked)


def _near_equal(total: int, parts: int) -> list[int]:
    """Shares that differ by one at most, the larger ones first."""
    return [total // parts + (part < total % parts) for part in range(parts)]


def _filled(students: int, chaperones: list[int], ratio: int | None) -> list[int]:
    """Students to parts, as equally as their chaperones allow; the parts with fewest are last."""
    shares: list[int] = []
    for left in range(len(chaperones), 0, -1):
        share = -(-students // left) if left == 1 else students // left
        if ratio is not None and len(chaperones) > 1:
            share = min(share, ratio * chaperones[left - 1])
        shares.insert(0, share)
        students -= share
    return shares


def _groups(
    season: Season, request: SeatRequest, students: list[int], chaperones: list[int]
) -> tuple[Group, ...]:
    adults, parts = season.event[request.event_id].adults_only, len(students)
    wheelchairs = _near_equal(request.wheelchairs, parts)
    return tuple(
        Group(
            group_id=request.request_id if parts == 1 else f"{request.request_id}/{n + 1}",
            request_id=request.request_id,
            ncessch=request.ncessch,
            part=n + 1,
            parts=parts,
            students=students[n],
            chaperones=chaperones[n],
            wheelchairs=wheelchairs[n],
            counted=students[n] + (chaperones[n] if adults else 0),
        )
        for n in range(parts)
    )
