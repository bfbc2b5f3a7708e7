"""How fast a school bus drives, by class of road and surface: a table that people may edit."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

MPH_MS = 0.44704
CLASSES = (
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "service",
    "road",
    "ferry",
)
"""Classes of road as OpenStreetMap's ``highway`` names them, and ferries."""

FREEWAYS = frozenset({"motorway", "motorway_link"})
"""Never slowed down for being in town: they have no signals and no turns."""

DEFAULT_MPH: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "motorway": (65, 35),
        "motorway_link": (40, 25),
        "trunk": (60, 35),
        "trunk_link": (35, 25),
        "primary": (55, 35),
        "primary_link": (30, 25),
        "secondary": (50, 35),
        "secondary_link": (30, 25),
        "tertiary": (45, 35),
        "tertiary_link": (25, 25),
        "unclassified": (35, 30),
        "residential": (25, 20),
        "living_street": (10, 10),
        "service": (15, 10),
        "road": (25, 20),
        "ferry": (5, 5),
    }
)
"""Miles an hour on paved and on unpaved roads of a class where no speed is posted.

Judged: what is usually posted on US roads of the class, less what curves and hills take. Over 200
drives in a made-up rural state they differ from a bus of Valhalla 3.9 by 0.3 % in the median; see
`BUILT_UP_FACTOR` for towns.
"""

CAP_MPH = (65.0, 35.0)
"""What a school bus never exceeds, paved and unpaved, whatever is posted.

In 22 states school buses may drive 65 mph on rural interstates, in 41 at least 55 (Jernigan and
Lynn 1990, VTRC 90-R9); others set less, as Virginia does with 45 and 60 (Code 46.2-871): edit the
table there. 35 on gravel is judged.
"""

BUILT_UP_FACTOR = 1.13
"""Over 200 drives in Northern Kentucky, nearly all of it built up, Valhalla's bus, which counts
turns and signals, took 13 % longer in the median than these speeds alone."""

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "any": "VTRC 90-R9: 22 states let school buses drive 65 mph; see your state's law",
        **dict.fromkeys(CLASSES, "judged, where no speed is posted"),
    }
)
"""What the file with the table says about each row."""


@dataclass(frozen=True)
class SpeedTable:
    """Miles an hour by class and surface; a posted speed goes before, the cap binds both.

    Attributes
    ----------
    mph
        By class of road: on a paved and on an unpaved one, where no speed is posted.
    cap_mph
        What a school bus never exceeds, paved and unpaved, whatever is posted.
    built_up_factor
        Seconds on roads in built-up places are multiplied by it, for signals, signs and turns.
    name
        What papers say: ``default``, or the file that was read.
    """

    mph: Mapping[str, tuple[float, float]] = field(default_factory=lambda: DEFAULT_MPH)
    cap_mph: tuple[float, float] = CAP_MPH
    built_up_factor: float = BUILT_UP_FACTOR
    name: str = "default"

    def digest(self) -> str:
        """Changes whenever a speed could change; the name is no part of it."""
        rows = [(c, *map(float, self.mph[c])) for c in CLASSES]
        content = repr((rows, tuple(map(float, self.cap_mph)), float(self.built_up_factor)))
        return hashlib.sha256(content.encode()).hexdigest()

    def seconds(
        self,
        metres: NDArray[np.float64],
        road_class: NDArray[np.int8],
        unpaved: NDArray[np.bool_],
        posted_mph: NDArray[np.float32],
        built_up: NDArray[np.bool_],
    ) -> NDArray[np.float64]:
        """Driving seconds of edges; all shapes ``(m,)``, ``posted_mph`` NaN where none is posted.

        ``road_class`` indexes `CLASSES`.
        """
        table = np.array([self.mph[c] for c in CLASSES], float)
        mph = np.where(np.isnan(posted_mph), table[road_class, unpaved.astype(int)], posted_mph)
        mph = np.minimum(mph, np.where(unpaved, self.cap_mph[1], self.cap_mph[0]))
        slowed = built_up & ~np.isin(road_class, [CLASSES.index(c) for c in FREEWAYS])
        factor = np.where(slowed, self.built_up_factor, 1.0)
        return np.asarray(metres / (mph * MPH_MS) * factor)
