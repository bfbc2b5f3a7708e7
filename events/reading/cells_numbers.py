"""Cells that hold a number or a grade."""

import datetime as dt
import math
import re

from tourpool.events.problems import ReadError
from tourpool.events.reading.cells import NUMBER, shown, text

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,(\d{1,2}|\d{4,})", re.ASCII)
_ONE_COMMA = re.compile(r"[+-]?\d+,\d{3}", re.ASCII)
_GRADE = re.compile(r"(?:grade )?(\d{1,2})(?:st|nd|rd|th)?(?: grade)?", re.ASCII)
_GRADES = re.compile(r"(pk|kg|k|\d{1,2}) ?(?:-|\u2013|to) ?(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d/\d", re.IGNORECASE)


def number(value: object) -> float:
    """Read a number; ``$2.45``, ``24.5%``, ``1,234.50`` and ``2,45`` are understood."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    typed = text(value).replace("\u2212", "-")
    bare = typed.removeprefix("US").removeprefix("$").removesuffix("%").strip()
    is_dollars = "$" in typed  # whose comma never is a decimal one
    if _THOUSANDS.fullmatch(bare) or (is_dollars and _ONE_COMMA.fullmatch(bare)):
        bare = bare.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(bare):
        bare = bare.replace(",", ".")
    elif _ONE_COMMA.fullmatch(bare):
        raise ReadError(
            f"{shown(typed)} can be read in two ways",
            f"write {bare.replace(',', '')} or {bare.replace(',', '.')}",
        )
    if not NUMBER.fullmatch(bare):
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
