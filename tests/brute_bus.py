"""One bus of a very small season, by trying every order of its stops. Plain and slow.

It shares no code with the solver nor with the check, on purpose.
"""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from math import floor
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tourpool.events.fleet import BusType
from tourpool.events.occasions import Session
from tourpool.events.places import Point, School
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.roads import Roads

Hours = tuple[int, int]


class Part(NamedTuple):
    """A request, or one part of it."""

    request: SeatRequest
    number: int
    students: int
    chaperones: int
    wheelchairs: int


class Way(NamedTuple):
    """From one end to the other: seconds, those at the wheel, and metres."""

    seconds: int
    driving: int
    metres: int


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
        return self._open(whose, date, bus.free_from, bus.free_to, garage.tz)

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


@dataclass(frozen=True)
class OneBus:
    """One bus to one session and home again."""

    season: Season
    roads: Roads

    def cost(self, session: Session, aboard: frozenset[Part], bus: BusType) -> int | None:
        """Least cost over every outbound order with every return order; None: cannot be done."""
        calendar = Calendar(self.season)
        hours = calendar.bus_hours(bus, session.date)
        chain = self.between(session)
        if hours is None or chain is None or not self.may_ride(session, aboard, bus):
            return None
        arrive, depart = calendar.arrive(session), calendar.depart(session, -1)
        outs = {w for o in permutations(aboard) if (w := self.out(session, o, bus, hours))}
        backs = {w for o in permutations(aboard) if (w := self.back(session, o, bus, hours))}
        wait = depart - arrive - chain.driving
        costs = []
        for out, back in product(outs, backs):
            duty = out.seconds + (depart - arrive) + back.seconds
            driving = out.driving + chain.driving + back.driving
            if duty <= bus.max_duty_h * 3600 and driving <= bus.max_drive_h * 3600:
                metres = out.metres + chain.metres + back.metres
                costs.append(dollars(bus, metres, duty, wait))
        return min(costs, default=None)

    def out(
        self, session: Session, order: tuple[Part, ...], bus: BusType, hours: Hours
    ) -> Way | None:
        """Backward from the venue; None when a rider or the bus would be beyond its limits."""
        calendar, policy = Calendar(self.season), self.season.policy
        arrive = now = calendar.arrive(session)
        place = self.season.venue[session.visits[0].venue_id].stop
        metres = driving = 0
        for n, part in enumerate(reversed(order)):
            school = self.season.school[part.request.ncessch]
            if n == 0 or school.stop != place:
                seconds, length = self.leg(school.stop, place)
                now -= seconds + policy.stop_s
                driving, metres, place = driving + seconds, metres + length, school.stop
            now -= (part.students + part.chaperones) * policy.board_s_per_rider
            opens = calendar.school_hours(school, session.date)
            if opens is None or now < opens[0] or arrive - now > self.limit(part.request):
                return None
        seconds, length = self.leg(self.season.garage[bus.garage_id].stop, place)
        now -= seconds
        if now < hours[0]:
            return None
        return Way(arrive - now, driving + seconds, metres + length)

    def back(
        self, session: Session, order: tuple[Part, ...], bus: BusType, hours: Hours
    ) -> Way | None:
        """Forward from the venue; None when a rider or the bus would be beyond its limits."""
        calendar, policy = Calendar(self.season), self.season.policy
        depart = now = calendar.depart(session, -1)
        place = self.season.venue[session.visits[-1].venue_id].stop
        metres = driving = 0
        for n, part in enumerate(order):
            school = self.season.school[part.request.ncessch]
            if n == 0 or school.stop != place:
                seconds, length = self.leg(place, school.stop)
                now += seconds + policy.stop_s
                driving, metres, place = driving + seconds, metres + length, school.stop
            now += (part.students + part.chaperones) * policy.board_s_per_rider
            opens = calendar.school_hours(school, session.date)
            if opens is None or now > opens[1] or now - depart > self.limit(part.request):
                return None
        seconds, length = self.leg(place, self.season.garage[bus.garage_id].stop)
        now += seconds
        if now > hours[1]:
            return None
        return Way(now - depart, driving + seconds, metres + length)

    def between(self, session: Session) -> Way | None:
        """The drive from venue to venue; None when a visit would be reached too late."""
        calendar, visits = Calendar(self.season), session.visits
        driving = metres = 0
        for k in range(1, len(visits)):
            a, b = (self.season.venue[v.venue_id] for v in visits[k - 1 : k + 1])
            seconds, length = self.leg(a.stop, b.stop)
            late = calendar.utc(session.date, visits[k].arrive_by, b.tz)
            if calendar.depart(session, k - 1) + seconds > late:
                return None
            driving, metres = driving + seconds, metres + length
        return Way(driving, driving, metres)

    def may_ride(self, session: Session, aboard: frozenset[Part], bus: BusType) -> bool:
        """Seats, groups kept apart, size of groups, and whose bus it is."""
        for part in aboard:
            school = self.season.school[part.request.ncessch]
            if not self.may_carry(bus, school.leaid, session.date):
                return False
            for visit in session.visits:
                most = self.season.venue[visit.venue_id].max_group
                if most is not None and part.students + part.chaperones > most:
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

    def limit(self, request: SeatRequest) -> int:
        """Longest time on board, seconds."""
        return 60 * (request.max_ride_min or self.season.policy.max_ride_min)

    def leg(self, a: Point, b: Point) -> tuple[int, int]:
        """Seconds and metres from a to b."""
        path = self.roads.path(a, b)
        return path.seconds, path.metres


def dollars(bus: BusType, metres: int, duty: int, wait: int) -> int:
    """Cost in 1e-4 US$; rates of toy seasons have four decimals at the most."""

    def rate(usd: float) -> int:
        return round(usd * 10000)

    cost = Fraction(rate(bus.usd_fixed))
    cost += rate(bus.usd_per_mile) * Fraction(metres * 1000, 1609344)
    cost += rate(bus.usd_per_hour) * Fraction(duty - wait, 3600)
    cost += rate(bus.usd_per_wait_hour) * Fraction(wait, 3600)
    if bus.overtime_after_h is not None and bus.usd_per_overtime_hour is not None:
        over = max(0, duty - round(bus.overtime_after_h * 3600))
        more = rate(bus.usd_per_overtime_hour) - rate(bus.usd_per_hour)
        cost += more * Fraction(over, 3600)
    return floor(max(cost, Fraction(rate(bus.usd_minimum))) + Fraction(1, 2))
