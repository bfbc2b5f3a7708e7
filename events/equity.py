"""Weights: whose seat counts for more, and why. Whole hundredths, 100 to 400."""

import datetime as dt

from pydantic import Field

from tourpool.events.places import District, School
from tourpool.events.records import Record
from tourpool.events.rules import Policy
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest

BASE = 100
YEARS_BACK = 3

LOCALES = {
    11: "large city",
    12: "midsize city",
    13: "small city",
    21: "suburb of a large city",
    22: "suburb of a midsize city",
    23: "suburb of a small city",
    31: "town at the fringe of a city",
    32: "distant town",
    33: "remote town",
    41: "rural, at the fringe of a city",
    42: "distant rural",
    43: "remote rural",
}


class Factor(Record):
    """One reason for a weight."""

    name: str
    hundredths: int = Field(ge=0, description="what it adds")
    why: str = Field(description="with the figures it comes from")


class Weight(Record):
    """What a student of a request counts, and all its reasons; those that add 0 too."""

    hundredths: int = Field(ge=BASE, le=4 * BASE, description="100 and the sum of its factors")
    factors: tuple[Factor, ...]


def weights(season: Season) -> dict[str, Weight]:
    """Weigh every request, by request_id."""
    served = _served(season)
    return {r.request_id: _weight(season, r, served.get(r.ncessch, [])) for r in season.requests}


def highest_weight(policy: Policy) -> int:
    """The most that a request can weigh: rural, nobody ready, never served. Whole hundredths."""
    rural = max(policy.weight_rural, policy.weight_rural_fringe)
    added = (rural, policy.weight_low_readiness, policy.weight_never_served)
    return BASE + sum(_rounded(100 * share) for share in added)


def _weight(season: Season, request: SeatRequest, served: list[dt.date]) -> Weight:
    school = season.school[request.ncessch]
    factors = (
        _remote(school, season.policy),
        _readiness(season.district[school.leaid], season.policy),
        _never_served(served, _first_date(season, request), season.policy),
    )
    return Weight(hundredths=BASE + sum(f.hundredths for f in factors), factors=factors)


def _remote(school: School, policy: Policy) -> Factor:
    match school.locale:
        case 42 | 43:
            share = policy.weight_rural
        case 41 | 33:
            share = policy.weight_rural_fringe
        case _:
            share = 0.0
    return Factor(
        name="remote",
        hundredths=_rounded(100 * share),
        why=f"locale {school.locale}, {LOCALES[school.locale]}",
    )


def _readiness(district: District, policy: Policy) -> Factor:
    ready_pct = district.college_career_ready_pct
    if ready_pct is None:
        why = "the district's share of college and career ready students is not known"
        return Factor(name="low readiness", hundredths=0, why=why)
    return Factor(
        name="low readiness",
        hundredths=_rounded(policy.weight_low_readiness * (100 - ready_pct)),
        why=f"{ready_pct:g} % of the district's students are college and career ready",
    )


def _never_served(served: list[dt.date], first: dt.date, policy: Policy) -> Factor:
    name = "never served"
    since = years_before(first)
    last = max((d for d in served if since <= d < first), default=None)
    if last is None:
        return Factor(
            name=name,
            hundredths=_rounded(100 * policy.weight_never_served),
            why=f"no seat in the three years before {first}",
        )
    return Factor(name=name, hundredths=0, why=f"had seats on {last}, within three years")


def _served(season: Season) -> dict[str, list[dt.date]]:
    """Days on which a school's students rode; an entry of 0 students is a day without a seat."""
    days: dict[str, list[dt.date]] = {}
    for entry in season.participation:
        if entry.students > 0:
            days.setdefault(entry.ncessch, []).append(entry.date)
    return days


def _first_date(season: Season, request: SeatRequest) -> dt.date:
    """The first day it may ride; closed days count too, so that a calendar moves no weight."""
    if request.choices:
        return min(season.session[c.session_id].date for c in request.choices)
    return min(s.date for s in season.sessions if s.event_id == request.event_id)


def years_before(date: dt.date) -> dt.date:
    """The same day three years earlier; 28 February for the 29th."""
    if (date.month, date.day) == (2, 29):
        date = date.replace(day=28)
    return date.replace(year=date.year - YEARS_BACK)


def _rounded(value: float) -> int:
    """To whole hundredths, half up; 12 digits first, so that 0.285 * 100 is 28.5."""
    return int(round(value, 12) + 0.5)
