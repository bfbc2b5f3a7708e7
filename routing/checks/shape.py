"""Rules on how a block is made: whose bus, where runs begin and end, who boards where."""

from collections.abc import Iterator
from itertools import pairwise

from tourpool.events.season import Season
from tourpool.routing.checks.case import BlockCase, Case
from tourpool.routing.checks.words import Rule, Violation
from tourpool.routing.plan import Block, Direction, PlaceKind, Run


def run_pairs(season: Season, block: Block) -> Iterator[Violation]:
    """A bus makes at least one run-pair a day, and no more than the policy says."""
    most = season.policy.run_pairs_per_day
    if not 1 <= len(block.run_pairs) <= most:
        text = f"it has {len(block.run_pairs)} run-pairs; a bus makes 1 to {most} a day"
        yield Violation(Rule.RUN_PAIRS, f"block {block.block_id}", text)


def block_date(case: Case) -> Iterator[Violation]:
    """A block lies on the day of each of its sessions."""
    if case.block.date != case.session.date:
        text = f"it is on {case.block.date}, its session on {case.session.date}"
        yield Violation(Rule.BLOCK_DATE, case.where, text)


def run_bus(case: Case) -> Iterator[Violation]:
    """Every run names the bus of its block, the session of its run-pair, and its direction."""
    block, pair = case.block, case.pair
    want = (block.garage_id, block.bus_type, block.bus_number, pair.session_id)
    named = [(pair.outbound, Direction.OUTBOUND), (pair.return_run, Direction.RETURN)]
    if pair.between is not None:
        named.append((pair.between, Direction.BETWEEN))
    for run, direction in named:
        if (run.garage_id, run.bus_type, run.bus_number, run.session_id) != want:
            text = (
                f"it names bus {run.garage_id} {run.bus_type} {run.bus_number} to session "
                f"{run.session_id}; its block is bus {' '.join(want[:3])} to session {want[3]}"
            )
            yield Violation(Rule.RUN_BUS, f"run {run.run_id}", text)
        if run.direction is not direction:
            text = f"it says {run.direction.value} and stands as {direction.value}"
            yield Violation(Rule.RUN_BUS, f"run {run.run_id}", text)


def run_ends(case: Case) -> Iterator[Violation]:
    """Outbound ends at the first venue, return begins at the last; the garage is at both ends."""
    first = (PlaceKind.VENUE, case.visits[0].venue_id)
    last = (PlaceKind.VENUE, case.visits[-1].venue_id)
    garage = (PlaceKind.GARAGE, case.garage.garage_id)
    pair = case.pair
    ends = [(pair.outbound, -1, first), (pair.return_run, 0, last)]
    ends += [(pair.outbound, 0, garage)] if case.from_garage else []
    ends += [(pair.return_run, -1, garage)] if case.to_garage else []
    for run, end, want in ends:
        if not run.stops or (run.stops[end].kind, run.stops[end].place_id) != want:
            what = "end" if end else "begin"
            yield _at(Rule.RUN_ENDS, run, f"it must {what} at {want[0].value} {want[1]}")


def link_ends(block: BlockCase) -> Iterator[Violation]:
    """A bus that goes on directly starts where it let off the last riders.

    Where the next ones wait at that very stop they get on there, and there is no leg.
    """
    if block.block.by_garage and len(block.pairs) == 1:
        text = "it says that it comes by its garage between run-pairs, and has one"
        yield Violation(Rule.LINK_ENDS, block.where, text)
    for before, after in pairwise(block.pairs):
        left, run = before.pair.return_run.stops[-1:], after.pair.outbound
        if not after.from_garage and left and run.stops:
            here, at = left[0], before.point(left[0].kind, left[0].place_id)
            points = [after.point(s.kind, s.place_id) for s in run.stops[:2]]
            start = run.stops[0]
            same = (start.kind, start.place_id) == (here.kind, here.place_id)
            if not (points[0] == at if start.on else same):
                text = f"it must begin at {here.kind.value} {here.place_id}, where the bus is"
                yield _at(Rule.LINK_ENDS, run, text)
            elif not start.on and points[1:] == [at]:
                text = "its first pick-up is where the bus is: it must begin there, with no leg"
                yield _at(Rule.LINK_ENDS, run, text)


def run_stops(case: Case) -> Iterator[Violation]:
    """On the way a bus stops only at schools, and only for somebody."""
    pair = case.pair
    for run, way in ((pair.outbound, case.pick_ups), (pair.return_run, case.drop_offs)):
        if not way:
            yield _at(Rule.RUN_STOPS, run, "it stops at no school")
        for stop in way:
            moves = stop.on if run is pair.outbound else stop.off
            if stop.kind is not PlaceKind.SCHOOL or not moves:
                text = f"it stops at {stop.kind.value} {stop.place_id}, where no group moves"
                yield _at(Rule.RUN_STOPS, run, text)


def boards_once(case: Case) -> Iterator[Violation]:
    """On each run a group gets on once, then off once: at its school, and at the venue."""
    school = {r.group.group_id: (PlaceKind.SCHOOL, r.school.ncessch) for r in case.riders}
    pair, first, last = case.pair, case.visits[0].venue_id, case.visits[-1].venue_id
    for group_id in _carried(pair.outbound):
        want = [("on", *school[group_id]), ("off", PlaceKind.VENUE, first)]
        yield from _moves_as(pair.outbound, group_id, want)
    for group_id in _carried(pair.return_run):
        want = [("on", PlaceKind.VENUE, last), ("off", *school[group_id])]
        yield from _moves_as(pair.return_run, group_id, want)


def same_groups(case: Case) -> Iterator[Violation]:
    """Who rides out rides back with the same bus, and nobody else does."""
    groups = {g.group_id for g in case.pair.groups}
    if not groups:
        yield Violation(Rule.SAME_GROUPS, case.where, "it carries no group")
    for run in case.pair.runs:
        carried = _carried(run)
        for group_id in sorted(groups - carried):
            yield _at(Rule.SAME_GROUPS, run, f"group {group_id} of its block is not on it")


def between_run(case: Case) -> Iterator[Violation]:
    """A session of several visits has a run that goes along, venue by venue in their order."""
    between, venues = case.pair.between, [v.venue_id for v in case.visits]
    if between is None:
        if len(venues) > 1:
            text = f"the session visits {', '.join(venues)}, and no run joins them"
            yield Violation(Rule.BETWEEN_RUN, case.where, text)
        return
    if len(venues) == 1:
        yield _at(Rule.BETWEEN_RUN, between, f"the session visits {venues[0]} only")
        return
    places = [(s.kind, s.place_id) for s in between.stops]
    if places != [(PlaceKind.VENUE, v) for v in venues]:
        yield _at(Rule.BETWEEN_RUN, between, f"it must go {' - '.join(venues)}")
        return
    for group_id in sorted(_carried(between)):
        moves = [("on", PlaceKind.VENUE, venues[0]), ("off", PlaceKind.VENUE, venues[-1])]
        for violation in _moves_as(between, group_id, moves):
            yield Violation(Rule.BETWEEN_RUN, violation.where, violation.text)


def _moves_as(
    run: Run, group_id: str, want: list[tuple[str, PlaceKind, str]]
) -> Iterator[Violation]:
    moves = _moves(run, group_id)
    if moves != want:
        did = ", ".join(f"{m} at {k.value} {p}" for m, k, p in moves)
        must = ", ".join(f"{m} at {k.value} {p}" for m, k, p in want)
        yield _at(Rule.BOARDS_ONCE, run, f"group {group_id} gets {did}; it must get {must}")


def _moves(run: Run, group_id: str) -> list[tuple[str, PlaceKind, str]]:
    moves = []
    for stop in run.stops:
        for what, boardings in (("off", stop.off), ("on", stop.on)):
            count = sum(b.group_id == group_id for b in boardings)
            moves += [(what, stop.kind, stop.place_id)] * count
    return moves


def _carried(run: Run) -> set[str]:
    return {b.group_id for s in run.stops for b in (*s.on, *s.off)}


def _at(rule: Rule, run: Run, text: str) -> Violation:
    return Violation(rule, f"run {run.run_id}", text)
