"""Two rules relaxed at once, for a request that no single one helps."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

from tourpool.events.season import Season
from tourpool.events.seats import SeatRequest
from tourpool.routing.plan import Plan
from tourpool.routing.questions.relaxation import Kind, Relaxation
from tourpool.routing.questions.relaxations import Family, families


@dataclass(frozen=True)
class Both(Relaxation):
    """A relaxation by more or less, beside a fixed amount of another one."""

    kind = Kind.TWO
    graded: Relaxation
    other: Relaxation
    other_amount: int

    @property
    def everywhere(self) -> bool:
        """Where one of them does."""
        return self.graded.everywhere or self.other.everywhere

    @property
    def most(self) -> int:
        """Of the one that is more or less."""
        return self.graded.most

    def relaxed(self, season: Season, amount: int) -> Season:
        """The season with both."""
        return self.other.relaxed(self.graded.relaxed(season, amount), self.other_amount)

    def needed(self, season: Season, plan: Plan) -> int:
        """Of the one that is more or less."""
        return self.graded.needed(season, plan)

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What both take."""
        other = self.other.said(season, self.other_amount, plan)
        return f"{self.graded.said(season, amount, plan)}; and {other}"

    def turned(self, amount: int) -> "Both | None":
        """The other one by more or less, beside so much of this one; None when it has no more."""
        return Both(self.other, self.graded, amount) if self.other.most > 1 else None


def pairs(season: Season, request: SeatRequest, over: Collection[str] = ()) -> Iterator[Family]:
    """Families of two kinds of which the first has more and less: minutes, people, US$.

    Sessions ``over`` are not to be had any more.
    """
    kinds = families(season, request, over)
    graded = [f for f in kinds if f.members[0].most > 1]
    for n, first in enumerate(graded):
        later = graded[n + 1 :]
        for second in (*later, *(f for f in kinds if f not in graded)):
            members = tuple(Both(a, b, b.most) for a, b in product(first.members, second.members))
            yield Family(Kind.TWO, members, _More(first, second) if second.more else None)


@dataclass(frozen=True)
class _More:
    """All of the first kind at the most, and what relaxes more than any of the second."""

    first: Family
    second: Family

    def __call__(self, season: Season) -> Season:
        for relaxation in self.first.members:
            season = relaxation.relaxed(season, relaxation.most)
        return season if self.second.more is None else self.second.more(season)
