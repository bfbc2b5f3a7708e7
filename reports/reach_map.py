"""reach.html: schools on a map by what it takes to reach them, a layer for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import folium
from branca.element import Figure
from folium.map import CustomPane
from markupsafe import Markup

from tourpool.events.files import write_text
from tourpool.events.season import Season
from tourpool.reports.assets import (
    content_policy,
    leaflet_css,
    leaflet_js,
    static_text,
    templates,
)
from tourpool.reports.counties import outlines
from tourpool.reports.map_base import (
    OfflineMap,
    add_outlines,
    add_tiles,
    box_of,
    for_script,
    numbered,
)
from tourpool.reports.plain import plain
from tourpool.reports.reach_words import (
    hours,
    publicly,
    ride,
    stopped,
    unlocked,
    worst_first,
)
from tourpool.reports.words import tried
from tourpool.routing.questions.reach_table import How, Reached
from tourpool.routing.roads import Roads


@dataclass(frozen=True)
class Sign:
    """How a way of being reached looks: a letter besides the colour, for who sees none."""

    name: str
    letter: str
    colour: str


SIGNS = {
    How.BUSES: Sign(How.BUSES.value, "B", "#0b6e4f"),
    How.CHARTER: Sign(How.CHARTER.value, "C", "#1f5fa8"),
    How.DRIVER: Sign(How.DRIVER.value, "S", "#8a5a00"),
    How.HIRED: Sign(How.HIRED.value, "H", "#7a3b9a"),
    How.NO: Sign(How.NO.value, "x", "#a80000"),
}


def write_reach_map(season: Season, rows: Sequence[Reached], roads: Roads, path: Path) -> None:
    """Write the map, with a table of the requests beside it."""
    write_text(Path(path), reach_html(season, rows, roads))


def reach_html(season: Season, rows: Sequence[Reached], roads: Roads) -> str:
    """The page as text: the same rows give the same page."""
    root = _drawn(season, rows).get_root()
    if not isinstance(root, Figure):
        raise TypeError("a folium map hangs in a figure")
    root.render()
    names: dict[str, str] = {}
    div = numbered(root.html.render(), names)
    drawing = numbered(root.script.render(), names)
    scripts = [leaflet_js(), static_text("stand_in.js"), drawing]
    return (
        templates()
        .get_template("reach.html")
        .render(
            season=plain(season.name),
            tried=tried(season.settings),
            policy=content_policy(scripts),
            styles=Markup(leaflet_css() + static_text("page.css")),
            scripts=[Markup(s) for s in scripts],
            map_div=Markup(div),
            estimated=roads.estimated,
            notice=plain(roads.notice),
            sentences=list(unlocked(season, rows)),
            hows=list(SIGNS.values()),
            requests=[_request(season, r) for r in worst_first(rows)],
        )
    )


def _request(season: Season, row: Reached) -> dict[str, object]:
    return {
        "school": plain(season.school[row.ncessch].name),
        "event": plain(season.event[row.event_id].name),
        "riders": row.riders,
        "how": row.how.value,
        "text": _text(season, row),
    }


def _text(season: Season, row: Reached) -> str:
    """Hours and bus, or what stops it, and the ride."""
    way = f"Ride there/back {ride(row)} min." if ride(row) else ""
    told = hours(season, row, public=True)
    bus = f"{told[0].upper()}{told[1:]}." if told else ""
    return " ".join(t for t in (bus, publicly(stopped(row)), way) if t)


def _drawn(season: Season, rows: Sequence[Reached]) -> folium.Map:
    """Outlines, a layer for each way of being reached, venues above."""
    schools = _by_school(rows)
    points = [season.school[n].stop for n in schools] + [v.stop for v in season.venues]
    view = box_of([(p.lat, p.lon) for p in points])
    canvas = OfflineMap(tiles=None, control_scale=True, zoom_snap=0.25)
    canvas.fit_bounds([(view.south, view.west), (view.north, view.east)], padding=(24, 24))
    add_tiles(canvas)
    CustomPane("names", z_index=550).add_to(canvas)
    add_outlines(canvas, outlines(view.squared()))
    shown = {n: _shown(of) for n, of in schools.items()}
    for how, sign in SIGNS.items():
        mine = [n for n, h in shown.items() if h is how]
        layer = folium.FeatureGroup(f"{sign.name.capitalize()} ({len(mine)})")
        for ncessch in mine:
            _marker(season, schools[ncessch], ncessch, sign).add_to(layer)
        layer.add_to(canvas)
    for venue in season.venues:
        folium.Marker(
            (venue.stop.lat, venue.stop.lon),
            tooltip=folium.Tooltip(for_script(_escaped(venue.name)), sticky=False),
            icon=folium.DivIcon(html="<i></i>", icon_size=(20, 20), class_name="mark venue"),
            z_index_offset=1000,
        ).add_to(canvas)
    folium.LayerControl(position="bottomright", collapsed=True).add_to(canvas)
    return canvas


def _by_school(rows: Sequence[Reached]) -> dict[str, list[Reached]]:
    """Of each school and event the easiest session; of one that asks twice, each request's."""
    best: dict[tuple[str, str, str], Reached] = {}
    for row in rows:
        key = (row.ncessch, row.event_id, row.request_id)
        if key not in best or _order(row) < _order(best[key]):
            best[key] = row
    schools: dict[str, list[Reached]] = {}
    for row in best.values():
        schools.setdefault(row.ncessch, []).append(row)
    return schools


def _shown(rows: Sequence[Reached]) -> How:
    """The hardest of what a school asks for; the easiest where it asks for nothing."""
    asked = [r.how for r in rows if r.request_id]
    order = list(How).index
    return max(asked, key=order) if asked else min((r.how for r in rows), key=order)


def _order(row: Reached) -> int:
    return list(How).index(row.how)


def _marker(season: Season, rows: Sequence[Reached], ncessch: str, sign: Sign) -> folium.Marker:
    school = season.school[ncessch]
    lines = [
        {
            "event": plain(season.event[r.event_id].name),
            "colour": SIGNS[r.how].colour,
            "letter": SIGNS[r.how].letter,
            "text": f"{r.how.value.capitalize()}. {_text(season, r)}",
        }
        for r in rows
    ]
    district = plain(season.district[school.leaid].name)
    html = (
        templates()
        .get_template("reach_popup.html")
        .render(school=plain(school.name), district=district, lines=lines)
    )
    pill = f'<span class="pill" style="background:{sign.colour}">{sign.letter}</span>'
    return folium.Marker(
        (school.stop.lat, school.stop.lon),
        popup=folium.Popup(for_script(html), max_width=280),
        tooltip=folium.Tooltip(for_script(_escaped(school.name)), sticky=False),
        icon=folium.DivIcon(html=pill, icon_size=(0, 0), class_name="pill-at"),
    )


def _escaped(text: str) -> str:
    return templates().from_string("{{ text }}").render(text=plain(text))
