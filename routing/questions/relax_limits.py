"""What hosts and payers can give: more people at a session, an agreement, more budget."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from tourpool.events.budgets import Budget
from tourpool.events.occasions import Session
from tourpool.events.rules import Agreement
from tourpool.events.season import Season
from tourpool.routing.plan import Group, Plan
from tourpool.routing.questions.relaxation import Kind, Relaxation
from tourpool.routing.rules import people_limit

USD = 10_000


@dataclass(frozen=True)
class MorePeople(Relaxation):
    """People on top of the limits of a session: of all, of one school, of one group.

    Its venues take so many more in this session; what else is offered there keeps their limits.
    """

    kind = Kind.PEOPLE
    session_id: str
    people: int
    """Everybody who asks for its event: more than these are never needed."""

    @property
    def everywhere(self) -> bool:
        """It holds on all days."""
        return True

    @property
    def most(self) -> int:
        """Everybody who could come."""
        return self.people

    def relaxed(self, season: Season, amount: int) -> Season:
        """The season with the limits of this session raised, at venues of its own."""

        def more(limit: int | None) -> int | None:
            return None if limit is None else limit + amount

        def offered(s: Session) -> Session:
            return (
                s.model_copy(
                    update={
                        "max_people": more(s.max_people),
                        "max_people_per_school": more(s.max_people_per_school),
                        "venue_id": _own(s.venue_id),
                        "further": tuple(
                            v.model_copy(update={"venue_id": _own(v.venue_id)}) for v in s.further
                        ),
                    }
                )
                if s.session_id == self.session_id
                else s
            )

        places = {v.venue_id for v in season.session[self.session_id].visits}
        own = tuple(
            v.model_copy(
                update={
                    "venue_id": _own(v.venue_id),
                    "max_people": more(v.max_people),
                    "max_group": more(v.max_group),
                }
            )
            for v in season.venues
            if v.venue_id in places
        )
        return season.model_copy(
            update={
                "sessions": tuple(map(offered, season.sessions)),
                "venues": (*season.venues, *own),
            }
        )

    def needed(self, season: Season, plan: Plan) -> int:
        """The most by which the plan passes one of the old limits."""
        return max(1, *(now - limit for _, now, limit in self._passed(season, plan)))

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        passed = [
            f"{now} {what} in place of {limit}"
            for what, now, limit in self._passed(season, plan)
            if now > limit
        ]
        places = "".join(f", and so does its venue {v}" for v in self._full(season, plan))
        return f"session {self.session_id} takes {', '.join(passed)}{places}"

    def _full(self, season: Season, plan: Plan) -> list[str]:
        """Venues with a limit of their own that the plan passes."""
        session = season.session[self.session_id]
        people = sum(g.people for g in _groups(plan, self.session_id))
        venues = dict.fromkeys(v.venue_id for v in session.visits)
        return [v for v in venues if (season.venue[v].max_people or people) < people]

    def _passed(self, season: Season, plan: Plan) -> list[tuple[str, int, int]]:
        """What each limit is of, how many the plan brings, and the old limit."""
        session = season.session[self.session_id]
        groups = _groups(plan, self.session_id)
        school: Counter[str] = Counter()
        for g in groups:
            school[g.ncessch] += g.people
        largest = [season.venue[v.venue_id].max_group for v in session.visits]
        limits = [
            ("people", sum(g.people for g in groups), people_limit(season, session)),
            ("of one school", max(school.values(), default=0), session.max_people_per_school),
            *(("in one group", max((g.people for g in groups), default=0), m) for m in largest),
        ]
        return [(what, now, limit) for what, now, limit in limits if limit is not None]


@dataclass(frozen=True)
class NewAgreement(Relaxation):
    """A paper that lets a district's buses carry another's students."""

    kind = Kind.AGREEMENT
    lender: str
    guest: str
    dates: tuple[dt.date, dt.date]

    @property
    def everywhere(self) -> bool:
        """It holds on all days."""
        return True

    @property
    def most(self) -> int:
        """One."""
        return 1

    def relaxed(self, season: Season, amount: int) -> Season:
        """The season with the agreement."""
        paper = Agreement(
            agreement_id=f"{self.lender}-{self.guest}, new",
            lender_leaid=self.lender,
            guest_leaid=self.guest,
            valid_from=self.dates[0],
            valid_to=self.dates[1],
        )
        return season.model_copy(update={"agreements": (*season.agreements, paper)})

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes."""
        lender, guest = (season.district[i].name for i in (self.lender, self.guest))
        return f"{lender} agrees to carry students of {guest}"


@dataclass(frozen=True)
class MoreBudget(Relaxation):
    """Whole US$ on top of budgets: of each that pays for the request, as far as it is needed."""

    kind = Kind.BUDGET
    budgets: tuple[tuple[str, str], ...]
    """Payer and scope of each."""
    most_usd: int

    @property
    def everywhere(self) -> bool:
        """It holds on all days."""
        return True

    @property
    def most(self) -> int:
        """More than all buses of the season could cost."""
        return self.most_usd

    def relaxed(self, season: Season, amount: int) -> Season:
        """The season with these budgets raised."""

        def raised(b: Budget) -> Budget:
            mine = (b.payer, b.scope) in self.budgets
            return b.model_copy(update={"usd": b.usd + amount}) if mine else b

        return season.model_copy(update={"budgets": tuple(map(raised, season.budgets))})

    def needed(self, season: Season, plan: Plan) -> int:
        """The most by which the plan passes one of the old budgets, whole US$."""
        over = (u - old for _, u, old in self._used(season, plan))
        return max(1, -(-max(over) // USD))

    def said(self, season: Season, amount: int, plan: Plan) -> str:
        """What it takes of each payer, by the plan: the one that needs most needs the amount."""
        short = [(payer, -(-(used - old) // USD)) for payer, used, old in self._used(season, plan)]
        return " and ".join(f"US$ {usd:,} more for {payer}" for payer, usd in short if usd > 0)

    def _used(self, season: Season, plan: Plan) -> list[tuple[str, int, int]]:
        """Name of each payer, what the plan takes of its budget, and the old limit, 1e-4 US$."""
        names = {e.ecosystem_id: e.name for e in season.ecosystems}
        names |= {d.leaid: d.name for d in season.districts}
        old = {(b.payer, b.scope): round(b.usd * USD) for b in season.budgets}
        return [
            (names[b.payer], b.used, old[b.payer, b.scope])
            for b in plan.budgets
            if (b.payer, b.scope) in self.budgets
        ]


def _groups(plan: Plan, session_id: str) -> list[Group]:
    """Who rides to a session."""
    pairs = (p for b in plan.blocks for p in b.run_pairs if p.session_id == session_id)
    return [g for p in pairs for g in p.groups]


def _own(venue_id: str) -> str:
    """What a venue is called that is one session's own."""
    return f"{venue_id}, more people"
