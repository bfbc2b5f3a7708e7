"""Figures of plans side by side, on a plan made by hand: 84 of 96 students served for $811.11."""

import pytest

from tests.sample_plan import sample_plan
from tourpool.events.problems import InputError
from tourpool.routing.plan import PlaceKind, Plan
from tourpool.routing.questions.compare import Kind, Part, comparable, parts, plan_figures


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


def test_figures_of_a_plan_are_those_of_its_requests_and_buses(plan: Plan) -> None:
    f = plan_figures(plan)
    assert (f.served, f.asked) == (25 + 15 + 44, 25 + 15 + 44 + 12)
    assert (f.requests_served, f.requests) == (3, 4)
    assert (f.schools_served, f.schools) == (3, 4)
    assert (f.cost, f.cost_each) == (412_3456 + 398_7600, round(811_1056 / 84))
    assert (f.buses, f.agreements) == (2, 1)
    assert f.metres == 164_000 + 242_000
    assert f.deadhead_metres == 48_000 + 52_000


def test_rides_are_weighed_by_riders(plan: Plan) -> None:
    # out: r2 07:30:00 to 08:24:04, r1 07:54:12 to 08:24:04, both to the campus
    r2_out, r1_out = 54 * 60 + 4, 29 * 60 + 52
    # back, from 12:30:00 Central: r1 is off at 13:19:52, r2 at 13:44:04
    r1_back, r2_back = 49 * 60 + 52, 74 * 60 + 4
    # fair: both parts get on from 07:30:00 and 07:31:36 and are there at 08:51:12
    first_out, second_out = 81 * 60 + 12, 79 * 60 + 36
    # and from 12:00:00 they are off at 13:19:36 and 13:21:12
    first_back, second_back = 79 * 60 + 36, 81 * 60 + 12
    on_board_s = (
        25 * (r1_out + r1_back)
        + 15 * (r2_out + r2_back)
        + 22 * (first_out + first_back + second_out + second_back)
    )
    f = plan_figures(plan)
    assert f.on_board_s == on_board_s
    assert f.ride_min == pytest.approx(on_board_s / 60 / 168)
    assert f.longest_ride_min == 82  # 81:12


def test_parts_add_up_to_the_plan_for_each_kind(plan: Plan) -> None:
    for kind in Kind:
        of_kind = [p for p in parts([plan, plan]) if p.kind is kind]
        assert sum(p.served[0] for p in of_kind) == 84
        assert sum(p.asked[1] for p in of_kind) == 96


def test_schools_are_told_apart_by_how_ready_their_districts_are(plan: Plan) -> None:
    ready = {"210001000001": 0.0, "210001000002": 19.9, "210002000003": 20.0, "210002000004": 100.0}
    places = [p.model_copy(update={"ready_pct": ready.get(p.place_id)}) for p in plan.places]
    known = plan.model_copy(update={"places": tuple(places)})
    assert [p for p in parts([known]) if p.kind is Kind.READINESS] == [
        Part(Kind.READINESS, "0 to 20 %", (40,), (40,)),
        Part(Kind.READINESS, "20 to 40 %", (44,), (44,)),
        Part(Kind.READINESS, "80 to 100 %", (0,), (12,)),
    ]


def test_a_kind_that_one_plan_lacks_is_nought_there(plan: Plan) -> None:
    school = plan.place[PlaceKind.SCHOOL, "210002000004"].model_copy(update={"locale": 21})
    others = tuple(school if p.place_id == school.place_id else p for p in plan.places)
    found = parts([plan, plan.model_copy(update={"places": others})])
    assert [p for p in found if p.kind is Kind.LOCALE] == [
        Part(Kind.LOCALE, "remote rural", (84, 84), (96, 84)),
        Part(Kind.LOCALE, "suburb of a large city", (0, 0), (0, 12)),
    ]


def test_plans_without_a_request_in_common_are_not_compared(plan: Plan) -> None:
    other = [r.model_copy(update={"request_id": f"x-{r.request_id}"}) for r in plan.requests]
    with pytest.raises(InputError, match=r"plan 3 .* has no request of the first one"):
        comparable([plan, plan, plan.model_copy(update={"requests": tuple(other)})])
