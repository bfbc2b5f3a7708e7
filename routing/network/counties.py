"""The counties whose roads a season needs."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from shapely import MultiPoint, MultiPolygon, Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from tourpool.data.counties import topology
from tourpool.events.places import Point
from tourpool.events.problems import InputError
from tourpool.events.reading.states import STATES
from tourpool.events.season import Season

MARGIN_SHARE = 0.05  # a road may bend outward by a twentieth of how far the places lie apart
LEAST_MARGIN_DEG = 0.07  # of latitude: about 5 miles


@dataclass(frozen=True)
class County:
    """A county: its FIPS number, its name with the state, its area in degrees (lon, lat)."""

    fips: str
    name: str
    area: MultiPolygon


def counties_needed(season: Season) -> tuple[County, ...]:
    """The counties between all places that a bus may drive to in a season.

    They are those which meet the convex hull of the places, widened by a twentieth of its extent
    and by 5 miles at the least: a way between two of them that leaves it would be a detour.

    Parameters
    ----------
    season
        Its schools that ask for seats (all of them when none does yet), the venues of its
        sessions, and the garages of its buses count.

    Raises
    ------
    InputError
        When there are no places yet, or they lie in no county of the United States.
    """
    return counties_between(_places(season))


def counties_between(places: list[Point]) -> tuple[County, ...]:
    """The counties between some places; see `counties_needed`."""
    if not places:
        raise InputError("the season has no places yet, so it is not known which counties it needs")
    area = _around(places)
    counties, tree = _counties()
    found = [counties[i] for i in tree.query(area, predicate="intersects")]
    if not found:
        raise InputError("the places of the season lie in no county of the United States")
    return tuple(sorted(found, key=lambda c: c.fips))


def _places(season: Season) -> list[Point]:
    asking = [season.school[r.ncessch].stop for r in season.requests]
    stops = asking or [school.stop for school in season.schools]
    stops += [season.venue[v.venue_id].stop for s in season.sessions for v in s.visits]
    stops += [season.garage[b.garage_id].stop for b in season.buses]
    return list(dict.fromkeys(stops))


def _around(places: list[Point]) -> BaseGeometry:
    """The hull of the places, widened; in degrees, as far east and west as north and south."""
    lat, lon = np.array(places).T
    shrink = math.cos(math.radians(float(lat.mean())))  # of a degree of longitude
    hull = MultiPoint(np.column_stack([lon * shrink, lat])).convex_hull
    west, south, east, north = hull.bounds
    margin = max(LEAST_MARGIN_DEG, MARGIN_SHARE * math.hypot(east - west, north - south))
    wide = np.array(hull.buffer(margin).exterior.coords)
    return Polygon(wide / (shrink, 1.0))


@cache
def _counties() -> tuple[list[County], STRtree]:
    us = topology()
    counties = []
    for county in us.counties:
        state = STATES.get(county.fips[:2])
        polygons = [[us.ring(arcs) for arcs in rings] for rings in county.polygons]
        counties.append(
            County(
                county.fips,
                f"{county.name}, {state.name}" if state else county.name,
                MultiPolygon(
                    [
                        (outer, [hole for hole in holes if len(hole) > 2])
                        for outer, *holes in polygons
                        if len(outer) > 2  # the grid of the file flattens islets
                    ]
                ),
            )
        )
    counties = [c for c in counties if not c.area.is_empty]  # Falls Church is in Fairfax then
    return counties, STRtree([c.area for c in counties])
