"""Brute force: the best plan of a very small season, by trying everything.

It shares no code with the solver nor with the check, on purpose; only the season's own tables and
the weights (which are given, not planned) are taken.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise, product
from typing import NamedTuple

from tests.brute_bus import Calendar, Going, OneBus, Part
from tests.brute_money import Payee, rate, shares
from tourpool.events.equity import weights
from tourpool.events.fleet import BusType
from tourpool.events.occasions import Session
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Plan, RunPair
from tourpool.routing.roads import Roads

Given = list[tuple[SeatRequest, Session]]
Waiting = frozenset[tuple[str, Part]]
"""Groups without a bus as yet, each with its session."""
Row = tuple[str, tuple[str, ...]]
"""A row of buses: its type and numbers; more rows than one may be of a type."""
Bill = tuple[int, ...]
"""What it costs, and what each budget bears of that, 1e-4 US$."""


MOST_GROUPS = 6
"""Of more, there are too many orders and ways to share them out to try them all."""


class TooManyError(Exception):
    """A season with more groups than can be tried."""


class Best(NamedTuple):
    """Most weighted students, and the least cost (1e-4 US$) at which so many can be served."""

    weighted: int
    cost: int


def key(bus: BusType) -> Row:
    """Which row a bus is of."""
    return bus.bus_type_id, bus.bus_numbers


class BruteForce:
    """Tries every session for every request, and every way to share out groups among buses."""

    def __init__(self, season: Season, roads: Roads) -> None:
        self.season, self.bus = season, OneBus(season, roads)
        self._costs: dict[tuple[Going, ...], dict[Row, int]] = {}
        self._bills: dict[tuple[Waiting, tuple[int, ...]], set[Bill]] = {}
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
        """Riders whom its weight counts."""
        (whole,) = shared(request, 1, None)
        return self.bus.counted(whole)

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
        limits = [int(rate(b.usd)) for b in self.season.budgets]
        bills = {(0,) * (1 + len(limits))}
        for date in {s.date for _, s in given}:
            today = self.bills_of_day([(r, s) for r, s in given if s.date == date])
            sums = (tuple(map(sum, zip(a, b, strict=True))) for a in bills for b in today)
            bills = undominated(
                s for s in sums if all(u <= m for u, m in zip(s[1:], limits, strict=True))
            )
        return min((bill[0] for bill in bills), default=None)

    def bills_of_day(self, given: Given) -> set[Bill]:
        """Try every way to share out the groups of a day among its buses."""
        waiting = frozenset((s.session_id, p) for r, s in given for p in self.parts(r, s))
        return self._share_out(waiting, tuple(b.count for b in self.season.buses))

    def _share_out(self, waiting: Waiting, buses: tuple[int, ...]) -> set[Bill]:
        """Give the first group a bus, with any others that one can bring; then the rest."""
        if not waiting:
            return {(0,) * (1 + len(self.season.budgets))}
        if (waiting, buses) not in self._bills:
            found: set[Bill] = set()
            for goings in self.blocks(waiting):
                aboard = {(g.session.session_id, p) for g in goings for p in g.aboard}
                for k, bus in enumerate(self.season.buses):
                    cost = self.costs(goings).get(key(bus))
                    never = any(sum(p.people for p in g.aboard) < bus.min_riders for g in goings)
                    # Who is paid more for waiting than for work goes to one session a day.
                    never |= len(goings) > 1 and bus.usd_per_wait_hour > bus.usd_per_hour
                    if cost is None or never or buses[k] == 0:
                        continue
                    left = (*buses[:k], buses[k] - 1, *buses[k + 1 :])
                    bill = (cost, *shares(self.season, cost, self.payees(goings)))
                    for more in self._share_out(waiting - aboard, left):
                        found.add(tuple(map(sum, zip(bill, more, strict=True))))
            self._bills[waiting, buses] = undominated(found)
        return self._bills[waiting, buses]

    def blocks(self, waiting: Waiting) -> Iterator[tuple[Going, ...]]:
        """The first group with any others of its session, and with none or some of another one.

        A bus goes to the two sessions in the order in which they begin.
        """
        first = min(waiting, key=lambda w: (w[0], w[1].request.request_id, w[1].number))
        for mates in subsets(p for s, p in waiting if s == first[0] and p != first[1]):
            one = Going(self.season.session[first[0]], frozenset((first[1], *mates)))
            yield (one,)
            others = {s for s, _ in waiting} - {first[0]}
            for other in others if self.season.policy.run_pairs_per_day == 2 else ():
                for riders in subsets(p for s, p in waiting if s == other):
                    if riders:
                        two = Going(self.season.session[other], frozenset(riders))
                        arrive = self.bus.calendar.arrive
                        yield tuple(sorted((one, two), key=lambda g: arrive(g.session)))

    def costs(self, goings: tuple[Going, ...]) -> dict[Row, int]:
        """Least cost with each bus type that can bring these groups, however few they are."""
        if goings not in self._costs:
            each = {key(b): self.bus.cost(goings, b) for b in self.season.buses}
            self._costs[goings] = {b: c for b, c in each.items() if c is not None}
        return self._costs[goings]

    def payees(self, goings: tuple[Going, ...]) -> Iterator[Payee]:
        """Who shares the cost of a block."""
        for session, aboard in goings:
            venues = [self.season.venue[v.venue_id].stop for v in session.visits]
            for part in aboard:
                school = self.season.school[part.request.ncessch]
                way = [school.stop, *venues, school.stop]
                self.bus.on = self.bus.usual
                metres = sum(self.bus.leg(a, b)[1] for a, b in pairwise(way))
                event_id = part.request.event_id
                yield Payee(school.leaid, event_id, self.bus.counted(part), metres)

    def least_on_board(self, plan: Plan, most: int) -> int | None:
        """Least seconds of counted riders on board at a cost of at most ``most`` and in budget.

        Each bus keeps whom the plan gives it, to the sessions that it says.
        """
        limits = (most, *(int(rate(b.usd)) for b in self.season.budgets))
        found = {(0,) * (1 + len(limits))}
        buses = {b.bus_type_id: b for b in self.season.buses}
        for block in plan.blocks:
            goings = tuple(self.going(p) for p in block.run_pairs)
            payees = list(self.payees(goings))
            rides = [
                (aboard, cost, *shares(self.season, cost, payees))
                for cost, aboard in self.bus.rides(
                    goings, buses[f"{block.garage_id}/{block.bus_type}"]
                )
            ]
            sums = (tuple(map(sum, zip(a, b, strict=True))) for a in found for b in rides)
            found = undominated(
                s for s in sums if all(u <= m for u, m in zip(s[1:], limits, strict=True))
            )
        return min((sums[0] for sums in found), default=None)

    def going(self, pair: RunPair) -> Going:
        """Who rides in a run-pair of a plan."""
        request = self.season.request
        parts = (
            Part(request[g.request_id], g.part - 1, g.students, g.chaperones, g.wheelchairs)
            for g in pair.groups
        )
        return Going(self.season.session[pair.session_id], frozenset(parts))

    def parts(self, request: SeatRequest, session: Session) -> tuple[Part, ...]:
        """Whole where that fits; else, or where asked, the fewest parts that can all come."""
        key = (request.request_id, session.session_id)
        if key not in self._cut:
            self._cut[key] = self._parts(request, session)
        return self._cut[key]

    def _parts(self, request: SeatRequest, session: Session) -> tuple[Part, ...]:
        (whole,) = shared(request, 1, None)
        for parts in self.cuts(request, session):
            reach = [set(self.costs((Going(session, frozenset([p])),))) for p in parts]
            if not all(reach):
                continue
            if len(parts) > MOST_GROUPS:
                raise TooManyError
            if not self.at_once(session, parts):
                continue
            if len(parts) > 1 and not request.may_split:
                # Cut where the whole is too large for every bus that comes; it does not help
                # a coach whose school is too far away.
                come = [b for b in self.season.buses if key(b) in set().union(*reach)]
                if any(self.bus.seats(frozenset([whole]), b) for b in come):
                    break
            return parts
        return (whole,)

    def at_once(self, session: Session, parts: tuple[Part, ...]) -> bool:
        """Whether the buses of a day can bring all of them, some on one bus if need be."""

        def share(left: tuple[Part, ...], buses: tuple[Row, ...]) -> bool:
            if not left or not buses:
                return not left
            return any(
                share(tuple(p for p in left if p not in riders), buses[1:])
                for riders in subsets(left)
                if not riders or buses[0] in self.costs((Going(session, frozenset(riders)),))
            )

        return share(parts, tuple(key(b) for b in self.season.buses for _ in range(b.count)))

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


def subsets(of: Iterable[Part]) -> Iterator[tuple[Part, ...]]:
    """Every set of some, none and all included."""
    parts = tuple(of)
    return (chosen for n in range(len(parts) + 1) for chosen in combinations(parts, n))


def undominated(bills: Iterable[Bill]) -> set[Bill]:
    """Bills of which none other is as low in every figure."""
    kept: set[Bill] = set()
    for bill in sorted(bills):
        if not any(all(a <= b for a, b in zip(k, bill, strict=True)) for k in kept):
            kept.add(bill)
    return kept


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
