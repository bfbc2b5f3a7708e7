"""Rules of places: ecosystems, districts, schools, venues."""

from collections.abc import Iterator

from tourpool.events.problems import Problem
from tourpool.events.reading.cells_numbers import grade_name as _grade
from tourpool.events.reading.draft import Draft, Rule

LOCALES = (11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43)


def locale_is_of_nces(draft: Draft) -> Iterator[Problem]:
    """A locale is one of the twelve codes of NCES."""
    for row in draft.schools:
        if row.record.locale not in LOCALES:
            yield row.problem(
                "locale",
                f"{row.record.locale} is not an NCES locale code",
                f"write one of {', '.join(map(str, LOCALES))}; 41 to 43 is rural",
            )


def school_grades_in_order(draft: Draft) -> Iterator[Problem]:
    """The lowest grade of a school is not above its highest."""
    for row in draft.schools:
        if row.record.grade_low > row.record.grade_high:
            yield row.problem(
                "grade_low",
                f"grade {_grade(row.record.grade_low)} is above grade_high "
                f"{_grade(row.record.grade_high)}",
                "swap them",
            )


def school_numbers_belong_together(draft: Draft) -> Iterator[Problem]:
    """The first two digits of a school's and its district's number name the same state."""
    for row in draft.schools:
        if row.record.ncessch[:2] != row.record.leaid[:2]:
            yield row.problem(
                "ncessch",
                f"{row.record.ncessch} is of another state than leaid {row.record.leaid}",
                "copy both numbers from the NCES directory",
            )


def school_hours_in_order(draft: Draft) -> Iterator[Problem]:
    """The earliest pickup of a school comes before its latest return."""
    for row in draft.schools:
        s = row.record
        if s.earliest_pickup >= s.latest_return:
            yield row.problem(
                "earliest_pickup",
                f"{s.earliest_pickup:%H:%M} is not before latest_return {s.latest_return:%H:%M}",
                "mend one of them; times after noon are 13:00 and later, or have PM",
            )


def adjacent_on_both_sides(draft: Draft) -> Iterator[Problem]:
    """A neighbour names its neighbour too."""
    names = {row.record.ecosystem_id: row.record.adjacent for row in draft.ecosystems}
    for row in draft.ecosystems:
        for other in row.record.adjacent:
            if other in names and row.record.ecosystem_id not in names[other]:
                yield row.problem(
                    "adjacent",
                    f"{other} does not name {row.record.ecosystem_id}",
                    f"it counts for both; add {row.record.ecosystem_id} to the row of {other}",
                )


def readiness_is_a_percentage(draft: Draft) -> Iterator[Problem]:
    """A readiness rate below 1 is a fraction that Excel shows as per cent."""
    for row in draft.districts:
        pct = row.record.college_career_ready_pct
        if pct is not None and 0 < pct < 1:
            yield row.problem(
                "college_career_ready_pct",
                f"{pct} % would be very few",
                f"write {pct * 100:g} if {pct * 100:g} % is meant",
            )


RULES: tuple[Rule, ...] = (
    locale_is_of_nces,
    school_grades_in_order,
    school_numbers_belong_together,
    school_hours_in_order,
)
WARNINGS: tuple[Rule, ...] = (adjacent_on_both_sides, readiness_is_a_percentage)
