"""A plan that follows a published one: seats are kept, and as little as can be changes."""

import datetime as dt
from collections.abc import Collection

from tourpool.events.problems import InputError
from tourpool.events.reading.cells import nearest
from tourpool.events.season import Season
from tourpool.routing.plan import Plan
from tourpool.routing.published import Published
from tourpool.routing.questions.moved import bus_moves, moves
from tourpool.routing.roads import Roads
from tourpool.routing.season_plan import plan_season, with_id
from tourpool.routing.solver.room import GB
from tourpool.routing.solver.stage import Progress


class ReplanError(InputError):
    """A plan that cannot be followed so; the text says what would be right."""


def replan(
    season: Season,
    plan: Plan,
    *,
    release: Collection[str] = (),
    today: dt.date | None = None,
    roads: Roads | None = None,
    seconds: float | None = None,
    progress: Progress | None = None,
    memory_gb: float = GB,
) -> Plan:
    """Plan a season anew that was planned and published, and has changed since.

    Who had a seat keeps one, unless that is impossible now or it is released. Under that rule the
    most weighted students are served, at the least cost; within the policy's slack of that cost
    the least changes for those who had a seat.

    Parameters
    ----------
    season
        As it is now.
    plan
        As it was published.
    release
        Requests whose seats need not be kept.
    today
        Days before it are over: what was driven on them stays as it was, nobody else gets a seat
        there, and who rode there gets no other one.

    Returns
    -------
    plan
        One version higher; it names the plan it follows, and says what moved for whom.

    Raises
    ------
    ReplanError
        When a request is released that had no seat, or rode on a day that is over; when the plan
        is of another season.
    PinsError
        When pins of the season cannot be kept.
    OverError
        When what was driven on days that are over breaks rules of the season as it is now.
    """
    published = Published(plan, frozenset(release), today)
    _check_same_season(season, plan)
    _check_released(plan, release, today)
    made = plan_season(
        season,
        roads=roads,
        seconds=seconds,
        progress=progress,
        memory_gb=memory_gb,
        published=published,
    )
    moved = moves(plan, made, season.policy, today)
    change = sum(m.change for m in moved)  # orders of stops may have made it less in the end
    return with_id(
        made.model_copy(
            update={
                "version": plan.version + 1,
                "follows": plan.plan_id,
                "moves": moved,
                "bus_moves": bus_moves(plan, made),
                "proof": made.proof.model_copy(update={"change": change}),
            }
        )
    )


def _check_same_season(season: Season, plan: Plan) -> None:
    """A plan none of whose sessions and requests are there is that of another season."""
    apart = season.request.keys().isdisjoint(plan.request)
    if plan.requests and apart and season.session.keys().isdisjoint(plan.session):
        raise ReplanError(
            f"the plan is of season {plan.season}, and none of its sessions and requests is in "
            f"{season.name}; name the plan that was published for it"
        )


def _check_released(plan: Plan, release: Collection[str], today: dt.date | None) -> None:
    """Only a seat that is there, and still to come, can be released."""
    known = {
        r.request_id
        for r in plan.requests
        if r.session_id is not None and not _is_over(plan, r.session_id, today)
    }
    wrong = [request_id for request_id in release if request_id not in known]
    if not wrong:
        return
    lines = []
    for request_id in wrong:
        near = nearest(request_id, known)
        planned = plan.request.get(request_id)
        if planned is None:
            what = "is no request of the plan"
        elif planned.session_id is None:
            what = "had no seat in the plan"
        else:
            what = f"rode to {planned.session_id}, which is over"
        right = f"did you mean {near}?" if near and not planned else "there is nothing to release"
        lines.append(f"--release {request_id}: {what}; {right}")
    raise ReplanError("\n".join(lines))


def _is_over(plan: Plan, session_id: str, today: dt.date | None) -> bool:
    return today is not None and plan.session[session_id].date < today
