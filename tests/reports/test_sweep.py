"""A sweep on the terminal, as a page and as CSV."""

import csv
import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from tests.sample_plan import CELL_NAME, SCRIPT_NAME
from tourpool.reports.sweep import sweep_told, write_sweep_csv
from tourpool.reports.sweep_page import sweep_page
from tourpool.reports.sweep_words import plan_files
from tourpool.routing.plan import Plan
from tourpool.routing.questions.sweep import Tried


@pytest.fixture(scope="module")
def tried(plan: Plan) -> tuple[Tried, ...]:
    """At 80 the tour is left out with its bus, at 90 not."""
    requests = [
        r.model_copy(update={"session_id": None, "rank": None}) if r.event_id == "tour" else r
        for r in plan.requests
    ]
    fewer = plan.model_copy(update={"requests": tuple(requests), "blocks": plan.blocks[1:]})
    name = "policy.max_ride_min"
    return tuple(
        Tried(name, value, p.model_copy(update={"settings": (f"{name}={value}",)}))
        for value, p in (("80", fewer), ("90", plan))
    )


def test_the_terminal_shows_a_row_a_value_and_who_gains(tried: tuple[Tried, ...]) -> None:
    written = io.StringIO()
    Console(width=80, file=written).print(sweep_told(tried))
    text = written.getvalue()
    assert re.search(r"80 │ *44 of 96 │ *168 │ *174 │ *\$399 │ *\$808 │ *1 │ *80 min", text)
    told = " ".join(text.split())
    assert "From 80 to 90 gain a seat: " in told
    assert f"{CELL_NAME} to Two campuses in a day, 15 students" in told
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_page_draws_what_its_table_says(tried: tuple[Tried, ...]) -> None:
    page = sweep_page(tried)
    assert 'aria-label="students with a seat. 80: 44, 90: 84"' in page
    assert 'aria-label="cost. 80: $399, 90: $811"' in page
    assert page.count("<polyline") == 4
    bound = page.split('aria-label="cost.')[1].split("</svg>")[0]
    assert bound.count('class="bound"') == 1  # at 80 its bound is above, at 90 it is below


def test_a_table_too_wide_for_the_window_scrolls_by_keyboard(tried: tuple[Tried, ...]) -> None:
    table = sweep_page(tried).split('<div class="wide" ')[1].split("<thead>")[0]
    assert table.startswith('role="region" tabindex="0" aria-label="Table of what each value')
    assert "<caption>What each value of policy.max_ride_min comes to</caption>" in table


def test_names_stay_text_in_the_page(tried: tuple[Tried, ...]) -> None:
    page = sweep_page(tried)
    assert SCRIPT_NAME not in page
    assert "&lt;script&gt;alert" in page
    assert "<script" not in page
    assert not re.search(r"""(src|href)=|url\(|@import""", page)


def test_words_stand_one_by_one_along_the_axis(tried: tuple[Tried, ...]) -> None:
    words = [Tried(t.name, w, t.plan) for t, w in zip(tried, ("mark", "require"), strict=True)]
    chart = sweep_page(words).split("<svg")[1]
    assert re.findall(r'text-anchor="middle">([a-z]+)</text>', chart) == ["mark", "require"]


def test_the_sheet_has_a_row_a_value(tried: tuple[Tried, ...], tmp_path: Path) -> None:
    odd = [Tried(tried[0].name, "=1+1", tried[0].plan), tried[1]]
    write_sweep_csv(odd, tmp_path / "sweep.csv")
    with (tmp_path / "sweep.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["value"], r["served"], r["usd_cost"]) for r in rows] == [
        ("'=1+1", "44", "398.76"),
        ("90", "84", "811.1056"),
    ]


def test_every_plan_has_a_file_of_its_own(tried: tuple[Tried, ...]) -> None:
    values = ["90", "13:00", "13/00", "../up"]
    files = plan_files([Tried("x", v, tried[0].plan) for v in values])
    assert list(files) == [
        "plan-90.json",
        "plan-13-00.json",
        "plan-13-00-3.json",
        "plan-..-up.json",
    ]
