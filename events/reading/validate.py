"""All rules over a draft: errors, which a season must not have, and warnings, which it may."""

from tourpool.events.problems import Problem
from tourpool.events.reading import (
    validate_fleet,
    validate_hazards,
    validate_invitations,
    validate_keys,
    validate_money,
    validate_occasions,
    validate_pins,
    validate_places,
    validate_seats,
    validate_terms,
    validate_times,
)
from tourpool.events.reading.draft import Draft, Rule

RULES: tuple[Rule, ...] = (
    *validate_keys.RULES,
    *validate_places.RULES,
    *validate_occasions.RULES,
    *validate_times.RULES,
    *validate_seats.RULES,
    *validate_invitations.RULES,
    *validate_fleet.RULES,
    *validate_money.RULES,
    *validate_terms.RULES,
    *validate_hazards.RULES,
    *validate_pins.RULES,
)
WARNINGS: tuple[Rule, ...] = (
    *validate_places.WARNINGS,
    *validate_occasions.WARNINGS,
    *validate_fleet.WARNINGS,
    *validate_seats.WARNINGS,
    *validate_invitations.WARNINGS,
    *validate_money.WARNINGS,
)


def errors(draft: Draft) -> list[Problem]:
    """Return what must be mended."""
    return [problem for rule in RULES for problem in rule(draft)]


def warnings(draft: Draft) -> list[Problem]:
    """Return what should be looked at."""
    return [problem for rule in WARNINGS for problem in rule(draft)]
