"""Parts of a way over a road network."""

from dataclasses import dataclass
from typing import NamedTuple


class Piece(NamedTuple):
    """An edge, or a part of one, from one share of its length to another."""

    edge: int
    begin: float = 0.0
    end: float = 1.0


@dataclass(frozen=True)
class Door:
    """A node by which a stop is left or reached.

    Attributes
    ----------
    us, um
        Microseconds and micrometres between the stop and the node.
    pieces
        What lies between, in driving order.
    """

    node: int
    us: int
    um: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Way:
    """From one stop to another: microseconds, micrometres, and pieces in driving order."""

    us: int
    um: int
    pieces: tuple[Piece, ...]
