"""A season as if it came from its tables, for the rules that look at rows."""

from typing import Any

from tourpool.events.reading.draft import Draft
from tourpool.events.reading.rows import Row, Typed
from tourpool.events.reading.tables import TABLE
from tourpool.events.records import Record
from tourpool.events.season import Season


def draft_of(season: Season) -> Draft:
    """Rows are named by table and key, as nobody knows in which row of which file they were."""
    tables: dict[str, Any] = {
        name: [Row(_row_name(name, record), k, record) for k, record in enumerate(records)]
        for name in TABLE
        if isinstance(records := getattr(season, name, None), tuple)
    }
    visits = [v for s in season.sessions for v in s.further]
    choices = [c for r in season.requests for c in r.choices]
    tables["visits"] = [Row(_row_name("visits", v), k, v) for k, v in enumerate(visits)]
    chosen = [Row(_row_name("request_sessions", c), k, c) for k, c in enumerate(choices)]
    typed = {name: [_typed(name, row) for row in rows] for name, rows in tables.items()}
    return Draft(name=season.name, typed=typed, choices=chosen, policy=season.policy, **tables)


def _row_name(table: str, record: Record) -> str:
    key = [str(getattr(record, column)) for column in TABLE[table].key]
    return " ".join([table, "/".join(key)]) if key else table


def _typed(table: str, row: Row[Any]) -> Typed:
    """What somebody would have typed: no price of a mile beside a tariff."""
    values = {name: getattr(row.record, name) for name in TABLE[table].columns}
    if values.get("tariff_id") is not None and values.get("usd_per_mile") == 0:
        values["usd_per_mile"] = None
    return Typed(row.file, row.number, values)
