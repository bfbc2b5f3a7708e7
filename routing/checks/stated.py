"""What a plan says of itself, held against its blocks driven anew."""

from collections.abc import Iterator, Sequence

from tourpool.events.equity import weights
from tourpool.events.season import Season
from tourpool.routing.checks.case import Case
from tourpool.routing.checks.drive import Driven
from tourpool.routing.checks.money import cost, typed
from tourpool.routing.checks.people import rank_of, served
from tourpool.routing.checks.words import Rule, Violation, clock_text, differ
from tourpool.routing.plan import Plan, Run, StopTime


def stated_times(case: Case, driven: Driven) -> Iterator[Violation]:
    """Arrivals, departures, boardings and hours of the block, from the order of stops."""
    for run, stop, anew in _stops(case, driven):
        tz = case.tz(stop.kind, stop.place_id)
        for what, says, is_ in _moments(stop, anew):
            if says != is_:
                said, was = (clock_text(case.session.date, s, tz) for s in (says, is_))
                text = f"{what} at {stop.kind.value} {stop.place_id} is {was}, and it says {said}"
                yield Violation(Rule.STATED_TIMES, f"run {run.run_id}", text)
    for run, stop, anew in _stops(case, driven):
        text = f"the drive to {stop.kind.value} {stop.place_id}, in seconds"
        same = [(text, stop.drive_s, anew.drive_s)]
        yield from differ(Rule.STATED_TIMES, f"run {run.run_id}", same)
    yield from _block(case, driven, Rule.STATED_TIMES, "leave_s", "back_s", "drive_s", "wait_s")


def stated_metres(case: Case, driven: Driven) -> Iterator[Violation]:
    """Metres of each leg, of the block, and driven with no riders."""
    for run, stop, anew in _stops(case, driven):
        same = [(f"metres to {stop.kind.value} {stop.place_id}", stop.metres, anew.metres)]
        yield from differ(Rule.STATED_METRES, f"run {run.run_id}", same)
    yield from _block(case, driven, Rule.STATED_METRES, "metres", "deadhead_metres")


def stated_cost(case: Case, driven: Driven) -> Iterator[Violation]:
    """What the block costs."""
    same = [("cost in 1e-4 US$", case.block.cost, cost(case.bus, driven))]
    yield from differ(Rule.STATED_COST, case.where, same)


def stated_proof(
    season: Season, plan: Plan, cases: Sequence[Case], total: int | None
) -> Iterator[Violation]:
    """Figures of the proof: what is served and what it costs, with bounds on the right side.

    ``total`` is the cost of all blocks; None when there is one that cannot be driven.
    """
    proof = plan.proof
    given = served(cases)
    weight = {r: w.hundredths for r, w in weights(season).items()}
    worth = sum(weight[r] * season.request[r].students for r in given)
    dislike = sum(rank_of(season, r, s) * season.request[r].students for r, s in given.items())
    same = [
        ("weighted_served", proof.weighted_served, worth),
        ("rank_sum", proof.rank_sum, dislike),
    ]
    if total is not None:
        same.append(("cost in 1e-4 US$", proof.cost, total))
    yield from differ(Rule.STATED_PROOF, "proof", same)
    if proof.weighted_bound < proof.weighted_served:
        text = f"weighted_bound {proof.weighted_bound} is below {proof.weighted_served}"
        yield Violation(Rule.STATED_PROOF, "proof", text)
    if proof.cost_bound > proof.cost:
        text = f"cost_bound {proof.cost_bound} is above the cost {proof.cost}"
        yield Violation(Rule.STATED_PROOF, "proof", text)
    slack = 1 + typed(season.policy.cost_slack_pct) / 100
    if proof.status == "optimal" and (
        proof.weighted_bound != proof.weighted_served or proof.cost > slack * proof.cost_bound
    ):
        text = (
            f"it says optimal; {proof.weighted_served} served of a bound of "
            f"{proof.weighted_bound}, cost {proof.cost} over a bound of {proof.cost_bound}"
        )
        yield Violation(Rule.STATED_PROOF, "proof", text)


def _block(case: Case, driven: Driven, rule: Rule, *fields: str) -> Iterator[Violation]:
    same = ((f, getattr(case.block, f), getattr(driven, f)) for f in fields)
    yield from differ(rule, case.where, same)


def _stops(case: Case, driven: Driven) -> Iterator[tuple[Run, StopTime, StopTime]]:
    """Each stop of the plan beside the same stop driven anew."""
    pair = case.pair
    runs = [(pair.outbound, driven.outbound), (pair.return_run, driven.return_run)]
    if pair.between is not None:
        runs.append((pair.between, driven.between))
    for run, anew in runs:
        for stop, again in zip(run.stops, anew, strict=True):
            yield run, stop, again


def _moments(says: StopTime, is_: StopTime) -> Iterator[tuple[str, int, int]]:
    yield "arrival", says.arrive_s, is_.arrive_s
    yield "departure", says.depart_s, is_.depart_s
    for what, a, b in (("boarding", says.on, is_.on), ("alighting", says.off, is_.off)):
        for said, was in zip(a, b, strict=True):
            yield f"begin of {what} of {said.group_id}", said.begin_s, was.begin_s
            yield f"end of {what} of {said.group_id}", said.end_s, was.end_s
