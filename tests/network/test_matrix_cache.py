"""Matrices kept in the cache folder."""

from pathlib import Path

import numpy as np
import pytest

from tests.network.road_maps import Street, miles, road_map
from tourpool.routing.network import engine
from tourpool.routing.network.between import Between
from tourpool.routing.network.compiled_hierarchy import Ints
from tourpool.routing.network.engine import OsmRoads
from tourpool.routing.network.snap import Snap

PLACES = {"A": miles(0, 0), "B": miles(1, 0), "C": miles(1, 1)}
POINTS = [miles(0.25, 0), miles(0.75, 0), miles(1, 0.5)]


def roads(folder: Path | None, mph: float = 30) -> OsmRoads:
    streets = [Street("AB", mph=mph), Street("BC", mph=mph)]
    return OsmRoads("toy", road_map(PLACES, streets), cache=folder)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """How many sources and targets the network is asked for, each time."""
    sizes: list[tuple[int, int]] = []
    ask = Between.matrix

    def matrix(between: Between, a: list[Snap], b: list[Snap]) -> tuple[Ints, Ints]:
        sizes.append((len(a), len(b)))
        return ask(between, a, b)

    monkeypatch.setattr(Between, "matrix", matrix)
    return sizes


def test_what_was_asked_before_is_read(tmp_path: Path, asked: list[tuple[int, int]]) -> None:
    first = roads(tmp_path).matrix(POINTS)
    asked.clear()
    again = roads(tmp_path).matrix(POINTS[::-1])
    assert asked == []
    np.testing.assert_array_equal(again.seconds, first.seconds[::-1, ::-1])
    np.testing.assert_array_equal(again.metres, first.metres[::-1, ::-1])


def test_a_new_point_costs_its_own_row_and_column(
    tmp_path: Path, asked: list[tuple[int, int]]
) -> None:
    roads(tmp_path).matrix(POINTS[:2])
    asked.clear()
    grown = roads(tmp_path).matrix(POINTS)
    assert asked == [(1, 3), (2, 1)]
    np.testing.assert_array_equal(grown.seconds, roads(None).matrix(POINTS).seconds)


def test_other_roads_have_their_own(tmp_path: Path) -> None:
    slow = roads(tmp_path).matrix(POINTS).seconds
    fast = roads(tmp_path, mph=60).matrix(POINTS).seconds
    np.testing.assert_array_equal(slow, 2 * fast)


@pytest.mark.parametrize("content", [b"", b"no such thing", b"PK\x03\x04 cut off"])
def test_a_damaged_file_is_worked_out_again(tmp_path: Path, content: bytes) -> None:
    expected = roads(tmp_path).matrix(POINTS).seconds
    for file in tmp_path.iterdir():
        file.write_bytes(content)
    np.testing.assert_array_equal(roads(tmp_path).matrix(POINTS).seconds, expected)


def test_an_order_of_another_map_is_not_believed(tmp_path: Path) -> None:
    expected = roads(tmp_path).matrix(POINTS).seconds
    (order,) = tmp_path.glob("order-*")
    np.savez(order, rank=np.zeros(3, np.int32))
    (tmp_path / next(tmp_path.glob("matrix-*")).name).unlink()
    np.testing.assert_array_equal(roads(tmp_path).matrix(POINTS).seconds, expected)


def test_too_many_points_push_out_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[tuple[int, int]]
) -> None:
    monkeypatch.setattr(engine, "MOST_POINTS", 2)
    roads(tmp_path).matrix(POINTS[:2])
    roads(tmp_path).matrix(POINTS[1:])
    asked.clear()
    roads(tmp_path).matrix(POINTS[1:])
    assert asked == []


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where a folder should be")
    m = roads(tmp_path / "file").matrix(POINTS)
    np.testing.assert_array_equal(m.seconds, roads(None).matrix(POINTS).seconds)
