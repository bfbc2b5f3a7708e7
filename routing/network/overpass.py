"""Answers of an Overpass server: checked as they come, joined into one map file."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import osmium
from osmium.osm.mutable import Node, Way

from tourpool.events.files import written
from tourpool.events.problems import InputError

MAP_DATE = "osmosis_replication_timestamp"  # where map files say how old their data is


class AnswerError(InputError):
    """An answer that is not what an Overpass server gives."""


def read_answer(path: Path) -> dict[str, Any]:
    """Read an answer: its nodes have positions, its ways node numbers and tags.

    Raises
    ------
    AnswerError
        When it is damaged, or something else.
    """
    try:
        answer = json.loads(path.read_bytes())
        for element in answer["elements"]:
            _check(element)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise AnswerError(f"{path} is no whole answer of an Overpass server") from None
    return dict(answer)


def join(answers: Iterable[Path], target: Path) -> None:
    """Write a map file of all nodes and ways in some answers, each once, in order of number.

    A road on the border of two counties is in both answers. The file says the date of the oldest.

    Raises
    ------
    AnswerError
        When one of them is damaged.
    """
    nodes: dict[int, dict[str, Any]] = {}
    ways: dict[int, dict[str, Any]] = {}
    dates = []
    for path in answers:
        answer = read_answer(path)
        dates.append(answer.get("osm3s", {}).get("timestamp_osm_base", ""))
        for element in answer["elements"]:
            if element["type"] == "node":
                nodes[element["id"]] = element
            elif element["type"] == "way":
                ways[element["id"]] = element
    header = osmium.io.Header()
    header.set("generator", "tourpool")
    if date := min(dates, default=""):
        header.set(MAP_DATE, date)
    with (
        written(target) as temporary,
        osmium.SimpleWriter(str(temporary), header=header, overwrite=True) as writer,
    ):
        for node in _nodes(nodes):
            writer.add_node(node)
        for way in _ways(ways):
            writer.add_way(way)


def _check(element: dict[str, Any]) -> None:
    if element["type"] == "node":
        whole, lat, lon = element["id"], element["lat"], element["lon"]
        right = isinstance(whole, int) and abs(lat) <= 90 and abs(lon) <= 180 and _tagged(element)
    elif element["type"] == "way":
        numbers = (element["id"], *element["nodes"])
        right = all(isinstance(n, int) for n in numbers) and _tagged(element)
    else:
        right = True  # relations are not asked for, and not read
    if not right:
        raise ValueError


def _tagged(element: dict[str, Any]) -> bool:
    """Whether its tags, if it has any, are texts."""
    return all(isinstance(text, str) for pair in element.get("tags", {}).items() for text in pair)


def _nodes(nodes: dict[int, dict[str, Any]]) -> Iterator[Node]:
    """Nodes with their tags: barriers, and numbers of exits."""
    for number in sorted(nodes):
        element = nodes[number]
        place = (element["lon"], element["lat"])
        yield Node(id=number, location=place, tags=element.get("tags", {}))


def _ways(ways: dict[int, dict[str, Any]]) -> Iterator[Way]:
    for number in sorted(ways):
        yield Way(id=number, nodes=ways[number]["nodes"], tags=ways[number].get("tags", {}))
