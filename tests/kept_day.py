"""Plans in which one bus goes to two sessions of a day, made by hand. They keep every rule.

In the morning the near school rides, in the afternoon the far one; roads are `two_schools_roads`.
"""

import datetime as dt
from typing import Any

from tests.kept import (
    ARRIVE,
    BOARD,
    DEPART,
    HOUR,
    MILE,
    STOP,
    boarding,
    group,
    kept_plan,
    stop,
    with_lines,
)
from tests.seasons import FAR, GUEST, LENDER, NEAR, bus, request, session, two_schools
from tourpool.events.budgets import Budget
from tourpool.events.season import Season
from tourpool.events.seats import Choice, SeatRequest
from tourpool.routing.plan import (
    Direction,
    PlaceKind,
    Plan,
    PlanBudget,
    PlanVisit,
    Run,
    RunPair,
    StopTime,
)

ARRIVE_2 = 21 * HOUR + 20 * 60
"""15:20 in Chicago, ten minutes before 15:30."""
DEPART_2 = 22 * HOUR + 30 * 60
"""16:30 in Chicago."""

NEAR_AT = ARRIVE - 30 * 60 - STOP - BOARD  # at the near school in the morning
LEAVE = NEAR_AT - 13 * 60  # leaves the lot
NEAR_OFF = DEPART + 31 * 60 + STOP + BOARD  # 12:35:28, all of the near school are home
FAR_AT = ARRIVE_2 - 50 * 60 - STOP - BOARD  # 14:25:32 at the far school
FAR_OFF = DEPART_2 + 51 * 60 + STOP + BOARD
BACK = FAR_OFF + 31 * 60  # 17:56:28 in the lot

GAP = FAR_AT - NEAR_OFF
"""6,604 s from one school to the other."""
VISITS = (DEPART - ARRIVE) + (DEPART_2 - ARRIVE_2)
"""7,800 + 4,200 s at the college."""
MINUTES = 13 + 30 + 31 + 50 + 51 + 31
"""At the wheel but for the way from school to school."""
STUDENT_S = 20 * ((30 + 31) * 60 + (50 + 51) * 60 + 4 * (STOP + BOARD))

DIRECT = 8_482_192
"""50 US$, 226 x 1609 m at 2.50 a mile: 564.87923; 14,632 s at 36/h: 146.32; 17,404 s at 18/h."""
BY_GARAGE = 3_923_936
"""50 US$, 247 x 1609 m at 0.50: 123.47360; 15,892 s at 36/h: 158.92; 12,000 s at 18/h: 60."""
SAME_STOP = 6_122_620
"""50 US$, 146 x 1609 m at 2.50 a mile: 364.92198; 9,832 s at 36/h: 98.32; 19,804 s at 18/h."""

CHEAP_MILES = bus(usd_per_mile=0.5)
"""With this it is cheaper to stand in the lot, unpaid, than between the schools."""


def wanting(request_id: str, ncessch: str, session_id: str) -> SeatRequest:
    """A request that takes one session only."""
    choice = Choice(request_id=request_id, session_id=session_id)
    return request(request_id, ncessch, choices=(choice,))


def two_sessions(**changes: object) -> Season:
    """`two_schools` with a session in the morning for one and in the afternoon for the other."""
    afternoon = session(
        "afternoon", arrive_from=dt.time(15), arrive_by=dt.time(15, 30), depart=dt.time(16, 30)
    )
    tables: dict[str, object] = {
        "sessions": (session("morning"), afternoon),
        "requests": (wanting("near", NEAR, "morning"), wanting("far", FAR, "afternoon")),
    }
    return two_schools(**(tables | changes))


def direct(season: Season | None = None) -> Plan:
    """From the near school straight to the far one, where it stands 5,404 s."""
    season = season or two_sessions()
    out_2 = (
        stop(PlaceKind.SCHOOL, NEAR, NEAR_OFF, FAR_AT - 20 * 60, 0),
        _pick_up("far", FAR, FAR_AT, 20),
        _college(ARRIVE_2, 50, off=boarding("far", ARRIVE_2, 0)),
    )
    return day_plan(
        season,
        _near_in_the_morning(home=False),
        (out_2, _home_from_far()),
        drive_s=(MINUTES + 20) * 60,
        wait_s=VISITS + GAP - 20 * 60,
        metres=(MINUTES + 20) * MILE,
        deadhead_metres=(13 + 20 + 31) * MILE,
        cost=DIRECT,
        alone=(3_578_146, 5_784_734),
    )


def by_garage(season: Season | None = None) -> Plan:
    """Back to the lot, where it stands 4,144 s off the clock, and from there to the far school."""
    season = season or two_sessions(buses=(CHEAP_MILES,))
    again = FAR_AT - 30 * 60
    out_2 = (
        stop(PlaceKind.GARAGE, "lot", again, again, 0),
        _pick_up("far", FAR, FAR_AT, 30),
        _college(ARRIVE_2, 50, off=boarding("far", ARRIVE_2, 0)),
    )
    return day_plan(
        season,
        _near_in_the_morning(home=True),
        (out_2, _home_from_far()),
        by_garage=True,
        drive_s=(MINUTES + 11 + 30) * 60,
        wait_s=VISITS,
        off_s=GAP - (11 + 30) * 60,
        metres=(MINUTES + 11 + 30) * MILE,
        deadhead_metres=(13 + 11 + 30 + 31) * MILE,
        cost=BY_GARAGE,
        alone=(1_878_509, 2_545_427),
    )


def same_stop() -> tuple[Season, Plan]:
    """The near school twice: its bus stands there for 7,804 s, and no leg leads to the pick-up."""
    season = two_sessions(
        requests=(wanting("near", NEAR, "morning"), wanting("late", NEAR, "afternoon"))
    )
    at, off = ARRIVE_2 - 30 * 60 - STOP - BOARD, DEPART_2 + 31 * 60 + STOP + BOARD
    pick_up = _pick_up("late", NEAR, at, 0).model_copy(update={"arrive_s": NEAR_OFF})
    alighting = boarding("late", off - BOARD)
    home = off + 11 * 60
    second = (
        (pick_up, _college(ARRIVE_2, 30, off=boarding("late", ARRIVE_2, 0))),
        (
            _college(DEPART_2, 0, on=boarding("late", DEPART_2, 0)),
            stop(PlaceKind.SCHOOL, NEAR, off - BOARD - STOP, off, 31, off=alighting),
            stop(PlaceKind.GARAGE, "lot", home, home, 11),
        ),
    )
    plan = day_plan(
        season,
        _near_in_the_morning(home=False),
        second,
        back_s=home,
        drive_s=146 * 60,
        wait_s=VISITS + at - NEAR_OFF,
        metres=146 * MILE,
        deadhead_metres=(13 + 11) * MILE,
        cost=SAME_STOP,
        alone=(3_578_146, 3_398_146),
    )
    student_s = 20 * 2 * ((30 + 31) * 60 + 2 * (STOP + BOARD))
    alone = {"metres": 2 * 85 * MILE}
    return season, plan.model_copy(
        update={
            "proof": plan.proof.model_copy(update={"student_s": student_s}),
            "alone_same_groups": plan.alone_same_groups.model_copy(update=alone),
        }
    )


def direct_with_budgets() -> tuple[Season, Plan]:
    """`direct` where each district and their ecosystem have a budget, and one pays for fairs.

    Shares are 61 and 101 of 162: riders are as many, their own ways 61 and 101 minutes.
    """
    usd = ((LENDER, "all", 320), (GUEST, "college_tour", 528.828), ("delta", "tour", 900))
    rows = (*usd, (LENDER, "career_fair", 0))
    season = two_sessions(budgets=tuple(Budget(payer=p, scope=s, usd=u) for p, s, u in rows))
    used = (3_193_912, 5_288_280, DIRECT, 0)
    budgets = tuple(
        PlanBudget(payer=p, scope=s, usd=round(usd * 10_000), used=n)
        for (p, s, usd), n in zip(rows, used, strict=True)
    )
    return season, direct(season).model_copy(update={"budgets": budgets})


def day_plan(
    season: Season,
    first: tuple[tuple[StopTime, ...], tuple[StopTime, ...]],
    second: tuple[tuple[StopTime, ...], tuple[StopTime, ...]],
    *,
    cost: int,
    alone: tuple[int, int],
    **figures: Any,
) -> Plan:
    """The plan of `kept_plan` with one block of two run-pairs, and what goes with it."""
    plan = kept_plan(season)
    block = plan.blocks[0].model_copy(
        update={
            "run_pairs": (
                _pair(season, 0, *first),
                _pair(season, 1, *second),
            ),
            "leave_s": LEAVE,
            "back_s": BACK,
            "cost": cost,
            **figures,
        }
    )
    visit = PlanVisit(
        venue_id="college",
        arrive_from_s=21 * HOUR,
        arrive_by_s=21 * HOUR + 30 * 60,
        depart_s=DEPART_2,
    )
    half = {"people": 22, "students": 20}
    morning = plan.sessions[0].model_copy(update=half)
    afternoon = morning.model_copy(update={"session_id": "afternoon", "visits": (visit,)})
    takes = [
        {"session_id": r.choices[0].session_id, "accepts": (r.choices[0].session_id,)}
        for r in season.requests
    ]
    return plan.model_copy(
        update={
            "blocks": (block,),
            "sessions": (morning, afternoon),
            "requests": tuple(
                r.model_copy(update=t) for r, t in zip(plan.requests, takes, strict=True)
            ),
            "proof": plan.proof.model_copy(
                update={"cost": cost, "cost_bound": cost, "student_s": STUDENT_S}
            ),
            "alone_same_groups": plan.alone_same_groups.model_copy(update={"cost": sum(alone)}),
            "alone_same_fleet": plan.alone_same_groups.model_copy(
                update={"cost": cost, "buses": 1}
            ),
        }
    )


def _near_in_the_morning(*, home: bool) -> tuple[tuple[StopTime, ...], tuple[StopTime, ...]]:
    """The near school; then to the lot, or not."""
    out = (
        stop(PlaceKind.GARAGE, "lot", LEAVE, LEAVE, 0),
        _pick_up("near", NEAR, NEAR_AT, 13),
        _college(ARRIVE, 30, off=boarding("near", ARRIVE, 0)),
    )
    off = boarding("near", NEAR_OFF - BOARD)
    back = (
        _college(DEPART, 0, on=boarding("near", DEPART, 0)),
        stop(PlaceKind.SCHOOL, NEAR, NEAR_OFF - BOARD - STOP, NEAR_OFF, 31, off=off),
        stop(PlaceKind.GARAGE, "lot", NEAR_OFF + 11 * 60, NEAR_OFF + 11 * 60, 11),
    )
    return out, back if home else back[:2]


def _home_from_far() -> tuple[StopTime, ...]:
    off = boarding("far", FAR_OFF - BOARD)
    return (
        _college(DEPART_2, 0, on=boarding("far", DEPART_2, 0)),
        stop(PlaceKind.SCHOOL, FAR, FAR_OFF - BOARD - STOP, FAR_OFF, 51, off=off),
        stop(PlaceKind.GARAGE, "lot", BACK, BACK, 31),
    )


def _pick_up(group_id: str, ncessch: str, at: int, minutes: int) -> StopTime:
    on = boarding(group_id, at)
    return stop(PlaceKind.SCHOOL, ncessch, at, at + BOARD + STOP, minutes, on=on)


def _college(at: int, minutes: int, **moves: Any) -> StopTime:
    return stop(PlaceKind.VENUE, "college", at, at, minutes, **moves)


def _pair(season: Season, n: int, out: tuple[StopTime, ...], back: tuple[StopTime, ...]) -> RunPair:
    asked = season.requests[n]
    session_id = asked.choices[0].session_id

    def run(direction: Direction, stops: tuple[StopTime, ...]) -> Run:
        return Run(
            run_id=f"{session_id} {direction.value}",
            direction=direction,
            session_id=session_id,
            garage_id="lot",
            bus_type="full",
            bus_number="1",
            stops=with_lines(stops, season),
        )

    return RunPair(
        session_id=session_id,
        groups=(group(asked),),
        outbound=run(Direction.OUTBOUND, out),
        return_run=run(Direction.RETURN, back),
    )
