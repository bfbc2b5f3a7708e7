"""A request as one group, or in near-equal parts that keep their chaperones."""

from collections.abc import Sequence
from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from tests.routing.arrays import laws
from tests.seasons import NEAR, event, request, session, two_schools, venue
from tourpool.events.occasions import Visit
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.groups import cuts, students_per_chaperone, whole
from tourpool.routing.plan import Group


def asking(
    students: int, chaperones: int, *, may_split: bool = False, wheelchairs: int = 0
) -> SeatRequest:
    return request(
        "near",
        NEAR,
        students=students,
        chaperones=chaperones,
        may_split=may_split,
        wheelchairs=wheelchairs,
    )


def sizes(parts: Sequence[Group]) -> list[tuple[int, int]]:
    return [(g.students, g.chaperones) for g in parts]


def all_cuts(r: SeatRequest, season: Season | None = None) -> list[list[tuple[int, int]]]:
    season = season or two_schools()
    return [sizes(parts) for parts in cuts(season, r, "morning")]


def test_a_whole_request_is_one_group_with_its_name() -> None:
    (group,) = whole(two_schools(), asking(20, 2, wheelchairs=1))
    assert (group.group_id, group.part, group.parts) == ("near", 1, 1)
    assert (group.students, group.chaperones, group.wheelchairs) == (20, 2, 1)


def test_a_request_is_tried_whole_first_then_in_more_and_more_parts() -> None:
    assert all_cuts(asking(21, 3)) == [
        [(21, 3)],
        [(11, 2), (10, 1)],
        [(7, 1), (7, 1), (7, 1)],
    ]


def test_a_request_that_may_be_split_is_tried_in_two_parts_first() -> None:
    assert all_cuts(asking(20, 2, may_split=True)) == [[(10, 1), (10, 1)]]


def test_students_go_where_their_chaperones_are() -> None:
    # in two halves 12 students had one chaperone of the three: 10 at the most
    cuts_of_24 = all_cuts(asking(24, 3, may_split=True))
    assert cuts_of_24 == [[(14, 2), (10, 1)], [(8, 1), (8, 1), (8, 1)]]


def test_one_chaperone_cannot_be_cut() -> None:
    assert all_cuts(asking(10, 1, may_split=True)) == [[(10, 1)]]


def test_a_venue_may_ask_for_more_chaperones_than_the_policy() -> None:
    season = two_schools(venues=(venue("college", 3, students_per_chaperone=5),))
    assert students_per_chaperone(season, "morning") == 5
    assert all_cuts(asking(20, 3, may_split=True), season) == []  # 15 with three at the most


def test_of_a_tour_the_strictest_venue_counts() -> None:
    further = Visit(
        session_id="morning",
        order=2,
        venue_id="second",
        arrive_from=time(13),
        arrive_by=time(13, 30),
        depart=time(15),
    )
    season = two_schools(
        venues=(venue("college", 3), venue("second", 4, students_per_chaperone=7)),
        sessions=(session("morning", further=(further,)),),
    )
    assert students_per_chaperone(season, "morning") == 7


def test_adults_need_no_chaperones_to_be_cut() -> None:
    season = two_schools(events=(event("tour", adults_only=True),))
    assert all_cuts(asking(3, 0), season) == [[(3, 0)], [(2, 0), (1, 0)], [(1, 0)] * 3]


def test_parts_are_numbered_from_one() -> None:
    first, second = next(cuts(two_schools(), asking(20, 2, may_split=True), "morning"))
    assert (first.group_id, second.group_id) == ("near/1", "near/2")
    assert (first.part, second.part, second.parts) == (1, 2, 2)


@laws
@given(st.integers(1, 60), st.integers(0, 8), st.integers(0, 5), st.booleans())
def test_parts_are_near_equal_keep_the_ratio_and_lose_nobody(
    students: int, chaperones: int, wheelchairs: int, may_split: bool
) -> None:
    r = asking(students, chaperones, wheelchairs=wheelchairs, may_split=may_split)
    counts = []
    for parts in cuts(two_schools(), r, "morning"):
        counts.append(len(parts))
        for name in ("students", "chaperones", "wheelchairs"):
            each = [getattr(g, name) for g in parts]
            assert sum(each) == getattr(r, name)
            full = [10 * g.chaperones for g in parts] if name == "students" else each
            assert all(max(each) - e <= 1 or e == f for e, f in zip(each, full, strict=True))
        if len(parts) > 1:
            assert all(1 <= g.students <= 10 * g.chaperones for g in parts)
    assert counts == sorted(set(counts))
    could_be_cut = min(students, chaperones) >= 2
    assert (1 in counts) == (not (may_split and could_be_cut))
