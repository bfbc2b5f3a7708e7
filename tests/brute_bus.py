"""One bus on one day of a very small season, by trying every order of its stops. Plain and slow.

It shares no code with the solver nor with the check, on purpose.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.brute_money import dollars
from tourpool.events.fleet import BusType
from tourpool.events.occasions import Session
from tourpool.events.places import Point, School
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.roads import SCHOOL_BUS, Profile, Roads

Hours = tuple[int, int]


class Part(NamedTuple):
    """A request, or one part of it."""

    request: SeatRequest
    number: int
    students: int
    chaperones: int
    wheelchairs: int

    @property
    def people(self) -> int:
        """Everybody in it."""
        return self.students + self.chaperones


class Going(NamedTuple):
    """Who rides with a bus to one session and home again."""

    session: Session
    aboard: frozenset[Part]


class Way(NamedTuple):
    """All riders in one direction: the clock and place at its school end, driving, metres.

    ``aboard`` is the seconds of counted riders on board.
    """

    clock: int
    place: Point
    driving: int
    metres: int
    aboard: int


class Day(NamedTuple):
    """What a bus does on a day: the time on duty, of it at the wheel and waiting, and metres."""

    duty: int
    driving: int
    wait: int
    metres: int
    aboard: int


@dataclass(frozen=True)
class Calendar:
    """When things are open, in seconds since 00:00 UTC."""

    season: Season

    def utc(self, date: dt.date, time: dt.time, tz: str) -> int:
        """A local clock."""
        shift = dt.datetime.combine(date, time, ZoneInfo(tz)).utcoffset()
        assert shift is not None
        return time.hour * 3600 + time.minute * 60 + time.second - int(shift.total_seconds())

    def bus_hours(self, bus: BusType, date: dt.date) -> Hours | None:
        """Free hours of a bus; None when it is not free."""
        garage = self.season.garage[bus.garage_id]
        whose = [("garage", garage.garage_id), ("district", garage.leaid or "")]
        begin, end = bus.free_from, bus.free_to
        number = bus.numbers[0] if bus.count == 1 else "?"
        names = (f"{bus.garage_id}/{bus.bus_type}", f"{bus.garage_id}/{bus.bus_type}/{number}")
        for entry in self.season.calendar:  # one at the most for a bus
            of_bus = entry.scope.value == "bus" and entry.id in names
            if of_bus and entry.date_from <= date <= entry.date_to:
                if entry.closed:
                    return None
                begin, end = entry.free_from or begin, entry.free_to or end
        return self._open(whose, date, begin, end, garage.tz)

    def school_hours(self, school: School, date: dt.date) -> Hours | None:
        """Hours in which riders of a school may be out; None when it is closed."""
        whose = [("school", school.ncessch), ("district", school.leaid)]
        return self._open(whose, date, school.earliest_pickup, school.latest_return, school.tz)

    def _open(
        self, whose: list[tuple[str, str]], date: dt.date, begin: dt.time, end: dt.time, tz: str
    ) -> Hours | None:
        begins, ends = [begin], [end]
        for entry in self.season.calendar:
            if (entry.scope.value, entry.id) in whose and entry.date_from <= date <= entry.date_to:
                if entry.closed:
                    return None
                begins += [entry.free_from] if entry.free_from else []
                ends += [entry.free_to] if entry.free_to else []
        if max(begins) >= min(ends):
            return None
        return self.utc(date, max(begins), tz), self.utc(date, min(ends), tz)

    def arrive(self, session: Session) -> int:
        """When a bus comes to the first venue."""
        visit, tz = session.visits[0], self.season.venue[session.visits[0].venue_id].tz
        early = self.utc(session.date, visit.arrive_by, tz)
        early -= 60 * self.season.policy.arrive_early_min
        return max(early, self.utc(session.date, visit.arrive_from, tz))

    def depart(self, session: Session, k: int) -> int:
        """When the bus leaves visit k."""
        visit = session.visits[k]
        return self.utc(session.date, visit.depart, self.season.venue[visit.venue_id].tz)


class OneBus:
    """One bus to one session and home again, or to two of a day one after the other."""

    def __init__(self, season: Season, roads: Roads) -> None:
        self.season, self.roads, self.calendar = season, roads, Calendar(season)
        first = min((s.date for s in season.sessions), default=None)
        self.usual = roads.profile(season.buses[0], first) if season.buses and first else SCHOOL_BUS
        self.on = self.usual
        self._orders: dict[tuple[str, frozenset[Part], Profile], tuple[set[Way], set[Way]]] = {}

    def cost(self, goings: tuple[Going, ...], bus: BusType) -> int | None:
        """Least cost over all orders of stops and both links; None: cannot be done."""
        paid = {(day.metres, day.duty, day.wait) for day in self.allowed(goings, bus)}
        return min((dollars(self.season, bus, *figures) for figures in paid), default=None)

    def rides(self, goings: tuple[Going, ...], bus: BusType) -> set[tuple[int, int]]:
        """Every cost, each with seconds of counted riders on board."""
        days = {(day.metres, day.duty, day.wait, day.aboard) for day in self.allowed(goings, bus)}
        return {(dollars(self.season, bus, *figures), aboard) for *figures, aboard in days}

    def allowed(self, goings: tuple[Going, ...], bus: BusType) -> Iterator[Day]:
        """Every way to do it that bus and driver may."""
        self.on = self.roads.profile(bus, goings[0].session.date)
        hours = self.calendar.bus_hours(bus, goings[0].session.date)
        if hours is None or not all(self.may_ride(g, bus) for g in goings):
            return
        for day in self.days(goings, bus, hours):
            if day.duty <= bus.max_duty_h * 3600 and day.driving <= bus.max_drive_h * 3600:
                yield day

    def days(self, goings: tuple[Going, ...], bus: BusType, hours: Hours) -> Iterator[Day]:
        """Every way to do it from garage to garage, in the bus's free hours."""
        garage = self.season.garage[bus.garage_id].stop
        ways = [self.orders(g.session, g.aboard) for g in goings]
        visits = [self.visits(g.session) for g in goings]
        for chosen in product(*(w for both in ways for w in both)):
            outs, backs = chosen[::2], chosen[1::2]
            to_first, from_last = self.leg(garage, outs[0].place), self.leg(backs[-1].place, garage)
            begin, end = outs[0].clock - to_first[0], backs[-1].clock + from_last[0]
            if begin < hours[0] or end > hours[1]:
                continue
            driving = to_first[0] + from_last[0] + sum(w.driving for w in (*chosen, *visits))
            metres = to_first[1] + from_last[1] + sum(w.metres for w in (*chosen, *visits))
            wait = sum(v.clock for v in visits)
            aboard = sum(w.aboard for w in chosen)
            if len(goings) == 1:
                yield Day(end - begin, driving, wait, metres, aboard)
                continue
            for link in self.links(backs[0], outs[1], garage):
                yield Day(
                    end - begin - link.duty,
                    driving + link.driving,
                    wait + link.wait,
                    metres + link.metres,
                    aboard,
                )

    def links(self, back: Way, out: Way, garage: Point) -> Iterator[Day]:
        """From one drop-off to the next pick-up, directly and by the garage, where in time.

        Here ``duty`` is what a stay in the garage takes off it.
        """
        for stops in ((back.place, out.place), (back.place, garage, out.place)):
            legs = [self.leg(a, b) for a, b in pairwise(stops)]
            driving, metres = sum(s for s, _ in legs), sum(m for _, m in legs)
            stay = out.clock - back.clock - driving
            if stay < 0:
                continue
            if len(stops) == 3 and stay >= 60 * self.season.policy.garage_break_min:
                yield Day(stay, driving, 0, metres, 0)
            else:
                yield Day(0, driving, stay, metres, 0)

    def orders(self, session: Session, aboard: frozenset[Part]) -> tuple[set[Way], set[Way]]:
        """Every outbound order and every return order that keeps what riders are promised."""
        key = (session.session_id, aboard, self.on)
        if key not in self._orders:
            orders = [] if self.is_late(session) else list(permutations(aboard))
            self._orders[key] = (
                {w for o in orders if (w := self.out(session, o))},
                {w for o in orders if (w := self.back(session, o))},
            )
        return self._orders[key]

    def out(self, session: Session, order: tuple[Part, ...]) -> Way | None:
        """Backward from the venue; None when a rider would be beyond its limits."""
        policy = self.season.policy
        arrive = now = self.calendar.arrive(session)
        place = self.season.venue[session.visits[0].venue_id].stop
        metres = driving = aboard = 0
        for n, part in enumerate(reversed(order)):
            school = self.season.school[part.request.ncessch]
            if n == 0 or school.stop != place:
                seconds, length = self.leg(school.stop, place)
                now -= seconds + policy.stop_s
                driving, metres, place = driving + seconds, metres + length, school.stop
            now -= part.people * policy.board_s_per_rider
            opens = self.calendar.school_hours(school, session.date)
            if opens is None or now < opens[0] or arrive - now > self.limit(part.request):
                return None
            aboard += self.counted(part) * (arrive - now)
        return Way(now, place, driving, metres, aboard)

    def back(self, session: Session, order: tuple[Part, ...]) -> Way | None:
        """Forward from the venue; None when a rider would be beyond its limits."""
        policy = self.season.policy
        depart = now = self.calendar.depart(session, -1)
        place = self.season.venue[session.visits[-1].venue_id].stop
        metres = driving = aboard = 0
        for n, part in enumerate(order):
            school = self.season.school[part.request.ncessch]
            if n == 0 or school.stop != place:
                seconds, length = self.leg(place, school.stop)
                now += seconds + policy.stop_s
                driving, metres, place = driving + seconds, metres + length, school.stop
            now += part.people * policy.board_s_per_rider
            opens = self.calendar.school_hours(school, session.date)
            if opens is None or now > opens[1] or now - depart > self.limit(part.request):
                return None
            aboard += self.counted(part) * (now - depart)
        return Way(now, place, driving, metres, aboard)

    def visits(self, session: Session) -> Way:
        """All visits: the waiting at them, in place of the clock, and the ways between them."""
        venues = [self.season.venue[v.venue_id].stop for v in session.visits]
        legs = [self.leg(a, b) for a, b in pairwise(venues)]
        driving = sum(s for s, _ in legs)
        stay = self.calendar.depart(session, -1) - self.calendar.arrive(session)
        return Way(stay - driving, venues[-1], driving, sum(m for _, m in legs), 0)

    def is_late(self, session: Session) -> bool:
        """Whether a bus would come to a further visit too late."""
        for k in range(1, len(session.visits)):
            a, b = (self.season.venue[v.venue_id] for v in session.visits[k - 1 : k + 1])
            late = self.calendar.utc(session.date, session.visits[k].arrive_by, b.tz)
            if self.calendar.depart(session, k - 1) + self.leg(a.stop, b.stop)[0] > late:
                return True
        return False

    def may_ride(self, going: Going, bus: BusType) -> bool:
        """Seats, groups kept apart, size of groups, and whose bus it is."""
        session, aboard = going
        for part in aboard:
            school = self.season.school[part.request.ncessch]
            if not self.may_carry(bus, school.leaid, session.date):
                return False
            for visit in session.visits:
                most = self.season.venue[visit.venue_id].max_group
                if most is not None and part.people > most:
                    return False
        ids = {p.request.request_id for p in aboard}
        if any(a.request_a in ids and a.request_b in ids for a in self.season.apart):
            return False
        return self.seats(aboard, bus)

    def seats(self, aboard: frozenset[Part], bus: BusType) -> bool:
        """Whether everybody has a seat, and each wheelchair its place."""
        small = large = wheelchairs = 0
        for part in aboard:
            district = self.season.district[self.season.school[part.request.ncessch].leaid]
            adults = self.season.event[part.request.event_id].adults_only
            if part.request.grade_high <= district.small_until_grade and not adults:
                small += part.students
            else:
                large += part.students
            large += part.chaperones + part.wheelchairs * bus.seats_lost_per_wheelchair
            wheelchairs += part.wheelchairs
        full = Fraction(small, bus.seats_small) + Fraction(large, bus.seats_large)
        return full <= 1 and wheelchairs <= bus.wheelchair_places

    def may_carry(self, bus: BusType, leaid: str, date: dt.date) -> bool:
        """Whether a bus takes students of this district."""
        owner = self.season.garage[bus.garage_id].leaid
        if owner is None or owner == leaid or bus.carries == "all":
            return True
        if bus.carries == "own":
            return False
        return self.season.policy.agreements == "mark" or any(
            (a.lender_leaid, a.guest_leaid) == (owner, leaid) and a.valid_from <= date <= a.valid_to
            for a in self.season.agreements
        )

    def counted(self, part: Part) -> int:
        """Students; at an event for adults everybody who rides."""
        adults = self.season.event[part.request.event_id].adults_only
        return part.people if adults else part.students

    def limit(self, request: SeatRequest) -> int:
        """Longest time on board, seconds."""
        return 60 * (request.max_ride_min or self.season.policy.max_ride_min)

    def leg(self, a: Point, b: Point) -> tuple[int, int]:
        """Seconds and metres from a to b."""
        path = self.roads.path(a, b, self.on)
        return path.seconds, path.metres
