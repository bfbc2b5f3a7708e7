"""County outlines from the shipped topology."""

from tourpool.reports.counties import Box, outlines

ADAIR = Box(37.08, -85.32, 37.12, -85.28)  # around Columbia, Kentucky


def test_only_counties_in_view_are_given() -> None:
    assert [name for _, _, name in outlines(ADAIR).names] == ["Adair"]


def test_a_name_stands_inside_its_county() -> None:
    lat, lon, _ = outlines(ADAIR).names[0]
    assert abs(lat - 37.10) < 0.05  # Census gives 37.10, -85.28 as its internal point
    assert abs(lon + 85.28) < 0.05


def test_a_border_between_states_is_drawn_apart() -> None:
    # Clinton (Kentucky) and Pickett (Tennessee) meet at about 36.62 N
    border = Box(36.61, -85.12, 36.64, -85.10)
    found = outlines(border)
    assert {name for _, _, name in found.names} >= {"Clinton", "Pickett"}
    flat = [line for line in found.states if all(36.55 < lat < 36.70 for lat, _ in line)]
    assert flat
    assert not [line for line in found.counties if line in flat]


def test_shared_borders_are_drawn_once() -> None:
    lines = outlines(Box(36.8, -85.9, 37.4, -84.9)).counties
    ends = [frozenset((line[0], line[-1])) for line in lines if line[0] != line[-1]]
    assert len(ends) == len(set(ends))


def test_every_state_and_territory_is_there() -> None:
    everything = outlines(Box(-90, -180, 90, 180))
    assert len(everything.names) == 3231


def test_boxes_that_touch_meet() -> None:
    assert Box(0, 0, 1, 1).meets(Box(1, 1, 2, 2))
    assert not Box(0, 0, 1, 1).meets(Box(1.1, 0, 2, 1))
