"""Drive a block again: its run-pairs one after another, and the bus's way from one to the next."""

from dataclasses import dataclass
from itertools import pairwise

from tourpool.routing.checks.case import BlockCase
from tourpool.routing.checks.drive import Driven, drive
from tourpool.routing.checks.table import RoadTable


@dataclass(frozen=True)
class Link:
    """From the last drop-off of a run-pair to the first pick-up of the next one.

    Attributes
    ----------
    wait_s
        Standing, which is paid; negative when the bus comes so much too late.
    off_s
        In the garage and off the clock.
    """

    drive_s: int
    metres: int
    wait_s: int
    off_s: int


@dataclass(frozen=True)
class DrivenBlock:
    """A block as it would be driven.

    Attributes
    ----------
    links
        Between its run-pairs, as the block goes: directly, or by its garage.
    others
        The same if it went the other way.
    """

    pairs: tuple[Driven, ...]
    links: tuple[Link, ...]
    others: tuple[Link, ...]

    @property
    def leave_s(self) -> int:
        """Leaves its garage."""
        return self.pairs[0].outbound[0].depart_s

    @property
    def back_s(self) -> int:
        """Back in its garage."""
        return self.pairs[-1].return_run[-1].arrive_s

    @property
    def off_s(self) -> int:
        """In the garage between run-pairs, off the clock."""
        return sum(link.off_s for link in self.links)

    @property
    def duty_s(self) -> int:
        """Garage to garage, less what is off the clock."""
        return self.back_s - self.leave_s - self.off_s

    @property
    def drive_s(self) -> int:
        """At the wheel."""
        return sum(p.drive_s for p in self.pairs)

    @property
    def wait_s(self) -> int:
        """Standing at venues and between run-pairs, paid as waiting."""
        return sum(p.wait_s for p in self.pairs) + sum(link.wait_s for link in self.links)

    @property
    def metres(self) -> int:
        """Driven in all."""
        return sum(p.metres for p in self.pairs)

    @property
    def deadhead_metres(self) -> int:
        """Driven with no riders: from and to the garage, and from run-pair to run-pair."""
        return sum(p.deadhead_metres for p in self.pairs)


def drive_block(block: BlockCase, table: RoadTable) -> DrivenBlock:
    """Drive a well-made block (`checks.shape`) anew."""
    table = table.of(block.bus, block.date)
    pairs: list[Driven] = []
    for case in block.pairs:
        pairs.append(drive(case, table, pairs[-1].end_s if pairs else 0))
    by_garage = block.block.by_garage
    links, others = (
        tuple(_link(block, table, *two, by_garage=way) for two in pairwise(pairs))
        for way in (by_garage, not by_garage)
    )
    return DrivenBlock(tuple(pairs), links, others)


def _link(
    block: BlockCase, table: RoadTable, before: Driven, after: Driven, *, by_garage: bool
) -> Link:
    case, garage = block.pairs[0], block.garage.stop
    end = case.point(before.last.kind, before.last.place_id)
    begin = case.point(after.first.kind, after.first.place_id)
    legs = [(end, garage), (garage, begin)] if by_garage else [(end, begin)]
    drive_s = sum(table.seconds(*leg) for leg in legs)
    stay_s = after.begin_s - before.end_s - drive_s
    off_clock = by_garage and stay_s >= 60 * block.season.policy.garage_break_min
    return Link(
        drive_s=drive_s,
        metres=sum(table.metres(*leg) for leg in legs),
        wait_s=0 if off_clock else stay_s,
        off_s=stay_s if off_clock else 0,
    )
