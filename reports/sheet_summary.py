"""The sheet Summary: figures, what is proven, what it would be alone, sessions, budgets."""

from collections.abc import Iterable, Sequence

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.reports.budgets import budget_figures, budget_sentences
from tourpool.reports.figures import (
    counted,
    nowhere_sentences,
    session_figures,
    twice_sentences,
)
from tourpool.reports.moves import moves_sentences
from tourpool.reports.plain import plain
from tourpool.reports.proof import alone_sentences, proof_sentences
from tourpool.reports.session_names import session_name
from tourpool.reports.sheets import COUNT, DAY, LINE_PT, MONEY, Value, bold, lines_of, put
from tourpool.reports.words import miles, tried
from tourpool.routing.plan import Plan

_WIDTHS = (30, 18, 14, 12, 12, 10, 12, 14, 16)
_ESTIMATED = (
    "ESTIMATED: times and miles come from straight-line distances, not from roads. "
    "Check them before promising them to anybody."
)
_SESSIONS = (
    ("Event", "General"),
    ("Date", DAY),
    ("Session", "General"),
    ("Served", COUNT),
    ("Of wanted", COUNT),
    ("People", COUNT),
    ("Buses", COUNT),
    ("Miles", "#,##0"),
    ("Cost", MONEY),
)
_BUDGETS = (
    ("Payer", "General"),
    ("For", "General"),
    ("Limit", MONEY),
    ("Used", MONEY),
    ("Left", MONEY),
)


def fill_summary(plan: Plan, sheet: Worksheet) -> Worksheet:
    """Write figures and sentences one below the other, then tables of sessions and budgets."""
    for letter, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    put(sheet["A1"], plain(f"Bus schedule: {plan.season}"))
    sheet["A1"].font = bold(15)
    row = 2
    if plan.estimated:
        row = _sentence(sheet, row, _ESTIMATED, heavy=True)
    for sentence in tried(plan.settings):
        row = _sentence(sheet, row, sentence, heavy=True)
    row = _figures(plan, sheet, row + 1)
    for title, sentences in (
        ("What changes", moves_sentences(plan)),
        ("How good it is", proof_sentences(plan)),
        ("Without pooling", alone_sentences(plan)),
        ("Warnings", plan.warnings),
    ):
        if sentences:
            row = _heading(sheet, row + 1, title)
            for sentence in sentences:
                row = _sentence(sheet, row, plain(sentence))
    row = _heading(sheet, row + 1, "Sessions")
    row = _table(sheet, row, _SESSIONS, _session_rows(plan), texts=3)
    for sentence in (*nowhere_sentences(plan), *twice_sentences(plan)):
        row = _sentence(sheet, row, sentence)
    if plan.budgets:
        row = _heading(sheet, row + 1, "Budgets")
        row = _table(sheet, row, _BUDGETS, _budget_rows(plan), texts=2)
        for sentence in budget_sentences(plan):
            row = _sentence(sheet, row, sentence)
    sheet.sheet_view.showGridLines = False
    return sheet


def _figures(plan: Plan, sheet: Worksheet, row: int) -> int:
    riders = f"{counted(plan)}s".capitalize()
    figures: tuple[tuple[str, Value, str], ...] = (
        (f"{riders} with a seat", plan.students_served, COUNT),
        (f"{riders} asked for", plan.students_asked, COUNT),
        ("Buses, counted by the day", len(plan.blocks), COUNT),
        ("of them to two sessions", sum(len(b.run_pairs) > 1 for b in plan.blocks), "#,##0"),
        ("Miles", miles(sum(b.metres for b in plan.blocks)), "#,##0"),
        ("Miles with nobody on board", miles(sum(b.deadhead_metres for b in plan.blocks)), "#,##0"),
        ("Cost", plan.cost / 10_000, MONEY),
        ("Ride limit, minutes", _ride_limit(plan), "General"),
        ("Roads", plain(", ".join(filter(None, (plan.roads, plan.roads_notice)))), "General"),
        ("Plan", plain(plan.plan_id), "General"),
        ("Version", plan.version, "General"),
        ("Follows plan", plain(plan.follows or "none"), "General"),
        ("Made by", plain(plan.made_by), "General"),
    )
    for title, value, number_format in figures:
        put(sheet.cell(row, 1), title)
        put(sheet.cell(row, 2), value)
        sheet.cell(row, 2).number_format = number_format
        sheet.cell(row, 2).alignment = Alignment(horizontal="left")
        row += 1
    return row


def _ride_limit(plan: Plan) -> str:
    return f"{plan.max_ride_min}, the policy's; a request may set its own"


def _heading(sheet: Worksheet, row: int, title: str) -> int:
    put(sheet.cell(row, 1), title)
    sheet.cell(row, 1).font = bold(11)
    return row + 1


def _sentence(sheet: Worksheet, row: int, text: str, *, heavy: bool = False) -> int:
    """One sentence over the width of the sheet; merged cells do not grow by themselves."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    cell = sheet.cell(row, 1)
    put(cell, text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = bold(heavy=heavy)
    sheet.row_dimensions[row].height = LINE_PT * lines_of(text, sum(_WIDTHS))
    return row + 1


def _session_rows(plan: Plan) -> list[tuple[Value, ...]]:
    return [
        (
            plain(session_name(plan, f.session)),
            f.session.date,
            plain(f.session.session_id),
            f.served,
            f.wanted,
            f.session.people,
            f.buses,
            miles(f.metres),
            f.cost / 10_000,
        )
        for f in session_figures(plan)
    ]


def _budget_rows(plan: Plan) -> list[tuple[Value, ...]]:
    return [
        (plain(b.payer), plain(b.scope), *(n / 10_000 for n in (b.usd, b.used, b.left)))
        for b in budget_figures(plan)
    ]


def _table(
    sheet: Worksheet,
    row: int,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Value]],
    *,
    texts: int,
) -> int:
    """Titles and rows; the first ``texts`` columns are aligned to the left."""
    for j, (title, _) in enumerate(columns, start=1):
        put(sheet.cell(row, j), title)
        sheet.cell(row, j).font = bold()
        sheet.cell(row, j).alignment = Alignment(horizontal="left" if j <= texts else "right")
    for values in rows:
        row += 1
        for j, ((_, number_format), value) in enumerate(zip(columns, values, strict=True), start=1):
            put(sheet.cell(row, j), value)
            sheet.cell(row, j).number_format = number_format
            sheet.cell(row, j).alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="left" if j <= texts else "right"
            )
    return row + 1
