"""Why a request is not served, and the least of each kind that would serve it beside the others.

Who rides now keeps a seat; whom else the plan leaves out is not looked at. So a season of those who
ride and of the one request, with one rule relaxed, is planned anew: everybody rides or nobody is
told so, and the least cost of that plan is what it takes.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from tourpool.events.problems import InputError
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.check import check_plan
from tourpool.routing.over import after_days_over, sessions_over
from tourpool.routing.plan import Move, MoveKind, Plan, PlanRequest, ReasonKind
from tourpool.routing.questions.deadline import Deadline
from tourpool.routing.questions.least import Found, Search
from tourpool.routing.questions.many import answers
from tourpool.routing.questions.relaxation import AsItIs, Kind
from tourpool.routing.questions.relaxations import Family, families
from tourpool.routing.questions.replan import replan
from tourpool.routing.questions.same_tables import same_tables
from tourpool.routing.questions.tried import one, two
from tourpool.routing.roads import Roads
from tourpool.routing.season_roads import roads_of
from tourpool.routing.solver.stop import Stop

SECONDS, SECONDS_EACH = 100.0, 45.0
"""For all requests, and for each that is asked about by name."""
MOST_WAYS = 3
"""Of a kind, the cheapest ones are told."""
ELSEWHERE = (MoveKind.SESSION, MoveKind.DAY, MoveKind.BUS)
"""Who is moved so must be told before anything else."""


@dataclass(frozen=True)
class Way:
    """One way to serve a request beside all who ride now.

    Attributes
    ----------
    said
        What it takes, in words with units.
    amount
        Minutes, people, US$; 1 where there is no more or less.
    least
        Whether less of it is proven not to be enough. Of two that are both more or less it is not
        said: less of the one may do with more of the other.
    price, price_bound
        1e-4 US$ more than those who ride now cost at the least, and what no plan with so much of it
        costs less than; below 0 where it saves.
    moved, retimed
        Riders who have a seat now and would ride in another session or on another bus, and those
        who would on the same bus at other times: if the plan is published, they must be told.
    season, plan
        Those who ride and the request, with the rule relaxed and no money beyond the least; and its
        plan, which keeps every rule of that season, and of all that cost so little changes least.
    """

    kind: Kind
    said: str
    amount: int
    least: bool
    price: int
    price_bound: int
    moved: int
    retimed: int
    season: Season
    plan: Plan


@dataclass(frozen=True)
class Answer:
    """What was found of one kind: the cheapest of the least ways; None when there is none.

    Attributes
    ----------
    others
        Further ways of as little, dearer.
    known
        Whether the answer holds for every plan, not only for those that were looked at in time.
    """

    request_id: str
    kind: Kind
    way: Way | None
    others: tuple[Way, ...]
    known: bool


@dataclass(frozen=True)
class Question:
    """One kind of relaxation for one request."""

    request_id: str
    kind: Kind


def why(
    season: Season,
    plan: Plan,
    request_ids: Sequence[str] = (),
    *,
    roads: Roads | None = None,
    seconds: float = SECONDS,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Answer]:
    """Find what would serve requests that a plan leaves out.

    Parameters
    ----------
    request_ids
        Those asked about; all that are not served when empty.
    roads
        Road engine the plan was made on; estimated roads when None.
    seconds
        Time for all; what is open then is said to be so.
    scheduler, workers, progress
        As of `tourpool.routing.questions.many.answers`.

    Returns
    -------
    answers
        By request, kinds in the order of `Kind`; those of which there is nothing to relax are out.
        A request that fits as it is, beside a plan that is not proven, has that answer alone.

    Raises
    ------
    InputError
        When the plan was made for other tables, or serves one of the requests, or knows it not.
    """
    stop = Deadline(seconds)
    roads = roads or roads_of(season)
    asked = unserved(season, plan, request_ids)
    over = sessions_over(season, plan.over_before)
    season = after_days_over(season, plan, plan.over_before)
    proven = plan.proof.weighted_bound == plan.proof.weighted_served
    asked = [r for r in asked if r.reason is None or r.reason.kind is not ReasonKind.OVER]
    ask = partial(_answer, season, plan, roads, stop)

    def told(questions: Iterable[Question]) -> list[Answer]:
        if stop.now:
            return [_open(q) for q in questions]
        return answers(ask, questions, scheduler=scheduler, workers=workers, progress=progress)

    fits = [] if proven else told(Question(r.request_id, Kind.NOTHING) for r in asked)
    given = [a for a in fits if a.way is not None or not a.known]
    left = _without_way(asked, given)  # for who fits as it is nothing need be given up
    kinds = {r.request_id: families(season, season.request[r.request_id], over) for r in left}
    given += told(
        Question(r, kind) for r, of in kinds.items() for kind in dict.fromkeys(f.kind for f in of)
    )
    given += told(Question(r.request_id, Kind.TWO) for r in _without_way(left, given))
    order = [r.request_id for r in asked]
    return sorted(given, key=lambda a: order.index(a.request_id))


def _without_way(asked: Iterable[PlanRequest], given: Iterable[Answer]) -> list[PlanRequest]:
    helped = {a.request_id for a in given if a.way is not None}
    return [r for r in asked if r.request_id not in helped]


def unserved(season: Season, plan: Plan, request_ids: Sequence[str] = ()) -> list[PlanRequest]:
    """Requests that a plan of this season leaves out: all, or those named.

    Raises
    ------
    InputError
        When the plan was made for other tables, or serves one of them, or knows it not.
    """
    same_tables(season, plan)
    for request_id in request_ids:
        if request_id not in plan.request:
            raise InputError(f"{request_id!r} is no request of {season.name}; name a request_id")
        session_id = plan.request[request_id].session_id
        if session_id is not None:
            raise InputError(f"{request_id} is served: it rides to session {session_id}")
    named = [plan.request[r] for r in request_ids]
    return named or [r for r in plan.requests if r.session_id is None]


def _open(asked: Question) -> Answer:
    """What is said when the time is over."""
    return Answer(asked.request_id, asked.kind, None, (), known=False)


def _answer(season: Season, plan: Plan, roads: Roads, stop: Stop, asked: Question) -> Answer:
    """Try all members of one kind."""
    if stop.now:
        return _open(asked)
    request = season.request[asked.request_id]
    search = Search(season, plan, asked.request_id, roads, stop)
    over = sessions_over(season, plan.over_before)
    if asked.kind is Kind.TWO:
        found, known = two(search, over)
    else:
        found, known = [], True
        for family in _families(season, request, asked.kind, over):
            some, all_there_is = one(search, family)
            found += some
            known &= all_there_is
    least = _least(found, alike=asked.kind is not Kind.TWO)
    ways = [way for f in least if (way := _way(search, f)) is not None]
    return Answer(
        request_id=asked.request_id,
        kind=asked.kind,
        way=ways[0] if ways else None,
        others=tuple(ways[1:]),
        known=known and len(ways) == len(least),
    )


def _families(
    season: Season, request: SeatRequest, kind: Kind, over: Collection[str]
) -> list[Family]:
    if kind is Kind.NOTHING:
        return [Family(kind, (AsItIs(),))]
    return [f for f in families(season, request, over) if f.kind is kind]


def _least(found: Sequence[Found], *, alike: bool) -> list[Found]:
    """Those of the least amount, cheapest first; amounts that are not ``alike`` do not count."""
    by = sorted(found, key=lambda f: (f.amount if alike else 0, f.price))
    return [f for f in by if not alike or f.amount == by[0].amount][:MOST_WAYS]


def _thrifty(season: Season) -> Season:
    """The season with nothing to spend beyond the least: hours told are then had at the price."""
    policy = season.policy.model_copy(update={"cost_slack_pct": 0.0})
    return season.model_copy(update={"policy": policy})


def _way(search: Search, found: Found) -> Way | None:
    """The cheapest plan of what was found, made anew and checked; None if time was too short."""
    if search.stop.now:
        return None
    season = _thrifty(search.relaxed(found.relaxation, found.amount))
    plan = replan(season, search.plan, roads=search.roads, seconds=search.stop.left_s)
    if any(r.session_id is None for r in plan.requests):
        return None
    violations = check_plan(season, search.roads, plan)
    if violations:
        raise RuntimeError(f"{search.request_id}: {found.relaxation}: {violations[:3]}")
    return Way(
        kind=found.relaxation.kind,
        said=found.relaxation.said(search.season, found.amount, plan),
        amount=found.amount,
        least=found.least,
        price=found.price,
        price_bound=found.price_bound,
        moved=sum(m.riders for m in plan.moves if m.kind in ELSEWHERE),
        retimed=sum(m.riders for m in plan.moves if m.kind not in ELSEWHERE and _has_new_times(m)),
        season=season,
        plan=plan,
    )


def _has_new_times(move: Move) -> bool:
    """Whether who had a seat and has one is fetched or back at another time."""
    was, now = move.before, move.now
    if was is None or now is None:
        return False
    return (was.pick_up_s, was.back_s) != (now.pick_up_s, now.back_s)
