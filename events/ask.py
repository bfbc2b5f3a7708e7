"""A coach's request made from what was typed, and tried on a copy of the season first."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from tourpool.events.lookup import find_event, find_school
from tourpool.events.occasions import Event
from tourpool.events.problems import InputError, TableError
from tourpool.events.reading.read import read_season
from tourpool.events.reading.sheets import SUFFIXES
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest
from tourpool.events.writing.append import add_request, next_request_id


class RequestError(InputError):
    """The request breaks a rule of the season; the text says which and what would be right."""


def seat_request(
    season: Season,
    school: str,
    event: str,
    sessions: Sequence[str] = (),
    **values: int | bool | None,
) -> SeatRequest:
    """Make a request of the next free request_id.

    Parameters
    ----------
    season
        The season it is for.
    school, event
        An id or a name.
    sessions
        Ids of the sessions it accepts, best liked first; none for all of the event.
    **values
        Fields of `SeatRequest`; None means its default, for grades those of the event.

    Raises
    ------
    NotFoundError
        When no school or event, or more than one, goes by that name.
    RequestError
        When a value is out of its range.
    """
    request_id = next_request_id(season)
    wanted = find_event(season, event)
    grades = {"grade_low": wanted.grade_low, "grade_high": wanted.grade_high}
    choices = tuple(
        Choice(request_id=request_id, session_id=session_id, rank=rank)
        for rank, session_id in enumerate(sessions, start=1)
    )
    try:
        return SeatRequest.model_validate(
            {
                "request_id": request_id,
                "ncessch": find_school(season, school).ncessch,
                "event_id": wanted.event_id,
                **grades,
                **{name: value for name, value in values.items() if value is not None},
                "choices": choices,
            }
        )
    except ValidationError as error:
        raise RequestError(
            "; ".join(f"{e['loc'][0]}: {e['msg']}, not {e['input']}" for e in error.errors())
        ) from error


def season_with(path: Path, request: SeatRequest, event: Event) -> Season:
    """Read a copy of the season to which the request was added; the season itself stays.

    Raises
    ------
    RequestError
        When a rule of the season refuses the request, or its workbook cannot take a row.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        _copy_tables(path, copy)
        try:
            add_request(copy, request, event)
            return read_season(copy)
        except TableError as error:
            text = "\n".join(f"{p.column}: {p.text}" for p in error.problems)
            raise RequestError(text) from error
        except ValueError as error:
            raise RequestError(str(error)) from error


def _copy_tables(path: Path, copy: Path) -> None:
    if path.is_file():
        shutil.copyfile(path, copy)
        return
    copy.mkdir()
    for table in path.iterdir():
        if table.suffix.lower() in SUFFIXES:
            shutil.copyfile(table, copy / table.name)
