"""Who has been served how often: three years back, and by a plan."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tourpool.events.equity import years_before
from tourpool.events.places import School
from tourpool.events.problems import InputError
from tourpool.events.rules import Participation
from tourpool.events.season import Season
from tourpool.routing.plan import Plan, PlanRequest

NEW_YEAR_MONTH = 7
"""A school year begins in July."""


class Level(StrEnum):
    """Whose seats are added up."""

    ECOSYSTEM = "ecosystem"
    DISTRICT = "district"
    SCHOOL = "school"


@dataclass(frozen=True)
class Served:
    """A school, a district or an ecosystem: seats before, and with the plan.

    Attributes
    ----------
    within
        The district of a school, the ecosystem of a district.
    schools, before, after
        Its schools in the season; those with seats in the three years; those and the ones that
        the plan seats.
    times, students, last
        Of the three years: occasions, students on all of them, the last day.
    by_year
        Students by school year, by its first calendar year.
    asked, seated, occasions
        Riders in the plan, counted as the weight counts them: asked for, with a seat; and how many
        requests have seats.
    """

    level: Level
    name: str
    within: str
    schools: int
    before: int
    after: int
    times: int
    students: int
    last: dt.date | None
    by_year: dict[int, int]
    asked: int
    seated: int
    occasions: int


@dataclass(frozen=True)
class Window:
    """The three years: from ``begin`` on, before ``end``, the first day of the season."""

    begin: dt.date
    end: dt.date

    @property
    def years(self) -> range:
        """School years it touches, by their first calendar year."""
        return range(school_year(self.begin), school_year(self.end - dt.timedelta(days=1)) + 1)

    def holds(self, date: dt.date) -> bool:
        """Whether a day is in it."""
        return self.begin <= date < self.end


def window(season: Season) -> Window:
    """Three years back from the first session of a season, as the weights look back."""
    first = min(s.date for s in season.sessions)
    return Window(years_before(first), first)


def school_year(date: dt.date) -> int:
    """The calendar year in which the school year of a day begins."""
    return date.year if date.month >= NEW_YEAR_MONTH else date.year - 1


def served(season: Season, plan: Plan) -> tuple[Served, ...]:
    """Ecosystems, districts and schools of a season; those with fewest seats a school come first.

    Raises
    ------
    InputError
        When the plan has a school that the season has not.
    """
    for request in plan.requests:
        if request.ncessch not in season.school:
            raise InputError(
                f"the plan has the school {request.ncessch}, and the season has not; give the "
                "season that the plan was made for"
            )
    district, ecosystem = season.district, {e.ecosystem_id: e.name for e in season.ecosystems}

    def of_district(leaid: str) -> str:
        name = district[leaid].ecosystem_id
        return ecosystem.get(name, name)

    levels: tuple[tuple[Level, Callable[[School], tuple[str, str, str]]], ...] = (
        (
            Level.ECOSYSTEM,
            lambda s: (district[s.leaid].ecosystem_id, of_district(s.leaid), ""),
        ),
        (Level.DISTRICT, lambda s: (s.leaid, district[s.leaid].name, of_district(s.leaid))),
        (Level.SCHOOL, lambda s: (s.ncessch, s.name, district[s.leaid].name)),
    )
    found: list[Served] = []
    for level, key in levels:
        of: defaultdict[tuple[str, str, str], list[School]] = defaultdict(list)
        for school in season.schools:
            of[key(school)].append(school)
        rows = [_served(season, plan, level, names, schools) for names, schools in of.items()]
        found += sorted(rows, key=_turn)
    return tuple(found)


def _served(
    season: Season, plan: Plan, level: Level, names: tuple[str, str, str], schools: Sequence[School]
) -> Served:
    ids = {s.ncessch for s in schools}
    entries = _entries(season, ids)
    asked = [r for r in plan.requests if r.ncessch in ids]
    seated = [r for r in asked if r.session_id is not None]
    before = {e.ncessch for e in entries}
    by_year = {
        year: sum(e.students for e in entries if school_year(e.date) == year)
        for year in window(season).years
    }
    return Served(
        level=level,
        name=names[1],
        within=names[2],
        schools=len(schools),
        before=len(before),
        after=len(before | {r.ncessch for r in seated}),
        times=len({(e.ncessch, e.date) for e in entries}),
        students=sum(e.students for e in entries),
        last=max((e.date for e in entries), default=None),
        by_year=by_year,
        asked=_counted(asked),
        seated=_counted(seated),
        occasions=len(seated),
    )


def _turn(of: Served) -> tuple[float, float, str]:
    """Whose turn it is: fewest times, then fewest students, for each of its schools."""
    return of.times / of.schools, of.students / of.schools, of.name


def _entries(season: Season, schools: set[str]) -> list[Participation]:
    """What was written down of these schools; a day on which nobody rode is none."""
    three_years = window(season)
    return [
        e
        for e in season.participation
        if e.ncessch in schools and e.students > 0 and three_years.holds(e.date)
    ]


def _counted(requests: Iterable[PlanRequest]) -> int:
    return sum(r.counted for r in requests)
