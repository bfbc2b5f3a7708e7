"""Which instances are solved: files named, those of the folder, or invented ones of their kinds."""

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks import generate
from benchmarks.judge import Json
from benchmarks.many_small import many_small
from benchmarks.shared import instances

MANY_SMALL = ((80, 1), (110, 1))
"""Groups and seeds of instances whose sets are too many to list within 4 GB."""


@dataclass(frozen=True)
class Todo:
    """An instance and the file that it is in."""

    path: Path
    inst: Json


def named(files: tuple[Path, ...]) -> list[Todo]:
    """Files somebody asks for."""
    return [Todo(path, json.loads(path.read_text(encoding="utf-8"))) for path in files]


def all_of(bench: Path, out: Path) -> list[Todo]:
    """Those of the folder, or where it is not there invented ones; and those of small groups.

    Invented ones are written to ``out``.
    """
    shared = instances(bench)
    invented = [] if shared else generate.same_kinds()
    invented += [many_small(n, seed) for n, seed in MANY_SMALL]
    return [*named(tuple(shared)), *(_written(inst, out) for inst in invented)]


def _written(inst: Json, out: Path) -> Todo:
    path = out / f"{inst['name']}.json"
    path.write_text(json.dumps(inst), encoding="utf-8")
    return Todo(path, inst)
