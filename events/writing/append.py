"""A coach's request added to the tables of a season; all else in them stays as it was."""

from collections.abc import Mapping
from pathlib import Path

from tourpool.events.files import Batch, written
from tourpool.events.occasions import Event
from tourpool.events.reading.examples import Value
from tourpool.events.reading.sheets import SUFFIXES
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.events.writing import xlsx_append
from tourpool.events.writing.csv_append import column_name, with_rows

Rows = list[dict[str, Value]]


def next_request_id(season: Season) -> str:
    """A request_id that no request of the season has: ``request-1``, ``request-2`` and so on."""
    taken = {r.request_id.lower() for r in season.requests}
    number = len(taken) + 1
    while f"request-{number}" in taken:
        number += 1
    return f"request-{number}"


def add_request(season_path: Path, request: SeatRequest, event: Event | None = None) -> None:
    """Add a request at the end of the table requests, and its choices to request_sessions.

    Either both tables have it afterwards, or the files are as they were.

    Parameters
    ----------
    season_path
        A folder of CSV files or an Excel workbook.
    request
        What is asked; its references must hold in that season.
    event
        The event it asks for; when given, grades that are the event's are left to the event.

    Raises
    ------
    ValueError
        When the workbook would lose something by being written anew; says what to do.
    PermissionError
        When a file is open in another program.
    """
    tables = {"requests": [_request_row(request, event)], "request_sessions": _choice_rows(request)}
    if season_path.is_dir():
        _add_to_folder(season_path, tables)
    else:
        with written(season_path) as temporary:
            xlsx_append.with_rows(season_path, temporary, tables)


def _request_row(request: SeatRequest, event: Event | None) -> dict[str, Value]:
    """Values by column; what is left out is what an empty cell or a missing column means."""
    row: dict[str, Value | None] = {
        "request_id": request.request_id,
        "ncessch": request.ncessch,
        "event_id": request.event_id,
        "grade_low": request.grade_low,
        "grade_high": request.grade_high,
        "students": request.students,
        "chaperones": request.chaperones,
        "wheelchairs": request.wheelchairs or None,
        "may_split": "yes" if request.may_split else None,
        "max_ride_min": request.max_ride_min,
        "requested_on": request.requested_on,
    }
    if event is not None and (request.grade_low, request.grade_high) == (
        event.grade_low,
        event.grade_high,
    ):
        row["grade_low"] = row["grade_high"] = None
    return {column: value for column, value in row.items() if value is not None}


def _choice_rows(request: SeatRequest) -> Rows:
    return [
        {"request_id": request.request_id, "session_id": c.session_id, "rank": c.rank}
        for c in request.choices
    ]


def _add_to_folder(folder: Path, tables: Mapping[str, Rows]) -> None:
    found = {column_name(p.stem): p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES}
    with Batch(folder) as batch:
        for table, rows in tables.items():
            if rows:
                path = found.get(table, folder / f"{table}.csv")
                content = path.read_bytes() if path.exists() else b""
                texts = [{column: str(value) for column, value in row.items()} for row in rows]
                batch.path(path.name).write_bytes(with_rows(content, texts))
