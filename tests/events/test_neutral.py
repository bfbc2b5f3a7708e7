"""Texts that spreadsheets must not take for formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourpool.events.neutral import guarded, is_formula_like, unguarded


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["Lee = Grant", "'Iolani School", "", "7-12"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.text(alphabet="'=+-@a \t", max_size=6))
def test_guarding_can_be_undone_and_leaves_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not is_formula_like(guarded(text))
