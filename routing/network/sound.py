"""Whether arrays that are said to be a graph can be one: nothing points where nothing is."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tourpool.routing.network.speeds import CLASSES

Arrays = Mapping[str, NDArray[Any]]

LAID_OUT: Final[Mapping[str, tuple[type, tuple[str | int, ...]]]] = {
    "lon": (np.int32, ("n",)),
    "lat": (np.int32, ("n",)),
    "ptr": (np.int32, ("n+1",)),
    "head": (np.int32, ("m",)),
    "metres": (np.float64, ("m",)),
    "seconds": (np.float64, ("m",)),
    "twin": (np.int32, ("m",)),
    "way": (np.int32, ("m",)),
    "backward": (np.bool_, ("m",)),
    "built_up": (np.bool_, ("m",)),
    "shape_start": (np.int32, ("m",)),
    "shape_end": (np.int32, ("m",)),
    "shape_lon": (np.int32, ("p",)),
    "shape_lat": (np.int32, ("p",)),
    "way_osm": (np.int64, ("w",)),
    "way_class": (np.int8, ("w",)),
    "way_mph": (np.float32, ("w", 2)),
    "way_flags": (np.uint16, ("w",)),
    "way_limits": (np.float32, ("w", 4)),
    "way_name": (np.int32, ("w",)),
    "way_ref": (np.int32, ("w",)),
    "way_destination": (np.int32, ("w",)),
    "way_exit": (np.int32, ("w",)),
    "names_utf8": (np.uint8, ("b",)),
    "names_end": (np.int64, ("t",)),
}
"""Kind and shape of each array; equal letters are equal lengths."""


def check(arrays: Arrays) -> None:
    """Raise ValueError when these arrays are no graph.

    Compiled code reads them without looking whether an index is in bounds.
    """
    size = _sizes(arrays)
    n, m, w, p, t = (size[letter] for letter in "nmwpt")
    a = arrays
    _need(a["ptr"][0] == 0 and a["ptr"][-1] == m and (np.diff(a["ptr"]) >= 0).all(), "ptr")
    _within(a, "head", 0, n)
    _within(a, "twin", -1, m)
    _within(a, "way", 0, w)
    _within(a, "way_class", 0, len(CLASSES))
    for name in ("way_name", "way_ref", "way_destination", "way_exit"):
        _within(a, name, 0, t)
    _within(a, "shape_start", 0, p)
    _need(bool((a["shape_end"] >= a["shape_start"] + 2).all()), "shape_end")
    _within(a, "shape_end", 0, p + 1)
    for name in ("metres", "seconds"):
        _need(bool((np.isfinite(a[name]) & (a[name] >= 0)).all()), name)
    ends = a["names_end"]
    _need(t > 0 and ends[0] == 0 and bool((np.diff(ends) >= 0).all()), "names_end")
    _need(ends[-1] == size["b"], "names_utf8")


def _sizes(arrays: Arrays) -> dict[str, int]:
    size: dict[str, int] = {}
    for name, (kind, shape) in LAID_OUT.items():
        if name not in arrays:
            raise ValueError(f"{name} is missing")
        array = arrays[name]
        _need(array.dtype == kind and array.ndim == len(shape), name)
        for length, letter in zip(array.shape, shape, strict=True):
            if isinstance(letter, int):
                _need(length == letter, name)
            elif letter == "n+1":
                _need(length == size["n"] + 1, name)
            else:
                _need(size.setdefault(letter, length) == length, name)
    return size


def _within(arrays: Arrays, name: str, least: int, end: int) -> None:
    array = arrays[name]
    _need(not array.size or bool(array.min() >= least and array.max() < end), name)


def _need(right: object, name: str) -> None:
    if not right:
        raise ValueError(f"{name} is not as it was written")
