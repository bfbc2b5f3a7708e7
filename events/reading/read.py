"""A season from its tables: a folder of CSV files or one Excel workbook."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tourpool.events.adjacency import symmetric
from tourpool.events.problems import Problem, TableError
from tourpool.events.reading.defaults import Records
from tourpool.events.reading.draft import Draft
from tourpool.events.reading.examples_left import changed_examples, only_examples
from tourpool.events.reading.headers import Sheet
from tourpool.events.reading.join import with_choices, with_visits
from tourpool.events.reading.read_policy import read_policy
from tourpool.events.reading.rows import Rows, read_rows
from tourpool.events.reading.sheets import read_sheets
from tourpool.events.reading.tables import TABLE, TABLES, Table
from tourpool.events.reading.validate import errors, warnings
from tourpool.events.rules import Policy
from tourpool.events.season import Season


def read_season(path: Path | str) -> Season:
    """Read a season; see `read_season_with_warnings`, which tells what to look at besides."""
    return read_season_with_warnings(path)[0]


def read_season_with_warnings(path: Path | str) -> tuple[Season, tuple[Problem, ...]]:
    """Read a season and what should be looked at in it.

    Parameters
    ----------
    path
        A folder of CSV files, one for each table, or an Excel workbook with a sheet for each.

    Raises
    ------
    TableError
        With all problems of all tables, when there is any.
    """
    path = Path(path)
    sheets, problems = read_sheets(path)
    if not sheets:
        raise TableError(problems)
    tables, problems_of_cells = _read_tables(sheets)
    policy, problems_of_policy = read_policy(tables["policy"].good)
    place = path.resolve()  # a folder may be called "spring 1.5"
    draft = _draft(place.name if place.is_dir() else place.stem, sheets, tables, policy)
    problems += [*_absent(path, sheets, problems), *problems_of_cells, *problems_of_policy]
    problems += errors(draft)
    skipped = changed_examples(sheets)
    if problems:
        raise TableError([*problems, *skipped])
    season = draft.season.model_copy(update={"ecosystems": symmetric(draft.season.ecosystems)})
    return season, (*skipped, *only_examples(path.name, sheets), *warnings(draft))


def _read_tables(sheets: Mapping[str, Sheet]) -> tuple[dict[str, Rows], list[Problem]]:
    tables: dict[str, Rows] = {}
    for table in TABLES:  # in this order, for cells that are filled from tables before
        seen = {name: _by_key(TABLE[name], rows) for name, rows in tables.items()}
        tables[table.name] = read_rows(sheets[table.name], seen) if table.name in sheets else Rows()
    return tables, [problem for rows in tables.values() for problem in rows.problems]


def _by_key(table: Table, rows: Rows) -> Records:
    if not table.key:
        return {}
    return {getattr(row.record, table.key[0]): row.record for row in rows.good}


def _draft(
    name: str, sheets: Mapping[str, Sheet], tables: Mapping[str, Rows], policy: Policy
) -> Draft:
    good = {name: rows.good for name, rows in tables.items() if name != "policy"}
    choices = good.pop("request_sessions")
    good["sessions"] = with_visits(good["sessions"], good["visits"])
    good["requests"] = with_choices(good["requests"], choices, good["sessions"])
    # a table that could not be opened at all says nothing about the ids that others mention
    opened = {name for name, sheet in sheets.items() if sheet.frame.columns.size}
    none = {table.name for table in TABLES if not table.required and table.name not in sheets}
    typed = {name: rows.typed for name, rows in tables.items() if name in opened | none}
    return Draft(name=name, typed=typed, choices=choices, policy=policy, **good)


def _absent(
    path: Path, sheets: Mapping[str, Sheet], problems: Sequence[Problem]
) -> Iterator[Problem]:
    unread = {problem.file for problem in problems if problem.row is None}
    for table in TABLES:
        sheet = sheets.get(table.name)
        if not table.required:
            continue
        if sheet is None:
            file = table.filename if path.is_dir() else f"{path.name}/{table.name}"
            text = f"this table is missing; add it; each row is {table.says}"
            yield Problem(file, None, "", text)
        elif sheet.frame.empty and table.name != "requests" and sheet.file not in unread:
            text = f"has no rows; fill it: each row is {table.says}"  # requests may come later
            yield Problem(sheet.file, None, "", text)
