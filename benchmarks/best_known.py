"""The best that anybody has found and proven, typed in, to be held against our bounds too.

Source: the tables "best known" and "lower bound" in the README.md of the folder of instances, where
both judges live. They are told to the cent, so they are known to half a cent.
"""

from dataclasses import dataclass

HALF_CENT = 50
"""In 1e-4 US$."""
NAME = "best known"


@dataclass(frozen=True)
class Best:
    """Penalised cost of the best solution known and the bound known; US$."""

    value_usd: float
    bound_usd: float


def _proven(usd: float) -> Best:
    return Best(usd, usd)


BEST = {
    "ms-n008-s1": _proven(5979.19),
    "ms-n008-s2": _proven(4521.20),
    "ms-n008-s3": _proven(317724.77),
    "ms-n015-s1": _proven(5607.39),
    "ms-n015-s2": _proven(9658.68),
    "ms-n015-s3": _proven(730216.25),
    "ms-n025-s1": _proven(8642.39),
    "ms-n025-s2": _proven(9382.44),
    "ms-n025-s3": _proven(952245.93),
    "ms-n040-s1": _proven(11280.88),
    "ms-n040-s2": _proven(15371.41),
    "ms-n040-s3": _proven(717451.71),
    "ms-n080-s1": _proven(20936.75),
    "ms-n080-s2": _proven(23492.28),
    "ms-n080-s3": _proven(1201566.45),
    "ms-n150-s1": Best(34263.48, 33972.55),
    "ms-n150-s2": Best(39448.83, 39048.18),
    "ms-n150-s3": Best(2278390.25, 2277646.02),
    "season-25x6x4-s1": _proven(2451708.85),
    "season-60x12x8-s1": _proven(6554218.16),
    "season-184x40x20-s1": Best(31648604.59, 31550118.34),
}
