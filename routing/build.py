"""Season and roads to an Instance: ids become indices, local clocks seconds, dollars integers."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tourpool.events.occasions import Session
from tourpool.events.places import Point
from tourpool.events.season import Season
from tourpool.routing.fleet import MONEY_Q, fleet_arrays, units
from tourpool.routing.groups import cuts, whole
from tourpool.routing.pinned import pinned, told_apart
from tourpool.routing.plan import Group
from tourpool.routing.roads import SCHOOL_BUS, Matrix, Profile, Roads
from tourpool.routing.session_data import Frame
from tourpool.routing.solver.columns import session_columns
from tourpool.routing.solver.instance import Bools, Instance, Ints, SessionData, ints
from tourpool.routing.solver.labels import holds
from tourpool.routing.together import MOST_SHARING, can_all_ride


@dataclass(frozen=True)
class Built:
    """An Instance and what its indices stand for.

    Attributes
    ----------
    place
        Location index of each stop position.
    dates
        Date of each day d.
    groups
        Of each session, its groups i.
    profiles, matrices
        Which roads some buses use on some days, and the way between all places on these.
    """

    season: Season
    roads: Roads
    profiles: tuple[Profile, ...]
    matrices: tuple[Matrix, ...]
    instance: Instance
    place: dict[Point, int]
    dates: tuple[dt.date, ...]
    groups: tuple[tuple[Group, ...], ...]
    frame: Frame

    @property
    def matrix(self) -> Matrix:
        """The way between all places for the first bus on the first day."""
        return self.matrices[0]

    def profile(self, bus: int, session: int) -> int:
        """Which profile a bus type has on the day of a session."""
        day = self.instance.sessions[session].day
        return 0 if self.instance.profile is None else int(self.instance.profile[bus, day])

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Sessions s in order."""
        return self.season.sessions


def build(season: Season, roads: Roads) -> Built:
    """Number everything; cut requests that no bus holds whole.

    A bus that pins or the calendar name by its number becomes a row of its own.
    """
    season = told_apart(season)
    place = _number_places(season)
    dates = tuple(sorted({s.date for s in season.sessions}))
    profiles, used = _profiles(season, roads, dates)
    matrices = tuple(roads.matrix(list(place), p) for p in profiles)
    empty = Instance(
        seconds=matrices[0].seconds,
        metres=matrices[0].metres,
        others=tuple((m.seconds, m.metres) for m in matrices[1:]),
        profile=used if len(profiles) > 1 else None,
        stop_s=season.policy.stop_s,
        money_q=MONEY_Q,
        fleet=fleet_arrays(season, place, dates),
        sessions=(),
        n_requests=len(season.requests),
        run_pairs=season.policy.run_pairs_per_day,
        garage_break_s=season.policy.garage_break_min * 60,
        budgets=ints([units(b.usd) for b in season.budgets]),
    )
    frame = Frame(season, empty, place, dates)
    groups = tuple(_cut_for(frame, session) for session in season.sessions)
    sessions = tuple(
        pinned(season, session, g, frame.data(session, g))
        for session, g in zip(season.sessions, groups, strict=True)
    )
    return Built(
        season=season,
        roads=roads,
        profiles=profiles,
        matrices=matrices,
        instance=replace(empty, sessions=sessions),
        place=place,
        dates=dates,
        groups=groups,
        frame=frame,
    )


def _profiles(
    season: Season, roads: Roads, dates: Sequence[dt.date]
) -> tuple[tuple[Profile, ...], Ints]:
    """All profiles of roads, that of the first bus on the first day first; which ones are used.

    Returns
    -------
    profiles
        At least one.
    used
        Profile of bus type k on day d, ``(K, days)``.
    """
    number: dict[Profile, int] = {}
    used = [
        [number.setdefault(roads.profile(bus, date), len(number)) for date in dates]
        for bus in season.buses
    ]
    shape = (len(season.buses), len(dates))
    return tuple(number) or (SCHOOL_BUS,), np.array(used, np.int64).reshape(shape)


def any_load(m: Instance) -> Instance:
    """The same where a bus goes for however few riders."""
    few = np.zeros_like(m.fleet.min_riders)
    return replace(m, fleet=replace(m.fleet, min_riders=few))


def alone(s: SessionData) -> SessionData:
    """The same session where no two groups may share a bus."""
    n = len(s.loc)
    return replace(s, apart=np.ones((n, n), np.bool_))


def _cut_for(frame: Frame, session: Session) -> tuple[Group, ...]:
    """Groups of a session: requests whole, or in the fewest parts that can all come at once."""
    requests = [r for r, _ in frame.accept[session.session_id]]
    chosen = {r.request_id: whole(frame.season, r) for r in requests}
    riders = [_one_rider(g) for groups in chosen.values() for g in groups]
    can_come = np.asarray(buses_alone(frame, session, riders).any(axis=1))
    left = {
        r.request_id: cuts(frame.season, r, session.session_id)
        for r, can in zip(requests, can_come, strict=True)
        if can  # else no part of it is small enough
    }
    while left:
        trial = {i: g for i, g in ((i, next(cut, None)) for i, cut in left.items()) if g}
        groups = [g for parts in trial.values() for g in parts]
        buses = buses_alone(frame, session, groups)
        left = {i: left[i] for i in trial}
        for i, parts in trial.items():
            can = buses[[n for n, g in enumerate(groups) if g.request_id == i]]
            if _at_once(frame, session, parts, can):
                if _worth_cutting(frame, session, parts, np.asarray(can.any(axis=0))):
                    chosen[i] = parts
                del left[i]
    return tuple(g for r in requests for g in chosen[r.request_id])


def _one_rider(group: Group) -> Group:
    """The least that a part of it can be."""
    least = {"students": 1, "chaperones": 0, "wheelchairs": 0, "counted": 1}
    return group.model_copy(update=least)


def buses_alone(frame: Frame, session: Session, groups: Sequence[Group]) -> Bools:
    """Which bus types can bring each group by itself, ``(groups, K)``."""
    s = frame.data(session, groups)
    columns = session_columns(any_load(frame.m), alone(s))
    can = np.zeros((len(groups), len(frame.season.buses)), np.bool_)
    sets, i = np.nonzero(columns.inside)
    can[i] = columns.feasible[sets]
    return can


def _at_once(frame: Frame, session: Session, parts: Sequence[Group], can: Bools) -> bool:
    """Whether the buses of that day bring all parts: a bus for each, or parts sharing some."""
    if not can.any(axis=1).all():
        return False
    s = frame.data(session, parts)
    if len(parts) > MOST_SHARING:
        s = alone(s)
    m = any_load(frame.m)
    return can_all_ride(m, s, session_columns(m, s), range(len(parts)))


def _worth_cutting(frame: Frame, session: Session, parts: tuple[Group, ...], buses: Bools) -> bool:
    """Whether it is asked for, or the whole is larger than every bus that reaches it."""
    request = frame.season.request[parts[0].request_id]
    if len(parts) == 1 or request.may_split:
        return True
    s, f = frame.data(session, whole(frame.season, request)), frame.m.fleet
    fits = holds(s.small, s.large, s.wheels, f.seats_small, f.seats_large, f.places, f.lost_seats)
    return not (fits & buses).any()


def _number_places(season: Season) -> dict[Point, int]:
    stops = [season.school[r.ncessch].stop for r in season.requests]
    stops += [season.venue[v.venue_id].stop for s in season.sessions for v in s.visits]
    stops += [season.garage[b.garage_id].stop for b in season.buses]
    return {stop: n for n, stop in enumerate(dict.fromkeys(stops))}
