"""What the map says at each place: what boards when, and whom nobody fetches."""

from collections import defaultdict
from dataclasses import dataclass, field

from tourpool.events.clock import local
from tourpool.reports.calls import Call, plan_calls
from tourpool.reports.figures import event_names, sessions_of
from tourpool.reports.marks import bus_name, colours, tags
from tourpool.reports.reasons import public_reason
from tourpool.reports.session_names import session_name
from tourpool.reports.words import clock, count, day
from tourpool.routing.plan import Direction, Group, Place, PlaceKind, Plan, PlanRequest
from tourpool.routing.roads import FAR_M


@dataclass(frozen=True)
class Line:
    """One bus at a place in one session."""

    tag: str
    colour: str
    bus: str
    text: str


@dataclass(frozen=True)
class Left:
    """A request that nobody fetches."""

    event: str
    riders: str
    kind: str
    reason: str


@dataclass
class PlaceView:
    """A place with its lines by session.

    Attributes
    ----------
    sessions
        Indices k of the plan's sessions in which a bus calls here, with what it does.
    shown_in
        Sessions in which it is shown though no bus calls: those that visit the venue.
    left
        Requests of the school without a seat, each with the sessions it accepts.
    """

    place: Place
    sessions: defaultdict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    shown_in: list[int] = field(default_factory=list)
    left: list[tuple[tuple[int, ...], Left]] = field(default_factory=list)

    @property
    def is_far(self) -> bool:
        """Whether it lies so far from a road that it may be somewhere else."""
        return self.place.metres_to_road > FAR_M

    @property
    def left_in(self) -> list[int]:
        """Sessions in which somebody here is left behind."""
        return sorted({k for sessions, _ in self.left for k in sessions})

    @property
    def seen_in(self) -> list[int]:
        """Sessions in which the place is shown."""
        return sorted({*self.sessions, *self.shown_in, *self.left_in})


def place_views(plan: Plan) -> list[PlaceView]:
    """Every place with a bus, a session or somebody left behind, in the order of the plan.

    Garages whose buses stay are shown only when all stay.
    """
    views = {(p.kind, p.place_id): PlaceView(p) for p in plan.places}
    index = {s.session_id: k for k, s in enumerate(plan.sessions)}
    tag_of, colour_of = tags(plan), colours(plan)
    for call in plan_calls(plan):
        key = call.block.block_id
        line = Line(tag_of[key], colour_of[key], bus_name(plan, call.block), _text(call))
        view = views[call.stop.kind, call.stop.place_id]
        view.sessions[index[call.pair.session_id]].append(line)
    for request in plan.requests:
        if request.session_id is None:
            left = (sessions_of(plan, request), _left(plan, request))
            views[PlaceKind.SCHOOL, request.ncessch].left.append(left)
    for k, session in enumerate(plan.sessions):
        for visit in session.visits:
            views[PlaceKind.VENUE, visit.venue_id].shown_in.append(k)
    if not plan.blocks:
        for (kind, _), view in views.items():
            if kind is PlaceKind.GARAGE:
                view.shown_in.extend(range(len(plan.sessions)))
    return [view for view in views.values() if view.seen_in]


def session_title(plan: Plan, k: int) -> str:
    """Name and day of the k-th session."""
    session = plan.sessions[k]
    return f"{session_name(plan, session)}, {day(session.date)}"


def _left(plan: Plan, request: PlanRequest) -> Left:
    why = public_reason(request)
    return Left(
        event=event_names(plan).get(request.event_id, request.event_id),
        riders=riders(request),
        kind=why.kind,
        reason=why.text,
    )


def riders(request: PlanRequest) -> str:
    """Whom its weight counts: ``1 student``; where adults count as well, ``12 riders``."""
    return count(request.counted, "student" if request.counted == request.students else "rider")


def _text(call: Call) -> str:
    """What the bus does here; between two sessions of a day, where it stood first."""
    return _moves(call) if call.stands is None else f"{call.stands.text}; {_moves(call)}"


def _moves(call: Call) -> str:
    """Who gets on and off when, with clocks of the place."""
    tz, date = call.place.tz, call.block.date
    begin_s = call.stop.arrive_s if call.arrive_s is None else call.arrive_s
    arrive, depart = (local(date, s, tz) for s in (begin_s, call.stop.depart_s))
    zone = depart.strftime("%Z")
    if call.stop.kind is PlaceKind.GARAGE:
        return f"leaves {clock(depart)} {zone}" if call.first else f"back {clock(arrive)} {zone}"
    if call.stop.kind is PlaceKind.SCHOOL and not (call.on or call.off):
        return f"leaves {clock(depart)} {zone} with nobody on board"
    if call.stop.kind is PlaceKind.VENUE:
        if call.first:
            return f"leaves {clock(depart)} {zone} with {_people(call.on)}"
        return f"arrives {clock(arrive)} {zone} with {_people(call.off)}"
    ride = _ride(call)
    if call.on:
        return f"boards {clock(arrive)} to {clock(depart)} {zone}: {_people(call.on)}{ride}"
    return f"home {clock(arrive)} {zone}: {_people(call.off)}{ride}"


def _ride(call: Call) -> str:
    way = 0 if call.run.direction is Direction.OUTBOUND else 1
    rides = call.pair.rides_s
    longest = max((rides[g.group_id][way] for g in (*call.on, *call.off)), default=0)
    return f"; {-(-longest // 60)} min on board"


def _people(groups: tuple[Group, ...]) -> str:
    """How many they are; who uses a wheelchair is not for everybody to read."""
    texts = [count(sum(g.students for g in groups), "student")]
    if chaperones := sum(g.chaperones for g in groups):
        texts.append(count(chaperones, "chaperone"))
    return ", ".join(texts)
