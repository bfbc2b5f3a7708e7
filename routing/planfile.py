"""A plan as a file: JSON that reads back as an equal plan."""

import json
from pathlib import Path

from pydantic import ValidationError

from tourpool.events.problems import InputError
from tourpool.routing.plan import Plan
from tourpool.routing.plan_flaws import plan_flaws

SCHEMA = Plan.model_fields["schema_version"].default


class PlanFileError(InputError):
    """The file is not a plan that this version reads; the text says what to do."""


def read_plan(path: Path) -> Plan:
    """Read a plan that `write_plan` wrote.

    Raises
    ------
    PlanFileError
        When the file is no JSON, no plan, a plan of another schema, or changed by hand: a field
        missing, a name of something that is not there, a figure beyond any season.
    OSError
        When it cannot be opened.
    """
    try:
        content = json.loads(Path(path).read_bytes())
    except (ValueError, RecursionError) as error:
        raise PlanFileError(
            f"{path} is not a plan: {error}; name the plan.json that `tourpool plan` wrote"
        ) from error
    if not isinstance(content, dict) or "schema_version" not in content:
        raise PlanFileError(
            f"{path} is JSON but not a plan; name the plan.json that `tourpool plan` wrote"
        )
    if content["schema_version"] != SCHEMA:
        raise PlanFileError(
            f"{path} is of schema {content['schema_version']!r} and this tourpool reads "
            f"{SCHEMA!r}; plan the season again, or use the tourpool that wrote it"
        )
    try:
        plan = Plan.model_validate_json(json.dumps(content))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise _changed(path, f"{where}: {first['msg']}") from error
    for flaw in plan_flaws(plan):
        raise _changed(path, flaw)
    return plan


def _changed(path: Path, flaw: str) -> PlanFileError:
    return PlanFileError(
        f"{path} was changed since it was written, or broken: {flaw}; plan the season again"
    )


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan as JSON, the same bytes for the same plan."""
    text = plan.model_dump_json(indent=1) + "\n"
    Path(path).write_text(text, encoding="utf-8", newline="")
