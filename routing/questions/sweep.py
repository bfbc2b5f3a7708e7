"""A policy tried at several values: how many are served, and at what cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial

from tourpool.events.problems import InputError
from tourpool.events.season import Season
from tourpool.events.try_policy import with_settings
from tourpool.routing.check import check_plan
from tourpool.routing.plan import Plan
from tourpool.routing.questions.many import answers
from tourpool.routing.roads import Roads
from tourpool.routing.season_plan import plan_season
from tourpool.routing.season_roads import roads_of
from tourpool.routing.solver.room import GB

MOST = 100
"""Values in one sweep."""


@dataclass(frozen=True)
class Tried:
    """The plan at one value."""

    name: str
    value: str
    plan: Plan


def sweep(
    season: Season,
    name: str,
    values: Sequence[str],
    *,
    roads: Roads | None = None,
    seconds: float | None = None,
    memory_gb: float = GB,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Tried, ...]:
    """Plan a season anew at each value of a policy, everything else as it is.

    Parameters
    ----------
    name
        What is set, as `tourpool.events.try_policy.with_settings` has it: ``policy.max_ride_min``.
    values
        As they are typed in tables; see `values_of`.
    seconds
        Time limit of each plan.
    memory_gb
        What lists of columns are kept within, for each plan.
    scheduler, workers, progress
        As in `tourpool.routing.questions.many.answers`.

    Returns
    -------
    tried
        In the order of the values. Every plan keeps every rule of its season.

    Raises
    ------
    SettingError
        When a value cannot be tried; nothing is planned then.
    """
    seasons = [with_settings(season, [f"{name}={value}"]) for value in values]
    question = partial(checked_plan, roads=roads, seconds=seconds, memory_gb=memory_gb)
    plans = answers(question, seasons, scheduler=scheduler, workers=workers, progress=progress)
    return tuple(Tried(name, value, plan) for value, plan in zip(values, plans, strict=True))


def checked_plan(
    season: Season, *, roads: Roads | None, seconds: float | None, memory_gb: float
) -> Plan:
    """Plan a season, on the roads that it names when None are given, and check the plan.

    Raises
    ------
    RuntimeError
        When the plan breaks a rule: an error of ours.
    """
    roads = roads or roads_of(season)
    plan = plan_season(season, roads=roads, seconds=seconds, memory_gb=memory_gb)
    broken = check_plan(season, roads, plan)
    if broken:
        told = "; ".join(f"{v.rule}: {v.where}: {v.text}" for v in broken[:3])
        raise RuntimeError(f"a plan with {', '.join(season.settings)} breaks rules: {told}")
    return plan


def named_values(text: str) -> tuple[str, tuple[str, ...]]:
    """Read ``policy.max_ride_min=75:120:15``: what is set, and its values.

    Raises
    ------
    InputError
        When there is no ``=``, or the values cannot be read.
    """
    name, equals, typed = text.partition("=")
    if not equals or not typed.strip():
        raise InputError(
            f"{text!r} has no values; write what is set and its values, such as "
            "policy.max_ride_min=75:120:15"
        )
    return name.strip(), values_of(typed)


def values_of(text: str) -> tuple[str, ...]:
    """Read ``75:120:15`` as 75, 90, 105, 120, and ``mark,require`` as these two.

    Raises
    ------
    InputError
        When a range does not go up in steps, or there are too many values.
    """
    parts = text.split(":")
    numbers = [_number(part) for part in parts]
    if len(parts) == 3 and None not in numbers:
        begin, end, step = (n for n in numbers if n is not None)
        if step <= 0 or end < begin:
            raise InputError(f"{text} does not go up; write FROM:TO:STEP, such as 75:120:15")
        count = int((end - begin) / step) + 1
        if count <= MOST:
            return tuple(_written(begin + k * step) for k in range(count))
    else:
        values = tuple(dict.fromkeys(v.strip() for v in text.split(",") if v.strip()))
        count = len(values)
        if 0 < count <= MOST:
            return values
    raise InputError(f"{text} are {count:,} values; write 1 to {MOST} of them")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _written(number: Decimal) -> str:
    """Without exponent and without zeros at the end."""
    return f"{number.normalize():f}"
