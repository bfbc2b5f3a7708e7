"""Rules of the calendar and of agreements."""

from collections.abc import Iterator

from tourpool.events.problems import Problem
from tourpool.events.reading.draft import Draft, Rule


def calendar_days_in_order(draft: Draft) -> Iterator[Problem]:
    """An entry begins no later than it ends."""
    for row in draft.calendar:
        if row.record.date_from > row.record.date_to:
            yield row.problem(
                "date_to",
                f"{row.record.date_to} is before date_from {row.record.date_from}",
                "swap them, or leave date_to empty for one day",
            )


def calendar_says_something(draft: Draft) -> Iterator[Problem]:
    """An entry says closed, or hours, and not both."""
    for row in draft.calendar:
        e = row.record
        hours = e.free_from is not None or e.free_to is not None
        if not e.closed and not hours:
            yield row.problem(
                "closed", "neither closed nor hours are given", "write yes, or fill in free_to"
            )
        elif e.closed and hours:
            yield row.problem("closed", "closed all day and open for hours", "empty one of them")


def calendar_hours_in_order(draft: Draft) -> Iterator[Problem]:
    """An entry opens before it closes."""
    for row in draft.calendar:
        e = row.record
        if e.free_from is not None and e.free_to is not None and e.free_from >= e.free_to:
            yield row.problem(
                "free_from",
                f"{e.free_from:%H:%M} is not before free_to {e.free_to:%H:%M}",
                "mend one of them, or write closed yes",
            )


def agreement_days_in_order(draft: Draft) -> Iterator[Problem]:
    """An agreement begins no later than it ends."""
    for row in draft.agreements:
        if row.record.valid_from > row.record.valid_to:
            yield row.problem(
                "valid_to",
                f"{row.record.valid_to} is before valid_from {row.record.valid_from}",
                "swap them",
            )


def agreement_between_two(draft: Draft) -> Iterator[Problem]:
    """A district needs no agreement with itself."""
    for row in draft.agreements:
        if row.record.lender_leaid == row.record.guest_leaid:
            yield row.problem(
                "guest_leaid",
                f"{row.record.guest_leaid} is the lender itself",
                "write the district whose students ride, or take the row out",
            )


RULES: tuple[Rule, ...] = (
    calendar_days_in_order,
    calendar_says_something,
    calendar_hours_in_order,
    agreement_days_in_order,
    agreement_between_two,
)
