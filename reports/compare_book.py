"""compare.xlsx: plans side by side as sheets of figures, kinds of schools, changes, requests."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from tourpool.events.files import written
from tourpool.reports.compare_words import Compared, compared, fate_text
from tourpool.reports.plain import plain
from tourpool.reports.printing import Margins, set_print
from tourpool.reports.sheets import DAY, MONEY, Column, Value, fill_table, new_book
from tourpool.reports.words import miles
from tourpool.routing.plan import PlaceKind, Plan
from tourpool.routing.questions.changes import changes, fates
from tourpool.routing.questions.compare import PlanFigures, parts, plan_figures

_NUMBER = "#,##0"
_PLANS: tuple[tuple[str, str, Callable[[PlanFigures], Value]], ...] = (
    ("Served", _NUMBER, lambda f: f.served),
    ("Asked", _NUMBER, lambda f: f.asked),
    ("Requests served", _NUMBER, lambda f: f.requests_served),
    ("Requests", _NUMBER, lambda f: f.requests),
    ("Schools served", _NUMBER, lambda f: f.schools_served),
    ("Schools", _NUMBER, lambda f: f.schools),
    ("Weighted served", "#,##0.00", lambda f: f.weighted / 100),
    ("At most possible", "#,##0.00", lambda f: f.weighted_bound / 100),
    ("Cost", MONEY, lambda f: f.cost / 10_000),
    ("At least possible", MONEY, lambda f: f.cost_bound / 10_000 if f.cost_bound > 0 else None),
    ("Cost of each served", MONEY, lambda f: f.cost_each / 10_000),
    ("Buses, by the day", _NUMBER, lambda f: f.buses),
    ("Miles", "#,##0.0", lambda f: miles(f.metres)),
    ("Miles with nobody on board", "#,##0.0", lambda f: miles(f.deadhead_metres)),
    ("Average ride each way, min", "0.0", lambda f: round(f.ride_min, 1)),
    ("Longest ride, min", _NUMBER, lambda f: f.longest_ride_min),
    ("Hours on board, all", "#,##0.0", lambda f: round(f.on_board_s / 3600, 1)),
    ("Runs that need an agreement", _NUMBER, lambda f: f.agreements),
)
"""A row a figure: its name, how it is written, where it comes from."""


def write_comparison_book(names: Sequence[str], plans: Sequence[Plan], path: Path) -> None:
    """Write the sheets Plans, Schools, Changes and Requests."""
    of = compared(names, plans)
    book = new_book()
    book.properties.title = plain(f"Plans side by side, {plans[0].season}")
    book.properties.creator = plain(plans[0].made_by)
    _plans(of, book.create_sheet("Plans"))
    _sheet(of, book.create_sheet("Schools"), _part_columns(of), _part_rows(plans))
    _sheet(of, book.create_sheet("Changes"), _change_columns(of), _change_rows(of))
    _sheet(of, book.create_sheet("Requests"), _request_columns(of), _request_rows(of))
    with written(Path(path)) as temporary:
        book.save(temporary)


def _sheet(
    of: Sequence[Compared],
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
) -> None:
    fill_table(sheet, columns, rows)
    told = "; ".join(f"{c.letter} {c.plan.plan_id}" for c in of)
    roads = "ESTIMATED times and miles" if any(c.plan.estimated for c in of) else "Roads"
    set_print(sheet, len(columns), Margins(roads, plain(of[0].plan.season), plain(told)))


def _plans(of: Sequence[Compared], sheet: Worksheet) -> None:
    """Plans in columns, as many as there are; first what they are, then their figures."""
    figures = [plan_figures(c.plan) for c in of]
    words: list[tuple[str, list[Value]]] = [
        ("File", [c.name for c in of]),
        ("Set in place of the tables", ["; ".join(map(plain, c.plan.settings)) for c in of]),
        ("Proven", ["yes" if f.optimal else "no" for f in figures]),
        ("Roads", [plain(c.plan.roads) for c in of]),
        ("Digest of the tables", [c.plan.season_digest[:12] for c in of]),
        ("Plan id", [plain(c.plan.plan_id) for c in of]),
    ]
    rows = [(name, *values) for name, values in words]
    rows += [(name, *(value(f) for f in figures)) for name, _, value in _PLANS]
    columns = [Column("Figure", 30), *(Column(c.letter, 22) for c in of)]
    _sheet(of, sheet, columns, rows)
    for i, (_, written_as, _) in enumerate(_PLANS, start=2 + len(words)):
        for j in range(2, len(columns) + 1):
            sheet.cell(i, j).number_format = written_as


def _part_columns(of: Sequence[Compared]) -> list[Column]:
    each = [Column(f"{c.letter} {what}", 9, _NUMBER) for c in of for what in ("served", "asked")]
    return [Column("By", 26), Column("Schools", 34), *each]


def _part_rows(plans: Sequence[Plan]) -> Iterator[Sequence[Value]]:
    for part in parts(plans):
        both = zip(part.served, part.asked, strict=True)
        yield (part.kind.value, plain(part.name), *(n for each in both for n in each))


def _change_columns(of: Sequence[Compared]) -> list[Column]:
    return [
        Column("Plan", 6),
        Column("What becomes of it", 26),
        Column("School", 28),
        Column("District", 28),
        Column("Event", 24),
        Column("Students", 9, _NUMBER),
        Column(f"In {of[0].letter}", 34),
        Column("In this plan", 34),
        Column("Request", 16),
    ]


def _change_rows(of: Sequence[Compared]) -> Iterator[Sequence[Value]]:
    for other in of[1:]:
        for c in changes(of[0].plan, other.plan):
            yield (
                other.letter,
                c.kind.value,
                plain(c.school),
                plain(c.district),
                plain(c.event),
                c.request.counted,
                fate_text(of[0].plan, c, c.was),
                fate_text(other.plan, c, c.is_now),
                plain(c.request.request_id),
            )


def _request_columns(of: Sequence[Compared]) -> list[Column]:
    each = [
        column
        for c in of
        for column in (
            Column(f"{c.letter} served on", 12, DAY),
            Column(f"{c.letter} choice", 7),
            Column(f"{c.letter} longest ride, min", 9),
        )
    ]
    return [
        Column("School", 28),
        Column("District", 28),
        Column("Event", 24),
        Column("Students", 9, _NUMBER),
        Column("Request", 16),
        *each,
    ]


def _request_rows(of: Sequence[Compared]) -> Iterator[Sequence[Value]]:
    """Every request that any of the plans knows."""
    fate = [fates(c.plan) for c in of]
    for request_id in dict.fromkeys(name for known in fate for name in known):
        plan = next(c.plan for c in of if request_id in c.plan.request)
        request = plan.request[request_id]
        school = plan.place[PlaceKind.SCHOOL, request.ncessch]
        event = {s.event_id: s.event for s in plan.sessions}
        cells: list[Value] = []
        for c, known in zip(of, fate, strict=True):
            given = known[request_id].session_id if request_id in known else None
            if given is None:
                cells += [None, None, None]
                continue
            is_ = known[request_id]
            cells += [c.plan.session[given].date, is_.rank, is_.ride_min]
        yield (
            plain(school.name),
            plain(school.district),
            plain(event.get(request.event_id, request.event_id)),
            request.counted,
            plain(request_id),
            *cells,
        )
