"""Chosen columns to blocks: which bus by number, which runs, which stops when."""

import numpy as np

from tourpool.events.fleet import BusType, Carries
from tourpool.routing.build import Built
from tourpool.routing.drive import between_stops, outbound_stops, return_stops
from tourpool.routing.plan import (
    Block,
    Direction,
    NeedsAgreement,
    Run,
    RunPair,
    StopTime,
)
from tourpool.routing.rules import has_agreement
from tourpool.routing.solver.columns import best_pair
from tourpool.routing.solver.select import Picks, Selection


def blocks(built: Built, selection: Selection, picks: Picks) -> tuple[Block, ...]:
    """Blocks by date, session, and departure; buses of a type get their numbers in that order."""
    drafts = [_Draft(built, selection, s, a, k) for s, a, k in picks.rows().tolist()]
    drafts.sort(
        key=lambda d: (d.date, d.session, d.leave_s, d.bus.bus_type_id, d.groups[0].group_id)
    )
    used: dict[tuple[str, str], int] = {}
    made = []
    for draft in drafts:
        key = (draft.date.isoformat(), draft.bus.bus_type_id)
        used[key] = used.get(key, 0) + 1
        made.append(draft.block(_number(draft.bus, used[key])))
    return tuple(made)


def _number(bus: BusType, nth: int) -> str:
    return bus.bus_numbers[nth - 1] if bus.bus_numbers else str(nth)


class _Draft:
    """A chosen column with its cheapest pair of runs."""

    def __init__(self, built: Built, selection: Selection, s: int, a: int, k: int) -> None:
        self.built, self.session, self.k = built, s, k
        columns, groups = selection.columns[s], built.groups[s]
        out, back = best_pair(built.instance, built.instance.sessions[s], columns, a, k)
        self.bus = built.season.buses[k]
        self.date = built.sessions[s].date
        self.cost = int(columns.cost[a, k])
        self.groups = tuple(groups[i] for i in np.flatnonzero(columns.inside[a]))
        self.out = outbound_stops(built, s, k, [groups[i] for i in columns.out.order(out)])
        back_order = [groups[i] for i in reversed(columns.back.order(back))]
        self.back = return_stops(built, s, k, back_order)
        self.between = between_stops(built, s, self.groups)
        self.leave_s = self.out[0].depart_s

    def block(self, number: str) -> Block:
        """The block with a bus number."""
        legs = [*self.out, *self.between, *self.back]
        drive_s = sum(stop.drive_s for stop in legs)
        stay_s = self.back[0].depart_s - self.out[-1].arrive_s
        block_id = f"{self.date}/{self.bus.bus_type_id}/{number}"
        return Block(
            block_id=block_id,
            date=self.date,
            garage_id=self.bus.garage_id,
            bus_type=self.bus.bus_type,
            bus_number=number,
            run_pairs=(self._pair(block_id, number),),
            leave_s=self.leave_s,
            back_s=self.back[-1].arrive_s,
            drive_s=drive_s,
            wait_s=stay_s - sum(stop.drive_s for stop in self.between),
            metres=sum(stop.metres for stop in legs),
            deadhead_metres=self.out[1].metres + self.back[-1].metres,
            cost=self.cost,
        )

    def _pair(self, block_id: str, number: str) -> RunPair:
        def run(direction: Direction, stops: list[StopTime]) -> Run:
            return Run(
                run_id=f"{block_id}/{direction.value}",
                direction=direction,
                session_id=self.built.sessions[self.session].session_id,
                garage_id=self.bus.garage_id,
                bus_type=self.bus.bus_type,
                bus_number=number,
                stops=tuple(stops),
            )

        return RunPair(
            session_id=self.built.sessions[self.session].session_id,
            groups=self.groups,
            outbound=run(Direction.OUTBOUND, self.out),
            between=run(Direction.BETWEEN, self.between) if self.between else None,
            return_run=run(Direction.RETURN, self.back),
            needs_agreement=self._papers_missing(),
        )

    def _papers_missing(self) -> tuple[NeedsAgreement, ...]:
        """Guest districts whose students this bus may carry only once a paper is found."""
        season = self.built.season
        owner = season.garage[self.bus.garage_id].leaid
        if owner is None or self.bus.carries is not Carries.AGREEMENT:
            return ()
        guests = {season.school[g.ncessch].leaid for g in self.groups} - {owner}
        return tuple(
            NeedsAgreement(lender_leaid=owner, guest_leaid=guest)
            for guest in sorted(guests)
            if not has_agreement(season, owner, guest, self.date)
        )
