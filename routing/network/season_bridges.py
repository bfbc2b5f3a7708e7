"""Bridges of the National Bridge Inventory that a season's buses may come to, as its hazards."""

import numpy as np
import shapely

from tourpool.events.hazards import Hazard
from tourpool.events.reading.bridges import with_bridges
from tourpool.events.season import Season
from tourpool.events.writing.csv_append import with_rows
from tourpool.routing.network.counties import counties_needed


def with_inventory(season: Season, bridges: tuple[Hazard, ...]) -> tuple[Hazard, ...]:
    """Hazards of a season, and bridges in the counties it needs; what people typed goes before."""
    area = shapely.union_all([county.area for county in counties_needed(season)])
    places = np.array([(b.lon, b.lat) for b in bridges], float).reshape(-1, 2)
    near = shapely.contains_xy(area, places)
    kept = tuple(b for b, is_near in zip(bridges, np.atleast_1d(near), strict=True) if is_near)
    return with_bridges(season.hazards, kept)


def hazards_csv(hazards: tuple[Hazard, ...]) -> bytes:
    """Return the table hazards, as the reader takes it."""
    rows = [
        {name: _cell(value) for name, value in hazard.model_dump(mode="json").items()}
        for hazard in hazards
    ]
    return with_rows(b"", rows or [dict.fromkeys(Hazard.model_fields, "")])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)
