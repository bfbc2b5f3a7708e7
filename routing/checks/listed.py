"""What a plan lists: places, sessions, requests and weights, held against the season."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tourpool.events.calendar import acceptable
from tourpool.events.clock import utc_s
from tourpool.events.equity import weights
from tourpool.events.places import Garage, School, Venue
from tourpool.events.riders import counted
from tourpool.events.season import Season
from tourpool.routing.checks.case import Case
from tourpool.routing.checks.people import rank_of, served
from tourpool.routing.checks.ride import ride_limit_min
from tourpool.routing.checks.table import RoadTable
from tourpool.routing.checks.words import Rule, Violation, differ
from tourpool.routing.plan import Place, PlaceKind, Plan, PlanSession, PlanVisit


def stated_places(season: Season, table: RoadTable, plan: Plan) -> Iterator[Violation]:
    """Names and positions are those of the season, and no place of a block is missing."""
    for place in plan.places:
        where, is_ = f"{place.kind.value} {place.place_id}", _place(season, place)
        if is_ is None:
            yield Violation(Rule.STATED_PLACES, where, "it is not in the season")
            continue
        alike = ("name", "lat", "lon", "tz", "contact")
        same = [(f, getattr(place, f), getattr(is_, f)) for f in alike]
        same.append(("stop", (place.stop_lat, place.stop_lon), tuple(is_.stop)))
        same += ((f, getattr(place, f), getattr(is_, f, None)) for f in ("leaid", "locale"))
        same.append(("loading_note", place.loading_note, getattr(is_, "loading_note", "")))
        district = season.district.get(getattr(is_, "leaid", None) or "")
        same.append(("district", place.district, district.name if district else ""))
        ecosystem_id = district.ecosystem_id if district else ""
        same.append(("ecosystem_id", place.ecosystem_id, ecosystem_id))
        ready_pct = district.college_career_ready_pct if district else None
        same.append(("ready_pct", place.ready_pct, ready_pct))
        same.append(("metres_to_road", place.metres_to_road, table.metres_to_road(is_.stop)))
        yield from differ(Rule.STATED_PLACES, where, same)
    listed = Counter((p.kind, p.place_id) for p in plan.places)
    for kind, place_id in sorted(_spoken_of(plan) | set(listed)):
        if listed[kind, place_id] != 1:
            text = f"the plan speaks of it and lists it {listed[kind, place_id]} times"
            yield Violation(Rule.STATED_PLACES, f"{kind.value} {place_id}", text)


def stated_sessions(season: Season, plan: Plan, cases: Sequence[Case]) -> Iterator[Violation]:
    """Every session of the season, as offered, with whom the plan brings to it."""
    names = [s.session_id for s in plan.sessions]
    brought = {
        s: [r for c in cases if c.session.session_id == s for r in c.riders] for s in season.session
    }
    yield from _listed(Rule.STATED_SESSIONS, "session", names, season.session)
    for says in plan.sessions:
        if says.session_id not in season.session:
            continue
        is_ = _session(season, says.session_id).model_copy(
            update={
                "people": sum(r.group.people for r in brought[says.session_id]),
                "students": sum(r.counted for r in brought[says.session_id]),
            }
        )
        same = ((f, getattr(says, f), getattr(is_, f)) for f in PlanSession.model_fields)
        yield from differ(Rule.STATED_SESSIONS, f"session {says.session_id}", same)


def stated_requests(season: Season, plan: Plan) -> Iterator[Violation]:
    """Every request of the season once, as it was asked."""
    names = [r.request_id for r in plan.requests]
    yield from _listed(Rule.STATED_REQUESTS, "request", names, season.request)
    for says in plan.requests:
        if says.request_id not in season.request:
            continue
        request = season.request[says.request_id]
        asked = ("ncessch", "event_id", "students", "chaperones", "wheelchairs")
        same = [
            (f, getattr(says, f), getattr(request, f)) for f in (*asked, "grade_low", "grade_high")
        ]
        accepts = tuple(c.session_id for c in acceptable(season, request))
        same.append(("accepts", says.accepts, accepts))
        same.append(("counted", says.counted, counted(season, request)))
        same.append(("max_ride_min", says.max_ride_min, ride_limit_min(season, request)))
        yield from differ(Rule.STATED_REQUESTS, f"request {says.request_id}", same)


def request_fate(season: Season, plan: Plan, cases: Sequence[Case]) -> Iterator[Violation]:
    """A request that rides names its session and rank; one that does not names a reason."""
    given = served(cases)
    for says in plan.requests:
        if says.request_id not in season.request:
            continue
        where, session_id = f"request {says.request_id}", given.get(says.request_id)
        rank = None if session_id is None else rank_of(season, says.request_id, session_id)
        same = [("session", says.session_id, session_id), ("rank", says.rank, rank)]
        yield from differ(Rule.REQUEST_FATE, where, same)
        if (says.reason is None) != (session_id is not None):
            text = "it rides and a reason is given" if says.reason else "no reason why it stays"
            yield Violation(Rule.REQUEST_FATE, where, text)


def weight(season: Season, plan: Plan) -> Iterator[Violation]:
    """The weight of each request and each reason for it."""
    known = weights(season)
    for says in plan.requests:
        if says.request_id in known:
            is_ = known[says.request_id]
            same = (
                ("weight", says.weight_hundredths, is_.hundredths),
                ("factors", says.factors, is_.factors),
            )
            yield from differ(Rule.WEIGHT, f"request {says.request_id}", same)


def _place(season: Season, place: Place) -> School | Venue | Garage | None:
    if place.kind is PlaceKind.SCHOOL:
        return season.school.get(place.place_id)
    if place.kind is PlaceKind.VENUE:
        return season.venue.get(place.place_id)
    return season.garage.get(place.place_id)


def _spoken_of(plan: Plan) -> set[tuple[PlaceKind, str]]:
    """Every place of a block, a request, a session or a bus."""
    runs = (r for b in plan.blocks for p in b.run_pairs for r in p.runs)
    stops = {(s.kind, s.place_id) for r in runs for s in r.stops}
    schools = {(PlaceKind.SCHOOL, r.ncessch) for r in plan.requests}
    venues = {(PlaceKind.VENUE, v.venue_id) for s in plan.sessions for v in s.visits}
    return stops | schools | venues | {(PlaceKind.GARAGE, b.garage_id) for b in plan.buses}


def _listed(
    rule: Rule, what: str, listed: Iterable[str], known: Mapping[str, object]
) -> Iterator[Violation]:
    """Whatever the season has is listed once, and nothing else is."""
    names = list(listed)
    for name in known:
        if names.count(name) != 1:
            text = f"it is listed {names.count(name)} times"
            yield Violation(rule, f"{what} {name}", text)
    for name in sorted(set(names) - set(known)):
        yield Violation(rule, f"{what} {name}", "it is not in the season")


def _session(season: Season, session_id: str) -> PlanSession:
    """A session as the season offers it, nobody brought."""
    session = season.session[session_id]
    event = season.event[session.event_id]
    visits = []
    for v in session.visits:
        tz = season.venue[v.venue_id].tz
        from_s, by_s, depart_s = (
            utc_s(session.date, t, tz) for t in (v.arrive_from, v.arrive_by, v.depart)
        )
        visits.append(
            PlanVisit(
                venue_id=v.venue_id, arrive_from_s=from_s, arrive_by_s=by_s, depart_s=depart_s
            )
        )
    limits = [session.max_people, *(season.venue[v.venue_id].max_people for v in session.visits)]
    return PlanSession(
        session_id=session_id,
        event_id=event.event_id,
        event=event.name,
        kind=event.kind,
        ecosystem_id=event.ecosystem_id,
        date=session.date,
        visits=tuple(visits),
        max_people=min((m for m in limits if m is not None), default=None),
        max_people_per_school=session.max_people_per_school,
        people=0,
        students=0,
    )
