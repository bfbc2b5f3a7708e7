"""Texts that fit a line."""

import pytest

from tourpool.events.neutral import is_formula_like
from tourpool.reports.plain import plain, short


@pytest.mark.parametrize("text", ["\t=1+1", "\r=1+1", "\n=1+1", " \x00=1+1"])
def test_a_formula_cannot_hide_behind_a_tab_or_line_break(text: str) -> None:
    assert plain(text) == "=1+1"
    assert is_formula_like(plain(text))


def test_a_text_that_is_cut_says_so() -> None:
    cut = [short("Spring tours", letters) for letters in (12, 11, 10)]
    assert cut == ["Spring tours", "Spring t...", "Spring..."]
