"""What it takes to serve one more: trying everything on small seasons finds no less, no cheaper."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.brute_replan import BruteReplan
from tests.questions.squeezed import SQUEEZED, squeezed
from tests.random_seasons import full_seasons, seasons
from tests.routing.test_against_brute_force import EXAMPLES, fewer
from tests.seasons import ToyRoads
from tourpool.events.season import Season
from tourpool.routing.plan import Plan
from tourpool.routing.questions.relax_two import Both, pairs
from tourpool.routing.questions.relaxation import Kind, Relaxation
from tourpool.routing.questions.relaxations import families
from tourpool.routing.questions.relaxed_roads import RelaxedRoads
from tourpool.routing.questions.scope import Scope, inside
from tourpool.routing.questions.why import Answer, why
from tourpool.routing.roads import Roads
from tourpool.routing.season_plan import plan_season


def ask(
    season: Season, roads: ToyRoads, plan: Plan, request_id: str, *kinds: Kind
) -> Iterator[Answer]:
    """Ask why of some kinds, in this process: others take longer to start than to answer."""

    def answers(function: Callable[[Any], Any], questions: Iterable[Any], **_: object) -> list[Any]:
        return [function(q) for q in questions if q.kind in kinds]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tourpool.routing.questions.why.answers", answers)
        yield from why(season, plan, [request_id], roads=roads)


def least_cost(season: Season, roads: Roads) -> int | None:
    """Least cost of bringing everybody, by trying everything; None when that cannot be done."""
    force = BruteReplan(season, roads, None)
    assume(force.is_small())
    accepted = (
        [(r, s) for s in force.accepts(r) if force.is_pinned_to(r.request_id, s.session_id)]
        for r in season.requests
    )
    bills = (force.bills(list(g)) for g in product(*accepted) if force.venues_allow(list(g)))
    return min((bill[0] for of in bills for bill in of), default=None)


class Everything:
    """What it takes to bring one request beside who rides, by trying everything."""

    def __init__(self, season: Season, roads: ToyRoads, plan: Plan, request_id: str) -> None:
        self.season, self.plan, self.request_id = season, plan, request_id
        self.roads = RelaxedRoads(season, roads)
        self.now = self.cost(inside(season, plan, Scope(None)))

    def price(self, relaxation: Relaxation, amount: int) -> int | None:
        """What so much of it comes to; None where it is not enough."""
        season = relaxation.relaxed(self.season, amount)
        cost = least_cost(inside(season, self.plan, Scope(None), [self.request_id]), self.roads)
        return None if cost is None else cost - self.now

    def agrees(self, answer: Answer) -> None:
        """None does with less than was found, and none with as much is cheaper."""
        assert answer.known
        request = self.season.request[self.request_id]
        kinds = families(self.season, request)
        members = [m for f in kinds if f.kind is answer.kind for m in f.members]
        if answer.way is None:
            assert [m for m in members if self.price(m, m.most) is not None] == []
            return
        amount = answer.way.amount
        prices = (self.price(m, amount) for m in members if m.most >= amount)
        assert answer.way.price == answer.way.price_bound == min(p for p in prices if p is not None)
        if amount > 1:
            assert [m for m in members if self.price(m, amount - 1) is not None] == []

    def agrees_on_two(self, answer: Answer) -> None:
        """Two are enough where some are found, none that have no more or less are cheaper."""
        assert answer.known
        told = (answer.way, *answer.others) if answer.way is not None else ()
        for way in told:
            assert way.price == way.price_bound == self.cost(way.season) - self.now
        for first, second in pairs(families(self.season, self.season.request[self.request_id])):
            for a, b in product(first.members, second.members):
                if told and a.most > 1:
                    continue  # less of it may do: it is not told what that costs
                price = self.price(Both(a, b, b.most), a.most)
                assert price is None or (told and price >= told[0].price)

    def cost(self, season: Season) -> int:
        """Least cost of everybody, who all can be brought."""
        cost = least_cost(season, self.roads)
        assert cost is not None
        return cost


TRIED = max(1, EXAMPLES // 15)
"""Seasons for each kind."""
LEAST_FOUND = dict.fromkeys(SQUEEZED, 0.75) | {Kind.BUS: 0.4}
"""Share of them in which a kind is enough; where all buses stand, one more is often too few."""


@pytest.mark.parametrize("kind", SQUEEZED)
def test_where_one_rule_is_tightened_the_least_that_why_finds_of_it_is_the_least(
    kind: Kind,
) -> None:
    found = 0

    @settings(fewer, max_examples=TRIED)
    @given(squeezed((kind,)))
    def is_least(made: tuple[Season, ToyRoads, Plan, str]) -> None:
        nonlocal found
        season, roads, plan, request_id = made
        for answer in ask(season, roads, plan, request_id, kind):
            Everything(season, roads, plan, request_id).agrees(answer)
            found += answer.way is not None

    is_least()
    assert found >= LEAST_FOUND[kind] * TRIED


@settings(fewer, max_examples=max(1, TRIED // 2))
@given(st.sampled_from(tuple(combinations(SQUEEZED, 2))).flatmap(squeezed))
def test_two_rules_that_are_tightened_give_together(
    made: tuple[Season, ToyRoads, Plan, str],
) -> None:
    season, roads, plan, request_id = made
    force = Everything(season, roads, plan, request_id)
    for answer in ask(season, roads, plan, request_id, Kind.TWO):
        force.agrees_on_two(answer)


@settings(fewer, max_examples=TRIED)
@given(seasons(most_requests=4))
def test_of_random_seasons_too(made: tuple[Season, ToyRoads]) -> None:
    is_answered(*made)


@settings(fewer, max_examples=max(1, TRIED // 2))
@given(full_seasons(most_requests=3))
def test_with_two_sessions_a_day_tariffs_and_budgets_too(made: tuple[Season, ToyRoads]) -> None:
    is_answered(*made)


def is_answered(season: Season, roads: ToyRoads) -> None:
    """Ask about the first one that is left out, each kind."""
    plan = plan_season(season, roads=roads)
    left = [r.request_id for r in plan.requests if r.session_id is None]
    assume(left)
    force = Everything(season, roads, plan, left[0])
    for answer in ask(season, roads, plan, left[0], *(k for k in Kind if k is not Kind.TWO)):
        force.agrees(answer)
