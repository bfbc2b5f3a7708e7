"""Find a school or an event by what a person types: its id, or its name."""

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from tourpool.events.occasions import Event
from tourpool.events.places import School
from tourpool.events.problems import InputError
from tourpool.events.season import Season

Row = TypeVar("Row")


class NotFoundError(InputError):
    """Nothing, or more than one thing, goes by that name; the text says what does."""


def find_school(season: Season, text: str) -> School:
    """The school with this ncessch or name.

    Raises
    ------
    NotFoundError
        Naming the schools that were perhaps meant.
    """

    def label(s: School) -> str:
        return f"{s.ncessch} {s.name} ({season.district[s.leaid].name})"

    return _find("school", season.school, lambda s: s.name, label, text)


def find_event(season: Season, text: str) -> Event:
    """The event with this event_id or name.

    Raises
    ------
    NotFoundError
        Naming the events that were perhaps meant.
    """

    def label(e: Event) -> str:
        return f"{e.event_id} {e.name}"

    return _find("event", season.event, lambda e: e.name, label, text)


def _find(
    kind: str,
    by_id: Mapping[str, Row],
    name: Callable[[Row], str],
    label: Callable[[Row], str],
    text: str,
) -> Row:
    wanted = _plain(text)
    same = [row for row_id, row in by_id.items() if wanted in (_plain(row_id), _plain(name(row)))]
    found = same or [row for row in by_id.values() if wanted and wanted in _plain(name(row))]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(
            f"{len(found)} {kind}s go by {text!r}; give the id of the one you mean: "
            + "; ".join(map(label, found))
        )

    def likeness(row_id: str) -> float:
        return max(_alike(wanted, row_id), _alike(wanted, name(by_id[row_id])))

    nearest = sorted(by_id, key=likeness, reverse=True)[:3]
    meant = "; ".join(label(by_id[row_id]) for row_id in nearest)
    raise NotFoundError(f"no {kind} goes by {text!r}; perhaps: {meant}")


def _alike(wanted: str, text: str) -> float:
    return SequenceMatcher(None, wanted, _plain(text)).ratio()


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
