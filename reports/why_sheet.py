"""Requests without a seat and what would serve them, as a sheet or as CSV."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from tourpool.events.files import written
from tourpool.events.neutral import guarded
from tourpool.reports.figures import event_names
from tourpool.reports.plain import plain
from tourpool.reports.printing import Margins, set_print
from tourpool.reports.reasons import full_reason
from tourpool.reports.sheets import MONEY, Column, Value, fill_table, new_book
from tourpool.reports.why import cheapest_first
from tourpool.routing.plan import PlaceKind, Plan, PlanRequest
from tourpool.routing.questions.why import Answer, Way

COLUMNS = (
    Column("Request", 16),
    Column("School", 24),
    Column("District", 24),
    Column("Event", 20),
    Column("Students", 8.5),
    Column("Why not served", 18),
    Column("In figures", 40),
    Column("What is given up", 20),
    Column("What would serve it", 44),
    Column("More cost, US$", 12, MONEY),
    Column("At least, US$", 12, MONEY),
    Column("Least and cheapest", 11),
    Column("Moves, of others", 8.5),
    Column("Other times, of others", 8.5),
)
_US = 10_000


def write_why_sheet(
    plan: Plan, requests: Sequence[PlanRequest], answers: Sequence[Answer], path: Path
) -> None:
    """Write one row a way; a request that nothing serves has a row without."""
    if path.suffix.lower() == ".csv":
        with (
            written(path) as temporary,
            temporary.open("w", encoding="utf-8-sig", newline="") as file,
        ):
            table = csv.writer(file)
            table.writerow([c.title for c in COLUMNS])
            for row in why_rows(plan, requests, answers):
                table.writerow([guarded(v) if isinstance(v, str) else v for v in row])
        return
    book = new_book()
    sheet = book.create_sheet("Why")
    fill_table(sheet, COLUMNS, why_rows(plan, requests, answers))
    roads = "ESTIMATED times and miles" if plan.estimated else "Roads"
    set_print(sheet, len(COLUMNS), Margins(roads, plain(plan.season), f"plan {plan.plan_id}"))
    with written(path) as temporary:
        book.save(temporary)


def why_rows(
    plan: Plan, requests: Sequence[PlanRequest], answers: Sequence[Answer]
) -> Iterator[Sequence[Value]]:
    """Cells of each row, in the order of `COLUMNS`; of each request the cheapest way first."""
    for request in requests:
        asked = _asked(plan, request)
        ways = cheapest_first(a for a in answers if a.request_id == request.request_id)
        for answer, way in ways:
            yield (*asked, *_found(answer, way))
        if not ways:
            yield (*asked, "", "nothing that was tried", None, None, "", None, None)


def _asked(plan: Plan, request: PlanRequest) -> tuple[Value, ...]:
    school, reason = plan.place[PlaceKind.SCHOOL, request.ncessch], full_reason(request)
    return (
        plain(request.request_id),
        plain(school.name),
        plain(school.district),
        plain(event_names(plan).get(request.event_id, request.event_id)),
        request.counted,
        plain(reason.kind),
        plain(reason.text),
    )


def _found(answer: Answer, way: Way) -> tuple[Value, ...]:
    proven = answer.known and way.least and way.price == way.price_bound
    return (
        way.kind.value,
        plain(way.said),
        round(way.price / _US, 2),
        round(way.price_bound / _US, 2),
        "proven" if proven else "found",
        way.moved,
        way.retimed,
    )
