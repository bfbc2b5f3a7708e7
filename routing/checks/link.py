"""Rules on the way of a bus from one run-pair to its next: in time, and not the dearer way."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tourpool.routing.checks.case import BlockCase
from tourpool.routing.checks.day import DrivenBlock
from tourpool.routing.checks.money import cost, hours_s
from tourpool.routing.checks.words import Rule, Violation, clock_text, usd_text


def next_pick_up(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """A bus brings home one run-pair before it has to be at the first pick-up of the next."""
    for (before, after), link in zip(pairwise(driven.pairs), driven.links, strict=True):
        if link.wait_s < 0:
            tz = block.pairs[0].tz(after.first.kind, after.first.place_id)
            free, begin = (clock_text(block.date, s, tz) for s in (before.end_s, after.begin_s))
            text = (
                f"its riders are off at {free}, it drives {link.drive_s / 60:.1f} min, and the "
                f"next ones board at {begin}"
            )
            yield Violation(Rule.NEXT_PICK_UP, block.where, text)


def cheaper_link(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """Of going directly and by the garage it is the cheaper one, where a driver may do both.

    Where both cost the same it goes directly.
    """
    by_garage = block.block.by_garage
    for n, (link, other) in enumerate(zip(driven.links, driven.others, strict=True)):
        drive_s = driven.drive_s - link.drive_s + other.drive_s
        metres = driven.metres - link.metres + other.metres
        changed = replace(driven, links=(*driven.links[:n], other, *driven.links[n + 1 :]))
        if (
            min(link.wait_s, other.wait_s) < 0  # the bus does not come in time
            or changed.duty_s > hours_s(block.bus.max_duty_h)
            or drive_s > hours_s(block.bus.max_drive_h)
        ):
            continue
        is_ = cost(block.season, block.bus, driven.metres, driven.duty_s, driven.wait_s)
        less = cost(block.season, block.bus, metres, changed.duty_s, changed.wait_s)
        if less < is_ or (less == is_ and by_garage):
            ways = ("directly", "by its garage")
            text = f"{ways[by_garage]} it costs {usd_text(is_)}, {ways[not by_garage]} "
            yield Violation(Rule.CHEAPER_LINK, block.where, f"{text}{usd_text(less)}")
