"""Valhalla as a second road engine: the extra ``tourpool[valhalla]``, Python 3.12 or later.

It obeys posted heights, widths, lengths and weights for the costing ``bus``, and turn
restrictions, which ours does not; it knows nothing of hazards. See
https://valhalla.github.io/valhalla/api/turn-by-turn/api-reference/.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import osmium

from tourpool.events.places import Point
from tourpool.events.problems import InputError
from tourpool.routing.network.second_opinion import Driven
from tourpool.routing.network.vehicle import Vehicle

TILES: Final = "*/*/*.gph"
MISSING: Final = (
    "the second opinion needs Valhalla: pip install 'tourpool[valhalla]' under Python 3.12 or "
    "later (there is none for older Pythons, nor for Macs with Intel)"
)


class ValhallaError(InputError):
    """Valhalla is not installed, or could not read the map; the text says what to do."""


def build_tiles(map_file: Path, folder: Path) -> None:
    """Prepare a map file for Valhalla; the folder is there when all went well.

    Parameters
    ----------
    map_file
        The file that the roads of the plan were built from.
    folder
        Where the tiles go; what was there goes.

    Raises
    ------
    ValhallaError
        When Valhalla is not installed, or cannot read the file.
    """
    valhalla = _valhalla()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".tiles-") as temporary:
        sorted_map = Path(temporary, "sorted.osm.pbf")
        _sort(map_file, sorted_map)
        tiles = Path(temporary, "tiles")
        tiles.mkdir()
        settings = Path(temporary, "valhalla.json")
        settings.write_text(json.dumps(_settings(valhalla, tiles)))
        program = f"valhalla_build_tiles{'.exe' if os.name == 'nt' else ''}"
        done = subprocess.run(
            [
                Path(valhalla.__file__).parent / "bin" / program,
                "-c",
                settings,
                sorted_map,
            ],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode or not any(tiles.glob(TILES)):
            last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
            raise ValhallaError(f"Valhalla could not read {map_file}: {last[0][:200]}")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.move(tiles, folder)


class Valhalla:
    """Roads as Valhalla drives them.

    Parameters
    ----------
    tiles
        What `build_tiles` made.

    Raises
    ------
    ValhallaError
        When Valhalla is not installed, or there are no tiles.
    """

    name = "Valhalla"

    def __init__(self, tiles: Path) -> None:
        valhalla = _valhalla()
        if not any(tiles.glob(TILES)):  # Valhalla itself would say so at the first leg only
            raise ValhallaError(f"{tiles} holds no roads for Valhalla; build them first")
        self._actor = valhalla.Actor(_settings(valhalla, tiles))

    def drive(
        self, a: Point, b: Point, vehicle: Vehicle, through: Sequence[Point] = ()
    ) -> Driven | None:
        """Drive from a to b with a bus, through some places; None where it knows no way."""
        middle = [{"lat": lat, "lon": lon, "type": "through"} for lat, lon in through]
        first, last = ({"lat": lat, "lon": lon} for lat, lon in (a, b))
        asked = {
            "locations": [first, *middle, last],
            "costing": "bus",
            "costing_options": {"bus": _costing(vehicle)},
            "units": "kilometers",
            "directions_type": "none",
        }
        try:
            answer = self._actor.route(asked)
        except RuntimeError:  # no road near, or no way
            return None
        (leg,) = answer["trip"]["legs"]
        seconds, km = (float(leg["summary"][key]) for key in ("time", "length"))
        return Driven(seconds, 1000 * km, decoded(leg["shape"]))


def decoded(shape: str) -> tuple[Point, ...]:
    """Read a line in Valhalla's writing: steps of millionths of a degree, five bits a letter.

    See https://valhalla.github.io/valhalla/decoding/.
    """
    steps, value, shift = [], 0, 0
    for letter in shape:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:  # the last letter of a number; its lowest bit is the sign
            steps.append(~(value >> 1) if value & 1 else value >> 1)
            value, shift = 0, 0
    lat, lon = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple(Point(y / 1e6, x / 1e6) for y, x in zip(lat, lon, strict=True))


def _costing(vehicle: Vehicle) -> dict[str, float]:
    """Measures with our margins, and no ferries."""
    height_m, width_m, length_m, weight_t = vehicle.needs().tolist()
    return {
        "height": round(height_m, 3),
        "width": round(width_m, 3),
        "length": round(length_m, 3),
        "weight": round(weight_t, 3),
        "use_ferry": 0.0,
    }


def _settings(valhalla: Any, tiles: Path) -> dict[str, Any]:
    settings: dict[str, Any] = valhalla.get_config(
        tile_extract="", tile_dir=str(tiles), verbose=False
    )
    return settings


def _sort(map_file: Path, target: Path) -> None:
    """Write the map in the order of its numbers, without which Valhalla refuses it."""
    try:
        reader = osmium.MergeInputReader()
        reader.add_file(str(map_file))
        with osmium.SimpleWriter(str(target), overwrite=True) as writer:
            reader.apply(writer, simplify=False)
    except (RuntimeError, OSError) as error:
        raise ValhallaError(f"{map_file} cannot be read ({error}); name a map file") from error


def _valhalla() -> Any:
    try:
        return import_module("valhalla")
    except ImportError as error:
        raise ValhallaError(MISSING) from error
