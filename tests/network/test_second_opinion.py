"""What a second engine says of a plan's legs."""

from dataclasses import dataclass, field

import pytest

from tests.sample_plan import sample_plan
from tourpool.events.places import Point
from tourpool.routing.network.second_opinion import (
    Driven,
    Leg,
    Opinion,
    Second,
    legs_of,
    second_opinion,
)
from tourpool.routing.network.vehicle import Vehicle
from tourpool.routing.plan import PlaceKind

MILE_M = 1609.344


@dataclass
class FakeEngine:
    """Says what our engine says, times factors, and no way from some places."""

    ours: dict[tuple[Point, Point], Driven]
    seconds: float = 1.0
    metres: float = 1.0
    none_from: Point | None = None
    asked: list[tuple[Point, Point, Vehicle]] = field(default_factory=list)
    name: str = "Fake"

    def drive(self, a: Point, b: Point, vehicle: Vehicle) -> Driven | None:
        """What ours says, changed."""
        self.asked.append((a, b, vehicle))
        if a == self.none_from:
            return None
        ours = self.ours[a, b]
        return Driven(ours.seconds * self.seconds, ours.metres * self.metres)


def fake(**changes: object) -> FakeEngine:
    ours = {(stop(leg.start), stop(leg.end)): leg.ours for leg in legs_of(sample_plan())}
    return FakeEngine(ours, **changes)  # type: ignore[arg-type]


def stop(place: object) -> Point:
    return Point(place.stop_lat, place.stop_lon)  # type: ignore[attr-defined]


def second(ours: Driven, theirs: Driven | None) -> Second:
    place = sample_plan().places[0]
    return Second(Leg(place, place, Vehicle(), ours, ("lot 12",)), theirs)


def test_each_leg_of_each_run_is_driven_once_with_the_measures_of_its_bus() -> None:
    plan = sample_plan()
    engine = fake()
    told: list[tuple[int, int]] = []
    opinion = second_opinion(plan, engine, progress=lambda *now: told.append(now))
    driven = {
        (plan.place[a.kind, a.place_id], plan.place[b.kind, b.place_id])
        for block in plan.blocks
        for pair in block.run_pairs
        for run in pair.runs
        for a, b in zip(run.stops, run.stops[1:], strict=False)
    }
    assert {(s.leg.start, s.leg.end) for s in opinion.legs} == driven
    assert len(engine.asked) == len(driven)
    # a row of buses says 10.5 ft and 40 ft unless it says otherwise
    assert {v.height_m for _, _, v in engine.asked} == {10.5 * 0.3048}
    assert told[-1] == (len(driven), len(driven))


def test_a_leg_that_two_buses_drive_is_driven_once() -> None:
    plan = sample_plan()
    twice = plan.model_copy(
        update={
            "blocks": (
                *plan.blocks,
                plan.blocks[0].model_copy(update={"block_id": "again", "bus_number": "99"}),
            )
        }
    )
    legs = list(legs_of(twice))
    assert len(legs) == len(list(legs_of(plan)))
    assert any(len(leg.buses) == 2 and leg.buses[1].endswith(" 99") for leg in legs)


def test_an_engine_that_agrees_has_nothing_to_tell() -> None:
    opinion = second_opinion(sample_plan(), fake())
    assert opinion.differ == ()
    assert str(opinion) == (
        f"Fake drove {len(opinion.legs)} legs again: +0.0 % miles and +0.0 % minutes in the "
        "middle; 0 differ by more than 10%"
    )


def test_an_engine_that_is_a_little_slower_is_told_in_the_middle_only() -> None:
    opinion = second_opinion(sample_plan(), fake(seconds=1.08, metres=0.95))
    assert opinion.differ == ()
    assert "-5.0 % miles and +8.0 % minutes" in str(opinion)


def test_a_leg_without_a_way_is_told_first() -> None:
    plan = sample_plan()
    lot = next(p for p in plan.places if p.kind is PlaceKind.GARAGE)
    opinion = second_opinion(plan, fake(none_from=stop(lot), metres=1.2))
    first = opinion.differ[0]
    assert first.theirs is None
    assert first.leg.start == lot
    assert str(opinion).splitlines()[1].startswith(lot.name)
    assert str(opinion).splitlines()[1].endswith("the other engine knows no way for this bus")


@pytest.mark.parametrize(
    ("ours", "theirs", "differs"),
    [
        (Driven(1000, 10_000), Driven(1000, 11_000), False),  # 10 %
        (Driven(1000, 10_000), Driven(1000, 11_001), True),
        (Driven(1000, 10_000), Driven(1000, 8_999), True),
        (Driven(1000, 10_000), Driven(1101, 10_000), True),
        (Driven(1000, 10_000), Driven(899, 10_000), True),
        (Driven(100, 1000), Driven(159, 1290), False),  # 29 %, but 290 m, and 59 s
        (Driven(100, 1000), Driven(100, 1301), True),
        (Driven(100, 1000), Driven(161, 1000), True),
        (Driven(0, 0), Driven(400, 5000), True),
        (Driven(0, 0), Driven(0, 0), False),
        (Driven(100, 1000), None, True),
    ],
)
def test_a_leg_is_told_when_it_differs_by_a_tenth_and_by_more_than_where_its_stops_are_put(
    ours: Driven, theirs: Driven | None, differs: bool
) -> None:
    assert second(ours, theirs).differs == differs


def test_the_leg_farthest_apart_comes_first() -> None:
    legs = [
        second(Driven(1000, 10_000), Driven(1000, 10_000 * (1 + more))) for more in (0.2, -0.5, 0.3)
    ]
    opinion = Opinion("Fake", tuple(legs))
    assert [s.more_metres for s in opinion.differ] == pytest.approx([-0.5, 0.3, 0.2])


def test_a_line_says_who_drives_where_and_both_figures() -> None:
    leg = second(Driven(720, 10 * MILE_M), Driven(900, 12.5 * MILE_M))
    name = leg.leg.start.name
    assert str(leg) == (
        f"{name} to {name} (lot 12): 10.0 miles, 12 minutes; "
        "the other engine 12.5 miles, 15 minutes"
    )
