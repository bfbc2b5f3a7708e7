"""The plan made by hand, for every test of papers and maps."""

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from tourpool.routing.plan import Plan

SAMPLE = runpy.run_path(str(Path(__file__).parents[1] / "sample_plan.py"))


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Two buses on two days; 84 of 96 students served."""
    return SAMPLE["sample_plan"]()


@pytest.fixture(scope="session")
def change(plan: Plan) -> Callable[..., Plan]:
    """Make the same plan with some fields changed: ``change(season="Spring")``."""
    return lambda **fields: Plan.model_validate({**plan.model_dump(), **fields})
