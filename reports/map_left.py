"""The table beside the map of who is left behind, and why."""

from dataclasses import dataclass

from tourpool.reports.figures import event_names, sessions_of, unserved
from tourpool.reports.map_places import riders
from tourpool.reports.reasons import public_reason
from tourpool.routing.plan import PlaceKind, Plan


@dataclass(frozen=True)
class LeftView:
    """A request without a seat, and the sessions it accepts."""

    sessions: tuple[int, ...]
    school: str
    district: str
    event: str
    riders: str
    weight: str
    kind: str
    reason: str


def left_views(plan: Plan) -> list[LeftView]:
    """Requests without a seat, the heaviest first."""
    event = event_names(plan)
    views = []
    for request in unserved(plan):
        school = plan.place[PlaceKind.SCHOOL, request.ncessch]
        why = public_reason(request)
        views.append(
            LeftView(
                sessions=sessions_of(plan, request),
                school=school.name,
                district=school.district,
                event=event.get(request.event_id, request.event_id),
                riders=riders(request),
                weight=f"{request.weight_hundredths / 100:.2f}",
                kind=why.kind,
                reason=why.text,
            )
        )
    return views
