"""Which plan it is: its id, the plan it follows, and the season and roads it was made for."""

import hashlib
from collections.abc import Iterator

from tourpool.events.season import Season
from tourpool.routing.checks.words import Rule, Violation, differ
from tourpool.routing.plan import Plan
from tourpool.routing.roads import Roads


def plan_id(plan: Plan) -> Iterator[Violation]:
    """The id is a digest of all that is planned; only a plan that follows another is no first."""
    content = plan.model_dump_json(exclude={"plan_id", "made_by"}, warnings=False)
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    yield from differ(Rule.PLAN_ID, "plan", [("plan_id", plan.plan_id, digest)])
    if (plan.version == 1) != (plan.follows is None):
        text = f"version {plan.version} follows {plan.follows or 'no plan'}; "
        text += "a first plan follows none, a later one does"
        yield Violation(Rule.PLAN_ID, "plan", text)


def season_digest(season: Season, plan: Plan) -> Iterator[Violation]:
    """The plan was made for this season, whatever the folder is called."""
    if plan.season_digest != season.digest:
        set_now = " ".join(f"--set {text}" for text in plan.settings)
        again = f"; it was made with {set_now}: give the same again" if set_now else ""
        text = (
            "was made for other tables: something in the season was changed since, or was set for "
            f"this plan only (season_digest: {plan.season_digest} in the plan, {season.digest} now)"
            f"{again}"
        )
        yield Violation(Rule.SEASON_DIGEST, "plan", text)
    same = (
        ("max_ride_min", plan.max_ride_min, season.policy.max_ride_min),
        ("pins", plan.pins, season.pins),
        ("ecosystems", plan.ecosystems, {e.ecosystem_id: e.name for e in season.ecosystems}),
    )
    yield from differ(Rule.SEASON_DIGEST, "plan", same)


def roads_digest(roads: Roads, plan: Plan) -> Iterator[Violation]:
    """The plan was made on these roads, and says whether they are estimated."""
    same = (
        ("roads", plan.roads, roads.name),
        ("roads_digest", plan.roads_digest, roads.digest),
        ("estimated", plan.estimated, roads.estimated),
    )
    yield from differ(Rule.ROADS_DIGEST, "plan", same)


def stated_buses(season: Season, plan: Plan) -> Iterator[Violation]:
    """Seats, hours and rates of every bus are those of the season."""
    says, is_ = ([b.bus_type_id for b in buses] for buses in (plan.buses, season.buses))
    yield from differ(Rule.STATED_BUSES, "plan", [("buses", says, is_)])
    rows = {b.bus_type_id: b for b in season.buses}
    for bus in plan.buses:
        row = rows.get(bus.bus_type_id)
        if row is not None:
            same = ((f, getattr(bus, f), getattr(row, f)) for f in type(bus).model_fields)
            yield from differ(Rule.STATED_BUSES, f"bus {bus.bus_type_id}", same)


def stated_tariffs(season: Season, plan: Plan) -> Iterator[Violation]:
    """Tiers of tariffs are those of the season."""
    same = [("tariffs", plan.tariffs, season.tariffs)]
    yield from differ(Rule.STATED_TARIFFS, "plan", same)


def duplicate_id(plan: Plan) -> Iterator[Violation]:
    """Block ids and run ids name one thing each."""
    runs = [r.run_id for b in plan.blocks for p in b.run_pairs for r in p.runs]
    for what, ids in (("block", [b.block_id for b in plan.blocks]), ("run", runs)):
        for name in sorted({i for i in ids if ids.count(i) > 1}):
            text = f"{ids.count(name)} {what}s are called so"
            yield Violation(Rule.DUPLICATE_ID, f"{what} {name}", text)
