"""What a plan says of the whole: what is served, what it costs, and how good that is."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tourpool.events.equity import weights
from tourpool.events.riders import counted
from tourpool.events.season import Season
from tourpool.routing.checks.budget import Costs
from tourpool.routing.checks.case import Case
from tourpool.routing.checks.day import DrivenBlock
from tourpool.routing.checks.money import typed
from tourpool.routing.checks.people import rank_of, served
from tourpool.routing.checks.words import Rule, Violation, differ, usd_text
from tourpool.routing.plan import Plan, Proof

ROUNDED_PCT = Fraction(1, 1_000_000)
"""A slack is written with six decimals."""


class Totals(NamedTuple):
    """What all blocks cost, 1e-4 US$, and the seconds of counted riders on board."""

    cost: int
    student_s: int


def totals(costs: Costs, driven: Sequence[DrivenBlock]) -> Totals:
    """Sums over all blocks."""
    student_s = sum(
        rider.counted * (pair.ride_out_s[name] + pair.ride_back_s[name])
        for (block, _), anew in zip(costs, driven, strict=True)
        for case, pair in zip(block.pairs, anew.pairs, strict=True)
        for rider in case.riders
        for name in [rider.group.group_id]
    )
    return Totals(sum(cost for _, cost in costs), student_s)


def stated_proof(
    season: Season, plan: Plan, cases: Sequence[Case], total: Totals | None
) -> Iterator[Violation]:
    """Figures of the proof: what is served and what it costs, with bounds on the right side.

    ``total`` is None when there is a block that cannot be driven.
    """
    proof, given = plan.proof, served(cases)
    riders = {r: counted(season, season.request[r]) for r in given}
    weight = {r: w.hundredths for r, w in weights(season).items()}
    worth = sum(weight[r] * n for r, n in riders.items())
    dislike = sum(rank_of(season, r, s) * riders[r] for r, s in given.items())
    same: list[tuple[str, object, object]] = [
        ("weighted_served", proof.weighted_served, worth),
        ("rank_sum", proof.rank_sum, dislike),
    ]
    if total is not None:
        same.append(("cost", usd_text(proof.cost), usd_text(total.cost)))
        same.append(("student_s", proof.student_s, total.student_s))
    yield from differ(Rule.STATED_PROOF, "proof", same)
    yield from _bounds(proof)
    yield from _slack(season, proof)


def stated_unpooled(season: Season, plan: Plan) -> Iterator[Violation]:
    """What one school a bus could do keeps within what was asked, the fleet, and the bounds."""
    says, proof = plan.alone_same_fleet, plan.proof
    weight = {r: w.hundredths for r, w in weights(season).items()}
    asked = {r.request_id: counted(season, r) for r in season.requests}
    worth = sum(weight[r] * n for r, n in asked.items())
    days = len({s.date for s in season.sessions})
    ruled = bool(season.pins) or plan.follows is not None  # it may serve others, or for less
    least = (says.students, says.groups, says.buses, says.metres, says.cost)
    kept = {
        "a figure below nothing": min(least) >= 0,
        f"{says.students} students of {sum(asked.values())}": says.students <= sum(asked.values()),
        f"{says.weighted} weighted students of {worth}": says.weighted <= worth,
        f"{says.weighted} weighted students from {says.students}": (
            min(weight.values(), default=0) * says.students
            <= says.weighted
            <= max(weight.values(), default=0) * says.students
        ),
        f"{says.buses} buses for {says.groups} groups": says.buses <= says.groups,
        f"{says.buses} buses on {days} days": says.buses
        <= days * sum(b.count for b in season.buses),
        f"{says.students} students on {says.buses} buses": (
            (says.students > 0) == (says.groups > 0) == (says.buses > 0)
        ),
        "metres or a cost without a bus": says.buses > 0 or says.metres == says.cost == 0,
        "groups left out": not says.left_out,
        f"{says.weighted} weighted students, above the bound of {proof.weighted_bound}": (
            ruled or says.weighted <= proof.weighted_bound
        ),
        f"{usd_text(says.cost)}, below the bound of {usd_text(proof.cost_bound)}": (
            ruled or says.weighted < proof.weighted_served or says.cost >= proof.cost_bound
        ),
    }
    for what, holds in kept.items():
        if not holds:
            yield Violation(Rule.STATED_UNPOOLED, "alone, same fleet", f"it says {what}")


def _bounds(proof: Proof) -> Iterator[Violation]:
    """No bound is passed, and what is called optimal is at its bounds."""
    if proof.weighted_bound < proof.weighted_served:
        text = f"weighted_bound {proof.weighted_bound} is below {proof.weighted_served}"
        yield Violation(Rule.STATED_PROOF, "proof", text)
    if not 0 <= proof.cost_bound <= proof.cost:
        text = f"cost_bound {usd_text(proof.cost_bound)}, cost {usd_text(proof.cost)}"
        yield Violation(Rule.STATED_PROOF, "proof", f"{text}: it must be between 0 and the cost")
    if proof.status == "optimal" and proof.weighted_bound != proof.weighted_served:
        text = f"it says optimal; {proof.weighted_served} of at most {proof.weighted_bound} served"
        yield Violation(Rule.STATED_PROOF, "proof", text)
    if proof.status == "optimal" and proof.note:
        text = f"it says optimal, and beside it {proof.note!r}"
        yield Violation(Rule.STATED_PROOF, "proof", text)


def _slack(season: Season, proof: Proof) -> Iterator[Violation]:
    """What was spent on liked sessions is within the policy, and explains cost over bound."""
    allowed = typed(season.policy.cost_slack_pct)
    if not 0 <= proof.cost_slack_pct <= allowed + ROUNDED_PCT:  # nor is it no number
        text = f"cost_slack_pct is {proof.cost_slack_pct:g}, and the policy allows {allowed}"
        yield Violation(Rule.STATED_PROOF, "proof", text)
        return
    spent = typed(proof.cost_slack_pct)
    bound = max(1, proof.cost_bound)
    over = Fraction(100 * (proof.cost - proof.cost_bound), bound)
    if over < spent - ROUNDED_PCT or (proof.status == "optimal" and over > spent + ROUNDED_PCT):
        text = (
            f"{usd_text(proof.cost)} over a bound of {usd_text(proof.cost_bound)} is not what a "
            f"cost_slack_pct of {proof.cost_slack_pct:g} explains"
        )
        yield Violation(Rule.STATED_PROOF, "proof", text)
