"""Texts that spreadsheets must not take for formulas.

A cell that begins with one of ``= + - @`` can run a command when a file is opened (CWE-1236); some
programs pass over a tab or a carriage return before it.
"""

import re

_FORMULA = re.compile(r"[=+@\t\r-]")
_GUARDED = re.compile(r"'+[=+@\t\r-]")


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
