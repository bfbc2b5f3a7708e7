"""Values tried in place of those in the tables: ``policy.max_ride_min=100``, no file edited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tourpool.events.fleet import BusType
from tourpool.events.problems import InputError, Problem, ReadError
from tourpool.events.reading.cells import clean, nearest, shown
from tourpool.events.reading.columns import Column
from tourpool.events.reading.read_policy import COLUMNS as POLICY
from tourpool.events.reading.redraft import draft_of
from tourpool.events.reading.tables import TABLE
from tourpool.events.reading.validate import errors
from tourpool.events.season import Season

BUSES = {
    name: column
    for name, column in TABLE["buses"].columns.items()
    if name not in ("garage_id", "bus_type")
}
FORMS = "policy.max_ride_min=100, buses.usd_per_hour=30 or buses.GARAGE/TYPE.free_to=15:00"


class SettingError(InputError):
    """A value that cannot be tried; the text says what would be right."""


@dataclass(frozen=True)
class Setting:
    """One value tried, for the policy or for some rows of the table buses."""

    name: str
    typed: str
    key: str
    value: Any
    rows: frozenset[str] = frozenset()

    @property
    def in_policy(self) -> bool:
        """Whether it is a decision of the policy."""
        return not self.rows

    @property
    def text(self) -> str:
        """As it is typed."""
        return f"{self.name}={self.typed}"


def with_settings(season: Season, texts: Sequence[str]) -> Season:
    """Try values in place of those in the tables.

    Parameters
    ----------
    texts
        ``policy.KEY=VALUE``, ``buses.COLUMN=VALUE`` for all buses, ``buses.GARAGE.COLUMN=VALUE``
        or ``buses.GARAGE/TYPE.COLUMN=VALUE``; values as they are typed in the tables.

    Returns
    -------
    season
        With these values. It keeps in ``settings`` what was set, and has another digest.

    Raises
    ------
    SettingError
        With all problems, when a value cannot be read or breaks a rule of the tables.
    """
    if not texts:
        return season
    settings = _settings(season, texts)
    tried = season
    for setting in settings:
        tried = _with_policy(tried, setting) if setting.in_policy else _with_buses(tried, setting)
    tried = tried.model_copy(update={"settings": (*season.settings, *(s.text for s in settings))})
    known = set(errors(draft_of(season)))
    broken = [p for p in errors(draft_of(tried)) if p not in known]
    if broken:
        said = ", ".join(s.text for s in settings)
        raise SettingError("\n".join(f"--set {said}: {_placed(p)}" for p in broken))
    return tried


def _settings(season: Season, texts: Sequence[str]) -> list[Setting]:
    settings: list[Setting] = []
    wrong: list[str] = []
    for text in texts:
        try:
            settings.append(_read(season, text))
        except ReadError as error:
            wrong.append(f"--set {text}: {error}")
    names = [t.partition("=")[0] for t in season.settings] + [s.name for s in settings]
    wrong += [
        f"--set {name}: is set {names.count(name)} times; set it once"
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if wrong:
        raise SettingError("\n".join(wrong))
    return settings


def _read(season: Season, text: str) -> Setting:
    name, equals, typed = text.partition("=")
    name, typed = name.strip(), typed.strip()
    table, _, rest = name.partition(".")
    rows, _, key = rest.rpartition(".")
    if not equals or table not in ("policy", "buses") or (rows and table == "policy"):
        raise ReadError(f"{shown(text)} is nothing that can be set", f"write {FORMS}")
    columns = POLICY if table == "policy" else BUSES
    if key not in columns:
        near = nearest(key, columns)
        right = f"did you mean {table}.{near}?" if near else f"one of {', '.join(columns)}"
        raise ReadError(f"{shown(key)} is no key of {table}", right)
    of = frozenset[str]() if table == "policy" else _buses(season, rows)
    return Setting(name, typed, key, _value(columns[key], typed), of)


def _value(column: Column, typed: str) -> Any:
    cell = clean(typed)
    if cell is None and not column.info.is_required():
        raise ReadError("has no value", f"write one, such as {_default(column)}")
    return column.read(cell)


def _default(column: Column) -> str:
    default = column.info.default
    return "1" if default in (None, ()) else str(default)


def _buses(season: Season, rows: str) -> frozenset[str]:
    """Rows of the table, as GARAGE/TYPE: all of them, those of a garage, or one."""
    named = {b.bus_type_id for b in season.buses if rows in ("", b.garage_id, b.bus_type_id)}
    if not named:
        known = {name for b in season.buses for name in (b.garage_id, b.bus_type_id)}
        near = nearest(rows, known)
        right = f"did you mean {near}?" if near else "write GARAGE or GARAGE/TYPE as in buses"
        raise ReadError(f"no buses are called {shown(rows)}", right)
    return frozenset(named)


def _with_policy(season: Season, setting: Setting) -> Season:
    policy = season.policy.model_copy(update={setting.key: setting.value})
    return season.model_copy(update={"policy": policy})


def _with_buses(season: Season, setting: Setting) -> Season:
    buses = [_set(b, setting) if b.bus_type_id in setting.rows else b for b in season.buses]
    return season.model_copy(update={"buses": tuple(buses)})


def _set(bus: BusType, setting: Setting) -> BusType:
    """One row; numbers that nobody typed follow the count, and fewer buses are the first ones."""
    update = {setting.key: setting.value}
    if setting.key == "count":
        numbered = tuple(str(n + 1) for n in range(bus.count))
        every = tuple(str(n + 1) for n in range(setting.value))
        update["bus_numbers"] = (
            every if bus.bus_numbers == numbered else bus.bus_numbers[: setting.value]
        )
    return bus.model_copy(update=update)


def _placed(problem: Problem) -> str:
    """The problem with the name of its row: the numbers of rows are the files' affair."""
    return str(replace(problem, row=None))
