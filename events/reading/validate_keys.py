"""Ids: each names one row, and each that is mentioned names a row."""

from collections.abc import Iterator
from typing import Any

from tourpool.events.problems import Problem
from tourpool.events.reading.cells import nearest, shown
from tourpool.events.reading.draft import Draft, Rule
from tourpool.events.reading.rows import Typed
from tourpool.events.reading.states import NO_STATE, STATES
from tourpool.events.reading.tables import TABLES
from tourpool.events.rules import Scope

SCOPES = {
    Scope.DISTRICT: "districts",
    Scope.SCHOOL: "schools",
    Scope.VENUE: "venues",
    Scope.GARAGE: "garages",
}


APART = {  # how two rows of one key differ, by table, where they have no name of their own
    "tariffs": "write the miles after which this tier counts, or take one of the rows out",
    "budgets": "write another scope, or take one of the rows out: the amounts are not added",
    "pins": "take one of the rows out: a request rides in one session",
}
MENDED = {  # what else may be meant, by table and column
    ("request_sessions", "session_id"): "if it was cancelled, delete these rows: a request whose "
    "last row goes accepts all sessions of its event",
}

GONE = {  # what is mostly meant where a row of a table is missing that was there
    "schools": "if the school was taken out, take this row out too",
    "requests": "if the request was taken out, take this row out too",
}


def one_row_for_a_name(draft: Draft) -> Iterator[Problem]:
    """The key of a table is not typed twice."""
    for table in TABLES:
        first: dict[tuple[Any, ...], int] = {}
        for row in draft.typed.get(table.name, []):
            key = tuple(row.values.get(column) for column in table.key)
            if not key or None in key:
                continue
            if key in first:
                name = " / ".join(f"{k:g}" if isinstance(k, float) else str(k) for k in key)
                right = APART.get(table.name, "give it another name, or take one of the rows out")
                yield row.problem(
                    table.key[-1], f"{name} stands in row {first[key]} already", right
                )
            first.setdefault(key, row.number)


def named_rows_exist(draft: Draft) -> Iterator[Problem]:
    """An id that a row mentions stands in its table."""
    for table in TABLES:
        for column, other in table.refers.items():
            for row in draft.typed.get(table.name, []):
                also = MENDED.get((table.name, column)) or GONE.get(other)
                yield from _missing(draft, row, column, row.values.get(column), other, also)


def calendar_names_exist(draft: Draft) -> Iterator[Problem]:
    """The id of a calendar entry stands in the table of its scope; buses have a rule of theirs."""
    for row in draft.typed.get("calendar", []):
        if (scope := row.values.get("scope")) in SCOPES:
            yield from _missing(draft, row, "id", row.values.get("id"), SCOPES[scope])


def numbers_begin_with_a_state(draft: Draft) -> Iterator[Problem]:
    """The first two digits of an NCES number are the code of a state."""
    for table, column in (("districts", "leaid"), ("schools", "ncessch")):
        for row in draft.typed.get(table, []):
            number = row.values.get(column)
            if number and number[:2] not in STATES and number[:2] not in NO_STATE:
                yield row.problem(
                    column,
                    f"{number} begins with {number[:2]}, which is no state",
                    "copy the number from the NCES directory",
                )


def _missing(
    draft: Draft, row: Typed, column: str, value: object, other: str, also: str | None = None
) -> Iterator[Problem]:
    known = draft.named.get(other)
    if known is None:
        return  # another problem says that the table is missing, empty or without ids
    for name in value if isinstance(value, tuple) else (value,):
        if name is not None and name not in known:
            near = nearest(str(name), known)
            right = f"did you mean {near}?" if near else "add it there, or name one that is"
            if also:
                right += f" {also[0].upper()}{also[1:]}" if near else f"; {also}"
            yield row.problem(column, f"{shown(name)} is not in {other}", right)


RULES: tuple[Rule, ...] = (
    one_row_for_a_name,
    named_rows_exist,
    calendar_names_exist,
    numbers_begin_with_a_state,
)
