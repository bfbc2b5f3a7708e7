"""Turn lists, on maps small enough to see the way."""

from tests.network.road_maps import Street, miles, road_map
from tourpool.events.places import Point
from tourpool.routing.network.engine import OsmRoads
from tourpool.routing.network.graph import WayFlag


def told(places: dict[str, Point], streets: list[Street], a: Point, b: Point) -> list[str]:
    path = OsmRoads("toy", road_map(places, streets)).path(a, b)
    assert sum(turn.metres for turn in path.turns) == path.metres
    return [turn.text for turn in path.turns]


# Main Street goes east from A over B to C; at B cross streets go north to N and south to S
CROSS = {
    "A": miles(-1, 0),
    "B": miles(0, 0),
    "C": miles(1, 0),
    "N": miles(0, 1),
    "S": miles(0, -1),
}
MAIN = [Street("ABC", "Main Street"), Street("NB", "North Street"), Street("BS", "South Street")]
WEST, EAST, NORTH, SOUTH = miles(-0.5, 0), miles(0.5, 0), miles(0, 0.5), miles(0, -0.5)


def test_a_list_says_where_to_head_where_to_turn_and_that_one_is_there() -> None:
    assert told(CROSS, MAIN, WEST, NORTH) == [
        "Head east on Main Street",
        "Turn left onto North Street",
        "Arrive",
    ]
    assert told(CROSS, MAIN, WEST, SOUTH)[1] == "Turn right onto South Street"


def test_every_line_has_its_own_miles() -> None:
    path = OsmRoads("toy", road_map(CROSS, MAIN)).path(WEST, miles(0, 0.25))
    assert [turn.metres for turn in path.turns] == [805, 402, 0]  # 0.5 miles, 0.25 miles


def test_straight_on_over_a_crossing_is_not_told() -> None:
    assert told(CROSS, MAIN, WEST, EAST) == ["Head east on Main Street", "Arrive"]


def test_a_road_that_gets_another_name_is_told() -> None:
    assert told(CROSS, MAIN, SOUTH, NORTH)[1] == "Continue onto North Street"


def test_a_number_joins_streets_of_different_names() -> None:
    numbered = [
        Street("AB", "West Main Street", "US 82"),
        Street("BC", "East Main Street", "US 82;MS 1"),
        *MAIN[1:],
    ]
    assert told(CROSS, numbered, WEST, EAST) == ["Head east on West Main Street (US 82)", "Arrive"]
    assert told(CROSS, numbered, EAST, WEST)[0] == "Head west on East Main Street (US 82/MS 1)"


def test_a_numbered_road_that_bends_at_a_crossing_is_told() -> None:
    bends = [
        Street("AB", "Main Street", "US 82"),
        Street("BN", "North Street", "US 82"),
        Street("BC", "Main Street"),
        Street("BS", "South Street"),
    ]
    assert told(CROSS, bends, WEST, NORTH)[1] == "Turn left onto North Street (US 82)"
    same_name = [Street("ABN", "Main Street"), Street("BC", "Farm Road")]
    assert told(CROSS, same_name, WEST, NORTH)[1] == "Turn left to stay on Main Street"


def test_a_bend_without_a_crossing_is_not_told() -> None:
    alone = [Street("AB", "Main Street"), Street("BN", "Main Street")]
    assert told(CROSS, alone, WEST, NORTH) == ["Head east on Main Street", "Arrive"]


def test_bends_are_told_by_how_sharp_they_are() -> None:
    fan = {
        "A": miles(0, -1),
        "B": miles(0, 0),
        "C": miles(0.1, 1),
        "D": miles(0.7, 1),
        "E": miles(1, 0),
        "F": miles(-0.2, -1),
    }
    streets = [Street("AB", "Main Street")]
    streets += [Street(f"B{c}", f"{c} Street") for c in "CDEF"]
    start = miles(0, -0.5)
    assert told(fan, streets, start, fan["C"])[1] == "Continue onto C Street"  # 6 degrees
    assert told(fan, streets, start, fan["D"])[1] == "Bear right onto D Street"  # 35
    assert told(fan, streets, start, fan["E"])[1] == "Turn right onto E Street"  # 90
    assert told(fan, streets, start, fan["F"])[1] == "Turn sharply left onto F Street"  # 169


def test_the_side_of_the_road_is_told_where_the_stop_lies_aside() -> None:
    aside = 20 / 1609.344
    assert told(CROSS, MAIN, WEST, miles(0.5, aside))[-1] == "Arrive; the stop is on the left"
    assert told(CROSS, MAIN, WEST, miles(0.5, -aside))[-1] == "Arrive; the stop is on the right"
    beyond = miles(1 + aside, 0)
    assert told(CROSS, MAIN, WEST, beyond)[-1] == "Arrive; the stop is ahead"


def test_a_short_slip_road_without_a_sign_is_left_out() -> None:
    # from Main Street over 0.05 miles (80 m) of slip road up to North Street
    slip = {**CROSS, "P": miles(-0.035, 0), "Q": miles(0, 0.035)}
    streets = [
        Street("APBC", "Main Street", mph=20),
        Street("NQB", "North Street", mph=20),
        Street("PQ", kind="tertiary_link", mph=30),
    ]
    assert told(slip, streets, WEST, NORTH) == [
        "Head east on Main Street",
        "Turn left onto North Street",
        "Arrive",
    ]


def test_a_long_road_without_a_name_is_told() -> None:
    streets = [MAIN[0], Street("NB"), Street("BS", kind="service")]
    assert told(CROSS, streets, WEST, NORTH)[1] == "Turn left onto a road without a name"
    assert told(CROSS, streets, WEST, SOUTH)[1] == "Turn right onto a driveway"


# a freeway from W to E with an exit at X to Main Street at Y, and an entrance from Z on to V
FREEWAY = {
    "W": miles(-5, 0),
    "X": miles(0, 0),
    "E": miles(5, 0),
    "Y": miles(0.5, -0.2),
    "S": miles(0.5, -2),
    "N": miles(0.5, 2),
    "U": miles(-4, -1),
    "V": miles(-4, 0),
    "T": miles(-4.5, -1),
}
RAMPS = [
    Street("WVXE", "Veterans Highway", "I 55", kind="motorway", mph=65, both=False),
    Street("XY", kind="motorway_link", both=False, exit="185", towards="Grenada, MS 8"),
    Street("NYS", "Main Street", "MS 8"),
    Street("TU", "Levee Road"),
    Street("UV", kind="motorway_link", both=False),
]


def test_exits_have_their_number_and_where_they_lead() -> None:
    assert told(FREEWAY, RAMPS, miles(-4.4, -1), miles(0.5, -1)) == [
        "Head east on Levee Road",
        "Turn left onto the ramp to I 55",
        "Merge onto I 55",
        "Take exit 185 toward Grenada, MS 8",
        "Turn right onto Main Street (MS 8)",
        "Arrive",
    ]


def test_an_exit_without_a_number_has_its_side() -> None:
    plain = [*RAMPS[:1], Street("XY", kind="motorway_link", both=False), *RAMPS[2:]]
    lines = told(FREEWAY, plain, miles(-4.4, -1), miles(0.5, -1))
    assert lines[3] == "Take the exit on the right to Main Street (MS 8)"


def test_an_exit_that_bears_the_number_of_a_freeway_is_an_exit() -> None:
    east = Street("YG", "I 20", "I 20", kind="motorway", both=False)
    numbered = [*RAMPS[:1], Street("XY", ref="I 20", kind="motorway_link", both=False), east]
    farm = {**FREEWAY, "G": miles(3, -0.2), "F": miles(4, -0.2)}
    streets = [*numbered, *RAMPS[3:], Street("GF", "Farm Road")]
    lines = told(farm, streets, miles(-4.4, -1), miles(3.5, -0.2))
    assert lines[3:5] == ["Take the exit on the right to I 20", "Continue onto Farm Road"]


def test_a_fork_of_ramps_says_which_side_to_keep() -> None:
    fork = {**FREEWAY, "P": miles(0.3, -0.1), "Q": miles(1, -0.1)}
    streets = [
        RAMPS[0],
        Street("XP", kind="motorway_link", both=False, exit="185", towards="MS 8"),
        Street("PY", kind="motorway_link", both=False, towards="Grenada"),
        Street("PQ", kind="motorway_link", both=False, towards="Airport"),
        *RAMPS[2:],
    ]
    lines = told(fork, streets, miles(-4.4, -1), miles(0.5, -1))
    assert lines[3:5] == ["Take exit 185 toward MS 8", "Keep right toward Grenada"]


def test_roundabouts_are_left_by_a_counted_exit() -> None:
    # driven counter-clockwise from the south: exits east, north and west
    r = 0.02
    ring = {
        "S": miles(0, -1),
        "E": miles(1, 0),
        "N": miles(0, 1),
        "W": miles(-1, 0),
        "s": miles(0, -r),
        "e": miles(r, 0),
        "n": miles(0, r),
        "w": miles(-r, 0),
    }
    streets = [
        Street("senws", both=False, flags=WayFlag.ROUNDABOUT),
        Street("Ss", "South Street"),
        Street("Ee", "East Street"),
        Street("Nn", "North Street"),
        Street("Ww", "West Street"),
    ]
    start = miles(0, -0.5)
    for goal, line in [
        (miles(0.5, 0), "At the roundabout take the 1st exit onto East Street"),
        (miles(0, 0.5), "At the roundabout take the 2nd exit onto North Street"),
        (miles(-0.5, 0), "At the roundabout take the 3rd exit onto West Street"),
    ]:
        assert told(ring, streets, start, goal) == ["Head north on South Street", line, "Arrive"]
