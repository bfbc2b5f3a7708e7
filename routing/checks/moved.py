"""What a plan says of itself as one that follows another."""

from collections.abc import Iterator, Sequence

from tourpool.routing.checks.case import Case
from tourpool.routing.checks.words import Rule, Violation
from tourpool.routing.plan import Move, Plan


def stated_moves(plan: Plan, cases: Sequence[Case]) -> Iterator[Violation]:
    """Where it says a group rides now the group rides, and its points add up.

    Where the group rode before stands in the plan before alone.
    """
    if plan.follows is None and (plan.moves or plan.proof.change):
        yield Violation(Rule.STATED_MOVES, "plan", "it says what moved, and follows no plan")
    points = sum(move.change for move in plan.moves)
    if points != plan.proof.change:
        text = f"change: the proof says {plan.proof.change}, and what moved adds up to {points}"
        yield Violation(Rule.STATED_MOVES, "plan", text)
    rides = {r.group.group_id: _now(c, r.group.group_id) for c in cases for r in c.riders}
    for move in plan.moves:
        has = rides.get(move.group_id) if move.now is not None else None
        if move.now is None and not _rides_no_more(plan, move):
            text = f"it says {move.kind.value}, and request {move.request_id} has a seat"
            yield Violation(Rule.STATED_MOVES, f"group {move.group_id}", text)
        if move.now is not None and has != _said(move):
            text = f"it says {_said(move)}, and it is {has}"
            yield Violation(Rule.STATED_MOVES, f"group {move.group_id}", text)


def _rides_no_more(plan: Plan, move: Move) -> bool:
    request = plan.request.get(move.request_id)
    return request is None or request.session_id is None


def _said(move: Move) -> tuple[object, ...] | None:
    if move.now is None:
        return None
    now = move.now
    return (now.session_id, now.date, *now.bus, now.pick_up_s, now.back_s)


def _now(case: Case, group_id: str) -> tuple[object, ...]:
    """Session, day, bus, start of boarding and end of alighting, as the runs have them."""
    block, pair = case.block, case.pair
    begins = [b.begin_s for s in pair.outbound.stops for b in s.on if b.group_id == group_id]
    ends = [b.end_s for s in pair.return_run.stops for b in s.off if b.group_id == group_id]
    bus = (block.garage_id, block.bus_type, block.bus_number)
    return (pair.session_id, block.date, *bus, *begins[:1], *ends[:1])
