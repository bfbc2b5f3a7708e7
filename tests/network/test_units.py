"""Speeds, lengths and weights as map makers type them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourpool.routing.network import units


@pytest.mark.parametrize(
    ("typed", "tonnes"),
    [
        ("3", 3),
        ("3.5 t", 3.5),
        ("3,5", 3.5),
        ("8 st", 7.2575),  # 8 x 0.90718474
        ("8st", 7.2575),
        ("15 tons", 13.6078),
        ("16000 lbs", 7.2575),
        ("16000", 7.2575),  # nobody posts 16,000 tonnes
        ("7500 kg", 7.5),
        ("10;8", 8),
        ("none", math.inf),
        ("unsigned", math.inf),
    ],
)
def test_weights_are_read_in_tonnes(typed: str, tonnes: float) -> None:
    assert units.tonnes(typed) == pytest.approx(tonnes, abs=1e-4)


@pytest.mark.parametrize(
    ("typed", "metres"),
    [
        ("4.3", 4.3),
        ("4.3 m", 4.3),
        ("430 cm", 4.3),
        ("13'6\"", 4.1148),  # 13.5 x 0.3048
        ("13' 6\"", 4.1148),
        ("13 ft 6 in", 4.1148),
        ("13'", 3.9624),
        ('162"', 4.1148),
        ("162 in", 4.1148),
        ("default", math.inf),
        ("below_default", math.inf),
    ],
)
def test_lengths_are_read_in_metres(typed: str, metres: float) -> None:
    assert units.metres(typed) == pytest.approx(metres)


def test_a_bare_height_that_no_road_has_in_metres_was_meant_in_feet() -> None:
    assert units.height("13.5") == pytest.approx(13.5 * 0.3048)
    assert units.height("4.1") == 4.1
    assert units.height("13.5 m") == 13.5


@pytest.mark.parametrize(
    ("typed", "mph"),
    [("45 mph", 45), ("45mph", 45), ("80", 49.7097), ("80 km/h", 49.7097), ("55 mph;45 mph", 45)],
)
def test_speeds_are_read_in_miles_an_hour(typed: str, mph: float) -> None:
    assert units.mph(typed) == pytest.approx(mph, abs=1e-4)


@pytest.mark.parametrize("typed", ["none", "signals", "variable", "walk"])
def test_words_for_no_fixed_speed_post_none(typed: str) -> None:
    assert units.mph(typed) == math.inf


@pytest.mark.parametrize("typed", ["", "3 axles", "-3", "0", "ten", "1e9", "9" * 80, "8 st;?", "٣"])
def test_what_nobody_can_read_is_none(typed: str) -> None:
    assert units.tonnes(typed) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers(typed: str) -> None:
    for read in (units.tonnes, units.metres, units.height, units.mph):
        value = read(typed)
        assert value is None or value > 0
