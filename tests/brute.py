"""Brute force: the best plan of a very small season, by trying everything.

It shares no code with the solver nor with the check, on purpose; only the season's own tables and
the weights (which are given, not planned) are taken.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from tests.brute_bus import Calendar, OneBus, Part
from tourpool.events.equity import weights
from tourpool.events.occasions import Session
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.roads import Roads

Given = list[tuple[SeatRequest, Session]]


MOST_GROUPS = 6
"""Of more, there are too many orders and ways to share them out to try them all."""


class TooManyError(Exception):
    """A season with more groups than can be tried."""


class Best(NamedTuple):
    """Most weighted students, and the least cost (1e-4 US$) at which so many can be served."""

    weighted: int
    cost: int


class BruteForce:
    """Tries every session for every request, and every way to share out groups among buses."""

    def __init__(self, season: Season, roads: Roads) -> None:
        self.season, self.bus = season, OneBus(season, roads)
        self._costs: dict[tuple[str, frozenset[Part]], dict[str, int]] = {}
        self._days: dict[frozenset[tuple[str, str]], int | None] = {}
        self._cut: dict[tuple[str, str], tuple[Part, ...]] = {}

    def best(self) -> Best:
        """Try every session, or none, for every request."""
        requests = self.season.requests
        worth = {r: w.hundredths for r, w in weights(self.season).items()}
        best = Best(0, 0)
        for sessions in product(*([None, *self.accepts(r)] for r in requests)):
            given = [(r, s) for r, s in zip(requests, sessions, strict=True) if s is not None]
            weighted = sum(worth[r.request_id] * self.counted(r) for r, _ in given)
            if weighted < best.weighted or not self.venues_allow(given):
                continue
            cost = self.cost(given)
            if cost is not None and (weighted, -cost) > (best.weighted, -best.cost):
                best = Best(weighted, cost)
        return best

    def is_small(self) -> bool:
        """Whether there are few enough groups to try everything."""
        most = 0
        try:
            for request in self.season.requests:
                most += max((len(self.parts(request, s)) for s in self.accepts(request)), default=1)
        except TooManyError:
            return False
        return most <= MOST_GROUPS

    def counted(self, request: SeatRequest) -> int:
        """Students; at an event for adults everybody who rides."""
        adults = self.season.event[request.event_id].adults_only
        return request.students + (request.chaperones if adults else 0)

    def accepts(self, request: SeatRequest) -> list[Session]:
        """Sessions of a request on days when its school is open."""
        school, calendar = self.season.school[request.ncessch], Calendar(self.season)
        named = [c.session_id for c in request.choices]
        return [
            s
            for s in self.season.sessions
            if (s.session_id in named if named else s.event_id == request.event_id)
            and calendar.school_hours(school, s.date) is not None
        ]

    def venues_allow(self, given: Given) -> bool:
        """People limits of sessions, of venues, and of one school at a session."""
        people: Counter[str] = Counter()
        of_school: Counter[tuple[str, str]] = Counter()
        for request, session in given:
            people[session.session_id] += request.students + request.chaperones
            of_school[session.session_id, request.ncessch] += request.students + request.chaperones
        for session in self.season.sessions:
            limits = [session.max_people]
            limits += [self.season.venue[v.venue_id].max_people for v in session.visits]
            if any(m is not None and people[session.session_id] > m for m in limits):
                return False
            most = session.max_people_per_school
            for school in self.season.schools:
                if most is not None and of_school[session.session_id, school.ncessch] > most:
                    return False
        return True

    def cost(self, given: Given) -> int | None:
        """Least cost to bring these requests to these sessions; None when it cannot be done."""
        total = 0
        for date in {s.date for _, s in given}:
            today = frozenset((r.request_id, s.session_id) for r, s in given if s.date == date)
            cost = self.cost_of_day(today)
            if cost is None:
                return None
            total += cost
        return total

    def cost_of_day(self, today: frozenset[tuple[str, str]]) -> int | None:
        """Try every way to share out the groups of a day among its buses."""
        if today not in self._days:
            waiting = []
            for request_id, session_id in sorted(today):
                session = self.season.session[session_id]
                for part in self.parts(self.season.request[request_id], session):
                    waiting.append((part, session))
            buses = {b.bus_type_id: b.count for b in self.season.buses}
            self._days[today] = self._share_out(waiting, buses)
        return self._days[today]

    def _share_out(self, waiting: list[tuple[Part, Session]], buses: dict[str, int]) -> int | None:
        """Give the first group a bus, with any others of its session; then the rest."""
        if not waiting:
            return 0
        (first, session), others = waiting[0], waiting[1:]
        mates = [p for p, s in others if s.session_id == session.session_id]
        costs = []
        for n in range(len(mates) + 1):
            for chosen in combinations(mates, n):
                aboard = frozenset((first, *chosen))
                rest = [(p, s) for p, s in others if p not in aboard]
                for bus, cost in self.costs(session, aboard).items():
                    if buses[bus] > 0:
                        more = self._share_out(rest, {**buses, bus: buses[bus] - 1})
                        costs += [] if more is None else [cost + more]
        return min(costs, default=None)

    def costs(self, session: Session, aboard: frozenset[Part]) -> dict[str, int]:
        """Least cost with each bus type that can bring these groups there and home."""
        key = (session.session_id, aboard)
        if key not in self._costs:
            each = {b.bus_type_id: self.bus.cost(session, aboard, b) for b in self.season.buses}
            self._costs[key] = {b: c for b, c in each.items() if c is not None}
        return self._costs[key]

    def parts(self, request: SeatRequest, session: Session) -> tuple[Part, ...]:
        """Whole where that fits; else, or where asked, the fewest parts that can all come."""
        key = (request.request_id, session.session_id)
        if key not in self._cut:
            self._cut[key] = self._parts(request, session)
        return self._cut[key]

    def _parts(self, request: SeatRequest, session: Session) -> tuple[Part, ...]:
        (whole,) = shared(request, 1, None)
        buses = {b.bus_type_id: b.count for b in self.season.buses}
        for parts in self.cuts(request, session):
            reach = [set(self.costs(session, frozenset([p]))) for p in parts]
            if not all(reach):
                continue
            if len(parts) > MOST_GROUPS:
                raise TooManyError
            if self._share_out([(p, session) for p in parts], buses) is None:
                continue
            if len(parts) > 1 and not request.may_split:
                # Cut where the whole is too large for every bus that comes; it does not help
                # a coach whose school is too far away.
                come = [b for b in self.season.buses if b.bus_type_id in set().union(*reach)]
                if any(self.bus.seats(frozenset([whole]), b) for b in come):
                    break
            return parts
        return (whole,)

    def cuts(self, request: SeatRequest, session: Session) -> Iterator[tuple[Part, ...]]:
        """In more and more parts, as long as each has its chaperones."""
        adults = self.season.event[request.event_id].adults_only
        counts = (request.students, request.chaperones)
        most = max(counts) if adults else min(counts)
        policy = self.season.policy.students_per_chaperone
        asked = [
            self.season.venue[v.venue_id].students_per_chaperone or policy for v in session.visits
        ]
        if not (request.may_split and most >= 2):
            yield shared(request, 1, None)
        for n in range(2, most + 1):
            parts = shared(request, n, None if adults else min(asked))
            if sum(p.students for p in parts) == request.students:
                yield parts


def shared(request: SeatRequest, n: int, ratio: int | None) -> tuple[Part, ...]:
    """The request in n parts: one after another takes its place in the emptiest part.

    A part with as many students as its chaperones may have takes none; some may then be left.
    """
    students, chaperones, wheelchairs = [0] * n, [0] * n, [0] * n
    for each, total in ((chaperones, request.chaperones), (wheelchairs, request.wheelchairs)):
        for k in range(total):
            each[k % n] += 1
    for _ in range(request.students):
        room = [
            k for k in range(n) if n == 1 or ratio is None or students[k] < ratio * chaperones[k]
        ]
        if room:
            students[min(room, key=lambda k: students[k])] += 1
    return tuple(
        Part(request, k, *sizes)
        for k, sizes in enumerate(zip(students, chaperones, wheelchairs, strict=True))
    )
