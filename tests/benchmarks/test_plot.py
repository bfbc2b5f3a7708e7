"""The picture of value and bound over time."""

import re
from pathlib import Path

import matplotlib as mpl
import pytest

from benchmarks.plot import plot
from benchmarks.solvers import Point
from benchmarks.table import Row, row_of_none

POINTS = (Point(0.1, 500.0, 0.0), Point(1.0, 110.0, 90.0), Point(3.0, 100.0, 100.0))
PEER = Row("hills", "PyVRP", "feasible", 1_000_100, seconds=3.0, feasible=True)


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What is written in an SVG of two panels, with its height above the bottom."""
    monkeypatch.setitem(mpl.rcParams, "svg.fonttype", "none")
    rows = [PEER, row_of_none("season", ["PyVRP"])]
    plot(rows, {"hills": POINTS, "season": POINTS[1:]}, tmp_path / "p.svg")
    svg = (tmp_path / "p.svg").read_text(encoding="utf-8")
    found = re.findall(r'y="([\d.]+)"[^>]*>([^<]+)</text>', svg)
    return {word: -float(y) for y, word in found[::-1]}


def test_everything_drawn_is_named_with_its_last_value(words: dict[str, float]) -> None:
    assert {"tourpool: value 100", "tourpool: bound 100", "PyVRP 100"} <= set(words)
    assert "season (PyVRP, OR-Tools, VROOM: none can state it)" in words


def test_names_of_equal_values_are_not_written_over_each_other(words: dict[str, float]) -> None:
    heights = sorted(words[w] for w in ("tourpool: value 100", "tourpool: bound 100", "PyVRP 100"))
    assert heights[1] - heights[0] > 10  # points, more than a line of text
    assert heights[2] - heights[1] > 10
