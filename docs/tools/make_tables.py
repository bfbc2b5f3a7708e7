"""Put the columns of every table into docs/tables.md, between its marks, from the models.

Example: python docs/tools/make_tables.py
"""

import datetime as dt
import re
from pathlib import Path

from tourpool.events.reading.columns import Column
from tourpool.events.reading.tables import TABLE
from tourpool.events.rules import Policy

PAGE = Path(__file__).parents[1] / "tables.md"
WHAT = {int: "whole number", float: "number", dt.date: "date", dt.time: "time", tuple: "ids"}


def filled(page: str) -> str:
    """The page with the text between ``<!-- columns: NAME -->`` and ``<!-- end -->`` made anew."""
    return re.sub(
        r"(<!-- columns: (\w+) -->\n).*?(<!-- end -->)",
        lambda m: m[1] + "\n".join(_columns(m[2])) + "\n" + m[3],
        page,
        flags=re.DOTALL,
    )


def _columns(name: str) -> list[str]:
    if name == "policy_keys":
        lines = [
            f"| `{key}` | {_shown(info.default)} | {info.description} |"
            for key, info in Policy.model_fields.items()
        ]
        return ["| key | default | what it decides |", "|---|---|---|", *lines]
    lines = [
        f"| {_name(column)} | {_what(column)} | {column.description} |"
        for column in TABLE[name].columns.values()
    ]
    return ["| column | holds | explanation |", "|---|---|---|", *lines]


def _name(column: Column) -> str:
    return f"**`{column.name}`**" if column.required else f"`{column.name}`"


def _what(column: Column) -> str:
    if column.digits:
        return f"{column.digits} digits"
    return "a choice" if column.choices else WHAT.get(column.of, "text")


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
