"""Compressed files that would fill the memory: a small file that holds a way without end."""

import bz2
import gzip
from pathlib import Path
from typing import Final

FREE_BYTES: Final = 200_000_000
MOST_TIMES: Final = 60
"""Maps in XML shrink to a tenth or a twentieth."""

CHUNK_BYTES: Final = 1 << 20


def too_large_unpacked(path: Path) -> bool:
    """Whether a ``.bz2`` or ``.gz`` file unpacks to what no map of its size would.

    Raises
    ------
    OSError, EOFError
        When it is damaged.
    """
    opener = {".bz2": bz2.BZ2File, ".gz": gzip.GzipFile}.get(path.suffix.lower())
    if opener is None:
        return False
    most = max(FREE_BYTES, MOST_TIMES * path.stat().st_size)
    size = 0
    with opener(path, "rb") as file:
        while size <= most and (chunk := file.read(CHUNK_BYTES)):
            size += len(chunk)
    return size > most
