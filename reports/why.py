"""What the terminal says of requests without a seat: why, and what would give them one."""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tourpool.reports.figures import event_names
from tourpool.reports.map_places import riders
from tourpool.reports.plain import plain
from tourpool.reports.reasons import full_reason
from tourpool.reports.words import count, usd
from tourpool.routing.plan import PlaceKind, Plan, PlanRequest
from tourpool.routing.questions.relaxation import Kind
from tourpool.routing.questions.why import Answer, Way

NOTES = (
    "More cost: what the cheapest plan that brings the request beside all who ride now costs on "
    "top of the least that those cost; each such plan was made and checked.",
    "A way is the least of its kind: fewer minutes, people or dollars are not enough.",
)
MOVES_NOTE = (
    "Moves others: riders who would be in another session, on another day or on another bus than "
    "now; times: those who stay on their bus and are fetched or brought home at another time."
)
TRADED_NOTE = "Of two that are more or less at once, more of the one may do with less of the other."
OPEN_NOTE = (
    "+ Not all was searched: the time was over, or the season is large and days other than the "
    "event's stay as the plan has them. Less may be enough, or another way may be cheaper."
)


def why_told(plan: Plan, requests: Sequence[PlanRequest], answers: Sequence[Answer]) -> Group:
    """Each request with its reason and its ways; notes at the end."""
    if not requests:
        return Group(Text("Every request has a seat."))
    shown: list[RenderableType] = []
    for request in requests:
        own = [a for a in answers if a.request_id == request.request_id]
        shown += [*_request(plan, request), *_ways(own), Text("")]
    ways = [way for a in answers if a.way is not None for way in (a.way, *a.others)]
    notes = (*NOTES, MOVES_NOTE) if ways else ()
    if any(a.known and not a.way.least for a in answers if a.way is not None):
        notes = (*notes, TRADED_NOTE)
    if any(not a.known for a in answers):
        notes = (*notes, OPEN_NOTE)
    return Group(*shown, *(Text(n) for n in notes))


def price_text(way: Way) -> str:
    """``$412.30 more``; with ``at most`` where a cheaper plan may exist."""
    text = usd(abs(way.price)) + (" less" if way.price < 0 else " more")
    return text if way.price == way.price_bound else f"at most {text}"


def moved_text(way: Way) -> str:
    """How many of those who ride now are moved, and for how many more only times are others."""
    if not way.moved and not way.retimed:
        return "nobody"
    return "; ".join(
        text
        for n, text in ((way.moved, f"{way.moved:,}"), (way.retimed, f"{way.retimed:,} times"))
        if n
    )


def heading(plan: Plan, request: PlanRequest) -> str:
    """The request, its school, who rides, and where to."""
    school = plan.place[PlaceKind.SCHOOL, request.ncessch].name
    event = event_names(plan).get(request.event_id, request.event_id)
    return plain(f"{request.request_id}: {school}, {riders(request)} to {event}")


def _request(plan: Plan, request: PlanRequest) -> Iterator[RenderableType]:
    reason = full_reason(request)
    yield Text(heading(plan, request), style="bold")
    yield Padding(Text(plain(f"{_capital(reason.kind)}. {reason.text}")), (0, 0, 0, 2))


def cheapest_first(answers: Iterable[Answer]) -> list[tuple[Answer, Way]]:
    """All ways of a request, each with its answer; those of one price in the order of kinds."""
    ways = [(a, way) for a in answers if a.way is not None for way in (a.way, *a.others)]
    return sorted(ways, key=lambda found: found[1].price)


def _ways(answers: Sequence[Answer]) -> Iterator[RenderableType]:
    """A table of the ways; then kinds that are of no use, and those that are open."""
    ways = cheapest_first(answers)
    if ways:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
        table.add_column("would serve it", ratio=1)
        table.add_column("moves others", justify="right")
        table.add_column("more cost", justify="right")
        for answer, way in ways:
            mark = "" if answer.known else " +"
            table.add_row(Text(plain(_capital(way.said) + mark)), moved_text(way), price_text(way))
        yield Padding(table, (0, 0, 0, 2))
    known = all(a.known for a in answers)
    hopeless = known and not ways and any(a.kind is Kind.TWO for a in answers)
    none = [a for a in answers if a.way is None and not (hopeless and a.kind is Kind.TWO)]
    for text, kinds in (
        ("Not enough, however much of it", [a.kind.value for a in none if a.known]),
        ("Not found, but not all was searched +", [a.kind.value for a in none if not a.known]),
    ):
        if kinds:
            yield Padding(Text(f"{text}: {', '.join(kinds)}."), (0, 0, 0, 2))
    if hopeless:
        yield Padding(
            Text("No single change, and no two of these at once, serve it."), (0, 0, 0, 2)
        )


def summed(requests: Iterable[PlanRequest]) -> str:
    """How many are without a seat: ``7 requests of 85 students have no seat``."""
    found = list(requests)
    whom = count(sum(r.counted for r in found), "student")
    return f"{count(len(found), 'request')} of {whom} without a seat"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
