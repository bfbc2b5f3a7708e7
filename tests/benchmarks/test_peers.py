"""Each peer that is installed, on instances whose best is known."""

import importlib

import pytest

from benchmarks.judge import judge
from benchmarks.sessions import Peer, solve_season, solve_trip
from tests.benchmarks.tiny import AWAY_S, POOLED, season, trip

SECONDS = 0.2


@pytest.fixture(params=["pyvrp", "ortools", "vroom"])
def peer(request: pytest.FixtureRequest) -> Peer:
    pytest.importorskip(request.param)
    solve: Peer = importlib.import_module(f"benchmarks.peers.with_{request.param}").solve
    return solve


def test_two_schools_share_a_bus(peer: Peer) -> None:
    verdict = judge(trip(count=2), solve_trip(peer, trip(count=2), SECONDS))
    assert (verdict.errors, verdict.penalised) == ((), POOLED)


def test_the_group_worth_less_stays_when_there_is_one_seat_too_few(peer: Peer) -> None:
    verdict = judge(trip(capacity=14), solve_trip(peer, trip(capacity=14), SECONDS))
    assert verdict.errors == ()
    assert verdict.weighted_served == 5 * 3


def test_a_ride_limit_makes_the_bus_pass_one_school_to_fetch_the_other_first(peer: Peer) -> None:
    alone_s = 20 * 60 + 60 + 10 * 2
    inst = trip(count=2, abel={"max_ride_s": alone_s})
    solution = solve_trip(peer, inst, SECONDS)
    assert [b["outbound"] for b in solution["buses"]] == [["beth", "abel"]]
    detour = 2 * (20_000 * 10 + 20 * 60 * 100)  # cheaper than 1,000,000 for a second bus
    assert judge(inst, solution).penalised == POOLED + detour


def test_a_bus_without_time_to_reach_anybody_stays(peer: Peer) -> None:
    inst = season(free_from_s=36_000 - 30 * 60)
    assert solve_season(peer, inst, SECONDS) == {"buses": []}


def test_a_season_is_shared_out_session_by_session(peer: Peer) -> None:
    inst = season(free_from_s=36_000 - AWAY_S)
    verdict = judge(inst, solve_season(peer, inst, SECONDS))
    assert verdict.errors == ()
    assert verdict.weighted_served == 25
