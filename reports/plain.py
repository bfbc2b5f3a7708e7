"""Texts that fit a line."""

import re

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufffe\uffff]+")


def plain(text: str) -> str:
    """The text in one line: tabs, line breaks and control characters become a space."""
    return _BREAKS.sub(" ", text).strip()


def short(text: str, letters: int) -> str:
    """At most so many letters of it; an ellipsis says that there was more."""
    return text if len(text) <= letters else f"{text[: letters - 3].rstrip()}..."
