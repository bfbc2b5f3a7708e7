"""Roads of a made-up rural state, as a US state of the plains has them; none of it is real.

One-mile section lines with farm lanes, some never built; state and US highways; towns with ten
blocks to the mile; two interstates with ramps; rivers with few bridges, many of them posted.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

Tags = Mapping[str, str]

STEPS = 10
"""Blocks to the mile: all places but those on interstates and lanes lie on this lattice."""

MILES_PER_JUNCTION = 0.1965
"""Square miles, measured on what `tourpool` reads of a state of 500,000 junctions."""

TOWNS_SHARE = 0.0205
RAMP_MI = 0.25
POSTED = ("3", "5", "8 st", "10 st", "12.5", "15 st", "20")
CLEARANCES = ("4.3", "13'6\"", "3.2", "12'0\"")
STREETS = ("Main", "Maple", "Oak", "Cedar", "Elm", "Church", "Mill", "School", "Depot", "Grant")
LONGEST_WAY = 30
"""Points; maps of real roads split their ways about as often."""


@dataclass
class State:
    """Places in miles from the south-west corner, and ways between their numbers (from 1).

    Attributes
    ----------
    width_mi, height_mi
        How many miles it measures from west to east and from south to north.
    rng
        Everything random comes from it, so that a state is the same each time.
    bends
        How many points give a country road its shape between two junctions, on average.
    """

    width_mi: int
    height_mi: int
    rng: np.random.Generator
    bends: float = 1.0
    x_mi: list[float] = field(default_factory=list)
    y_mi: list[float] = field(default_factory=list)
    ways: list[tuple[list[int], Tags]] = field(default_factory=list)
    _at: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def interstates(self) -> tuple[int, int]:
        """Column and row of section lines just before the interstates."""
        return self.width_mi // 3, self.height_mi // 2

    def place(self, x_mi: float, y_mi: float) -> int:
        """Add a place and return its number."""
        self.x_mi.append(x_mi)
        self.y_mi.append(y_mi)
        return len(self.x_mi)

    def at(self, column: int, row: int) -> int:
        """Number of a place of the lattice, up to 16 m off, as surveyors left it."""
        if (column, row) not in self._at:
            off_x, off_y = self.rng.uniform(-0.01, 0.01, 2)
            self._at[column, row] = self.place(column / STEPS + off_x, row / STEPS + off_y)
        return self._at[column, row]


def made(junctions: int, seed: int = 1, bends: float = 1.0) -> State:
    """Make a state of about so many junctions and dead ends; see `State`."""
    height = max(16, round(math.sqrt(junctions * MILES_PER_JUNCTION / 1.9)))
    width = max(24, round(junctions * MILES_PER_JUNCTION / height))
    state = State(width, height, np.random.default_rng(seed), bends)
    towns = _towns(state)
    for east_west in (True, False):
        for line in range(height if east_west else width):
            _section_line(state, line, towns, east_west=east_west)
    for cell in sorted(towns):
        _streets(state, *cell)
    _interstate(state, east_west=True)
    _interstate(state, east_west=False)
    return state


def _class(line: int, *, east_west: bool) -> tuple[str, Tags]:
    """Class and tags of a section line: every 30th a US highway, every 10th a state highway."""
    if line % 30 == 5:
        return "primary", {"ref": f"US {line + 20}", "maxspeed": "65 mph", "surface": "asphalt"}
    if line % 10 == 5:
        return "secondary", {"ref": f"{line + 100}", "maxspeed": "55 mph", "surface": "asphalt"}
    if line % 4 == 0:
        return "tertiary", {"name": f"County Road {line}", "surface": "asphalt"}
    return "unclassified", {"name": f"{line}th {'Road' if east_west else 'Street'}"}


def _highway(line: int) -> bool:
    return line % 10 == 5


def _towns(state: State) -> set[tuple[int, int]]:
    """Square miles with streets: squares around crossings of highways, few large, many small."""
    corners = [
        (c, r) for c in range(5, state.width_mi - 3, 10) for r in range(5, state.height_mi - 3, 10)
    ]
    state.rng.shuffle(corners)
    wanted = state.width_mi * state.height_mi * TOWNS_SHARE
    cells: set[tuple[int, int]] = set()
    for rank, (column, row) in enumerate(corners, 1):
        if len(cells) >= wanted:
            break
        side = max(1, round(math.sqrt(0.11 * wanted / rank**0.85)))
        cells |= {
            (column + i, row + j)
            for i in range(-(side // 2), side - side // 2)
            for j in range(-(side // 2), side - side // 2)
            if 0 <= column + i < state.width_mi - 1 and 0 <= row + j < state.height_mi - 1
        }
    return cells


def _section_line(state: State, line: int, towns: set[tuple[int, int]], *, east_west: bool) -> None:
    """One line from border to border; a way ends where its tags change or a mile is missing."""
    refs: list[int] = []
    tags: Tags = {}
    for mile in range((state.width_mi if east_west else state.height_mi) - 1):
        column, row = (mile, line) if east_west else (line, mile)
        beside = {(column, row), (column, row - 1) if east_west else (column - 1, row)}
        town = bool(beside & towns)
        found = _mile(state, line, column, row, town=town, east_west=east_west)
        if found is None:
            _close(state, refs, tags)
            refs = []
            continue
        steps = _stops(state, line, mile, town=town, east_west=east_west)
        places = [
            state.at(column * STEPS + s, row * STEPS)
            if east_west
            else state.at(column * STEPS, row * STEPS + s)
            for s in steps
        ]
        if found != tags or len(refs) > LONGEST_WAY:
            _close(state, refs, tags)
            refs, tags = [], found
        drawn = places if town else _bent(state, places)
        refs += drawn[1:] if refs else drawn
        if not town and not _meets_interstate(state, line, mile, east_west=east_west):
            for place in places[1:-1]:
                _lane(state, place, east_west=east_west)
    _close(state, refs, tags)


def _bent(state: State, places: list[int]) -> list[int]:
    """Put points between places, up to 50 m beside the straight line."""
    found = places[:1]
    for a, b in pairwise(places):
        count = state.rng.poisson(state.bends)
        x, y = state.x_mi[a - 1], state.y_mi[a - 1]
        dx, dy = state.x_mi[b - 1] - x, state.y_mi[b - 1] - y
        for n, off in enumerate(state.rng.uniform(-0.03, 0.03, count), 1):
            share = n / (count + 1)
            found.append(state.place(x + dx * share + off, y + dy * share - off))
        found.append(b)
    return found


def _close(state: State, refs: list[int], tags: Tags) -> None:
    if refs:
        state.ways.append((refs, tags))


def _mile(
    state: State, line: int, column: int, row: int, *, town: bool, east_west: bool
) -> Tags | None:
    """Tags of one mile; None where it was never built."""
    rng = state.rng
    highway, named = _class(line, east_west=east_west)
    tags = {"highway": highway, **named}
    if highway == "unclassified" and not town:
        hilly = column > 0.68 * state.width_mi
        if rng.random() < (0.42 if hilly else 0.16):
            return None
        surface = rng.random()
        if surface < 0.6:
            tags["surface"] = "gravel" if surface < 0.5 else "dirt"
    if not east_west and _river(state, column, row):
        if not _highway(line) and line % 6:
            return None
        tags["bridge"] = "yes"
        if not _highway(line) and rng.random() < 0.4:
            tags["maxweight"] = POSTED[rng.integers(len(POSTED))]
    mile = column if east_west else row
    if _meets_interstate(state, line, mile, east_west=east_west) and not _highway(line):
        if rng.random() < 0.45 and not town:
            return None
        tags["maxheight"] = CLEARANCES[rng.integers(len(CLEARANCES))]
    if town:
        tags["maxspeed"] = "35 mph"
        if highway == "unclassified":
            tags |= {"highway": "residential", "maxspeed": "30 mph"}
    return tags


def _meets_interstate(state: State, line: int, mile: int, *, east_west: bool) -> bool:
    return mile == state.interstates[0 if east_west else 1]


def _river(state: State, column: int, row: int) -> bool:
    """Whether a river crosses the mile north of a crossing of section lines."""
    for share, phase in ((0.22, 0.0), (0.74, 2.0)):
        y = state.height_mi * (share + 0.07 * math.sin(phase + column * 0.05))
        if row < y <= row + 1:
            return True
    return False


def _stops(state: State, line: int, mile: int, *, town: bool, east_west: bool) -> list[int]:
    """Steps of a mile where something meets it: streets, ramps or farm lanes."""
    if town:
        return list(range(STEPS + 1))
    if _meets_interstate(state, line, mile, east_west=east_west):
        return [0, 4, 6, STEPS] if _highway(line) else [0, STEPS]
    many = state.rng.choice(3, p=(0.28, 0.54, 0.18))
    return [0, *sorted(state.rng.choice(np.arange(2, STEPS - 1), many, replace=False)), STEPS]


def _lane(state: State, place: int, *, east_west: bool) -> None:
    """A farm lane that ends dead; a quarter are private."""
    rng = state.rng
    along, off = rng.normal(0, 0.03), rng.uniform(0.08, 0.45) * rng.choice((-1, 1))
    x, y = state.x_mi[place - 1], state.y_mi[place - 1]
    dx, dy = (along, off) if east_west else (off, along)
    middle = state.place(x + dx / 2 + rng.normal(0, 0.02), y + dy / 2)
    kind: Tags = (
        {"highway": "service", "service": "driveway", "access": "private"},
        {"highway": "service", "surface": "gravel"},
        {"highway": "residential", "surface": "unpaved"},
        {"highway": "residential"},
    )[rng.integers(4)]
    state.ways.append(([place, middle, state.place(x + dx, y + dy)], kind))


def _streets(state: State, column: int, row: int) -> None:
    """Streets of one square mile of a town; a fifth of the blocks are not built."""
    for east_west in (True, False):
        for s in range(1, STEPS):
            name = STREETS[(column * 5 + row * 3 + s) % len(STREETS)]
            tags = {"highway": "residential", "name": f"{name} {'St' if east_west else 'Ave'}"}
            if state.rng.random() < 0.03:
                tags["oneway"] = "yes"
            refs: list[int] = []
            for t in range(STEPS):
                if state.rng.random() < 0.22:
                    _close(state, refs, tags)
                    refs = []
                    continue
                ends = [(t, s), (t + 1, s)] if east_west else [(s, t), (s, t + 1)]
                a, b = (state.at(column * STEPS + i, row * STEPS + j) for i, j in ends)
                refs += [b] if refs else [a, b]
            _close(state, refs, tags)


def _interstate(state: State, *, east_west: bool) -> None:
    """Two one-way carriageways half a mile past a section line, and ramps at each highway."""
    length = (state.width_mi if east_west else state.height_mi) - 1
    before = state.interstates[1 if east_west else 0]
    crossings = [p for p in range(1, length) if _highway(p)]
    road = {"oneway": "yes", "surface": "concrete"}
    for forward in (True, False):
        right = (-0.012 if east_west else 0.012) * (1 if forward else -1)
        stops = [0.0, *(p + d for p in crossings for d in (-RAMP_MI, RAMP_MI)), float(length)]
        places = {
            s: state.place(*((s, before + 0.5 + right) if east_west else (before + 0.5 + right, s)))
            for s in stops
        }
        order = [places[s] for s in (stops if forward else stops[::-1])]
        name = {"ref": "I 70" if east_west else "I 35", "maxspeed": "75 mph"}
        state.ways += [
            (list(part), {"highway": "motorway", **road, **name}) for part in _parts(order)
        ]
        sign = 1 if forward else -1
        for p in crossings:
            step = before * STEPS + (4 if right < 0 else 6)
            column, row = (p * STEPS, step) if east_west else (step, p * STEPS)
            meets = state.at(column, row)
            ramp = {"highway": "motorway_link", "oneway": "yes"}
            state.ways.append(
                ([places[p - RAMP_MI * sign], meets], {**ramp, "junction:ref": f"{p}"})
            )
            state.ways.append(([meets, places[p + RAMP_MI * sign]], ramp))


def _parts(order: list[int]) -> Iterator[list[int]]:
    """Ways of at most 100 points that join end to end."""
    for start in range(0, len(order) - 1, 99):
        yield order[start : start + 100]
