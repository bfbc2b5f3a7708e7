"""What every map has: no internet, county outlines, street maps on demand, texts for its script."""

import re
from collections.abc import Sequence
from typing import Any

import folium
from folium.map import CustomPane

from tourpool.reports.counties import Box, Line, Outlines

USGS = "https://basemap.nationalmap.gov/arcgis/rest/services/USGSTopo/MapServer/tile/{z}/{y}/{x}"
OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
MIDDLE_OF_THE_US = Box(39.83, -98.58, 39.83, -98.58)
"""What a plan without any place shows."""
_FOLIUM_NAME = re.compile(r"\b([a-z][a-z_]*_)([0-9a-f]{32})(?![0-9a-f])")


class OfflineMap(folium.Map):
    """A map whose scripts and styles come with the page, not from elsewhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = []
        self.default_css = []


def box_of(points: Sequence[tuple[float, float]]) -> Box:
    """What holds all points (lat, lon)."""
    if not points:
        return MIDDLE_OF_THE_US
    lats, lons = zip(*points, strict=True)
    return Box(min(lats), min(lons), max(lats), max(lons))


def add_tiles(canvas: folium.Map) -> None:
    """Street maps for those who are online. OpenStreetMap's servers refuse pages without a site."""
    usgs = folium.TileLayer(
        USGS,
        attr='<a href="https://www.usgs.gov/">USGS The National Map</a>',
        name="Street map, USGS (needs internet)",
        overlay=True,
        show=False,
        max_native_zoom=16,
        max_zoom=19,
    )
    osm = folium.TileLayer(
        OSM,
        attr='&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> '
        "contributors",
        name="Street map, OpenStreetMap (when this page is on a web site)",
        overlay=True,
        show=False,
        referrer_policy="origin-when-cross-origin",
    )
    usgs.add_to(canvas)
    osm.add_to(canvas)


def add_outlines(canvas: folium.Map, base: Outlines) -> None:
    """Borders of counties and states, beneath all else."""
    CustomPane("outlines", z_index=350).add_to(canvas)
    layer = folium.FeatureGroup("County and state borders")
    for lines, colour, weight in ((base.counties, "#b9c0c7", 1), (base.states, "#6b7680", 2)):
        if lines:
            polyline(lines, colour, weight, pane="outlines").add_to(layer)
    layer.add_to(canvas)


def polyline(
    lines: list[Line], colour: str, weight: float, dash: str | None = None, **options: str
) -> folium.PolyLine:
    """Lines that nobody can click."""
    return folium.PolyLine(  # type: ignore[no-untyped-call]
        lines,
        color=colour,
        weight=weight,
        opacity=1,
        dash_array=dash,
        interactive=False,
        smooth_factor=1,
        **options,
    )


def for_script(html: str) -> str:
    """HTML for a string of folium's script.

    It stands between backticks, where backslash, backtick and dollar have a meaning, and folium
    renders its script as a template once more, where ``{{ }}`` of a name would be evaluated.
    """
    for sign in "\\`${":
        html = html.replace(sign, f"&#{ord(sign)};")
    return html


def numbered(text: str, names: dict[str, str]) -> str:
    """Folium's random names, numbered as they come."""

    def number(match: re.Match[str]) -> str:
        return match[1] + names.setdefault(match[2], str(len(names)))

    return _FOLIUM_NAME.sub(number, text)
