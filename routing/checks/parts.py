"""Rules on requests that are cut: into how many parts, how large each is, all of them served."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.checks.alone import least_alone, whole
from tourpool.routing.checks.case import Case, rider_of
from tourpool.routing.checks.people import groups_by_request
from tourpool.routing.checks.table import RoadTable
from tourpool.routing.checks.words import Rule, Violation, usd_text
from tourpool.routing.plan import Group


def all_parts(cases: Sequence[Case]) -> Iterator[Violation]:
    """A request rides whole: each of its parts, numbered 1, 2 ..., is there."""
    for request_id, groups in groups_by_request(cases).items():
        parts = max(g.parts for g in groups)
        numbers = Counter(g.part for g in groups)
        whole = parts == len(groups) and numbers == Counter(range(1, len(groups) + 1))
        if not whole or {g.parts for g in groups} != {parts}:
            said = ", ".join(f"{g.part} of {g.parts}" for g in groups)
            text = f"it rides in parts {said}; all parts or none ride"
            yield Violation(Rule.ALL_PARTS, f"request {request_id}", text)


def group_size(season: Season, cases: Sequence[Case]) -> Iterator[Violation]:
    """The parts of a request that rides whole add up to it, each of the size it must have."""
    session = {r.request.request_id: c for c in cases for r in c.riders}
    for request_id, groups in groups_by_request(cases).items():
        request, where = season.request[request_id], f"request {request_id}"
        for group in groups:
            yield from _as_named(group, request, where)
            counted = rider_of(season, group).counted
            if group.counted != counted:
                text = f"of group {group.group_id} {group.counted} are counted, not {counted}"
                yield Violation(Rule.GROUP_SIZE, where, text)
        if groups[0].parts != len(groups):
            continue
        must = part_sizes(session[request_id], request, len(groups))
        for what in ("students", "chaperones", "wheelchairs"):
            asked: int = getattr(request, what)
            sizes = [getattr(g, what) for g in groups]
            if sum(sizes) != asked:
                text = f"{what} {_sum(sizes)} = {sum(sizes)}, and {asked} were asked"
                yield Violation(Rule.GROUP_SIZE, where, text)
            elif must and sizes != must[what]:
                text = f"{what} {_sum(sizes)} are not shared as equally as {_sum(must[what])}"
                yield Violation(Rule.GROUP_SIZE, where, text)


def chaperones(cases: Sequence[Case]) -> Iterator[Violation]:
    """A part of a request has chaperones for its students, as each venue or the policy asks."""
    for case in cases:
        ratio = case.students_per_chaperone
        for rider in case.riders:
            group = rider.group
            if group.parts == 1 or rider.event.adults_only:
                continue
            if group.students > ratio * group.chaperones:
                text = (
                    f"{group.students} students with {group.chaperones} chaperones, and one may "
                    f"have {ratio}"
                )
                yield Violation(Rule.CHAPERONES, f"{case.where}, group {group.group_id}", text)


def needless_cut(season: Season, table: RoadTable, cases: Sequence[Case]) -> Iterator[Violation]:
    """A request is cut only when no bus brings it whole, or it may be; then in as few as do."""
    session = {r.request.request_id: c for c in cases for r in c.riders}
    for request_id, groups in groups_by_request(cases).items():
        request, case = season.request[request_id], session[request_id]
        where = f"request {request_id}"
        if len(groups) > 1 and not request.may_split:
            least = least_alone(season, table, case, whole(season, request))
            if least is not None:
                text = f"it may not be split, and a bus brings it whole for {usd_text(least.cost)}"
                yield Violation(Rule.NEEDLESS_CUT, where, text)
        for parts in range(2, len(groups)):
            if _can_come(season, table, case, request, parts):
                text = f"it is cut in {len(groups)} parts, and {parts} would do"
                yield Violation(Rule.NEEDLESS_CUT, where, text)
                break


def part_sizes(case: Case, request: SeatRequest, parts: int) -> dict[str, list[int]]:
    """What the parts of a request must be; empty when it cannot be cut so.

    Chaperones and wheelchairs are shared near-equally, the first parts have one more; students
    as equally as the chaperones allow.
    """
    near = [_near_equal(n, parts) for n in (request.chaperones, request.wheelchairs)]
    most = [request.students] * parts
    if parts > 1 and not case.season.event[request.event_id].adults_only:
        most = [case.students_per_chaperone * n for n in near[0]]
    students = _level(request.students, most)
    if students is None:
        return {}
    return {"students": students, "chaperones": near[0], "wheelchairs": near[1]}


def _level(total: int, most: list[int]) -> list[int] | None:
    """Share out as equally as can be with at most so many each; None when it is too much."""
    shares, open_ = list(most), list(range(len(most)))
    while open_:
        share, over = divmod(total, len(open_))
        full = [k for k in open_ if most[k] < share + (over > 0)]
        if not full:
            for n, k in enumerate(open_):
                shares[k] = share + (n < over)
            return shares
        total -= sum(most[k] for k in full)
        open_ = [k for k in open_ if k not in full]
    return shares if total == 0 else None


def _near_equal(total: int, parts: int) -> list[int]:
    return [total // parts + (k < total % parts) for k in range(parts)]


def _can_come(
    season: Season, table: RoadTable, case: Case, request: SeatRequest, parts: int
) -> bool:
    """Whether so many parts could ride, each on a bus of its own that day."""
    sizes = part_sizes(case, request, parts)
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    mine = [(f"part of {request.request_id}", k) for k in range(parts)]
    for k in range(parts if sizes else 0):
        size = {what: each[k] for what, each in sizes.items()}
        least = least_alone(season, table, case, whole(season, request, **size))
        for bus in season.buses if least else ():
            if least and bus.bus_type_id in least.buses:
                slots = ((bus.bus_type_id, n) for n in range(min(bus.count, parts)))
                graph.add_edges_from((mine[k], slot) for slot in slots)
    if not all(part in graph for part in mine):
        return False
    matched = nx.bipartite.hopcroft_karp_matching(graph, mine)
    return all(part in matched for part in mine)


def _as_named(group: Group, request: SeatRequest, where: str) -> Iterator[Violation]:
    name = request.request_id if group.parts == 1 else f"{request.request_id}/{group.part}"
    if group.group_id != name or group.ncessch != request.ncessch:
        text = f"group {group.group_id} of school {group.ncessch} is not how part {group.part} is"
        yield Violation(Rule.GROUP_SIZE, where, f"{text} called, {name} of {request.ncessch}")


def _sum(sizes: Iterable[int]) -> str:
    return " + ".join(map(str, sizes))
