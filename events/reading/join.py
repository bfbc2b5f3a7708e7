"""Rows that belong to rows of another table: further visits of sessions, choices of requests."""

from collections import defaultdict
from collections.abc import Sequence

from tourpool.events.occasions import Session, Visit
from tourpool.events.reading.rows import Row
from tourpool.events.seats import Choice, SeatRequest


def with_visits(
    sessions: Sequence[Row[Session]], visits: Sequence[Row[Visit]]
) -> list[Row[Session]]:
    """Join the further visits of each session, in their order."""
    further: dict[str, list[Visit]] = defaultdict(list)
    for row in sorted(visits, key=lambda row: row.record.order):
        further[row.record.session_id].append(row.record)
    return [
        Row(row.file, row.number, _with(row.record, further[row.record.session_id]))
        for row in sessions
    ]


def with_choices(
    requests: Sequence[Row[SeatRequest]],
    choices: Sequence[Row[Choice]],
    sessions: Sequence[Row[Session]],
) -> list[Row[SeatRequest]]:
    """Join the sessions that each request accepts; all of its event, alike, when it names none."""
    named: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        named[choice.record.request_id].append(choice.record)
    of_event: dict[str, list[str]] = defaultdict(list)
    for session in sessions:
        of_event[session.record.event_id].append(session.record.session_id)
    return [
        Row(
            row.file,
            row.number,
            row.record.model_copy(
                update={
                    "choices": tuple(
                        named[row.record.request_id]
                        or _all_alike(row.record, of_event[row.record.event_id])
                    )
                }
            ),
        )
        for row in requests
    ]


def _with(session: Session, further: Sequence[Visit]) -> Session:
    return session.model_copy(update={"further": tuple(further)})


def _all_alike(request: SeatRequest, sessions: Sequence[str]) -> list[Choice]:
    return [Choice(request_id=request.request_id, session_id=s) for s in sessions]
