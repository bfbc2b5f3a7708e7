"""Plans side by side: who is served and at what cost, in all and by kinds of schools.

Plans are complete in themselves, so no season is asked for. All riders are counted ones: students,
and everybody at events for adults.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tourpool.events.equity import LOCALES
from tourpool.events.problems import InputError
from tourpool.routing.plan import Place, PlaceKind, Plan, PlanRequest

BAND_PCT = 20
UNKNOWN = "not known"


@dataclass(frozen=True)
class PlanFigures:
    """What a plan reaches and what it takes; money in 1e-4 US$, weights in hundredths.

    Attributes
    ----------
    ride_min
        Minutes on board each way, the average over all riders and both ways.
    longest_ride_min
        Of any group, in minutes begun.
    agreements
        Run-pairs that need an agreement which was not found.
    """

    served: int
    asked: int
    requests_served: int
    requests: int
    schools_served: int
    schools: int
    weighted: int
    weighted_bound: int
    cost: int
    cost_bound: int
    optimal: bool
    buses: int
    metres: int
    deadhead_metres: int
    ride_min: float
    longest_ride_min: int
    on_board_s: int
    agreements: int

    @property
    def cost_each(self) -> int:
        """Cost for each rider with a seat."""
        return round(self.cost / self.served) if self.served else 0


class Kind(StrEnum):
    """By what schools are told apart."""

    ECOSYSTEM = "ecosystem"
    LOCALE = "locale"
    READINESS = "college and career ready"


@dataclass(frozen=True)
class Part:
    """Schools of a kind: riders served and asked for, in each plan."""

    kind: Kind
    name: str
    served: tuple[int, ...]
    asked: tuple[int, ...]


def plan_figures(plan: Plan) -> PlanFigures:
    """The figures of one plan."""
    riding = [r for r in plan.requests if r.session_id is not None]
    rides = [
        (plan.group[name].counted, both)
        for block in plan.blocks
        for pair in block.run_pairs
        for name, both in pair.rides_s.items()
    ]
    on_board_s = sum(n * sum(both) for n, both in rides)
    served = plan.students_served
    return PlanFigures(
        served=served,
        asked=plan.students_asked,
        requests_served=len(riding),
        requests=len(plan.requests),
        schools_served=len({r.ncessch for r in riding}),
        schools=len({r.ncessch for r in plan.requests}),
        weighted=plan.proof.weighted_served,
        weighted_bound=plan.proof.weighted_bound,
        cost=plan.cost,
        cost_bound=plan.proof.cost_bound,
        optimal=plan.proof.status == "optimal",
        buses=len(plan.blocks),
        metres=sum(b.metres for b in plan.blocks),
        deadhead_metres=sum(b.deadhead_metres for b in plan.blocks),
        ride_min=on_board_s / 60 / (2 * served) if served else 0.0,
        longest_ride_min=-(-max((s for _, both in rides for s in both), default=0) // 60),
        on_board_s=on_board_s,
        agreements=sum(bool(p.needs_agreement) for b in plan.blocks for p in b.run_pairs),
    )


def parts(plans: Sequence[Plan]) -> tuple[Part, ...]:
    """Served and asked by ecosystem, locale and readiness; adds up to the plan for each kind."""
    found = []
    for kind, key in _KINDS.items():
        asked = [_sums(plan, plan.requests, key) for plan in plans]
        served = [
            _sums(plan, [r for r in plan.requests if r.session_id is not None], key)
            for plan in plans
        ]
        for part in sorted({k for sums in asked for k in sums}):
            served_of = tuple(sums[part] for sums in served)
            found.append(Part(kind, part[1], served_of, tuple(sums[part] for sums in asked)))
    return tuple(found)


def comparable(plans: Sequence[Plan]) -> None:
    """Stop where plans have nothing in common.

    Raises
    ------
    InputError
        When a plan has no request of the first one.
    """
    first = plans[0].request.keys()
    for k, plan in enumerate(plans[1:], start=2):
        if first and not first & plan.request.keys():
            raise InputError(
                f"plan {k} ({plan.season}) has no request of the first one ({plans[0].season}); "
                "compare plans of one season"
            )


_Key = Callable[[Plan, Place], tuple[float, str]]
"""Where a part stands in its table, and its name."""


def _ecosystem(plan: Plan, school: Place) -> tuple[float, str]:
    return 0, plan.ecosystems.get(school.ecosystem_id, school.ecosystem_id)


def _locale(plan: Plan, school: Place) -> tuple[float, str]:
    if school.locale is None:
        return 0, UNKNOWN
    return -school.locale, LOCALES.get(school.locale, f"locale {school.locale}")


def _readiness(plan: Plan, school: Place) -> tuple[float, str]:
    if school.ready_pct is None:
        return 100, UNKNOWN
    low = min(int(school.ready_pct // BAND_PCT) * BAND_PCT, 100 - BAND_PCT)
    return low, f"{low} to {low + BAND_PCT} %"


_KINDS: dict[Kind, _Key] = {
    Kind.ECOSYSTEM: _ecosystem,
    Kind.LOCALE: _locale,
    Kind.READINESS: _readiness,
}


def _sums(plan: Plan, requests: Sequence[PlanRequest], key: _Key) -> Counter[tuple[float, str]]:
    sums: Counter[tuple[float, str]] = Counter()
    for r in requests:
        sums[key(plan, plan.place[PlaceKind.SCHOOL, r.ncessch])] += r.counted
    return sums
