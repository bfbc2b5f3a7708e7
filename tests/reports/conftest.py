"""The plans made by hand, for every test of papers and maps."""

from collections.abc import Callable

import pytest

from tests.sample_day import sample_day
from tests.sample_plan import sample_plan
from tourpool.routing.plan import Plan


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Two buses on two days; 84 of 96 students served."""
    return sample_plan()


@pytest.fixture(scope="session")
def change(plan: Plan) -> Callable[..., Plan]:
    """Make the same plan with some fields changed: ``change(season="Spring")``."""
    return lambda **fields: Plan.model_validate({**plan.model_dump(), **fields})


@pytest.fixture(scope="session")
def day() -> Plan:
    """The same and a day on which two buses go to two sessions each."""
    return sample_day()
