"""What a plan says of each block, held against the block driven anew."""

from collections.abc import Iterator

from tourpool.routing.checks.case import BlockCase, Case
from tourpool.routing.checks.day import DrivenBlock
from tourpool.routing.checks.drive import Driven
from tourpool.routing.checks.money import cost
from tourpool.routing.checks.words import Rule, Violation, clock_text, differ, usd_text
from tourpool.routing.plan import Run, StopTime


def stated_times(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """Arrivals, departures, boardings and hours of the block, from the order of stops."""
    for case, run, stop, anew in _stops(block, driven):
        tz = case.tz(stop.kind, stop.place_id)
        for what, says, is_ in _moments(stop, anew):
            if says != is_:
                said, was = (clock_text(case.session.date, s, tz) for s in (says, is_))
                text = f"{what} at {stop.kind.value} {stop.place_id} is {was}, and it says {said}"
                yield Violation(Rule.STATED_TIMES, f"run {run.run_id}", text)
    for _, run, stop, anew in _stops(block, driven):
        text = f"the drive to {stop.kind.value} {stop.place_id}, in seconds"
        same = [(text, stop.drive_s, anew.drive_s)]
        yield from differ(Rule.STATED_TIMES, f"run {run.run_id}", same)
    figures = ("leave_s", "back_s", "off_s", "drive_s", "wait_s")
    yield from _block(block, driven, Rule.STATED_TIMES, *figures)


def stated_metres(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """Metres of each leg, of the block, and driven with no riders."""
    for _, run, stop, anew in _stops(block, driven):
        same = [(f"metres to {stop.kind.value} {stop.place_id}", stop.metres, anew.metres)]
        yield from differ(Rule.STATED_METRES, f"run {run.run_id}", same)
    yield from _block(block, driven, Rule.STATED_METRES, "metres", "deadhead_metres")


def stated_cost(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """What the block costs."""
    is_ = cost(block.season, block.bus, driven.metres, driven.duty_s, driven.wait_s)
    same = [("cost", usd_text(block.block.cost), usd_text(is_))]
    yield from differ(Rule.STATED_COST, block.where, same)


def stated_lines(case: Case, driven: Driven) -> Iterator[Violation]:
    """What a map draws goes from stop to stop; nothing is driven to the first one."""
    for run in case.pair.runs:
        points = [tuple(case.point(s.kind, s.place_id)) for s in run.stops]
        for n, stop in enumerate(run.stops):
            ends = (*stop.line[:1], *stop.line[-1:])
            if ends != (tuple(points[n - 1 : n + 1]) if n else ()):
                text = f"the line to {stop.kind.value} {stop.place_id} does not go there"
                yield Violation(Rule.STATED_LINES, f"run {run.run_id}", text)


def _block(block: BlockCase, driven: DrivenBlock, rule: Rule, *fields: str) -> Iterator[Violation]:
    same = ((f, getattr(block.block, f), getattr(driven, f)) for f in fields)
    yield from differ(rule, block.where, same)


def _stops(block: BlockCase, driven: DrivenBlock) -> Iterator[tuple[Case, Run, StopTime, StopTime]]:
    """Each stop of the plan beside the same stop driven anew."""
    for case, anew in zip(block.pairs, driven.pairs, strict=True):
        runs = [(case.pair.outbound, anew.outbound), (case.pair.return_run, anew.return_run)]
        if case.pair.between is not None:
            runs.append((case.pair.between, anew.between))
        for run, stops in runs:
            for stop, again in zip(run.stops, stops, strict=True):
                yield case, run, stop, again


def _moments(says: StopTime, is_: StopTime) -> Iterator[tuple[str, int, int]]:
    yield "arrival", says.arrive_s, is_.arrive_s
    yield "departure", says.depart_s, is_.depart_s
    for what, a, b in (("boarding", says.on, is_.on), ("alighting", says.off, is_.off)):
        for said, was in zip(a, b, strict=True):
            yield f"begin of {what} of {said.group_id}", said.begin_s, was.begin_s
            yield f"end of {what} of {said.group_id}", said.end_s, was.end_s
