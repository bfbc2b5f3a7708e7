"""What people type into one cell, and what Excel makes of it, turned into values.

Every function takes a cell that is not empty and either returns its value or raises `ReadError`.
"""

import datetime as dt
import difflib
import math
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from tourpool.events.problems import ReadError

Choice = TypeVar("Choice", bound=StrEnum)

EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
YES = frozenset({"yes", "y", "true", "x", "1"})
NO = frozenset({"no", "n", "false", "0"})
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,(\d{1,2}|\d{4,})", re.ASCII)
_ONE_COMMA = re.compile(r"[+-]?\d+,\d{3}", re.ASCII)
_ZONES = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
_GUARDED = re.compile(r'="(.*)"')
_DISARMED = re.compile(r"'+[=+@-]")  # an apostrophe keeps spreadsheets from computing it
_GRADE = re.compile(r"(?:grade )?(\d{1,2})(?:st|nd|rd|th)?(?: grade)?", re.ASCII)
_GRADES = re.compile(r"(pk|kg|k|\d{1,2}) ?(?:-|\u2013|to) ?(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d/\d", re.IGNORECASE)


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
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
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


def number(value: object) -> float:
    """Read a number; ``$2.45``, ``24.5%``, ``1,234.50`` and ``2,45`` are understood."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    typed = text(value).replace("\u2212", "-")
    bare = typed.removeprefix("US").removeprefix("$").removesuffix("%").strip()
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    elif _ONE_COMMA.fullmatch(bare):
        raise ReadError(
            f"{shown(typed)} can be read in two ways",
            f"write {bare.replace(',', '')} or {bare.replace(',', '.')}",
        )
    if not _NUMBER.fullmatch(bare):
        raise ReadError(f"{shown(typed)} is not a number", "write digits with a point, as in 2.5")
    if not math.isfinite(float(bare)):
        raise ReadError(f"{shown(typed)} is too large", "write a number that can be true")
    return float(bare)


def whole(value: object) -> int:
    """Read a whole number."""
    exact = number(value)
    if not exact.is_integer():
        raise ReadError(f"{shown(value)} is not a whole number", "write it without a fraction")
    return int(exact)


def yes_no(value: object) -> bool:
    """Read yes or no; x, true, 1 and their opposites are understood."""
    word = text(value).lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ReadError(f"{shown(value)} is neither yes nor no", "write yes or no")


def grade(value: object) -> int:
    """Read a grade: PK is -1, KG and K are 0, and ``9``, ``09``, ``9th``, ``Grade 9`` are 9."""
    if isinstance(value, dt.date) or (isinstance(value, str) and _MONTH.search(value)):
        raise ReadError(
            f"{shown(value)} is a date: Excel makes one of 9-12",
            "put the lowest grade in grade_low and the highest in grade_high",
        )
    word = text(value).lower()
    if span := _GRADES.fullmatch(word):
        raise ReadError(
            f"{shown(value)} is more than one grade",
            f"put {span[1].upper()} in grade_low and {span[2]} in grade_high",
        )
    if word in ("pk", "pre-k", "prek"):
        return -1
    if word in ("k", "kg"):
        return 0
    if found := _GRADE.fullmatch(word):
        return int(found[1])
    if re.fullmatch(r"-1(\.0)?|\d+\.0", word):
        return int(float(word))
    raise ReadError(f"{shown(value)} is not a grade", "write PK, KG or a number from 1 to 13")


def grade_name(grade: int) -> str:
    """Say a grade as people do: PK, K, 1 and so on."""
    return {-1: "PK", 0: "K"}.get(grade, str(grade))


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
