"""sweep.html: the curves of served and cost over the values of a policy, and tables beside."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tourpool.events.files import write_text
from tourpool.reports.assets import STILL_POLICY, static_text, templates
from tourpool.reports.plain import plain
from tourpool.reports.svg import Axis, Point, chart
from tourpool.reports.sweep_words import at_most, riders, steps
from tourpool.reports.words import usd
from tourpool.routing.questions.compare import PlanFigures, plan_figures
from tourpool.routing.questions.sweep import Tried

_TICKS = 8


def write_sweep_page(tried: Sequence[Tried], path: Path) -> None:
    """Write the page of a sweep."""
    write_text(Path(path), sweep_page(tried))


def sweep_page(tried: Sequence[Tried]) -> str:
    """The page as text: the same plans give the same page."""
    word, plan = riders(tried), tried[0].plan
    figures = [plan_figures(t.plan) for t in tried]
    return (
        templates()
        .get_template("sweep.html")
        .render(
            policy=STILL_POLICY,
            styles=Markup(static_text("figures.css")),
            season=plain(plan.season),
            name=plain(tried[0].name),
            others=[plain(s) for s in plan.settings[:-1]],
            estimated=plan.estimated,
            made_by=plain(plan.made_by),
            word=word,
            charts=_charts(tried, figures, word),
            rows=[_row(t, f) for t, f in zip(tried, figures, strict=True)],
            steps=steps(tried),
        )
    )


def _charts(
    tried: Sequence[Tried], figures: Sequence[PlanFigures], word: str
) -> list[tuple[str, Markup]]:
    def curve(
        title: str,
        value: Callable[[PlanFigures], float],
        bound: Callable[[PlanFigures], float | None],
        written: Callable[[float], str],
    ) -> tuple[str, Markup]:
        xs, x, ticks = _across(tried)
        points = [Point(at, value(f), bound(f)) for at, f in zip(xs, figures, strict=True)]
        told = ", ".join(
            f"{plain(t.value)}: {written(value(f))}" for t, f in zip(tried, figures, strict=True)
        )
        return title, chart(f"{title}. {told}", x, Axis(title, written), points, x_ticks=ticks)

    return [
        curve(f"{word} with a seat", lambda f: f.served, lambda f: None, _whole),
        curve("cost", lambda f: f.cost, _cost_bound, lambda v: f"${v / 10_000:,.0f}"),
        curve(f"weighted {word}", lambda f: f.weighted / 100, _weighted_bound, _whole),
        curve(
            "average ride each way", lambda f: f.ride_min, lambda f: None, lambda v: f"{v:.0f} min"
        ),
    ]


def _across(tried: Sequence[Tried]) -> tuple[list[float], Axis, list[float]]:
    """Where the values stand, the axis, and where it is written: words stand one by one."""
    name = plain(tried[0].name)
    try:
        xs = [float(t.value) for t in tried]
    except ValueError:
        xs = [float(k) for k in range(len(tried))]
        return xs, Axis(name, lambda x: plain(tried[round(x)].value)), xs
    return xs, Axis(name, lambda x: f"{x:g}"), xs if len(xs) <= _TICKS else []


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _cost_bound(f: PlanFigures) -> float | None:
    return f.cost_bound if 0 < f.cost_bound < f.cost else None


def _weighted_bound(f: PlanFigures) -> float | None:
    return f.weighted_bound / 100 if f.weighted_bound > f.weighted else None


def _row(tried: Tried, f: PlanFigures) -> dict[str, Any]:
    return {
        "value": plain(tried.value),
        "served": f"{f.served:,} of {f.asked:,}",
        "weighted": f"{f.weighted / 100:,.2f}",
        "at_most": at_most(f),
        "cost": usd(f.cost),
        "at_least": f"at least {usd(f.cost_bound)}" if f.cost_bound > 0 else "no bound yet",
        "buses": f"{f.buses:,}",
        "ride": f"{f.ride_min:.0f} min",
        "proven": "yes" if f.optimal else "best so far",
    }
