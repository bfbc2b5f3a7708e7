"""Whether the innermost loops have been compiled on this computer."""

from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any


def is_compiled(modules: Iterable[ModuleType]) -> bool:
    """Whether all that these modules compile is in numba's cache."""
    return all(_cached(f) for m in modules for f in vars(m).values() if _is_ours(f, m))


def _is_ours(f: Any, module: ModuleType) -> bool:
    return hasattr(f, "py_func") and f.py_func.__module__ == module.__name__


def _cached(f: Any) -> bool:
    """Whether numba has an index file of a function; what that is called is numba's own affair."""
    cache = getattr(getattr(f, "_cache", None), "_cache_file", None)
    path = getattr(cache, "_index_path", None)
    return path is not None and Path(path).exists()
