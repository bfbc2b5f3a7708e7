"""What a plan that follows another owes it: the least change, on the very buses."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tourpool.routing.build import Built
from tourpool.routing.promise import Named
from tourpool.routing.published import Published
from tourpool.routing.ruled import Ruled
from tourpool.routing.solver.change import (
    Changed,
    Points,
    Promised,
    least_change,
    moves_no_more,
)
from tourpool.routing.solver.numbered import Numbered
from tourpool.routing.solver.orders import BlockRuns
from tourpool.routing.solver.rides import shortest_rides
from tourpool.routing.solver.solve import Solution
from tourpool.routing.solver.stage import Progress
from tourpool.routing.solver.stop import Stop


@dataclass(frozen=True)
class Following:
    """A season as it is now, and the plan that was published for it."""

    built: Built
    published: Published

    @cached_property
    def buses(self) -> Numbered:
        """The buses of now; on each day those that the published plan used are told apart."""
        return self.published.numbered(self.built)

    @cached_property
    def promised(self) -> list[Promised]:
        """What the groups of each session had."""
        return self.published.promised(self.built, self.buses)

    @cached_property
    def points(self) -> Points:
        """What change counts."""
        return self.published.points(self.built)

    @property
    def named(self) -> Named:
        """Buses of the published plan by day and type: they are given by name only."""
        found: dict[tuple[str, str], set[str]] = {}
        for b in self.published.plan.blocks:
            key = (b.date.isoformat(), f"{b.garage_id}/{b.bus_type}")
            found.setdefault(key, set()).add(b.bus_number)
        return found

    def changed(
        self,
        solution: Solution,
        ruled: Ruled,
        most_cost: int,
        stop: Stop,
        progress: Progress | None,
    ) -> Changed:
        """The plan that changes least for the money."""
        return least_change(
            solution.selection,
            [solution.picks, ruled.start, ruled.as_was],
            most_cost,
            self.buses,
            self.promised,
            self.points,
            stop,
            progress,
        )

    def shortest_rides(
        self, runs: Sequence[BlockRuns], most_cost: int, stop: Stop
    ) -> tuple[list[BlockRuns], bool]:
        """Shortest rides for the money among orders that move nobody who does not move yet."""
        allowed = moves_no_more(self.built.instance, self.promised, self.points)
        return shortest_rides(self.built.instance, runs, most_cost, stop, allowed)
