"""served.xlsx: who has been served how often, by school, district and ecosystem, and the rule."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tourpool.events.files import written
from tourpool.events.rules import Policy
from tourpool.reports.plain import plain
from tourpool.reports.printing import Margins, set_print
from tourpool.reports.served import TITLES
from tourpool.reports.served_words import in_short, looked_back, rule, years
from tourpool.reports.sheets import DAY, Column, Value, fill_table, new_book
from tourpool.routing.plan import Plan
from tourpool.routing.questions.served import Level, Served, Window

_NUMBER = "#,##0"
_WITHIN = {Level.DISTRICT: "Ecosystem", Level.SCHOOL: "District"}


def write_served_book(
    found: Sequence[Served], three_years: Window, policy: Policy, plan: Plan, path: Path
) -> None:
    """Write the sheets Schools, Districts, Ecosystems and Rule."""
    book = new_book()
    book.properties.title = plain(f"Who has been served, {plan.season}")
    book.properties.creator = plain(plan.made_by)
    margins = Margins("", plain(plan.season), plain(f"plan {plan.plan_id}, version {plan.version}"))
    for level in reversed(Level):
        columns = _columns(level, three_years)
        sheet = book.create_sheet(TITLES[level])
        fill_table(sheet, columns, _rows(level, found))
        set_print(sheet, len(columns), margins)
    sheet = book.create_sheet("Rule")
    lines = (*rule(policy), *in_short(found, three_years), looked_back(three_years))
    fill_table(sheet, (Column("Whose seat counts for how much", 110),), [(s,) for s in lines])
    set_print(sheet, 1, margins)
    with written(Path(path)) as temporary:
        book.save(temporary)


def _columns(level: Level, three_years: Window) -> list[Column]:
    within = [Column(_WITHIN[level], 30)] if level in _WITHIN else []
    several = [
        Column("Schools", 9, _NUMBER),
        Column("Schools with seats before", 11, _NUMBER),
        Column("Schools with seats after", 11, _NUMBER),
    ]
    one = [Column("Had seats before", 8, _NUMBER), Column("Has seats after", 8, _NUMBER)]
    return [
        Column(level.value.capitalize(), 30),
        *within,
        *(one if level is Level.SCHOOL else several),
        Column("Times in three years", 9, _NUMBER),
        Column("Students in three years", 9, _NUMBER),
        Column("Last", 12, DAY),
        *(Column(f"Students {year}", 9, _NUMBER) for year in years(three_years)),
        Column("Asked in this plan", 9, _NUMBER),
        Column("Seats in this plan", 9, _NUMBER),
        Column("Requests with seats", 9, _NUMBER),
    ]


def _rows(level: Level, found: Sequence[Served]) -> Iterator[Sequence[Value]]:
    for r in found:
        if r.level is level:
            within = [plain(r.within)] if level in _WITHIN else []
            yield (
                plain(r.name),
                *within,
                *([] if level is Level.SCHOOL else [r.schools]),
                r.before,
                r.after,
                r.times,
                r.students,
                r.last,
                *r.by_year.values(),
                r.asked,
                r.seated,
                r.occasions,
            )
