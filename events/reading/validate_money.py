"""Rules of what miles cost and of what payers may spend."""

from collections.abc import Iterator
from typing import Any

from tourpool.events.budgets import ALL_EVENTS
from tourpool.events.occasions import EventKind
from tourpool.events.problems import Problem
from tourpool.events.reading.cells import nearest, shown
from tourpool.events.reading.draft import Draft, Rule

KINDS = tuple(kind.value for kind in EventKind)


def miles_are_priced_once(draft: Draft) -> Iterator[Problem]:
    """A bus has a price of its miles or a tariff, one of them."""
    rows = {row.number for row in draft.buses}
    for row in draft.typed.get("buses", []):
        rate, tariff = (row.values.get(column) for column in ("usd_per_mile", "tariff_id"))
        if row.number not in rows:
            continue  # a cell that cannot be read is perhaps one of the two
        if rate is None and tariff is None:
            yield row.problem(
                "usd_per_mile",
                "is empty, and so is tariff_id",
                "write what a mile costs (0 if nothing), or name a tariff of the table tariffs",
            )
        elif rate is not None and tariff is not None:
            yield row.problem(
                "usd_per_mile",
                f"{rate:g} is given beside tariff_id {shown(tariff)}",
                "empty one of them: the tiers of a tariff say what miles cost",
            )


def tariff_begins_at_0(draft: Draft) -> Iterator[Problem]:
    """The first tier of a tariff counts from the first mile."""
    first: dict[Any, float] = {}
    for typed in draft.typed.get("tariffs", []):
        name, miles = typed.values.get("tariff_id"), typed.values.get("from_mi")
        first[name] = min(first.get(name, miles) or 0, miles or 0)  # one not read may be the first
    for row in draft.tariffs:
        t = row.record
        if t.from_mi and t.from_mi == first[t.tariff_id]:
            yield row.problem(
                "from_mi",
                f"{t.from_mi:g} is the least of {shown(t.tariff_id)}: its first miles have no "
                "price",
                "write 0, or add a row for this tariff whose from_mi is 0",
            )


def budget_payer_exists(draft: Draft) -> Iterator[Problem]:
    """A budget is of one district or of one ecosystem."""
    districts, ecosystems = draft.named.get("districts"), draft.named.get("ecosystems")
    if districts is None or ecosystems is None:
        return  # another problem says that the table is missing, empty or without ids
    for row in draft.budgets:
        payer = row.record.payer
        if payer in districts & ecosystems:
            yield row.problem(
                "payer",
                f"{shown(payer)} is a district and an ecosystem",
                "give the ecosystem another id",
            )
        elif payer not in districts | ecosystems:
            near = nearest(payer, districts | ecosystems)
            yield row.problem(
                "payer",
                f"{shown(payer)} is neither in districts nor in ecosystems",
                f"did you mean {near}?" if near else "write a leaid or an ecosystem_id",
            )


def budget_scope_exists(draft: Draft) -> Iterator[Problem]:
    """A budget is for one event, for a kind of events, or for all of them."""
    events = draft.named.get("events")
    if events is None:
        return
    for row in draft.budgets:
        scope = row.record.scope
        words = {ALL_EVENTS, *KINDS}
        if scope in events & words:
            what = "all events" if scope == ALL_EVENTS else "a kind of events"
            yield row.problem(
                "scope",
                f"{shown(scope)} is an event and {what}",
                "give the event another id",
            )
        elif scope not in events | words:
            near = nearest(scope, events | words)
            yield row.problem(
                "scope",
                f"{shown(scope)} is neither an event nor a kind of events",
                f"did you mean {near}?"
                if near
                else f"write an event_id, {', '.join(KINDS)} or {ALL_EVENTS}",
            )


def tariff_is_used(draft: Draft) -> Iterator[Problem]:
    """A tariff that no bus has is perhaps one that was forgotten in buses."""
    used = {row.values.get("tariff_id") for row in draft.typed.get("buses", [])}
    told: set[str] = set()
    for row in draft.tariffs:
        name = row.record.tariff_id
        if name not in used | told:
            told.add(name)
            yield row.problem(
                "tariff_id",
                f"no bus has the tariff {shown(name)}",
                "write it in tariff_id of buses, or take its rows out",
            )


def budget_has_events(draft: Draft) -> Iterator[Problem]:
    """A budget for a kind of events of which there is none bears nothing."""
    kinds = {e.kind.value for e in draft.season.events}
    for row in draft.budgets:
        scope = row.record.scope
        if scope in set(KINDS) - kinds and kinds:
            yield row.problem(
                "scope",
                f"the season has no {scope.replace('_', ' ')}: this budget bears nothing",
                f"write {' or '.join(sorted(kinds))}, an event_id or {ALL_EVENTS}",
            )


RULES: tuple[Rule, ...] = (
    miles_are_priced_once,
    tariff_begins_at_0,
    budget_payer_exists,
    budget_scope_exists,
)
WARNINGS: tuple[Rule, ...] = (tariff_is_used, budget_has_events)
