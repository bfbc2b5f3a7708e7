"""How good a plan is, in words that hold: what is proven, and by how much it may fall short."""

from tourpool.reports.figures import counted
from tourpool.reports.words import count, miles, percent, usd, usd_between
from tourpool.routing.plan import Baseline, Plan

_ENDED = {
    "": "the search ended before all was proven",
    "time": "the time given was over before all was proven",
    "asked": "it was stopped by hand before all was proven",
}


def proof_sentences(plan: Plan) -> tuple[str, ...]:
    """What is proven about students, cost and time on board, and the plan's own note."""
    note = (plan.proof.note,) if plan.proof.note else ()
    return (*_feasible(plan), _students(plan), _cost(plan), *_rides(plan), *note)


def _feasible(plan: Plan) -> tuple[str, ...]:
    """That a better plan may exist, and what ended the search; nothing when all is proven."""
    if plan.proof.status == "optimal":
        return ()
    return (
        f"This plan is feasible, not proven the best: {_ENDED[plan.proof.stopped]}. It keeps every "
        "rule; a better one may exist.",
    )


def _students(plan: Plan) -> str:
    missing = plan.proof.weighted_bound - plan.proof.weighted_served
    if missing <= 0:
        return f"Proven: no plan{_ruled(plan)} serves more weighted {counted(plan)}s."
    return (
        f"At most {missing / 100:,.2f} more weighted {counted(plan)}s could be served "
        f"({percent(missing / plan.proof.weighted_bound)} of what is possible)."
    )


def _ruled(plan: Plan) -> str:
    """Which plans are spoken of, where not all are: those that keep pins and published seats."""
    keeps = [
        *(["the season's pins"] if plan.pins else []),
        *(["the seats that could be kept"] if plan.follows is not None else []),
    ]
    return f" that keeps {' and '.join(keeps)}" if keeps else ""


def _cost(plan: Plan) -> str:
    """Money over the least cost is unproven, or spent on liked sessions and shorter rides."""
    proof = plan.proof
    over = proof.cost - proof.cost_bound
    if over <= 0:
        return "Proven: no plan that serves as much costs less."
    if proof.cost_bound <= 0:
        return "No bound on the cost yet."
    if proof.status == "optimal":
        return (
            f"The least cost at that number is {usd(proof.cost_bound)}, proven; "
            f"{_small_pct(100 * over / proof.cost_bound)} more is spent on {_spent_on(plan)}."
        )
    gap = _small_pct(proof.cost_gap_pct)
    return f"The cost is within {gap} of the least at that number ({usd(proof.cost_bound)})."


def _spent_on(plan: Plan) -> str:
    liked = "sessions that schools like better or on shorter rides"
    return liked if plan.follows is None else f"changing less, on {liked}"


def _small_pct(pct: float) -> str:
    """With two decimals, and never as none."""
    return f"{max(pct, 0.01):.2f} %"


def _rides(plan: Plan) -> tuple[str, ...]:
    """Time on board; the last objective orders the stops of what was chosen."""
    proof = plan.proof
    if not proof.student_s or not plan.students_served:
        return ()
    minutes = proof.student_s / 60 / (2 * plan.students_served)
    on_board = f"{counted(plan)}s are on board for {proof.student_s / 3600:,.0f} hours in all"
    if proof.student_s_least:
        orders = "no other order of the buses' stops is shorter for the money allowed"
    else:
        orders = "other orders of the buses' stops may be shorter for the money allowed"
    return (f"{on_board.capitalize()}, {minutes:.0f} min each way on average; {orders}.",)


def alone_sentences(plan: Plan) -> tuple[str, str]:
    """Both baselines with the students they serve; cost is compared on the first."""
    return _same_groups(plan), _same_fleet(plan)


def _same_groups(plan: Plan) -> str:
    alone = plan.alone_same_groups
    saved, apart = alone.cost - plan.cost, usd_between(alone.cost, plan.cost)
    share = f" ({percent(abs(saved) / alone.cost)})" if alone.cost else ""
    if saved >= 0:
        verdict = f"pooling saves {apart}{share}"
    else:
        verdict = f"pooling costs {apart} more{share}{_why_dearer(plan)}"
    text = (
        "Alone, same groups, as if there were any number of the cheapest buses"
        f"{_found(alone)}: {_figures(plan, alone)}; {verdict}."
    )
    if alone.left_out:
        left = count(len(alone.left_out), "served group")
        text += f" {left} could not come alone and are not in these figures."
    return text


def _why_dearer(plan: Plan) -> str:
    """Why pooling can cost more than going alone: that counts buses that are not there."""
    if plan.proof.status == "optimal":
        return ", as it must do with the buses there are"
    return " so far: the search ended early, and it must do with the buses there are"


def _same_fleet(plan: Plan) -> str:
    alone = plan.alone_same_fleet
    return f"Alone, same fleet with one school a bus{_found(alone)}: {_figures(plan, alone)}."


def _found(alone: Baseline) -> str:
    return "" if alone.proven else " (best found)"


def _figures(plan: Plan, alone: Baseline) -> str:
    return (
        f"{count(alone.students, counted(plan))} ({alone.weighted / 100:,.0f} weighted), "
        f"{count(alone.buses, 'bus', 'buses')}, "
        f"{miles(alone.metres):,.0f} miles, {usd(alone.cost)}"
    )
