"""Brute force of a plan that follows another: every session, every bus by its number.

Pick-ups do not count here: orders of stops are another matter.
"""

from typing import NamedTuple

from tests.brute import Bill, BruteForce, Given, Waiting, key, undominated
from tests.brute_bus import Going, Part
from tests.brute_money import rate, shares
from tourpool.events.equity import weights
from tourpool.events.fleet import BusType
from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Plan
from tourpool.routing.roads import Roads

Bus = tuple[str, str, str]
"""Garage, type and number."""


class After(NamedTuple):
    """Weighted students who keep a seat, all served, the least cost, and the least change.

    ``still`` are those of ``kept`` whose very seat is still there.
    """

    still: int
    kept: int
    weighted: int
    cost: int
    change: int


class NoPlanError(Exception):
    """No plan keeps all pins."""


class BruteReplan(BruteForce):
    """Tries every plan after a published one."""

    def __init__(self, season: Season, roads: Roads, published: Plan | None) -> None:
        rows = tuple(
            b.model_copy(update={"count": 1, "bus_numbers": (n,)})
            for b in season.buses
            for n in b.numbers
        )
        super().__init__(season.model_copy(update={"buses": rows}), roads)
        self.had: dict[str, list[tuple[str, Bus]]] = {}
        self.still: set[str] = set()
        sessions = () if published is None else published.sessions
        self.date = {s.session_id: s.date for s in sessions}
        if published is not None:
            self._remember(published)
            here = [r for r in season.requests if r.request_id in self.had]
            self.still = {r.request_id for r in here if self._is_there(r, published)}
        self.pin = {p.request_id: p for p in season.pins}

    def _remember(self, published: Plan) -> None:
        groups = [
            (g.request_id, g.part, pair.session_id, (b.garage_id, b.bus_type, b.bus_number))
            for b in published.blocks
            for pair in b.run_pairs
            for g in pair.groups
        ]
        for request_id, _, session_id, bus in sorted(groups):
            self.had.setdefault(request_id, []).append((session_id, bus))

    def _is_there(self, request: SeatRequest, published: Plan) -> bool:
        """Whether its session, its day and its buses are as they were, and it did not grow."""
        sessions = {s.session_id: s for s in self.accepts(request)}
        rows = {(b.garage_id, b.bus_type, b.numbers[0]): b for b in self.season.buses}
        before = published.request[request.request_id]
        people = before.students + before.chaperones
        if request.people > people or request.wheelchairs > before.wheelchairs:
            return False
        return all(
            session_id in sessions
            and sessions[session_id].date == self.date[session_id]
            and bus in rows
            and self.bus.calendar.bus_hours(rows[bus], self.date[session_id]) is not None
            for session_id, bus in self.had[request.request_id]
        )

    def after(self) -> After:
        """Most worth of seats still there, of seats, and of all; then least cost, least change."""
        worth = {r: w.hundredths for r, w in weights(self.season).items()}
        found: list[tuple[int, int, int, set[Bill]]] = []
        for given in self.all_given():
            value = {r.request_id: worth[r.request_id] * self.counted(r) for r, _ in given}
            still = sum(v for r, v in value.items() if r in self.still)
            kept = sum(v for r, v in value.items() if r in self.had)
            bills = self.bills(given)
            if bills:
                found.append((still, kept, sum(value.values()), bills))
        if not found:
            raise NoPlanError
        best = max(worths for *worths, _ in found)
        bills = {b for *worths, of in found if worths == best for b in of}
        cost = min(b[0] for b in bills)
        most = cost + int(cost * self.season.policy.cost_slack_pct / 100)
        return After(*best, cost, min(b[-1] for b in bills if b[0] <= most))

    def all_given(self) -> list[Given]:
        """Every choice of sessions that venues and pins allow."""
        choices: list[Given] = [[]]
        for r in self.season.requests:
            sessions = [s for s in self.accepts(r) if self.is_pinned_to(r.request_id, s.session_id)]
            more = [[*given, (r, s)] for given in choices for s in sessions]
            choices = more if r.request_id in self.pin else choices + more
        return [given for given in choices if self.venues_allow(given)]

    def is_pinned_to(self, request_id: str, session_id: str) -> bool:
        """Whether a pin, if there is one, lets a request go to a session."""
        pin = self.pin.get(request_id)
        return pin is None or pin.session_id == session_id

    def bills(self, given: Given) -> set[Bill]:
        """Costs, budgets and change of every way to bring these requests, none of them worse."""
        limits = [int(rate(b.usd)) for b in self.season.budgets]
        bills: set[Bill] = {(0,) * (2 + len(limits))}
        for date in {s.date for _, s in given}:
            today = self.bills_of_day([(r, s) for r, s in given if s.date == date])
            sums = (tuple(map(sum, zip(a, b, strict=True))) for a in bills for b in today)
            bills = undominated(
                s for s in sums if all(u <= m for u, m in zip(s[1:-1], limits, strict=True))
            )
        return bills

    def _share_out(self, waiting: Waiting, buses: tuple[int, ...]) -> set[Bill]:
        """As without a published plan, with the change at the end of each bill."""
        if not waiting:
            return {(0,) * (2 + len(self.season.budgets))}
        if (waiting, buses) not in self._bills:
            found: set[Bill] = set()
            for goings in self.blocks(waiting):
                aboard = {(g.session.session_id, p) for g in goings for p in g.aboard}
                for k, bus in enumerate(self.season.buses):
                    cost = self.costs(goings).get(key(bus))
                    never = any(sum(p.people for p in g.aboard) < bus.min_riders for g in goings)
                    never |= len(goings) > 1 and bus.usd_per_wait_hour > bus.usd_per_hour
                    never |= not all(self._may_ride(p, bus) for g in goings for p in g.aboard)
                    if cost is None or never or buses[k] == 0:
                        continue
                    left = (*buses[:k], buses[k] - 1, *buses[k + 1 :])
                    bill = (
                        cost,
                        *shares(self.season, cost, self.payees(goings)),
                        sum(self.change(g, bus) for g in goings),
                    )
                    for more in self._share_out(waiting - aboard, left):
                        found.add(tuple(map(sum, zip(bill, more, strict=True))))
            self._bills[waiting, buses] = undominated(found)
        return self._bills[waiting, buses]

    def _may_ride(self, part: Part, bus: BusType) -> bool:
        pin = self.pin.get(part.request.request_id)
        names = ("", bus.bus_type_id, f"{bus.bus_type_id}/{bus.numbers[0]}")
        return pin is None or pin.bus in names

    def change(self, going: Going, bus: BusType) -> int:
        """Riders who had a seat times what another session, or another bus, counts."""
        policy, total = self.season.policy, 0
        for part in going.aboard:
            seats = self.had.get(part.request.request_id)
            if seats is None:
                continue
            session_id, was = seats[min(part.number, len(seats) - 1)]
            if session_id != going.session.session_id:
                total += self.bus.counted(part) * policy.change_session
            elif (
                was != (bus.garage_id, bus.bus_type, bus.numbers[0])
                or self.date[session_id] != going.session.date
            ):
                total += self.bus.counted(part) * policy.change_bus
        return total
