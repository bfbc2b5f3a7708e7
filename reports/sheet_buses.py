"""Rows of the sheet Buses: each bus's day from garage to garage, and what it costs."""

from collections.abc import Iterator, Sequence

from tourpool.events.clock import local
from tourpool.reports.calls import longest_ride_min
from tourpool.reports.marks import tags
from tourpool.reports.plain import plain
from tourpool.reports.schedule import agreement_text
from tourpool.reports.session_names import session_name
from tourpool.reports.sheets import Value
from tourpool.reports.standing import between_text
from tourpool.reports.words import hours, miles
from tourpool.routing.plan import PlaceKind, Plan


def bus_rows(plan: Plan) -> Iterator[Sequence[Value]]:
    """One row a block; clocks are local at the garage."""
    tag_of = tags(plan)
    for block in plan.blocks:
        garage = plan.place[PlaceKind.GARAGE, block.garage_id]
        leaves, back = (local(block.date, s, garage.tz) for s in (block.leave_s, block.back_s))
        groups = [g for pair in block.run_pairs for g in pair.groups]
        sessions = [session_name(plan, plan.session[p.session_id]) for p in block.run_pairs]
        yield (
            block.date,
            tag_of[block.block_id],
            plain(block.bus_number),
            plain(block.bus_type),
            plain(garage.name),
            plain(", then ".join(sessions)),
            sum(g.students for g in groups),
            sum(g.people for g in groups),
            leaves.replace(tzinfo=None),
            back.replace(tzinfo=None),
            back.strftime("%Z"),
            hours(block.back_s - block.leave_s - block.off_s),
            hours(block.drive_s),
            hours(block.wait_s),
            miles(block.metres),
            miles(block.deadhead_metres),
            longest_ride_min(block.run_pairs),
            block.cost / 10_000,
            plain(between_text(plan, block)),
            plain(agreement_text(plan, block.run_pairs)),
            plain(block.block_id),
        )
