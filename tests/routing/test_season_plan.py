"""From a season to a plan that says all it should, passes the check, and keeps its time."""

import datetime as dt
import signal
import time
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.random_seasons import seasons
from tests.routing.arrays import laws
from tests.seasons import (
    DAY,
    FAR,
    NEAR,
    ToyRoads,
    bus,
    request,
    session,
    two_schools,
    two_schools_roads,
    venue,
)
from tourpool.events.occasions import Visit
from tourpool.events.reading.read import read_season
from tourpool.events.season import Season
from tourpool.events.seats import Choice
from tourpool.routing.check import check_plan
from tourpool.routing.estimate import EstimatedRoads
from tourpool.routing.plan import PlaceKind, Plan
from tourpool.routing.season_plan import plan_season

HOUR, MIN = 3600, 60


def planned(**changes: object) -> Plan:
    return plan_season(two_schools(**changes), roads=two_schools_roads())


def test_a_season_read_from_its_tables_is_planned_and_passes_the_check(tiny: Path) -> None:
    season = read_season(tiny)
    plan = plan_season(season)
    assert check_plan(season, EstimatedRoads(), plan) == []
    assert plan.proof.status == "optimal"
    assert plan.students_served == 20 + 28 + 18


def test_the_same_season_gives_the_same_plan_and_id(tiny: Path) -> None:
    first, second = plan_season(read_season(tiny)), plan_season(read_season(tiny))
    assert first == second
    assert first.plan_id == second.plan_id != ""


def test_another_plan_has_another_id() -> None:
    assert planned().plan_id != planned(requests=(request("near", NEAR),)).plan_id


def test_who_made_a_plan_does_not_change_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    before = planned()
    monkeypatch.setattr("tourpool.__version__", "99.0")
    after = planned()
    assert after.made_by == "tourpool 99.0" != before.made_by
    assert after.plan_id == before.plan_id


def test_estimated_roads_are_said_to_be_estimated() -> None:
    plan = plan_season(two_schools())
    assert (plan.estimated, plan.roads) == (True, "estimated")
    assert (planned().estimated, planned().roads, planned().roads_digest) == (False, "toy", "toy/1")


def test_a_plan_says_what_it_planned() -> None:
    plan = planned()
    assert (plan.season, plan.season_digest) == ("two schools", two_schools().digest)
    assert (plan.version, plan.follows, plan.max_ride_min) == (1, None, 90)
    assert plan.ecosystems == {"delta": "Delta"}


def test_places_are_the_schools_that_ask_the_venues_and_the_garages() -> None:
    plan = planned(requests=(request("near", NEAR),))
    assert [(p.kind, p.place_id) for p in plan.places] == [
        (PlaceKind.SCHOOL, NEAR),
        (PlaceKind.VENUE, "college"),
        (PlaceKind.GARAGE, "lot"),
    ]
    near = plan.place[PlaceKind.SCHOOL, NEAR]
    assert (near.district, near.ecosystem_id, near.locale) == ("District 2800001", "delta", 43)


def test_a_request_tells_its_weight_its_sessions_and_its_fate() -> None:
    choices = (
        Choice(request_id="near", session_id="morning", rank=2),
        Choice(request_id="near", session_id="closed", rank=1),
    )
    plan = planned(
        sessions=(session("morning"), session("closed", max_people=5)),
        requests=(request("near", NEAR, choices=choices),),
    )
    near = plan.request["near"]
    assert near.accepts == ("closed", "morning")
    assert (near.session_id, near.rank, near.reason) == ("morning", 2, None)
    assert near.weight_hundredths == 100 + sum(f.hundredths for f in near.factors) == 300


def test_the_proof_adds_up_what_is_served() -> None:
    proof = planned().proof
    assert (proof.weighted_served, proof.weighted_bound) == (40 * 300, 40 * 300)
    assert proof.rank_sum == 40
    assert proof.cost == proof.cost_bound == planned().cost
    assert proof.cost_gap_pct == 0


def test_sessions_are_told_with_their_times_and_those_who_come() -> None:
    further = Visit(
        session_id="two",
        order=2,
        venue_id="second",
        arrive_from=dt.time(12, 30),
        arrive_by=dt.time(13),
        depart=dt.time(14),
    )
    plan = planned(
        venues=(venue("college", 3), venue("second", 2, max_people=90)),
        sessions=(session("morning"), session("two", max_people=100, further=(further,))),
    )
    chicago = 6 * HOUR
    morning, two = plan.session["morning"], plan.session["two"]
    assert (morning.people, morning.students) == (44, 40)
    assert (two.people, two.students, two.max_people) == (0, 0, 90)
    assert [v.venue_id for v in two.visits] == ["college", "second"]
    assert two.visits[0].arrive_from_s == 9 * HOUR + 30 * MIN + chicago
    assert two.visits[1].arrive_by_s == 13 * HOUR + chicago
    assert two.visits[1].depart_s == 14 * HOUR + chicago


def test_a_plan_of_a_season_without_requests_is_empty_and_proven() -> None:
    plan = planned(requests=())
    assert (plan.blocks, plan.requests, plan.cost) == ((), (), 0)
    assert (plan.proof.status, plan.proof.weighted_bound) == ("optimal", 0)
    assert check_plan(two_schools(requests=()), two_schools_roads(), plan) == []


def test_liked_sessions_are_chosen_within_the_slack_of_the_policy() -> None:
    wish = (
        Choice(request_id="near", session_id="liked", rank=1),
        Choice(request_id="near", session_id="morning", rank=2),
    )
    # waiting an hour longer costs 18 US$ more than a day of about 350
    base = two_schools(
        sessions=(session("morning"), session("liked", depart=dt.time(13))),
        requests=(request("near", NEAR, choices=wish),),
    )
    for slack_pct, chosen in ((1.0, "morning"), (10.0, "liked")):
        policy = base.policy.model_copy(update={"cost_slack_pct": slack_pct})
        plan = plan_season(base.model_copy(update={"policy": policy}), roads=two_schools_roads())
        assert plan.requests[0].session_id == chosen
        spent = 180_000 if chosen == "liked" else 0
        assert plan.cost - plan.proof.cost_bound == spent
        assert plan.proof.cost_slack_pct == pytest.approx(100 * spent / plan.proof.cost_bound)


def test_progress_is_told_while_planning() -> None:
    told: list[str] = []
    roads = two_schools_roads()
    plan_season(two_schools(), roads=roads, progress=lambda name, value, bound: told.append(name))
    assert told[0] == "worth"
    assert "cost" in told


@settings(laws, max_examples=8)
@given(seasons())
def test_a_plan_made_in_no_time_passes_the_check_and_its_bounds_hold(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    hasty, proven = plan_season(season, roads=roads, seconds=0), plan_season(season, roads=roads)
    assert check_plan(season, roads, hasty) == []
    assert hasty.proof.weighted_served <= proven.proof.weighted_served
    assert hasty.proof.weighted_bound >= proven.proof.weighted_served
    if hasty.proof.weighted_served == proven.proof.weighted_served:
        assert hasty.proof.cost_bound <= proven.proof.cost_bound


def busy(n: int = 26) -> Season:
    """So many requests of two schools, too many for the few buses: a long proof."""
    schools = (NEAR, FAR)
    return two_schools(
        requests=tuple(
            request(f"r{k}", schools[k % 2], students=5 + (7 * k) % 11, chaperones=2)
            for k in range(n)
        ),
        sessions=tuple(session(f"s{d}", date=DAY + dt.timedelta(days=d)) for d in range(2)),
        buses=(bus(count=3), bus(bus_type="short", count=3, seats_large=30, usd_fixed=20)),
    )


def test_a_plan_is_made_within_the_seconds_it_is_given() -> None:
    season, roads, begin = busy(18), two_schools_roads(), time.monotonic()
    plan = plan_season(season, roads=roads, seconds=1.0)
    assert time.monotonic() - begin < 20  # 1 s, then the second baseline and the papers
    assert check_plan(season, roads, plan) == []


def test_ctrl_c_gives_the_plan_so_far() -> None:
    season, roads = two_schools(), two_schools_roads()
    missed, told = [], []

    def tell(name: str, value: float, bound: float) -> None:
        told.append(name)
        if len(told) == 1:
            signal.raise_signal(signal.SIGINT)
            time.sleep(0.01)

    before = signal.signal(signal.SIGINT, lambda signum, frame: missed.append(signum))
    try:
        plan = plan_season(season, roads=roads, progress=tell)
    finally:
        signal.signal(signal.SIGINT, before)
    assert missed == []
    assert check_plan(season, roads, plan) == []
    assert 0 < plan.proof.weighted_served <= plan.proof.weighted_bound
