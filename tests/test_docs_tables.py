"""The pages for the people who type say what the tables are."""

import runpy
from pathlib import Path

import pytest

from tourpool.events.reading.tables import TABLES, Table
from tourpool.events.rules import Policy

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "tables.md").read_text(encoding="utf-8")


def test_every_table_and_column_stands_in_the_docs_as_the_models_have_it() -> None:
    filled = runpy.run_path(str(DOCS / "tools" / "make_tables.py"))["filled"]
    assert filled(PAGE) == PAGE, "run: python docs/tools/make_tables.py"


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_table_has_a_heading_that_says_whether_it_is_required(table: Table) -> None:
    name, required = table.name, table.required
    assert f"\n## {name}{' (required)' if required else ''}\n" in PAGE
    assert f"<!-- columns: {name} -->" in PAGE


@pytest.mark.parametrize("key", Policy.model_fields)
def test_every_policy_key_has_its_default_and_its_reason_in_the_glossary(key: str) -> None:
    default = getattr(Policy(), key)
    shown = f"{default:g}" if isinstance(default, float) else str(default)
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    (row,) = (line for line in glossary.splitlines() if line.startswith(f"| `{key}` |"))
    _, _, told, reason, _ = (cell.strip() for cell in row.split("|"))
    assert told == shown
    assert len(reason) > 20
