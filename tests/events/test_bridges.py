"""Weak, low and closed bridges from extracts of the National Bridge Inventory."""

from pathlib import Path

import pytest

from tourpool.events.hazards import Bridge, Hazard
from tourpool.events.problems import InputError
from tourpool.events.reading.bridge_records import FIXED
from tourpool.events.reading.bridges import read_bridges, with_bridges

HEADER = (
    "STATE_CODE_001,STRUCTURE_NUMBER_008,RECORD_TYPE_005A,ROUTE_NUMBER_005D,FEATURES_DESC_006A,"
    "FACILITY_CARRIED_007,LOCATION_009,MIN_VERT_CLR_010,LAT_016,LONG_017,OPEN_CLOSED_POSTED_041,"
    "SERVICE_ON_042A,VERT_CLR_OVER_MT_053,VERT_CLR_UND_REF_054A,VERT_CLR_UND_054B,"
    "OPR_RATING_METH_063,OPERATING_RATING_064,INV_RATING_METH_065,INVENTORY_RATING_066,"
    "POSTING_EVAL_070"
)
OPEN = {
    "001": "28",
    "008": "SA4700000000012",
    "005A": "1",
    "006A": "'BOGUE PHALIA           '",
    "007": "'CR 12             '",
    "009": "'500' E OF MAIN ST         '",
    "010": "99.99",
    "016": "33230600",  # 33 deg 23 min 6 s: 33.385
    "017": "090441200",  # 90 deg 44 min 12 s west: -90.736667
    "041": "A",
    "042A": "1",
    "053": "99.99",
    "054A": "N",
    "054B": "0",
    "063": "1",
    "064": "44.5",
    "065": "1",
    "066": "26.7",
}
PLACE = {"lat": 33.385, "lon": -90.736667}


def delimited(folder: Path, *rows: dict[str, str]) -> Path:
    """An extract of these bridges; each says how it differs from an open one."""
    items = [name.rpartition("_")[2] for name in HEADER.split(",")]
    lines = [",".join({**OPEN, **row}.get(item, "") for item in items) for row in rows]
    path = folder / "MS25.txt"
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="latin-1")
    return path


def fixed(folder: Path, *rows: dict[str, str]) -> Path:
    """The same without commas and points."""
    lines = []
    for row in rows:
        line = [" "] * 445
        for item, text in {**OPEN, **row, "001": "284"}.items():  # the third digit: a region
            if item in FIXED:
                a, b = FIXED[item]
                plain = text.strip("'").replace(".", "")
                line[a - 1 : b] = (
                    plain.rjust(b - a + 1, "0") if "." in text else plain.ljust(b - a + 1)
                )
        lines.append("".join(line))
    path = folder / "MS25.fixed.txt"
    path.write_text("\n".join(lines) + "\n", encoding="latin-1")
    return path


def only(path: Path) -> Hazard:
    inventory = read_bridges(path)
    assert not inventory.skipped
    (hazard,) = inventory.hazards
    return hazard


def test_open_bridges_are_no_hazards(tmp_path: Path) -> None:
    inventory = read_bridges(delimited(tmp_path, {}, {"008": "2"}))
    assert inventory.bridges == 2
    assert inventory.hazards == ()


@pytest.mark.parametrize("status", ["K", "G"])
def test_closed_bridges_and_those_not_open_yet_are_closed(tmp_path: Path, status: str) -> None:
    assert only(delimited(tmp_path, {"041": status})) == Hazard(
        hazard_id="NBI 28 SA4700000000012",
        name="CR 12 over BOGUE PHALIA, closed",
        bridge=Bridge.ON,
        closed=True,
        **PLACE,
    )


@pytest.mark.parametrize("status", ["P", "B"])
def test_posted_bridges_bear_their_inventory_rating(tmp_path: Path, status: str) -> None:
    # 10.9 tonnes / 0.90718474 = 12.015 short tons, rounded down
    found = only(delimited(tmp_path, {"041": status, "066": "10.9", "064": "18.1"}))
    assert found.max_tons == 12.0
    assert found.name == "CR 12 over BOGUE PHALIA, posted"
    assert not found.closed


@pytest.mark.parametrize("status", ["A", "D", "E", "R"])
def test_other_bridges_bear_what_the_law_allows(tmp_path: Path, status: str) -> None:
    assert read_bridges(delimited(tmp_path, {"041": status, "066": "3"})).hazards == ()


def test_a_rating_by_factor_is_a_share_of_the_design_load(tmp_path: Path) -> None:
    # 0.4 x 32.4 t = 12.96 t = 14.286 short tons
    assert only(delimited(tmp_path, {"041": "P", "065": "8", "066": "0.4"})).max_tons == 14.2


def test_a_factor_that_no_posted_bridge_can_have_is_taken_for_tonnes(tmp_path: Path) -> None:
    # 9 t = 9.92 short tons; as a factor it would be 321 short tons
    assert only(delimited(tmp_path, {"041": "P", "065": "8", "066": "9"})).max_tons == 9.9


def test_without_inventory_rating_the_operating_rating_counts(tmp_path: Path) -> None:
    row = {"041": "P", "066": "0", "064": "10.9"}
    assert only(delimited(tmp_path, row)).max_tons == 12.0


def test_a_posted_bridge_without_any_rating_bears_least(tmp_path: Path) -> None:
    assert only(delimited(tmp_path, {"041": "P", "066": "", "064": ""})).max_tons == 3.0


def test_a_truss_is_low_on_the_bridge_and_a_railroad_bridge_beneath(tmp_path: Path) -> None:
    # 3.2 m = 10.4987 ft on it; 3.05 m = 10.0066 ft beneath
    inventory = read_bridges(
        delimited(
            tmp_path,
            {"053": "3.2"},
            {"008": "7", "042A": "2", "041": "K", "054A": "H", "054B": "3.05"},
        )
    )
    truss, railroad = inventory.hazards
    assert (truss.bridge, truss.max_height_ft) == (Bridge.ON, 10.49)
    assert truss.name == "CR 12 over BOGUE PHALIA, low"
    assert (railroad.bridge, railroad.max_height_ft) == (Bridge.UNDER, 10.0)
    assert railroad.hazard_id == "NBI 28 7 under"
    assert not railroad.closed


def test_a_record_of_the_road_beneath_gives_its_own_clearance(tmp_path: Path) -> None:
    found = only(delimited(tmp_path, {"005A": "2", "010": "3.05", "041": "K"}))
    assert found.hazard_id == "NBI 28 SA4700000000012 under 2"
    assert (found.bridge, found.max_height_ft, found.closed) == (Bridge.UNDER, 10.0, False)


def test_clearance_over_a_railroad_or_water_is_no_matter(tmp_path: Path) -> None:
    assert read_bridges(delimited(tmp_path, {"054A": "R", "054B": "3"})).hazards == ()


def test_fixed_columns_say_the_same(tmp_path: Path) -> None:
    rows = (
        {"041": "P", "066": "10.9"},
        {"008": "2", "041": "K"},
        {"008": "3", "041": "P", "065": "8", "066": "0.40"},  # 040: shares have two decimals
        {"008": "4", "053": "03.20", "054A": "H", "054B": "03.05"},
    )
    a = read_bridges(delimited(tmp_path, *rows))
    b = read_bridges(fixed(tmp_path, *rows))
    assert b.bridges == 4
    assert len(b.hazards) == 5
    assert b == a


def test_a_foot_mark_in_a_text_moves_no_cell(tmp_path: Path) -> None:
    row = {"041": "K", "009": "'50' N OF 7TH, 1ST TURN'"}
    assert (only(delimited(tmp_path, row)).lat, only(delimited(tmp_path, row)).lon) == (
        33.385,
        -90.736667,
    )


def test_names_have_no_control_characters(tmp_path: Path) -> None:
    found = only(delimited(tmp_path, {"041": "K", "006A": "'A\x07B \x1b[2J  CREEK'"}))
    assert found.name == "CR 12 over A B [2J CREEK, closed"


@pytest.mark.parametrize(
    ("lat", "lon", "wrong"),
    [
        ("00000000", "000000000", "its position cannot be read"),
        ("", "", "its position cannot be read"),
        ("33990000", "090441200", "its position cannot be read"),  # 99 minutes
        ("43230600", "090441200", "43.385 is outside Mississippi"),
    ],
)
def test_a_weak_bridge_that_is_nowhere_is_told(
    tmp_path: Path, lat: str, lon: str, wrong: str
) -> None:
    inventory = read_bridges(delimited(tmp_path, {}, {"041": "K", "016": lat, "017": lon}))
    assert inventory.hazards == ()
    (problem,) = inventory.skipped
    assert (problem.file, problem.row) == ("MS25.txt", 3)
    assert problem.text.startswith(f"NBI 28 SA4700000000012: {wrong}")


def test_a_cut_off_line_is_told(tmp_path: Path) -> None:
    path = delimited(tmp_path, {"041": "K"}, {"008": "2", "041": "K"})
    path.write_text(path.read_text()[:-60])
    inventory = read_bridges(path)
    assert len(inventory.hazards) == 1
    assert [p.text for p in inventory.skipped] == ["is cut off; download the file again"]


@pytest.mark.parametrize("content", ["", "ncessch,lat\n1,2\n", "PK\x03\x04", " " * 99_999])
def test_another_file_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "schools.csv"
    path.write_text(content)
    with pytest.raises(InputError, match="is no extract of the National Bridge Inventory") as e:
        read_bridges(path)
    assert "\n" not in str(e.value)


def test_an_extract_with_too_few_columns_names_them(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(HEADER.replace(",POSTING_EVAL_070", "").replace(",LAT_016", "") + "\n")
    with pytest.raises(InputError, match="has no item 016"):
        read_bridges(path)


def test_who_has_seen_the_sign_goes_before_the_inventory(tmp_path: Path) -> None:
    bridges = read_bridges(delimited(tmp_path, {"041": "P"}, {"008": "2", "041": "K"})).hazards
    seen = Hazard(hazard_id="NBI 28 SA4700000000012", max_tons=20, **PLACE)
    assert with_bridges((seen,), bridges) == (seen, bridges[1])
