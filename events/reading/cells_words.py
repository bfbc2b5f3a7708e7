"""Cells that hold one of a few words: yes or no, a choice, a time zone."""

import re
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from tourpool.events.problems import ReadError
from tourpool.events.reading.cells import nearest, shown, text

Choice = TypeVar("Choice", bound=StrEnum)

YES = frozenset({"yes", "y", "true", "x", "1"})
NO = frozenset({"no", "n", "false", "0"})
_ZONES = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}


def yes_no(value: object) -> bool:
    """Read yes or no; x, true, 1 and their opposites are understood."""
    word = text(value).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ReadError(f"{shown(value)} is neither yes nor no", "write yes or no")


def choice(value: object, kind: type[Choice]) -> Choice:
    """Read one of a few words; spaces and capitals do not matter."""
    word = re.sub(r"[ -]+", "_", text(value).lower())
    words = [member.value for member in kind]
    if word in words:
        return kind(word)
    near = nearest(word, words)
    others = ", ".join(words)
    raise ReadError(
        f"{shown(value)} is not one of {others}",
        f"write {near}" if near else f"write {words[0]} or another of them",
    )


def zone(value: object) -> str:
    """Read a time zone, as America/Chicago or as people in the United States call it."""
    name = text(value)
    if name.lower() in _ZONES:
        return _ZONES[name.lower()]
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: a folder of the zone files
        raise ReadError(
            f"{shown(name)} is not a time zone",
            "write one such as America/Chicago, or leave it empty: the position tells it",
        ) from None
    return name
