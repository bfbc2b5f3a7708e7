"""What is proven, in words that hold."""

import re
from collections.abc import Callable

import pytest

from tourpool.reports.proof import alone_sentences, proof_sentences
from tourpool.routing.plan import Baseline, Plan

Change = Callable[..., Plan]


def with_proof(plan: Plan, change: Change, **figures: object) -> Plan:
    return change(proof={**plan.proof.model_dump(), **figures})


def test_a_plan_with_no_gap_says_proven_twice(plan: Plan, change: Change) -> None:
    proven = with_proof(
        plan, change, status="optimal", weighted_bound=16_800, cost=8_111_056, cost_bound=8_111_056
    )
    assert proof_sentences(proven) == (
        "Proven: no plan serves more weighted students.",
        "Proven: no plan that serves as much costs less.",
    )


def test_a_plan_with_gaps_says_how_wide_they_are(plan: Plan) -> None:
    _, students, cost = proof_sentences(plan)
    assert "At most 6.00 more weighted students" in students  # 17,400 - 16,800 hundredths
    assert "(3 % of what is possible)" in students  # 600 / 17,400
    assert "within 0.38 %" in cost  # (811.1056 - 808) / 811.1056
    assert "$808.00" in cost


@pytest.mark.parametrize(
    ("stopped", "words"),
    [
        ("time", "the time given was over before all was proven"),
        ("asked", "it was stopped by hand before all was proven"),
        ("", "the search ended before all was proven"),
    ],
)
def test_a_plan_cut_short_says_so_first_and_why(
    plan: Plan, change: Change, stopped: str, words: str
) -> None:
    short = with_proof(plan, change, status="feasible", stopped=stopped)
    assert proof_sentences(short)[0] == (
        f"This plan is feasible, not proven the best: {words}. It keeps every rule; a better one "
        "may exist."
    )


def test_money_spent_on_liked_sessions_is_not_called_a_gap(plan: Plan, change: Change) -> None:
    liked = with_proof(plan, change, status="optimal", weighted_bound=16_800)
    cost = proof_sentences(liked)[1]
    assert "The least cost at that number is $808.00, proven" in cost
    # (811.1056 - 808) / 808
    assert "0.38 % more is spent on sessions that schools like better or on shorter rides" in cost


def test_a_gap_too_small_to_show_is_not_shown_as_none(plan: Plan, change: Change) -> None:
    close = with_proof(plan, change, cost=8_111_056, cost_bound=8_111_055)
    assert "within 0.01 %" in proof_sentences(close)[2]


def test_a_bound_of_nothing_is_no_bound(plan: Plan, change: Change) -> None:
    loose = with_proof(plan, change, cost_bound=0)
    assert proof_sentences(loose)[2] == "No bound on the cost yet."
    free = with_proof(plan, change, cost=0, cost_bound=0)
    assert proof_sentences(free)[2] == "Proven: no plan that serves as much costs less."


def test_a_baseline_that_is_not_proven_is_the_best_found(plan: Plan, change: Change) -> None:
    fleet = change(alone_same_fleet={**plan.alone_same_fleet.model_dump(), "proven": False})
    assert "one school a bus (best found): 69 students" in alone_sentences(fleet)[1]


def test_baselines_name_their_students_and_the_saving(plan: Plan) -> None:
    groups, fleet = alone_sentences(plan)
    # 1,322.00 - 811.1056 = 510.8944, 38.6 % of 1,322.00
    assert (
        "84 students (168 weighted), 4 buses, 435 miles, $1,322.00; pooling saves $510.89 (39 %)."
        in groups
    )
    assert "one school a bus: 69 students (138 weighted), 2 buses" in fleet


def test_a_baseline_says_what_it_leaves_out(change: Change) -> None:
    alone = Baseline(
        proven=True,
        students=44,
        weighted=8_800,
        groups=2,
        buses=2,
        metres=1,
        cost=7_000_000,
        left_out=("r1",),
    )
    text = alone_sentences(change(alone_same_groups=alone.model_dump()))[0]
    dearer = "as if there were any number of the cheapest buses: .* pooling costs \\$111.11 more"
    assert re.search(dearer, text)  # 811.1056 - 700
    assert "more (16 %) so far: the search ended early, and it must do with the buses" in text
    assert "1 served group could not come alone" in text


def test_rides_are_said_by_sum_and_mean_and_by_what_was_tried(day: Plan, change: Change) -> None:
    def rides(least: bool) -> str:
        proof = day.proof.model_copy(update={"student_s_least": least})
        return proof_sentences(day.model_copy(update={"proof": proof}))[2]

    # 144 students, both ways: 144 x 2 x 35 min are 168 h
    assert rides(least=True) == (
        "Students are on board for 168 hours in all, 35 min each way on average; no other order "
        "of the buses' stops is shorter for the money allowed."
    )
    assert "on average; other orders of the buses' stops may be" in rides(least=False)


def test_a_plan_that_does_not_know_its_rides_says_nothing_of_them(plan: Plan) -> None:
    assert len(proof_sentences(plan)) == 3
