"""Rules over the whole plan: each request served once and whole, and what venues allow."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.checks.case import Case, Rider
from tourpool.routing.checks.words import Rule, Violation
from tourpool.routing.plan import Group


def served_once(cases: Sequence[Case]) -> Iterator[Violation]:
    """No group rides twice."""
    rides = Counter(r.group.group_id for c in cases for r in c.riders)
    for group_id, times in rides.items():
        if times > 1:
            text = f"it rides {times} times"
            yield Violation(Rule.SERVED_ONCE, f"group {group_id}", text)


def one_session(cases: Sequence[Case]) -> Iterator[Violation]:
    """All parts of a request go to one session."""
    sessions: defaultdict[str, set[str]] = defaultdict(set)
    for case in cases:
        for rider in case.riders:
            sessions[rider.request.request_id].add(case.session.session_id)
    for request_id, ids in sessions.items():
        if len(ids) > 1:
            text = f"its parts go to {', '.join(sorted(ids))}"
            yield Violation(Rule.ONE_SESSION, f"request {request_id}", text)


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
    """The parts of a request that rides whole add up to it, and are as equal as can be."""
    for request_id, groups in groups_by_request(cases).items():
        request, parts = season.request[request_id], len(groups)
        where = f"request {request_id}"
        for group in groups:
            if not _is_named(group, request):
                text = f"group {group.group_id} is not how part {group.part} of it is called"
                yield Violation(Rule.GROUP_SIZE, where, text)
        for what in ("students", "chaperones", "wheelchairs"):
            asked: int = getattr(request, what)
            sizes = [getattr(g, what) for g in groups]
            if sum(sizes) != asked and parts == groups[0].parts:
                text = f"{what} {_sum(sizes)} = {sum(sizes)}, and {asked} were asked"
                yield Violation(Rule.GROUP_SIZE, where, text)
            elif max(sizes) - min(sizes) > 1 or min(sizes) < 0:
                text = f"{what} {_sum(sizes)} are not near-equal parts"
                yield Violation(Rule.GROUP_SIZE, where, text)


def people_limit(cases: Sequence[Case]) -> Iterator[Violation]:
    """A session holds no more people than it and each of its venues take."""
    for riders, case in _by_session(cases):
        people = sum(r.group.people for r in riders)
        limits = {f"session {case.session.session_id}": case.session.max_people}
        for visit in case.visits:
            limits[f"venue {visit.venue_id}"] = case.season.venue[visit.venue_id].max_people
        for whose, limit in limits.items():
            if limit is not None and people > limit:
                text = f"{people} people, and {whose} takes {limit}"
                where = f"session {case.session.session_id}"
                yield Violation(Rule.PEOPLE_LIMIT, where, text)


def school_limit(cases: Sequence[Case]) -> Iterator[Violation]:
    """No school brings more people to a session than one school may."""
    for riders, case in _by_session(cases):
        limit, people = case.session.max_people_per_school, Counter[str]()
        for rider in riders:
            people[rider.school.ncessch] += rider.group.people
        for ncessch, brought in people.items():
            if limit is not None and brought > limit:
                text = f"school {ncessch} brings {brought} people, at most {limit}"
                where = f"session {case.session.session_id}"
                yield Violation(Rule.SCHOOL_LIMIT, where, text)


def max_group(cases: Sequence[Case]) -> Iterator[Violation]:
    """No group is larger than each venue takes at once."""
    for case in cases:
        for venue_id in dict.fromkeys(v.venue_id for v in case.visits):
            limit = case.season.venue[venue_id].max_group
            for group in (r.group for r in case.riders):
                if limit is not None and group.people > limit:
                    text = f"{group.people} people, and venue {venue_id} takes groups of {limit}"
                    yield Violation(Rule.MAX_GROUP, f"{case.where}, group {group.group_id}", text)


def chaperones(cases: Sequence[Case]) -> Iterator[Violation]:
    """A part of a request has chaperones for its students, as each venue or the policy asks."""
    for case in cases:
        venues = [case.season.venue[v.venue_id] for v in case.visits]
        policy = case.season.policy.students_per_chaperone
        ratio = min(v.students_per_chaperone or policy for v in venues)
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


def groups_by_request(cases: Iterable[Case]) -> dict[str, list[Group]]:
    """Groups that ride, each once, by request and in the order of their parts."""
    groups: defaultdict[str, dict[str, Group]] = defaultdict(dict)
    for case in cases:
        for rider in case.riders:
            groups[rider.request.request_id].setdefault(rider.group.group_id, rider.group)
    return {r: sorted(g.values(), key=lambda group: group.part) for r, g in groups.items()}


def served(cases: Sequence[Case]) -> dict[str, str]:
    """Session of each request that rides."""
    session = {r.request.request_id: c.session.session_id for c in cases for r in c.riders}
    return {request_id: session[request_id] for request_id in groups_by_request(cases)}


def rank_of(season: Season, request_id: str, session_id: str) -> int:
    """How well a request likes a session; 1 when it named none."""
    request: SeatRequest = season.request[request_id]
    return next((c.rank for c in request.choices if c.session_id == session_id), 1)


def _by_session(cases: Iterable[Case]) -> list[tuple[list[Rider], Case]]:
    """Everybody whom the plan brings to a session, with one of its cases."""
    sessions: dict[str, tuple[list[Rider], Case]] = {}
    for case in cases:
        riders, _ = sessions.setdefault(case.session.session_id, ([], case))
        riders += case.riders
    return list(sessions.values())


def _is_named(group: Group, request: SeatRequest) -> bool:
    name = request.request_id if group.parts == 1 else f"{request.request_id}/{group.part}"
    return group.group_id == name and group.ncessch == request.ncessch


def _sum(sizes: Iterable[int]) -> str:
    return " + ".join(map(str, sizes))
