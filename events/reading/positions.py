"""Positions that cannot be right, and what most likely happened to them."""

from typing import NamedTuple

from tourpool.events.reading.states import STATES


class Misplaced(NamedTuple):
    """What is wrong with a position: the column to mend, what is wrong, what would be right."""

    column: str
    wrong: str
    right: str


def misplaced(lat: float, lon: float, leaid: str | None) -> Misplaced | None:
    """Say why a position cannot be right; None when it can.

    Parameters
    ----------
    lat, lon
        Degrees, as typed.
    leaid
        District whose first two digits name the state; None, or digits that name none (schools
        of the Bureau of Indian Education), for anywhere in the United States.
    """
    state = STATES.get(leaid[:2]) if leaid else None
    boxes = [state] if state else list(STATES.values())

    def fits(a: float, b: float) -> bool:
        return any(box.holds(a, b) for box in boxes)

    if fits(lat, lon):
        return None
    if fits(lon, lat):
        return Misplaced("lat", f"lat {lat} and lon {lon} have changed places", "swap them")
    if fits(lat, -lon):
        return Misplaced("lon", f"{lon} has lost its minus sign", f"write {-lon}")
    if fits(lon, -lat):
        return Misplaced(
            "lat",
            f"lat {lat} and lon {lon} have changed places and a minus sign is lost",
            f"write lat {lon}, lon {-lat}",
        )
    if state is None:
        return Misplaced(
            "lat", f"{lat}, {lon} is not in the United States", "write degrees such as 33.5, -90.2"
        )
    if not state.south <= lat <= state.north:
        return Misplaced(
            "lat",
            f"{lat} is outside {state.name}, {state.south} to {state.north}",
            "mend the position, or leaid, whose first two digits name the state",
        )
    return Misplaced(
        "lon",
        f"{lon} is outside {state.name}, {state.west} to {state.east}",
        "mend the position, or leaid, whose first two digits name the state",
    )
