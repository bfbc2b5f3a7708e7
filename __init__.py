"""Pools students of remote schools into shared buses."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tourpool.events.reading.read import read_season
    from tourpool.routing.season_plan import plan_season

__all__ = ["__version__", "plan_season", "read_season"]

__version__ = "0.1.0"

# Imported on first use: pandas and the solvers take a second that `tourpool --help` need not.
_HOME = {
    "plan_season": "tourpool.routing.season_plan",
    "read_season": "tourpool.events.reading.read",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
