"""The map itself: county outlines, a layer for each run-pair, a marker for each place."""

from dataclasses import dataclass

import folium
from folium.map import CustomPane

from tourpool.reports.assets import templates
from tourpool.reports.calls import run_calls
from tourpool.reports.counties import Line, Outlines, outlines
from tourpool.reports.map_base import (
    OfflineMap,
    add_outlines,
    add_tiles,
    box_of,
    for_script,
    polyline,
)
from tourpool.reports.map_places import PlaceView, place_views, session_title
from tourpool.reports.marks import colours, tags
from tourpool.routing.plan import Block, PlaceKind, Plan, RunPair

_ABOVE = {PlaceKind.GARAGE: 0, PlaceKind.VENUE: 1000, PlaceKind.SCHOOL: 2000}
"""Small signs lie on large ones where places coincide."""


@dataclass(frozen=True)
class Drawn:
    """The map, and the names its script gives to its layers.

    Those of ``pairs`` follow the plan's blocks, and the run-pairs of each.
    """

    map: folium.Map
    pairs: list[str]
    places: list[tuple[str, PlaceView]]
    outlines: Outlines


def draw(plan: Plan) -> Drawn:
    """Draw all of a plan; the page's script shows and hides the layers."""
    views = place_views(plan)
    view = box_of([(p.stop_lat, p.stop_lon) for p in ([v.place for v in views] or plan.places)])
    base = outlines(view.squared())
    canvas = OfflineMap(tiles=None, control_scale=True, zoom_snap=0.25)
    canvas.fit_bounds([(view.south, view.west), (view.north, view.east)], padding=(24, 24))
    add_tiles(canvas)
    CustomPane("names", z_index=550).add_to(canvas)  # over lines, under marks
    add_outlines(canvas, base)
    tag_of, colour_of = tags(plan), colours(plan)
    pairs = [
        _add_pair(canvas, plan, b, pair, tag_of[b.block_id], colour_of[b.block_id])
        for b in plan.blocks
        for pair in b.run_pairs
    ]
    places = [(_add_place(canvas, plan, v), v) for v in views]
    folium.LayerControl(position="bottomright", collapsed=True).add_to(canvas)
    return Drawn(canvas, pairs, places, base)


def _add_pair(
    canvas: folium.Map, plan: Plan, block: Block, pair: RunPair, tag: str, colour: str
) -> str:
    """Solid on the way there, dashed on the way home, dotted and thin with nobody on board."""
    there, home, empty = _lines(plan, block, pair)
    layer = folium.FeatureGroup(tag, control=False)
    for lines, weight, dash in ((empty, 2.5, "1 6"), (home, 4, "9 7"), (there, 4, None)):
        if lines:
            polyline(lines, colour, weight, dash).add_to(layer)
    if there:
        html = f'<span class="pill" style="background:{colour}">{tag}</span>'
        icon = folium.DivIcon(html=html, icon_size=(0, 0), class_name="pill-at")
        folium.Marker(_halfway(there), icon=icon, interactive=False, keyboard=False).add_to(layer)
    layer.add_to(canvas)
    return str(layer.get_name())


def _lines(plan: Plan, block: Block, pair: RunPair) -> tuple[list[Line], list[Line], list[Line]]:
    """Lines driven with riders on the way there and home, and with nobody on board."""
    there: list[Line] = []
    home: list[Line] = []
    empty: list[Line] = []
    for run in pair.runs:
        riders = home if run is pair.return_run else there
        aboard = 0
        for call in run_calls(plan, block, pair, run):
            if call.stop.line:
                line = [(round(lat, 5), round(lon, 5)) for lat, lon in call.stop.line]
                (riders if aboard else empty).append(line)
            aboard = call.people_aboard
    return there, home, empty


def _halfway(lines: list[Line]) -> tuple[float, float]:
    """A point of the first line to hang the tag on."""
    line = lines[0]
    (a, b), (c, d) = line[(len(line) - 1) // 2], line[len(line) // 2]
    return (a + c) / 2, (b + d) / 2


def _add_place(canvas: folium.Map, plan: Plan, view: PlaceView) -> str:
    place = view.place
    popup = folium.Popup(
        for_script(popup_html(plan, view)),
        max_width=250,
        auto_pan_padding_top_left=(54, 12),  # clear of the zoom buttons
        auto_pan_padding_bottom_right=(12, 12),
    )
    marker = folium.Marker(
        (place.stop_lat, place.stop_lon),
        popup=popup,
        tooltip=_tooltip(view),
        z_index_offset=_ABOVE[place.kind],
        icon=folium.DivIcon(html="<i></i>", icon_size=(20, 20), class_name=_mark(view)),
    )
    marker.add_to(canvas)
    return str(marker.get_name())


def _mark(view: PlaceView) -> str:
    """Classes of the sign of a place."""
    return f"mark {view.place.kind}{' far' * view.is_far}"


def popup_html(plan: Plan, view: PlaceView) -> str:
    """What opens at a place: each session's buses, and requests without a seat."""
    sessions = [(k, session_title(plan, k), view.sessions[k]) for k in sorted(view.sessions)]
    return templates().get_template("popup.html").render(view=view, sessions=sessions)


def _tooltip(view: PlaceView) -> folium.Tooltip:
    """The name: always there at venues, at schools and garages when one points at them."""
    name = templates().from_string("{{ name }}").render(name=view.place.name)
    if view.place.kind is not PlaceKind.VENUE:
        return folium.Tooltip(for_script(name), sticky=False)
    return folium.Tooltip(
        for_script(name),
        sticky=False,
        permanent=True,
        direction="auto",
        offset=[8, 0],
        class_name="venue-name",
        pane="names",
    )
