"""Runs to blocks: which bus by number, which stops when, what it drives, waits and costs."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from tourpool.events.fleet import Carries
from tourpool.routing.build import Built
from tourpool.routing.drive import between_stops, outbound_stops, return_stops
from tourpool.routing.plan import (
    Block,
    Direction,
    Group,
    NeedsAgreement,
    Run,
    RunPair,
    StopTime,
)
from tourpool.routing.rules import has_agreement
from tourpool.routing.solver.orders import BlockRuns, PairRuns

Named = Mapping[tuple[str, str], Collection[str]]
"""By day and bus type, numbers of buses that are given by name only."""


def blocks(
    built: Built,
    runs: Sequence[BlockRuns],
    numbers: Sequence[str | None] | None = None,
    named: Named | None = None,
) -> tuple[Block, ...]:
    """Blocks by date, session, and departure; buses of a type get their numbers in that order.

    Parameters
    ----------
    numbers
        The number of each bus, where that is decided already.
    named
        Numbers that no other bus gets.
    """
    given = numbers or [None] * len(runs)
    drafts = [_Draft(built, r, n) for r, n in zip(runs, given, strict=True)]
    drafts.sort(
        key=lambda d: (
            d.date,
            d.pairs[0].session,
            d.leave_s,
            d.bus.bus_type_id,
            d.pairs[0].groups[0].group_id,
        )
    )
    free: dict[tuple[str, int], list[str]] = {}
    made = []
    for draft in drafts:
        day = draft.date.isoformat()
        apart = (named or {}).get((day, draft.bus.bus_type_id), ())
        left = free.setdefault(
            (day, draft.runs.bus), [n for n in draft.bus.numbers if n not in apart]
        )
        made.append(draft.block(draft.number or left.pop(0)))
    return tuple(made)


class _DraftPair:
    """One run-pair with its stops, from the stop before it to the garage or to its last school."""

    def __init__(
        self, built: Built, k: int, runs: PairRuns, after: StopTime | None, *, home: bool
    ) -> None:
        groups = built.groups[runs.session]
        outbound, back = ([groups[i] for i in order] for order in (runs.outbound, runs.back))
        self.session = runs.session
        self.groups: tuple[Group, ...] = tuple(groups[i] for i in sorted(runs.outbound))
        self.out = outbound_stops(built, runs.session, k, outbound, after)
        self.between = between_stops(built, runs.session, k, self.groups)
        self.back = return_stops(built, runs.session, k, back, home=home)

    @property
    def legs(self) -> list[StopTime]:
        """All stops in order."""
        return [*self.out, *self.between, *self.back]

    @property
    def wait_s(self) -> int:
        """Standing at venues."""
        stay_s = self.back[0].depart_s - self.out[-1].arrive_s
        return stay_s - sum(stop.drive_s for stop in self.between)

    @property
    def empty_m(self) -> int:
        """Driven before the first riders are on and after the last ones are off."""
        first = next(n for n, stop in enumerate(self.out) if stop.on)
        last = max(n for n, stop in enumerate(self.back) if stop.off)
        return sum(stop.metres for stop in (*self.out[: first + 1], *self.back[last + 1 :]))


class _Draft:
    """One bus on one day, before it has a number."""

    def __init__(self, built: Built, runs: BlockRuns, number: str | None) -> None:
        self.built, self.runs, self.number = built, runs, number
        self.bus = built.season.buses[runs.bus]
        self.date = built.sessions[runs.pairs[0].session].date
        self.pairs: list[_DraftPair] = []
        for n, pair in enumerate(runs.pairs):
            directly = n > 0 and not runs.by_garage
            after = self.pairs[-1].back[-1] if directly else None
            home = runs.by_garage or n == len(runs.pairs) - 1
            self.pairs.append(_DraftPair(built, runs.bus, pair, after, home=home))
        self.leave_s = self.pairs[0].out[0].depart_s

    def block(self, number: str) -> Block:
        """The block with a bus number."""
        legs = [stop for pair in self.pairs for stop in pair.legs]
        stay_s = self._between_pairs_s()
        off_s = stay_s if self._off_the_clock(stay_s) else 0
        block_id = f"{self.date}/{self.bus.bus_type_id}/{number}"
        return Block(
            block_id=block_id,
            date=self.date,
            garage_id=self.bus.garage_id,
            bus_type=self.bus.bus_type,
            bus_number=number,
            run_pairs=tuple(
                self._pair(pair, number, block_id if n == 0 else f"{block_id}/{n + 1}")
                for n, pair in enumerate(self.pairs)
            ),
            leave_s=self.leave_s,
            back_s=self.pairs[-1].back[-1].arrive_s,
            drive_s=sum(stop.drive_s for stop in legs),
            wait_s=sum(pair.wait_s for pair in self.pairs) + stay_s - off_s,
            off_s=off_s,
            by_garage=self.runs.by_garage,
            metres=sum(stop.metres for stop in legs),
            deadhead_metres=sum(pair.empty_m for pair in self.pairs),
            cost=self.runs.cost,
        )

    def _between_pairs_s(self) -> int:
        """Standing between run-pairs: from the last alighting, or in the garage, to leaving."""
        stay_s = 0
        for before, after in pairwise(self.pairs):
            first = after.out[0]
            begin_s = first.on[0].begin_s if first.on else first.depart_s
            free_s = (
                before.back[-1].depart_s if not self.runs.by_garage else before.back[-1].arrive_s
            )
            stay_s += begin_s - free_s
        return stay_s

    def _off_the_clock(self, stay_s: int) -> bool:
        """Whether the stay in the garage is long enough not to be paid."""
        return self.runs.by_garage and stay_s >= self.built.instance.garage_break_s

    def _pair(self, pair: _DraftPair, number: str, name: str) -> RunPair:
        session_id = self.built.sessions[pair.session].session_id

        def run(direction: Direction, stops: list[StopTime]) -> Run:
            return Run(
                run_id=f"{name}/{direction.value}",
                direction=direction,
                session_id=session_id,
                garage_id=self.bus.garage_id,
                bus_type=self.bus.bus_type,
                bus_number=number,
                stops=tuple(stops),
            )

        return RunPair(
            session_id=session_id,
            groups=pair.groups,
            outbound=run(Direction.OUTBOUND, pair.out),
            between=run(Direction.BETWEEN, pair.between) if pair.between else None,
            return_run=run(Direction.RETURN, pair.back),
            needs_agreement=self._papers_missing(pair.groups),
        )

    def _papers_missing(self, groups: Sequence[Group]) -> tuple[NeedsAgreement, ...]:
        """Guest districts whose students this bus may carry only once a paper is found."""
        season = self.built.season
        owner = season.garage[self.bus.garage_id].leaid
        if owner is None or self.bus.carries is not Carries.AGREEMENT:
            return ()
        guests = {season.school[g.ncessch].leaid for g in groups} - {owner}
        return tuple(
            NeedsAgreement(lender_leaid=owner, guest_leaid=guest)
            for guest in sorted(guests)
            if not has_agreement(season, owner, guest, self.date)
        )
