"""The large season in our own tables: in order, and the same each time."""

from pathlib import Path

import pytest

from benchmarks.season_tables import make
from benchmarks.shared import FOLDER
from tourpool.events.reading.read import read_season

DATA = FOLDER.parent / "data"


@pytest.mark.skipif(not (DATA / "ms_schools.csv").exists(), reason="the data are not at hand")
def test_a_season_of_real_schools_is_in_order_and_made_again_alike(tmp_path: Path) -> None:
    tables = make(DATA, schools=20, events=4, days=5, seed=1)
    tables.write(tmp_path / "season")
    season = read_season(tmp_path / "season")
    assert (len(season.schools), len(season.events)) == (20, 4)
    assert season.policy.run_pairs_per_day == 1
    assert make(DATA, schools=20, events=4, days=5, seed=1).rows == tables.rows


@pytest.mark.skipif(not (DATA / "ms_schools.csv").exists(), reason="the data are not at hand")
def test_the_largest_has_as_many_sessions_as_the_one_of_the_shared_folder() -> None:
    rows = make(DATA, schools=184, events=40, days=20, seed=1).rows
    assert (len(rows["schools"]), len(rows["sessions"])) == (184, 69)
