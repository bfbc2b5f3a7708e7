"""A plan that follows a published one: seats are kept, and as little as can be changes."""

from collections.abc import Collection

from tourpool.events.problems import InputError
from tourpool.events.reading.cells import nearest
from tourpool.events.season import Season
from tourpool.routing.plan import Plan
from tourpool.routing.published import Published
from tourpool.routing.questions.moved import moves
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

    Returns
    -------
    plan
        One version higher; it names the plan it follows, and says what moved for whom.

    Raises
    ------
    ReplanError
        When a request is released that had no seat.
    PinsError
        When pins of the season cannot be kept.
    """
    published = Published(plan, frozenset(release))
    _check_released(plan, release)
    made = plan_season(
        season,
        roads=roads,
        seconds=seconds,
        progress=progress,
        memory_gb=memory_gb,
        published=published,
    )
    moved = moves(plan, made, season.policy)
    change = sum(m.change for m in moved)  # orders of stops may have made it less in the end
    return with_id(
        made.model_copy(
            update={
                "version": plan.version + 1,
                "follows": plan.plan_id,
                "moves": moved,
                "proof": made.proof.model_copy(update={"change": change}),
            }
        )
    )


def _check_released(plan: Plan, release: Collection[str]) -> None:
    """Only a seat that is there can be released."""
    known = {r.request_id for r in plan.requests if r.session_id is not None}
    wrong = [request_id for request_id in release if request_id not in known]
    if not wrong:
        return
    lines = []
    for request_id in wrong:
        near = nearest(request_id, known)
        had_none = request_id in plan.request
        what = "had no seat in the plan" if had_none else "is no request of the plan"
        right = f"did you mean {near}?" if near and not had_none else "there is nothing to release"
        lines.append(f"--release {request_id}: {what}; {right}")
    raise ReplanError("\n".join(lines))
