"""Who has been served how often, in words: what the plan adds, and the rule by which it seats."""

from collections.abc import Sequence

from tourpool.events.equity import BASE, YEARS_BACK, highest_weight
from tourpool.events.rules import Policy
from tourpool.reports.plain import plain
from tourpool.reports.words import count, percent
from tourpool.routing.questions.served import Level, Served, Window


def in_short(found: Sequence[Served], three_years: Window) -> tuple[str, ...]:
    """How many schools had seats, how many have with the plan, and who is still without."""
    schools = [r for r in found if r.level is Level.SCHOOL]
    before, after = sum(r.before for r in schools), sum(r.after for r in schools)
    new = [r for r in schools if not r.before and r.after]
    told = [
        f"In the three years before {three_years.end}, {before:,} of "
        f"{count(len(schools), 'school')} ({percent(before / len(schools))}) had seats; with this "
        f"plan {after:,} have ({percent(after / len(schools))}).",
    ]
    if new:
        names = "; ".join(plain(r.name) for r in new)
        told.append(f"Served for the first time in three years ({len(new):,}): {names}.")
    without = [r for r in schools if not r.after]
    for what, of in (
        ("Asked, and still without a seat", [r for r in without if r.asked]),
        ("Without a seat, and did not ask", [r for r in without if not r.asked]),
    ):
        if of:
            told.append(f"{what} ({len(of):,}): {'; '.join(plain(r.name) for r in of)}.")
    return tuple(told)


def rule(policy: Policy) -> tuple[str, ...]:
    """The rule of weights, to be read to superintendents."""
    added = [
        (policy.weight_rural, "{} where the school is distant or remote rural (locale 42, 43)"),
        (policy.weight_rural_fringe, "{} at the rural fringe or in a remote town (41, 33)"),
        (
            policy.weight_low_readiness,
            "up to {} the fewer of the district's students are college and career ready: all of "
            "it at 0 %, half of it at 50 %, nothing where the share is not known",
        ),
        (
            policy.weight_never_served,
            "{} where the school had no seat in the three years before the first session it may "
            "ride to",
        ),
    ]
    used = [f"+ {text.format(f'{value:.2f}')}" for value, text in added if value > 0]
    first = "Every student for whom a seat is asked counts 1.00."
    if not used:
        return (f"{first} Nothing is added: all students count alike.", *_HOW)
    turn = (
        "Being served takes the last of these away for three years, and nothing else: so turns go "
        "round."
    )
    return (
        f"{first} To this is added:",
        *used,
        f"So a student counts between {BASE / 100:.2f} and {highest_weight(policy) / 100:.2f}.",
        *((turn,) if policy.weight_never_served > 0 else ()),
        *_HOW,
    )


_HOW = (
    "Among all plans that keep every rule, the one is taken whose seated students add up to the "
    "most; only then is asked which of those costs least. Chaperones take seats and count nothing; "
    "at events for adults everybody counts.",
    "No school is favoured by name. What each request weighs, and why, stands beside it in the "
    "sheet Requests of schedule.xlsx.",
)


def years(three_years: Window) -> tuple[str, ...]:
    """School years as people write them: ``2024-25``."""
    return tuple(f"{year}-{(year + 1) % 100:02d}" for year in three_years.years)


def looked_back(three_years: Window) -> str:
    """Which days count."""
    return (
        f"Times are days on which a school's students rode, as the table participation has them, "
        f"in {YEARS_BACK} years: from {three_years.begin} until the day before {three_years.end}. "
        "Before and after count schools that had seats then, and those that have with this plan."
    )
