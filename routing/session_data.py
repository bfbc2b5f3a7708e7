"""One session and its groups as arrays."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from tourpool.events.calendar import acceptable, school_hours
from tourpool.events.clock import utc_s
from tourpool.events.equity import weights
from tourpool.events.occasions import Session
from tourpool.events.places import Point, School
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Group
from tourpool.routing.rules import arrive_s, group_limit, may_carry, pays_for, people_limit
from tourpool.routing.solver.instance import FOREVER_S, Bools, Instance, Ints, SessionData, ints


class Frame:
    """What all sessions of a season share."""

    def __init__(
        self,
        season: Season,
        m: Instance,
        place: dict[Point, int],
        dates: tuple[dt.date, ...],
    ) -> None:
        self.season, self.m, self.place = season, m, place
        self.day = {date: d for d, date in enumerate(dates)}
        self.number = {r.request_id: n for n, r in enumerate(season.requests)}
        self.school = {s.ncessch: n for n, s in enumerate(season.schools)}
        self.weight = {i: w.hundredths for i, w in weights(season).items()}
        self.accept: dict[str, list[tuple[SeatRequest, int]]] = {
            s.session_id: [] for s in season.sessions
        }
        for request in season.requests:
            for choice in acceptable(season, request):
                self.accept[choice.session_id].append((request, choice.rank))

    def data(self, session: Session, groups: Sequence[Group]) -> SessionData:
        """Arrays of one session with these groups."""
        season, date = self.season, session.date
        request = [season.request[g.request_id] for g in groups]
        school = [season.school[g.ncessch] for g in groups]
        small = np.array(
            [g.students if self._small(r) else 0 for g, r in zip(groups, request, strict=True)],
            dtype=np.int64,
        )
        people, counted = ints([g.people for g in groups]), ints([g.counted for g in groups])
        rank = {r.request_id: rank for r, rank in self.accept[session.session_id]}
        arrive, depart = arrive_s(season, session), self._depart_s(session)
        hours = [school_hours(season, s, date) or (FOREVER_S, -FOREVER_S) for s in school]
        ride_s = ints([(r.max_ride_min or season.policy.max_ride_min) * 60 for r in request])
        between = [self._between(session, *roads) for roads in self._roads]
        fits = people <= (group_limit(season, session) or FOREVER_S)
        carry = [
            [in_time and may_carry(season, bus, s.leaid, date) for s in school]
            for bus, in_time in zip(season.buses, self._in_time(date, between), strict=True)
        ]
        return SessionData(
            day=self.day[date],
            first=self.place[season.venue[session.visits[0].venue_id].stop],
            last=self.place[season.venue[session.visits[-1].venue_id].stop],
            arrive_s=arrive,
            depart_s=depart,
            between_s=between[0][0],
            between_m=between[0][1],
            others_between=tuple((s, m) for s, m, _ in between[1:]),
            max_people=people_limit(season, session) or FOREVER_S,
            max_people_per_school=session.max_people_per_school or FOREVER_S,
            request=ints([self.number[g.request_id] for g in groups]),
            part=ints([g.part - 1 for g in groups]),
            loc=ints([self.place[s.stop] for s in school]),
            school=ints([self.school[g.ncessch] for g in groups]),
            people=people,
            small=small,
            large=people - small,
            wheels=ints([g.wheelchairs for g in groups]),
            board_s=people * season.policy.board_s_per_rider,
            out_limit_s=np.minimum(ride_s, arrive - ints([h[0] for h in hours])),
            back_limit_s=np.minimum(ride_s, ints([h[1] for h in hours]) - depart),
            worth=counted * ints([self.weight[g.request_id] for g in groups]),
            dislike=counted * ints([rank[g.request_id] for g in groups]),
            apart=self._apart(groups),
            counted=counted,
            alone_m=counted * np.maximum(1, self._alone_m(session, school)),
            payer=self._payer(request),
            carry=fits & np.array(carry, dtype=np.bool_).reshape(len(season.buses), len(groups)),
        )

    def _alone_m(self, session: Session, school: Sequence[School]) -> Ints:
        """Metres of each group's own way out and back, the tour's included."""
        place = ints([self.place[s.stop] for s in school])
        first, last = (
            self.place[self.season.venue[session.visits[n].venue_id].stop] for n in (0, -1)
        )
        there, home = self.m.metres[place, first], self.m.metres[last, place]
        return np.asarray(there + self._between(session, *self._roads[0])[1] + home)

    @property
    def _roads(self) -> list[tuple[Ints, Ints]]:
        """Seconds and metres of each profile."""
        return [(self.m.seconds, self.m.metres), *self.m.others]

    def _in_time(self, date: dt.date, between: Sequence[tuple[int, int, bool]]) -> list[bool]:
        """Whether each bus type comes from venue to venue in time, on its own roads."""
        if self.m.profile is None:
            return [between[0][2]] * len(self.season.buses)
        return [between[p][2] for p in self.m.profile[:, self.day[date]].tolist()]

    def _payer(self, request: Sequence[SeatRequest]) -> Bools:
        """Whether each budget pays for each group, ``(B, n)``."""
        season = self.season
        pays = [[pays_for(season, b, r) for r in request] for b in season.budgets]
        return np.array(pays, dtype=np.bool_).reshape(len(pays), len(request))

    def _small(self, request: SeatRequest) -> bool:
        """Whether its students sit three to a bench."""
        if self.season.event[request.event_id].adults_only:
            return False
        district = self.season.district[self.season.school[request.ncessch].leaid]
        return request.grade_high <= district.small_until_grade

    def _depart_s(self, session: Session) -> int:
        last = session.visits[-1]
        return utc_s(session.date, last.depart, self.season.venue[last.venue_id].tz)

    def _between(self, session: Session, road_s: Ints, road_m: Ints) -> tuple[int, int, bool]:
        """Driving seconds and metres from venue to venue, and whether each is reached in time."""
        seconds = metres = 0
        in_time = True
        for a, b in zip(session.visits[:-1], session.visits[1:], strict=True):
            venue_a, venue_b = self.season.venue[a.venue_id], self.season.venue[b.venue_id]
            p, q = self.place[venue_a.stop], self.place[venue_b.stop]
            drive_s = int(road_s[p, q])
            leave = utc_s(session.date, a.depart, venue_a.tz)
            in_time &= leave + drive_s <= utc_s(session.date, b.arrive_by, venue_b.tz)
            seconds, metres = seconds + drive_s, metres + int(road_m[p, q])
        return seconds, metres, in_time

    def _apart(self, groups: Sequence[Group]) -> Bools:
        pairs = {(a.request_a, a.request_b) for a in self.season.apart}
        pairs |= {(b, a) for a, b in pairs}
        n = len(groups)
        apart = np.zeros((n, n), np.bool_)
        if pairs:
            for i, g in enumerate(groups):
                for j, h in enumerate(groups):
                    apart[i, j] = (g.request_id, h.request_id) in pairs
        return apart
