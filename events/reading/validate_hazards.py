"""Rules of hazards on roads."""

from collections.abc import Iterator

from tourpool.events.problems import Problem
from tourpool.events.reading.draft import Draft, Rule


def hazard_has_one_place(draft: Draft) -> Iterator[Problem]:
    """A hazard is at a position or on a way, one of them."""
    for row in draft.hazards:
        h = row.record
        half = [name for name in ("lat", "lon") if getattr(h, name) is None]
        if h.osm_way is not None and len(half) < 2:
            yield row.problem(
                "osm_way",
                f"{h.osm_way} is given beside lat or lon",
                "empty them, or leave osm_way empty: the position finds the road",
            )
        elif h.osm_way is None and len(half) == 2:
            yield row.problem(
                "lat",
                "is empty, and so are lon and osm_way",
                "fill in lat and lon, or osm_way",
            )
        elif len(half) == 1:
            other = "lon" if half == ["lat"] else "lat"
            yield row.problem(half[0], f"is empty though {other} is filled", "fill in both")


def hazard_says_something(draft: Draft) -> Iterator[Problem]:
    """A hazard closes a road or limits it."""
    for row in draft.hazards:
        h = row.record
        limited = h.max_tons is not None or h.max_height_ft is not None
        if not h.closed and not limited:
            yield row.problem(
                "closed",
                "neither closed nor a limit is given",
                "write yes, or fill in max_tons or max_height_ft",
            )
        elif h.closed and limited:
            yield row.problem(
                "closed", "nobody may pass, and some may", "empty closed, or empty the limits"
            )


def hazard_days_in_order(draft: Draft) -> Iterator[Problem]:
    """A hazard begins no later than it ends."""
    for row in draft.hazards:
        h = row.record
        if h.date_from is not None and h.date_to is not None and h.date_from > h.date_to:
            yield row.problem(
                "date_to",
                f"{h.date_to} is before date_from {h.date_from}",
                "swap them, or leave date_to empty until further notice",
            )


RULES: tuple[Rule, ...] = (hazard_has_one_place, hazard_says_something, hazard_days_in_order)
