"""Sessions that come too soon after a request was made."""

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest


def too_late(season: Season, request: SeatRequest) -> dict[str, str]:
    """The sessions a request asks for that it is too late for, and why, by session_id.

    A request without a day on which it was made is never late.
    """
    if request.requested_on is None:
        return {}
    named = {c.session_id for c in request.choices}
    lead_days = season.event[request.event_id].lead_days
    late: dict[str, str] = {}
    for session in season.sessions:
        asked = not named or session.session_id in named
        if session.event_id != request.event_id or not asked:
            continue
        days = (session.date - request.requested_on).days
        if days < 0:
            late[session.session_id] = "it is over"
        elif days < lead_days:
            when = f"in {days} day{'s' * (days != 1)}" if days else "today"
            notice = "a day's" if lead_days == 1 else f"{lead_days} days'"
            late[session.session_id] = f"it is {when}, and the host wants {notice} notice"
    return late
