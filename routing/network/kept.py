"""Arrays kept in the cache folder: what is not there, or damaged, is worked out again."""

import contextlib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tourpool.events.files import written

Arrays = Mapping[str, NDArray[Any]]


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read what `write_arrays` wrote; empty when there is no such file or it cannot be read."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    except (OSError, ValueError, EOFError, TypeError, zipfile.BadZipFile):
        return {}


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays, whole or not at all; where nothing can be written nothing is kept."""
    with contextlib.suppress(OSError), written(path) as new:
        np.savez(new, allow_pickle=False, **arrays)
