"""What a coach hears about a request: each session, and whether it should be added."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tourpool.events.ask import already_asked, asked_before, season_with, without
from tourpool.events.notice import too_late
from tourpool.events.problems import Problem
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.reach import Reach, reach


@dataclass(frozen=True)
class Answer:
    """What a coach hears.

    Attributes
    ----------
    request
        What would be added: without the sessions that it is too late for.
    sessions
        A line for each session.
    doubts
        What should be looked at in the row that would be added.
    against
        Why it should not be added; None when it can.
    """

    request: SeatRequest
    sessions: tuple[str, ...]
    doubts: tuple[Problem, ...]
    against: str | None


def answer(
    path: Path,
    season: Season,
    known: tuple[Problem, ...],
    wanted: SeatRequest,
    *,
    anyway: bool = False,
) -> Answer:
    """Try a request on a copy of its season.

    Parameters
    ----------
    path, season, known
        Where the season lies, the season, and the warnings about it.
    wanted
        The request.
    anyway
        Keep sessions that it is too late for.
    """
    late = too_late(season, wanted)
    timely = without(season, wanted, late)
    request = wanted if anyway or timely is None else timely
    with_it, warnings = season_with(path, request, season.event[wanted.event_id])
    found = reach(with_it, timely) if timely is not None else []
    lines = {r.session_id: sentence(season, r) for r in found}
    for session_id, why in late.items():
        date = season.session[session_id].date
        lines[session_id] = f"{session_id} on {date}: too late - {why}"
    return Answer(
        request=request,
        sessions=tuple(lines[s.session_id] for s in season.sessions if s.session_id in lines),
        doubts=tuple(w for w in warnings if w not in known),
        against=_against(season, wanted, found),
    )


def sentence(season: Season, found: Reach) -> str:
    """One line for a coach about one session."""
    begin = f"{found.session_id} on {found.date}"
    if found.reason is not None:
        return f"{begin}: no - {found.reason.text}"
    cut = f" in {found.parts} parts" if found.parts > 1 else ""
    ride = f"{found.ride_out_min:.0f} min there, {found.ride_back_min:.0f} min back when alone"
    text = f"{begin}: yes{cut}, {ride}, with {_lots(season, found.buses)}"
    return "; provided that ".join((text, *found.provided))


def _lots(season: Season, bus_type_ids: tuple[str, ...]) -> str:
    """Buses by the lots where they stand: 3 buses of West Bolivar bus lot."""
    count: Counter[str] = Counter()
    for bus in season.buses:
        if bus.bus_type_id in bus_type_ids:
            count[season.garage[bus.garage_id].name] += bus.count
    return "; ".join(f"{n} bus{'es' * (n > 1)} of {lot}" for lot, n in count.items())


def _against(season: Season, wanted: SeatRequest, found: list[Reach]) -> str | None:
    before = asked_before(season, wanted)
    if before is not None:
        return already_asked(season, before)
    if all(r.reason is not None for r in found):
        return "no session can be reached; mend what keeps it back, or add it with --anyway"
    return None
