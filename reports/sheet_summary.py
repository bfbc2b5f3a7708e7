"""The sheet Summary: figures, what is proven, what it would be alone, and each session."""

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from tourpool.reports.figures import counted, nowhere_sentences, session_figures
from tourpool.reports.plain import plain
from tourpool.reports.proof import alone_sentences, proof_sentences
from tourpool.reports.sheets import COUNT, DAY, LINE_PT, MONEY, Value, bold, lines_of, put
from tourpool.reports.words import miles
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


def fill_summary(plan: Plan, sheet: Worksheet) -> Worksheet:
    """Write figures and sentences one below the other, then a table of sessions."""
    for letter, width in zip("ABCDEFGHI", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    put(sheet["A1"], plain(f"Bus schedule: {plan.season}"))
    sheet["A1"].font = bold(15)
    row = 2
    if plan.estimated:
        row = _sentence(sheet, row, _ESTIMATED, heavy=True)
    row = _figures(plan, sheet, row + 1)
    for title, sentences in (
        ("How good it is", proof_sentences(plan)),
        ("Without pooling", alone_sentences(plan)),
        ("Warnings", plan.warnings),
    ):
        if sentences:
            row = _heading(sheet, row + 1, title)
            for sentence in sentences:
                row = _sentence(sheet, row, plain(sentence))
    row = _sessions(plan, sheet, _heading(sheet, row + 1, "Sessions"))
    for sentence in nowhere_sentences(plan):
        row = _sentence(sheet, row, sentence)
    sheet.sheet_view.showGridLines = False
    return sheet


def _figures(plan: Plan, sheet: Worksheet, row: int) -> int:
    riders = f"{counted(plan)}s".capitalize()
    figures: tuple[tuple[str, Value, str], ...] = (
        (f"{riders} with a seat", plan.students_served, COUNT),
        (f"{riders} asked for", plan.students_asked, COUNT),
        ("Buses, counted by the day", len(plan.blocks), COUNT),
        ("Miles", miles(sum(b.metres for b in plan.blocks)), "#,##0"),
        ("Miles with nobody on board", miles(sum(b.deadhead_metres for b in plan.blocks)), "#,##0"),
        ("Cost", plan.cost / 10_000, MONEY),
        ("Ride limit, minutes", _ride_limit(plan), "General"),
        ("Roads", plain(plan.roads), "General"),
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


def _sessions(plan: Plan, sheet: Worksheet, row: int) -> int:
    for j, (title, _) in enumerate(_SESSIONS, start=1):
        put(sheet.cell(row, j), title)
        sheet.cell(row, j).font = bold()
        sheet.cell(row, j).alignment = Alignment(horizontal="left" if j <= 3 else "right")
    for figures in session_figures(plan):
        row += 1
        session = figures.session
        values: tuple[Value, ...] = (
            plain(session.event),
            session.date,
            plain(session.session_id),
            figures.served,
            figures.wanted,
            session.people,
            figures.buses,
            miles(figures.metres),
            figures.cost / 10_000,
        )
        for j, ((_, number_format), value) in enumerate(
            zip(_SESSIONS, values, strict=True), start=1
        ):
            put(sheet.cell(row, j), value)
            sheet.cell(row, j).number_format = number_format
            sheet.cell(row, j).alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="left" if j <= 3 else "right"
            )
    return row + 1
