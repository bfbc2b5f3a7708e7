"""Rules on how a block is made: whose bus, where runs begin and end, who boards where."""

from collections.abc import Iterator

from tourpool.routing.checks.case import Case
from tourpool.routing.checks.words import Rule, Violation
from tourpool.routing.plan import Block, Direction, PlaceKind, Run


def one_run_pair(block: Block) -> Iterator[Violation]:
    """A bus makes one run-pair a day."""
    if len(block.run_pairs) != 1:
        text = f"it has {len(block.run_pairs)} run-pairs; a bus makes one a day"
        yield Violation(Rule.ONE_RUN_PAIR, f"block {block.block_id}", text)


def block_date(case: Case) -> Iterator[Violation]:
    """A block lies on the day of its session."""
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
    """Outbound goes from the garage to the first venue, return from the last venue to it."""
    garage = (PlaceKind.GARAGE, case.garage.garage_id)
    first = (PlaceKind.VENUE, case.visits[0].venue_id)
    last = (PlaceKind.VENUE, case.visits[-1].venue_id)
    pair = case.pair
    for run, begin, end in ((pair.outbound, garage, first), (pair.return_run, last, garage)):
        places = [(s.kind, s.place_id) for s in run.stops]
        if not places or places[0] != begin:
            yield _at(Rule.RUN_ENDS, run, f"it must begin at {begin[0].value} {begin[1]}")
        if not places or places[-1] != end:
            yield _at(Rule.RUN_ENDS, run, f"it must end at {end[0].value} {end[1]}")


def run_stops(case: Case) -> Iterator[Violation]:
    """On the way a bus stops only at schools, and only for somebody."""
    for run in (case.pair.outbound, case.pair.return_run):
        way = run.stops[1:-1]
        if not way:
            yield _at(Rule.RUN_STOPS, run, "it stops at no school")
        for stop in way:
            moves = stop.on if run is case.pair.outbound else stop.off
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
