"""Who gains and who loses from one plan to another."""

import pytest

from tests.sample_plan import sample_plan
from tourpool.routing.plan import Plan
from tourpool.routing.questions.changes import ChangeKind, changes


@pytest.fixture(scope="module")
def plan() -> Plan:
    """r1, r2 and r3 have seats, r4 has none."""
    return sample_plan()


def with_request(plan: Plan, request_id: str, **fate: object) -> Plan:
    """The same with another fate of one request, its buses left as they are."""
    requests = [
        r.model_copy(update=fate) if r.request_id == request_id else r for r in plan.requests
    ]
    return plan.model_copy(update={"requests": tuple(requests)})


def kinds(base: Plan, other: Plan) -> list[tuple[str, ChangeKind]]:
    return [(c.request.request_id, c.kind) for c in changes(base, other)]


def test_nobody_fares_otherwise_in_the_same_plan(plan: Plan) -> None:
    assert changes(plan, plan) == ()


def test_seats_are_lost_first_and_then_gained_the_larger_before_the_smaller(plan: Plan) -> None:
    other = with_request(plan, "r4", session_id="tour-1", rank=1)
    for name in ("r2", "r1"):
        other = with_request(other, name, session_id=None, rank=None)
    loses, gains = ChangeKind.LOSES, ChangeKind.GAINS
    assert kinds(plan, other) == [("r1", loses), ("r2", loses), ("r4", gains)]
    assert kinds(other, plan) == [("r4", loses), ("r1", gains), ("r2", gains)]


@pytest.mark.parametrize(
    ("rank", "kind"),
    [
        (2, ChangeKind.LESS_LIKED),
        (1, ChangeKind.OTHER_SESSION),
    ],
)
def test_another_session_is_told_with_how_it_is_liked(
    plan: Plan, rank: int, kind: ChangeKind
) -> None:
    other = with_request(plan, "r3", session_id="tour-1", rank=rank)
    assert kinds(plan, other) == [("r3", kind)]
    if rank == 2:
        assert kinds(other, plan) == [("r3", ChangeKind.BETTER_LIKED)]


def later_home(plan: Plan, seconds: int) -> Plan:
    """Both parts of r3, whose longest ride is 81:12, are off so much later."""
    block = plan.blocks[1]
    pair = block.run_pairs[0]
    venue, school, home = pair.return_run.stops
    off = [b.model_copy(update={"end_s": b.end_s + seconds}) for b in school.off]
    stops = (venue, school.model_copy(update={"off": tuple(off)}), home)
    run = pair.return_run.model_copy(update={"stops": stops})
    late = block.model_copy(update={"run_pairs": (pair.model_copy(update={"return_run": run}),)})
    return plan.model_copy(update={"blocks": (plan.blocks[0], late)})


def test_a_ride_is_told_when_it_changes_by_more_than_ten_minutes(plan: Plan) -> None:
    assert kinds(plan, later_home(plan, 600)) == []  # 82 min begun, then 92
    assert kinds(plan, later_home(plan, 660)) == [("r3", ChangeKind.LONGER)]
    assert kinds(later_home(plan, 660), plan) == [("r3", ChangeKind.SHORTER)]


def test_a_request_that_only_one_plan_knows_is_told_when_it_has_a_seat(plan: Plan) -> None:
    fewer = plan.model_copy(update={"requests": plan.requests[1:3]})
    (lost,) = changes(plan, fewer)
    assert (lost.request.request_id, lost.kind) == ("r1", ChangeKind.LOSES)
    assert not lost.is_now.asked
    (gained,) = changes(fewer, plan)
    assert (gained.request.request_id, gained.kind) == ("r1", ChangeKind.GAINS)
