"""The table of keys and values that becomes a Policy."""

from collections.abc import Sequence
from typing import Any

from tourpool.events.problems import Problem, ReadError
from tourpool.events.reading.cells import nearest, shown
from tourpool.events.reading.columns import Column
from tourpool.events.reading.rows import Row
from tourpool.events.reading.tables import PolicyLine
from tourpool.events.rules import Policy

COLUMNS = {name: Column(name, info, filled=False) for name, info in Policy.model_fields.items()}


def read_policy(rows: Sequence[Row[PolicyLine]]) -> tuple[Policy, list[Problem]]:
    """Read the decisions of a season; one that cannot be read keeps its default."""
    values: dict[str, Any] = {}
    problems = []
    for row in rows:
        key = row.record.key.lower().replace(" ", "_")
        if key not in COLUMNS:
            near = nearest(key, COLUMNS)
            right = f"did you mean {near}?" if near else f"the keys are {', '.join(COLUMNS)}"
            problems.append(row.problem("key", f"{shown(row.record.key)} is no key", right))
            continue
        try:
            values[key] = COLUMNS[key].read(row.record.value)
        except ReadError as e:
            problems.append(Problem(row.file, row.number, "value", str(e)))
    return Policy.model_validate(values), problems
