"""Tags and colours of buses."""

import re
from itertools import pairwise

import pytest

from tourpool.reports.marks import COLOURS, colours, tag, tags
from tourpool.routing.plan import Plan


def test_tags_go_on_like_spreadsheet_columns() -> None:
    assert [tag(k) for k in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_no_two_of_a_thousand_buses_share_a_tag() -> None:
    assert len({tag(k) for k in range(1000)}) == 1000


@pytest.mark.parametrize("colour", COLOURS)
def test_white_letters_can_be_read_on_each_colour(colour: str) -> None:
    assert (1 + 0.05) / (_luminance(colour) + 0.05) >= 4.5  # WCAG 2.1, 1.4.3


def test_every_block_has_its_own_tag_and_the_next_one_another_colour(plan: Plan) -> None:
    assert tags(plan) == {"b1": "A", "b2": "B"}
    assert all(a != b for a, b in pairwise(colours(plan).values()))


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1."""
    parts = [int(p, 16) / 255 for p in re.findall("[0-9a-f]{2}", colour)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
