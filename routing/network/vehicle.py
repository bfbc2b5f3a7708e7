"""How high, wide, long and heavy a bus is, and which posted limits it passes."""

from dataclasses import asdict, dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tourpool.events.fleet import BusType

HEIGHT, WIDTH, LENGTH, WEIGHT = range(4)
"""Columns of ``Graph.way_limits``."""

FOOT_M = 0.3048
POUND_T = 0.00045359237
TON_T = 2000 * POUND_T


@dataclass(frozen=True)
class Vehicle:
    """A bus as road signs see it, with what we keep clear of the figures on the signs.

    The default is a full-size school bus with everybody on board: 29,500 lb, the upper end of
    what conventional (type C) buses are rated for; 40 ft long, 102 in wide, the most that
    23 CFR 658.15 lets onto the national network; 10 ft 6 in high.

    Attributes
    ----------
    height_m, width_m, length_m
        Outer measures, mirrors left out.
    weight_t
        Tonnes (1,000 kg), loaded.
    height_margin_m
        Kept clear under a posted height: signs get old and roads are resurfaced.
    weight_margin
        Share of the weight by which a posted weight must exceed it: tables of buses name rated
        weights, and no driver weighs a full bus.
    """

    height_m: float = 10.5 * FOOT_M
    width_m: float = 2.59
    length_m: float = 40 * FOOT_M
    weight_t: float = 29_500 * POUND_T
    height_margin_m: float = 0.15
    weight_margin: float = 0.10

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not 0 <= value <= 100:
                raise ValueError(f"{name} is {value}; expected 0 to 100")

    @classmethod
    def of(cls, bus: BusType) -> Self:
        """The measures of a row of buses; its width is that of every school bus."""
        return cls(
            height_m=bus.height_ft * FOOT_M,
            length_m=bus.length_ft * FOOT_M,
            weight_t=bus.weight_tons * TON_T,
        )

    def needs(self) -> NDArray[np.float32]:
        """The least a sign must allow, shape ``(4,)``: height, width, length (m), weight (t)."""
        return np.array(
            [
                self.height_m + self.height_margin_m,
                self.width_m,
                self.length_m,
                self.weight_t * (1 + self.weight_margin),
            ],
            np.float32,
        )

    def passes(self, limits: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Whether each row of posted limits lets the bus through.

        Parameters
        ----------
        limits
            Shape ``(w, 4)``, as in ``Graph.way_limits``; inf where nothing is posted.

        Returns
        -------
        passes
            Shape ``(w,)``.
        """
        return np.asarray((limits >= self.needs()).all(axis=-1))


FULL_SIZE = Vehicle()
