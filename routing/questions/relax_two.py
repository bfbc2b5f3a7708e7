"""Rules of two kinds relaxed at once, for a request that no single one helps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tourpool.events.season import Season
from tourpool.routing.plan import Plan
from tourpool.routing.questions.relaxation import Kind, Relaxation
from tourpool.routing.questions.relaxations import Family


@dataclass(frozen=True)
class Both(Relaxation):
    """A relaxation by more or less, or as it is, beside a fixed amount of another one."""

    kind = Kind.TWO
    first: Relaxation
    second: Relaxation
    second_amount: int

    @property
    def everywhere(self) -> bool:
        """Where one of them does."""
        return self.first.everywhere or self.second.everywhere

    @property
    def most(self) -> int:
        """Of the first one."""
        return self.first.most

    def relaxed(self, season: Season, amount: int) -> Season:
        """The season with both."""
        return self.second.relaxed(self.first.relaxed(season, amount), self.second_amount)

    def needed(self, season: Season, plan: Plan) -> int:
        """Of the first one."""
        return self.first.needed(season, plan)

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What both take."""
        second = self.second.said(season, self.second_amount, plan)
        return f"{self.first.said(season, amount, plan)}; and {second}"

    @property
    def trades(self) -> bool:
        """Whether less of the one may do with more of the other."""
        return self.first.most > 1 and self.second.most > 1

    def turned(self, amount: int) -> "Both":
        """The second one by more or less, beside so much of the first."""
        return Both(self.second, self.first, amount)


def pairs(kinds: Sequence[Family]) -> Iterator[tuple[Family, Family]]:
    """Two different kinds each; those that are more or less come first."""
    order = sorted(kinds, key=lambda f: f.members[0].most == 1)
    return ((a, b) for a, b in combinations(order, 2) if a.kind is not b.kind)
