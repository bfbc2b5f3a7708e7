"""Sessions of a season as the plan tells them, with what it brings to each."""

from collections import Counter

from tourpool.events.clock import utc_s
from tourpool.events.occasions import Session
from tourpool.events.season import Season
from tourpool.routing.plan import Block, PlanSession, PlanVisit
from tourpool.routing.rules import people_limit


def plan_sessions(season: Season, blocks: tuple[Block, ...]) -> tuple[PlanSession, ...]:
    """All sessions in order, also those to which no bus goes."""
    people: Counter[str] = Counter()
    students: Counter[str] = Counter()
    for pair in (p for b in blocks for p in b.run_pairs):
        people[pair.session_id] += sum(g.people for g in pair.groups)
        students[pair.session_id] += pair.students
    return tuple(_session(season, s, people, students) for s in season.sessions)


def _session(
    season: Season, s: Session, people: Counter[str], students: Counter[str]
) -> PlanSession:
    event = season.event[s.event_id]
    visits = tuple(
        PlanVisit(
            venue_id=v.venue_id,
            arrive_from_s=utc_s(s.date, v.arrive_from, season.venue[v.venue_id].tz),
            arrive_by_s=utc_s(s.date, v.arrive_by, season.venue[v.venue_id].tz),
            depart_s=utc_s(s.date, v.depart, season.venue[v.venue_id].tz),
        )
        for v in s.visits
    )
    return PlanSession(
        session_id=s.session_id,
        event_id=s.event_id,
        event=event.name,
        kind=event.kind,
        ecosystem_id=event.ecosystem_id,
        date=s.date,
        visits=visits,
        max_people=people_limit(season, s),
        max_people_per_school=s.max_people_per_school,
        people=people[s.session_id],
        students=students[s.session_id],
    )
