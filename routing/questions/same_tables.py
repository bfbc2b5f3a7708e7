"""Whether a plan was made for the tables that a season has, and what to do when it was not."""

from tourpool.events.problems import InputError
from tourpool.events.season import Season
from tourpool.events.try_policy import SettingError, with_settings
from tourpool.routing.plan import Plan


def same_tables(season: Season, plan: Plan) -> None:
    """Refuse a plan that was made for other tables.

    Raises
    ------
    InputError
        The text says what to do: set what the plan was made with, or plan again.
    """
    told = other_tables(season, plan)
    if told:
        raise InputError(told)


def other_tables(season: Season, plan: Plan) -> str:
    """What to do about a plan that was made for other tables; empty when it was not."""
    if plan.season_digest == season.digest:
        return ""
    return other_settings(season, plan) or (
        f"the plan was made for other tables than {season.name} has now; plan it again with "
        "`tourpool plan`"
    )


def other_settings(season: Season, plan: Plan) -> str:
    """What to set, where that is why tables differ, or may be; empty where it is not."""
    if plan.season_digest == season.digest:
        return ""
    forgotten = forgotten_settings(season, plan)
    if forgotten:
        return f"the plan was made with {_typed(forgotten)}; add {_typed(forgotten)} here too"
    if set(season.settings) <= set(plan.settings):
        return ""
    return (
        f"the plan was made for other tables than {season.name} has with "
        f"{_typed(season.settings)}: it was made with {_typed(plan.settings) or 'nothing set'}; "
        "give the same here, or plan it again with `tourpool plan`"
    )


def forgotten_settings(season: Season, plan: Plan) -> tuple[str, ...]:
    """What a plan was made with and the season lacks, where they differ in nothing else."""
    lacking = tuple(s for s in plan.settings if s not in season.settings)
    try:
        tried = with_settings(season, lacking)
    except SettingError:
        return ()
    return lacking if tried.digest == plan.season_digest else ()


def _typed(settings: tuple[str, ...]) -> str:
    return " ".join(f"--set {s}" for s in settings)
