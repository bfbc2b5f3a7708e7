"""Why a request is not served: the kind that binds, and a sentence with figures."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from tourpool.events.calendar import acceptable
from tourpool.events.seats import SeatRequest
from tourpool.routing.build import Built, alone, any_load, buses_alone
from tourpool.routing.groups import cuts
from tourpool.routing.plan import Reason, ReasonKind
from tourpool.routing.reasons_money import budget_against
from tourpool.routing.rules import group_limit
from tourpool.routing.solver.columns import session_columns
from tourpool.routing.solver.instance import FOREVER_S, Bools, Ints, SessionData
from tourpool.routing.solver.labels import holds
from tourpool.routing.solver.select import Picks, Selection
from tourpool.routing.together import MOST_SHARING, can_all_ride


def reasons(
    built: Built,
    selection: Selection,
    picks: Picks,
    over: Collection[str] = (),
    *,
    optimal: bool,
) -> dict[str, Reason]:
    """The reason of every request that the chosen columns leave out, by request_id.

    Parameters
    ----------
    over
        Sessions that are over.
    optimal
        Whether no plan of the choice serves more; its rules say who must be served.
    """
    riding = selection.riding(picks)
    served = {
        built.groups[s][i].request_id
        for s, rides in enumerate(riding)
        for i in np.flatnonzero(rides)
    }
    return {
        r.request_id: _reason(built, selection, picks, riding, r, over, optimal=optimal)
        for r in built.season.requests
        if r.request_id not in served
    }


def unreachable(built: Built, session: int, of: Sequence[int]) -> Reason:
    """Why no bus can bring groups ``of``, one request's, to a session, with nobody else riding."""
    s = built.instance.sessions[session]
    i = max(of, key=lambda g: int(s.people[g]))  # the largest part is the hardest
    name = built.sessions[session].session_id
    people = int(s.people[list(of)].sum())
    limit = min(s.max_people, s.max_people_per_school)
    if people > limit:
        whose = "" if limit == s.max_people else " of one school"
        text = f"{people} people, and session {name} takes {limit}{whose}"
        return Reason(kind=ReasonKind.PEOPLE_LIMIT, text=text)
    largest = group_limit(built.season, built.sessions[session])
    if largest is not None and s.people[i] > largest:
        text = f"a group of {s.people[i]} people, and session {name} takes groups of {largest}"
        return Reason(kind=ReasonKind.PEOPLE_LIMIT, text=text)
    m, request = built.instance, built.season.requests[int(s.request[i])]
    out_s, back_s = (min(ways) + m.stop_s + int(s.board_s[i]) for ways in _straight(built, s, i))
    if max(out_s, back_s) >= FOREVER_S:
        return Reason(kind=ReasonKind.NO_ROAD, text=_no_road(built, s, name))
    way = f"straight to session {name} takes {_needed(out_s)} out and {_needed(back_s)} back"
    ride_min = request.max_ride_min or built.season.policy.max_ride_min
    if max(out_s, back_s) > ride_min * 60:
        text = f"{way}, boarding included, and its limit is {ride_min} min"
        return Reason(kind=ReasonKind.RIDE_LIMIT, text=text)
    if out_s > s.out_limit_s[i] or back_s > s.back_limit_s[i]:
        text = (
            f"{way}, boarding included; its earliest pick-up leaves {_left(int(s.out_limit_s[i]))} "
            f"for the way there, its latest return {_left(int(s.back_limit_s[i]))} for the way back"
        )
        return Reason(kind=ReasonKind.SCHOOL_HOURS, text=text)
    few = _too_few(built, session, of)
    if few is not None:
        return few
    if _parts_could_come(built, session, request):
        text = (
            f"session {name}: no bus holds its {people} people, and its parts need more buses than "
        )
        return Reason(kind=ReasonKind.NO_BUS, text=text + "can come at once")
    text = _no_bus(built, s, name, i)
    on_seats = replace(s, wheels=np.zeros_like(s.wheels))
    if s.wheels[i] and session_columns(m, alone(on_seats)).inside[:, list(of)].any(axis=0).all():
        places = int(s.wheels[list(of)].sum())
        named = "1 wheelchair place" if places == 1 else f"{places} wheelchair places"
        text = f"without its {named} it could ride; {text}"
        return Reason(kind=ReasonKind.NO_WHEELCHAIR, text=text)
    return Reason(kind=ReasonKind.NO_BUS, text=text)


def _straight(built: Built, s: SessionData, i: int) -> tuple[list[int], list[int]]:
    """Seconds out and back of group i alone, on the roads of each profile of that day."""
    m = built.instance
    of = [m.on(p).seconds for p in m.profiles_on(s.day)]
    out_s = [int(seconds[s.loc[i], s.first]) for seconds in of]
    return out_s, [int(seconds[s.last, s.loc[i]]) for seconds in of]


def _no_road(built: Built, s: SessionData, name: str) -> str:
    """That no way leads there that day, and which closures are in force."""
    profiles = (built.profiles[p] for p in built.instance.profiles_on(s.day))
    closed = sorted({closure for profile in profiles for closure in profile.closures})
    because = f"; closed that day: {', '.join(closed)}" if closed else ""
    return f"session {name}: no road that its buses may use leads there and back{because}"


def _too_few(built: Built, n: int, of: Sequence[int]) -> Reason | None:
    """That every bus which could bring groups ``of`` wants more riders than can share it."""
    session, m = built.sessions[n], built.instance
    groups = [built.groups[n][i] for i in of]
    s, any_size = built.frame.data(session, groups), any_load(m)
    if len(of) > MOST_SHARING:
        s = alone(s)
    columns = session_columns(any_size, s)
    if not can_all_ride(any_size, s, columns, range(len(of))):
        return None
    could = columns.feasible.any(axis=0) & (m.fleet.min_riders > 0)
    text = (
        f"session {session.session_id}: {int(s.people.sum())} people, and the bus that could bring "
        f"them is kept for {_least_riders(m.fleet.min_riders[could])} riders or more"
    )
    return Reason(kind=ReasonKind.FEW_RIDERS, text=text)


def _parts_could_come(built: Built, n: int, request: SeatRequest) -> bool:
    """Whether each part of some cut finds a bus, though not all of them at once."""
    session = built.sessions[n]
    return any(
        len(parts) > 1 and buses_alone(built.frame, session, parts).any(axis=1).all()
        for parts in cuts(built.season, request, session.session_id)
    )


def _reason(
    built: Built,
    selection: Selection,
    picks: Picks,
    riding: Sequence[Bools],
    request: SeatRequest,
    over: Collection[str],
    *,
    optimal: bool,
) -> Reason:
    number = built.season.requests.index(request)
    accepted = {c.session_id for c in acceptable(built.season, request)}
    if not accepted:
        text = "its school is closed on the day of every session it accepts"
        return Reason(kind=ReasonKind.CLOSED, text=text)
    if accepted <= set(over):
        text = "every session it accepts was over when this plan was made"
        return Reason(kind=ReasonKind.OVER, text=text)
    sessions = [n for n, s in enumerate(built.sessions) if s.session_id in accepted]
    groups = {n: np.flatnonzero(built.instance.sessions[n].request == number) for n in sessions}
    reachable = [n for n in sessions if _can_come(built, selection, n, groups[n].tolist())]
    if not reachable:
        return _easiest([unreachable(built, n, groups[n].tolist()) for n in sessions])
    room = {n: _room(built, riding[n], n, request) for n in reachable}
    if all(room[n] < request.people for n in reachable):
        text = "; ".join(
            f"session {built.sessions[n].session_id} has room for {room[n]} of its {request.people}"
            for n in reachable
        )
        return Reason(kind=ReasonKind.PEOPLE_LIMIT, text=f"{text} people beside those it brings")
    with_room = [n for n in reachable if room[n] >= request.people]
    ruled = bool(len(selection.m.must) or selection.m.held)
    text = _outweighed(built, reachable, optimal=optimal, ruled=ruled)
    return budget_against(built, selection, picks, with_room, number) or Reason(
        kind=ReasonKind.OUTWEIGHED, text=text
    )


def _can_come(built: Built, selection: Selection, n: int, of: Sequence[int]) -> bool:
    """Whether a bus, or several, can bring groups ``of``, one request's, to session n."""
    m, s = built.instance, built.instance.sessions[n]
    if int(s.people[of].sum()) > s.max_people_per_school:
        return False
    if can_all_ride(m, s, selection.columns[n], of):
        return True
    if len(of) == 1 and _rides_in_a_chain(selection, n, of[0]):
        return True
    if selection.complete:
        return False
    own = built.frame.data(built.sessions[n], [built.groups[n][i] for i in of])
    return can_all_ride(m, own, session_columns(m, own), range(len(of)))


def _rides_in_a_chain(selection: Selection, n: int, i: int) -> bool:
    """Whether a bus that serves another session too can bring group i to session n."""
    for chain in selection.chains:
        if n in chain.sessions:
            before = 0 if n == chain.sessions[0] else len(chain.legs[0].request)
            if chain.inside[:, before + i].any():
                return True
    return False


def _room(built: Built, riding: Bools, n: int, request: SeatRequest) -> int:
    """People whom session n still takes of this school, beside those whom the plan brings."""
    s = built.instance.sessions[n]
    school = built.season.schools.index(built.season.school[request.ncessch])
    of_school = riding & (s.school == school)
    return min(
        s.max_people - int(s.people[riding].sum()),
        s.max_people_per_school - int(s.people[of_school].sum()),
    )


def _easiest(found: Sequence[Reason]) -> Reason:
    """Of the reasons of several sessions, the one that is easiest to lift; all are told."""
    order = (
        ReasonKind.PEOPLE_LIMIT,
        ReasonKind.FEW_RIDERS,
        ReasonKind.NO_WHEELCHAIR,
        ReasonKind.NO_BUS,
        ReasonKind.SCHOOL_HOURS,
        ReasonKind.RIDE_LIMIT,
        ReasonKind.NO_ROAD,
    )
    kind = min((r.kind for r in found), key=order.index)
    texts = dict.fromkeys(r.text for r in found)
    return Reason(kind=kind, text="; ".join(texts))


def _no_bus(built: Built, s: SessionData, name: str, i: int) -> str:
    """How many of the buses fail, on what, in the order in which a bus is looked at."""
    m, f, day = built.instance, built.instance.fleet, s.day
    free, tour = f.count[:, day] > 0, s.first != s.last
    alone_s = m.stop_s + int(s.board_s[i])
    own = [m.driven_by(k, day).seconds for k in range(len(f.garage))]
    out_s = np.array([roads[s.loc[i], s.first] + alone_s for roads in own], np.int64)
    back_s = np.array([roads[s.last, s.loc[i]] + alone_s for roads in own], np.int64)
    carries = free & s.carry[:, i]
    seats = (f.seats_small, f.seats_large, f.places, f.lost_seats)
    seated = carries & holds(s.small[i], s.large[i], 0 * s.wheels[i], *seats)
    fits = seated & holds(s.small[i], s.large[i], s.wheels[i], *seats)
    there_s = out_s + [roads[g, s.loc[i]] for g, roads in zip(f.garage, own, strict=True)]
    home_s = back_s + [roads[s.loc[i], g] for g, roads in zip(f.garage, own, strict=True)]
    cut_off = fits & (np.maximum(there_s, home_s) >= FOREVER_S)
    fits = fits & ~cut_off
    few = fits & (s.people[i] < f.min_riders)
    early = fits & (s.arrive_s - there_s < f.free_from_s[:, day])
    late = fits & ~early & (s.depart_s + home_s > f.free_to_s[:, day])
    long = fits & ~early & ~late & ~few
    counts = [
        (~free, "not free that day"),
        (free & ~carries, f"may not carry it{', or cannot keep the times of the tour' * tour}"),
        (carries & ~seated, "too small"),
        (seated & ~fits, "without enough wheelchair places"),
        (cut_off, "with no road there that they may use"),
        (early, "would have to leave before they are free"),
        (late, "would be back after they are needed again"),
        (long, "would pass their driver's hours"),
        (few, f"kept for {_least_riders(f.min_riders[few])} riders or more"),
    ]
    told = ", ".join(f"{int(mask.sum())} {what}" for mask, what in counts if mask.any())
    return f"session {name}: of {len(free)} kind{'s' * (len(free) != 1)} of bus {told}"


def _least_riders(limits: Ints) -> str:
    """One number, or the least and the greatest."""
    low, high = (int(n) for n in (limits.min(initial=10**6), limits.max(initial=0)))
    return str(low) if low == high else f"{low} to {high}"


def _outweighed(built: Built, reachable: Sequence[int], *, optimal: bool, ruled: bool) -> str:
    where = " or ".join(built.sessions[n].session_id for n in reachable)
    if optimal:
        else_so = ", or a seat that is kept" if ruled else ""
        return (
            f"a bus can bring it to {where}, but every plan that does so gives up at least as many "
            f"weighted students elsewhere{else_so}"
        )
    return f"a bus can bring it to {where}; the plan found in the time given serves others"


def _needed(seconds: int) -> str:
    """Whole minutes, rounded up so that they never seem to fit what is left."""
    return f"{math.ceil(seconds / 60)} min"


def _left(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds > 0 else "no time"
