"""Figures of each session: riders, buses, miles, cost."""

from dataclasses import dataclass
from typing import NamedTuple

from tourpool.reports.words import count
from tourpool.routing.plan import Block, Plan, PlanRequest, PlanSession


@dataclass(frozen=True)
class SessionFigures:
    """What a plan brings to one session.

    Attributes
    ----------
    served, wanted
        Counted riders of the requests served here, and those together with the requests that are
        left behind and like this session best. One that accepts no session is only in the plan's
        total, so that sessions and those add up to it.
    metres, cost
        Of its buses; what one costs that serves two sessions in a day is divided between them by
        the miles driven for each, so that sessions add up to the plan.
    """

    session: PlanSession
    served: int
    wanted: int
    buses: int
    metres: int
    cost: int


def session_figures(plan: Plan) -> tuple[SessionFigures, ...]:
    """Figures of all sessions by date, then in the order of the plan."""
    return tuple(_figures(plan, s) for s in sorted(plan.sessions, key=lambda s: s.date))


def counted(plan: Plan) -> str:
    """What those whom the weight counts are called: at events for adults everybody counts."""
    return "student" if all(r.counted == r.students for r in plan.requests) else "rider"


def twice_sentences(plan: Plan) -> tuple[str, ...]:
    """How buses are counted that serve two sessions in a day; nothing when there is none."""
    twice = sum(len(b.run_pairs) > 1 for b in plan.blocks)
    if not twice:
        return ()
    return (
        f"Buses that serve two sessions in one day (here {twice:,}) count at both; their cost is "
        "divided between the two by the miles driven for each.",
    )


def nowhere_sentences(plan: Plan) -> tuple[str, ...]:
    """Why the sessions may not add up to all who were asked for; nothing when they do."""
    nowhere = sum(r.counted for r in unserved(plan) if not r.accepts)
    if not nowhere:
        return ()
    asked = count(nowhere, counted(plan))
    verb = "is" if nowhere == 1 else "are"
    return (f"{asked} asked for {verb} only in the total: no session accepted is open to them.",)


def event_names(plan: Plan) -> dict[str, str]:
    """Names of the events by event_id."""
    return {s.event_id: s.event for s in plan.sessions}


def unserved(plan: Plan) -> tuple[PlanRequest, ...]:
    """Requests without a session, the heaviest first."""
    left = [r for r in plan.requests if r.session_id is None]
    return tuple(sorted(left, key=lambda r: -r.weight_hundredths * r.counted))


def sessions_of(plan: Plan, request: PlanRequest) -> tuple[int, ...]:
    """Which of the plan's sessions it accepts, from 0; all of its event when it can accept none."""
    accepted = [k for k, s in enumerate(plan.sessions) if s.session_id in request.accepts]
    of_event = [k for k, s in enumerate(plan.sessions) if s.event_id == request.event_id]
    return tuple(accepted or of_event)


def _figures(plan: Plan, session: PlanSession) -> SessionFigures:
    name = session.session_id
    here = [s for b in plan.blocks for s in _shares(b) if s.session_id == name]
    left = sum(r.counted for r in unserved(plan) if name in r.accepts[:1])
    return SessionFigures(
        session=session,
        served=session.students,
        wanted=session.students + left,
        buses=len(here),
        metres=sum(s.metres for s in here),
        cost=sum(s.cost for s in here),
    )


class _Share(NamedTuple):
    session_id: str
    metres: int
    cost: int


def _shares(block: Block) -> list[_Share]:
    """What each session of a bus's day takes of it; the way between two belongs to the later."""
    shares = []
    driven = charged = 0
    for pair in block.run_pairs:
        metres = sum(stop.metres for run in pair.runs for stop in run.stops)
        driven += metres
        is_last = pair is block.run_pairs[-1]
        so_far = block.cost if is_last else block.cost * driven // max(1, block.metres)
        shares.append(_Share(pair.session_id, metres, so_far - charged))
        charged = so_far
    return shares
