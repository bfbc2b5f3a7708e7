"""Turn lists: how each bus drives from stop to stop, with miles from the stop and of the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tourpool.reports.calls import Call, run_calls
from tourpool.reports.marks import tags
from tourpool.reports.plain import plain
from tourpool.reports.sheets import DAY, Column, Value
from tourpool.reports.words import miles
from tourpool.routing.plan import Plan

COLUMNS = (
    Column("Date", 12, DAY),
    Column("Map", 5),
    Column("Bus", 6),
    Column("Direction", 9.5),
    Column("To", 26),
    Column("Step", 6),
    Column("What to do", 58),
    Column("Miles to the next", 10, "0.0"),
    Column("Miles of the day", 10, "0.0"),
    Column("run_id", 16),
)
PRINTED = len(COLUMNS) - 1


@dataclass(frozen=True)
class TurnView:
    """A line of a turn list: miles to the next one."""

    text: str
    miles: str


@dataclass(frozen=True)
class LegView:
    """The way to one stop."""

    to: str
    miles: str
    turns: list[TurnView]


def leg_views(calls: Sequence[Call]) -> list[LegView]:
    """The ways to the stops of a run that have turn lists."""
    return [
        LegView(
            to=call.place.name,
            miles=_miles(call.stop.metres),
            turns=[TurnView(t.text, _miles(t.metres)) for t in call.stop.turns],
        )
        for call in calls
        if call.stop.turns
    ]


def _miles(metres: int) -> str:
    return f"{miles(metres):.1f} mi"


def turn_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a step, in driving order; nothing on estimated roads."""
    tag_of = tags(plan)
    for block in plan.blocks:
        driven = 0
        for pair in block.run_pairs:
            for run in pair.runs:
                for call in run_calls(plan, block, pair, run):
                    so_far = driven
                    for step, turn in enumerate(call.stop.turns, 1):
                        yield (
                            block.date,
                            tag_of[block.block_id],
                            plain(block.bus_number),
                            run.direction.value,
                            plain(call.place.name),
                            step,
                            plain(turn.text),
                            miles(turn.metres),
                            miles(so_far),
                            plain(run.run_id),
                        )
                        so_far += turn.metres
                    driven += call.stop.metres


def block_ends(rows: Sequence[Sequence[Value]]) -> list[int]:
    """Rows after which another bus, or another day, begins."""
    keys = [tuple(row[:3]) for row in rows]
    return [i for i, key in enumerate(keys) if i + 1 == len(keys) or keys[i + 1] != key]
