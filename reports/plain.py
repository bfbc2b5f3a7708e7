"""Texts that spreadsheets must not take for formulas, and that fit a line.

A cell that begins with one of ``= + - @`` can run a command when a file is opened (CWE-1236).
"""

import re

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
_FORMULA = re.compile(r"[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")


def plain(text: str) -> str:
    """The text in one line: tabs, line breaks and control characters become a space."""
    return _BREAKS.sub(" ", text).strip()


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet could take it for a formula."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """For CSV: an apostrophe before what looks like a formula, so that it stays text.

    A text that reads like a guarded one gets one more, so `unguarded` is the inverse.
    """
    return f"'{text}" if is_formula_like(text) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
