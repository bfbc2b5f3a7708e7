"""The benchmark of the road engine, on a state of a few thousand junctions."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import roads
from benchmarks.make_state import write_state


def test_it_measures_every_step_and_agrees_with_scipy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, few in {"STOPS": 30, "LEGS": 10, "SOURCES": 4, "TARGETS": 25}.items():
        monkeypatch.setattr(roads, name, few)
    write_state(tmp_path / "state.osm.pbf", 3000)
    result = CliRunner().invoke(roads.main, [str(tmp_path / "state.osm.pbf")])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert sum("s CPU" in line for line in lines) == 10
    assert [line.split(", ")[0] for line in lines if "with a way" in line] == ["100 pairs"]
    assert "largest difference to SciPy, us: 0" in lines
    assert "largest difference to SciPy, um: 0" in lines
