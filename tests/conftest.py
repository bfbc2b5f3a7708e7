"""What several tests share: a tiny season to change at will."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

TINY = Path(__file__).parent / "tiny"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the tiny season."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns("*.md")))


@pytest.fixture(autouse=True)
def python_handles_ctrl_c() -> Iterator[None]:
    """As on a terminal; whoever starts the tests may have told them to ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
