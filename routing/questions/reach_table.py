"""How each school can be brought to each session, with which bus hours, and what stops it.

Everybody is tried alone. Where buses of districts are in reach but needed for their runs to school
at those hours, a substitute driver helps; where none is, a charter that comes from elsewhere may.
What is left fails on time or on a rule, whatever it costs.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tourpool.events.calendar import acceptable
from tourpool.events.riders import counted
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.build import Built, alone, any_load, build
from tourpool.routing.fleet import fleet_arrays
from tourpool.routing.plan import Reason, ReasonKind
from tourpool.routing.questions.like_roads import LikeRoads
from tourpool.routing.questions.reach_rows import (
    NOBODY,
    sessions_of,
    with_charter,
    with_everybody,
)
from tourpool.routing.questions.relax_buses import all_day
from tourpool.routing.reasons import unreachable
from tourpool.routing.roads import Profile, Roads
from tourpool.routing.season_roads import roads_of
from tourpool.routing.solver.columns import session_columns
from tourpool.routing.solver.instance import FOREVER_S, Bools, Instance, Ints
from tourpool.routing.together import can_all_ride


class How(StrEnum):
    """What it takes to be reached, the easiest first."""

    BUSES = "a bus in its hours"
    CHARTER = "only a charter's bus"
    DRIVER = "only with a substitute driver"
    HIRED = "only a charter from elsewhere"
    NO = "out of reach"


@dataclass(frozen=True)
class Reached:
    """One school and one session.

    Attributes
    ----------
    request_id
        Empty where the school does not ask for the event: one student and one adult are tried then.
    riders
        Whom the weight counts.
    out_min, back_min, limit_min
        The straight ride with boarding, and the limit; inf where no road leads.
    buses
        Kinds of bus that can bring it within their hours.
    charter
        Whether a large bus could that is free all day, wherever it comes from.
    bus_type_id, leave_s, back_s
        The bus that is told, out of its garage and back, seconds since 00:00 UTC of ``date``: the
        shortest day; with a substitute driver the one that needs the fewest hours more. None where
        no bus of the season can.
    reason
        What stops the buses in their hours.
    """

    request_id: str
    ncessch: str
    event_id: str
    session_id: str
    date: dt.date
    riders: int
    out_min: float
    back_min: float
    limit_min: int
    how: How
    buses: int
    charter: bool
    bus_type_id: str | None
    leave_s: int | None
    back_s: int | None
    reason: Reason | None


def reach_table(season: Season, roads: Roads | None = None) -> list[Reached]:
    """Try every school that is invited at every session, requests first."""
    roads = roads or roads_of(season)
    everybody = with_everybody(season)
    built = build(everybody, roads)
    hired = build(with_charter(everybody), _AnyBus(season, roads))
    tables = [_Session(built, hired, n) for n in range(len(season.sessions))]
    number = {r.request_id: i for i, r in enumerate(everybody.requests)}
    return [
        tables[n].reached(r, number[r.request_id], n in _open(everybody, r))
        for r in everybody.requests
        for n in sessions_of(everybody, r)
    ]


def easiest(rows: Sequence[Reached]) -> dict[str, Reached]:
    """Of each request, the session that is reached most easily, by request_id."""
    order = list(How)
    found: dict[str, Reached] = {}
    for row in rows:
        best = found.get(row.request_id)
        if row.request_id and (best is None or order.index(row.how) < order.index(best.how)):
            found[row.request_id] = row
    return found


class _AnyBus(LikeRoads):
    """Roads on which a charter from elsewhere drives as the first row of the season does."""

    def __init__(self, season: Season, roads: Roads) -> None:
        super().__init__(roads)
        self.season = season

    def profile(self, bus: object, date: dt.date) -> Profile:
        """Of the first row."""
        return self.roads.profile(self.season.buses[0], date)


class _Session:
    """Who can be brought to one session, by which buses, when."""

    def __init__(self, built: Built, hired: Built, n: int) -> None:
        self.built, self.n, self.session = built, n, built.sessions[n]
        m, s = built.instance, built.instance.sessions[n]
        self.now = _can(m, n)
        self.long = _can(_all_day(built), n)
        self.hired = np.asarray(_can(hired.instance, n).any(axis=1))
        self.hired_request = hired.instance.sessions[n].request
        self.leave_s, self.back_s, self.out_s, self.home_s = _hours(m, n)
        self.lends = np.array(
            [built.season.garage[b.garage_id].leaid is not None for b in built.season.buses]
        )
        self.free_from_s = m.fleet.free_from_s[:, s.day]
        self.free_to_s = m.fleet.free_to_s[:, s.day]

    def reached(self, request: SeatRequest, number: int, is_open: bool) -> Reached:
        """How one request comes to the session."""
        s = self.built.instance.sessions[self.n]
        of = np.flatnonzero(s.request == number)
        if not is_open or not len(of):
            closed = Reason(kind=ReasonKind.CLOSED, text="the school is closed on that day")
            return self._row(request, of, How.NO, None, closed)
        if self._too_many(of):
            return self._row(request, of, How.NO, None, self._why(of))
        how = max((self._how(int(i)) for i in of), key=list(How).index)
        if how in (How.BUSES, How.CHARTER) and not self._at_once(of):
            how = How.HIRED
        hardest = int(max(of, key=lambda i: int(s.people[i])))
        bus = self._bus(hardest, how)
        reason = None if how in (How.BUSES, How.CHARTER) else self._why(of)
        return self._row(request, of, how, bus, reason)

    def _how(self, i: int) -> How:
        """How one group comes: the easiest way."""
        if (self.now[i] & self.lends).any():
            return How.BUSES
        if self.now[i].any():
            return How.CHARTER
        if (self.long[i] & self.lends).any():
            return How.DRIVER
        return How.HIRED if self._charter(i) or self.long[i].any() else How.NO

    def _charter(self, i: int) -> bool:
        """Whether a charter from elsewhere could bring all of a group's request."""
        mine = np.flatnonzero(self.hired_request == self.built.instance.sessions[self.n].request[i])
        return len(mine) > 0 and bool(np.all(self.hired[mine]))

    def _too_many(self, of: Ints) -> bool:
        """Whether they are more people than the session takes."""
        s = self.built.instance.sessions[self.n]
        return int(s.people[of].sum()) > min(s.max_people, s.max_people_per_school)

    def _at_once(self, of: Ints) -> bool:
        """Whether all parts of it can come together."""
        if len(of) == 1:
            return True
        m, every = any_load(self.built.instance), range(len(of))
        own = self.built.frame.data(self.session, [self.built.groups[self.n][i] for i in of])
        return can_all_ride(m, own, session_columns(m, own), every)

    def _bus(self, i: int, how: How) -> int | None:
        """The bus that is told."""
        if how is How.DRIVER:
            more_s = np.maximum(0, self.free_from_s - self.leave_s[i])
            more_s += np.maximum(0, self.back_s[i] - self.free_to_s)
            return int(np.where(self.long[i] & self.lends, more_s, FOREVER_S).argmin())
        can = self.now[i] & self.lends if how is How.BUSES else self.now[i]
        if how not in (How.BUSES, How.CHARTER) or not can.any():
            return None
        return int(np.where(can, self.back_s[i] - self.leave_s[i], FOREVER_S).argmin())

    def _why(self, of: Ints) -> Reason:
        return unreachable(self.built, self.n, of.tolist())

    def _row(
        self, request: SeatRequest, of: Ints, how: How, k: int | None, reason: Reason | None
    ) -> Reached:
        season, i = self.built.season, int(of[0]) if len(of) else None
        told = None if k is None or i is None else (i, k)
        return Reached(
            request_id="" if request.request_id.startswith(NOBODY) else request.request_id,
            ncessch=request.ncessch,
            event_id=request.event_id,
            session_id=self.session.session_id,
            date=self.session.date,
            riders=counted(season, request),
            out_min=float("inf") if i is None else _minutes(int(self.out_s[i])),
            back_min=float("inf") if i is None else _minutes(int(self.home_s[i])),
            limit_min=request.max_ride_min or season.policy.max_ride_min,
            how=how,
            buses=0 if i is None or how is How.NO else int(self.now[i].sum()),
            charter=i is not None and self._charter(i) and not self._too_many(of),
            bus_type_id=None if told is None else season.buses[told[1]].bus_type_id,
            leave_s=None if told is None else int(self.leave_s[told]),
            back_s=None if told is None else int(self.back_s[told]),
            reason=reason,
        )


def _open(season: Season, request: SeatRequest) -> set[int]:
    """Indices of the sessions it accepts on days when its school is open."""
    accepted = {c.session_id for c in acceptable(season, request)}
    return {n for n, s in enumerate(season.sessions) if s.session_id in accepted}


def _can(m: Instance, n: int) -> Bools:
    """Which buses bring each group of session n by itself, ``(n, K)``."""
    few, s = any_load(m), m.sessions[n]
    columns = session_columns(few, alone(s))
    can = np.zeros((len(s.loc), len(m.fleet.garage)), np.bool_)
    sets, i = np.nonzero(columns.inside)
    np.logical_or.at(can, i, columns.feasible[sets])
    return can


def _all_day(built: Built) -> Instance:
    """Every bus that is not closed on a day is free from its first hour to its last."""
    fleet = fleet_arrays(all_day(built.season), built.place, built.dates)
    return replace(built.instance, fleet=fleet)


def _hours(m: Instance, n: int) -> tuple[Ints, Ints, Ints, Ints]:
    """When each bus leaves and is back with each group alone, ``(n, K)``; rides, ``(n,)``."""
    s = m.sessions[n]
    leave_s, back_s = (np.zeros((len(s.loc), len(m.fleet.garage)), np.int64) for _ in range(2))
    out_s, home_s = (np.full(len(s.loc), FOREVER_S, np.int64) for _ in range(2))
    for p in m.profiles_on(s.day):
        seconds = m.on(p).seconds
        there_s = seconds[s.loc, s.first] + m.stop_s + s.board_s
        from_s = seconds[s.last, s.loc] + m.stop_s + s.board_s
        out_s, home_s = np.minimum(out_s, there_s), np.minimum(home_s, from_s)
        garages, every = m.fleet.garage, np.zeros(len(m.fleet.garage), np.int64)
        mine = np.asarray((every if m.profile is None else m.profile[:, s.day]) == p)
        leave = s.arrive_s - there_s[:, None] - seconds[np.ix_(garages, s.loc)].T
        back = s.depart_s + from_s[:, None] + seconds[np.ix_(s.loc, garages)]
        leave_s[:, mine], back_s[:, mine] = leave[:, mine], back[:, mine]
    return leave_s, back_s, out_s, home_s


def _minutes(seconds: int) -> float:
    return float("inf") if seconds >= FOREVER_S else seconds / 60


def students(season: Season, rows: Sequence[Reached]) -> Iterator[tuple[How, int, int]]:
    """Of each way, the requests for which it is the easiest, and their riders."""
    best = easiest(rows)
    for how in How:
        mine = [r for r in best.values() if r.how is how]
        yield how, len(mine), sum(r.riders for r in mine)
