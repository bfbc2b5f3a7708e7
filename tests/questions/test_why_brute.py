"""What it takes to serve one more: trying everything on small seasons finds no less, no cheaper."""

from hypothesis import assume, given

from tests.brute import BruteForce
from tests.random_seasons import full_seasons, seasons
from tests.routing.test_against_brute_force import fewer
from tests.seasons import ToyRoads
from tourpool.events.season import Season
from tourpool.routing.plan import Plan
from tourpool.routing.questions.bring import asked
from tourpool.routing.questions.least import Found, Search
from tourpool.routing.questions.relaxation import Relaxation
from tourpool.routing.questions.relaxations import families
from tourpool.routing.questions.scope import Scope, inside
from tourpool.routing.season_plan import plan_season
from tourpool.routing.solver.stop import Stop

MOST_ASKED = 2
"""Requests asked about in one season, and relaxations of one kind: brute force takes its time."""


def least_cost(season: Season, roads: ToyRoads) -> int | None:
    """Least cost of bringing everybody, by trying everything; None when that cannot be done."""
    force = BruteForce(season, roads)
    assume(force.is_small())
    best = force.best()
    return best.cost if best.weighted == asked(season) else None


def is_right(search: Search, roads: ToyRoads, relaxation: Relaxation, now: int) -> None:
    """The amount is enough, one less is not, and the price is the least."""
    found = search.find(relaxation)
    if not isinstance(found, Found):
        assert found.known
        assert least_cost(search.relaxed(relaxation, relaxation.most), roads) is None
        return
    assert found.least
    cost = least_cost(search.relaxed(relaxation, found.amount), roads)
    assert cost is not None
    assert (found.price, found.price_bound) == (cost - now, cost - now)
    if found.amount > 1:
        assert least_cost(search.relaxed(relaxation, found.amount - 1), roads) is None


def all_are_right(season: Season, roads: ToyRoads, plan: Plan) -> None:
    """Ask about the first requests that are left out, each kind."""
    now = least_cost(inside(season, plan, Scope(None)), roads)
    assert now is not None
    left = [r.request_id for r in plan.requests if r.session_id is None]
    for request_id in left[:MOST_ASKED]:
        search = Search(season, plan, request_id, roads, Stop())
        for family in families(season, season.request[request_id]):
            useless = family.more and search.useless(family.more(season))
            for relaxation in family.members[:MOST_ASKED]:
                is_right(search, roads, relaxation, now)
                if useless:
                    assert not isinstance(search.find(relaxation), Found)


@fewer
@given(seasons(most_requests=4))
def test_the_least_amount_of_each_kind_and_its_price_are_those_of_trying_everything(
    made: tuple[Season, ToyRoads],
) -> None:
    season, roads = made
    plan = plan_season(season, roads=roads)
    assume(any(r.session_id is None for r in plan.requests))
    assert plan.proof.status == "optimal"
    all_are_right(season, roads, plan)


@fewer
@given(full_seasons(most_requests=3))
def test_with_two_sessions_a_day_tariffs_and_budgets_too(made: tuple[Season, ToyRoads]) -> None:
    season, roads = made
    plan = plan_season(season, roads=roads)
    assume(any(r.session_id is None for r in plan.requests))
    all_are_right(season, roads, plan)
