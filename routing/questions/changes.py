"""Who gains and who loses from one plan to another, by request."""

from dataclasses import dataclass
from enum import StrEnum

from tourpool.routing.plan import PlaceKind, Plan, PlanRequest

RIDE_CHANGE_MIN = 10
"""Rides that grow or shrink by more are told."""


class ChangeKind(StrEnum):
    """What becomes of a request in the other plan; first the worst."""

    LOSES = "loses its seat"
    GAINS = "gains a seat"
    LESS_LIKED = "a session it likes less"
    BETTER_LIKED = "a session it likes better"
    OTHER_SESSION = "another session, liked as well"
    LONGER = "a longer ride"
    SHORTER = "a shorter ride"


@dataclass(frozen=True)
class Fate:
    """What a plan gives a request.

    Attributes
    ----------
    asked
        Whether the plan knows the request at all.
    ride_min
        Minutes begun on board of its longest ride, there or back; 0 when it has no seat.
    """

    asked: bool
    session_id: str | None
    rank: int | None
    ride_min: int

    @property
    def served(self) -> bool:
        """Whether it has a seat."""
        return self.session_id is not None


@dataclass(frozen=True)
class Change:
    """A request that fares otherwise in the other plan."""

    kind: ChangeKind
    request: PlanRequest
    school: str
    district: str
    event: str
    was: Fate
    is_now: Fate


def fates(plan: Plan) -> dict[str, Fate]:
    """What becomes of every request of a plan, by request_id."""
    longest: dict[str, int] = {}
    for block in plan.blocks:
        for pair in block.run_pairs:
            for name, both in pair.rides_s.items():
                request_id = plan.group[name].request_id
                ride_min = -(-max(both) // 60)
                longest[request_id] = max(ride_min, longest.get(request_id, 0))
    return {
        r.request_id: Fate(True, r.session_id, r.rank, longest.get(r.request_id, 0))
        for r in plan.requests
    }


def changes(base: Plan, other: Plan) -> tuple[Change, ...]:
    """Requests that fare otherwise in ``other`` than in ``base``: the worst first, then by size.

    A request that only one of them knows is told when it has a seat there.
    """
    before, after = fates(base), fates(other)
    found = []
    for request_id in dict.fromkeys((*before, *after)):
        was, is_now = before.get(request_id, _NOT_ASKED), after.get(request_id, _NOT_ASKED)
        kind = _kind(was, is_now)
        if kind is not None:
            found.append(_change(kind, (base, other), request_id, (was, is_now)))
    order = list(ChangeKind)
    return tuple(sorted(found, key=lambda c: (order.index(c.kind), -c.request.counted, c.school)))


_NOT_ASKED = Fate(asked=False, session_id=None, rank=None, ride_min=0)


def _kind(was: Fate, is_now: Fate) -> ChangeKind | None:
    if was.served != is_now.served:
        return ChangeKind.LOSES if was.served else ChangeKind.GAINS
    if was.rank is None or is_now.rank is None:
        return None
    if was.session_id != is_now.session_id:
        if was.rank == is_now.rank:
            return ChangeKind.OTHER_SESSION
        return ChangeKind.LESS_LIKED if is_now.rank > was.rank else ChangeKind.BETTER_LIKED
    if abs(is_now.ride_min - was.ride_min) > RIDE_CHANGE_MIN:
        return ChangeKind.LONGER if is_now.ride_min > was.ride_min else ChangeKind.SHORTER
    return None


def _change(
    kind: ChangeKind, plans: tuple[Plan, Plan], request_id: str, both: tuple[Fate, Fate]
) -> Change:
    knows = plans[0] if request_id in plans[0].request else plans[1]
    request = knows.request[request_id]
    school = knows.place[PlaceKind.SCHOOL, request.ncessch]
    event = next(
        (s.event for s in knows.sessions if s.event_id == request.event_id), request.event_id
    )
    return Change(kind, request, school.name, school.district, event, *both)
