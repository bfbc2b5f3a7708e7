"""A plan as a file: JSON that reads back as an equal plan."""

import json
from pathlib import Path

from pydantic import ValidationError

from tourpool.events.problems import InputError
from tourpool.routing.plan import Plan
from tourpool.routing.plan_flaws import plan_flaws

SCHEMA = Plan.model_fields["schema_version"].default
_WRITTEN = "name the plan.json that `tourpool plan` wrote"


class PlanFileError(InputError):
    """The file is not a plan that this version reads; the text says what to do."""


def read_plan(path: Path) -> Plan:
    """Read a plan that `write_plan` wrote.

    Raises
    ------
    PlanFileError
        When the file is a folder, no JSON, no plan, a plan of another schema, or changed by hand: a
        field missing, a name of something that is not there, a figure beyond any season.
    OSError
        When it cannot be opened.
    """
    path = Path(path)
    if path.is_dir():
        inside = path / "plan.json"
        raise PlanFileError(
            f"{path} is a folder; name {inside}"
            if inside.is_file()
            else f"{path} is a folder without a plan.json; {_WRITTEN}"
        )
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise PlanFileError(
            f"{path} is not a plan: it is cut short, or something else than a plan.json; {_WRITTEN}"
        ) from error
    if not isinstance(content, dict) or "schema_version" not in content:
        raise PlanFileError(f"{path} is not a plan, but some other file; {_WRITTEN}")
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
