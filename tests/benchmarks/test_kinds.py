"""How long each kind of instance is given."""

import pytest

from benchmarks import generate
from benchmarks.kinds import KINDS, LIMITS, kind_of, seconds_for
from benchmarks.many_small import many_small
from tests.benchmarks.tiny import season, trip


def with_groups(inst: dict, n: int) -> dict:
    return inst | {"groups": n * inst["groups"][:1]}


@pytest.mark.parametrize(
    ("inst", "kind", "seconds"),
    [
        (with_groups(trip(), 45), "trips to 45 groups", 2),
        (with_groups(trip(), 46), "trips to 100 groups", 30),
        (with_groups(trip(), 158), "larger trips", 60),
        (many_small(20, 1), "trips of many small groups", 60),
        (with_groups(season(), 184), "seasons to 300 groups", 20),
        (with_groups(season(), 680), "larger seasons", 600),
    ],
    ids=lambda x: str(x) if not isinstance(x, dict) else "",
)
def test_a_kind_is_of_a_schema_and_a_size(inst: dict, kind: str, seconds: float) -> None:
    assert kind_of(inst).name == kind
    assert seconds_for(inst, LIMITS) == seconds


def test_other_limits_are_in_the_order_of_the_kinds() -> None:
    assert seconds_for(with_groups(trip(), 45), tuple(range(len(KINDS)))) == 1


def test_invented_ones_are_of_all_kinds_but_the_small_groups() -> None:
    assert {kind_of(i).name for i in generate.same_kinds()} == {k.name for k in KINDS[1:]}
