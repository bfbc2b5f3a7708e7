"""Rules over the whole plan: nobody served twice or in two places, and what venues allow."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tourpool.events.season import Season
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
    request = season.request[request_id]
    return next((c.rank for c in request.choices if c.session_id == session_id), 1)


def _by_session(cases: Iterable[Case]) -> list[tuple[list[Rider], Case]]:
    """Everybody whom the plan brings to a session, with one of its cases."""
    sessions: dict[str, tuple[list[Rider], Case]] = {}
    for case in cases:
        riders, _ = sessions.setdefault(case.session.session_id, ([], case))
        riders += case.riders
    return list(sessions.values())
