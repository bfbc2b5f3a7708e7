"""What a coach hears, line by line."""

import datetime as dt

import pytest

from tests.seasons import DAY, LENDER, bus, garage, two_schools
from tourpool.routing.answer import sentence
from tourpool.routing.plan import Reason, ReasonKind
from tourpool.routing.reach import Reach


def found(*buses: str, parts: int = 1, reason: Reason | None = None, date: dt.date = DAY) -> Reach:
    return Reach("morning", date, buses, 33.6, 34.7, parts, reason)


@pytest.mark.parametrize(
    ("buses", "parts", "line"),
    [
        (("lot/full",), 1, "yes, 34 min there, 35 min back when alone, with 1 bus of Lot"),
        (
            ("lot/full", "yard/full", "yard/late"),  # 1, and 2 + 3
            2,
            "yes in 2 parts, 34 min there, 35 min back when alone, with 1 bus of Lot; "
            "5 buses of Yard, Cary",
        ),
    ],
)
def test_buses_are_counted_by_their_lots(buses: tuple[str, ...], parts: int, line: str) -> None:
    season = two_schools(
        garages=(garage("lot", 0, LENDER, name="Lot"), garage("yard", 0, None, name="Yard, Cary")),
        buses=(bus(), bus("yard", count=2), bus("yard", "late", count=3)),
    )
    assert sentence(season, found(*buses, parts=parts)) == f"morning on 2027-03-09: {line}"


def test_a_session_out_of_reach_says_why() -> None:
    reason = Reason(kind=ReasonKind.RIDE_LIMIT, text="99 min on board, and 90 are allowed")
    line = "morning on 2027-03-09: no - 99 min on board, and 90 are allowed"
    assert sentence(two_schools(), found(reason=reason)) == line


def test_what_must_hold_besides_follows() -> None:
    few = Reach(
        "morning", DAY, ("lot/full",), 33.6, 34.7, 1, None, ("at least 25 riders share a bus",)
    )
    assert sentence(two_schools(), few).endswith("; provided that at least 25 riders share a bus")
