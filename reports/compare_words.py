"""Plans side by side in words: rows of figures, what differs in all, who gains and who loses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tourpool.reports.figures import counted
from tourpool.reports.marks import tag
from tourpool.reports.plain import plain
from tourpool.reports.reasons import public_reason
from tourpool.reports.session_names import session_name
from tourpool.reports.words import cents, count, miles, usd, usd_between
from tourpool.routing.plan import Plan
from tourpool.routing.questions.changes import RIDE_CHANGE_MIN, Change, ChangeKind, Fate
from tourpool.routing.questions.compare import PlanFigures

RIDES = (ChangeKind.LONGER, ChangeKind.SHORTER)
_HEADING = {
    ChangeKind.LOSES: "Lose their seats in {}",
    ChangeKind.GAINS: "Gain seats in {}",
    ChangeKind.LESS_LIKED: "Have a session in {} that they like less",
    ChangeKind.BETTER_LIKED: "Have a session in {} that they like better",
    ChangeKind.OTHER_SESSION: "Have another session in {} that they like as well",
    ChangeKind.LONGER: f"Ride over {RIDE_CHANGE_MIN} min longer in {{}}",
    ChangeKind.SHORTER: f"Ride over {RIDE_CHANGE_MIN} min less in {{}}",
}


@dataclass(frozen=True)
class Compared:
    """A plan with its letter and what people call it."""

    letter: str
    name: str
    plan: Plan

    @property
    def told(self) -> str:
        """Season, what was set, and how well it is proven."""
        settings = "; ".join(map(plain, self.plan.settings)) or "as the tables say"
        proven = "proven" if self.plan.proof.status == "optimal" else "best so far, not proven"
        return f"{plain(self.plan.season)}, {settings}; {proven}; plan {plain(self.plan.plan_id)}"


def estimated_told(of: Sequence[Compared]) -> str:
    """Which of the plans go by straight lines; empty when none does."""
    letters = [c.letter for c in of if c.plan.estimated]
    if not letters:
        return ""
    whose = "" if len(letters) == len(of) else f" of {listed(letters)}"
    return f"Times and miles{whose} are estimated from straight-line distances, not from roads."


def apart(a: Compared, b: Compared) -> tuple[str, ...]:
    """What else two plans differ in than what was set: the tables or the roads behind them."""
    both = f"{a.letter} and {b.letter}"
    found = []
    if a.plan.season_digest != b.plan.season_digest and set(a.plan.settings) == set(
        b.plan.settings
    ):
        found.append(f"{both} were made from different tables.")
    if a.plan.roads_digest != b.plan.roads_digest:
        names = dict.fromkeys(plain(c.plan.roads) for c in (a, b))
        named = f" ({', '.join(names)})" if len(names) == 2 else ""
        found.append(f"{both} were made on different roads{named}.")
    return tuple(found)


def listed(words: Sequence[str]) -> str:
    """A, B and C."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def compared(names: Sequence[str], plans: Sequence[Plan]) -> tuple[Compared, ...]:
    """Letters for the plans: A, B, C ..."""
    pairs = enumerate(zip(names, plans, strict=True))
    return tuple(Compared(tag(k), plain(name), plan) for k, (name, plan) in pairs)


@dataclass(frozen=True)
class FigureRow:
    """A figure of all plans: numbers as exact as shown, texts with units, how differences are."""

    name: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    written: Callable[[float], str]
    is_bound: bool = False

    def more(self, k: int) -> str:
        """How plan ``k`` differs from the first: ``+31``, ``-$12.00``; empty when it does not."""
        if self.is_bound:
            return ""
        by = self.values[k] - self.values[0]
        text = self.written(abs(by))
        return "" if text == self.written(0) else f"{'+' if by > 0 else '-'}{text}"


def figure_rows(plans: Sequence[Plan], figures: Sequence[PlanFigures]) -> list[FigureRow]:
    """A row a figure."""
    word = riders_word(plans)

    def row(
        name: str,
        value: Callable[[PlanFigures], float],
        written: Callable[[float], str] = whole,
        text: Callable[[PlanFigures], str] | None = None,
        *,
        decimals: int = 0,
        is_bound: bool = False,
    ) -> FigureRow:
        values = tuple(round(value(f), decimals) for f in figures)
        texts = tuple(text(f) if text else written(n) for f, n in zip(figures, values, strict=True))
        return FigureRow(name, values, texts, written, is_bound)

    def dollars(value: float) -> str:
        return usd(100 * round(value))

    return [
        row(f"{word}s with a seat", lambda f: f.served, text=lambda f: _of(f.served, f.asked)),
        row(
            "share with a seat",
            lambda f: 100 * f.served / max(1, f.asked),
            lambda value: f"{value:.1f} points",
            lambda f: f"{100 * f.served / max(1, f.asked):.1f} %",
            decimals=1,
        ),
        row(
            "requests with seats",
            lambda f: f.requests_served,
            text=lambda f: _of(f.requests_served, f.requests),
        ),
        row(
            "schools with seats",
            lambda f: f.schools_served,
            text=lambda f: _of(f.schools_served, f.schools),
        ),
        row(f"weighted {word}s", lambda f: f.weighted / 100, hundredths, decimals=2),
        row(
            "at most possible",
            lambda f: f.weighted_bound / 100,
            hundredths,
            decimals=2,
            is_bound=True,
        ),
        row("cost", lambda f: cents(f.cost), dollars),
        row(
            "at least possible",
            lambda f: cents(f.cost_bound),
            dollars,
            lambda f: usd(f.cost_bound) if f.cost_bound > 0 else "no bound yet",
            is_bound=True,
        ),
        row(f"cost a {word} with a seat", lambda f: cents(f.cost_each), dollars),
        row("buses, by the day", lambda f: f.buses),
        row("miles", lambda f: miles(f.metres)),
        row("miles with nobody on board", lambda f: miles(f.deadhead_metres)),
        row("average ride each way", lambda f: f.ride_min, minutes),
        row("longest ride", lambda f: f.longest_ride_min, minutes),
        row("hours on board, all", lambda f: f.on_board_s / 3600, hours),
        row("runs that need an agreement", lambda f: f.agreements),
    ]


def whole(value: float) -> str:
    """A number without decimals."""
    return f"{value:,.0f}"


def hundredths(value: float) -> str:
    """A number with two decimals."""
    return f"{value:,.2f}"


def minutes(value: float) -> str:
    """Minutes."""
    return f"{value:,.0f} min"


def hours(value: float) -> str:
    """Hours."""
    return f"{value:,.0f} h"


def _of(part: int, of_all: int) -> str:
    return f"{part:,} of {of_all:,}"


def riders_word(plans: Sequence[Plan]) -> str:
    """Student, or rider where adults count somewhere."""
    return "student" if all(counted(p) == "student" for p in plans) else "rider"


def difference(a: Compared, b: Compared, word: str) -> str:
    """One sentence: served and cost of ``b`` against ``a``."""
    served = b.plan.students_served - a.plan.students_served
    cost = 100 * (cents(b.plan.cost) - cents(a.plan.cost))
    more = count(abs(served), f"{'more' if served > 0 else 'fewer'} {word}")
    seats = f"{more} than {a.letter}" if served else f"as many {word}s as {a.letter}"
    dearer = f"{usd_between(a.plan.cost, b.plan.cost)} {'more' if cost > 0 else 'less'}"
    text = f"{b.letter} seats {seats} for {dearer if cost else 'the same money'}"
    if served > 0 and cost > 0:
        text += f", {usd(round(cost / served))} for each {word} more"
    unproven = [p.letter for p in (a, b) if p.plan.proof.status != "optimal"]
    if unproven:
        text += f" ({' and '.join(unproven)} not proven: more time may change this)"
    return f"{text}."


def nobody(letter: str) -> str:
    """What was held against each other, where nothing of it differs."""
    return (
        f"Nobody gains or loses a seat, gets another session, or rides over {RIDE_CHANGE_MIN} min "
        f"longer or less in {letter}."
    )


def followed(a: Compared, b: Compared, word: str) -> tuple[str, ...]:
    """How many ride as published, where ``b`` was made from ``a`` and moves as few as can be."""
    if b.plan.follows != a.plan.plan_id:
        return ()
    moved = sum(m.riders for m in b.plan.moves if m.now is not None)
    as_before = f"{count(b.plan.students_served - moved, word)} ride as {a.letter} says"
    if not b.plan.moves:
        return (f"{b.letter} follows {a.letter}, and nothing moves: {as_before}.",)
    return (
        f"{b.letter} follows {a.letter}: {as_before}. What moves for others, buses and "
        f"clocks too, is in the sheet Changes of the schedule of {b.letter}.",
    )


def heading(kind: ChangeKind, letter: str, these: Sequence[Change], word: str) -> str:
    """What becomes of them: ``Lose their seats in B: 2 requests, 30 students``."""
    people = sum(c.request.counted for c in these)
    return f"{_HEADING[kind].format(letter)}: {count(len(these), 'request')}, {count(people, word)}"


def who(change: Change) -> str:
    """School and event."""
    return f"{plain(change.school)}, {plain(change.event)}"


def what(a: Compared, b: Compared, change: Change) -> str:
    """What it had and what it has, as short as the kind allows."""
    was, is_now = change.was, change.is_now
    if change.kind in RIDES:
        return f"{was.ride_min} min, then {is_now.ride_min} min"
    return f"{fate_text(a.plan, change, was)}, then {fate_text(b.plan, change, is_now)}"


def fate_text(plan: Plan, change: Change, fate: Fate) -> str:
    """Day, choice and ride; or why there is none."""
    if not fate.asked:
        return "did not ask"
    if fate.session_id is None:
        why = public_reason(plan.request[change.request.request_id])
        return f"no seat ({why.kind})" if why.kind else "no seat"
    session = plan.session[fate.session_id]
    name = plain(session_name(plan, session).removeprefix(session.event))
    day = f"{session.date:%b} {session.date.day}{name}"
    return f"{day} (choice {fate.rank}, {fate.ride_min} min)"
