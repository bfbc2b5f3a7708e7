"""Records of the National Bridge Inventory, from its files as they come.

The Federal Highway Administration publishes the inventory by state, delimited and with fixed
columns (https://www.fhwa.dot.gov/bridge/nbi/ascii.cfm).
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from tourpool.events.problems import InputError

Record = Mapping[str, str]
"""Cells by item of the Recording and Coding Guide (report FHWA-PD-96-001), such as 005A."""

FIXED: Final[Mapping[str, tuple[int, int]]] = {
    "001": (1, 3),
    "008": (4, 18),
    "005A": (19, 19),
    "006A": (38, 61),
    "007": (63, 80),
    "010": (106, 109),
    "016": (130, 137),
    "017": (138, 146),
    "041": (199, 199),
    "042A": (200, 200),
    "053": (243, 246),
    "054A": (247, 247),
    "054B": (248, 251),
    "063": (264, 264),
    "064": (265, 267),
    "065": (268, 268),
    "066": (269, 271),
}
"""Columns of an item, counted from 1 (https://www.fhwa.dot.gov/bridge/nbi/format.cfm)."""

METHOD: Final[Mapping[str, str]] = {"064": "063", "066": "065"}
"""The item that says how the rating of another one was found."""

BY_FACTOR: Final = frozenset("678DEF")
"""Methods that give a share of the design load in place of tonnes, by the memoranda on the guide
of 2004-03-22 and 2011-02-02."""

DECIMALS: Final[Mapping[str, int]] = {"010": 2, "053": 2, "054B": 2, "064": 1, "066": 1}
"""Digits behind the point, which fixed columns leave out; shares have one more."""

SHORTEST_FIXED, LONGEST = 300, 10_000  # a record has 432 or 445 characters, or 123 cells
_CELL: Final = re.compile(r"'(.*?)'\s*(?:,|$)|\"(.*?)\"\s*(?:,|$)|([^,]*)(?:,|$)")


def records(path: Path) -> Iterator[tuple[int, Record]]:
    """Give the number of the line and the cells of each record; cells are missing at cut lines.

    Raises
    ------
    InputError
        When the file is no extract of the inventory.
    """
    with path.open(encoding="latin-1") as lines:
        first = lines.readline(LONGEST).lstrip("\ufeffï»¿")
        if "STRUCTURE_NUMBER_008" in first:
            header = [name.rpartition("_")[2] for name in _cells(first)]
            missing = sorted(FIXED.keys() - set(header))
            if missing:
                raise InputError(
                    f"{path.name}: has no item {', '.join(missing)}; take the file as the Federal "
                    "Highway Administration publishes it"
                )
            for row, line in enumerate(lines, 2):
                if line.strip():
                    yield row, dict(zip(header, _cells(line[:LONGEST]), strict=False))
        elif len(first) >= SHORTEST_FIXED and first[:2].isdigit():
            for row, line in enumerate(chain([first], lines), 1):
                if line.strip():
                    yield row, _fixed(line) if len(line) >= SHORTEST_FIXED else {}
        else:
            raise InputError(
                f"{path.name}: is no extract of the National Bridge Inventory; take a state's "
                "file, delimited or not, from https://www.fhwa.dot.gov/bridge/nbi/ascii.cfm"
            )


def _cells(line: str) -> list[str]:
    """Cut a line at its commas; texts stand in quotes, and may hold one as a foot mark."""
    return [(a or b or c).strip() for a, b, c in _CELL.findall(line.strip())]


def _fixed(line: str) -> Record:
    record = {item: line[a - 1 : b].strip() for item, (a, b) in FIXED.items()}
    for item, decimals in DECIMALS.items():
        if record[item].isdecimal():
            by_factor = item in METHOD and record[METHOD[item]] in BY_FACTOR
            record[item] = str(int(record[item]) / 10 ** (decimals + by_factor))
    return record
