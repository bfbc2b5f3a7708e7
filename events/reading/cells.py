"""What people type into one cell, and what Excel makes of it: texts, ids and NCES numbers.

Every function that reads takes a cell that is not empty and either returns its value or raises
`ReadError`; so do those of `cells_numbers`, `cells_words` and `cells_dates`.
"""

import datetime as dt
import difflib
import math
import re
from collections.abc import Iterable

from tourpool.events.problems import ReadError

EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
_GUARDED = re.compile(r'="(.*)"')
_DISARMED = re.compile(r"'+[=+@-]")  # an apostrophe keeps spreadsheets from computing it


def clean(value: object) -> object:
    """Take away what nobody sees: spaces at the ends, BOMs, hard spaces. Empty is None."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if not isinstance(value, str):
        return value
    value = _SPACES.sub(" ", value.translate(_INVISIBLE)).strip()
    if guarded := _GUARDED.fullmatch(value):  # ="0100005" keeps a zero in a CSV file
        value = guarded[1].strip()
    if _DISARMED.match(value):
        value = value[1:]
    return value or None


def shown(value: object) -> str:
    """Show a cell in a message: texts in quotes, never longer than a line."""
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        return repr(value if len(value) <= 40 else value[:37] + "...")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[:40]


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the one of ``words`` that looks most like ``word``, None when none does."""
    lowered = {w.lower(): w for w in words}
    found = difflib.get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return lowered[found[0]] if found else None


def text(value: object) -> str:
    """Read text; whole numbers lose the ``.0`` that Excel gives them."""
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise ReadError(
            f"{value} is a date or time that Excel made of what was typed",
            "format the cell as Text and type it again",
        )
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def short_name(value: object) -> str:
    """Read an id that people chose: text without ``;`` (separates ids) or ``/`` (names parts)."""
    name = text(value)
    if re.search(r"[;/\n\r\t]", name):
        raise ReadError(
            f"{shown(name)} has a ; or / or a line break in it",
            "use letters, digits, spaces and - only",
        )
    return name


def names(value: object) -> tuple[str, ...]:
    """Read ids separated by ``;``."""
    return tuple(short_name(part.strip()) for part in text(value).split(";") if part.strip())


def digits(value: object, length: int) -> str:
    """Read an NCES number of ``length`` digits, with the leading 0 that Excel took away."""
    typed = text(value).lstrip("'")
    if re.fullmatch(r"\d+\.0+", typed):
        typed = typed.partition(".")[0]
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", typed):
        raise ReadError(
            f"{typed} has lost its last digits in Excel",
            f"format the column as Text and type all {length} digits again",
        )
    if not re.fullmatch(r"\d+", typed, re.ASCII):
        raise ReadError(f"{shown(typed)} is not a number of {length} digits", "type digits only")
    if len(typed) == length - 1:  # states 01 to 09; no state begins with 00
        return "0" + typed
    if len(typed) != length:
        raise ReadError(
            f"{typed} has {len(typed)} digits", f"an NCES number here has {length} digits"
        )
    return typed
