"""Sessions add up to the plan."""

from collections.abc import Callable
from typing import Any

from tourpool.reports.figures import (
    counted,
    nowhere_sentences,
    session_figures,
    twice_sentences,
)
from tourpool.routing.plan import Plan

Change = Callable[..., Plan]


def with_left(plan: Plan, change: Change, **fields: Any) -> Plan:
    """The plan with other fields of its request that has no seat."""
    return change(requests=(*plan.requests[:3], {**plan.requests[3].model_dump(), **fields}))


def of_wanted(plan: Plan) -> list[tuple[int, int]]:
    return [(f.served, f.wanted) for f in session_figures(plan)]


def test_who_is_left_behind_counts_at_the_session_liked_best(plan: Plan, change: Change) -> None:
    both = with_left(plan, change, accepts=("fair-1", "tour-1"))
    assert of_wanted(both) == [(40, 40), (44, 56)]  # 44 + 12; 40 + 56 are all 96
    assert sum(wanted for _, wanted in of_wanted(both)) == both.students_asked


def test_who_accepts_no_session_is_only_in_the_total(plan: Plan, change: Change) -> None:
    closed = with_left(plan, change, accepts=())
    assert of_wanted(closed) == [(40, 40), (44, 44)]
    assert closed.students_asked == 96
    assert nowhere_sentences(closed)[0].startswith("12 students asked for are only in the total")
    assert nowhere_sentences(plan) == ()


def test_adults_who_count_are_riders_and_counted(plan: Plan, change: Change) -> None:
    adults = with_left(plan, change, students=0, chaperones=14, counted=14)
    assert of_wanted(adults)[0] == (40, 54)
    assert (counted(plan), counted(adults)) == ("student", "rider")


def test_a_bus_that_serves_two_sessions_is_divided_by_its_miles(day: Plan) -> None:
    lab, clinic = session_figures(day)[2:]
    assert (lab.buses, clinic.buses) == (2, 2)
    # bus 7: 90 km, then 110 of 200 km; bus 9: 120 of 240 km
    assert (lab.metres, clinic.metres) == (90_000 + 120_000, 110_000 + 120_000)
    assert lab.cost == 5_000_001 * 90 // 200 + 1_500_000  # 225.00 and 150 US$
    assert sum(f.cost for f in session_figures(day)) == day.cost
    assert sum(f.metres for f in session_figures(day)) == sum(b.metres for b in day.blocks)


def test_how_such_buses_count_is_said_when_there_are_any(plan: Plan, day: Plan) -> None:
    assert twice_sentences(plan) == ()
    assert "(here 2)" in twice_sentences(day)[0]
