"""The sample plan with a third day on which each bus goes to two sessions, and with budgets.

On 18 March bus 7 goes from one school straight to the next one, where it is early and waits; bus 9
goes home in between, where nobody pays for it. Bus 9 is also the one that has a tariff.
"""

import datetime as dt

from tests.sample_plan import (
    CENTRAL,
    ROUTE,
    _boarding,
    _group,
    _request,
    _run,
    _stop,
    at,
    sample_plan,
)
from tourpool.events.fleet import Tariff
from tourpool.events.occasions import EventKind
from tourpool.routing.plan import (
    Block,
    Direction,
    PlaceKind,
    Plan,
    PlanBudget,
    PlanSession,
    PlanVisit,
    RunPair,
    StopTime,
)

DAY = dt.date(2027, 3, 18)
KNOB, CELL, RIDGE = "210001000001", "210001000002", "210002000003"
EARLY, LATE = "shadow-1", "shadow-2"
_SCHOOL, _GARAGE = PlaceKind.SCHOOL, PlaceKind.GARAGE


def c(clock: str) -> int:
    """Seconds of that day for a clock in Central time."""
    return at(DAY, clock, CENTRAL)


def lot(clock: str, minutes: int = 0, before: str | None = None) -> StopTime:
    """In the garage; a minute is driven in 1000 m."""
    return _stop(_GARAGE, "adair", (c(clock),) * 2, (1000 * minutes, 60 * minutes), before=before)


def college(clock: str, minutes: int = 0, before: str | None = None) -> StopTime:
    """At Lindsey College."""
    driven = (1000 * minutes, 60 * minutes)
    return _stop(PlaceKind.VENUE, "lindsey", (c(clock),) * 2, driven, before=before)


def pick_up(group_id: str, school: str, clock: str, minutes: int, before: str) -> StopTime:
    """Boarding takes a minute, the stop three."""
    times = (c(clock), c(clock) + 240)
    on = [_boarding(group_id, c(clock), 60)]
    return _stop(_SCHOOL, school, times, (1000 * minutes, 60 * minutes), on=on, before=before)


def drop_off(group_id: str, school: str, clock: str, minutes: int) -> StopTime:
    """After three minutes a minute of alighting."""
    times = (c(clock), c(clock) + 240)
    off = [_boarding(group_id, c(clock) + 180, 60)]
    return _stop(_SCHOOL, school, times, (1000 * minutes, 60 * minutes), off=off, before="lindsey")


def pair(
    name: str,
    number: str,
    session_id: str,
    group: tuple[str, str, int],
    out: tuple[StopTime, ...],
    back: tuple[StopTime, ...],
) -> RunPair:
    """One group of (id, school, students), with a chaperone."""
    group_id, school, students = group
    return RunPair(
        session_id=session_id,
        groups=(_group(group_id, school, students, 1, 0),),
        outbound=_run(f"{name}/out", Direction.OUTBOUND, session_id, number, *out),
        return_run=_run(f"{name}/back", Direction.RETURN, session_id, number, *back),
    )


def direct_block() -> Block:
    """Bus 7 waits at the second school from 11:34 to 12:00, but first from 11:04 to 11:04."""
    first = pair(
        "b3",
        "7",
        EARLY,
        ("d1", CELL, 18),
        (
            lot("07:30"),
            pick_up("d1", CELL, "08:00", 30, "adair"),
            college("08:34", 30, CELL),
        ),
        (college("10:30"), drop_off("d1", CELL, "11:00", 30)),
    )
    standing = _stop(_SCHOOL, CELL, (c("11:04"), c("11:40")))
    second = pair(
        "b3/2",
        "7",
        LATE,
        ("d2", KNOB, 21),
        (standing, pick_up("d2", KNOB, "12:00", 20, CELL), college("12:34", 30, KNOB)),
        (
            college("14:00"),
            drop_off("d2", KNOB, "14:30", 30),
            lot("15:04", 30, KNOB),
        ),
    )
    minutes = 30 + 30 + 30 + 20 + 30 + 30 + 30
    return Block(
        block_id="b3",
        date=DAY,
        garage_id="adair",
        bus_type="route",
        bus_number="7",
        run_pairs=(first, second),
        leave_s=c("07:30"),
        back_s=c("15:04"),
        drive_s=60 * minutes,
        wait_s=60 * (116 + 36 + 86),  # 8:34 to 10:30, 11:04 to 11:40, 12:34 to 14:00
        metres=1000 * minutes,
        deadhead_metres=1000 * (30 + 20 + 30),
        cost=500_0001,
    )


def garage_block() -> Block:
    """Bus 9 takes the same school twice, and is in its garage from 11:34 to 12:20."""
    first = pair(
        "b4",
        "9",
        EARLY,
        ("d3", RIDGE, 10),
        (
            lot("07:30"),
            pick_up("d3", RIDGE, "08:00", 30, "adair"),
            college("08:34", 30, RIDGE),
        ),
        (college("10:30"), drop_off("d3", RIDGE, "11:00", 30), lot("11:34", 30, RIDGE)),
    )
    second = pair(
        "b4/2",
        "9",
        LATE,
        ("d4", RIDGE, 11),
        (
            lot("12:20"),
            pick_up("d4", RIDGE, "12:50", 30, "adair"),
            college("13:24", 30, RIDGE),
        ),
        (college("14:00"), drop_off("d4", RIDGE, "14:30", 30), lot("15:04", 30, RIDGE)),
    )
    minutes = 8 * 30
    return Block(
        block_id="b4",
        date=DAY,
        garage_id="adair",
        bus_type="tiered",
        bus_number="9",
        run_pairs=(first, second),
        leave_s=c("07:30"),
        back_s=c("15:04"),
        drive_s=60 * minutes,
        wait_s=60 * (116 + 36),
        off_s=60 * 46,
        by_garage=True,
        metres=1000 * minutes,
        deadhead_metres=1000 * 4 * 30,
        cost=300_0000,
    )


def same_stop(block: Block) -> Block:
    """Bus 7 again, but the second group boards where the first one got off, at noon."""
    first, second = block.run_pairs
    _, waits, college_ = second.outbound.stops
    boards = waits.model_copy(
        update={"place_id": CELL, "arrive_s": c("11:04"), "metres": 0, "drive_s": 0, "line": ()}
    )
    outbound = second.outbound.model_copy(update={"stops": (boards, college_)})
    return block.model_copy(
        update={"run_pairs": (first, second.model_copy(update={"outbound": outbound}))}
    )


def _session(session_id: str, depart: str, students: int) -> PlanSession:
    visit = PlanVisit(
        venue_id="lindsey", arrive_from_s=c("08:00"), arrive_by_s=c("13:30"), depart_s=c(depart)
    )
    return PlanSession(
        session_id=session_id,
        event_id="lab" if session_id == EARLY else "clinic",
        event="Morning in the lab" if session_id == EARLY else "Afternoon in the clinic",
        kind=EventKind.JOB_SHADOW,
        ecosystem_id="lake",
        date=DAY,
        visits=(visit,),
        max_people=None,
        max_people_per_school=None,
        people=students + 2,
        students=students,
    )


def sample_day() -> Plan:
    """Four buses on three days: 84 + 60 students of 156."""
    plan = sample_plan()
    groups = (("d1", CELL, 18), ("d2", KNOB, 21), ("d3", RIDGE, 10), ("d4", RIDGE, 11))
    where = dict(zip(("d1", "d2", "d3", "d4"), (EARLY, LATE) * 2, strict=True))
    tiered = ROUTE.model_copy(
        update={
            "bus_type": "tiered",
            "bus_numbers": ("9",),
            "count": 1,
            "usd_per_mile": 0.0,
            "tariff_id": "hill",
            "driver_min_h": 4.5,
            "min_riders": 10,
        }
    )
    tiers = ((0, 3.1), (100, 2.4), (250, 2))
    return plan.model_copy(
        update={
            "buses": (*plan.buses, tiered),
            "tariffs": tuple(
                Tariff(tariff_id="hill", from_mi=mi, usd_per_mile=usd) for mi, usd in tiers
            ),
            "budgets": (
                PlanBudget(payer="2100010", scope="all", usd=900_0000, used=812_3456),
                PlanBudget(payer="2100020", scope="fair", usd=400_0000, used=398_7600),
                PlanBudget(payer="lake", scope="job_shadow", usd=800_0001, used=800_0001),
            ),
            "sessions": (*plan.sessions, _session(EARLY, "10:30", 28), _session(LATE, "14:00", 32)),
            "requests": (
                *plan.requests,
                *(
                    _request(
                        group_id,
                        school,
                        "lab" if where[group_id] == EARLY else "clinic",
                        students,
                        1,
                        session_id=where[group_id],
                        accepts=(where[group_id],),
                        rank=1,
                    )
                    for group_id, school, students in groups
                ),
            ),
            "blocks": (*plan.blocks, direct_block(), garage_block()),
            "proof": plan.proof.model_copy(
                update={
                    "weighted_served": 28_800,
                    "weighted_bound": 28_800,
                    "cost": 1611_1057,
                    "cost_bound": 1600_0000,
                    "student_s": 144 * 2 * 35 * 60,
                    "student_s_least": True,
                    "status": "optimal",
                }
            ),
        }
    )
