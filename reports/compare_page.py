"""compare.html: plans side by side as one page that opens without internet."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tourpool.events.files import write_text
from tourpool.reports.assets import STILL_POLICY, static_text, templates
from tourpool.reports.compare_words import (
    Compared,
    FigureRow,
    apart,
    compared,
    difference,
    estimated_told,
    fate_text,
    figure_rows,
    followed,
    heading,
    nobody,
    riders_word,
    whole,
)
from tourpool.reports.plain import plain
from tourpool.reports.svg import Axis, Point, bar, chart
from tourpool.reports.words import usd
from tourpool.routing.plan import Plan
from tourpool.routing.questions.changes import changes
from tourpool.routing.questions.compare import Part, PlanFigures, parts, plan_figures


def write_comparison_page(names: Sequence[str], plans: Sequence[Plan], path: Path) -> None:
    """Write plans side by side, the first one as the base."""
    write_text(Path(path), comparison_page(names, plans))


def comparison_page(names: Sequence[str], plans: Sequence[Plan]) -> str:
    """The page as text: the same plans give the same page."""
    of, word = compared(names, plans), riders_word(plans)
    figures = [plan_figures(p) for p in plans]
    return (
        templates()
        .get_template("compare.html")
        .render(
            policy=STILL_POLICY,
            styles=Markup(static_text("figures.css")),
            title=" and ".join(dict.fromkeys(plain(p.season) for p in plans)),
            estimated=estimated_told(of),
            made_by=plain(plans[0].made_by),
            word=word,
            plans=of,
            chart=_trade_off(of, figures, word),
            sentences=[s for b in of[1:] for s in (difference(of[0], b, word), *apart(of[0], b))],
            figures=[_figure(row) for row in figure_rows(plans, figures)],
            kinds=_kinds(parts(plans)),
            others=[_against(of[0], other, word) for other in of[1:]],
        )
    )


def _trade_off(of: Sequence[Compared], figures: Sequence[PlanFigures], word: str) -> Markup:
    """Cost along x, served along y: what is above and to the left is better."""
    alike: dict[tuple[int, int], str] = {}
    for c, f in zip(of, figures, strict=True):
        alike[f.cost, f.served] = alike.get((f.cost, f.served), "") + c.letter
    points = [Point(cost / 10_000, served, name=name) for (cost, served), name in alike.items()]
    told = ", ".join(
        f"{c.letter} {f.served:,} for {usd(f.cost)}" for c, f in zip(of, figures, strict=True)
    )
    return chart(
        f"{word.capitalize()}s with a seat and cost: {told}",
        Axis("cost", lambda value: f"${value:,.0f}"),
        Axis(f"{word}s with a seat", whole),
        points,
    )


def _figure(row: FigureRow) -> dict[str, Any]:
    most = max(row.values)
    return {
        "name": row.name,
        "sub": row.is_bound,
        "cells": [
            {
                "text": text,
                "bar": "" if row.is_bound else bar(row.values[k], most),
                "more": row.more(k),
            }
            for k, text in enumerate(row.texts)
        ],
    }


def _kinds(found: Sequence[Part]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (kind.value, [_part(p) for p in of_kind])
        for kind, of_kind in groupby(found, key=lambda p: p.kind)
    ]


def _part(part: Part) -> dict[str, Any]:
    most = max(part.asked)
    cells = []
    for served, asked in zip(part.served, part.asked, strict=True):
        by = served - part.served[0]
        cells.append(
            {
                "text": f"{served:,} of {asked:,}",
                "bar": bar(served, most, of=asked),
                "more": f"{by:+,}" if by else "",
            }
        )
    return {"name": part.name, "cells": cells}


def _against(a: Compared, b: Compared, word: str) -> dict[str, Any]:
    groups = []
    for kind, of_kind in groupby(changes(a.plan, b.plan), key=lambda c: c.kind):
        these = list(of_kind)
        groups.append(
            {
                "id": f"{b.letter}-{kind.name.lower()}",
                "heading": heading(kind, b.letter, these, word),
                "changes": [
                    {
                        "school": c.school,
                        "district": c.district,
                        "event": c.event,
                        "riders": f"{c.request.counted:,}",
                        "was": fate_text(a.plan, c, c.was),
                        "is_now": fate_text(b.plan, c, c.is_now),
                    }
                    for c in these
                ],
            }
        )
    return {
        "letter": b.letter,
        "sentences": (difference(a, b, word), *apart(a, b), *followed(a, b, word)),
        "nobody": nobody(b.letter),
        "groups": groups,
    }
