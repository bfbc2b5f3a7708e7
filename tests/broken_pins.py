"""Plans that break a pin, or say of their changes what is not so; see `tests.broken`."""

from typing import Any

from tests.broken import Case, breaks, change, held_to
from tests.kept import BACK, FAR_OUT, kept_plan
from tests.seasons import DAY, NEAR, TZ, bus, session, two_schools, two_schools_roads, with_tables
from tourpool.events.pins import Pin
from tourpool.events.season import Season
from tourpool.routing.checks.words import Rule
from tourpool.routing.plan import Move, MoveKind, PlaceKind, Plan, Seat
from tourpool.routing.season_plan import plan_season


def pinned(session_id: str = "morning", on: str = "") -> tuple[Pin, ...]:
    """The near school, fixed by hand."""
    return (Pin(request_id="near", session_id=session_id, bus=on),)


@breaks(Rule.PINS)
def on_another_bus_than_the_pin_names() -> Case:
    return held_to(pins=pinned(on="lot/full/2"), buses=(bus(count=2),))


@breaks(Rule.PINS)
def on_a_bus_of_another_type() -> Case:
    return held_to(pins=pinned(on="lot/spare"), buses=(bus(), bus("lot", "spare")))


@breaks(Rule.PINS)
def in_another_session_than_the_pin_names() -> Case:
    season = two_schools(sessions=(session("morning"), session("noon")))
    plan = plan_season(season, roads=two_schools_roads())
    (elsewhere,) = {"morning", "noon"} - {plan.request["near"].session_id}
    return Case(plan, with_tables(season, pins=pinned(elsewhere)))


@breaks(Rule.PINS)
def without_a_request_that_is_pinned() -> Case:
    season = two_schools(sessions=(session("morning", max_people=22),))
    plan = plan_season(season, roads=two_schools_roads())
    (left,) = [r.request_id for r in plan.requests if r.session_id is None]
    return Case(plan, with_tables(season, pins=(Pin(request_id=left, session_id="morning"),)))


def seat(plan: Plan, **changes: Any) -> Seat:
    """That of the near school in the kept plan."""
    pair = plan.blocks[0].run_pairs[0]
    (begin,) = [b.begin_s for s in pair.outbound.stops for b in s.on if b.group_id == "near"]
    school = plan.place[PlaceKind.SCHOOL, NEAR]
    (end,) = [b.end_s for s in pair.return_run.stops for b in s.off if b.group_id == "near"]
    found = Seat(
        session_id="morning",
        event="Event tour",
        date=DAY,
        garage_id="lot",
        bus_type="full",
        bus_number=plan.blocks[0].bus_number,
        garage=plan.place[PlaceKind.GARAGE, "lot"].name,
        pick_up_s=begin,
        back_s=end,
        students=20,
        chaperones=2,
        wheelchairs=0,
        ncessch=NEAR,
        stop_lat=school.stop_lat,
        stop_lon=school.stop_lon,
        venue_ids=("college",),
    )
    return found.model_copy(update=changes)


def following(now: Seat | None, points: int = 20, change_points: int = 20) -> Plan:
    """The kept plan as the second version of one that fetched the near school an hour earlier."""
    plan = kept_plan()
    earlier = seat(plan, pick_up_s=seat(plan).pick_up_s - 3600)
    move = Move(
        kind=MoveKind.TIMES,
        group_id="near",
        request_id="near",
        ncessch=NEAR,
        school=f"School {NEAR}",
        tz=TZ,
        riders=20,
        before=earlier,
        now=now,
        change=points,
    )
    plan = change(plan, "proof", change=change_points)
    return change(plan, "", version=2, follows="0" * 12, moves=(move,))


@breaks(Rule.STATED_MOVES)
def that_says_what_moved_and_follows_none() -> Case:
    plan = following(seat(kept_plan()))
    return Case(change(plan, "", version=1, follows=None))


@breaks(Rule.STATED_MOVES)
def that_says_another_pick_up_than_it_has() -> Case:
    return Case(following(seat(kept_plan(), pick_up_s=FAR_OUT)))


@breaks(Rule.STATED_MOVES)
def that_says_another_bus_than_it_has() -> Case:
    return Case(following(seat(kept_plan(), bus_number="99")))


@breaks(Rule.STATED_MOVES)
def that_says_another_return_than_it_has() -> Case:
    return Case(following(seat(kept_plan(), back_s=BACK)))


@breaks(Rule.STATED_MOVES)
def that_takes_a_seat_only_in_what_it_says() -> Case:
    return Case(following(None))


@breaks(Rule.STATED_MOVES)
def whose_points_are_not_those_of_the_policy() -> Case:
    return Case(following(seat(kept_plan()), points=40, change_points=40))


@breaks(Rule.STATED_MOVES)
def that_says_other_riders_than_it_brings() -> Case:
    return Case(following(seat(kept_plan(), students=21)))


@breaks(Rule.STATED_MOVES)
def that_tells_a_move_twice() -> Case:
    plan = following(seat(kept_plan()), change_points=40)
    return Case(change(plan, "", moves=plan.moves * 2))


@breaks(Rule.STATED_MOVES)
def that_says_a_group_lost_the_seat_it_has_elsewhere() -> Case:
    plan = following(seat(kept_plan()))
    lost = plan.moves[0].model_copy(update={"kind": MoveKind.LOST})
    return Case(change(plan, "", moves=(lost,)))


@breaks(Rule.STATED_MOVES)
def whose_points_do_not_add_up() -> Case:
    return Case(following(seat(kept_plan()), points=20, change_points=40))


def kept_that_follows() -> tuple[Season, Plan]:
    """The same with nothing wrong in it."""
    return two_schools(), following(seat(kept_plan()))
