"""The notebook runs from start to end and shows tables, a plot and the map."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

STORY = Path(__file__).parents[1] / "notebooks" / "story.ipynb"


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = [c for c in nbformat.read(STORY, as_version=4).cells if c.cell_type == "code"]
    assert all(c.outputs == [] and c.execution_count is None for c in cells)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[nbformat.NotebookNode]:
    folder = tmp_path_factory.mktemp("notebook")
    notebook = nbformat.read(STORY, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "MPLCONFIGDIR"):
            patch.setenv(name, str(folder / name))  # nothing of the user's own set-up
        NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}
        ).execute()
    return [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]


def test_the_notebook_runs_without_a_warning(outputs: list[nbformat.NotebookNode]) -> None:
    assert [o.text for o in outputs if o.get("name") == "stderr"] == []


def test_the_notebook_shows_tables_a_plot_and_the_map(
    outputs: list[nbformat.NotebookNode],
) -> None:
    shown = [o.data for o in outputs if "data" in o]
    pages = ["".join(data.get("text/html", "")) for data in shown]
    assert sum("dataframe" in page for page in pages) >= 5
    assert any("image/png" in data for data in shown)
    assert any("leaflet" in page for page in pages)
