"""map.html: one file that opens from disk without internet."""

import json
from pathlib import Path

from branca.element import Figure
from markupsafe import Markup

from tourpool.events.files import write_text
from tourpool.reports.assets import (
    content_policy,
    leaflet_css,
    leaflet_js,
    static_text,
    templates,
)
from tourpool.reports.budgets import budget_figures, budget_sentences
from tourpool.reports.figures import counted, session_figures, twice_sentences
from tourpool.reports.map_base import numbered
from tourpool.reports.map_layers import Drawn, draw
from tourpool.reports.map_left import left_views
from tourpool.reports.map_tables import session_views
from tourpool.reports.marks import COLOURS, colours, tags
from tourpool.reports.moves import move_views, moves_sentences
from tourpool.reports.proof import alone_sentences, proof_sentences
from tourpool.reports.session_names import session_name
from tourpool.reports.words import day, miles, tried, usd
from tourpool.routing.plan import PlaceKind, Plan
from tourpool.routing.roads import FAR_M


def write_map(plan: Plan, path: Path) -> None:
    """Write the map of a plan, with a table of the same beside it."""
    write_text(Path(path), map_html(plan))


def map_html(plan: Plan) -> str:
    """The page as text: the same plan gives the same page."""
    drawn = draw(plan)
    root = drawn.map.get_root()
    if not isinstance(root, Figure):
        raise TypeError("a folium map hangs in a figure")
    root.render()
    names: dict[str, str] = {}
    div = numbered(root.html.render(), names)
    drawing = numbered(root.script.render(), names)
    data = numbered(_page_data(plan, drawn), names)
    scripts = [leaflet_js(), static_text("stand_in.js"), drawing, static_text("page.js")]
    return (
        templates()
        .get_template("page.html")
        .render(
            plan=plan,
            tried=tried(plan.settings),
            policy=content_policy(scripts),
            styles=Markup(leaflet_css() + static_text("page.css")),
            scripts=[Markup(s) for s in scripts],
            map_div=Markup(div),
            page_data=Markup(data),
            figures=_figures(plan),
            proof=(*proof_sentences(plan), *twice_sentences(plan)),
            alone=alone_sentences(plan),
            days=_days(plan),
            buses=_buses(plan),
            colours=len(COLOURS),
            sessions=session_views(plan),
            left=left_views(plan),
            changes=moves_sentences(plan),
            moves=move_views(plan),
            budgets=budget_figures(plan),
            shares=budget_sentences(plan),
            money=usd,
            far=any(p.metres_to_road > FAR_M for p in plan.places),
        )
    )


def _page_data(plan: Plan, drawn: Drawn) -> str:
    """What the page's script needs, as JSON that cannot end its element."""
    index = {s.session_id: k for k, s in enumerate(plan.sessions)}
    pairs = [(k, pair) for k, block in enumerate(plan.blocks) for pair in block.run_pairs]
    data = {
        "map": drawn.map.get_name(),
        "pairs": [
            {"layer": name, "bus": k, "session": index[pair.session_id]}
            for name, (k, pair) in zip(drawn.pairs, pairs, strict=True)
        ],
        "places": [
            {
                "layer": name,
                "name": view.place.name,
                "seen": view.seen_in,
                "left": view.left_in,
            }
            for name, view in drawn.places
        ],
        "counties": drawn.outlines.names,
    }
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def _figures(plan: Plan) -> list[tuple[str, str]]:
    metres = sum(b.metres for b in plan.blocks)
    return [
        (f"{counted(plan)}s with a seat", f"{plan.students_served:,} of {plan.students_asked:,}"),
        ("buses, by the day", f"{len(plan.blocks):,}"),
        ("miles", f"{miles(metres):,.0f}"),
        ("cost", usd(plan.cost)),
        ("cost if each group went alone", usd(plan.alone_same_groups.cost)),
    ]


def _days(plan: Plan) -> list[tuple[str, list[tuple[int, str]]]]:
    """Days with their sessions, for the switch."""
    index = {s.session_id: k for k, s in enumerate(plan.sessions)}
    days: dict[str, list[tuple[int, str]]] = {}
    for figures in session_figures(plan):
        session = figures.session
        named = (index[session.session_id], session_name(plan, session))
        days.setdefault(day(session.date), []).append(named)
    return list(days.items())


def _buses(plan: Plan) -> list[tuple[int, str, str, str, str, list[int]]]:
    """Number, tag, colour, name with day, garage and sessions of each bus, for the legend."""
    index = {s.session_id: k for k, s in enumerate(plan.sessions)}
    tag_of, colour_of = tags(plan), colours(plan)
    return [
        (
            k,
            tag_of[b.block_id],
            colour_of[b.block_id],
            f"Bus {b.bus_number}, {b.date:%b} {b.date.day}",
            plan.place[PlaceKind.GARAGE, b.garage_id].name,
            [index[p.session_id] for p in b.run_pairs],
        )
        for k, b in enumerate(plan.blocks)
    ]
