"""A coach's request made from what was typed, tried on a copy of the season, then added."""

import datetime as dt
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from tourpool.events.lookup import find_event, find_school
from tourpool.events.occasions import Event
from tourpool.events.problems import InputError, NotAddedError, Problem, TableError
from tourpool.events.reading.read import read_season, read_season_with_warnings
from tourpool.events.reading.sheets import SUFFIXES
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest
from tourpool.events.writing.append import add_request, next_request_id
from tourpool.events.writing.lock import locked


class RequestError(InputError):
    """The request breaks a rule of the season; the text says which and what would be right."""


def seat_request(
    season: Season,
    school: str,
    event: str,
    sessions: Sequence[str] = (),
    **values: int | bool | dt.date | None,
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


def without(season: Season, request: SeatRequest, sessions: Collection[str]) -> SeatRequest | None:
    """The request, no longer accepting these sessions; None when it accepts no other."""
    if not sessions:
        return request
    choices = request.choices or tuple(
        Choice(request_id=request.request_id, session_id=s.session_id)
        for s in season.sessions
        if s.event_id == request.event_id
    )
    left = tuple(c for c in choices if c.session_id not in sessions)
    return request.model_copy(update={"choices": left}) if left else None


def asked_before(season: Season, request: SeatRequest) -> SeatRequest | None:
    """Another request of the same school for the same event, with grades that overlap."""
    for other in season.requests:
        same = (other.ncessch, other.event_id) == (request.ncessch, request.event_id)
        if same and request.grade_low <= other.grade_high and other.grade_low <= request.grade_high:
            return other
    return None


def season_with(
    path: Path, request: SeatRequest, event: Event
) -> tuple[Season, tuple[Problem, ...]]:
    """Read a copy of the season to which the request was added; the season itself stays.

    Returns
    -------
    season, warnings
        As `read_season_with_warnings` gives them.

    Raises
    ------
    RequestError
        When a rule of the season refuses the request, or its workbook cannot take a row.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.resolve().name
        _copy_tables(path, copy)
        try:
            add_request(copy, request, event)
            return read_season_with_warnings(copy)
        except TableError as error:
            text = "\n".join(f"{p.column}: {p.text}" for p in error.problems)
            raise RequestError(text) from error
        except ValueError as error:
            raise RequestError(str(error)) from error
        except OSError as error:
            if error.filename is not None and Path(error.filename).is_relative_to(folder):
                error.filename = str(path)  # people know nothing of the copy
            raise


def add(path: Path, request: SeatRequest, event: Event, *, anyway: bool = False) -> SeatRequest:
    """Number, check and add a request while nobody else does.

    Parameters
    ----------
    path
        The season: a folder or a workbook.
    request
        What is asked; its request_id is given anew, as others may have been added since.
    event
        The event it asks for.
    anyway
        Add it even when its school asks for the event already.

    Returns
    -------
    added
        The request under its final request_id.

    Raises
    ------
    NotAddedError
        When its school asks for the event already.
    RequestError, LockedError, OSError
        When it cannot be added.
    """
    with locked(path):
        season = read_season(path)
        before = asked_before(season, request)
        if before is not None and not anyway:
            raise NotAddedError(already_asked(season, before))
        request_id = next_request_id(season)
        choices = tuple(c.model_copy(update={"request_id": request_id}) for c in request.choices)
        added = request.model_copy(update={"request_id": request_id, "choices": choices})
        season_with(path, added, event)
        add_request(path, added, event)
    return added


def already_asked(season: Season, before: SeatRequest) -> str:
    """What to tell a coach whose school has asked before."""
    return (
        f"{season.school[before.ncessch].name} asks for {season.event[before.event_id].name} "
        f"already: {before.request_id}, for {before.people} people; change that row, or add another"
        " one with --anyway"
    )


def _copy_tables(path: Path, copy: Path) -> None:
    if path.is_file():
        shutil.copyfile(path, copy)
        return
    copy.mkdir()
    for table in path.iterdir():
        if table.suffix.lower() in SUFFIXES:
            shutil.copyfile(table, copy / table.name)
