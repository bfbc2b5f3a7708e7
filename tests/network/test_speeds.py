"""Speeds by class and surface, posted ones first, capped for a school bus; the table as a file."""

from pathlib import Path

import numpy as np
import pytest

from tests.network.read_toys import direct_edges, toy_graph
from tests.network.toys import Tags
from tourpool.events.problems import TableError
from tourpool.routing.network.speeds import CLASSES, DEFAULT_MPH, MPH_MS, SpeedTable
from tourpool.routing.network.speeds_file import read_speeds, write_speeds


def mph_driven(folder: Path, tags: Tags, *, west: bool = False) -> float:
    """Miles an hour on the direct road."""
    toy = toy_graph(folder, tags)
    edge = direct_edges(toy)[-1 if west else 0]
    return float(toy.metres[edge] / toy.seconds[edge] / MPH_MS)


@pytest.mark.parametrize(
    ("tags", "mph"),
    [
        ({}, 45),  # tertiary, asphalt
        ({"highway": "residential"}, 25),
        ({"highway": "primary"}, 55),
        ({"maxspeed": "35 mph"}, 35),
        ({"maxspeed": "70 mph"}, 65),  # the cap of a bus
        ({"highway": "motorway", "oneway": "no", "maxspeed": "none"}, 65),
        ({"maxspeed": "80"}, 80 / 1.609344),
        ({"maxspeed": "signals"}, 45),
        ({"maxspeed": "fast"}, 45),
        ({"surface": "gravel"}, 35),
        ({"surface": "gravel", "maxspeed": "55 mph"}, 35),
        ({"surface": "gravel", "maxspeed": "25 mph"}, 25),
        ({"highway": "unclassified", "surface": "dirt"}, 30),
        ({"maxspeed": "55 mph", "maxspeed:bus": "45 mph"}, 45),
        ({"maxspeed": "55 mph", "maxspeed:hgv": "20 mph"}, 55),
        ({"maxspeed": "45 mph", "maxspeed:advisory": "25 mph"}, 25),
        ({"maxspeed": "40 mph;30 mph"}, 30),
    ],
    ids=str,
)
def test_a_bus_drives_as_fast_as_it_may(tmp_path: Path, tags: Tags, mph: float) -> None:
    assert mph_driven(tmp_path, tags) == pytest.approx(mph)


def test_a_speed_posted_one_way_holds_one_way(tmp_path: Path) -> None:
    tags = {"maxspeed:forward": "30 mph", "maxspeed:backward": "40 mph"}
    assert mph_driven(tmp_path, tags) == pytest.approx(30)
    assert mph_driven(tmp_path, tags, west=True) == pytest.approx(40)


def test_built_up_places_are_slower_but_not_on_freeways() -> None:
    table = SpeedTable(built_up_factor=1.2)
    n = 3
    seconds = table.seconds(
        metres=np.full(n, 1000.0),
        road_class=np.array(
            [CLASSES.index(c) for c in ("primary", "primary", "motorway")], np.int8
        ),
        unpaved=np.zeros(n, np.bool_),
        posted_mph=np.full(n, 50, np.float32),
        built_up=np.array([True, False, True]),
    )
    alone_s = 1000 / (50 * MPH_MS)
    np.testing.assert_allclose(seconds, [1.2 * alone_s, alone_s, alone_s])


def test_another_table_weighs_the_same_roads_anew(tmp_path: Path) -> None:
    toy = toy_graph(tmp_path)
    edge = direct_edges(toy)[0]
    fast = toy.with_speeds(SpeedTable({**DEFAULT_MPH, "tertiary": (60, 35)}))
    assert fast.seconds[edge] == pytest.approx(toy.seconds[edge] * 45 / 60)
    assert fast.digest != toy.digest
    assert toy.with_speeds(SpeedTable()).digest == toy.digest


def test_the_digest_of_a_table_knows_each_figure_but_not_the_name() -> None:
    default = SpeedTable()
    assert default.digest() == SpeedTable(name="mine.csv").digest()
    others = [
        SpeedTable({**DEFAULT_MPH, "road": (26, 20)}),
        SpeedTable(cap_mph=(60, 35)),
        SpeedTable(built_up_factor=1.0),
    ]
    assert len({t.digest() for t in (default, *others)}) == 4


def test_a_table_that_was_written_reads_back(tmp_path: Path) -> None:
    table = SpeedTable({**DEFAULT_MPH, "tertiary": (42.5, 31)}, cap_mph=(55, 30))
    write_speeds(table, tmp_path / "speeds.csv")
    again = read_speeds(tmp_path / "speeds.csv")
    assert again.digest() == table.digest()
    assert again.name == "speeds.csv"


def test_every_row_of_the_written_table_has_a_source(tmp_path: Path) -> None:
    write_speeds(SpeedTable(), tmp_path / "speeds.csv")
    header, *rows = (tmp_path / "speeds.csv").read_text(encoding="utf-8").splitlines()
    assert header == "road,mph_paved,mph_unpaved,source"
    assert len(rows) == len(CLASSES) + 1
    assert all(row.split(",", 3)[3] for row in rows)


def test_classes_that_a_table_leaves_out_keep_their_speed(tmp_path: Path) -> None:
    path = tmp_path / "speeds.csv"
    path.write_text("road;mph_unpaved;mph_paved\n\nany;30;50\nresidential;15;20\n")
    table = read_speeds(path, built_up_factor=1.5)
    assert table.mph["residential"] == (20, 15)
    assert table.mph["primary"] == DEFAULT_MPH["primary"]
    assert (table.cap_mph, table.built_up_factor) == ((50, 30), 1.5)


def test_every_wrong_cell_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "speeds.csv"
    path.write_text(
        "road,mph_paved,mph_unpaved\nresidental,25,20\nroad,fast,20\n"
        "service,15,\nprimary,500,35\nroad,25,20\ntrunk,55,35\ntrunk,60,35\n"
    )
    with pytest.raises(TableError) as error:
        read_speeds(path)
    assert str(error.value).splitlines() == [
        "speeds.csv:2:road: 'residental' is no class of road; did you mean residential?",
        "speeds.csv:3:mph_paved: 'fast' is not a number; write digits with a point, as in 2.5",
        "speeds.csv:4:mph_unpaved: is empty; write miles an hour, such as 35",
        "speeds.csv:5:mph_paved: 500 is no speed of a bus; write miles an hour from 2 to 85",
        "speeds.csv:6:road: road stands here a second time; keep one of the rows",
        "speeds.csv:8:road: trunk stands here a second time; keep one of the rows",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "speeds.csv: is empty"),
        ("road,mph\nprimary,50\n", "speeds.csv:1:mph_paved: is missing"),
    ],
)
def test_a_table_without_its_columns_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "speeds.csv"
    path.write_text(content)
    with pytest.raises(TableError, match=said):
        read_speeds(path)
