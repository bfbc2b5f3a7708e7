"""The counties of the United States that come with the project, as rings of (lon, lat).

``us/counties.json.gz`` is a TopoJSON topology (https://github.com/topojson/topojson-specification)
cut down to its counties: borders are arcs that neighbours share, coordinates are whole steps from
the point before.
"""

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class County(NamedTuple):
    """A county, and for each of its polygons the arcs of its rings, the outer one first."""

    fips: str
    name: str
    polygons: list[list[list[int]]]

    @property
    def arcs(self) -> set[int]:
        """Its arcs, whichever way it follows them (a complement means backwards)."""
        return {i if i >= 0 else ~i for polygon in self.polygons for ring in polygon for i in ring}


class Topology(NamedTuple):
    """Arcs of (lon, lat) in degrees, and the counties that they bound."""

    arcs: list[NDArray[np.float64]]
    counties: list[County]

    def ring(self, arcs: list[int]) -> NDArray[np.float64]:
        """The points of a ring, the first one not repeated."""
        parts = [self.arcs[i] if i >= 0 else self.arcs[~i][::-1] for i in arcs]
        return np.concatenate([part[:-1] for part in parts])


@cache
def topology() -> Topology:
    """All counties."""
    source = files("tourpool.data").joinpath("us/counties.json.gz")
    content = json.loads(gzip.decompress(source.read_bytes()))
    scale, shift = (np.array(content["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in content["arcs"]]
    return Topology(arcs, [County(*c) for c in content["counties"]])
