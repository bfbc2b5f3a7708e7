"""Random seasons in which one rule is tightened until a request that rode rides no more.

Random tables seldom leave somebody out by one rule alone, so most kinds of relaxation would hardly
be tried: here the rule is known that would have to give.
"""

import datetime as dt
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from tests.random_seasons import DAYS, seasons
from tests.seasons import ToyRoads
from tourpool.events.budgets import Budget
from tourpool.events.fleet import Carries
from tourpool.events.pins import Pin
from tourpool.events.rules import AgreementPolicy, CalendarEntry, Scope
from tourpool.events.season import Season
from tourpool.routing.pinned import PinsError
from tourpool.routing.plan import Plan
from tourpool.routing.questions.relax_request import with_request
from tourpool.routing.questions.relax_school import with_school
from tourpool.routing.questions.relaxation import Kind
from tourpool.routing.season_plan import plan_season

SQUEEZED = (
    Kind.RIDE_LIMIT,
    Kind.PICKUP,
    Kind.RETURN,
    Kind.CALENDAR,
    Kind.PEOPLE,
    Kind.BUS,
    Kind.HOURS,
    Kind.AGREEMENT,
    Kind.BUDGET,
    Kind.MIN_RIDERS,
)


@st.composite
def squeezed(draw: Any, kinds: tuple[Kind, ...]) -> tuple[Season, ToyRoads, Plan, str]:
    """A season with rules of these kinds tightened, its plan, and a request that rode before."""
    season, roads = draw(seasons(most_requests=3))
    before = plan_season(season, roads=roads)
    served = [r.request_id for r in before.requests if r.session_id is not None]
    assume(served)
    request_id = draw(st.sampled_from(served))
    for kind in kinds:
        season = tightened(season, request_id, kind)
    season = season.model_copy(update={"pins": draw_pins(draw, before, request_id)})
    try:
        plan = plan_season(season, roads=roads)
    except PinsError:
        plan = before
    assume(plan.request[request_id].session_id is None)
    assert plan.proof.status == "optimal"
    return season, roads, plan, request_id


def draw_pins(draw: Any, before: Plan, request_id: str) -> tuple[Pin, ...]:
    """Somebody else stays as it was now and then: in its session, on its row, on its very bus."""
    seats = [
        (g.request_id, pair.session_id, block)
        for block in before.blocks
        for pair in block.run_pairs
        for g in pair.groups
        if g.request_id != request_id and g.parts == 1
    ]
    if not seats or draw(st.booleans()):
        return ()
    other, session_id, block = draw(st.sampled_from(seats))
    row = f"{block.garage_id}/{block.bus_type}"
    name = draw(st.sampled_from(("", row, f"{row}/{block.bus_number}")))
    return (Pin(request_id=other, session_id=session_id, bus=name),)


def tightened(season: Season, request_id: str, kind: Kind) -> Season:
    """The season in which a request cannot ride before a rule gives."""
    request = season.request[request_id]
    changes: dict[str, object] = {}
    if kind is Kind.RIDE_LIMIT:
        return with_request(season, request_id, max_ride_min=5)
    if kind is Kind.PICKUP:
        return with_school(season, request.ncessch, earliest_pickup=dt.time(11))
    if kind is Kind.RETURN:
        return with_school(season, request.ncessch, latest_return=dt.time(11, 30))
    if kind is Kind.CALENDAR:
        closed = _closed(Scope.SCHOOL, request.ncessch)
        changes = {"calendar": (*season.calendar, closed)}
    elif kind is Kind.PEOPLE:
        few = {"max_people": request.people - 1}
        sessions = (
            s.model_copy(update=few if s.event_id == request.event_id else {})
            for s in season.sessions
        )
        changes = {"sessions": tuple(sessions)}
    elif kind is Kind.BUS:
        closed_all = (_closed(Scope.BUS, b.bus_type_id) for b in season.buses)
        changes = {"calendar": (*season.calendar, *closed_all)}
    elif kind is Kind.BUDGET:
        leaid = season.school[request.ncessch].leaid
        changes = {"budgets": (Budget(payer=leaid, usd=0.0),)}
    else:
        rows = (b.model_copy(update=_BUSES[kind]) for b in season.buses)
        changes = {"buses": tuple(rows)}
        if kind is Kind.AGREEMENT:
            strict = season.policy.model_copy(update={"agreements": AgreementPolicy.REQUIRE})
            changes |= {"agreements": (), "policy": strict}
    return season.model_copy(update=changes)


_BUSES: dict[Kind, dict[str, object]] = {
    Kind.HOURS: {"free_from": dt.time(9, 30), "free_to": dt.time(12, 30)},
    Kind.AGREEMENT: {"carries": Carries.AGREEMENT},
    Kind.MIN_RIDERS: {"min_riders": 100},
}


def _closed(scope: Scope, name: str) -> CalendarEntry:
    return CalendarEntry(scope=scope, id=name, date_from=DAYS[0], date_to=DAYS[-1], closed=True)
