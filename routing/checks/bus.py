"""Rules on one bus: whom it holds, whom it may carry, and its driver's day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tourpool.events.calendar import bus_hours
from tourpool.events.fleet import Carries
from tourpool.events.rules import AgreementPolicy
from tourpool.events.season import Season
from tourpool.routing.checks.case import BlockCase, Case, bus_type
from tourpool.routing.checks.day import DrivenBlock
from tourpool.routing.checks.money import hours_s
from tourpool.routing.checks.words import Rule, Violation, clock_text
from tourpool.routing.plan import Plan


def load(case: Case) -> Iterator[Violation]:
    """small/seats_small + large/seats_large <= 1; a used wheelchair place takes large seats."""
    bus = case.bus
    wheelchairs = sum(r.group.wheelchairs for r in case.riders)
    small = sum(r.small for r in case.riders)
    large = sum(r.large for r in case.riders) + bus.seats_lost_per_wheelchair * wheelchairs
    if small * bus.seats_large + large * bus.seats_small > bus.seats_small * bus.seats_large:
        text = (
            f"{small} of {bus.seats_small} small and {large} of {bus.seats_large} large seats "
            f"are more than one bus (wheelchairs: {wheelchairs})"
        )
        yield Violation(Rule.LOAD, case.where, text)


def wheelchairs(case: Case) -> Iterator[Violation]:
    """No more wheelchairs than places for them."""
    asked = sum(r.group.wheelchairs for r in case.riders)
    if asked > case.bus.wheelchair_places:
        text = f"{asked} wheelchairs on {case.bus.wheelchair_places} places"
        yield Violation(Rule.WHEELCHAIRS, case.where, text)


def apart(case: Case) -> Iterator[Violation]:
    """Requests that must not share a bus do not."""
    aboard = {r.request.request_id for r in case.riders}
    for pair in case.season.apart:
        if {pair.request_a, pair.request_b} <= aboard:
            text = f"{pair.request_a} and {pair.request_b} must not share a bus"
            yield Violation(Rule.APART, case.where, text)


def carries(case: Case) -> Iterator[Violation]:
    """A bus that carries its own district only has no guests."""
    if case.bus.carries is Carries.OWN:
        for guest in _guests(case):
            text = f"bus {case.block.bus} carries its own district only, not {guest}"
            yield Violation(Rule.CARRIES, case.where, text)


def agreement(case: Case) -> Iterator[Violation]:
    """Where agreements are required, guests ride only with one that is valid that day."""
    if case.season.policy.agreements is AgreementPolicy.REQUIRE:
        for guest in _without_paper(case):
            text = (
                f"no agreement on {case.session.date} lets bus {case.block.bus} of district "
                f"{case.garage.leaid} carry district {guest}"
            )
            yield Violation(Rule.AGREEMENT, case.where, text)


def agreement_mark(case: Case) -> Iterator[Violation]:
    """Where agreements are marked, exactly those that are missing are."""
    missing = {(str(case.garage.leaid), guest) for guest in _without_paper(case)}
    if case.season.policy.agreements is AgreementPolicy.REQUIRE:
        missing = set()  # what is missing there is a breach of `agreement`, not a mark
    marks = Counter((m.lender_leaid, m.guest_leaid) for m in case.pair.needs_agreement)
    if marks != Counter(missing):
        text = f"marked as needing an agreement: {_pairs(marks)}; missing: {_pairs(missing)}"
        yield Violation(Rule.AGREEMENT_MARK, case.where, text)


def min_riders(case: Case) -> Iterator[Violation]:
    """A bus goes to a session only with as many people as it asks for."""
    people, least = sum(r.group.people for r in case.riders), case.bus.min_riders
    if people < least:
        text = f"{people} people, and bus {case.block.bus} goes with {least} or more"
        yield Violation(Rule.MIN_RIDERS, case.where, text)


def hours(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """A bus is out only in its free hours of that day, calendars included."""
    alone = block.bus.only((block.block.bus_number,))
    free, name = bus_hours(block.season, alone, block.date), block.block.bus
    if free is None:
        text = f"bus {name} is not free on {block.date}"
        yield Violation(Rule.BUS_HOURS, block.where, text)
    elif driven.leave_s < free[0] or driven.back_s > free[1]:
        out, back, opens, ends = (
            clock_text(block.date, s, block.garage.tz)
            for s in (driven.leave_s, driven.back_s, *free)
        )
        text = f"bus {name} is out {out} to {back} and free {opens} to {ends}"
        yield Violation(Rule.BUS_HOURS, block.where, text)


def duty(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """From garage to garage, off the clock apart, no longer than a driver may be on duty."""
    if driven.duty_s > hours_s(block.bus.max_duty_h):
        text = f"{driven.duty_s / 3600:.2f} h on duty, at most {block.bus.max_duty_h:g}"
        yield Violation(Rule.DUTY, block.where, text)


def wheel(block: BlockCase, driven: DrivenBlock) -> Iterator[Violation]:
    """At the wheel no longer than the driver may drive."""
    if driven.drive_s > hours_s(block.bus.max_drive_h):
        text = f"{driven.drive_s / 3600:.2f} h at the wheel, at most {block.bus.max_drive_h:g}"
        yield Violation(Rule.DRIVE, block.where, text)


def buses(season: Season, plan: Plan) -> Iterator[Violation]:
    """On a day no bus is used twice, none that is not there, and no more than there are."""
    used: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for block in plan.blocks:
        bus = bus_type(season, block)
        if bus is None:
            continue
        used[str(block.date), bus.garage_id, bus.bus_type].append(block.bus_number)
        numbers = bus.bus_numbers or tuple(str(n + 1) for n in range(bus.count))
        if block.bus_number not in numbers:
            text = f"no {bus.bus_type_id} has number {block.bus_number!r}"
            yield Violation(Rule.BUS_NUMBER, f"block {block.block_id}", text)
    count = {(b.garage_id, b.bus_type): b.count for b in season.buses}
    for (day, garage_id, type_name), numbers_used in used.items():
        where = f"{garage_id}/{type_name} on {day}"
        for number, times in Counter(numbers_used).items():
            if times > 1:
                yield Violation(Rule.BUS_TWICE, where, f"bus {number} is used {times} times")
        if len(set(numbers_used)) > count[garage_id, type_name]:
            text = f"{len(set(numbers_used))} buses of {count[garage_id, type_name]}"
            yield Violation(Rule.BUS_COUNT, where, text)


def _guests(case: Case) -> list[str]:
    """Districts on board that do not own the bus."""
    return sorted({r.school.leaid for r in case.riders} - {case.garage.leaid or ""})


def _without_paper(case: Case) -> list[str]:
    """Guest districts that need an agreement with the bus's district and have none that day."""
    if case.garage.leaid is None or case.bus.carries is not Carries.AGREEMENT:
        return []
    day = case.session.date
    papers = {
        a.guest_leaid
        for a in case.season.agreements
        if a.lender_leaid == case.garage.leaid and a.valid_from <= day <= a.valid_to
    }
    return [guest for guest in _guests(case) if guest not in papers]


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{lender} for {guest}" for lender, guest in sorted(pairs)) or "none"
