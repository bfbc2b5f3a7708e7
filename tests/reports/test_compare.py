"""Plans side by side: on the terminal, as a page, as sheets."""

import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from tests.broken_pins import following, seat
from tests.kept import kept_plan, sealed
from tests.sample_plan import CELL_NAME, SCRIPT_NAME
from tourpool.reports.compare import comparison
from tourpool.reports.compare_book import write_comparison_book
from tourpool.reports.compare_page import comparison_page
from tourpool.reports.compare_words import (
    FigureRow,
    compared,
    difference,
    figure_rows,
    whole,
)
from tourpool.reports.words import usd
from tourpool.routing.plan import Plan, Reason, ReasonKind
from tourpool.routing.questions.compare import plan_figures


@pytest.fixture(scope="module")
def fewer(plan: Plan) -> Plan:
    """Without the two schools of the tour, its bus and its cost."""
    requests = [
        r.model_copy(update={"session_id": None, "rank": None}) if r.event_id == "tour" else r
        for r in plan.requests
    ]
    return plan.model_copy(
        update={
            "requests": tuple(requests),
            "blocks": plan.blocks[1:],
            "settings": ("policy.max_ride_min=85",),
        }
    )


def shown(*plans: Plan) -> str:
    written = io.StringIO()
    Console(width=80, file=written).print(
        comparison([f"{k}.json" for k in range(len(plans))], plans)
    )
    return written.getvalue()


def test_the_terminal_shows_plans_in_columns_and_who_loses_by_name(plan: Plan, fewer: Plan) -> None:
    text = shown(plan, fewer)
    assert re.search(r"students with a seat *│ *84 of 96 │ *44 of 96", text)
    assert re.search(r"cost *│ *\$811.11 │ *\$398.76", text)
    assert re.search(r"remote rural *│ *84 of 96 │ *44 of 96", text)
    assert "B  1.json: Lake <spring>, policy.max_ride_min=85; best so far" in text
    assert "Lose their seats in B: 2 requests, 40 students." in text
    assert f"{CELL_NAME}, Two campuses in a day, 15 students: Mar 9" in " ".join(text.split())
    assert max(len(line) for line in text.splitlines()) <= 80


def test_more_plans_than_fit_go_on_in_a_table_below_with_the_first_one(
    plan: Plan, fewer: Plan
) -> None:
    text = shown(plan, *[fewer] * 5)
    heads = [line.split("┃") for line in text.splitlines() if line.startswith("in all")]
    assert [[cell.strip() for cell in head[1:]] for head in heads] == [
        ["A", "B", "C", "D"],
        ["A", "E", "F"],
    ]


def test_a_difference_is_said_in_a_sentence(plan: Plan, fewer: Plan) -> None:
    a, b = compared(["a", "b"], [plan, fewer])
    not_proven = "(A and B not proven: more time may change this)"
    assert difference(a, b, "student") == (
        f"B seats 40 fewer students than A for $412.35 less {not_proven}."
    )
    assert difference(b, a, "student") == (
        f"A seats 40 more students than B for $412.35 more, $10.31 for each student more "
        f"{not_proven.replace('A and B', 'B and A')}."
    )
    assert difference(a, a, "student").startswith("A seats as many students as A for the same")


def test_a_figure_differs_by_a_signed_number_or_by_nothing() -> None:
    row = FigureRow("buses", (5, 7, 5), ("5", "7", "5"), whole)
    assert [row.more(k) for k in range(3)] == ["", "+2", ""]


def test_every_difference_is_that_of_the_figures_as_they_are_shown(plan: Plan) -> None:
    """$811.1044 is shown as $811.10 and $811.1056 as $811.11: apart by a cent, not by nothing."""
    (block, *others) = plan.blocks
    less = plan.model_copy(
        update={"blocks": (block.model_copy(update={"cost": block.cost - 12}), *others)}
    )
    a, b = compared(["a", "b"], [less, plan])
    assert (usd(less.cost), usd(plan.cost)) == ("$811.10", "$811.11")
    assert difference(a, b, "student").startswith("B seats as many students as A for $0.01 more")
    rows = {r.name: r for r in figure_rows([less, plan], [plan_figures(p) for p in (less, plan)])}
    assert rows["cost"].more(1) == "+$0.01"
    for row in rows.values():
        shown_as = [float(re.sub(r"[^0-9.]", "", text.split(" of ")[0])) for text in row.texts]
        assert shown_as == [
            pytest.approx(v / (100 if "$" in row.texts[0] else 1)) for v in row.values
        ]


def test_plans_of_which_nobody_has_another_seat_say_what_was_compared(plan: Plan) -> None:
    told = (
        "Nobody gains or loses a seat, gets another session, or rides over 10 min longer or less "
        "in B."
    )
    assert told in " ".join(shown(plan, plan).split())
    assert told in comparison_page(["a.json", "b.json"], [plan, plan])


def test_of_a_plan_that_follows_the_first_it_says_how_many_ride_as_before(plan: Plan) -> None:
    published = kept_plan()
    again = sealed(following(seat(published)))
    again = again.model_copy(update={"follows": published.plan_id})
    told = (
        "B follows A: 20 students ride as A says. What moves for others, buses and clocks too, is "
        "in the sheet Changes of the schedule of B."
    )
    assert told in " ".join(shown(published, again).split())
    assert told in comparison_page(["a.json", "b.json"], [published, again])
    assert "follows" not in shown(published, published)
    still = again.model_copy(update={"moves": ()})
    assert "B follows A, and nothing moves: 40 students ride as A says." in shown(published, still)


def test_who_needs_a_wheelchair_place_is_not_told(plan: Plan, fewer: Plan, tmp_path: Path) -> None:
    reason = Reason(kind=ReasonKind.NO_WHEELCHAIR, text="no bus with 1 wheelchair place is free")
    requests = tuple(
        r if r.session_id else r.model_copy(update={"reason": reason}) for r in fewer.requests
    )
    lost = fewer.model_copy(update={"requests": requests})
    write_comparison_book(["a.json", "b.json"], [plan, lost], tmp_path / "compare.xlsx")
    book = load_workbook(tmp_path / "compare.xlsx")
    cells = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
    for text in (shown(plan, lost), comparison_page(["a.json", "b.json"], [plan, lost]), cells):
        assert "wheelchair" not in text.lower()
        assert "no seat (no bus that fits its needs)" in " ".join(text.split())


def test_plans_from_different_tables_or_roads_say_so(plan: Plan) -> None:
    def told(**changes: object) -> tuple[str, str]:
        other = plan.model_copy(update=changes)
        text = " ".join(shown(plan, other).split())
        return text, comparison_page(["a.json", "b.json"], [plan, other])

    tables, roads = "A and B were made from different tables.", "A and B were made on different "
    for text in told():
        assert tables not in text
        assert roads not in text
    for text in told(season_digest="x"):
        assert tables in text
        assert roads not in text
    for text in told(season_digest="x", settings=("policy.max_ride_min=85",)):
        assert tables not in text  # what was set may be all that differs, and is told
    for text in told(roads_digest="x", roads="mississippi", estimated=False):
        assert tables not in text
        assert f"{roads}roads (estimated, mississippi)." in text
        assert "Times and miles of A are estimated from straight-line distances" in text


def test_plans_on_estimated_roads_say_so_everywhere(plan: Plan) -> None:
    told = "Times and miles are estimated from straight-line distances, not from roads."
    assert told in " ".join(shown(plan, plan).split())
    assert told in comparison_page(["a.json", "b.json"], [plan, plan])
    exact = plan.model_copy(update={"estimated": False, "roads": "mississippi"})
    assert "stimated" not in shown(exact, exact)
    assert "Estimated." not in comparison_page(["a.json", "b.json"], [exact, exact])


def test_names_stay_text_in_the_page_and_nothing_is_loaded_from_elsewhere(
    plan: Plan, fewer: Plan
) -> None:
    page = comparison_page(["<b>.json", "b.json"], [plan, fewer])
    assert SCRIPT_NAME not in page
    assert "&lt;script&gt;alert(&#39;school&#39;)" in page
    assert "<b>.json" not in page
    assert "<script" not in page
    assert not re.search(r"""(src|href)=|url\(|@import""", page)
    assert "default-src &#39;none&#39;" in page


def test_tables_too_wide_for_the_window_scroll_by_keyboard(plan: Plan, fewer: Plan) -> None:
    page = comparison_page(["a.json", "b.json", "c.json"], [plan, fewer, fewer])
    wide = re.findall(r'<div class="wide"([^>]*)>', page)
    assert len(wide) == page.count("<table>") == 5  # two that lose seats among them
    assert all(w.startswith(' role="region" tabindex="0" aria-label') for w in wide)
    headings = re.findall(r'aria-labelledby="([^"]*)"', page)
    assert headings == re.findall(r'<h3 id="([^"]*)"', page) == ["B-loses", "C-loses"]


def test_bars_are_as_long_as_their_figures(plan: Plan, fewer: Plan) -> None:
    page = comparison_page(["a.json", "b.json"], [plan, fewer])
    row = page.split("students with a seat</th>")[1].split("</tr>")[0]
    assert re.findall(r'class="part" width="([\d.]+)"', row) == ["100.00", "52.38"]  # 44 of 84


def test_sheets_hold_numbers_and_names_stay_text(plan: Plan, fewer: Plan, tmp_path: Path) -> None:
    path = tmp_path / "compare.xlsx"
    write_comparison_book(["a.json", "b.json"], [plan, fewer], path)
    book = load_workbook(path)
    assert book.sheetnames == ["Plans", "Schools", "Changes", "Requests"]
    figures = {row[0]: row[1:] for row in book["Plans"].iter_rows(min_row=2, values_only=True)}
    assert figures["Served"] == (84, 44)
    assert figures["Cost"] == (811.1056, 398.76)
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert [
        c for c in cells if c.value == CELL_NAME and (c.data_type, c.quotePrefix) != ("s", True)
    ] == []
    assert CELL_NAME in [c.value for c in cells]
    served = {row[4]: row[5:] for row in book["Requests"].iter_rows(min_row=2, values_only=True)}
    assert served["r3"][0] == served["r3"][3]
    assert served["r1"][3:] == (None, None, None)
