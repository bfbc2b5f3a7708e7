"""The least amount of a relaxation with which a request rides beside all who ride now."""

from dataclasses import dataclass, field

from tourpool.events.season import Season
from tourpool.routing.plan import Plan
from tourpool.routing.questions.bring import Brought, bring_all
from tourpool.routing.questions.relaxation import Relaxation
from tourpool.routing.questions.relaxed_roads import RelaxedRoads
from tourpool.routing.questions.scope import Scope, inside, only, scope_of
from tourpool.routing.questions.shortest import ShortestRoads
from tourpool.routing.roads import Roads
from tourpool.routing.season_plan import plan_season
from tourpool.routing.solver.stop import Stop


@dataclass(frozen=True)
class Found:
    """A relaxation, the least amount of it that is enough, and what the cheapest plan costs.

    Attributes
    ----------
    least
        Whether less of it is known not to be enough.
    price
        1e-4 US$ at most, on top of the least cost of bringing those who ride now; below 0 where it
        saves.
    price_bound
        At least so much; equal to ``price`` when both costs are proven.
    """

    relaxation: Relaxation
    amount: int
    least: bool
    price: int
    price_bound: int


@dataclass(frozen=True)
class Missing:
    """No amount was found; ``known`` when there is none, whatever else changes."""

    known: bool


@dataclass
class Search:
    """What is asked about one request of one plan; costs of now are worked out once."""

    season: Season
    plan: Plan
    request_id: str
    roads: Roads
    stop: Stop
    now: dict[Scope, Brought] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roads: Roads = RelaxedRoads(self.season, self.roads)
        self.shortest = ShortestRoads(self.season, self.roads)
        self._scopes: dict[bool, Scope] = {}

    def find(self, relaxation: Relaxation) -> Found | Missing:
        """The least amount that is enough, and its price."""
        low = self._least_alone(relaxation)
        if low is None:
            return Missing(known=True)
        tried = self._brought(relaxation, low)
        if tried.all_ride:
            return self._found(relaxation, low, tried, least=True)
        known = tried.all_ride is False
        if low < relaxation.most and not self.stop.now:
            high = self._enough(relaxation)
            if high is not None:
                return self._between(relaxation, low, high, known=known)
            known &= not self.stop.now
        return Missing(known and self.scope(relaxation).whole)

    def useless(self, season: Season) -> Missing | None:
        """That it cannot ride even in a season that relaxes more than is asked; else None."""
        if not self._rides_alone(season):
            return Missing(known=True)
        together = inside(season, self.plan, self.scope(), [self.request_id])
        if bring_all(together, self.roads, self.stop, price=False).all_ride is False:
            return Missing(known=self.scope().whole)
        return None

    def relaxed(self, relaxation: Relaxation, amount: int) -> Season:
        """The season of those who ride and the request, with a rule relaxed."""
        season = relaxation.relaxed(self.season, amount)
        return inside(season, self.plan, self.scope(relaxation), [self.request_id])

    def scope(self, relaxation: Relaxation | None = None) -> Scope:
        """Days that are searched; all others stay as the plan has them."""
        everywhere = relaxation is not None and relaxation.everywhere
        if everywhere not in self._scopes:
            request = self.season.request[self.request_id]
            self._scopes[everywhere] = scope_of(
                self.season, self.plan, request, everywhere=everywhere
            )
        return self._scopes[everywhere]

    def _least_alone(self, relaxation: Relaxation) -> int | None:
        """The least amount with which it could ride if nobody else did."""
        low, high = 0, relaxation.most
        if high < 1 or not self._rides_alone(relaxation.relaxed(self.season, high)):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self._rides_alone(relaxation.relaxed(self.season, middle)):
                high = middle
            else:
                low = middle
        return high

    def _rides_alone(self, season: Season) -> bool:
        """Whether it could ride if nobody else did.

        What others on its bus may make possible is granted: ways that are shorter by their stops,
        enough riders for the bus to go, a budget that bears a share of the cost only.
        """
        alone = only(season, {self.request_id}, self.scope())
        buses = tuple(b.model_copy(update={"min_riders": 0}) for b in alone.buses)
        alone = alone.model_copy(update={"buses": buses, "budgets": ()})
        return bool(bring_all(alone, self.shortest, Stop(), price=False).all_ride)

    def _brought(self, relaxation: Relaxation, amount: int) -> Brought:
        return bring_all(self.relaxed(relaxation, amount), self.roads, self.stop)

    def _enough(self, relaxation: Relaxation) -> int | None:
        """What a plan takes of it where there is no end to it; None when there is no such plan."""
        season = self.relaxed(relaxation, relaxation.most)
        if not bring_all(season, self.roads, self.stop, price=False).all_ride:
            return None
        if self.stop.now:
            return relaxation.most
        plan = plan_season(season, roads=self.roads, seconds=self.stop.left_s)
        if any(r.session_id is None for r in plan.requests):
            return relaxation.most
        return min(relaxation.most, relaxation.needed(self.season, plan))

    def _between(
        self, relaxation: Relaxation, low: int, high: int, *, known: bool
    ) -> Found | Missing:
        """The least amount above ``low``, as more of it is never worse; ``high`` is enough."""
        best: Brought | None = None
        while high - low > 1 and not self.stop.now:
            middle = (low + high) // 2
            tried = self._brought(relaxation, middle)
            if tried.all_ride:
                high, best = middle, tried
            else:
                known &= tried.all_ride is False
                low = middle
        best = best or self._brought(relaxation, high)
        if not best.all_ride:
            return Missing(known=False)
        return self._found(relaxation, high, best, least=known and high - low == 1)

    def _found(
        self, relaxation: Relaxation, amount: int, brought: Brought, *, least: bool
    ) -> Found | Missing:
        scope = self.scope(relaxation)
        if scope not in self.now:
            served = inside(self.season, self.plan, scope)
            self.now[scope] = bring_all(served, self.roads, self.stop)
        now = self.now[scope]
        if not now.all_ride:
            return Missing(known=False)  # what it costs on top is not known in time
        return Found(
            relaxation=relaxation,
            amount=amount,
            least=least and scope.whole,
            price=brought.cost - now.cost_bound,
            price_bound=brought.cost_bound - now.cost,
        )
