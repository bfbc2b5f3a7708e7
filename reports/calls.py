"""Calls: a bus at a place, and who gets on and off there. Every paper and map starts from these."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tourpool.reports.standing import Standing, standing
from tourpool.routing.plan import (
    Block,
    Boarding,
    Direction,
    Group,
    Place,
    Plan,
    Run,
    RunPair,
    StopTime,
)


@dataclass(frozen=True)
class Call:
    """One stop of one run.

    Attributes
    ----------
    order
        1 at the first stop of the run.
    first, last
        Whether it begins or ends its run: nothing to arrive at, nothing to leave for.
    on, off
        Groups that get on or off. At venues everybody gets off and on again.
    aboard
        Groups on board afterwards.
    stands
        Between two sessions of a day, how the bus stood before it. Groups that board where it
        stood begin when it has waited.
    """

    block: Block
    pair: RunPair
    run: Run
    stop: StopTime
    place: Place
    order: int
    first: bool
    last: bool
    on: tuple[Group, ...]
    off: tuple[Group, ...]
    aboard: tuple[Group, ...]
    stands: Standing | None

    @property
    def people_aboard(self) -> int:
        """Students and chaperones on board when it leaves."""
        return sum(g.people for g in self.aboard)

    @property
    def arrive_s(self) -> int | None:
        """When it is there for whom it fetches or brings; None when it was there already."""
        if self.stands is not None and self.on:
            return self.stands.end_s
        return None if self.first else self.stop.arrive_s

    @property
    def depart_s(self) -> int | None:
        """When it leaves; None when its run ends there."""
        return None if self.last else self.stop.depart_s


def run_calls(plan: Plan, block: Block, pair: RunPair, run: Run) -> Iterator[Call]:
    """The calls of one run in order."""
    aboard: tuple[Group, ...] = ()
    last = len(run.stops)
    stands = standing(plan, block, pair) if run is pair.outbound else None
    for order, stop in enumerate(run.stops, start=1):
        on, off = _groups(plan, stop.on), _groups(plan, stop.off)
        if order == 1 and run.direction is not Direction.OUTBOUND:
            on = on or pair.groups
        if order == last and run.direction is not Direction.RETURN:
            off = off or aboard
        aboard = tuple(g for g in aboard if g not in off) + on
        yield Call(
            block=block,
            pair=pair,
            run=run,
            stop=stop,
            place=plan.place[stop.kind, stop.place_id],
            order=order,
            first=order == 1,
            last=order == last,
            on=on,
            off=off,
            aboard=aboard,
            stands=stands if order == 1 else None,
        )


def plan_calls(plan: Plan) -> Iterator[Call]:
    """All calls of a plan: by block, run-pair and run."""
    for block in plan.blocks:
        for pair in block.run_pairs:
            for run in pair.runs:
                yield from run_calls(plan, block, pair, run)


def longest_ride_min(pairs: Iterable[RunPair]) -> int:
    """Longest time on board of any group in these run-pairs, in minutes begun."""
    rides = [s for pair in pairs for both in pair.rides_s.values() for s in both]
    return -(-max(rides, default=0) // 60)


def _groups(plan: Plan, boardings: tuple[Boarding, ...]) -> tuple[Group, ...]:
    return tuple(plan.group[b.group_id] for b in boardings)
