"""The page of the map: loads nothing, takes no name at its word, says all in words as well."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.sample_day import same_stop
from tourpool.reports.assets import TILE_HOSTS
from tourpool.reports.map import map_html, write_map
from tourpool.routing.plan import Plan


@dataclass
class Page(HTMLParser):
    """Elements, texts and scripts of a page."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    data: str = ""
    text: str = ""
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; a script without a type is one that runs."""
        self.elements.append((tag, dict(attrs)))
        self.inside = tag
        if tag == "script" and "type" not in dict(attrs):
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Keep scripts, the page's data and its texts apart."""
        if self.inside == "script":
            if "type" in self.elements[-1][1]:
                self.data += data
            else:
                self.scripts[-1] += data
        elif self.inside != "style":
            self.text += data + " "

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every element of that kind."""
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def html(plan: Plan) -> str:
    return map_html(plan)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    assert not page.all("link")
    assert not page.all("iframe")
    loads = [
        (tag, name)
        for tag, attrs in page.elements
        for name in attrs
        if name in {"src", "srcset", "data", "poster"} or (name == "href" and tag != "a")
    ]
    assert loads == []


def test_styles_name_no_file_and_no_address(html: str) -> None:
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    assert "@import" not in style[1]
    assert [u for u in re.findall(r"url\(([^)]*)", style[1]) if not u.startswith("data:")] == []


def test_scripts_know_no_address_but_tiles_and_links(page: Page) -> None:
    own = page.scripts[1:]  # the first one is Leaflet
    addresses = {a for s in own for a in re.findall(r"https?://[\w.]+", s)}
    links = {
        "https://leafletjs.com",
        "https://www.usgs.gov",
        "https://www.openstreetmap.org",
    }
    assert addresses <= links | set(TILE_HOSTS)
    assert "sourceMappingURL" not in page.scripts[0]


def test_street_tiles_are_a_choice_and_not_shown_at_first(page: Page) -> None:
    drawing = page.scripts[2]
    layers = re.findall(r"var (tile_layer_\d+) =", drawing)
    assert len(layers) == 2
    assert not [name for name in layers if f"{name}.addTo(" in drawing]
    assert "OpenStreetMap (when" in drawing


def test_the_policy_allows_these_scripts_and_no_other(page: Page) -> None:
    metas = {m.get("http-equiv"): m.get("content") for m in page.all("meta")}
    policy = metas["Content-Security-Policy"]
    assert policy is not None
    assert "default-src 'none'" in policy
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    hashes = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in page.scripts}
    assert hashes == allowed
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_no_name_becomes_an_element_or_a_script(html: str, page: Page) -> None:
    assert "<script>alert" not in html
    assert len(page.scripts) == 4
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]


def test_no_name_ends_a_string_of_a_script_or_is_evaluated_in_it(page: Page) -> None:
    drawing = page.scripts[2]
    assert "${" not in drawing  # would be run in a template string
    assert "Ridge &#96;&#36;&#123;alert(1)}&#96;" in drawing
    assert not [s for s in re.findall(r"`([^`]*)`", drawing) if "\\" in s]


def test_no_name_is_a_template(page: Page) -> None:
    drawing = page.scripts[2]
    assert "&#123;&#123; 7*7 }}" in drawing
    assert " 49 " not in drawing  # folium renders its script a second time


def test_names_are_shown_as_they_are(page: Page) -> None:
    assert "Knob <script>alert('school')</script> High" in page.text
    assert "Ridge `${alert(1)}` {{ 7*7 }} \\u003c </script> High" in page.text
    assert "=cmd|' /C calc'!A0 High" in page.text
    assert "Shared buses: Lake <spring>" in page.text


def test_there_is_a_layer_for_each_bus_with_tag_and_colour(page: Page) -> None:
    data = json.loads(page.data)
    drawing = page.scripts[2]
    assert [(pair["bus"], pair["session"]) for pair in data["pairs"]] == [(0, 0), (1, 1)]
    for pair, tag, colour in zip(data["pairs"], ("A", "B"), ("#0060a8", "#b3400a"), strict=True):
        assert f"var {pair['layer']} = L.featureGroup(" in drawing
        assert f'"color": "{colour}"' in drawing
        assert f"background:{colour}" in drawing
        assert f"\\u003e{tag}\\u003c/span" in drawing


def test_ways_there_home_and_empty_differ_in_more_than_colour(page: Page) -> None:
    dashes = re.findall(r'"dashArray": ("[^"]*"|null)', page.scripts[2])
    assert {'"1 6"', '"9 7"', "null"} <= set(dashes)


def test_every_place_has_a_marker_that_knows_its_sessions(page: Page) -> None:
    data = json.loads(page.data)
    assert [(p["seen"], p["left"]) for p in data["places"]] == [
        ([0], []),
        ([0], []),
        ([1], []),
        ([0], [0]),  # not served; it accepts the tour
        ([0], []),
        ([0], []),
        ([1], []),
        ([0, 1], []),
    ]


def test_a_popup_says_what_boards_when_in_local_time(page: Page) -> None:
    drawing = page.scripts[2].replace("&#39;", "'")
    assert (
        "boards 7:54 AM to 7:59 AM CST: 25 students, 3 chaperones; 30 min on board" in drawing
    )  # 29:52 begun
    assert "arrives 11:35 AM EST with 40 students, 5 chaperones\\u003c" in drawing.replace(
        "</", "\\u003c"
    )


def test_a_popup_says_why_a_school_is_not_served(page: Page) -> None:
    assert "12 students: <b>beyond every ride limit.</b> The shortest ride" in page.scripts[2]


def test_the_switch_offers_all_and_each_session(page: Page) -> None:
    shown = [o["data-sessions"].split() for o in page.all("option") if o["data-sessions"]]
    assert shown == [["0", "1"], ["0"], ["1"]]


def test_tables_say_the_same_in_words(page: Page) -> None:
    words = " ".join(page.text.split())
    assert "Stops of bus A, local times" in words
    assert "Stops of bus B, CDT" in words
    assert (
        "On the way there Adair bus lot 7:00 AM CST 0 "
        "=cmd|' /C calc'!A0 High 7:30 AM CST 7:34 AM CST +17 17 "
        "Knob <script>alert('school')</script> High 7:54 AM CST 7:59 AM CST +28 45 "
        "Lindsey College 8:24 AM CST \N{MINUS SIGN}45 0" in words
    )
    assert "Needs an agreement: Adair County carries Taylor & Green." in words
    assert "Beyond every ride limit. The shortest ride to Lindsey College takes 104 min" in words
    assert "Lindsey College: Use the bus loop, not the front door" in words


def test_figures_and_proof_are_shown(page: Page) -> None:
    words = " ".join(page.text.split())
    for expected in ("84 of 96", "252", "$811.11", "$1,322.00", "At most 6.00 more", "Estimated."):
        assert expected in words


def test_tables_and_page_can_be_followed_without_seeing_them(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("caption")) == len(page.all("table")) == 3
    assert all(th.get("scope") for th in page.all("th"))
    viewport = next(m for m in page.all("meta") if m.get("name") == "viewport")
    assert viewport["content"] == "width=device-width, initial-scale=1"  # zooming is allowed


def test_markers_have_names_for_those_who_do_not_see_them(page: Page) -> None:
    names = [place["name"] for place in json.loads(page.data)["places"]]
    assert names[0] == "Knob <script>alert('school')</script> High"
    assert "Lindsey College" in names
    assert 'setAttribute("aria-label", place.name)' in page.scripts[3]


def test_the_same_plan_gives_the_same_page(plan: Plan, html: str) -> None:
    assert map_html(plan) == html


def test_only_counties_in_view_are_in_the_file(html: str, page: Page) -> None:
    names = {name for _, _, name in json.loads(page.data)["counties"]}
    assert "Adair" in names
    assert "Cook" not in names
    assert len(html) < 400_000


def test_roads_that_are_real_are_not_called_estimated(change: Callable[..., Plan]) -> None:
    html = map_html(change(estimated=False, roads="ms.osm.pbf"))
    assert "Estimated." not in html
    assert "roads: ms.osm.pbf" in html


def test_a_plan_without_any_bus_still_makes_a_map(plan: Plan, change: Callable[..., Plan]) -> None:
    nobody = [{**r.model_dump(), "session_id": None} for r in plan.requests]
    assert "No bus goes there." in map_html(change(blocks=(), requests=nobody))


def test_a_plan_without_requests_shows_venues_and_garages(change: Callable[..., Plan]) -> None:
    html = map_html(change(blocks=(), requests=()))
    page = Page()
    page.feed(html)
    assert [(p["name"], p["seen"]) for p in json.loads(page.data)["places"]] == [
        ("Lindsey College", [0]),
        ("Campbell University", [0]),
        ("Western Fair Ground", [1]),
        ("Adair bus lot", [0, 1]),
    ]
    assert "Nobody: every request has a seat." in html


def test_a_plan_without_any_place_still_makes_a_page(change: Callable[..., Plan]) -> None:
    assert "0 of 0" in map_html(change(blocks=(), requests=(), sessions=(), places=()))


def test_a_venue_where_no_bus_goes_is_shown_and_a_garage_whose_buses_stay_is_not(
    plan: Plan, change: Callable[..., Plan]
) -> None:
    page = Page()
    page.feed(map_html(change(blocks=plan.blocks[:1])))
    seen = {p["name"]: p["seen"] for p in json.loads(page.data)["places"]}
    assert seen["Western Fair Ground"] == [1]
    assert seen["Adair bus lot"] == [0]


def test_nobody_reads_in_the_map_who_uses_a_wheelchair(
    plan: Plan, change: Callable[..., Plan]
) -> None:
    reason = {"kind": "no bus with the wheelchair places it needs", "text": "It needs 2."}
    other = {"kind": "no bus that can bring it", "text": "3 without enough wheelchair places"}
    for why in (reason, other):
        left = {**plan.requests[3].model_dump(), "wheelchairs": 2, "reason": why}
        html = map_html(change(requests=(*plan.requests[:3], left)))
        assert "wheelchair" not in html.lower()
        assert "no bus that fits its needs" in html


def test_a_bus_in_the_legend_is_named_with_its_garage(page: Page) -> None:
    assert "Bus 7, Mar 9 Adair bus lot" in " ".join(page.text.split())


def test_the_page_does_not_promise_more_colours_than_there_are(
    plan: Plan, change: Callable[..., Plan], html: str
) -> None:
    def block(k: int) -> dict[str, object]:
        return {**plan.blocks[0].model_dump(), "block_id": f"b{k}"}

    assert "colours take turns" not in html
    assert "8 colours take turns" in map_html(change(blocks=[block(k) for k in range(9)]))


def test_at_a_training_of_adults_riders_are_counted(
    plan: Plan, change: Callable[..., Plan]
) -> None:
    left = {**plan.requests[3].model_dump(), "students": 0, "counted": 2}
    html = map_html(change(requests=(*plan.requests[:3], left)))
    assert "riders with a seat" in html
    assert "<td>2 riders<" in html


def test_figures_are_said_to_be_of_the_whole_season(page: Page) -> None:
    assert "The whole season 84 of 96" in " ".join(page.text.split()).replace(
        "students with a seat ", ""
    )


def test_it_is_written_as_utf_8(plan: Plan, tmp_path: Path) -> None:
    write_map(plan, tmp_path / "map.html")
    assert "\N{MINUS SIGN}45" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_bus_with_two_sessions_has_a_layer_for_each_and_one_letter(day: Plan) -> None:
    page = Page()
    page.feed(map_html(day))
    pairs = [(pair["bus"], pair["session"]) for pair in json.loads(page.data)["pairs"]]
    assert pairs == [(0, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)]
    assert len({pair["layer"] for pair in json.loads(page.data)["pairs"]}) == 6
    boxes = [box["data-bus"] for box in page.all("input") if "data-bus" in box]
    assert boxes == ["0", "1", "2", "3"]


def test_both_tables_of_a_bus_say_what_its_day_is(day: Plan) -> None:
    page = Page()
    page.feed(map_html(day))
    text = " ".join(page.text.split())
    whole = (
        "In between it stays in its garage 11:34 AM to 12:20 PM CDT, off the clock. "
        "The whole day: leaves 7:30 AM, back 3:04 PM CDT; 149 miles, 75 of them empty; $300.00."
    )
    assert text.count(whole) == 2
    assert "10 students; longest ride 34 min" in text


def test_a_popup_says_where_a_bus_waits_and_leaves_empty(day: Plan) -> None:
    drawing = map_html(day).replace("\\u0027", "'")
    waits = "waits here 11:04 AM to 11:40 AM CDT, paid as waiting"
    assert f"{waits}; leaves 11:40 AM CDT with nobody on board" in drawing
    block = same_stop(day.blocks[2])
    again = map_html(day.model_copy(update={"blocks": (*day.blocks[:2], block, day.blocks[3])}))
    assert "boards 12:00 PM to 12:04 PM CDT: 21 students, 1 chaperone; 34 min on board" in again
